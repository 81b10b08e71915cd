"""Decide, execute, evaluate: the tasks of an agreement, its evaluation on its day, and what takes its place.

Source: GOV-01.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts
from tequio.decisions import access, events, selectors
from tequio.decisions.models import Evaluation, Finding, Proposal, State, Task, TaskState
from tequio.decisions.rules import Matter
from tequio.decisions.services.book import shelve
from tequio.decisions.services.proposing import propose
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.people.selectors import coordinators
from tequio.register.events import ref_of

STARTS: dict[str, Promise] = {
    Finding.CHANGE: gettext_lazy("Change it: %(title)s"),
    Finding.DROP: gettext_lazy("End it: %(title)s"),
}
LONGEST_TITLE = 150


@transaction.atomic
def plan_task(*, by: Actor, proposal: Proposal, what: str, owner: Participant, due_on: date) -> Task:
    """Give somebody a task of an agreement, until a day, and put it before them. Source: GOV-01."""
    access.plan_task.require(by, proposal)
    if not what.strip():
        raise Refused(_("Say what there is to do."))
    if owner.until_on is not None:
        raise Refused(_("This person takes part no more."))
    if due_on < clock.today():
        raise Refused(_("The day has passed already."))
    task = Task.objects.create(
        proposal=proposal, what=what.strip(), owner=owner, due_on=due_on, planned_by=_participant(by),
        planned_at=clock.now(),
    )  # fmt: skip
    events.task_planned.record(
        task,
        by=by,
        uuid=proposal.uuid,
        title=_title(proposal),
        what=task.what,
        owner=owner.name,
        due_on=due_on,
    )
    notify.ask(
        person_id=owner.person_id, kind="task", title=task.what, why=notify.phrase(
            gettext_lazy("It follows from an agreement: %(title)s"), title=_title(proposal)
        ),
        minutes=5, due_at=_end_of(due_on), path=_path("task", proposal, task.pk), subject=ref_of(task), alone=True,
        handable=False,
    )  # fmt: skip
    return task


@transaction.atomic
def settle_task(*, by: Actor, task: Task, done: bool, note: str = "") -> Task:
    """Say that a task is done, or that it was not and why; a note is kept either way."""
    task = (
        Task.objects.select_for_update(of=("self",))
        .select_related("proposal__version", "owner")
        .get(pk=task.pk)
    )
    access.settle_task.require(by, task)
    if not done and not note.strip():
        raise Refused(_("Say why it was not done: the network learns from it."))
    task.state = TaskState.DONE if done else TaskState.NOT_DONE
    task.note, task.settled_at = note.strip(), clock.now()
    task.save()
    events.task_settled.record(
        task, by=by, uuid=task.proposal.uuid, title=_title(task.proposal), what=task.what, done=done,
        note=task.note or task.get_state_display(), owner=task.owner.name,
    )  # fmt: skip
    notify.close_asks(subject=ref_of(task))
    return task


@transaction.atomic
def evaluate(
    *,
    by: Actor,
    proposal: Proposal,
    finding: Finding,
    learned: str,
    next_on: date | None = None,
    follow_up: bool = False,
) -> Evaluation:
    """Write down what was learned of an agreement: it is kept until it is looked at again, or a change is proposed.

    Whoever evaluates ends nothing: an agreement changes or ends by another decision, which ``follow_up`` starts
    with the texts of this one.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("version", "owner", "circle")
        .get(pk=proposal.pk)
    )
    access.evaluate.require(by, proposal)
    finding = Finding(finding)
    if not learned.strip():
        raise Refused(_("Say what was learned."))
    if next_on is not None and next_on <= clock.today():
        raise Refused(_("The review comes after today."))
    if follow_up and not access.stands_alone(proposal):
        raise Refused(_("This text follows from something else, and changes there."))
    start = _follow_up(by, proposal, finding, learned.strip()) if follow_up and finding in STARTS else None
    found = Evaluation.objects.create(
        proposal=proposal, due_on=proposal.review_on, finding=finding, learned=learned.strip(),
        next_on=next_on, follow_up=start, evaluated_by=_participant(by), evaluated_name=by.name,
        evaluated_at=clock.now(),
    )  # fmt: skip
    notify.close_asks(subject=review_ref(proposal=proposal))
    proposal.review_on = next_on or clock.today() + timedelta(days=90)
    proposal.save()
    events.evaluated.record(
        found, by=by, uuid=proposal.uuid, number=proposal.number, title=_title(proposal), finding=finding.value,
        learned=found.learned, next_on=proposal.review_on, follow_up=start.number if start else None,
    )  # fmt: skip
    return found


def _follow_up(by: Actor, proposal: Proposal, finding: Finding, learned: str) -> Proposal:
    """Write the proposal that would take its place, with its texts and with what was learned."""
    version = proposal.version
    assert version is not None
    start = propose(
        by=by, title=_started(version.title, finding), summary=dict.fromkeys(version.title, learned[:600]),
        body=version.body, matter=Matter(proposal.matter), leading_team=proposal.leading_team, owner=proposal.owner,
        term_months=proposal.term_months, cost_now=version.cost_then or version.cost_now, cost_then=version.cost_then,
        circle=proposal.circle, touches=proposal.touches,
    )  # fmt: skip
    start.replaces = proposal
    start.save()
    return start


def _started(title: Texts, finding: Finding) -> dict[str, str]:
    started = {}
    for language, text in title.items():
        with override(language):
            started[language] = (str(STARTS[finding]) % {"title": text})[:LONGEST_TITLE]
    return started


@transaction.atomic
def end_what_it_replaces(*, proposal: Proposal) -> Proposal | None:
    """End the agreement whose place an adopted proposal takes; again, nothing more happens."""
    old = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("version")
        .filter(pk=proposal.replaces_id or 0, state=State.ADOPTED)
        .first()
    )
    today = clock.today()
    if old is None or (old.in_force_until and old.in_force_until <= today):
        return None
    old.in_force_until = today
    old.save()
    shelve(proposal=old)
    notify.close_asks(subject=review_ref(proposal=old))
    notify.close_asks(subject=ref_of(old))
    events.replaced.record(
        old, by=system(old.network_id), uuid=old.uuid, number=old.number, title=_title(old),
        by_number=proposal.number, by_title=_title(proposal),
    )  # fmt: skip
    return old


@transaction.atomic
def ask_for_reviews() -> int:
    """Put the agreements whose day has come before who is in charge of each, once a day that comes.

    Where who was in charge has left, the coordination is asked, so that no agreement is forgotten.
    """
    asked = 0
    for proposal in selectors.due_unasked():
        owner = proposal.owner or proposal.author
        stays = owner is not None and owner.until_on is None
        for person_id in [owner.person_id] if owner and stays else _coordination():
            notify.ask(
                person_id=person_id, kind="review", title=_title(proposal),
                why=gettext_lazy("The day has come to look at how this agreement went."), minutes=10,
                path=_path("evaluate", proposal), subject=review_ref(proposal=proposal), handable=False,
            )  # fmt: skip
            asked += 1
    return asked


def _coordination() -> list[int]:
    return list(coordinators().order_by("pk").values_list("person_id", flat=True))


def review_ref(*, proposal: Proposal) -> str:
    """Return what an ask to evaluate is about: this agreement, on this day."""
    return f"{ref_of(proposal)}@{proposal.review_on.isoformat()}"


def _title(proposal: Proposal) -> dict[str, str]:
    assert proposal.version is not None
    title: dict[str, str] = proposal.version.title
    return title


def _path(name: str, proposal: Proposal, *rest: int) -> str:
    slug = Network.objects.values_list("slug", flat=True).get(pk=proposal.network_id)
    return reverse(f"decisions:{name}", args=[slug, proposal.number, *rest])


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _participant(by: Actor) -> Participant | None:
    return Participant.objects.get(pk=by.participant_id) if by.participant_id else None
