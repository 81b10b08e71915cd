"""Who may prepare, open, answer and close a ballot."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.elections.models import Ballot, BallotKind, BallotState, Electorate, Voter

LEAST = {BallotKind.OBJECTIVES: 4, BallotKind.FUND: 1, BallotKind.APPROVAL: 1, BallotKind.SCORE: 2}


@permission("elections.prepare")
def prepare(actor: Actor) -> Answer:
    if not actor.has("COORDINATION"):
        return _("The coordination prepares ballots.")
    return True


@permission("elections.change_ballot")
def change(actor: Actor, ballot: Ballot) -> Answer:
    if not actor.has("COORDINATION"):
        return _("The coordination prepares ballots.")
    if ballot.state != BallotState.DRAFT:
        return _("The ballot has opened: what people are asked no longer changes.")
    return True


@permission("elections.open_ballot")
def open_ballot(actor: Actor, ballot: Ballot, options: int) -> Answer:
    allowed = change.answer(actor, ballot)
    if allowed is not True:
        return allowed
    least = 0 if ballot.kind == BallotKind.YES_NO else LEAST.get(BallotKind(ballot.kind), 2)
    if options < least:
        return _("There is too little to choose from: add what people can choose.")
    return True


@permission("elections.cast")
def cast(actor: Actor, ballot: Ballot, voter: Voter | None, done: bool) -> Answer:
    if ballot.state == BallotState.DRAFT:
        return _("This ballot has not opened yet.")
    if ballot.state == BallotState.CLOSED or not ballot.takes_papers(clock.now()):
        return _("This ballot is over: it takes no more papers.")
    if ballot.electorate == Electorate.VOICES and actor.membership_id is None:
        return _("You act for no member, so you carry no voice in this ballot.")
    if voter is None:
        return _("Voices were counted when the ballot opened, and yours was not among them.")
    if ballot.electorate == Electorate.VOICES and not actor.votes:
        return _("Your organization has one voice. Its delegate or a substitute gives it.")
    if done:
        return _("Your paper is in the box already. It cannot be changed or cast again.")
    return True


@permission("elections.close_ballot")
def close(actor: Actor, ballot: Ballot, ready: bool) -> Answer:
    if not actor.has("COORDINATION"):
        return _("The coordination closes ballots, or the clock does.")
    if ballot.state != BallotState.OPEN:
        return _("This ballot is not open.")
    if not ready:
        return _("Papers are missing and there is still time: a ballot is not closed early.")
    return True
