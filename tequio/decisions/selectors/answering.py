"""What is read when a voice answers, each read put together once: thousands may answer within an hour."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from tequio.core.actor import Actor
from tequio.core.prepared import Prepared, prepared, slot
from tequio.decisions.models import STOPPING, Answer, Elector, Objection, Proposal, Round
from tequio.decisions.selectors.seeing import Seen
from tequio.decisions.selectors.voices import column, same_voice
from tequio.people.models import Participant

_asked = Seen(
    lambda sees: Proposal.objects.select_related("round", "version").filter(sees(""), number=slot("number"))
)
_rounds = prepared(lambda: Round.objects.select_related("proposal__version", "version").filter(pk=slot("pk")))
_hands = prepared(lambda: Participant.objects.filter(pk=slot("pk")))


def _held(voice: str) -> Prepared[Elector]:
    return prepared(
        lambda: (
            Elector.objects.select_for_update(of=("self",))
            .select_related(voice)
            .filter(round=slot("round"), **{voice: slot("voice")})
        )
    )


_held_voice = {by_person: _held(column(by_person)) for by_person in (True, False)}


def asked(actor: Actor, number: int) -> Proposal | None:
    """The proposal with its round and the text it is about, for an answer that comes in."""
    found = _asked.first(actor, number=number)
    if found is not None and found.round is not None:
        found.round.proposal = found
    return found


def round_now(pk: int) -> Round:
    """A round as it is now, with its proposal and its text; raises ``Round.DoesNotExist``."""
    if (found := _rounds.first(pk=pk)) is None:
        raise Round.DoesNotExist
    return found


def hand_of(actor: Actor) -> Participant | None:
    """The actor's own part here, or None for the platform itself."""
    return _hands.first(pk=actor.participant_id) if actor.participant_id else None


def held_voice(round: Round, voice_id: int) -> Elector | None:
    """One voice in a round, held so that it answers one time at a time."""
    return _held_voice[round.by_person].first(round=round.pk, voice=voice_id)


def _given_so_far() -> QuerySet[Elector]:
    stops = Objection.objects.filter(same_voice(), proposal=OuterRef("round__proposal"), state__in=STOPPING)
    rows = Elector.objects.select_related("answer").filter(pk=slot("pk"))
    return rows.annotate(objected=Exists(stops))


_given = prepared(_given_so_far)


def given(elector: Elector) -> tuple[Answer | None, bool]:
    """What a voice that is held has answered, and whether objections of its member stop the proposal."""
    (found,) = _given(pk=elector.pk)
    answer: Answer | None = getattr(found, "answer", None)
    if answer is not None:
        answer.elector = elector
    return answer, bool(getattr(found, "objected", False))


_silent = prepared(
    lambda: Elector.objects.filter(
        Q(membership=slot("carrier"), proxy=None) | Q(proxy__holder=slot("carrier")),
        round=slot("round"),
        answer=None,
    ).values_list("pk", flat=True)[:1]
)


def lacks_more(elector: Elector) -> bool:
    """Say whether who answers for this voice carries another that has not answered."""
    return bool(_silent(carrier=carrier_of(elector), round=elector.round_id))


_speakers = prepared(
    lambda: Participant.objects.filter(membership=slot("carrier"), until_on=None).values_list(
        "person_id", flat=True
    )
)


def speakers_for(elector: Elector) -> list[int]:
    """The persons of the member who answers for this voice; inside a circle, whose voice it is."""
    if elector.participant is not None:
        return [elector.participant.person_id]
    return _speakers(carrier=carrier_of(elector))


def carrier_of(elector: Elector) -> int:
    """The member who answers for this voice: its own, or the one it was given to."""
    return elector.proxy.holder_id if elector.proxy else elector.membership_id or 0
