"""What a workshop says, in one more language of the network."""

from collections.abc import Mapping

from django.db import transaction

from tequio.core.actor import Actor
from tequio.founding import access, events
from tequio.founding.models import Workshop, WorkshopAction, WorkshopState
from tequio.founding.services.workshop_time import held_still
from tequio.founding.services.workshops import about, said


@transaction.atomic
def say_in(*, by: Actor, workshop: Workshop, language: str, texts: Mapping[str, str]) -> Workshop:
    """Write a workshop's texts in a language: ``title``, ``questions``, and ``words_3``, ``why_3`` of action 3.

    Once people mark, what an action says is changed no more: only what is missing is added.
    """
    workshop = held_still(workshop=workshop)
    access.lead_workshop.require(by, workshop)
    for name in ("title", "questions"):
        if texts.get(name):
            setattr(workshop, name, said(before=getattr(workshop, name), now={language: texts[name]}))
    workshop.save(update_fields=["title", "questions"])
    for action in WorkshopAction.objects.select_for_update(of=("self",)).filter(workshop=workshop):
        _say(action, language, texts, may_change=workshop.state == WorkshopState.WRITING)
    events.workshop_said.record(workshop, by=by, **about(workshop=workshop), language=language)
    return workshop


def _say(action: WorkshopAction, language: str, texts: Mapping[str, str], *, may_change: bool) -> None:
    for name in ("words", "why"):
        new, old = texts.get(f"{name}_{action.number}", ""), getattr(action, name)
        if new and (may_change or not old.get(language)):
            setattr(action, name, said(before=old, now={language: new}))
    action.save(update_fields=["words", "why"])
