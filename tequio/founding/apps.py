from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.founding"
    label = "founding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import tequio.founding.reactions  # noqa: F401
        from tequio.core.http import address
        from tequio.decisions.selectors import talking
        from tequio.founding import selectors
        from tequio.founding.rules import workshops
        from tequio.founding.services.remarking import erase_from_remarks
        from tequio.people.services.erasing import also
        from tequio.register import recompute

        also(eraser=erase_from_remarks)
        recompute.register(workshops.RULE, workshops.recompute)
        talking.offer(
            "article",
            choices=selectors.articles_to_relate,
            address=lambda network, key: address("founding:article", network, key),
        )
