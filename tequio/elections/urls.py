from django.urls import path

from tequio.elections import views

app_name = "elections"
urlpatterns = [
    path("ballots/", views.ballots, name="ballots"),
    path("ballots/new/", views.new, name="new"),
    path("ballots/<int:number>/", views.ballot, name="ballot"),
    path("ballots/<int:number>/options/", views.option, name="option"),
    path(
        "ballots/<int:number>/options/<int:option_number>/remove/", views.remove_option, name="remove-option"
    ),
    path("ballots/<int:number>/open/", views.open_, name="open"),
    path("ballots/<int:number>/cast/", views.cast, name="cast"),
    path("ballots/<int:number>/close/", views.close, name="close"),
    path("ballots/<int:number>/papers/", views.papers, name="papers"),
    path("ballots/<int:number>/papers.json", views.file, name="file"),
]
