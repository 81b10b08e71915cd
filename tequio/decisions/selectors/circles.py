"""What a circle or a working group leads: it decides, does and evaluates. Source: GOV-12, GOV-28."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.decisions.models import Proposal, State, Task, TaskState
from tequio.decisions.selectors.following import holding
from tequio.governance.models import Circle

MOST = 30
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
    rows = Proposal.objects.filter(led).select_related("version")
    tasks = Task.objects.filter(state=TaskState.OPEN, proposal__in=Proposal.objects.filter(led))
    return Work(
        decides=list(rows.filter(state__in=OPEN).order_by("-number")[:MOST]),
        decided=list(rows.filter(state__in=DECIDED).order_by("-number")[:MOST]),
        does=list(tasks.select_related("proposal__version", "owner").order_by("due_on", "pk")[:MOST]),
        evaluates=list(rows.filter(holding(clock.today())).order_by("review_on", "-number")[:MOST]),
    )
