"""Who has a voice in a decision."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from tequio.decisions import access
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Kind
from tequio.decisions.selectors.circles import LEAVES as LEAVES
from tequio.decisions.selectors.circles import concerned
from tequio.governance.selectors import entitled, members_of
from tequio.people.models import Membership, Participant
from tequio.people.selectors import voiced_memberships


def entitled_to(*, proposal: Proposal) -> Sequence[Membership] | Sequence[Participant]:
    """Return who has a voice: members, or inside a circle the people seated there today. Source: G-6.

    Whom the others think of removing has none in that. Source: P18, C8.
    """
    if proposal.circle is not None:
        concerned = concerned_in(proposal=proposal)
        return [one for one in members_of(proposal.circle) if one.uuid != concerned]
    return list(_members(proposal))


def _members(proposal: Proposal) -> QuerySet[Membership]:
    """A matter on which nothing else hangs is for the rings that the network named for it. Source: GOV-22."""
    if access.stands_alone(proposal):
        return entitled(voiced_memberships(), proposal.matter)
    if proposal.kind != Kind.REMOVAL:
        return voiced_memberships()
    concerned = proposal.subject.rpartition(":")[2]
    return voiced_memberships().exclude(pk=int(concerned) if concerned.isdigit() else 0)


def concerned_in(*, proposal: Proposal) -> UUID | None:
    """Return who would leave the circle by this proposal, or None where it is about something else."""
    return concerned(proposal)
