"""Addresses of the network as a whole: its copies, its closing, the coordination in other hands."""

from django.urls import path

from tequio.archive import views

app_name = "archive"
urlpatterns = [
    path("copies/", views.copies, name="copies"),
    path("copies/<uuid:uuid>/", views.download, name="download"),
    path("closing/", views.closing, name="closing"),
    path("coordination/", views.offers, name="offers"),
    path("coordination/<uuid:uuid>/", views.offer, name="offer"),
    path("coordination/<uuid:uuid>/withdraw/", views.withdraw, name="withdraw"),
]
