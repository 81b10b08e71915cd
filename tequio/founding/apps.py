from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.founding"
    label = "founding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import tequio.founding.reactions  # noqa: F401
