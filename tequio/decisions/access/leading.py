"""Who leads a decision, who only facilitates it, and whose voice is asked inside a circle."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.core.actor import Actor
from tequio.decisions.models import Proposal, Round, counted
from tequio.governance import selectors as governance
from tequio.governance.access import KEEPING, SOVEREIGN, Standing
from tequio.governance.rules import Role


def leads(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor leads this proposal: wrote it, owns it, or coordinates the network.

    In a circle whoever leads it or writes for it does, instead of the coordination: nobody outside decides there, unless
    the circle has nobody yet. Who facilitates a meeting leads nothing by that. Source: GOV-15.
    """
    mine = actor.participant_id
    if mine is not None and mine in (proposal.author_id, proposal.owner_id):
        return True
    if proposal.circle is None:
        return actor.has("COORDINATION")
    here = standing_in(actor, proposal)
    return bool(here.roles & {Role.LEADER, Role.SECRETARY}) or coordinates_there(actor, proposal)


def coordinates_there(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the coordination has a say in this decision, and the actor is of it. Source: GOV-15."""
    if not actor.has("COORDINATION"):
        return False
    return (
        proposal.circle is None
        or proposal.circle.kind not in SOVEREIGN
        or not standing_in(actor, proposal).kept
    )


def steers(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor opens and closes its rounds: who leads it, and who facilitates its circle."""
    return leads(actor, proposal) or Role.FACILITATOR in standing_in(actor, proposal).roles


def mends(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor says what enters the text: also who facilitates the meeting that it is in.

    Source: GOVERNANCE 1.2, amend.
    """
    in_meeting = actor.participant_id is not None and actor.participant_id == proposal.facilitator_id
    return in_meeting or steers(actor, proposal)


def writes_down(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor writes answers of others down: the coordination, who facilitates, who keeps the circle."""
    in_meeting = actor.participant_id is not None and actor.participant_id == proposal.facilitator_id
    kept = bool(standing_in(actor, proposal).roles & KEEPING)
    return in_meeting or kept or coordinates_there(actor, proposal)


def standing_in(actor: Actor, proposal: Proposal) -> Standing:
    """What the actor is in the circle that decides this; asked once for a row, which a page asks about many times."""
    if proposal.circle is None:
        return Standing()
    known: dict[int | None, Standing] = proposal.__dict__.setdefault("standings", {})
    if actor.participant_id not in known:
        known[actor.participant_id] = governance.standing(actor, proposal.circle)
    return known[actor.participant_id]


def remember(actor: Actor, proposal: Proposal, standing: Standing) -> None:
    """Keep what a page has read already of the reader's standing in the circle of a proposal."""
    proposal.__dict__.setdefault("standings", {})[actor.participant_id] = standing


def remember_asked(actor: Actor, round: Round, asked: bool) -> None:
    """Keep what a page has read already of whether a round asks the reader."""
    round.__dict__.setdefault("asks", {})[actor.participant_id] = asked


def is_seated(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor has a full seat in the circle that decides this."""
    return Role.MEMBER in standing_in(actor, proposal).roles


def is_asked(actor: Actor, round: Round) -> bool:
    """Say whether the actor's own voice is one of those of a round inside a circle."""
    known: dict[int | None, bool] = round.__dict__.setdefault("asks", {})
    if actor.participant_id not in known:
        mine = round.electors.filter(counted(True), participant=actor.participant_id or 0)
        known[actor.participant_id] = mine.exists()
    return known[actor.participant_id]


def only_leads(proposal: Proposal) -> str:
    """Say who leads a proposal, to somebody who does not."""
    if proposal.circle_id is not None:
        return _("Only who wrote the proposal, who is in charge of it, or who keeps the circle can do this.")
    return _("Only who wrote the proposal, who is in charge of it, or the coordination can do this.")


def only_seated() -> str:
    """Say who answers inside a circle, to somebody who does not."""
    return _("Here answers who had a seat in the circle when the round opened: one voice each.")
