"""Who said in a survey that they would join, with what they said: read for candidates. Source: SUR-17."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from tequio.core.actor import Actor
from tequio.people.models import Alias, Candidate, Membership, Organization, Place
from tequio.people.rules.names import folded_name
from tequio.surveys import access
from tequio.surveys.models import Answer, Reply, Survey, Tick, Version
from tequio.surveys.rules.experience import Experience, experience
from tequio.surveys.rules.instrument import NATIONAL, NO, YES, Instrument, Question

# Of the choices that a candidate brings along, role to the name under which it is carried.
CARRIED = {
    "KIND": "kind",
    "POPULATIONS": "populations",
    "THEMES": "themes",
    "PILLAR": "pillar",
    "NEEDS": "needs",
    "OFFERS": "offers",
    "CHALLENGES": "challenges",
}
LONGEST = 80


@dataclass
class Told:
    """What one reply says of the questions that make a candidate, role by role."""

    source: UUID
    reply: int
    name: str
    language: str
    questions: Mapping[str, Question]
    organization: int | None = None
    chosen: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    text: dict[str, str] = field(default_factory=dict)

    @property
    def folded(self) -> str:
        """The name as it is compared."""
        return folded_name(self.name) if self.name else ""

    @property
    def email(self) -> str:
        """Where it can be written to, or nothing where that is no address."""
        address = self.text.get("EMAIL", "").strip().lower()
        try:
            validate_email(address)
        except ValidationError:
            return ""
        return address[:254]

    @property
    def country(self) -> str:
        code = next(iter(self.chosen["COUNTRY"]), "").upper()
        return code if len(code) == 2 and code.isalpha() else ""

    @property
    def experience(self) -> Experience:
        themes = len(self.chosen["THEMES"]) if "THEMES" in self.questions else None
        return experience(led=self.yes("LED_NETWORK"), in_network=self.yes("IN_NETWORK"), themes=themes)

    def yes(self, role: str) -> bool | None:
        """Say whether a yes-or-no was answered with yes; None where it was not answered."""
        said = self.chosen[role]
        return True if YES in said else False if NO in said else None

    def options(self, role: str, *, others: bool = True) -> list[dict[str, Any]]:
        """Return what was chosen, each with its text per language; what "other" specified stands for it, if asked for."""
        known = (
            {option.key: option for option in self.questions[role].options} if role in self.questions else {}
        )
        return [
            {"key": key, "text": self._words(role, key, other=known[key].other) or dict(known[key].text)}
            for key in self.chosen[role]
            if key in known and (others or not known[key].other)
        ]

    def specified(self, role: str) -> str:
        """Return what "other" specified, where it was chosen."""
        others = (
            {option.key for option in self.questions[role].options if option.other}
            if role in self.questions
            else set()
        )
        return self.text.get(role, "").strip() if others & set(self.chosen[role]) else ""

    def _words(self, role: str, key: str, *, other: bool) -> dict[str, str]:
        said = self.text.get(role, "").strip() if other else ""
        return {self.language: said[:LONGEST]} if said else {}


@dataclass(frozen=True)
class Known:
    """An organization of the directory by its number, and its membership if it is in."""

    organization: int
    membership: int | None


@dataclass(frozen=True)
class Willing:
    """Everybody who would join, by what can be done: ``members`` are in already, ``known`` are candidates already.

    ``nameless`` did not say which organization they are. ``whose`` tells, by reply, who is recognized.
    """

    new: Sequence[Told]
    members: Sequence[Told]
    known: Sequence[Told]
    nameless: int
    whose: Mapping[int, Known]


def willing(actor: Actor, survey: Survey) -> Willing | None:
    """Return who would join; None for somebody who may not know."""
    if not access.tend_candidates.allows(actor):
        return None
    told = answers_of(survey, joining=True)
    named = [one for one in told if one.folded]
    whose = recognized(named)
    found = {reply for reply, one in whose.items() if one.membership}
    rest = [one for one in named if one.reply not in found]
    taken = _known(rest)
    new = _once([one for one in rest if one.reply not in taken])
    fresh = {one.reply for one in new}
    return Willing(
        new=new,
        members=[one for one in named if one.reply in found],
        known=[one for one in rest if one.reply not in fresh],
        nameless=len(told) - len(named),
        whose=whose,
    )


def _once(told: Iterable[Told]) -> list[Told]:
    """Keep the last answer of each organization and of each address."""
    last: dict[str, Told] = {}
    for one in told:
        last[one.folded] = one
    by_mail = {one.email or one.folded: one for one in last.values()}
    return list(by_mail.values())


def _known(told: Sequence[Told]) -> set[int]:
    """Return the replies of which somebody is a candidate already, whatever became of it: nobody is asked twice."""
    sources = [one.source for one in told]
    names = {one.folded for one in told}
    addresses = {one.email for one in told} - {""}
    same = Q(source__in=sources) | Q(folded__in=names) | Q(email__in=addresses)
    rows = list(Candidate.objects.filter(same).values_list("source", "folded", "email"))
    taken = {value for row in rows for value in row if value}
    return {one.reply for one in told if taken & {one.source, one.folded, one.email}}


def answers_of(survey: Survey, *, joining: bool) -> list[Told]:
    """Return what was answered to the questions with a role; with ``joining``, of those alone who would join."""
    roles = {version.pk: roles_of(version.instrument) for version in survey.versions.all()}
    replies = Reply.objects.filter(survey=survey, sent_at__isnull=False, set_aside=False)
    if joining:
        replies = replies.filter(_would_join(roles)).order_by("sent_at", "pk")
    return [_told(row, roles[row["version_id"]]) for row in _with_answers(replies)]


def told_of(replies: QuerySet[Reply]) -> list[Told]:
    """Return what these replies answered to the questions with a role, in their order and in two queries."""
    rows = list(_with_answers(replies))
    versions = Version.objects.filter(pk__in={row["version_id"] for row in rows})
    roles = {version.pk: roles_of(version.instrument) for version in versions}
    return [_told(row, roles[row["version_id"]]) for row in rows]


def _with_answers(replies: QuerySet[Reply]) -> QuerySet[Any, Any]:
    """Read what each of these replies said, in one query."""
    mine = {"reply": OuterRef("pk")}
    ticks = Tick.objects.filter(row="", **mine).order_by("pk")
    texts = Answer.objects.filter(**mine).exclude(text="")
    columns = ("pk", "uuid", "version_id", "organization_name", "organization_id", "language")
    found: QuerySet[Any, Any] = replies.values(
        *columns,
        chose=ArraySubquery(ticks.values(json=JSONObject(question="question", said="option"))),
        wrote=ArraySubquery(texts.values(json=JSONObject(question="question", said="text"))),
    )
    return found


def _told(row: Mapping[str, Any], questions: Mapping[str, Question]) -> Told:
    roles = {question.key: role for role, question in questions.items()}
    name = row["organization_name"].strip()
    told = Told(row["uuid"], row["pk"], name, row["language"], questions, row["organization_id"])
    nothing = {(q.key, option.key) for q in questions.values() for option in q.options if option.alone}
    for tick in row["chose"]:
        if tick["question"] in roles and (tick["question"], tick["said"]) not in nothing:
            told.chosen[roles[tick["question"]]].append(tick["said"])
    for text in row["wrote"]:
        if text["question"] in roles:
            told.text[roles[text["question"]]] = text["said"]
    return told


def roles_of(instrument: Instrument) -> dict[str, Question]:
    """Return the questions that feed something, by role."""
    return {question.role: question for question in instrument.questions() if question.role}


def _would_join(versions: Mapping[int, Mapping[str, Question]]) -> Q:
    agrees = Q(pk__in=[])
    for version, roles in versions.items():
        if "JOINS" in roles:
            said = Tick.objects.filter(reply=OuterRef("pk"), question=roles["JOINS"].key, option=YES)
            agrees |= Q(version=version) & Q(Exists(said))
    return agrees


def recognized(told: Iterable[Told]) -> dict[int, Known]:
    """Return whose each reply is, by the names and aliases of the directory, in one query. Source: CTX-19."""
    told = list(told)
    names = {one.folded for one in told if one.organization is None and one.folded}
    numbers = {one.organization for one in told if one.organization is not None}
    by_name: dict[str, Known] = {}
    by_number: dict[int, Known] = {}
    for row in _directory(names, numbers):
        known = Known(row["merged_into_id"] or row["pk"], row["membership"])
        by_number[row["pk"]] = known
        by_name.update({folded: known for folded in row["also"] if folded not in by_name})
        by_name[row["folded"]] = known
    found = {one.reply: by_number.get(one.organization or 0) or by_name.get(one.folded) for one in told}
    return {reply: known for reply, known in found.items() if known}


def _directory(names: Collection[str], numbers: Collection[int]) -> QuerySet[Any, Any]:
    also = Alias.objects.filter(organization=OuterRef("pk"))
    joined = Membership.objects.filter(
        ended_on=None, organization=Coalesce(OuterRef("merged_into"), OuterRef("pk"))
    )
    rows = Organization.objects.filter(
        Q(pk__in=numbers) | Q(folded__in=names) | Q(aliases__folded__in=names)
    ).distinct()
    return rows.order_by("-pk").values(
        "pk",
        "folded",
        "merged_into_id",
        also=ArraySubquery(also.values("folded")),
        membership=joined.values("pk")[:1],
    )


def cities_of(told: Iterable[Told]) -> dict[int, list[str]]:
    """Return the cities that each reply named, known ones by their names, in one query."""
    told = list(told)
    numbers = {int(key) for one in told for key in one.chosen["CITIES"] if _is_place(key)}
    names = dict(_places(numbers).values_list("geonameid", "name"))
    return {
        one.reply: [
            *(names[int(key)] for key in one.chosen["CITIES"] if _is_place(key) and int(key) in names),
            *(line.strip()[:200] for line in one.text.get("CITIES", "").splitlines() if line.strip()),
        ]
        for one in told
    }


def _is_place(key: str) -> bool:
    return key != NATIONAL and key.isascii() and key.isdigit() and len(key) < 13


def _places(numbers: set[int]) -> QuerySet[Place]:
    return Place.objects.filter(geonameid__in=numbers)
