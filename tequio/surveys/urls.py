"""Addresses of surveys, for those who ask."""

from django.urls import URLPattern

app_name = "surveys"
urlpatterns: list[URLPattern] = []
