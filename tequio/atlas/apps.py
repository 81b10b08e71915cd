from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.atlas"
    label = "atlas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.atlas import reactions  # noqa: F401
        from tequio.atlas.selectors import matching
        from tequio.surveys.selectors import pairs

        pairs.found_by(matching.numbers)
