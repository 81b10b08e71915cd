"""What follows a round that ended (a letter with its result to each who takes part), and a voice that changed hands."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import lazy

from tequio.decisions import events, selectors, sentences, services
from tequio.decisions.models import POSITIONS, Outcome, Proposal, Question, Round
from tequio.governance import events as governance
from tequio.governance.models import Seat
from tequio.governance.rules import Role
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
    """Write to each participant, or to each of the circle that decided, what became of it. Source: EXPERIENCE 3.4 (8)."""
    outcome = _outcome(entry.pk)
    if outcome is None:
        return
    everybody = readers()
    if outcome.round.by_person:  # a letter for the circle: the others find it on its page
        asked = set(selectors.people_of(outcome.round))
        everybody = [reader for reader in everybody if reader.person_id in asked]
    elif (reading := selectors.who_reads(outcome.round.proposal)) is not None:
        everybody = [reader for reader in everybody if reader.person_id in reading]
    notify.mail_each(
        readers=everybody, kind="decision", template="decisions/mail/outcome", context=_context(outcome),
        key=f"decisions.outcome:{entry.pk}",
    )  # fmt: skip


@events.adopted.then
def end_what_it_replaces(entry: Entry) -> None:
    """End the agreement whose place the new one takes. Source: GOV-01."""
    named = entry.facts.get("uuid")  # missing once erased
    adopted = Proposal.objects.select_related("version").filter(uuid=named).first() if named else None
    if adopted is not None:
        services.end_what_it_replaces(proposal=adopted)


@events.adopted.then
def end_the_seat(entry: Entry) -> None:
    """End the seat of whoever leaves a circle by its decision. Source: C8."""
    services.end_the_seat(entry=entry, facts=entry.facts)


@events.round_opened.then
@events.vote_opened.then
def ask_by_letter(entry: Entry) -> None:
    """Write to those whose voice is asked, with a link for each answer. Source: EXPERIENCE 3.10."""
    opened = Round.objects.filter(pk=int(entry.ref.rpartition(":")[2])).first()
    if opened is not None:
        services.ask_by_letter(round=opened)


@events.round_extended.then
def tell_of_extension(entry: Entry) -> None:
    """Tell those who have answered that there is more time, and why; the others are asked again."""
    round = (
        Round.objects.filter(pk=int(entry.ref.rpartition(":")[2]))
        .select_related("version", "proposal")
        .first()
    )
    if round is None:
        return
    context = {
        "round": round,
        "version": round.version,
        "by": entry.facts["who"] if entry.facts else "",
        "ends": partial(sentences.ending, round.closes_at),  # said in the language of each reader
        "url": _url("decisions:open", round.proposal),
    }
    told = set(selectors.voices_that_answered(round))
    notify.mail_each(
        readers=[reader for reader in readers() if reader.person_id in told], kind="decision",
        template="decisions/mail/extended", context=context, key=f"decisions.extended:{entry.pk}",
    )  # fmt: skip


@events.replied.then
def tell_who_asked(entry: Entry) -> None:
    """Bring the reply to whoever asked."""
    rows = Question.objects.select_related("asked_by__person", "proposal__version")
    question = rows.filter(pk=int(entry.ref.rpartition(":")[2])).first()
    if question is None or question.asked_by_id == question.replied_by_id or question.asked_by.until_on:
        return
    reading = selectors.who_reads(question.proposal)
    if reading is not None and question.asked_by.person_id not in reading:
        return
    person = question.asked_by.person
    notify.mail(
        person_id=person.pk, address=person.email, language=person.language, kind="decision",
        template="decisions/mail/replied", key=f"decisions.replied:{entry.pk}",
        context={"question": question, "version": question.proposal.version,
                 "url": _url("decisions:talk", question.proposal)},
    )  # fmt: skip


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
    participant = _about(entry)
    if participant is not None and participant.membership_id is not None:
        services.pass_questions_of(membership_id=participant.membership_id)


@people.resumed.then
def ask_again(entry: Entry) -> None:
    """Let the open rounds wait again for who speaks for a member that is back from its pause."""
    services.pass_questions_of(membership_id=int(entry.ref.rpartition(":")[2]))


@governance.seat_ended.then
def ask_no_more(entry: Entry) -> None:
    """Take the open questions of a circle from whoever left it."""
    seat = Seat.objects.select_related("participant").filter(pk=int(entry.ref.rpartition(":")[2])).first()
    if seat is not None and seat.role == Role.MEMBER:
        services.ask_no_more(seat=seat)


@people.name_erased.then
def use_pseudonym(entry: Entry) -> None:
    """Put a pseudonym in the place of the name of somebody who left for good."""
    if participant := _about(entry):
        services.use_pseudonym(participant=participant)


def _about(entry: Entry) -> Participant | None:
    """Return whom an entry is about, also when its words were erased before this was told."""
    label, _colon, key = entry.ref.rpartition(":")
    if label == "people.Participant":
        return Participant.objects.filter(pk=int(key)).first()
    named = entry.facts.get("participant")
    return Participant.objects.filter(uuid=str(named)).first() if named else None


def _outcome(entry_id: UUID) -> Outcome | None:
    rows = Outcome.objects.select_related("round__proposal", "round__version")
    return rows.filter(Q(entry_id=entry_id) | Q(tie_entry_id=entry_id)).first()


def _context(outcome: Outcome) -> dict[str, Any]:
    proposal = outcome.round.proposal
    voices = outcome.voices
    if len(voices) > selectors.IN_RING:
        voices = [voice for voice in voices if voice["words"]][:100]
    return {
        "outcome": outcome,
        "version": outcome.round.version,
        "rule": lazy(sentences.outcome_rule, str)(outcome),
        "numbers": lazy(sentences.outcome_numbers, str)(outcome),
        "voices": [{**voice, "said": ANSWERS.get(voice["answer"])} for voice in voices],
        "url": _url("decisions:record", proposal),
    }


def _url(name: str, proposal: Proposal) -> str:
    slug = Network.objects.values_list("slug", flat=True).get(pk=proposal.network_id)
    return settings.ORIGIN.rstrip("/") + reverse(name, args=[slug, proposal.number])
