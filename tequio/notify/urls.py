"""Addresses below a network: what waits for me, and how often to write to me."""

from django.urls import path

from tequio.notify import views

app_name = "notify"
urlpatterns = [
    path("letters/", views.preferences, name="preferences"),
    path("asks/<uuid:uuid>/not-now/", views.decline, name="decline"),
    path("asks/<uuid:uuid>/after-all/", views.reopen, name="reopen"),
]
