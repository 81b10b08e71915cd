from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.membership"
    label = "membership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.membership import reactions  # noqa: F401
        from tequio.membership.services.erasing import erase_from_removals
        from tequio.people.services.erasing import also

        also(eraser=erase_from_removals)
