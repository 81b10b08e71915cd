"""Addresses of the atlas: who is where, who works with whom, who could help whom."""

from django.urls import URLPattern

app_name = "atlas"
urlpatterns: list[URLPattern] = []
