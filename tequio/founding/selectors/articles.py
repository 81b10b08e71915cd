"""Every read of an article: its words, its history, what was said about it."""

from dataclasses import dataclass

from django.db.models import F, Q

from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.founding.models import Article, Charter, CharterChange, CharterState, Remark

RULED = Q(charter__in_force_at__isnull=False)
MOST = 50


def article(actor: Actor, key: str) -> Article | None:
    """An article of the charter in force, else of the one being ratified, with its charter."""
    rows = Article.objects.select_related("charter").filter(
        key=key, charter__state__in=[CharterState.IN_FORCE, CharterState.RATIFYING]
    )
    return rows.order_by("charter__state", "-charter__version").first()


def articles_to_relate(actor: Actor) -> list[tuple[str, Texts]]:
    """The articles of the charter in force, as (key, heading): what a proposal can be related to."""
    rows = Article.objects.filter(charter__state=CharterState.IN_FORCE).order_by("number")
    return [(key, heading) for key, heading in rows.values_list("key", "heading")]


@dataclass(frozen=True)
class Stage:
    """The words of an article from one version on, and those before."""

    article: Article
    before: Article | None


def history(actor: Actor, key: str) -> list[Stage]:
    """The words that an article has had in force, the newest first, each with those before."""
    rows = Article.objects.select_related("charter").defer("charter__settings", "charter__answers")
    told = list(
        rows.filter(RULED, Q(since=F("charter__version")) | Q(since=0), key=key).order_by(
            "-charter__version"
        )[:MOST]
    )
    return [Stage(one, before) for one, before in zip(told, [*told[1:], None], strict=True)]


def remarks(actor: Actor, article: Article) -> list[tuple[Remark, list[Remark]]]:
    """What was said about the words that stand: each remark with its answers, the oldest first."""
    rows = Remark.objects.select_related("participant__membership").filter(
        article=article.key, since=article.since
    )
    said = list(rows.order_by("pk")[:MOST])
    return [
        (one, [other for other in said if other.under_id == one.pk]) for one in said if one.under_id is None
    ]


def remark(actor: Actor, pk: int) -> Remark | None:
    """One remark."""
    return Remark.objects.filter(pk=pk).first()


def changes_of(actor: Actor, key: str) -> list[CharterChange]:
    """The changes proposed for an article, the newest first."""
    rows = CharterChange.objects.select_related("participant").filter(article=key)
    return list(rows.defer("before", "after").order_by("-pk")[:MOST])


def ruled(actor: Actor | None) -> list[Charter]:
    """The versions that are or were in force, the newest first."""
    rows = Charter.objects.filter(in_force_at__isnull=False).defer("settings", "answers")
    return list(rows.order_by("-version")[:MOST])


@dataclass(frozen=True)
class Changed:
    """An article in two versions; None where a version does not have it."""

    before: Article | None
    after: Article | None


def compared(actor: Actor | None, version: int) -> tuple[Charter, Charter | None, list[Changed]] | None:
    """A version that ruled, the one before, and the articles that differ; None if it never ruled."""
    rows = Charter.objects.filter(in_force_at__isnull=False, version__lte=version)
    found = list(rows.defer("settings", "answers").order_by("-version")[:2])
    if not found or found[0].version != version:
        return None
    articles: dict[int, dict[str, Article]] = {charter.pk: {} for charter in found}
    for one in Article.objects.filter(charter__in=found).order_by("number"):
        articles[one.charter_id][one.key] = one
    after = articles[found[0].pk]
    before = articles[found[1].pk] if len(found) > 1 else {}
    keys = list(dict.fromkeys([*after, *before]))
    pairs = [Changed(before.get(key), after.get(key)) for key in keys]
    changed = [pair for pair in pairs if _words(pair.before) != _words(pair.after)]
    return found[0], found[1] if len(found) > 1 else None, changed


def _words(article: Article | None) -> object:
    return (article.heading, article.texts) if article else None
