"""Whom a round asks, when, and who is asked when a voice passes to somebody else."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.actor import system
from tequio.decisions import selectors
from tequio.decisions.models import Round, RoundKind
from tequio.decisions.rules import Kind
from tequio.governance.models import Seat
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.selectors import said_no_this_time
from tequio.notify.words import Words
from tequio.people.models import Participant
from tequio.people.selectors import carries_voice
from tequio.register.events import ref_of

REMINDER = timedelta(hours=24)
QUESTIONS = {
    RoundKind.CONSENT: gettext_lazy("Can you live with this proposal? Your organization has one voice."),
    RoundKind.VOTE: gettext_lazy(
        "An objection stayed, so it is decided by vote. Your organization has one voice."
    ),
}


INSIDE = {
    RoundKind.CONSENT: gettext_lazy("Can you live with this? You have one voice in the circle: %(circle)s."),
    RoundKind.VOTE: gettext_lazy("An objection stayed, so it is voted. You have one voice here: %(circle)s."),
}


@transaction.atomic
def pass_questions(*, participant: Participant) -> None:
    """Put the open questions before whom a member named to speak for it, and take them from whom it did not.

    What the member has answered already is asked of nobody. Source: G-6.
    """
    open_rounds = Round.objects.filter(closed_at=None, electors__membership=participant.membership_id)
    speaks = carries_voice(participant, participant.membership)
    for round in open_rounds.select_related("version", "proposal"):
        if not speaks:
            notify.close_asks(
                subject=ref_of(round), person_id=participant.person_id, because=notify.Closed.OVER
            )
        elif participant.person_id in _not_yet_declined(round):
            _ask(round, [participant.person_id])


@transaction.atomic
def ask_no_more(*, seat: Seat) -> None:
    """Take the open questions of a circle from whoever has no seat there any more."""
    for round in Round.objects.filter(circle=seat.circle_id, closed_at=None):
        if seat.participant.person_id not in selectors.voices_to_ask(round):
            notify.close_asks(
                subject=ref_of(round), person_id=seat.participant.person_id, because=notify.Closed.OVER
            )


@transaction.atomic
def pass_questions_of(*, membership_id: int) -> None:
    """Put the open questions before whoever carries a member's voice today, and take them from its other people."""
    for participant in Participant.objects.select_related("membership").filter(
        membership_id=membership_id, until_on=None
    ):
        pass_questions(participant=participant)


def _not_yet_declined(round: Round) -> set[int]:
    """Return who may still be asked: a "not this time" is not asked again."""
    declined = said_no_this_time(system(round.network_id), subject=ref_of(round))
    return set(selectors.voices_to_ask(round, unanswered=True)) - declined


def schedule(*, round: Round) -> None:
    """Set the clock for the reminder, 24 hours before the end, and for the end."""
    facts = {"network_id": round.network_id, "round_id": round.pk}
    reminder = round.closes_at - REMINDER
    if reminder > clock.now():
        jobs.configure_task("tequio.decisions.tasks.remind", schedule_at=reminder).defer(**facts)
    jobs.configure_task("tequio.decisions.tasks.close", schedule_at=round.closes_at).defer(**facts)


def ask_everybody(*, round: Round, unanswered: bool = False) -> None:
    """Put the question before every voice of a round, or before those that have not answered."""
    _ask(round, selectors.voices_to_ask(round, unanswered=unanswered))


def _why(round: Round) -> Words:
    """Say what is asked, and whose voice it is."""
    if round.circle is None:
        return QUESTIONS[RoundKind(round.kind)]
    return notify.phrase(INSIDE[RoundKind(round.kind)], circle=round.circle.name)


def _ask(round: Round, person_ids: list[int]) -> None:
    slug = Network.objects.values_list("slug", flat=True).get(pk=round.network_id)
    kind = "ratification" if round.purpose == Kind.CHARTER.value else str(round.kind).lower()
    notify.ask_each(
        person_ids=person_ids,
        kind=kind,
        title=round.version.title,
        why=_why(round),
        minutes=round.version.minutes + 1,
        due_at=round.closes_at,
        path=reverse("decisions:open", args=[slug, round.proposal.number]),
        subject=ref_of(round),
    )
