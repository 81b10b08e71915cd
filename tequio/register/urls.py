from django.urls import path

from tequio.register import views

app_name = "register"
urlpatterns = [
    path("register/", views.entries, name="entries"),
    path("register/<uuid:entry>/", views.entry, name="entry"),
    path("register/<uuid:entry>/erase/", views.erase, name="erase"),
    path("register/<uuid:entry>/proof/", views.proof, name="proof"),
    path("register/<uuid:entry>/proof.json", views.proof_file, name="proof-file"),
    path("register/checkpoint", views.checkpoint, name="checkpoint"),
    path("register/verify/", views.verify, name="verify"),
    path("register/explained/", views.explained, name="explained"),
    path("register/since/<int:size>.json", views.consistency, name="consistency"),
    path("register/verify.py", views.program, name="program"),
    path("register/export", views.export, name="export"),
]
