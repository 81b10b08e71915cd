"""Questions to understand a proposal, and quick reactions before anybody is asked to decide."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events, selectors
from tequio.decisions.models import Proposal, Question, Reaction
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.register.events import ref_of

MOST_QUESTIONS = 200
ASKS = gettext_lazy("%(name)s asks: “%(question)s”")


@transaction.atomic
def ask_question(*, by: Actor, proposal: Proposal, words: str) -> Question:
    """Ask what has to be understood before answering; who leads the proposal is asked to reply.

    Source: GOVERNANCE 1.2, clarify.
    """
    proposal = _locked(proposal)
    access.ask_question.require(by, proposal)
    words = _words(words)
    if Question.objects.filter(proposal=proposal).count() >= MOST_QUESTIONS:
        raise Refused(_("So many questions are asked already: talk about it in a meeting."))
    asked_by = _participant(by)
    question = Question.objects.create(
        proposal=proposal, words=words, asked_by=asked_by, asked_name=by.name, asked_at=clock.now()
    )
    events.asked.record(question, by=by, private={"words": words}, **_about(proposal))
    _ask_who_leads(question, asked_by)
    return question


def _ask_who_leads(question: Question, asked_by: Participant) -> None:
    proposal = question.proposal
    assert proposal.version is not None
    leading = Participant.objects.filter(
        until_on=None, pk__in=[one for one in (proposal.owner_id, proposal.author_id) if one]
    )
    slug = Network.objects.values_list("slug", flat=True).get(pk=proposal.network_id)
    notify.ask_each(
        person_ids=list(leading.exclude(pk=asked_by.pk).order_by("pk").values_list("person_id", flat=True)),
        kind="question",
        title=proposal.version.title,
        why=notify.phrase(ASKS, name=question.asked_name, question=_short(question.words)),
        minutes=3,
        path=reverse("decisions:reply", args=[slug, proposal.number, question.pk]),
        subject=ref_of(question),
    )


@transaction.atomic
def reply(*, by: Actor, question: Question, words: str) -> Question:
    """Reply to a question, once, for all to read; who asked gets a letter."""
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("proposal__version")
        .get(pk=question.pk)
    )
    access.reply.require(by, question)
    question.reply, question.replied_by = _words(words), _participant(by)
    question.replied_name, question.replied_at = by.name, clock.now()
    question.save()
    events.replied.record(
        question, by=by, private={"words": question.reply}, asked_by=question.asked_name,
        **_about(question.proposal),
    )  # fmt: skip
    notify.close_asks(subject=ref_of(question))
    return question


@transaction.atomic
def react(*, by: Actor, proposal: Proposal, words: str) -> Reaction | None:
    """Give the quick reaction of the actor's voice, change it, or take it back with no words, until the round opens.

    Source: GOVERNANCE 1.2, react.
    """
    proposal = _locked(proposal)
    access.react.require(by, proposal)
    voice = selectors.of_voice(proposal, selectors.own(by, proposal))
    words = " ".join(words.split())[:300]
    if not words:
        Reaction.objects.filter(proposal=proposal, **voice).delete()
        return None
    given, _new = Reaction.objects.update_or_create(
        proposal=proposal,
        **voice,
        defaults={
            "words": words,
            "given_by": _participant(by),
            "given_name": by.name,
            "given_at": clock.now(),
        },
    )
    events.reacted.record(given, by=by, private={"words": words}, member=given.voice_name, **_about(proposal))
    return given


def _about(proposal: Proposal) -> dict[str, Any]:
    assert proposal.version is not None
    return {"uuid": proposal.uuid, "number": proposal.number, "title": proposal.version.title}


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)


def _participant(by: Actor) -> Participant:
    return Participant.objects.get(pk=by.participant_id or 0)


def _words(words: str) -> str:
    if not words.strip():
        raise Refused(_("Write some words."))
    return words.strip()


def _short(words: str) -> str:
    return words if len(words) <= 140 else words[:139].rsplit(" ", 1)[0] + "…"
