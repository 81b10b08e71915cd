"""Addresses outside any network: the outbox, and the link that stops letters."""

from django.urls import path

from tequio.notify import views

app_name = "letters"
urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.letter, name="letter"),
    path("letters/stop/<str:token>/", views.stop, name="stop"),
    path("letters/stopped/", views.stopped, name="stopped"),
]
