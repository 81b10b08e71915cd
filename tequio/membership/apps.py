from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.membership"
    label = "membership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.membership import reactions, selectors  # noqa: F401
        from tequio.membership.models import Application
        from tequio.membership.services import erasing
        from tequio.people.selectors import mydata
        from tequio.people.services.erasing import also

        also(eraser=erasing.erase_from_removals)
        also(eraser=erasing.erase_from_applications)
        mydata.also(Application, selectors.applied_by)
