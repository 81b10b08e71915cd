"""Who may prepare, open, answer and close a ballot."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.elections.models import (
    Ballot,
    BallotKind,
    BallotState,
    Electorate,
    Entrant,
    Lot,
    LotState,
    OpenElection,
    OpenVoice,
    Option,
    SecretPromise,
    Voter,
)
from tequio.elections.rules.open_election import OVER, Stage
from tequio.governance.access import Standing, keeps
from tequio.governance.models import Circle
from tequio.governance.rules import Role
from tequio.people.models import Duty

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


@permission("elections.speak_as_candidate")
def speak_as_candidate(actor: Actor, option: Option) -> Answer:
    """Who prepares ballots, and whoever stands: for themselves, or for the member whose voice they carry."""
    if option.ballot.state != BallotState.DRAFT:
        return _("The ballot has opened: what people are asked no longer changes.")
    if actor.has("COORDINATION") or stands(actor, option):
        return True
    return _("Each one speaks of their own candidacy.")


def stands(actor: Actor, option: Option) -> bool:
    """Say whether the actor is this candidate, or carries the voice of the member that is."""
    if option.participant_id is not None:
        return option.participant_id == actor.participant_id
    return option.membership_id is not None and actor.votes and option.membership_id == actor.membership_id


@permission("elections.weigh")
def weigh(actor: Actor, ballot: Ballot) -> Answer:
    if ballot.secret:
        return _("In a secret ballot each voice counts the same: a weight would tell whose a paper is.")
    if ballot.electorate != Electorate.VOICES:
        return _("Only the voices of members can count differently.")
    return change.answer(actor, ballot)


@permission("elections.extend_ballot")
def extend(actor: Actor, ballot: Ballot) -> Answer:
    if not actor.has("COORDINATION"):
        return _("The coordination gives more time.")
    if not ballot.takes_papers(clock.now()):
        return _("This ballot is not open.")
    if ballot.extended_at is not None:
        return _("It was given more time once already. Once is the most.")
    return True


@permission("elections.cast_for")
def cast_for(actor: Actor, ballot: Ballot) -> Answer:
    """Source: XCT-03."""
    if not actor.has("COORDINATION"):
        return _("The coordination writes down what somebody says by telephone.")
    if ballot.secret:
        return _("In a secret ballot nobody fills in the paper of another.")
    if not ballot.takes_papers(clock.now()):
        return _("This ballot is over: it takes no more papers.")
    return True


@permission("elections.open_ballot")
def open_ballot(actor: Actor, ballot: Ballot, options: Sequence[Option]) -> Answer:
    """Where it gives seats, each who stands has said why first. Source: issue 4, 6."""
    allowed = change.answer(actor, ballot)
    if allowed is not True:
        return allowed
    least = 0 if ballot.kind == BallotKind.YES_NO else LEAST.get(BallotKind(ballot.kind), 2)
    if len(options) < least:
        return _("There is too little to choose from: add what people can choose.")
    silent = [one.name for one in options if not one.statement] if ballot.body_id else []
    if silent:
        return _("Each who stands says why first. Still to come: %(names)s.") % {"names": ", ".join(silent)}
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
        return _(
            "One voice speaks for your organization: its delegate or a substitute. While it pauses or waits to sign, none does."
        )
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


# --- lots ---

UNDER_WAY = (
    LotState.DRAFT,
    LotState.OPEN,
    LotState.COMPUTING,
    LotState.READY,
    LotState.PROMISING,
    LotState.ANNOUNCED,
)


def _prepares(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.FOUNDER):
        return True
    return _("The coordination prepares lots. Anybody can check them.")


def acts_for(actor: Actor, entrant: Entrant) -> bool:
    """Say whether the actor is this entrant, or carries the voice of the organization that is."""
    if entrant.participant_id is not None:
        return entrant.participant_id == actor.participant_id
    return actor.votes and entrant.membership_id == actor.membership_id


@permission("elections.hold_lot")
def hold_lot(actor: Actor) -> Answer:
    return _prepares(actor)


@permission("elections.open_list")
def open_list(actor: Actor, lot: Lot) -> Answer:
    if lot.state != LotState.DRAFT:
        return _("The list was opened already.")
    return _prepares(actor)


@permission("elections.correct_row")
def correct_row(actor: Actor, entrant: Entrant) -> Answer:
    """Until the time for it is over; a list that was closed does not change."""
    if not acts_for(actor, entrant):
        return _("Each corrects their own row, and no other.")
    if entrant.lot.state != LotState.OPEN:
        return _("The list is closed: it does not change any more.")
    return True


@permission("elections.set_quotas")
def set_quotas(actor: Actor, lot: Lot) -> Answer:
    if lot.state != LotState.OPEN:
        return _("The list is closed: it does not change any more.")
    return _prepares(actor)


@permission("elections.freeze_lot")
def freeze_lot(actor: Actor, lot: Lot) -> Answer:
    if lot.state != LotState.OPEN:
        return _("The list is closed: it does not change any more.")
    if clock.now() < lot.correct_until:
        return _("Everybody has three days to look at their own row. The list closes after them.")
    return _prepares(actor)


@permission("elections.announce_draw")
def announce_draw(actor: Actor, lot: Lot) -> Answer:
    if lot.state == LotState.PROMISING and lot.promise_until and clock.now() < lot.promise_until:
        return _("There is still time to promise a secret.")
    if lot.state not in (LotState.READY, LotState.PROMISING):
        return _("A draw is announced once, when everybody's odds are known.")
    return _prepares(actor)


@permission("elections.ask_for_secrets")
def ask_for_secrets(actor: Actor, lot: Lot, enough: bool) -> Answer:
    """Once, and again where too few promised in time."""
    if lot.state == LotState.PROMISING and lot.promise_until and clock.now() < lot.promise_until:
        return _("There is still time to promise a secret.")
    if lot.state == LotState.PROMISING and enough:
        return _("Enough secrets are promised: the draw can be announced.")
    if lot.state not in (LotState.READY, LotState.PROMISING):
        return _("A draw is announced once, when everybody's odds are known.")
    return _prepares(actor)


@permission("elections.promise_secret")
def promise_secret(actor: Actor, lot: Lot, own: SecretPromise | None) -> Answer:
    if lot.state != LotState.PROMISING or lot.promise_until is None or clock.now() >= lot.promise_until:
        return _("No secrets are promised for this lot now.")
    if not actor.votes or actor.membership_id is None:
        return _("Who carries the voice of an organization promises its secret.")
    if own is not None:
        return _("Your organization promised its secret. It cannot be changed.")
    return True


@permission("elections.show_secret")
def show_secret(actor: Actor, lot: Lot, own: SecretPromise | None) -> Answer:
    if lot.state != LotState.ANNOUNCED or own is None:
        return _("No secret of yours is waited for.")
    if not actor.votes:
        return _("Who carries the voice of an organization shows its secret.")
    if own.shown_at is not None:
        return _("Your secret is shown already.")
    if lot.draws_at is None or clock.now() >= lot.draws_at:
        return _("The time to show it is over. The number from outside takes its place.")
    return True


@permission("elections.draw_lots")
def draw_lots(actor: Actor, lot: Lot) -> Answer:
    """Anybody who takes part: the number is checked, so it does not matter who brings it."""
    if actor.participant_id is None:
        return _("Only people who take part in the network can do this.")
    if lot.state != LotState.ANNOUNCED:
        return _("This lot is not waiting for its number.")
    if lot.draws_at is None or clock.now() < lot.draws_at:
        return _("The number is not published yet.")
    return True


@permission("elections.answer_seat")
def answer_seat(actor: Actor, entrant: Entrant) -> Answer:
    if entrant.asked_at is None or entrant.answer:
        return _("No seat waits for your answer.")
    return acts_for(actor, entrant) or _("Whoever was drawn answers for themselves.")


@permission("elections.pass_over")
def pass_over(actor: Actor, entrant: Entrant) -> Answer:
    """Whoever did not answer in time makes room for the next reserve."""
    if entrant.asked_at is None or entrant.answer:
        return _("No seat waits for this answer.")
    if entrant.answer_by is None or clock.now() < entrant.answer_by:
        return _("There is still time to answer.")
    return _prepares(actor)


@permission("elections.cancel_lot")
def cancel_lot(actor: Actor, lot: Lot) -> Answer:
    if lot.state not in UNDER_WAY:
        return _("What was drawn stays drawn.") if lot.state == LotState.DRAWN else _("It is called off.")
    return _prepares(actor)


@permission("elections.draw_again")
def draw_again(actor: Actor, lot: Lot) -> Answer:
    """Only after a lot that is over, once, and with a public reason."""
    if lot.state not in (LotState.DRAWN, LotState.CANCELLED):
        return _("This lot is not over yet.")
    if getattr(lot, "again", None) is not None:
        return _("It was drawn again already.")
    return _prepares(actor)


# --- open elections ---


@permission("elections.open_election")
def open_election(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    if circle.closed_at is not None:
        return _("This group is closed.")
    if Role.MEMBER in standing.roles or keeps(actor, circle, standing):
        return True
    return _("The members of a circle choose who holds its roles.")


@permission("elections.facilitate")
def facilitate(actor: Actor, election: OpenElection) -> Answer:
    if actor.participant_id != election.facilitator_id:
        return _("Who facilitates the election takes its steps.")
    if election.stage in OVER:
        return _("This election is over.")
    return True


@permission("elections.nominate")
def nominate(actor: Actor, election: OpenElection, voice: OpenVoice | None) -> Answer:
    if voice is None or voice.around:
        return _("The members of the circle choose: they were counted when the election opened.")
    if election.stage != Stage.NOMINATIONS:
        return _("Names are written in their step, before anybody speaks.")
    return True


@permission("elections.change_nomination")
def change_nomination(actor: Actor, election: OpenElection, voice: OpenVoice | None) -> Answer:
    if voice is None or voice.wrote_at is None:
        return _("You wrote no name that could change.")
    if election.stage != Stage.REASONS:
        return _("Minds change in the round of reasons.")
    return True


@permission("elections.answer")
def answer(actor: Actor, election: OpenElection, voice: OpenVoice | None) -> Answer:
    if voice is None:
        return _("The members of the circle choose: they were counted when the election opened.")
    asked = {Stage.TERM: False, Stage.QUALIFICATIONS: False, Stage.CONSENT: False, Stage.CONFIRMATION: True}
    if election.stage not in asked or asked[Stage(election.stage)] != voice.around:
        return _("Nothing is asked of you in this step.")
    if election.stage == Stage.QUALIFICATIONS and not election.qualifications:
        return _("Whoever facilitates writes first what the role needs.")
    return True
