"""What follows a round that ended (a letter with its result to each who takes part), and a voice that changed hands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import lazy

from tequio.decisions import events, selectors, sentences, services
from tequio.decisions.models import POSITIONS, Outcome, Round
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import events as people
from tequio.people.models import Participant
from tequio.people.selectors import readers
from tequio.register.models import Entry

ANSWERS = dict(POSITIONS)


@events.adopted.then
@events.not_adopted.then
@events.objected.then
@events.tied.then
def tell_everybody(entry: Entry) -> None:
    """Write to each participant what became of it. Source: EXPERIENCE 3.4 (8)."""
    outcome = _outcome(entry.pk)
    if outcome is None:
        return
    notify.mail_each(
        readers=readers(), kind="decision", template="decisions/mail/outcome", context=_context(outcome),
        key=f"decisions.outcome:{entry.pk}",
    )  # fmt: skip


@events.round_opened.then
@events.vote_opened.then
def ask_by_letter(entry: Entry) -> None:
    """Write to those whose voice is asked, with a link for each answer. Source: EXPERIENCE 3.10."""
    opened = Round.objects.filter(pk=int(entry.ref.rpartition(":")[2])).first()
    if opened is not None:
        services.ask_by_letter(round=opened)


@people.seated.then
@people.delegate_named.then
@people.substitute_named.then
@people.voice_ended.then
def pass_questions(entry: Entry) -> None:
    """Let the open rounds wait for whoever speaks for a member now."""
    participant = Participant.objects.filter(pk=int(entry.ref.rpartition(":")[2])).first()
    if participant is not None and participant.membership_id is not None:
        services.pass_questions(participant=participant)


@people.stands_in.then
@people.stands_in_no_more.then
@people.voice_inherited.then
def pass_questions_of_a_member(entry: Entry) -> None:
    """Let the open rounds wait for whoever carries a member's voice today."""
    participant = Participant.objects.filter(uuid=str(entry.facts["participant"])).first()
    if participant is not None and participant.membership_id is not None:
        services.pass_questions_of(membership_id=participant.membership_id)


@people.resumed.then
def ask_again(entry: Entry) -> None:
    """Let the open rounds wait again for who speaks for a member that is back from its pause."""
    services.pass_questions_of(membership_id=int(entry.ref.rpartition(":")[2]))


def _outcome(entry_id: UUID) -> Outcome | None:
    rows = Outcome.objects.select_related("round__proposal", "round__version")
    return rows.filter(Q(entry_id=entry_id) | Q(tie_entry_id=entry_id)).first()


def _context(outcome: Outcome) -> dict[str, Any]:
    proposal = outcome.round.proposal
    slug = Network.objects.values_list("slug", flat=True).get(pk=proposal.network_id)
    voices = outcome.voices
    if len(voices) > selectors.IN_RING:
        voices = [voice for voice in voices if voice["words"]][:100]
    return {
        "outcome": outcome,
        "version": outcome.round.version,
        "rule": lazy(sentences.outcome_rule, str)(outcome),
        "numbers": lazy(sentences.outcome_numbers, str)(outcome),
        "voices": [{**voice, "said": ANSWERS.get(voice["answer"])} for voice in voices],
        "url": settings.ORIGIN.rstrip("/") + reverse("decisions:record", args=[slug, proposal.number]),
    }
