"""Addresses at the door of a network."""

from django.urls import path

from tequio.membership import views

app_name = "membership"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/sent/", views.sent, name="sent"),
    path("join/<uuid:uuid>/<slug:token>/", views.follow, name="follow"),
    path("join/<uuid:uuid>/<slug:token>/withdraw/", views.withdraw, name="withdraw"),
    path("join/<uuid:uuid>/<slug:token>/again/", views.again, name="again"),
    path("applications/", views.applications, name="applications"),
    path("applications/<uuid:uuid>/", views.application, name="application"),
    path("applications/<uuid:uuid>/criteria/", views.criteria, name="criteria"),
    path("applications/<uuid:uuid>/admit/", views.admit, name="admit"),
    path("applications/<uuid:uuid>/decline/", views.decline, name="decline"),
    path("applications/<uuid:uuid>/decide/", views.open_decision, name="open-decision"),
    path("code/", views.code, name="code"),
    path("asks/<uuid:uuid>/hand/", views.hand, name="hand"),
]
