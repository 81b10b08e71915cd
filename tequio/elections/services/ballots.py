"""Everything that changes ballots.

For apps
--------
::

    ballot = elections.prepare(by=…, draft=Draft(kind="RANKED_SEATS", title={"es": …}, secret=True, seats=3))
    elections.add_option(by=…, ballot=ballot, name="Ana", statement="…")
    elections.open_ballot(by=…, ballot=ballot)                         # freezes options, rule and electorate
    elections.cast(by=…, ballot=ballot, paper={"ranking": [2, 1]}, receipt="32 hex digits")
    elections.close_ballot(by=…, ballot=ballot)                        # also by the clock; again: the same result

What comes of it is the event ``elections.ballot_counted``, with every paper among its facts: ``tequio verify`` counts it again.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.elections import access, events, selectors
from tequio.elections.models import (
    Ballot,
    BallotKind,
    BallotState,
    Electorate,
    Option,
    Paper,
    Participation,
    Voter,
)
from tequio.elections.rules import papers as rules
from tequio.elections.rules.drawing_ties import sealed, seed_of
from tequio.governance.models import Circle
from tequio.governance.selectors import members_of
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.people.models.memberships import VOICED
from tequio.people.selectors import speaking, voiced_memberships
from tequio.register.events import ref_of

BALLOTS = 20_486
MIXED = 40
LONGEST = 24 * 60
WHY = gettext_lazy("A ballot is open. You have one voice in it.")
MALFORMED = {
    "shape": gettext_lazy("This paper does not answer what the ballot asks."),
    "many": gettext_lazy("This paper chooses more than the ballot allows."),
    "foreign": gettext_lazy("This paper names something that is not in this ballot."),
    "twice": gettext_lazy("This paper names the same thing twice."),
    "empty": gettext_lazy("This paper says nothing. Choose something, or say that you prefer not to say."),
    "points": gettext_lazy("This paper gives points that the ballot does not allow."),
}


@dataclass(frozen=True)
class Draft:
    """What a ballot asks, of whom, and how it is counted."""

    kind: str
    title: Texts
    about: Texts = field(default_factory=dict)
    secret: bool = False
    electorate: str = Electorate.VOICES.value
    circle: Circle | None = None
    seats: int = 1
    most: int = 0
    highest: int = 0
    majority: tuple[int, int] = (1, 2)
    budget_minor: int | None = None
    currency: str = "USD"
    hours: int = 168


@transaction.atomic
def prepare(*, by: Actor, draft: Draft) -> Ballot:
    """Write a ballot down; nobody is asked yet."""
    access.prepare.require(by)
    if not 1 <= draft.hours <= LONGEST:
        raise Refused(_("A ballot stays open between one hour and 60 days."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [BALLOTS + 1, by.network_id % 2**31])
    newest = Ballot.objects.aggregate(newest=Max("number"))["newest"] or 0
    numerator, denominator = draft.majority
    ballot = Ballot.objects.create(
        number=newest + 1, kind=draft.kind, title=dict(draft.title), about=dict(draft.about), secret=draft.secret,
        electorate=draft.electorate, circle=draft.circle, seats=draft.seats, most=draft.most, highest=draft.highest,
        majority_numerator=numerator, majority_denominator=denominator, budget_minor=draft.budget_minor,
        currency=draft.currency, hours=draft.hours, author_id=by.participant_id, written_at=clock.now(),
    )  # fmt: skip
    events.prepared.record(ballot, by=by, **_about(ballot), kind=ballot.kind)
    return ballot


@transaction.atomic
def add_option(
    *, by: Actor, ballot: Ballot, name: str, statement: str = "", cost_minor: int | None = None
) -> Option:
    """Add a candidate, a project or an objective to a ballot that nobody was asked about."""
    ballot = _hold(ballot)
    access.change.require(by, ballot)
    name = " ".join(name.split())
    if ballot.kind == BallotKind.YES_NO:
        raise Refused(_("This ballot asks for yes or no: there is nothing to add."))
    if not name or Option.objects.filter(ballot=ballot, name=name).exists():
        raise Refused(_("Each name stands once in a ballot."))
    if (ballot.kind == BallotKind.FUND) != (cost_minor is not None):
        raise Refused(_("In a fund each project has a cost; elsewhere nothing has."))
    newest = Option.objects.filter(ballot=ballot).aggregate(newest=Max("number"))["newest"] or 0
    option = Option.objects.create(
        ballot=ballot, number=newest + 1, name=name, statement=statement.strip(), cost_minor=cost_minor
    )
    events.option_added.record(ballot, by=by, **_about(ballot), name=name)
    return option


@transaction.atomic
def remove_option(*, by: Actor, option: Option) -> None:
    """Take something away again from a ballot that nobody was asked about."""
    ballot = _hold(option.ballot)
    access.change.require(by, ballot)
    events.option_removed.record(ballot, by=by, **_about(ballot), name=option.name)
    option.delete()


@transaction.atomic
def open_ballot(*, by: Actor, ballot: Ballot) -> Ballot:
    """Freeze what is asked, the rule and the electorate, seal the word that ties will need, and ask everybody."""
    ballot = _hold(ballot)
    found = selectors.options(ballot)
    access.open_ballot.require(by, ballot, len(found))
    voters = _electorate(ballot)
    if not voters:
        raise Refused(_("Nobody has a voice in this ballot yet."))
    Voter.objects.bulk_create(voters, batch_size=1000)
    ballot.opened_at = clock.now()
    ballot.closes_at = _full_hour(ballot.opened_at + timedelta(hours=ballot.hours))
    ballot.state, ballot.entitled = BallotState.OPEN, len(voters)
    ballot.rule_id = rules.RULES[ballot.kind]
    ballot.tie_word = secrets.token_hex(32)
    ballot.tie_sealed = sealed(ballot.tie_word)
    ballot.save()
    events.opened.record(
        ballot, by=by, **_about(ballot), **_asked(ballot, found), entitled=ballot.entitled,
        counted_by=ballot.rule_id, closes_at=ballot.closes_at, about=ballot.about, tie_sealed=ballot.tie_sealed,
        statements={str(one.number): one.statement for one in found if one.statement},
        electorate=_named(voters),
    )  # fmt: skip
    _ask_everybody(ballot)
    jobs.configure_task("tequio.elections.tasks.close", schedule_at=ballot.closes_at).defer(
        network_id=ballot.network_id, ballot_id=ballot.pk
    )
    return ballot


def _electorate(ballot: Ballot) -> list[Voter]:
    if ballot.electorate == Electorate.VOICES:
        return [Voter(ballot=ballot, membership=one) for one in voiced_memberships()]
    if ballot.circle is not None:
        people = members_of(ballot.circle)
    else:
        people = Participant.objects.filter(until_on=None, membership__status__in=VOICED).order_by("pk")
    return [Voter(ballot=ballot, participant=one) for one in people]


def _named(voters: list[Voter]) -> list[dict[str, str]]:
    """Name an electorate, by the number of each: who is not in it can see that too."""
    whose = [one.membership or one.participant for one in voters]
    named = [{"uuid": str(one.uuid), "name": one.name} for one in whose if one is not None]
    return sorted(named, key=lambda one: one["uuid"])


def _full_hour(end: datetime) -> datetime:
    full = end.replace(minute=0, second=0, microsecond=0)
    return full if full == end else full + timedelta(hours=1)


def _about(ballot: Ballot) -> dict[str, Any]:
    return {"uuid": ballot.uuid, "number": ballot.number, "title": ballot.title}


def _asked(ballot: Ballot, found: list[Option]) -> dict[str, Any]:
    """Return what is counted, and how, as plain facts."""
    cost = ballot.currency
    return {
        "kind": ballot.kind,
        "secret": ballot.secret,
        "options": [
            {"number": one.number, "name": one.name}
            | ({"cost": str(one.cost(cost))} if one.cost_minor else {})
            for one in found
        ],
        "seats": ballot.seats,
        "most": ballot.most,
        "highest": ballot.highest,
        "majority": [ballot.majority_numerator, ballot.majority_denominator],
        **({"budget": str(ballot.budget.amount), "currency": ballot.currency} if ballot.budget else {}),
    }


def _ask_everybody(ballot: Ballot) -> None:
    if ballot.electorate == Electorate.VOICES:
        people = speaking().filter(membership__in=ballot.voters.values("membership"))
    else:
        people = Participant.objects.filter(until_on=None, pk__in=ballot.voters.values("participant"))
    slug = Network.objects.values_list("slug", flat=True).get(pk=ballot.network_id)
    notify.ask_each(
        person_ids=list(people.values_list("person_id", flat=True)), kind="ballot", title=ballot.title, why=WHY,
        minutes=4, due_at=ballot.closes_at, path=reverse("elections:ballot", args=[slug, ballot.number]),
        subject=ref_of(ballot), handable=False,
    )  # fmt: skip


def _hold(ballot: Ballot, *, shared: bool = False) -> Ballot:
    """Keep a ballot from changing; shared, from changing while papers are cast side by side."""
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [BALLOTS, ballot.pk % 2**31])
    return Ballot.objects.select_related("circle").get(pk=ballot.pk)


@transaction.atomic
def cast(*, by: Actor, ballot: Ballot, paper: Any, receipt: str) -> str:
    """Put the paper of the actor's voice into the box, once; return its code.

    Of a secret ballot nothing joins paper and voter, and no time is kept. Raises Refused with the reason for what is late,
    double, foreign or malformed. Source: GOVERNANCE 5.4.
    """
    ballot = _hold(ballot, shared=True)
    voter, done = selectors.my_voter(by, ballot)
    access.cast.require(by, ballot, voter, done)
    assert voter is not None
    numbers = ballot.options.values_list("number", flat=True)
    try:
        says = rules.checked(
            paper, kind=ballot.kind, options=set(numbers), most=ballot.most, highest=ballot.highest
        )
    except rules.Malformed as wrong:
        raise Refused(str(MALFORMED[wrong.code])) from wrong
    if not rules.RECEIPT.fullmatch(receipt):
        raise Refused(_("The receipt has 32 letters and figures, from 0 to 9 and a to f."))
    code = rules.code_of(says, receipt=receipt)
    # Whoever sends the same voice at the same moment waits here, and then reads that it is in the box.
    Voter.objects.select_for_update(of=("self",)).get(pk=voter.pk)
    if Participation.objects.filter(voter=voter).exists():
        raise Refused(_("Your paper is in the box already. It cannot be changed or cast again."))
    if Paper.objects.filter(ballot=ballot, code=code).exists():
        raise Refused(_("This receipt was used in this ballot before. Take a fresh one."))
    took_part = Participation.objects.create(voter=voter)
    paper = Paper(ballot=ballot, code=code, says=says, participation=None if ballot.secret else took_part)
    if ballot.secret:
        _mix_in(ballot, paper)
    else:
        paper.save()
    _done_for(voter, ballot)
    return code


def _mix_in(ballot: Ballot, paper: Paper) -> None:
    """Put a paper into the box among others, taken out by chance and put back with it.

    Rows lie in a table in the order in which they were written, and tell which transaction wrote them: so neither tells which
    paper came last. What others hold at this moment stays where it is.
    """
    rows = Paper.objects.select_for_update(skip_locked=True).filter(ballot=ballot).order_by("?")
    others = list(rows[:MIXED])
    Paper.objects.filter(pk__in=[one.pk for one in others]).delete()
    _lay_out([*others, paper], ballot)


def _lay_out(papers: list[Paper], ballot: Ballot) -> None:
    by_code = sorted(papers, key=lambda one: one.code)
    Paper.objects.bulk_create(
        [Paper(ballot=ballot, code=one.code, says=one.says) for one in by_code], batch_size=1000
    )


def _done_for(voter: Voter, ballot: Ballot) -> None:
    """Take the question away from those who speak for this voice."""
    people = Participant.objects.filter(until_on=None)
    if voter.participant_id is not None:
        people = people.filter(pk=voter.participant_id)
    elif voter.membership_id is not None:
        people = people.filter(membership_id=voter.membership_id)
    for person_id in people.values_list("person_id", flat=True):
        notify.close_asks(subject=ref_of(ballot), person_id=person_id)


@transaction.atomic
def close_ballot(*, by: Actor, ballot: Ballot) -> Ballot:
    """Count a ballot whose time is over, or whose every paper is in; again, return the same result."""
    ballot = _hold(ballot)
    if ballot.state == BallotState.CLOSED:
        return ballot
    over = ballot.closes_at is not None and clock.now() >= ballot.closes_at
    ready = over or (ballot.entitled > 0 and selectors.how_many(ballot) == ballot.entitled)
    access.close.require(by, ballot, ready)
    if not ready:
        raise Refused(_("Papers are missing and there is still time: a ballot is not closed early."))
    return _count(by, ballot)


def _count(by: Actor, ballot: Ballot) -> Ballot:
    """Publish every paper with its result, in an order that tells nothing of when it was cast."""
    cast = list(
        Paper.objects.filter(ballot=ballot).order_by("code").select_related(
            "participation__voter__membership", "participation__voter__participant"
        )
    )  # fmt: skip
    took_part = list(
        Voter.objects.filter(ballot=ballot, participation__isnull=False).select_related(
            "membership", "participant"
        )
    )
    ballot.state, ballot.closed_at = BallotState.CLOSED, clock.now()
    facts = _asked(ballot, selectors.options(ballot)) | {
        "rule": ballot.rule_id,
        "entitled": ballot.entitled,
        "cast": len(cast),
        "took_part": _named(took_part),
        "papers": [_fact(one) for one in cast],
        "tie": {
            "secret": ballot.tie_word,
            "sealed": ballot.tie_sealed,
            "seed": seed_of(secret=ballot.tie_word, codes=[one.code for one in cast]),
        },
    }
    if ballot.budget is not None:
        facts["step"] = str(rules.step_for(Fraction(ballot.budget.amount), len(cast)))
    outcome = rules.outcome_of(facts)
    facts["winners"] = list(outcome.winners)
    ballot.result = {
        "winners": list(outcome.winners),
        "stages": list(outcome.stages),
        "notes": outcome.notes,
        "cast": len(cast),
        "blank": sum(1 for one in cast if "blank" in one.says),
        "tie": facts["tie"],
        **({"step": facts["step"]} if "step" in facts else {}),
    }
    if ballot.secret:
        _lay_out_anew(ballot, cast, took_part)
    entry = events.counted.record(
        ballot, by=by, **_about(ballot), **facts, opened_at=ballot.opened_at, closed_at=ballot.closed_at,
        won=", ".join(outcome.winners) or "—",
    )  # fmt: skip
    ballot.entry_id = entry.pk
    ballot.save()
    notify.close_asks(subject=ref_of(ballot))
    if ballot.secret:
        notify.forget_when(subject=ref_of(ballot))
    return ballot


def _fact(paper: Paper) -> dict[str, Any]:
    told: dict[str, Any] = {"code": paper.code, "says": paper.says}
    if paper.participation is not None:
        voter = paper.participation.voter
        whose = voter.membership or voter.participant
        assert whose is not None
        told |= {"voter": str(whose.uuid), "name": whose.name}
    return told


def _lay_out_anew(ballot: Ballot, cast: list[Paper], took_part: list[Voter]) -> None:
    """Write the rows anew, by code and by name: where they lie in the table told in which order they came."""
    Paper.objects.filter(ballot=ballot).delete()
    _lay_out(cast, ballot)
    Participation.objects.filter(voter__ballot=ballot).delete()
    by_name = sorted(took_part, key=lambda one: (one.membership_id or 0, one.participant_id or 0))
    Participation.objects.bulk_create([Participation(voter=one) for one in by_name], batch_size=1000)
