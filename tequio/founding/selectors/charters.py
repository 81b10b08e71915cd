"""Every read of the charter."""

from django.db.models import CharField, Func, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from tequio.core.actor import Actor
from tequio.core.prepared import among, prepared
from tequio.founding.models import Article, Charter, CharterState


def latest_charter() -> Charter | None:
    """The newest version of the charter, whatever its state."""
    return Charter.objects.order_by("-version").first()


def charter_in_force() -> Charter | None:
    """The version that rules."""
    return Charter.objects.filter(state=CharterState.IN_FORCE).first()


class _Written(Func):
    """A digest of all that articles say: what was drawn of them holds as long as it stays the same."""

    template = "md5(string_agg(concat_ws(E'\\x1f', %(expressions)s), E'\\x1e' ORDER BY number))"
    arity = 6
    output_field = CharField()


def _with_digest() -> QuerySet[Charter]:
    said = Article.objects.filter(charter=OuterRef("pk")).order_by().values("charter")
    digest = said.annotate(
        written=_Written(
            "number",
            "key",
            Cast("heading", TextField()),
            Cast("texts", TextField()),
            Cast("governs", TextField()),
            Cast("missing", TextField()),
        )
    )
    rows = Charter.objects.only("version", "state", "in_force_at").annotate(
        written=Subquery(digest.values("written"))
    )
    return rows.filter(among("state", "states", CharField())).order_by("state", "-version")[:1]


_newest_to_read = prepared(_with_digest)


def charter_to_read(actor: Actor | None) -> Charter | None:
    """The charter that is in force, else (for participants) the one being ratified.

    It carries ``written``: a digest of its articles, which are read with ``articles_of``.
    """
    states = [CharterState.IN_FORCE, CharterState.RATIFYING] if actor else [CharterState.IN_FORCE]
    return _newest_to_read.first(states=[str(state) for state in states])


def articles_of(charter: Charter) -> list[Article]:
    """The articles of one version, in their order."""
    return list(charter.articles.all())


def charter_of(version: int) -> tuple[Charter | None, list[Article]]:
    """One version of the charter, with its articles."""
    charter = Charter.objects.filter(version=version).first()
    return charter, articles_of(charter) if charter else []


PUBLIC_ARTICLES = ("members", "model", "objections", "contributions", "admission", "channels", "rhythms")


def public_articles() -> list[Article]:
    """The articles in force that strangers ask about: how it decides, how one joins, how it keeps in touch."""
    rows = Article.objects.filter(charter__state=CharterState.IN_FORCE, key__in=PUBLIC_ARTICLES)
    return list(rows.only("key", "number", "heading", "texts", "missing"))
