"""Proposing, talking, opening, answering, objecting, voting and breaking a tie."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.decisions.access.leading import (
    is_asked,
    is_seated,
    leads,
    mends,
    only_leads,
    only_seated,
    steers,
)
from tequio.decisions.models import (
    STOPPING,
    AnswerLink,
    Objection,
    Outcome,
    Proposal,
    Question,
    Round,
    State,
    Way,
)
from tequio.decisions.rules import CONSENT_ONLY, Kind, Matter, Step
from tequio.governance.access import Standing
from tequio.governance.models import Circle
from tequio.governance.rules import Role
from tequio.networks.models import Regime
from tequio.people.models import Duty, Participant


def about_charter(proposal: Proposal) -> bool:
    """Say whether a proposal is a charter or a change of it: its words follow from settings, and change with them."""
    return proposal.kind == Kind.CHARTER.value or proposal.subject.startswith("charter/")


def stands_alone(proposal: Proposal) -> bool:
    """Say whether a proposal is its words alone: no charter, member or election hangs on it, and changes elsewhere."""
    return proposal.kind == Kind.GENERAL.value and not about_charter(proposal)


@permission("decisions.propose")
def propose(actor: Actor) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network can propose.")
    return True


@permission("decisions.propose_inside")
def propose_inside(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    """The people seated in a circle propose to it. Source: GOV-11."""
    if circle.closed_at is not None:
        return _("This group is closed.")
    if Role.MEMBER not in standing.roles:
        return _("Whoever has a seat in the circle proposes to it.")
    return True


@permission("decisions.change_proposal")
def change_proposal(actor: Actor, proposal: Proposal) -> Answer:
    if not mends(actor, proposal):
        return only_leads(proposal)
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
    if not mends(actor, proposal):
        return only_leads(proposal)
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
    if not mends(actor, question.proposal):
        return only_leads(question.proposal)
    if question.replied_at is not None:
        return _("This question has its answer. What is new is asked as another question.")
    return True


@permission("decisions.react")
def react(actor: Actor, proposal: Proposal) -> Answer:
    if proposal.circle_id is not None:
        if not is_seated(actor, proposal):
            return _("Whoever has a seat in the circle says a first impression: one voice each.")
    elif actor.membership_id is None:
        return _("You act for no member, so you carry no voice here.")
    elif not actor.votes:
        return _(
            "One voice speaks for your organization: its delegate or a substitute. While it pauses or waits to sign, none does."
        )
    if proposal.state != State.DRAFT:
        return _("Quick reactions come before the round. Now the round asks for your answer.")
    return True


@permission("decisions.attach")
def attach(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return only_leads(proposal)
    if proposal.state not in (State.DRAFT, State.OBJECTED):
        return _("What people are asked about no longer changes: files are added before the round opens.")
    return True


@permission("decisions.relate")
def relate(actor: Actor, proposal: Proposal) -> Answer:
    if not leads(actor, proposal):
        return only_leads(proposal)
    return _undecided(proposal)


def _undecided(proposal: Proposal) -> Answer:
    if proposal.state in (State.ADOPTED, State.NOT_ADOPTED):
        return _("This has been decided already.")
    return True


def _only_participants() -> str:
    return _("Only people who take part in the network can do this.")


@permission("decisions.open_round")
def open_round(actor: Actor, proposal: Proposal) -> Answer:
    if not steers(actor, proposal):
        return only_leads(proposal)
    return can_open(proposal)


def can_open(proposal: Proposal) -> Answer:
    """Answer whether a round can open on a proposal now, whoever opens it."""
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
    if round.by_person:
        if not is_asked(actor, round):
            return only_seated()
    elif actor.membership_id is None:
        return _("You act for no member, so you carry no voice in this round.")
    elif not actor.votes:
        return _(
            "One voice speaks for your organization: its delegate or a substitute. While it pauses or waits to sign, none does."
        )
    if round.closed_at is not None:
        return _("This round is closed.")
    if not round.takes_answers(clock.now()):
        return _("The time to answer is over.")
    return True


@permission("decisions.answer_from_letter")
def answer_from_letter(actor: Actor, link: AnswerLink) -> Answer:
    if link.round.closed_at is not None or not link.round.takes_answers(clock.now()):
        return _("The round of this link is over.")
    voice = own_voice(actor, link.round)
    if actor.participant_id != link.participant_id or voice != link.elector.voice_id:
        return _("This link was sent to somebody else.")
    if not link.round.by_person and not actor.votes:
        return _("Somebody else speaks for your organization now.")
    if link.used_at is not None:
        return _("This link has been used: your answer is kept.")
    given = getattr(link.elector, "answer", None)
    if given is not None and given.way != Way.BEHALF:
        if link.round.by_person:
            return _("You have answered already.")
        return _("Your organization has answered already.")
    return True


def own_voice(actor: Actor, decision: Proposal | Round) -> int:
    """Return the key of the actor's voice in a decision, or 0: their own inside a circle, else their member's."""
    return (actor.participant_id if decision.circle_id else actor.membership_id) or 0


@permission("decisions.extend_round")
def extend_round(actor: Actor, round: Round) -> Answer:
    if not leads(actor, round.proposal):
        return only_leads(round.proposal)
    if round.closed_at is not None:
        return _("This round is closed.")
    if round.extended:
        return _("A round is extended only once.")
    return True


@permission("decisions.close_round")
def close_round(actor: Actor, round: Round, ready: bool) -> Answer:
    if not steers(actor, round.proposal):
        return only_leads(round.proposal)
    if not ready:
        return _("Voices are missing and there is still time: a round is not closed early.")
    return True


@permission("decisions.integrate")
def integrate(actor: Actor, objection: Objection) -> Answer:
    if not mends(actor, objection.proposal):
        return only_leads(objection.proposal)
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
        return only_leads(proposal)
    if not about_charter(proposal):
        return _("Only a text that follows from something else is written anew where that changes.")
    if proposal.state not in (State.CONSENT, State.OBJECTED):
        return _("It is decided, or goes on by a vote: its text changes no more.")
    return True


@permission("decisions.withdraw_objection")
def withdraw_objection(actor: Actor, objection: Objection) -> Answer:
    speaks = actor.votes or objection.proposal.circle_id is not None
    if not speaks or own_voice(actor, objection.proposal) != objection.voice_id:
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
        return only_leads(proposal)
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
