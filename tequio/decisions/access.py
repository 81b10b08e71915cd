"""Who may do what with decisions: one verb each, with the reason why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.decisions.models import (
    STOPPING,
    AnswerLink,
    Elector,
    Live,
    Objection,
    Outcome,
    Proposal,
    Proxy,
    Question,
    Round,
    State,
    Task,
    TaskState,
    Way,
)
from tequio.decisions.rules import CONSENT_ONLY, Kind, Matter, Step
from tequio.decisions.rules.machine import choice_is_due
from tequio.networks.models import Governance, Model, RecordsFor, Regime, UrgentBy
from tequio.people.models import Duty, Participant


def leads(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor leads this proposal: wrote it, owns it, facilitates it, or coordinates the network."""
    if actor.has("COORDINATION"):
        return True
    mine = actor.participant_id
    return mine is not None and mine in (proposal.author_id, proposal.owner_id, proposal.facilitator_id)


def about_charter(proposal: Proposal) -> bool:
    """Say whether a proposal is a charter or a change of it: its words follow from settings, and change with them."""
    return proposal.kind == Kind.CHARTER.value or proposal.subject.startswith("charter/")


def stands_alone(proposal: Proposal) -> bool:
    """Say whether a proposal is its words alone: no charter, member or election hangs on it, and changes elsewhere."""
    return proposal.kind == Kind.GENERAL.value and not about_charter(proposal)


def _only_leads() -> str:
    return _("Only who wrote the proposal, who is in charge of it, or the coordination can do this.")


@permission("decisions.propose")
def propose(actor: Actor) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network can propose.")
    return True


@permission("decisions.change_proposal")
def change_proposal(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
    if proposal.state != State.DRAFT:
        return _("A round has been opened on this text: it changes only by integrating an objection.")
    return True


@permission("decisions.translate_proposal")
def translate_proposal(actor: Actor, proposal: Proposal) -> Answer:
    if actor.participant_id is None:
        return _only_participants()
    if about_charter(proposal):
        return _("The charter is translated where it is written.")
    if proposal.state != State.DRAFT:
        return _("A round has been opened on this text: no words are added to it any more.")
    return True


@permission("decisions.amend")
def amend(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
    if not stands_alone(proposal):
        return _("This text follows from something else, and changes there.")
    if proposal.state not in (State.CONSENT, State.OBJECTED):
        return _("A text is amended during a consent round or right after it.")
    return True


@permission("decisions.ask_question")
def ask_question(actor: Actor, proposal: Proposal) -> Answer:
    if actor.participant_id is None:
        return _only_participants()
    return _undecided(proposal)


@permission("decisions.reply")
def reply(actor: Actor, question: Question) -> Answer:
    if not leads(actor, question.proposal):
        return _only_leads()
    if question.replied_at is not None:
        return _("This question has its answer. What is new is asked as another question.")
    return True


@permission("decisions.react")
def react(actor: Actor, proposal: Proposal) -> Answer:
    if actor.membership_id is None:
        return _("You act for no member, so you carry no voice here.")
    if not actor.votes:
        return _("Your organization has one voice. Its delegate or a substitute gives it.")
    if proposal.state != State.DRAFT:
        return _("Quick reactions come before the round. Now the round asks for your answer.")
    return True


@permission("decisions.attach")
def attach(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
    if proposal.state not in (State.DRAFT, State.OBJECTED):
        return _("What people are asked about no longer changes: files are added before the round opens.")
    return True


@permission("decisions.relate")
def relate(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
    return _undecided(proposal)


def _undecided(proposal: Proposal) -> Answer:
    if proposal.state in (State.ADOPTED, State.NOT_ADOPTED):
        return _("This has been decided already.")
    return True


def _only_participants() -> str:
    return _("Only people who take part in the network can do this.")


@permission("decisions.open_round")
def open_round(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
    if proposal.state == State.DRAFT and proposal.owner_id is None:
        return _("A decision binds when somebody is in charge of it: say who, and then open the round.")
    if proposal.state == State.DRAFT and proposal.review_on <= clock.today():
        return _("A decision binds until it is reviewed: choose a review date that is still to come.")
    if proposal.open:
        return _("A round is open already.")
    if proposal.state == State.TIE:
        return _("The coordination has to break the tie first.")
    if proposal.state == State.ADOPTED:
        return _("This is an agreement already. To change it, write a new proposal.")
    return True


@permission("decisions.answer")
def answer(actor: Actor, round: Round) -> Answer:
    if actor.membership_id is None:
        return _("You act for no member, so you carry no voice in this round.")
    if not actor.votes:
        return _("Your organization has one voice. Its delegate or a substitute gives it.")
    if round.closed_at is not None:
        return _("This round is closed.")
    if not round.takes_answers(clock.now()):
        return _("The time to answer is over.")
    return True


@permission("decisions.answer_from_letter")
def answer_from_letter(actor: Actor, link: AnswerLink) -> Answer:
    if link.round.closed_at is not None or not link.round.takes_answers(clock.now()):
        return _("The round of this link is over.")
    if actor.participant_id != link.participant_id or actor.membership_id != link.elector.membership_id:
        return _("This link was sent to somebody else.")
    if not actor.votes:
        return _("Somebody else speaks for your organization now.")
    if link.used_at is not None:
        return _("This link has been used: your answer is kept.")
    given = getattr(link.elector, "answer", None)
    if given is not None and given.way != Way.BEHALF:
        return _("Your organization has answered already.")
    return True


@permission("decisions.extend_round")
def extend_round(actor: Actor, round: Round) -> Answer:
    if not leads(actor, round.proposal):
        return _only_leads()
    if round.closed_at is not None:
        return _("This round is closed.")
    if round.extended:
        return _("A round is extended only once.")
    return True


@permission("decisions.close_round")
def close_round(actor: Actor, round: Round, ready: bool) -> Answer:
    if not leads(actor, round.proposal):
        return _only_leads()
    if not ready:
        return _("Voices are missing and there is still time: a round is not closed early.")
    return True


@permission("decisions.integrate")
def integrate(actor: Actor, objection: Objection) -> Answer:
    if not leads(actor, objection.proposal):
        return _only_leads()
    if about_charter(objection.proposal):
        return _("A charter is mended where it is written, so that its rules change with its words.")
    if objection.state not in STOPPING:
        return _("This objection has been settled already.")
    if objection.proposal.state not in (State.CONSENT, State.OBJECTED):
        return _("Objections are integrated during a consent round or right after it.")
    round = objection.proposal.round
    if round is not None and round.regime == Regime.TEST and not objection.found:
        return _("The group looks first whether it names a harm, one objection at a time.")
    return True


@permission("decisions.restate")
def restate(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
    if not about_charter(proposal):
        return _("Only a text that follows from something else is written anew where that changes.")
    if proposal.state not in (State.CONSENT, State.OBJECTED):
        return _("It is decided, or goes on by a vote: its text changes no more.")
    return True


@permission("decisions.withdraw_objection")
def withdraw_objection(actor: Actor, objection: Objection) -> Answer:
    if not actor.votes or actor.membership_id != objection.membership_id:
        return _("Only the voice that raised the objection can withdraw it.")
    if objection.state not in STOPPING:
        return _("This objection has been settled already.")
    if objection.proposal.state not in (State.CONSENT, State.OBJECTED):
        return _("The decision has gone on: the objection stays in the record.")
    return True


@permission("decisions.open_vote")
def open_vote(actor: Actor, proposal: Proposal, outcome: Outcome | None) -> Answer:
    if outcome is not None and outcome.round.rule.consent_only:
        if Kind(proposal.kind) in CONSENT_ONLY:
            return _("This is decided by consent only: no vote can be opened.")
        return _("In this network only consent decides: no vote can ever be opened.")
    if not leads(actor, proposal):
        return _only_leads()
    if outcome is None or proposal.state != State.OBJECTED or outcome.step != Step.OPEN_VOTE.value:
        return _("Consensus is sought first: a vote opens only when an objection stays after the round.")
    return True


@permission("decisions.break_tie")
def break_tie(actor: Actor, proposal: Proposal, outcome: Outcome | None) -> Answer:
    if outcome is None or proposal.state != State.TIE or outcome.step != Step.COORDINATION_DECIDES.value:
        return _("There is no tie to break.")
    if outcome.round.rule.consent_only or proposal.matter != Matter.OPERATIONAL.value:
        return _("The coordination has the last word in operational matters only.")
    if actor.has("SIGNER"):
        return True
    signs = Participant.objects.filter(until_on=None, duties__contains=[Duty.SIGNER])
    if not actor.has("COORDINATION") or signs.exists():
        return _("Only the person who signs for the coordination breaks a tie.")
    return True


@permission("decisions.start_meeting")
def start_meeting(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
    if proposal.state not in (State.DRAFT, State.CONSENT, State.OBJECTED):
        return _("A meeting takes a proposal to consent: this one is decided, or voted.")
    if about_charter(proposal):
        return _("This text follows from something else, and changes there.")
    return True


@permission("decisions.drive")
def drive(actor: Actor, live: Live) -> Answer:
    if actor.participant_id != live.facilitator_id and not actor.has("COORDINATION"):
        return _("Who facilitates the meeting takes its steps.")
    if live.closed_at is not None:
        return _("This meeting is over.")
    return True


@permission("decisions.judge")
def judge(actor: Actor, objection: Objection, round: Round) -> Answer:
    if round.regime != Regime.TEST:
        return _("Here each objection counts as soon as it is said.")
    if not actor.votes or not round.electors.filter(membership=actor.membership_id or 0).exists():
        return _("You act for no member, so you carry no voice in this round.")
    if actor.membership_id == objection.membership_id:
        return _("The others look at this objection.")
    if objection.state not in STOPPING or objection.found is not None:
        return _("The group has looked at this objection.")
    return True


@permission("decisions.choose_way_out")
def choose_way_out(actor: Actor, proposal: Proposal, loops: int) -> Answer:
    if not leads(actor, proposal):
        return _only_leads()
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
        return _only_leads()
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
        return _only_leads()
    return _in_force(proposal)


@permission("decisions.call_urgent")
def call_urgent(actor: Actor, proposal: Proposal, governance: Governance | None) -> Answer:
    if governance is None or governance.urgent_hours is None:
        return _("In this network nothing is decided in a hurry.")
    if proposal.state != State.DRAFT:
        return _("Everybody has been asked about this already.")
    if not stands_alone(proposal) or proposal.replaces_id is not None:
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
        return _only_leads()
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
        return _("Your organization has one voice. Its delegate or a substitute gives it.")
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
    if not actor.has("COORDINATION") and actor.participant_id != (round.proposal.facilitator_id or 0):
        return _("Only the coordination, or who facilitates the meeting, writes answers of others down.")
    if round.closed_at is not None or not round.takes_answers(clock.now()):
        return _("The time to answer is over.")
    if elector is None:
        return True
    if actor.membership_id == elector.membership_id:
        return _("This is your own organization: answer on the page itself.")
    given = getattr(elector, "answer", None)
    if given is not None and given.way != Way.BEHALF:
        return _("This voice has answered by itself.")
    return True
