"""Reads of the page to which a letter leads."""

from __future__ import annotations

from datetime import date

from tequio.core.actor import Actor
from tequio.decisions.models import AnswerLink
from tequio.people.models import Participant
from tequio.people.selectors import actor_of, network_today, with_reading, with_voice


def link_of(token_hash: str) -> AnswerLink | None:
    """The link that a secret opens, with its round, its text and the answer that its voice gave, or None."""
    rows = AnswerLink.objects.select_related(
        "round__proposal__circle", "round__version", "elector__membership", "elector__participant",
        "elector__answer", "participant",
    )  # fmt: skip
    return rows.filter(token_hash=token_hash).first()


def speaker(link: AnswerLink, *, today: date | None = None) -> Actor | None:
    """The person to whom a link was sent as an actor of the network's ``today``, or None once they take part no more."""
    day = today or network_today()
    rows = with_reading(with_voice(Participant.objects.select_related("person", "membership"), day), day)
    found = rows.filter(pk=link.participant_id, until_on=None, person__is_active=True).first()
    return actor_of(found) if found else None
