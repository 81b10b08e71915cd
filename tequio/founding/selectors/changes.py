"""Every read of changes of the charter: what they would change, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tequio.core.actor import Actor, system
from tequio.founding import rules, texts
from tequio.founding.models import ChangeState, Charter, CharterChange
from tequio.founding.selectors.charters import charter_in_force
from tequio.founding.selectors.path import draft, texts_standing
from tequio.networks.models import Network
from tequio.people.models import Participant

# What decisions know a change by.
CHANGE = "charter/"


@dataclass(frozen=True)
class Setting:
    """A setting in words: what it asks, what it says, and what it would say."""

    ask: texts.Word
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """What a change does to an article: its words per language, and each setting, before and after."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    settings: Sequence[Setting]
    missing: Sequence[str]


def settled_in(charter: Charter, network: Network) -> rules.Settled:
    """What a version of the charter is made of; one of before answers were kept with it, of the path."""
    if charter.answers:
        return rules.settled_from(charter.answers)
    return draft(system(network.pk), network).settled


def told(network: Network, settled: rules.Settled, change: CharterChange) -> Told:
    """What a change would do to what is settled."""
    return tell(
        network, rules.with_answers(settled, change.before), article=change.article, answers=change.after
    )


def tell(network: Network, settled: rules.Settled, *, article: str, answers: Mapping[str, Any]) -> Told:
    """What answers would do to an article."""
    changed = rules.with_answers(settled, answers)
    old, new = (_article(network, each, article) for each in (settled, changed))
    return Told(
        before=old.texts,
        after=new.texts,
        settings=[
            Setting(texts.QUESTIONS[code].ask, texts.in_words(settled, code), texts.in_words(changed, code))
            for code in answers
        ],
        missing=[language for language in new.missing if language not in old.missing],
    )


def _article(network: Network, settled: rules.Settled, key: str) -> texts.ArticleDraft:
    return texts.article(key, settled, name=network.name, languages=network.languages)


def change(actor: Actor, uuid: UUID) -> CharterChange | None:
    """One change, with who proposed it."""
    return CharterChange.objects.select_related("participant").filter(uuid=uuid).first()


@dataclass(frozen=True)
class Amended:
    """An amendment of a change: who, when and why, and the words of the article before it and after."""

    name: str
    at: datetime
    why: str
    before: Mapping[str, str]
    after: Mapping[str, str]


def amendments(network: Network, settled: rules.Settled, change: CharterChange) -> list[Amended]:
    """What was amended in a change, the newest first, with the words that each amendment replaced."""
    names = dict(
        Participant.objects.filter(pk__in=[one["who"] for one in change.earlier]).values_list("pk", "name")
    )
    stages = [*change.earlier, {"before": change.before, "after": change.after}]
    words = [
        tell(
            network, rules.with_answers(settled, one["before"]), article=change.article, answers=one["after"]
        ).after
        for one in stages
    ]
    return [
        Amended(names.get(one["who"], ""), datetime.fromisoformat(one["at"]), one["why"], old, new)
        for one, old, new in zip(change.earlier, words, words[1:], strict=False)
    ][::-1]


def change_of(subject: str) -> CharterChange | None:
    """The change that a decision is about, if it is about one."""
    if not subject.startswith(CHANGE):
        return None
    try:
        return CharterChange.objects.filter(uuid=UUID(subject.removeprefix(CHANGE))).first()
    except ValueError:
        return None


def changes(actor: Actor) -> list[CharterChange]:
    """The changes proposed so far, the newest first, those being decided before all others."""
    rows = CharterChange.objects.select_related("participant").order_by("-pk")[:100]
    return sorted(rows, key=lambda one: one.state != ChangeState.OPEN)


def settled_now(network: Network) -> tuple[Charter | None, rules.Settled | None]:
    """The charter in force with what it is made of; None for each while there is none."""
    charter = charter_in_force()
    return (charter, settled_in(charter, network)) if charter else (None, None)


def planned_now(network: Network) -> tuple[Charter | None, rules.Settled | None]:
    """The charter in force with what it is made of, and with the living topics as they were written last."""
    charter, settled = settled_now(network)
    return charter, rules.with_living(settled, texts_standing(network)) if settled else None
