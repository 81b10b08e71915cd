"""Meetings, what follows from an agreement, urgent matters, and voices carried or recorded for others."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.decisions.access.deciding import about_charter, answer, own_voice, stands_alone
from tequio.decisions.access.leading import (
    coordinates_there,
    is_asked,
    leads,
    mends,
    only_leads,
    only_seated,
    steers,
    writes_down,
)
from tequio.decisions.models import (
    STOPPING,
    Elector,
    Live,
    Objection,
    Proposal,
    Proxy,
    Round,
    State,
    Task,
    TaskState,
    Way,
)
from tequio.decisions.rules import Matter
from tequio.decisions.rules.machine import Stage, choice_is_due
from tequio.networks.models import Governance, Model, RecordsFor, Regime, UrgentBy


@permission("decisions.start_meeting")
def start_meeting(actor: Actor, proposal: Proposal) -> Answer:
    if not steers(actor, proposal):
        return only_leads(proposal)
    if proposal.state not in (State.DRAFT, State.CONSENT, State.OBJECTED):
        return _("A meeting takes a proposal to consent: this one is decided, or voted.")
    if about_charter(proposal):
        return _("This text follows from something else, and changes there.")
    return True


@permission("decisions.drive")
def drive(actor: Actor, live: Live) -> Answer:
    if actor.participant_id != live.facilitator_id and not coordinates_there(actor, live.proposal):
        return _("Who facilitates the meeting takes its steps.")
    if live.closed_at is not None:
        return _("This meeting is over.")
    return True


@permission("decisions.judge")
def judge(actor: Actor, objection: Objection, round: Round) -> Answer:
    if round.regime != Regime.TEST:
        return _("Here each objection counts as soon as it is said.")
    if round.by_person:
        if not is_asked(actor, round):
            return only_seated()
    elif not actor.votes or not round.electors.filter(membership=actor.membership_id or 0).exists():
        return _("You act for no member, so you carry no voice in this round.")
    if own_voice(actor, round) == objection.voice_id:
        return _("The others look at this objection.")
    if objection.state not in STOPPING or objection.found is not None:
        return _("The group has looked at this objection.")
    return True


@permission("decisions.record_judgement")
def record_judgement(
    actor: Actor, live: Live, round: Round, objection: Objection | None, elector: Elector | None
) -> Answer:
    """Who facilitates writes down what others say aloud; never their own, nor that of who objected. Source: XCT-03."""
    allowed = drive.answer(actor, live)
    if allowed is not True:
        return allowed
    if objection is None or live.stage != Stage.OBJECTIONS:
        return _("The group looks at no objection now.")
    if elector is None:
        return True
    if elector.round_id != round.pk or elector.voice_id == objection.voice_id:
        return _("The others look at this objection.")
    if elector.voice_id == own_voice(actor, round):
        return _("Say your own word yourself.")
    return True


@permission("decisions.choose_way_out")
def choose_way_out(actor: Actor, proposal: Proposal, loops: int) -> Answer:
    if not mends(actor, proposal):
        return only_leads(proposal)
    if proposal.state not in (State.CONSENT, State.OBJECTED) or not choice_is_due(loops):
        return _("It can still be integrated.")
    return True


def _in_force(proposal: Proposal) -> Answer:
    if proposal.state != State.ADOPTED:
        return _("Only agreements are put into practice and evaluated.")
    if proposal.in_force_until and proposal.in_force_until <= clock.today():
        return _("This agreement is over.")
    return True


@permission("decisions.plan_task")
def plan_task(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return only_leads(proposal)
    return _in_force(proposal)


@permission("decisions.settle_task")
def settle_task(actor: Actor, task: Task) -> Answer:
    if actor.participant_id != task.owner_id and not leads(actor, task.proposal):
        return _("Only who has the task, or who leads the decision, says how it went.")
    if task.state != TaskState.OPEN:
        return _("This task is settled already.")
    return True


@permission("decisions.evaluate")
def evaluate(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return only_leads(proposal)
    return _in_force(proposal)


@permission("decisions.call_urgent")
def call_urgent(actor: Actor, proposal: Proposal, governance: Governance | None) -> Answer:
    if governance is None or governance.urgent_hours is None:
        return _("In this network nothing is decided in a hurry.")
    if proposal.state != State.DRAFT:
        return _("Everybody has been asked about this already.")
    if not stands_alone(proposal) or proposal.replaces_id is not None or proposal.circle_id is not None:
        # What takes the place of an agreement ends it for good; what is urgent holds for 30 days.
        return _("This is never decided in a hurry.")
    if proposal.matter != Matter.OPERATIONAL.value:
        return _("Only operational matters can be urgent: strategic ones take their time.")
    if governance.urgent_by == UrgentBy.COORDINATION and not actor.has("COORDINATION"):
        return _("Only the coordination calls a matter urgent.")
    if governance.urgent_by == UrgentBy.ANYBODY and not actor.votes:
        return _("Only who speaks for a member calls a matter urgent.")
    return True


@permission("decisions.confirm_urgent")
def confirm_urgent(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return only_leads(proposal)
    if proposal.round is None or not proposal.round.urgent:
        return _("This was decided in an ordinary round.")
    again = Proposal.objects.filter(replaces=proposal)
    if again.exclude(state__in=[State.DRAFT, State.NOT_ADOPTED]).exists():
        return _("The ordinary round on this has been called already.")
    return _in_force(proposal)


@permission("decisions.give_proxy")
def give_proxy(actor: Actor, governance: Governance | None) -> Answer:
    if governance is None or governance.model != Model.VERTICAL or not governance.proxies_at_most:
        return _("In this network each voice answers by itself.")
    if actor.membership_id is None:
        return _("You act for no member, so you carry no voice here.")
    if not actor.votes:
        return _(
            "One voice speaks for your organization: its delegate or a substitute. While it pauses or waits to sign, none does."
        )
    return True


@permission("decisions.take_proxy_back")
def take_proxy_back(actor: Actor, proxy: Proxy) -> Answer:
    if actor.membership_id != proxy.giver_id or not actor.votes:
        return _("Only who gave a voice takes it back.")
    if proxy.ended_at is not None:
        return _("This voice has been taken back already.")
    if proxy.proposal is not None and proxy.proposal.state not in (
        State.DRAFT,
        State.CONSENT,
        State.OBJECTED,
    ):
        return _("The vote has opened: a voice is taken back before.")
    return True


@permission("decisions.vote_for")
def vote_for(actor: Actor, round: Round, elector: Elector) -> Answer:
    if elector.proxy is None or elector.proxy.holder_id != actor.membership_id:
        return _("This voice was not given to you.")
    return answer.answer(actor, round)


@permission("decisions.record_answer")
def record_answer(actor: Actor, round: Round, elector: Elector | None) -> Answer:
    if round.records_for != RecordsFor.COORDINATION:
        return _("In this network each voice answers by itself.")
    if not writes_down(actor, round.proposal):
        if round.by_person:
            return _("Only who keeps the circle, or facilitates the meeting, writes answers of others down.")
        return _("Only the coordination, or who facilitates the meeting, writes answers of others down.")
    if round.closed_at is not None or not round.takes_answers(clock.now()):
        return _("The time to answer is over.")
    if elector is None:
        return True
    if own_voice(actor, round) == elector.voice_id:
        if round.by_person:
            return _("This is your own voice: answer on the page itself.")
        return _("This is your own organization: answer on the page itself.")
    given = getattr(elector, "answer", None)
    if given is not None and given.way != Way.BEHALF:
        return _("This voice has answered by itself.")
    return True
