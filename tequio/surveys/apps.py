from django.apps import AppConfig


class Config(AppConfig):
    name = "tequio.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.networks import shown
        from tequio.people.selectors import mydata
        from tequio.people.services import leaving
        from tequio.surveys.models import Answer, Link, Recording, Reply, Tick
        from tequio.surveys.selectors import forgetting, published
        from tequio.surveys.services.forgetting import forget_address

        mydata.also(Reply, forgetting.replies_with)
        mydata.also(Answer, forgetting.parts_with)
        mydata.also(Tick, forgetting.parts_with)
        mydata.also(Recording, forgetting.parts_with)
        mydata.also(Link, forgetting.links_with)
        leaving.also_erase(eraser=forget_address)
        shown.offer("surveys", published.shown)
