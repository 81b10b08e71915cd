"""What a circle or a working group leads: it decides, does and evaluates. Source: GOV-12, GOV-28."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Case, Q, When

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.decisions.models import Proposal, State, Task, TaskState
from tequio.decisions.selectors.following import holding
from tequio.decisions.selectors.seeing import sees
from tequio.governance.models import Circle
from tequio.people.models import Participant

MOST = 30
LEAVES = "seat:"  # and the identifier of a person: whom a proposal inside a circle is about
DECIDED = (State.ADOPTED, State.NOT_ADOPTED)
OPEN = (State.DRAFT, State.CONSENT, State.OBJECTED, State.VOTE, State.TIE)


@dataclass(frozen=True)
class Work:
    """The three functions of a circle, each as a list."""

    decides: Sequence[Proposal]
    decided: Sequence[Proposal]
    does: Sequence[Task]
    evaluates: Sequence[Proposal]


def work_of(actor: Actor, circle: Circle) -> Work:
    """Return what is decided inside a group, and what it leads by its name in any language.

    Open proposals, the last ones that were decided, tasks to do, agreements to look at.
    """
    names = [name for name in circle.name.values() if name]
    led = reduce(or_, (Q(leading_team__iexact=name, circle=None) for name in names), Q(circle=circle))
    rows = Proposal.objects.filter(led, sees(actor)).select_related("version")
    read = Proposal.objects.filter(led, sees(actor))
    tasks = Task.objects.filter(state=TaskState.OPEN, proposal__in=read)
    under_way = Case(When(state__in=OPEN, then=0), default=1)
    both = rows.filter(state__in=(*OPEN, *DECIDED)).order_by(under_way, "-number")[: 2 * MOST]
    return Work(
        decides=[one for one in both if one.state in OPEN],
        decided=[one for one in both if one.state in DECIDED and one.circle_id == circle.pk],
        does=list(tasks.select_related("proposal__version", "owner").order_by("due_on", "pk")[:MOST]),
        evaluates=list(rows.filter(holding(clock.today())).order_by("review_on", "-number")[:MOST]),
    )


def concerned(proposal: Proposal) -> UUID | None:
    """Who would leave the circle by this proposal, or None where it is about something else."""
    leaves = proposal.circle_id is not None and proposal.subject.startswith(LEAVES)
    return UUID(proposal.subject.removeprefix(LEAVES)) if leaves else None


def concerned_name(actor: Actor, proposal: Proposal) -> str:
    """The name of who would leave the circle, or the pseudonym that stands for it now; empty elsewhere."""
    who = concerned(proposal)
    rows = Participant.objects.filter(uuid=who).values_list("name", flat=True) if who else None
    return (rows.first() or "") if rows is not None else ""
