from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.web"
    label = "web"
