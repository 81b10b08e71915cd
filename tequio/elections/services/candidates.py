"""Who stands in a ballot, what they say of themselves, and the seats that winners take."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.elections import access, events, selectors
from tequio.elections.models import CHOOSING, Ballot, BallotKind, Option
from tequio.elections.services.ballot_facts import about, hold_ballot, path_of_ballot
from tequio.governance import selectors as structure
from tequio.governance import services as governance
from tequio.governance.models import Circle
from tequio.governance.rules import Kind, Role
from tequio.governance.rules.terms import months_after
from tequio.notify import services as notify
from tequio.people.models import Membership, Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

STANDS = gettext_lazy("You stand in this ballot. Say in your words why, or take your name away.")
NOT_BY_BALLOT = gettext_lazy(
    "Whoever leads a circle, or is its delegate, is chosen by consent: begin an open election in the circle."
)


def require_seats(*, kind: str, body: Circle, role: str, months: int | None) -> None:
    """Refuse seats that a ballot cannot give: a link of a circle, an end that is missing or too far. Source: GOV-16, GOV-19."""
    if kind not in CHOOSING:
        raise Refused(_("This kind of ballot chooses nobody: no seats follow from it."))
    if role not in {one.value for one in Role} or (
        body.kind == Kind.CIRCLE and role in (Role.LEADER, Role.DELEGATE)
    ):
        raise Refused(str(NOT_BY_BALLOT))
    if months is None or not 1 <= months <= 120:
        raise Refused(_("Say for how many months: every mandate has an end."))
    if body.kind == Kind.COORDINATION and role == Role.MEMBER:
        longest = structure.mandate_rule(body).months
        if months > longest:
            words = _("The charter says how long a mandate lasts: %(months)s months.")
            raise Refused(words % {"months": longest})


@transaction.atomic
def add_option(
    *,
    by: Actor,
    ballot: Ballot,
    name: str = "",
    statement: str = "",
    language: str = "",
    cost_minor: int | None = None,
    participant: Participant | None = None,
    membership: Membership | None = None,
) -> Option:
    """Add a candidate, a project or an objective to a ballot that nobody was asked about.

    Who stands for a seat is somebody of the network, or one of its members; they are told, and may say why they stand or
    take their name away. Raises Refused for whom the charter does not allow another mandate. Source: GOV-18, GOV-20.
    """
    ballot = hold_ballot(ballot=ballot)
    access.change.require(by, ballot)
    whose = participant or membership
    name = " ".join((name or (whose.name if whose else "")).split())
    if problem := _why_not(ballot, name, cost_minor, participant, membership):
        raise Refused(str(problem))
    newest = Option.objects.filter(ballot=ballot).aggregate(newest=Max("number"))["newest"] or 0
    option = Option.objects.create(
        ballot=ballot, number=newest + 1, name=name, statement=statement.strip(), language=language, cost_minor=cost_minor,
        participant=participant, membership=membership,
    )  # fmt: skip
    events.option_added.record(ballot, by=by, **about(ballot=ballot), name=name)
    _tell(option, by)
    return option


def _why_not(
    ballot: Ballot,
    name: str,
    cost: int | None,
    participant: Participant | None,
    membership: Membership | None,
) -> str | Promise | None:
    if ballot.kind == BallotKind.YES_NO:
        return _("This ballot asks for yes or no: there is nothing to add.")
    others = Option.objects.filter(ballot=ballot)
    if not name or others.filter(name=name).exists():
        return _("Each name stands once in a ballot.")
    if (ballot.kind == BallotKind.FUND) != (cost is not None):
        return _("In a fund each project has a cost; elsewhere nothing has.")
    if participant is None and membership is None:
        return _("Winners take a seat: name somebody of the network.") if ballot.body else None
    if not ballot.chooses:
        return _("In this ballot nobody stands: it is about projects or goals.")
    if others.filter(participant=participant, membership=membership).exists():
        return _("Each name stands once in a ballot.")
    return _barred(ballot, participant, membership)


def _barred(ballot: Ballot, participant: Participant | None, membership: Membership | None) -> str | None:
    """Say that the charter lets somebody rest before another mandate. Source: GOV-20."""
    if ballot.body is None or ballot.body.kind != Kind.COORDINATION:
        return None
    who = participant or (selectors.speaker_of(membership) if membership else None)
    if who is not None and who.pk in structure.barred(ballot.body, on=network_today()):
        return _("This person has had as many mandates in a row as the charter allows.")
    return None


def _tell(option: Option, by: Actor) -> None:
    people = selectors.persons_standing(option)
    notify.ask_each(
        person_ids=[one for one in people if one != by.person_id], kind="candidate", title=option.ballot.title,
        why=STANDS, minutes=5, subject=ref_of(option.ballot), handable=False,
        path=path_of_ballot(ballot=option.ballot),
    )  # fmt: skip


@transaction.atomic
def write_statement(
    *,
    by: Actor,
    option: Option,
    statement: str,
    language: str = "",
    translations: Mapping[str, str] | None = None,
) -> Option:
    """Write what somebody says of their candidacy, until the ballot opens, and the same in other languages.

    Source: XCT-01; issue 4, 6.
    """
    ballot = hold_ballot(ballot=option.ballot)
    option = Option.objects.select_related("participant", "membership").get(pk=option.pk)
    option.ballot = ballot
    access.speak_as_candidate.require(by, option)
    option.statement, option.language = statement.strip(), language
    given = {code: text.strip() for code, text in (translations or {}).items() if code != language}
    option.translations = {code: text for code, text in given.items() if text}
    option.save(update_fields=["statement", "language", "translations"])
    if by.person_id is not None:
        notify.close_asks(subject=ref_of(ballot), person_id=by.person_id, kind="candidate")
    events.statement_written.record(ballot, by=by, **about(ballot=ballot), name=option.name)
    return option


@transaction.atomic
def remove_option(*, by: Actor, option: Option) -> None:
    """Take something away again from a ballot that nobody was asked about; who stands takes their own name away."""
    ballot = hold_ballot(ballot=option.ballot)
    option.ballot = ballot
    access.speak_as_candidate.require(by, option)
    events.option_removed.record(ballot, by=by, **about(ballot=ballot), name=option.name)
    for person_id in selectors.persons_standing(option):
        notify.close_asks(subject=ref_of(ballot), person_id=person_id, kind="candidate")
    option.delete()


def seat_winners(*, ballot: Ballot, winners: list[str], entry: UUID) -> list[str]:
    """Give the winners their seats, on the ground of the entry of the count; return for whom there is none.

    For an organization its delegate sits. Where the charter or the group does not allow a seat, the result stands all the
    same. Source: GOV-17, GOV-18, GOV-19.
    """
    if ballot.body is None or ballot.months is None:
        return []
    rows = Option.objects.filter(ballot=ballot, name__in=winners).select_related("participant", "membership")
    until = months_after(network_today(), ballot.months)
    unseated = []
    for option in sorted(rows, key=lambda one: winners.index(one.name)):
        who = option.participant or (selectors.speaker_of(option.membership) if option.membership else None)
        try:
            if who is None:
                raise Refused(_("Nobody speaks for this organization today."))
            governance.seat(
                by=system(ballot.network_id), circle=ballot.body, participant=who, role=ballot.role, until=until,
                entry=entry,
            )  # fmt: skip
        except Refused:
            unseated.append(option.name)
    return unseated
