"""Everything that changes ballots, from the draft to the opening; ``casting`` and ``counting`` follow.

For apps
--------
::

    ballot = elections.prepare(by=…, draft=Draft(kind="RANKED_SEATS", title={"es": …}, secret=True, seats=3))
    elections.add_option(by=…, ballot=ballot, name="Ana", statement="…")
    elections.open_ballot(by=…, ballot=ballot)                         # freezes options, rule and electorate
    elections.cast(by=…, ballot=ballot, paper={"ranking": [2, 1]}, receipt="32 hex digits")
    elections.close_ballot(by=…, ballot=ballot)                        # also by the clock; again: the same result

With ``body``, ``role`` and ``months`` in the draft, and ``participant`` or ``membership`` with each option, whoever wins
has the seat at once. What comes of it is the event ``elections.ballot_counted``, with every paper among its facts: ``tequio
verify`` counts it again.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts
from tequio.elections import access, events, selectors
from tequio.elections.models import Ballot, BallotState, Electorate, Voter
from tequio.elections.rules import papers as rules
from tequio.elections.rules.drawing_ties import sealed
from tequio.elections.services.ballot_facts import (
    BALLOTS,
    about,
    asked_about,
    full_hour,
    hold_ballot,
    named,
    path_of_ballot,
    weights_of,
)
from tequio.elections.services.ballot_time import schedule
from tequio.elections.services.candidates import require_seats
from tequio.governance.models import Circle
from tequio.governance.selectors import members_of
from tequio.notify import services as notify
from tequio.notify.selectors import said_no_this_time
from tequio.people.models import Participant
from tequio.people.models.memberships import VOICED
from tequio.people.selectors import voiced_memberships
from tequio.register.events import ref_of

LONGEST = 24 * 60
WHY = gettext_lazy("A ballot is open. You have one voice in it.")


@dataclass(frozen=True)
class Draft:
    """What a ballot asks, of whom, how it is counted, and which seats its winners take."""

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
    body: Circle | None = None
    role: str = ""
    months: int | None = None


@transaction.atomic
def prepare(*, by: Actor, draft: Draft) -> Ballot:
    """Write a ballot down; nobody is asked yet."""
    access.prepare.require(by)
    if not 1 <= draft.hours <= LONGEST:
        raise Refused(_("A ballot stays open between one hour and 60 days."))
    if draft.body is not None:
        require_seats(kind=draft.kind, body=draft.body, role=draft.role, months=draft.months)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [BALLOTS + 1, by.network_id % 2**31])
    newest = Ballot.objects.aggregate(newest=Max("number"))["newest"] or 0
    numerator, denominator = draft.majority
    ballot = Ballot.objects.create(
        number=newest + 1, kind=draft.kind, title=dict(draft.title), about=dict(draft.about), secret=draft.secret,
        electorate=draft.electorate, circle=draft.circle, seats=draft.seats, most=draft.most, highest=draft.highest,
        majority_numerator=numerator, majority_denominator=denominator, budget_minor=draft.budget_minor,
        currency=draft.currency, hours=draft.hours, author_id=by.participant_id, written_at=clock.now(),
        body=draft.body, role=draft.role if draft.body else "", months=draft.months if draft.body else None,
    )  # fmt: skip
    events.prepared.record(ballot, by=by, **about(ballot=ballot), kind=ballot.kind)
    return ballot


@transaction.atomic
def weigh(*, by: Actor, ballot: Ballot, weights: dict[str, int]) -> Ballot:
    """Write what the papers of members count, by their number; until it opens. Whoever is not named counts one.

    Raises Refused for a secret ballot: a weight on a paper tells whose it is. Source: issue 4, 6.
    """
    ballot = hold_ballot(ballot=ballot)
    access.weigh.require(by, ballot)
    if any(not 1 <= weight <= rules.HEAVIEST for weight in weights.values()):
        raise Refused(_("A voice counts between 1 and %(most)s.") % {"most": rules.HEAVIEST})
    ballot.weights = {uuid: weight for uuid, weight in sorted(weights.items()) if weight > 1}
    ballot.save(update_fields=["weights"])
    events.weighed.record(ballot, by=by, **about(ballot=ballot), weights=ballot.weights)
    return ballot


@transaction.atomic
def open_ballot(*, by: Actor, ballot: Ballot) -> Ballot:
    """Freeze what is asked, the rule, the electorate and its weights, seal the word for ties, and ask everybody."""
    ballot = hold_ballot(ballot=ballot)
    found = selectors.options(ballot)
    access.open_ballot.require(by, ballot, found)
    voters = _electorate(ballot)
    if not voters:
        raise Refused(_("Nobody has a voice in this ballot yet."))
    Voter.objects.bulk_create(voters, batch_size=1000)
    ballot.opened_at = clock.now()
    ballot.closes_at = full_hour(end=ballot.opened_at + timedelta(hours=ballot.hours))
    ballot.state, ballot.entitled = BallotState.OPEN, len(voters)
    ballot.rule_id = rules.RULES[ballot.kind]
    ballot.tie_word = secrets.token_hex(32)
    ballot.tie_sealed = sealed(ballot.tie_word)
    ballot.save()
    events.opened.record(
        ballot, by=by, **about(ballot=ballot), **asked_about(ballot=ballot, found=found), entitled=ballot.entitled,
        counted_by=ballot.rule_id, closes_at=ballot.closes_at, about=ballot.about, tie_sealed=ballot.tie_sealed,
        statements={
            str(one.number): one.texts if one.translations else one.statement for one in found if one.statement
        },
        electorate=named(voters=voters), weights=weights_of(voters=voters),
    )  # fmt: skip
    notify.close_asks(subject=ref_of(ballot))  # of those who stand in it: their statements are frozen
    ask_voices(ballot=ballot)
    schedule(ballot=ballot)
    return ballot


def _electorate(ballot: Ballot) -> list[Voter]:
    if ballot.electorate == Electorate.VOICES:
        return [
            Voter(ballot=ballot, membership=one, weight=ballot.weights.get(str(one.uuid), 1))
            for one in voiced_memberships()
        ]
    if ballot.circle is not None:
        people = members_of(ballot.circle)
    else:
        people = Participant.objects.filter(until_on=None, membership__status__in=VOICED).order_by("pk")
    return [Voter(ballot=ballot, participant=one) for one in people]


@transaction.atomic
def pass_ballots(*, membership_id: int) -> None:
    """Put the open ballots before whoever carries a member's voice today, and take them from its other people.

    What the member's paper says already is asked of nobody. Source: G-6.
    """
    people = set(Participant.objects.filter(membership=membership_id).values_list("person_id", flat=True))
    rows = Ballot.objects.filter(state=BallotState.OPEN, voters__membership=membership_id)
    for ballot in rows.order_by("pk"):
        waiting = people & set(selectors.persons_asked(ballot))
        for person_id in sorted(people - waiting):
            notify.close_asks(subject=ref_of(ballot), person_id=person_id, because=notify.Closed.OVER)
        waiting -= said_no_this_time(system(ballot.network_id), subject=ref_of(ballot))
        if waiting:
            ask_voices(ballot=ballot, only=waiting)


def ask_voices(*, ballot: Ballot, only: Collection[int] = ()) -> None:
    """Put the ballot before everybody whose paper is not in the box, or before these alone."""
    notify.ask_each(
        person_ids=list(only) or selectors.persons_asked(ballot), kind="ballot", title=ballot.title, why=WHY,
        minutes=4, due_at=ballot.closes_at, path=path_of_ballot(ballot=ballot), subject=ref_of(ballot), handable=False,
    )  # fmt: skip
