from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.governance import reactions  # noqa: F401
