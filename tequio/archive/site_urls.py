from django.urls import path

from tequio.archive import views

app_name = "keeping"
urlpatterns = [path("privacy/", views.privacy, name="privacy")]
