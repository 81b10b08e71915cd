"""Answering from a letter: a link for each voice and person, which takes one answer and ends with its round.

Who opens the link changes nothing, however often: mail scanners open all of them. The answer is taken by a form.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Collection
from hashlib import sha256

from django.db import transaction
from django.utils.crypto import salted_hmac

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.decisions import access
from tequio.decisions.models import Answer, AnswerLink, Elector, Round, Way
from tequio.decisions.rules import Position
from tequio.decisions.services.rounds import answer
from tequio.people.models import Participant
from tequio.people.selectors import speaking

SALT = "tequio.decisions.answer-link"


@transaction.atomic
def answer_links(*, round: Round, person_ids: Collection[int]) -> dict[int, str]:
    """Make a link for each of these persons who may answer this round; return the secret part of each.

    Made again it stays the same, so that every letter about a round leads to the same page; a letter about what
    waits for somebody binds nobody, so no event.
    """
    found = _voices_of(round, person_ids)
    tokens = {one.person_id: _token(round, one) for one in found}
    links = [
        AnswerLink(
            round=round, elector=elector, participant=one, token_hash=hash_of(token=tokens[one.person_id]),
            made_at=clock.now(),
        )
        for one, elector in found.items()
    ]  # fmt: skip
    AnswerLink.objects.bulk_create(
        links, batch_size=5000, update_conflicts=True, unique_fields=["round", "participant"],
        update_fields=["token_hash"],
    )  # fmt: skip
    return tokens


def _voices_of(round: Round, person_ids: Collection[int]) -> dict[Participant, Elector]:
    """Return whose voice each of these persons gives: their own inside a circle, else their member's."""
    voices = {one.voice_id: one for one in Elector.objects.filter(round=round, proxy=None)}
    people = Participant.objects.filter(pk__in=voices) if round.by_person else speaking()
    rows = people.filter(person_id__in=person_ids).only("uuid", "person_id", "membership_id", "network_id")
    keys = {one: one.pk if round.by_person else one.membership_id or 0 for one in rows}
    return {one: voices[key] for one, key in keys.items() if key in voices}


def _token(round: Round, participant: Participant) -> str:
    """Return 256 bits that only this installation can derive."""
    key = salted_hmac(SALT, f"{round.uuid}:{participant.uuid}", algorithm="sha256").digest()
    return urlsafe_b64encode(key).decode().rstrip("=")


def hash_of(*, token: str) -> str:
    """Return what is kept of a secret."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def answer_from_letter(
    *,
    by: Actor,
    link: AnswerLink,
    position: Position,
    reason: str = "",
    mend: str = "",
    concern: str = "",
) -> Answer:
    """Give the answer of the voice that a link belongs to, once; ``by`` is the person to whom it was sent.

    Raises Refused when the link was used, the voice has answered, or it speaks through somebody else now.
    """
    link = (
        AnswerLink.objects.select_for_update(of=("self",))
        .select_related("round__proposal__circle", "participant", "elector__answer")
        .get(pk=link.pk)
    )
    access.answer_from_letter.require(by, link)
    given = answer(
        by=by, round=link.round, position=position, reason=reason, mend=mend, concern=concern, way=Way.LINK
    )
    AnswerLink.objects.filter(pk=link.pk).update(used_at=clock.now())
    return given
