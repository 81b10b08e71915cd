from django.urls import path

from tequio.networks import views

app_name = "networks"
urlpatterns = [path("settings/", views.settings, name="settings")]
