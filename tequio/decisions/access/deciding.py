"""Proposing, talking, opening, answering, objecting, voting and breaking a tie."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
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
from tequio.networks.models import Regime
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
