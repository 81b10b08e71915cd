"""The first two weeks of a new member: a few small things, each by minutes, that close themselves when done."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.membership import access
from tequio.membership.models import Application, Exchange
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Membership, Participant, Voice
from tequio.register.events import ref_of

FIRST_DAYS = timedelta(days=14)
STEPS = {
    "needs": (_("Say what you need and what you offer"), _("The others read it, and look for what fits."), 5),
    "second": (
        _("Name who speaks when you cannot"),
        _("Then your organization never misses a decision."),
        3,
    ),
    "meet": (_("Know who listens"), _("Two people care for whoever suffers violence here."), 2),
    "look": (_("Look at what is being decided"), _("So you see how decisions are made here."), 5),
}


@transaction.atomic
def welcome(*, network: Network, participant: Participant) -> int:
    """Ask who speaks for a member that came in by the door in the last two weeks; return how many things."""
    membership = participant.membership
    if membership is None or participant.voice != Voice.DELEGATE or not _is_new(membership):
        return 0
    wanted = _wanted(membership)
    until = datetime.combine(membership.joined_on + FIRST_DAYS, time(18), tzinfo=UTC)
    for kind in wanted:
        title, why, minutes = STEPS[kind]
        notify.ask(
            person_id=participant.person_id,
            kind=kind,
            title=title,
            why=why,
            minutes=minutes,
            due_at=until,
            path=reverse("membership:welcome", args=[network.slug]),
            subject=ref_of(membership),
        )
    return len(wanted)


def _is_new(membership: Membership) -> bool:
    recent = clock.today() - membership.joined_on <= FIRST_DAYS
    return recent and Application.objects.filter(membership=membership).exists()


def _wanted(membership: Membership) -> Sequence[str]:
    """Return what is still to do: nobody is asked for what they have done."""
    told = Exchange.objects.filter(membership=membership).exclude(needs="").exclude(brings="").exists()
    second = Participant.objects.filter(membership=membership, until_on=None, voice=Voice.SUBSTITUTE).exists()
    done = {"needs": told, "second": second or membership.organization_id is None}
    return [kind for kind in STEPS if not done.get(kind, False)]


@transaction.atomic
def step_taken(*, by: Actor, kind: str) -> None:
    """Note that one of the first things is done, by whoever did it."""
    access.take_step.require(by, kind)
    notify.close_asks(
        subject=f"people.Membership:{by.membership_id}",
        kind=kind,
        person_id=by.person_id,
        because=notify.Closed.DONE,
    )


@transaction.atomic
def done_by_member(*, membership: Membership, kind: str) -> None:
    """Note that one of the first things is done for the whole member."""
    notify.close_asks(subject=ref_of(membership), kind=kind, because=notify.Closed.DONE)


@transaction.atomic
def end_first_days(*, network: Network) -> int:
    """Let what was asked in the first two weeks rest when they are over; return how many asks."""
    old = Membership.objects.filter(joined_on__lt=clock.today() - FIRST_DAYS, applications__isnull=False)
    closed = 0
    for membership in old.filter(joined_on__gte=clock.today() - 3 * FIRST_DAYS):
        for kind in STEPS:
            closed += notify.close_asks(subject=ref_of(membership), kind=kind, because=notify.Closed.OVER)
    return closed
