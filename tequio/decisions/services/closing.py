"""Ending rounds: the numbers, the record, the tie that the coordination breaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events, rules, selectors
from tequio.decisions.models import (
    AnswerChange,
    Elector,
    Objection,
    ObjectionState,
    Outcome,
    Proposal,
    Round,
    State,
)
from tequio.decisions.rules import Position, Step
from tequio.decisions.services.book import shelve
from tequio.decisions.services.entitling import concerned_in
from tequio.decisions.services.following_along import follow
from tequio.decisions.services.holding import hold
from tequio.networks.models import Network, Regime
from tequio.notify import services as notify
from tequio.people.models import Duty, Participant
from tequio.people.models.memberships import VOICED
from tequio.register.events import Event, ref_of

STATES = {
    Step.INTEGRATE_OBJECTIONS: State.OBJECTED,
    Step.OPEN_VOTE: State.OBJECTED,
    Step.COORDINATION_DECIDES: State.TIE,
}
EVENTS: dict[str, Event] = {
    State.ADOPTED: events.adopted,
    State.NOT_ADOPTED: events.not_adopted,
    State.OBJECTED: events.objected,
    State.TIE: events.tied,
}
LAPSED = gettext_lazy(
    "The time is over and voices are missing: silence is not consent. Give it more time, once, or close it."
)
CONFIRM = gettext_lazy("It was decided in a hurry and holds for 30 days. Ask everybody in an ordinary round.")
WHAT_NEXT = {
    State.OBJECTED: gettext_lazy("The round ended with objections. Look for what would mend them."),
    State.TIE: gettext_lazy(
        "The vote ended in a tie on an operational matter. The coordination has the last word."
    ),
}


@transaction.atomic
def close_round(*, by: Actor, round: Round, in_meeting: bool = False) -> Outcome:
    """End a round when its time is over or nothing is missing, and keep its record; again, answer the same record.

    A step of a meeting (``in_meeting``) has been asked for its permission already.
    Raises Refused while voices are missing and there is still time.
    """
    round = hold(round=round)
    if known := Outcome.objects.filter(round=round).first():
        return known
    if round.closed_at is not None:
        raise Refused(_("A new version took the place of this round."))
    over = clock.now() >= round.closes_at
    ready = over or selectors.count_round(round, over=False).result.silent == 0
    if not in_meeting:
        access.close_round.require(by, round, ready)
    if not ready:
        raise Refused(_("Voices are missing and there is still time: a round is not closed early."))
    return finish(by=by, round=round, over=over)


@transaction.atomic
def close_when_over(*, by: Actor, round: Round) -> Outcome | None:
    """End a round whose time is over; None if it has more time, or waits for the only extension it may have."""
    round = hold(round=round)
    if round.closed_at is not None or clock.now() < round.closes_at:
        return None
    if waits(round=round):
        _ask(round.proposal, round, kind="objection", why=LAPSED, person_ids=_who_leads(round.proposal))
        return None
    return finish(by=by, round=round, over=True)


def waits(*, round: Round) -> bool:
    """Say whether a round whose time is over waits for more time, because voices are missing. Source: G-7."""
    if round.is_vote or round.extended:
        return False
    return selectors.count_round(round, over=True).step in (Step.UNANSWERED, Step.NO_QUORUM)


def finish(*, by: Actor, round: Round, over: bool) -> Outcome:
    """Write the record of a round that is held still, and say where the proposal is now."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=round.proposal_id)
    now = clock.now()
    Round.objects.filter(pk=round.pk).update(closed_at=now)
    round.closed_at = now
    facts, voices, step = _count(round, over=over)
    outcome = Outcome.objects.create(
        round=round,
        rule_id=facts["rule"],
        step=step.value,
        numbers=facts["numbers"],
        voices=voices,
        decided_at=now,
    )
    _move(proposal, step)
    if step.adopts and round.urgent:
        proposal.in_force_until = clock.today() + timedelta(days=rules.URGENT_DAYS)
        proposal.save()
    shelve(proposal=proposal)
    entry = EVENTS[proposal.state].record(
        round, by=by, **_about(proposal, round), **facts, next_step=step.goes_on
    )
    Outcome.objects.filter(pk=outcome.pk).update(entry_id=entry.pk)
    outcome.entry_id = entry.pk
    notify.close_asks(subject=ref_of(round))
    notify.close_asks(subject=ref_of(proposal))
    _ask_who_goes_on(proposal, round)
    follow(round=round, state=proposal.state)
    return outcome


def _count(round: Round, *, over: bool) -> tuple[dict[str, Any], list[dict[str, Any]], Step]:
    """Return the facts for the register, the voices for the record, and where they lead."""
    harms = {one.voice_id: one.harm for one in Objection.objects.filter(round=round)}
    changes, still = _changes(round), _counted(round)
    voices = [_voice(elector, harms, changes, still) for elector in selectors.electorate(round)]
    answers = [voice["answer"] for voice in voices if not voice["left"]]
    rule = round.rule
    facts: dict[str, Any] = {
        **rules.facts_of(rule),
        **inside(round=round),
        "voices": [_fact(voice, round) for voice in voices],
    }
    if round.is_vote:
        tally = rules.count_vote(answers)
        step, numbers, rule_id = (
            rules.after_vote(tally, rule, over=True),
            rules.numbers_of_vote(tally, rule),
            rule.vote_id,
        )
    else:
        stopping = _stopping(round)
        facts["open_objections"] = stopping
        if round.regime == Regime.TEST:
            fallen = Objection.objects.filter(round=round, state=ObjectionState.NOT_QUALIFIED)
            facts["found_no_harm"] = fallen.count()
        counted = rules.count_consent(answers, objections=stopping)
        step, numbers, rule_id = (
            rules.after_consent(counted, rule, over=True), rules.numbers_of_consent(counted, rule), rules.CONSENT,
        )  # fmt: skip
    return {**facts, "rule": rule_id, "numbers": numbers, "step": step.value}, voices, step


def _changes(round: Round) -> dict[int, int]:
    """Return how often each answer of a round was changed."""
    rows = AnswerChange.objects.filter(answer__elector__round=round).values("answer_id")
    return dict(rows.annotate(times=Count("pk")).values_list("answer_id", "times"))


def _counted(round: Round) -> set[int] | None:
    """Return the voices that still count inside a circle; of members each tells by itself."""
    if not round.by_person:
        return None
    rows = Elector.objects.filter(selectors.counted(True), round=round)
    return set(rows.values_list("pk", flat=True))


def _voice(
    elector: Elector, harms: dict[int, str], changes: dict[int, int], counted: set[int] | None
) -> dict[str, Any]:
    answer = getattr(elector, "answer", None)
    objects = answer is not None and answer.position == Position.OBJECT.value
    return {
        "member": str(elector.voice_uuid),
        "name": elector.voice_name,
        "answer": answer.position if answer else None,
        "left": _left(elector) if counted is None else elector.pk not in counted,
        **_carried_by(elector),
        **({"person": True} if elector.membership and elector.membership.person_id else {}),
        "by": answer.given_name if answer else "",
        "recorded": answer.recorded_name if answer else "",
        "changes": changes.get(answer.pk, 0) if answer else 0,
        "kept_from": answer.kept_from if answer else None,
        "words": harms.get(elector.voice_id, "") if objects else answer.concern if answer else "",
    }


def _left(elector: Elector) -> bool:
    return elector.membership is None or elector.membership.status not in VOICED


def _carried_by(elector: Elector) -> dict[str, str]:
    """Return who carries a voice that was given away for this vote."""
    if elector.proxy is None:
        return {}
    return {"proxy": str(elector.proxy.holder.uuid), "proxy_name": elector.proxy.holder.name}


def inside(*, round: Round) -> dict[str, Any]:
    """Return what the register tells of the circle that decides, and of whom it is about; nothing for the whole network."""
    circle = round.circle
    if circle is None:
        return {}
    told: dict[str, Any] = {"circle": {"uuid": str(circle.uuid), "kind": circle.kind, "name": circle.name}}
    concerned = concerned_in(proposal=round.proposal)
    return {**told, "concerns": str(concerned)} if concerned else told


def _fact(voice: dict[str, Any], round: Round) -> dict[str, Any]:
    """Return what the register tells of a voice, and whether somebody else wrote it down: that entry says who.

    A person is told by the identifier alone: what the register says of a decision is never erased.
    """
    shown: tuple[str, ...] = ("member", "answer", "left", "proxy")
    if round.by_person:
        return {key: voice[key] for key in ("member", "answer", "left")}
    if not voice.get("person"):
        shown = ("name", *shown)
    told = {key: voice[key] for key in shown if key in voice}
    return {**told, "recorded": True} if voice.get("recorded") else told


def _stopping(round: Round) -> int:
    voice = selectors.column(round.by_person)
    asked = Elector.objects.filter(round=round).values(voice)
    still = selectors.counted(round.by_person)
    return selectors.stopping(round).filter(still, **{f"{voice}__in": asked}).count()


def _about(proposal: Proposal, round: Round) -> dict[str, Any]:
    return {
        "uuid": proposal.uuid,
        "number": proposal.number,
        "subject": proposal.subject,
        "title": round.version.title,
        "version": round.version.number,
        "round": round.number,
        "opened_at": round.opened_at,
        "closed_at": round.closed_at,
    }


def _move(proposal: Proposal, step: Step) -> None:
    proposal.state = STATES.get(step, State.ADOPTED if step.adopts else State.NOT_ADOPTED)
    if not step.goes_on:
        proposal.decided_at = clock.now()
    if step.adopts and proposal.term_months:
        proposal.in_force_until = rules.months_after(clock.today(), proposal.term_months)
    proposal.save()


@transaction.atomic
def break_tie(*, by: Actor, proposal: Proposal, adopt: bool, reason: str) -> Outcome:
    """Take the coordination's last word on a tie in an operational matter, with its reason. Source: GOV-27, G-4.

    Raises Refused in every other case.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    rows = Outcome.objects.select_related("round__version").filter(round=proposal.round_id)
    outcome = rows.first()
    access.break_tie.require(by, proposal, outcome)
    if outcome is None or by.participant_id is None or outcome.step != Step.COORDINATION_DECIDES.value:
        raise Refused(_("There is no tie to break."))
    if not outcome.round.rule.ties_go_to_coordination:
        raise Refused(_("The coordination has the last word in operational matters only."))
    if not reason.strip():
        raise Refused(_("Say why: the reason goes into the record."))
    return _decide(by, proposal, outcome, adopt=adopt, reason=reason.strip())


def _decide(by: Actor, proposal: Proposal, outcome: Outcome, *, adopt: bool, reason: str) -> Outcome:
    step = Step.ADOPTED_BY_COORDINATION if adopt else Step.REJECTED_BY_COORDINATION
    outcome.step, outcome.rule_id, outcome.reason = step.value, rules.TIE_BREAK, reason
    outcome.decided_by = Participant.objects.get(pk=by.participant_id or 0)
    outcome.decided_name, outcome.decided_at = by.name, clock.now()
    _move(proposal, step)
    shelve(proposal=proposal)
    round = outcome.round
    entry = EVENTS[proposal.state].record(
        round, by=by, **_about(proposal, round), **rules.facts_of(round.rule), rule=rules.TIE_BREAK,
        voices=[_fact(voice, round) for voice in outcome.voices], **inside(round=round),
        numbers=outcome.numbers, step=step.value, next_step=False, decided_by=by.name, reason=reason,
    )  # fmt: skip
    outcome.tie_entry_id = entry.pk
    outcome.save()
    notify.close_asks(subject=ref_of(proposal))
    return outcome


def _ask_who_goes_on(proposal: Proposal, round: Round) -> None:
    """Put what comes next before those who can do it: who leads the proposal, or who signs on a tie."""
    if proposal.state == State.ADOPTED and round.urgent:
        _ask(proposal, round, kind="review", why=CONFIRM, person_ids=_who_leads(proposal))
    if proposal.state not in WHAT_NEXT:
        return
    tie = proposal.state == State.TIE
    _ask(
        proposal,
        round,
        kind="tie_break" if tie else "objection",
        why=WHAT_NEXT[State(proposal.state)],
        person_ids=_who_signs() if tie else _who_leads(proposal),
    )


def _ask(proposal: Proposal, round: Round, *, kind: str, why: Promise, person_ids: list[int]) -> None:
    slug = Network.objects.values_list("slug", flat=True).get(pk=proposal.network_id)
    notify.ask_each(
        person_ids=person_ids, kind=kind, title=round.version.title, why=why, minutes=5,
        path=reverse("decisions:open", args=[slug, proposal.number]), subject=ref_of(proposal),
    )  # fmt: skip


def _who_signs() -> list[int]:
    active = Participant.objects.filter(until_on=None)
    signers = active.filter(duties__contains=[Duty.SIGNER]) or active.filter(
        duties__contains=[Duty.COORDINATION]
    )
    return [signer.person_id for signer in signers]


def _who_leads(proposal: Proposal) -> list[int]:
    active = Participant.objects.filter(until_on=None, pk__in=[proposal.owner_id, proposal.author_id])
    return list(active.values_list("person_id", flat=True))
