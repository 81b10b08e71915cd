"""Addresses at the door of a network."""

from django.urls import path

from tequio.membership import views

app_name = "membership"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/bring/", views.bring, name="bring"),
    path("join/sent/", views.sent, name="sent"),
    path("join/<uuid:uuid>/<slug:token>/", views.follow, name="follow"),
    path("join/<uuid:uuid>/<slug:token>/erase/", views.erase_request, name="erase-request"),
    path("join/<uuid:uuid>/<slug:token>/withdraw/", views.withdraw, name="withdraw"),
    path("join/<uuid:uuid>/<slug:token>/again/", views.again, name="again"),
    path("join/invited/<uuid:uuid>/<slug:token>/", views.invited, name="invited"),
    path("join/invited/<uuid:uuid>/<slug:token>/no/", views.decline_invitation, name="decline-invitation"),
    path("join/invited/<uuid:uuid>/<slug:token>/forget/", views.be_forgotten, name="be-forgotten"),
    path("candidates/invite/", views.invite_candidates, name="invite-candidates"),
    path("candidates/<uuid:uuid>/forget/", views.forget_candidate, name="forget-candidate"),
    path("applications/", views.applications, name="applications"),
    path("applications/<uuid:uuid>/", views.application, name="application"),
    path("applications/<uuid:uuid>/criteria/", views.criteria, name="criteria"),
    path("applications/<uuid:uuid>/admit/", views.admit, name="admit"),
    path("applications/<uuid:uuid>/decline/", views.decline, name="decline"),
    path("applications/<uuid:uuid>/decide/", views.open_decision, name="open-decision"),
    path("code/", views.code, name="code"),
    path("exchange/", views.exchange, name="exchange"),
    path("exchange/ours/", views.say_exchange, name="say-exchange"),
    path("membership/", views.mine, name="mine"),
    path("membership/welcome/", views.welcome, name="welcome"),
    path("membership/pause/", views.pause, name="pause"),
    path("membership/resume/", views.resume, name="resume"),
    path("membership/data.json", views.data, name="data"),
    path("membership/leave/", views.leave, name="leave"),
    path("members/standing/", views.members, name="members"),
    path("members/<uuid:uuid>/remove/", views.open_removal, name="open-removal"),
    path("removals/<uuid:uuid>/", views.removal, name="removal"),
    path("removals/<uuid:uuid>/decide/", views.decide_removal, name="decide-removal"),
    path("removals/<uuid:uuid>/drop/", views.drop_removal, name="drop-removal"),
    path("together/", views.together, name="together"),
    path("together/call/", views.call, name="call"),
    path("together/<uuid:uuid>/", views.occasion, name="occasion"),
    path("together/<uuid:uuid>/attend/", views.attend, name="attend"),
    path("together/<uuid:uuid>/call-off/", views.call_off, name="call-off"),
    path("together/help/new/", views.add_resource, name="add-resource"),
    path("together/help/<uuid:uuid>/remove/", views.remove_resource, name="remove-resource"),
    path("asks/<uuid:uuid>/hand/", views.hand, name="hand"),
]
