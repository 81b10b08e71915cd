"""Every read of the founding path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Func, JSONField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import get_language

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.founding import rules, texts
from tequio.founding.models import (
    Answer,
    Charter,
    CharterState,
    Place,
    SharedText,
    StepAgreement,
    TextState,
)
from tequio.founding.selectors.charters import latest_charter
from tequio.networks.models import Network
from tequio.people.models import Duty, Invitation, Participant

HERE = timedelta(minutes=3)


@dataclass
class Path:
    """Everything that founders said so far, as one thread of six steps."""

    founders: Sequence[Participant]
    answers: Mapping[str, Mapping[int, Any]]
    texts: Mapping[str, Mapping[str, rules.Written]]
    apart: Sequence[SharedText]
    agreements: Mapping[int, Mapping[int, str]]
    charter: Charter | None
    languages: Sequence[str]
    saves: int = 0
    me: int | None = None
    _states: dict[int, str] = field(default_factory=dict)

    @cached_property
    def standings(self) -> Mapping[str, rules.Standing]:
        """Where each closed question stands."""
        ids = [founder.pk for founder in self.founders]
        return {
            question.code: rules.settle(question, self.answers.get(question.code, {}), ids)
            for question in rules.ALL
            if not question.shared
        }

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The value that stands, or holds by default, for each closed question."""
        return rules.settled_values(self.standings)

    @property
    def settled(self) -> rules.Settled:
        return rules.Settled(self.values, self.texts)

    @cached_property
    def missing(self) -> list[rules.Question]:
        """What has to be answered before the charter can be ratified."""
        return rules.open_questions(self.values, self.texts)

    def state(self, step: int) -> str:
        """The name of what a step says now."""
        if step not in self._states:
            self._states[step] = rules.state_of(step, self.values, self.texts)
        return self._states[step]

    def agreed_by(self, step: int) -> list[Participant]:
        """Who agreed to the step as it stands now."""
        said = self.agreements.get(step, {})
        return [founder for founder in self.founders if said.get(founder.pk) == self.state(step)]

    def is_agreed(self, step: int) -> bool:
        """Say whether every founder agreed to the step as it stands."""
        return bool(self.founders) and len(self.agreed_by(step)) == len(self.founders)

    @cached_property
    def agreed_steps(self) -> list[int]:
        return [step for step in rules.STEPS if self.is_agreed(step)]

    @cached_property
    def mine(self) -> set[str]:
        """The questions that I answered, and the texts that somebody wrote."""
        own = {code for code, by in self.answers.items() if self.me in by}
        return own | {code for code, spoken in self.texts.items() if spoken}

    @property
    def place(self) -> Place | None:
        """Where I stopped, and what I looked at last."""
        return next((place_of(each) for each in self.founders if each.pk == self.me), None)

    @property
    def founds(self) -> bool:
        """Say whether I am one of the founders."""
        return any(each.pk == self.me for each in self.founders)

    @property
    def last(self) -> str:
        """The topic where I stopped."""
        return self.place.topic if self.place else ""

    def open_in(self, topic: str) -> str:
        """The first question of a topic that waits for me; its first one when none does."""
        shown = rules.topics_shown(rules.step_of(topic), self.values)
        codes = [each.code for one in shown if one.code == topic for each in one.questions]
        return next((code for code in codes if code not in self.mine), next(iter(codes), ""))

    def here_too(self, topic: str) -> list[str]:
        """The names of the other founders who look at a topic now."""
        return [
            each.name
            for each in self.founders
            if each.pk != self.me and is_here(place_of(each)) and looks_at(place_of(each), topic)
        ]

    def minutes_left(self) -> int:
        """Minutes that my part of what is open takes: my own answers, my share of the texts, and agreeing."""
        to_agree = [step for step in rules.STEPS if self.me not in {one.pk for one in self.agreed_by(step)}]
        each = rules.minutes_each(self._open(), founders=len(self.founders))
        return each + rules.AGREEING * len(to_agree)

    def minutes_that_wait(self) -> int:
        """Minutes of what is open that I, alone, can leave to those who come."""
        return rules.minutes_that_wait(self._open(), founders=len(self.founders))

    def _open(self) -> list[rules.Question]:
        return [
            question
            for step in rules.STEPS
            if step not in self.agreed_steps
            for topic in rules.topics_shown(step, self.values)
            for question in topic.questions
            if question.code not in self.mine
        ]


def place_of(participant: Participant) -> Place | None:
    """Where a founder stopped, or None before the first answer."""
    return getattr(participant, "founding_place", None)


def is_here(place: Place | None) -> bool:
    """Say whether somebody looked at the path in the last minutes."""
    return place is not None and place.seen_at is not None and clock.now() - place.seen_at < HERE


def looks_at(place: Place | None, topic: str) -> bool:
    """Say whether the page that somebody looked at last is this topic's."""
    return place is not None and place.seen_topic == topic


def path(actor: Actor, network: Network) -> Path:
    """The whole path; every participant reads it, founders write it."""
    return _path(actor, network, charter=latest_charter())


def draft(actor: Actor, network: Network) -> Path:
    """What the founders have said so far, for a charter that nobody has drafted yet."""
    return _path(actor, network, charter=None)


def _path(actor: Actor, network: Network, *, charter: Charter | None) -> Path:
    written, apart, saves = _texts()
    answers, agreements = _answers()
    if charter is not None and charter.state == CharterState.IN_FORCE and charter.answers:
        ruled = rules.settled_from(charter.answers)
        standing = rules.with_living(ruled, written).texts
        written = {code: dict(spoken) for code, spoken in standing.items()}
    return Path(
        founders=founders(),
        answers=answers,
        texts={code: _in_order(spoken, network.languages) for code, spoken in written.items()},
        apart=apart,
        agreements=agreements,
        charter=charter,
        languages=network.languages,
        saves=saves,
        me=actor.participant_id,
    )


def texts_standing(network: Network) -> dict[str, dict[str, rules.Written]]:
    """What stands of every text and table, whatever the charter says of it."""
    written, _apart, _saves = _texts()
    return {code: _in_order(spoken, network.languages) for code, spoken in written.items()}


def _in_order(spoken: Mapping[str, rules.Written], languages: Sequence[str]) -> dict[str, rules.Written]:
    """Put texts into the order of the network's languages: who reads in none of them gets the first."""
    order = [*(code for code in languages if code in spoken), *spoken]
    return {code: spoken[code] for code in order}


def founders() -> list[Participant]:
    """Who founds the network, in the order in which they came."""
    rows = Participant.objects.filter(until_on=None, duties__contains=[Duty.FOUNDER])
    return list(rows.select_related("membership", "founding_place").order_by("pk"))


def _answers() -> tuple[dict[str, dict[int, Any]], dict[int, dict[int, str]]]:
    """What each founder answered to closed questions, and to which steps they agreed, in one query."""
    state = Func("step_state", function="to_jsonb", output_field=JSONField())
    steps: QuerySet[Any, Any] = StepAgreement.objects.annotate(code=Cast("step", CharField()), said=state)
    closed: QuerySet[Any, Any] = Answer.objects.annotate(code=F("question"), said=F("value"))
    columns = ("code", "participant_id", "said")
    answers: dict[str, dict[int, Any]] = {}
    agreements: dict[int, dict[int, str]] = {}
    for code, participant, said in steps.values_list(*columns).union(closed.values_list(*columns), all=True):
        if code.isdigit():
            agreements.setdefault(int(code), {})[participant] = said
        else:
            answers.setdefault(code, {})[participant] = said
    return answers, agreements


def _texts() -> tuple[dict[str, dict[str, rules.Written]], list[SharedText], int]:
    found: dict[str, dict[str, rules.Written]] = {}
    apart: list[SharedText] = []
    saves = 0
    for row in SharedText.objects.filter(state__in=[TextState.CURRENT, TextState.APART]).order_by("pk"):
        saves += row.version if row.state == TextState.CURRENT else 0
        if row.state == TextState.APART:
            apart.append(row)
        else:
            written = rules.Written(row.version, row.body, tuple(row.rows))
            found.setdefault(row.question, {})[row.language] = written
    return found, apart, saves


def versions(question: str, language: str) -> list[SharedText]:
    """Every version of a shared text, the newest first, with who wrote it."""
    rows = SharedText.objects.filter(question=question, language=language)
    return list(rows.select_related("participant").order_by("-version")[:50])


def rows_standing(question: str) -> list[dict[str, Any]]:
    """The rows of one table as they stand."""
    row = SharedText.objects.filter(question=question, language="", state=TextState.CURRENT).first()
    return list(row.rows) if row else []


@dataclass(frozen=True)
class Chosen:
    """An answer to a closed question, and who gave it."""

    label: str
    names: str
    count: int


@dataclass(frozen=True)
class Voices:
    """Who said what about one closed question."""

    chosen: Sequence[Chosen]
    unsure: str
    silent: str
    unanimous: bool
    standing: str


def voices(path: Path, question: rules.Question) -> Voices:
    """Say who chose what, in the reader's language. Source: GOV-06."""
    standing = path.standings[question.code]
    names = {founder.pk: founder.name for founder in path.founders}
    return Voices(
        chosen=[
            Chosen(label_of(question, value, path), _joined(names, who), len(who))
            for value, who in standing.chosen
        ],
        unsure=_joined(names, standing.unsure),
        silent=_joined(names, standing.silent) if standing.chosen or standing.unsure else "",
        unanimous=standing.unanimous,
        standing=label_of(question, standing.value, path) if standing.value is not None else "",
    )


def _joined(names: Mapping[int, str], who: Sequence[int]) -> str:
    return texts.listed([names[each] for each in who])


def label_of(question: rules.Question, value: Any, path: Path) -> str:
    """Return a value of a closed question in words."""
    words = texts.QUESTIONS[question.code]
    if isinstance(value, list):
        return ", ".join(str(words.options[code]) for code in value if code in words.options)
    if question.kind is rules.Kind.MONEY:
        return f"{value} {path.values['currency']}"
    if str(value) in words.options:
        return str(words.options[str(value)])
    return str(value)


def writing_language(network: Network, wanted: str) -> str:
    """Return the language in which somebody writes: the wanted one, the reader's, or the network's first."""
    reading = get_language() or ""
    return next((code for code in (wanted, reading) if code in network.languages), network.languages[0])


def written_in(path: Path, language: str) -> dict[str, rules.Written]:
    """Return the shared texts as they stand in one language, and the tables, that have none of their own."""
    return {
        code: spoken[key]
        for code, spoken in path.texts.items()
        if (key := language if rules.BY_CODE[code].spoken else "") in spoken
    }


def tables_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table as they stand."""
    return {
        question.code: path.settled.rows(question.code)
        for question in rules.ALL
        if question.kind is rules.Kind.ROWS and question.code in path.texts
    }


def invited_founders() -> list[Invitation]:
    """The invitations to found that nobody has answered yet, and that still hold."""
    rows = Invitation.objects.filter(
        duties__contains=[Duty.FOUNDER], accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
    )
    return list(rows.select_related("organization").order_by("pk"))
