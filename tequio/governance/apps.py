from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.governance import reactions  # noqa: F401
        from tequio.governance.selectors import reading
        from tequio.people.selectors.reading import Reading, tell

        tell(Reading(column=reading.column, says=reading.says))
