from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.web"
    label = "web"

    def ready(self) -> None:
        from tequio.web.quick import be_quick

        be_quick()
