"""Who has a voice in a decision."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.decisions import access
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Kind
from tequio.governance.selectors import entitled
from tequio.people.models import Membership
from tequio.people.selectors import voiced_memberships


def entitled_to(*, proposal: Proposal) -> QuerySet[Membership]:
    """Return who has a voice; whom the others think of removing has none in that. Source: P18.

    A matter on which nothing else hangs is for the rings that the network named for it. Source: GOV-22.
    """
    if access.stands_alone(proposal):
        return entitled(voiced_memberships(), proposal.matter)
    if proposal.kind != Kind.REMOVAL:
        return voiced_memberships()
    concerned = proposal.subject.rpartition(":")[2]
    return voiced_memberships().exclude(pk=int(concerned) if concerned.isdigit() else 0)
