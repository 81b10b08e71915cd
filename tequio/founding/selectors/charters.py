"""Every read of the charter."""

from tequio.core.actor import Actor
from tequio.founding.models import Article, Charter, CharterState


def latest_charter() -> Charter | None:
    """The newest version of the charter, whatever its state."""
    return Charter.objects.order_by("-version").first()


def charter_in_force() -> Charter | None:
    """The version that rules."""
    return Charter.objects.filter(state=CharterState.IN_FORCE).first()


def charter_to_read(actor: Actor | None) -> tuple[Charter | None, list[Article]]:
    """The charter that is in force, else (for participants) the one being ratified, with its articles."""
    states = [CharterState.IN_FORCE, CharterState.RATIFYING] if actor else [CharterState.IN_FORCE]
    charter = Charter.objects.filter(state__in=states).order_by("state", "-version").first()
    return charter, list(charter.articles.all()) if charter else []


def charter_of(version: int) -> tuple[Charter | None, list[Article]]:
    """One version of the charter, with its articles."""
    charter = Charter.objects.filter(version=version).first()
    return charter, list(charter.articles.all()) if charter else []


PUBLIC_ARTICLES = ("members", "model", "objections", "contributions", "admission")


def public_articles() -> list[Article]:
    """The articles in force that strangers ask about: how the network decides, and how one joins."""
    rows = Article.objects.filter(charter__state=CharterState.IN_FORCE, key__in=PUBLIC_ARTICLES)
    return list(rows.only("key", "number", "heading", "texts"))
