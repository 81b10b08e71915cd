from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.atlas"
    label = "atlas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.atlas import reactions  # noqa: F401
