"""What follows an agreement: its tasks, its evaluation, and the list of all that is in force. Source: GOV-01."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.decisions import access, selectors, services
from tequio.decisions.forms.following import EvaluationForm, SettleForm, TaskForm
from tequio.decisions.models import Finding, Proposal, TaskState
from tequio.decisions.rules import months_after
from tequio.decisions.selectors import talking
from tequio.decisions.views.common import crumbs_of, form_page, url_of


def after(request: MemberRequest, number: int) -> HttpResponse:
    """What an agreement asks to be done, by whom and until when, and what was learned of it; give a task."""
    proposal = found_or_404(selectors.agreement(request.actor, number))
    may_plan = access.plan_task.allows(request.actor, proposal)
    form = None
    if may_plan or request.method == "POST":
        access.plan_task.require(request.actor, proposal)
        form = TaskForm(
            request.POST if request.method == "POST" else None,
            people=talking.owners(request.actor, None),
            initial={"owner": request.actor.participant_id},
        )
        if form.is_bound and form.is_valid():
            _plan(request, proposal, form)
            return see_other(url_of(request, "after", number))
    tasks = selectors.tasks(request.actor, proposal)
    context = {
        "proposal": proposal,
        "version": proposal.version,
        "form": form,
        "tasks": [_task(request, proposal, row) for row in tasks],
        "done": sum(row["state"] == TaskState.DONE for row in tasks),
        "evaluations": [
            {**row, "said": Finding(row["finding"]).label}
            for row in selectors.evaluations(request.actor, proposal)
        ],
        "may_evaluate": access.evaluate.allows(request.actor, proposal),
        "due": proposal.review_on <= clock.today(),
        "over": proposal.in_force_until and proposal.in_force_until <= clock.today(),
        "alone": access.stands_alone(proposal),
        "crumbs": crumbs_of(request, proposal),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "decisions/after.html", context, status=status)


def _plan(request: MemberRequest, proposal: Proposal, form: TaskForm) -> None:
    data = form.cleaned_data
    services.plan_task(
        by=request.actor, proposal=proposal, what=data["what"], due_on=data["due_on"],
        owner=found_or_404(selectors.taking_part(request.actor, data["owner"])),
    )  # fmt: skip


def _task(request: MemberRequest, proposal: Proposal, row: dict[str, Any]) -> dict[str, Any]:
    mine = row["owner_id"] == request.actor.participant_id or access.leads(request.actor, proposal)
    return {
        **row,
        "open": row["state"] == TaskState.OPEN,
        "said": TaskState(row["state"]).label,
        "late": row["state"] == TaskState.OPEN and row["due_on"] < clock.today(),
        "may_settle": row["state"] == TaskState.OPEN and mine,
    }


def task(request: MemberRequest, number: int, task_id: int) -> HttpResponse:
    """Say how a task went."""
    found = found_or_404(selectors.task(request.actor, number, task_id))
    access.settle_task.require(request.actor, found)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        services.settle_task(by=request.actor, task=found, done=data["done"] == "yes", note=data["note"])
        return see_other(url_of(request, "after", number))
    context = {"form": form, "task": found, "crumbs": _crumbs(request, found.proposal)}
    return form_page(request, "decisions/task.html", context)


def evaluate(request: MemberRequest, number: int) -> HttpResponse:
    """Write what was learned of an agreement, and propose what follows from it."""
    proposal = found_or_404(selectors.agreement(request.actor, number))
    access.evaluate.require(request.actor, proposal)
    start = {"next_on": months_after(clock.today(), 6)}
    form = EvaluationForm(
        request.POST if request.method == "POST" else None,
        starts=access.stands_alone(proposal), initial=start,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        found = services.evaluate(by=request.actor, proposal=proposal, **form.given())
        if found.follow_up is not None:
            return see_other(url_of(request, "edit", found.follow_up.number))
        return see_other(url_of(request, "after", number))
    context = {
        "form": form,
        "proposal": proposal,
        "version": proposal.version,
        "tasks": selectors.tasks(request.actor, proposal),
        "crumbs": _crumbs(request, proposal),
    }
    return form_page(request, "decisions/evaluate.html", context)


def _crumbs(request: MemberRequest, proposal: Proposal) -> list[tuple[str, str]]:
    return [*crumbs_of(request, proposal), (_("Do and evaluate"), url_of(request, "after", proposal.number))]
