"""Opening rounds and votes, answering, extending once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.decisions import access, events, selectors
from tequio.decisions.models import (
    STOPPING,
    Answer,
    AnswerChange,
    Elector,
    Objection,
    ObjectionState,
    Outcome,
    Proposal,
    Round,
    RoundKind,
    State,
    Way,
)
from tequio.decisions.rules import (
    CONSENT_POSITIONS,
    URGENT_QUORUM,
    VOTE_POSITIONS,
    Position,
    Silence,
    hidden_longer,
    model_inside,
)
from tequio.decisions.services.asking import ask_everybody, schedule
from tequio.decisions.services.closing import finish, inside
from tequio.decisions.services.entitling import entitled_to
from tequio.decisions.services.following_along import follow
from tequio.decisions.services.holding import hold
from tequio.decisions.services.proxies import carried_voices
from tequio.networks.models import Governance, Model
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.register.events import ref_of

LONGEST = 24 * 60
NOT_COUNTED = gettext_lazy("Voices were counted when the round opened, and yours was not among them.")


@transaction.atomic
def open_round(*, by: Actor, proposal: Proposal, hours: int | None = None) -> Round:
    """Ask every voice whether it consents, freezing text, rule and electorate. Source: GOV-25, P18."""
    proposal = _locked(proposal)
    access.open_round.require(by, proposal)
    return begin(by=by, proposal=proposal, hours=hours)


def begin(*, by: Actor, proposal: Proposal, hours: int | None = None) -> Round:
    """Open the round of consent on a proposal that is held still; who may has been asked before."""
    stands = access.can_open(proposal)
    if proposal.open or (stands is not True and not by.is_system):
        raise Refused(str(stands))
    require_way(proposal=proposal)
    return start(by=by, proposal=proposal, kind=RoundKind.CONSENT, hours=hours)


@transaction.atomic
def open_vote(*, by: Actor, proposal: Proposal, hours: int | None = None) -> Round:
    """Open the vote that follows a consent round in which an objection stayed; vertical model only.

    Source: GOV-26. Raises Refused in every other case.
    """
    proposal = _locked(proposal)
    outcome = Outcome.objects.select_related("round").filter(round=proposal.round_id).first()
    access.open_vote.require(by, proposal, outcome)
    if outcome is None or outcome.round.rule.consent_only or proposal.state != State.OBJECTED:
        raise Refused(_("Here no vote can be opened."))
    still = selectors.counted(proposal.circle_id is not None)
    if not Objection.objects.filter(still, proposal=proposal, state__in=STOPPING).exists():
        raise Refused(_("No objection stays any more: open a new consent round."))
    return start(by=by, proposal=proposal, kind=RoundKind.VOTE, hours=hours)


def require_way(*, proposal: Proposal) -> None:
    """Raise Refused when a text went round three times and is still objected to: a way out is chosen first."""
    if proposal.state in (State.CONSENT, State.OBJECTED) and selectors.choice_due(proposal):
        raise Refused(_("It went round three times and somebody still objects. Choose a way out first."))


def start(*, by: Actor, proposal: Proposal, kind: str, hours: int | None, urgent_why: str = "") -> Round:
    """Freeze text, rule and electorate, and put the question before everybody who carries a voice."""
    voices = entitled_to(proposal=proposal)
    if not voices:
        raise Refused(_("Nobody has a voice here yet."))
    opened = _freeze(
        by=by, proposal=proposal, kind=kind, hours=hours, voices=len(voices), urgent_why=urgent_why
    )
    carried = carried_voices(round=opened, voices=voices)
    voice = selectors.column(opened.by_person)
    Elector.objects.bulk_create(
        [Elector(round=opened, proxy_id=carried.get(one.pk), **{voice: one}) for one in voices],
        batch_size=5000,
    )
    proposal.round, proposal.decided_at = opened, None
    proposal.state = State.VOTE if kind == RoundKind.VOTE else State.CONSENT
    proposal.save()
    event = events.vote_opened if kind == RoundKind.VOTE else events.round_opened
    event.record(
        opened, by=by, uuid=proposal.uuid, number=proposal.number, kind=proposal.kind, subject=proposal.subject,
        title=opened.version.title, version=opened.version.number, entitled=len(voices),
        closes_at=opened.closes_at, text=opened.version.fingerprint,
        files=list(proposal.attachments.order_by("pk").values_list("sha256", flat=True)),
        **inside(round=opened),
    )  # fmt: skip
    notify.close_asks(subject=ref_of(proposal))
    ask_everybody(round=opened)
    schedule(round=opened)
    follow(round=opened, state=proposal.state)
    return opened


def _freeze(
    *, by: Actor, proposal: Proposal, kind: str, hours: int | None, voices: int, urgent_why: str
) -> Round:
    assert proposal.version is not None
    rule, circle = Governance.objects.first() or Governance(), proposal.circle
    # A network that has not chosen its model yet decides by consent alone; so do circles, and the coordination.
    model = rule.model or Model.HORIZONTAL
    opened_at = clock.now()
    closes_at = _closing(opened_at, hours or rule.round_hours)
    return Round.objects.create(
        proposal=proposal, version=proposal.version, kind=kind,
        number=Round.objects.filter(proposal=proposal).count() + 1,
        circle=circle, model=model_inside(circle.kind, model) if circle else model,
        matter=proposal.matter, purpose=proposal.kind,
        majority_numerator=rule.majority_numerator, majority_denominator=rule.majority_denominator,
        base=rule.base, tie_break=rule.tie_break, majority_strict=rule.majority_strict, least_yes=rule.least_yes,
        regime=circle.regime if circle else rule.regime, proxies_at_most=0 if circle else rule.proxies_at_most,
        quorum_percent=max(rule.quorum_percent or 0, URGENT_QUORUM) if urgent_why else rule.quorum_percent,
        silence=Silence.CONSENTS.value if urgent_why else rule.silence, urgent_why=urgent_why,
        records_for=rule.records_for,
        answers_shown=hidden_longer(rule.answers_shown, proposal.answers_shown), voices=voices,
        opened_at=opened_at, opened_by=selectors.hand_of(by), closes_at=closes_at, first_closes_at=closes_at,
    )  # fmt: skip


def _closing(start: datetime, hours: int) -> datetime:
    """Return the end of a round on a full hour, never earlier than promised."""
    if not 1 <= hours <= LONGEST:
        raise Refused(_("A round lasts between one hour and 60 days."))
    end = start + timedelta(hours=hours)
    full = end.replace(minute=0, second=0, microsecond=0)
    return full if full == end else full + timedelta(hours=1)


@transaction.atomic
def extend_round(*, by: Actor, round: Round, reason: str, hours: int | None = None) -> Round:
    """Give a round more time, once, saying why; also one whose time has passed with voices missing. Source: G-7.

    Those who have answered are told (``reactions.tell_of_extension``), the others are asked again.
    """
    round = hold(round=round)
    access.extend_round.require(by, round)
    if not reason.strip():
        raise Refused(_("Say why: those who have answered are told."))
    if round.closed_at is not None or round.extended:
        raise Refused(_("A round is extended only once."))
    rule = Governance.objects.first() or Governance()
    round.closes_at = _closing(max(round.closes_at, clock.now()), hours or rule.round_hours)
    round.extension_reason = reason.strip()
    round.save()
    events.round_extended.record(
        round, by=by, uuid=round.proposal.uuid, title=round.version.title, closes_at=round.closes_at,
        reason=round.extension_reason,
    )  # fmt: skip
    ask_everybody(round=round, unanswered=True)
    schedule(round=round)
    return round


@transaction.atomic
def answer(
    *,
    by: Actor,
    round: Round,
    position: Position,
    reason: str = "",
    mend: str = "",
    concern: str = "",
    way: Way = Way.PAGE,
    kept_from: int | None = None,
) -> Answer:
    """Give the voice of the actor's member, or change what it said, until the round closes.

    An objection needs its ``reason`` (the harm) and may say what would ``mend`` it. When the last voice is in
    and nothing stops the proposal, the round closes. ``kept_from`` is the version about which it had answered the same.
    Source: GOV-09, GOV-10, EXPERIENCE 3.4.
    """
    round = hold(round=round, shared=round.voices > selectors.IN_RING)
    access.answer.require(by, round)
    said = Said(by.name, way, reason=reason, mend=mend, concern=concern, kept_from=kept_from)
    elector = _elector(selectors.own(by, round), round)
    return take(by=by, round=round, elector=elector, position=position, said=said)


@dataclass(frozen=True)
class Said:
    """The words of an answer, whose word it is, and how it came in; ``recorder`` wrote it down for them."""

    name: str
    way: Way = Way.PAGE
    recorder: str = ""
    reason: str = ""
    mend: str = ""
    concern: str = ""
    kept_from: int | None = None


def take(*, by: Actor, round: Round, elector: Elector, position: Position, said: Said) -> Answer:
    """Write an answer down in a round that is held still, and close the round if nothing is missing."""
    if not round.takes_answers(clock.now()):
        raise Refused(_("The time to answer is over."))
    position = Position(position)
    if position not in (VOTE_POSITIONS if round.is_vote else CONSENT_POSITIONS):
        raise Refused(_("This is not one of the answers."))
    harm = said.reason.strip()
    words = (said.concern or ("" if position is Position.OBJECT else said.reason)).strip()
    if position is Position.OBJECT and not harm:
        raise Refused(_("An objection needs words: what would be harmed?"))
    elector.round, hand = round, selectors.hand_of(by)
    before, objected = selectors.given(elector)
    given = _give(by, hand, elector, before, position, words, said)
    if objected or position is Position.OBJECT:
        _settle(hand, round, elector, position, harm=harm, mend=said.mend.strip())
    if not (round.is_vote and round.proxies_at_most and selectors.lacks_more(elector)):
        for person_id in selectors.speakers_for(elector):
            notify.close_asks(subject=ref_of(round), person_id=person_id)
    close_if_complete(round=round)
    return given


@transaction.atomic
def vote_for(*, by: Actor, round: Round, elector: Elector, position: Position, reason: str = "") -> Answer:
    """Vote with a voice that another member gave to the actor's before the vote opened."""
    round = hold(round=round, shared=round.voices > selectors.IN_RING)
    rows = Elector.objects.select_for_update(of=("self",)).select_related("membership", "proxy")
    elector = rows.get(pk=elector.pk, round=round)
    access.vote_for.require(by, round, elector)
    return take(by=by, round=round, elector=elector, position=position, said=Said(by.name, concern=reason))


def vote(*, by: Actor, round: Round, position: Position, reason: str = "") -> Answer:
    """Vote yes, no or abstain with the voice of the actor's member. Source: GOV-26."""
    return answer(by=by, round=round, position=position, reason=reason)


def _elector(voice_id: int, round: Round) -> Elector:
    """Lock a voice, so that it answers one time at a time."""
    elector = selectors.held_voice(round, voice_id) if voice_id else None
    if elector is None:
        raise Refused(str(NOT_COUNTED))
    if elector.proxy_id is not None:
        raise Refused(_("You gave this voice to another for this vote."))
    return elector


def _give(
    by: Actor,
    hand: Participant | None,
    elector: Elector,
    given: Answer | None,
    position: Position,
    words: str,
    said: Said,
) -> Answer:
    round, now = elector.round, clock.now()
    facts = {"uuid": round.proposal.uuid, "title": round.version.title, "member": elector.voice_name}
    private = {"position": position.value, "words": words}
    if given is None:
        given = Answer.objects.create(
            elector=elector, position=position.value, concern=words, given_by=hand, given_name=said.name,
            given_at=now, way=said.way, recorded_name=said.recorder, kept_from=said.kept_from,
        )  # fmt: skip
        events.answered.record(given, by=by, private=private, **facts)
        return given
    if (given.position, given.concern, given.recorded_name) == (position.value, words, said.recorder):
        return given
    AnswerChange.objects.create(
        answer=given, position=given.position, concern=given.concern, given_name=given.given_name,
        given_by_id=None if given.way == Way.BEHALF else given.given_by_id,
        given_at=given.changed_at or given.given_at, replaced_at=now,
    )  # fmt: skip
    given.position, given.concern, given.changed_at = position.value, words, now
    given.given_by, given.given_name = hand, said.name
    given.way, given.recorded_name = said.way, said.recorder
    given.kept_from = said.kept_from
    given.save()
    events.answer_changed.record(given, by=by, private=private, **facts)
    return given


def _settle(
    hand: Participant | None, round: Round, elector: Elector, position: Position, *, harm: str, mend: str
) -> None:
    """Bring the member's objections in line with its answer: only its own voice lifts them."""
    if round.is_vote:
        return
    voice = selectors.of_voice(round, elector.voice_id)
    stopping = Objection.objects.filter(proposal=round.proposal, state__in=STOPPING, **voice)
    settled: dict[str, Any] = {"settled_at": clock.now(), "settled_by": hand}
    if position is not Position.OBJECT:
        mended = When(state=ObjectionState.OFFERED, then=Value(ObjectionState.INTEGRATED.value))
        stopping.update(state=Case(mended, default=Value(ObjectionState.WITHDRAWN.value)), **settled)
        return
    stopping.exclude(round=round).update(state=ObjectionState.RAISED_AGAIN, **settled)
    mine = stopping.filter(round=round).first()
    if mine is None:
        Objection.objects.create(
            round=round, proposal=round.proposal, harm=harm, mend=mend, raised_by=hand, raised_at=clock.now(),
            **voice,
        )  # fmt: skip
        return
    if mine.harm != harm:  # other words: the group looks at them anew
        mine.found = None
        mine.judgements.all().delete()
    mine.harm, mine.mend = harm, mend
    mine.save()


def close_if_complete(*, round: Round) -> None:
    """Close once the last voice is in, unless an objection stands: then there is time until the deadline.

    Large rounds, whose voices answer side by side, are closed by hand or by the clock.
    """
    if round.voices > selectors.IN_RING:
        return
    standing = selectors.count_round(round, over=False)
    if standing.step.adopts or (round.is_vote and standing.result.silent == 0):
        finish(by=system(round.network_id), round=round, over=False)


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("version", "circle")
    return rows.get(pk=proposal.pk)
