from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import tequio.people.reactions  # noqa: F401
