from django.apps import AppConfig
from django.urls import reverse


class Config(AppConfig):
    name = "tequio.founding"
    label = "founding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import tequio.founding.reactions  # noqa: F401
        from tequio.decisions.selectors import talking
        from tequio.founding import selectors

        talking.offer(
            "article",
            choices=selectors.articles_to_relate,
            address=lambda network, key: reverse("founding:article", args=[network, key]),
        )
