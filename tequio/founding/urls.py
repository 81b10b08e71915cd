from django.urls import path

from tequio.founding import views

app_name = "founding"
urlpatterns = [
    path("", views.front, name="front"),
    path("care/", views.care, name="care"),
    path("charter/", views.charter, name="charter"),
    path("charter/ratify/", views.ratify, name="ratify"),
    path("found/", views.path, name="path"),
    path("found/invite/", views.invite, name="invite"),
    path("found/compare/", views.compare, name="compare"),
    path("found/step/<int:step>/", views.step, name="step"),
    path("found/text/<slug:question>/", views.text, name="text"),
    path("found/<slug:topic>/", views.topic, name="topic"),
]
