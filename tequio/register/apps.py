from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.register import events, recompute  # noqa: F401
