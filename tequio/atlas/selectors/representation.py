"""Who sits and who takes the word, beside who is there, from records. Source: XCT-05, SUR-27, OGP-07, CAP-08."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from tequio.atlas.models import Census, Showcase
from tequio.atlas.rules.representation import UNSAID
from tequio.core.actor import Actor
from tequio.decisions.models import Live, Objection, Proposal, Question
from tequio.decisions.selectors.seeing import sees
from tequio.elections.models import Option
from tequio.governance.models import Circle, Seat, active_on, open_on
from tequio.governance.rules import Kind, Role
from tequio.governance.selectors import keeps
from tequio.people.models import Gender, Membership, Participant
from tequio.people.rules.showing import COORDINATION, EVERYBODY, MEMBERS

BY = ("country", "size", "sector", "kind")
FIELD = {"country": "country", "size": "size", "sector": "kind", "kind": "kind"}  # who sees it: rules.showing
PEOPLE, SEATS, SPOKE = "PEOPLE", "SEATS", "SPOKE"
OWN_WORDS = "OWN"
YEAR = timedelta(days=365)
# What counts as taking the word: (name, table, who, when, by what it hangs on a proposal).
WORDS: Sequence[tuple[str, type[Any], str, str, str | None]] = (
    ("PROPOSED", Proposal, "author", "proposed_at", ""),
    ("OBJECTED", Objection, "raised_by", "raised_at", "proposal__"),
    ("ASKED", Question, "asked_by", "asked_at", "proposal__"),
    ("LED", Live, "facilitator", "opened_at", "proposal__"),
    ("STOOD", Option, "participant", "ballot__opened_at", None),
)


@dataclass(frozen=True)
class Seen:
    """Counts by value: of members and of mandates on each of some days, and of each way to take the word in a year."""

    days: Sequence[date]
    members: Sequence[Mapping[str, int]]
    seats: Sequence[Mapping[str, int]]
    words: Mapping[str, Mapping[str, int]]


def representation(actor: Actor | None, by: str, *, days: Sequence[date], level: str = MEMBERS) -> Seen:
    """Count members, mandates and who took the word by something that organizations say of themselves.

    Three questions to the database. What an organization shows to fewer than ``level`` counts as not said. The word is
    counted where the actor reads what it was about; without an actor, where everybody does. Source: GOV-22.
    """
    members = Membership.objects.filter(organization__isnull=False)
    there = [Q(joined_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day)) for day in days]
    seats = _mandates(Seat.objects.filter(participant__membership__organization__isnull=False))
    held = [_held(day) for day in days]
    return Seen(
        days,
        _on_days(members, _value("organization__", by, level), there),
        _on_days(seats, _value("participant__membership__organization__", by, level), held),
        _words(actor or _furthest_out(), by, level, since=days[-1] - YEAR),
    )


def _value(place: str, by: str, level: str) -> Case:
    shown = f"{place}shows__{FIELD[by]}"
    if level == EVERYBODY:
        return Case(
            When(**{shown: EVERYBODY}, then=F(f"{place}{by}")),
            default=Value(UNSAID),
            output_field=CharField(),
        )
    return Case(
        When(**{shown: COORDINATION}, then=Value(UNSAID)), default=F(f"{place}{by}"), output_field=CharField()
    )


def _on_days(rows: QuerySet[Any], value: Case, on: Sequence[Q]) -> list[dict[str, int]]:
    counts = {f"on_{number}": Count("pk", filter=each, distinct=True) for number, each in enumerate(on)}
    found = list(rows.order_by().annotate(value=value).values("value").annotate(**counts))
    return [{row["value"]: row[name] for row in found if row[name]} for name in counts]


def _mandates(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    """Keep the seats that are a charge: every role with one, and all of the coordination body. Source: GOV-19."""
    return rows.filter(~Q(role=Role.MEMBER) | Q(circle__kind=Kind.COORDINATION))


def _held(day: date) -> Q:
    ended = Q(ended_at=None) | Q(ended_at__date__gt=day)
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day)) & ended


def _furthest_out() -> Actor:
    """Whoever reads least: from whom all is kept that the network keeps from anybody."""
    return Actor(None, "", 0, unseen=keeps())


def _spoken(reader: Actor, *, since: date) -> Iterator[tuple[str, str, QuerySet[Any]]]:
    """Each way to take the word: its name, who does it, and the rows since a day of which the reader may know."""
    for name, table, who, when, hangs in WORDS:
        rows = table.objects.filter(**{f"{when}__date__gte": since, f"{who}__isnull": False})
        yield name, who, rows if hangs is None else rows.filter(sees(reader, hangs))


def _words(reader: Actor, by: str, level: str, *, since: date) -> dict[str, dict[str, int]]:
    parts = []
    for name, who, spoken in _spoken(reader, since=since):
        place = f"{who}__membership__organization__"
        rows = spoken.filter(**{f"{place}pk__isnull": False}).order_by()
        counted = rows.annotate(value=_value(place, by, level)).values("value").annotate(number=Count("pk"))
        named = counted.annotate(word=Value(name, output_field=CharField()))
        parts.append(named.values_list("word", "value", "number"))
    found: dict[str, dict[str, int]] = {name: {} for name, *_rest in WORDS}
    for word, value, number in parts[0].union(*parts[1:], all=True):
        found[word][value] = number
    return found


def genders(actor: Actor, *, on: date) -> dict[str, dict[str, int]]:
    """Count who takes part, who holds a mandate and who took the word in a year, each person once, by gender.

    For the census alone, which withholds what is small and is read by all: the word counts where everybody reads what it
    was about.
    """
    people = Participant.objects.filter(until_on=None, person__is_active=True)
    seats = _mandates(Seat.objects.filter(active_on(on), circle__in=Circle.objects.filter(open_on(on))))
    spoke = Q()
    for _name, who, rows in _spoken(_furthest_out(), since=on - YEAR):
        spoke |= Q(pk__in=rows.values(who))
    return {
        PEOPLE: _by_gender(people),
        SEATS: _by_gender(people.filter(pk__in=seats.values("participant"))),
        SPOKE: _by_gender(people.filter(spoke)),
    }


def _by_gender(rows: QuerySet[Participant]) -> dict[str, int]:
    known = [*Gender.values, UNSAID]
    value = Case(When(gender__in=known, then=F("gender")), default=Value(OWN_WORDS))
    found = rows.order_by().annotate(value=value).values("value").annotate(number=Count("pk"))
    return dict(found.values_list("value", "number"))


def censuses(actor: Actor) -> list[Census]:
    """What was counted of people, the latest eight times, the oldest first."""
    return list(Census.objects.order_by("-on")[:8])[::-1]


def showcase() -> Showcase | None:
    """What everybody may see of who is represented; None where the network does not tell it."""
    return Showcase.objects.filter(open=True).first()


def latest_census() -> Census | None:
    """What was last counted of people."""
    return Census.objects.order_by("-on").first()
