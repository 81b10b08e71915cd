from django.urls import path

from tequio.founding import views

app_name = "founders"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("start/bring/", views.bring, name="bring"),
    path("salir/", views.leave, name="leave"),
]
