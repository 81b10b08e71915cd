from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.archive import reactions  # noqa: F401
