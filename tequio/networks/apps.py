from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.networks"
    label = "networks"
    default_auto_field = "django.db.models.BigAutoField"
