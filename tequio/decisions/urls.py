from django.urls import path

from tequio.decisions import views

app_name = "decisions"
urlpatterns = [
    path("decisions/", views.decision_list, name="list"),
    path("decisions/new/", views.propose, name="new"),
    path("decisions/calendar/", views.own_calendar, name="calendar"),
    path("decisions/voice/", views.proxies, name="proxies"),
    path("decisions/voice/<int:proxy_id>/take-back/", views.take_back, name="take-back"),
    path("decisions/<int:number>/carried/<int:elector_id>/", views.carried, name="carried"),
    path("decisions/in-force/", views.in_force, name="in-force"),
    path("decisions/<int:number>/", views.decision, name="open"),
    path("decisions/<int:number>/after/", views.after, name="after"),
    path("decisions/<int:number>/after/<int:task_id>/", views.task, name="task"),
    path("decisions/<int:number>/urgent/", views.urgent, name="urgent"),
    path("decisions/<int:number>/confirm/", views.confirm, name="confirm"),
    path("decisions/<int:number>/record-answer/", views.record_answer, name="record-answer"),
    path("decisions/<int:number>/evaluate/", views.evaluate, name="evaluate"),
    path("decisions/<int:number>/answered/", views.answered, name="answered"),
    path("decisions/<int:number>/edit/", views.edit, name="edit"),
    path("decisions/<int:number>/round/", views.round_, name="round"),
    path("decisions/<int:number>/extend/", views.extend, name="extend"),
    path("decisions/<int:number>/close/", views.close, name="close"),
    path("decisions/<int:number>/vote/", views.open_vote, name="vote"),
    path("decisions/<int:number>/tie-break/", views.tie_break, name="tie-break"),
    path("decisions/<int:number>/amend/", views.amend, name="amend"),
    path("decisions/<int:number>/keep/", views.keep, name="keep"),
    path("decisions/<int:number>/talk/", views.talk, name="talk"),
    path("decisions/<int:number>/questions/<int:question_id>/", views.reply, name="reply"),
    path("decisions/<int:number>/beside/", views.beside, name="beside"),
    path("decisions/<int:number>/related/<int:relation_id>/remove/", views.unrelate, name="unrelate"),
    path("decisions/<int:number>/files/<uuid:file>/", views.file, name="file"),
    path("decisions/<int:number>/files/<uuid:file>/remove/", views.remove_file, name="remove-file"),
    path("decisions/<int:number>/languages/", views.languages, name="languages"),
    path("decisions/<int:number>/languages/<slug:language>/", views.translate, name="translate"),
    path("decisions/<int:number>/versions/", views.versions, name="versions"),
    path("decisions/<int:number>/record/", views.record, name="record"),
    path("decisions/<int:number>/record/<int:round_number>/", views.record, name="round-record"),
    path(
        "decisions/<int:number>/objections/<int:objection_id>/integrate/", views.integrate, name="integrate"
    ),
    path("decisions/<int:number>/objections/<int:objection_id>/withdraw/", views.withdraw, name="withdraw"),
    path("answer/<str:token>/", views.mailed, name="mailed"),
    path("answer/<str:token>/<slug:mark>/", views.mailed, name="mailed-marked"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar-feed"),
]
