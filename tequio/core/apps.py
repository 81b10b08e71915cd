from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.core.threads import keep_in_threads

        keep_in_threads()
