"""Addresses of circles, groups and rings."""

from django.urls import path

from tequio.governance import views

app_name = "governance"
urlpatterns = [
    path("circles/", views.circles, name="circles"),
    path("circles/open/", views.open_circle, name="open"),
    path("circles/<uuid:uuid>/", views.circle, name="circle"),
    path("circles/<uuid:uuid>/change/", views.change, name="change"),
    path("circles/<uuid:uuid>/close/", views.close, name="close"),
    path("circles/<uuid:uuid>/join/", views.join, name="join"),
    path("circles/<uuid:uuid>/seat/", views.seat, name="seat"),
    path("circles/<uuid:uuid>/flow/", views.flow, name="flow"),
    path("circles/<uuid:uuid>/reports/", views.report, name="report"),
    path("circles/<uuid:uuid>/waive/", views.waive, name="waive"),
    path("circles/<uuid:uuid>/waive/end/", views.end_waiver, name="end-waiver"),
    path("circles/seats/<uuid:uuid>/end/", views.end_seat, name="end-seat"),
    path("rings/", views.rings, name="rings"),
]
