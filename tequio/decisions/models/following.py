"""What follows an agreement: tasks that somebody does by a day, and the evaluation when its day comes. Source: GOV-01."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.decisions.models.proposals import Proposal


class TaskState(models.TextChoices):
    OPEN = "OPEN", _("to do")
    DONE = "DONE", _("done")
    NOT_DONE = "NOT_DONE", _("not done")


class Task(NetworkModel):
    """Something that an agreement asks somebody to do by a day; settled with a note on how it went."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="tasks")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    note = models.CharField(max_length=500, blank=True, default="")
    planned_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_known"),
            models.CheckConstraint(
                condition=Q(state="OPEN") ^ Q(settled_at__isnull=False), name="task_settled_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="NOT_DONE") | ~Q(note=""), name="task_not_done_says_why"
            ),
        ]
        indexes = [models.Index(fields=["network", "proposal", "due_on"], name="task_of_proposal")]

    def __str__(self) -> str:
        return f"task {self.pk} of proposal {self.proposal_id}"


class Finding(models.TextChoices):
    """What an evaluation finds; a change or an end is proposed, and decided as everything is."""

    KEEP = "KEEP", _("we keep it")
    CHANGE = "CHANGE", _("it needs a change")
    DROP = "DROP", _("it should end")


class Evaluation(NetworkModel):
    """What the network learned of an agreement, on its day or before; ``next_on`` when it looks again.

    ``follow_up`` is the proposal that came of it.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="evaluations")
    due_on = models.DateField()
    finding = models.CharField(max_length=10, choices=Finding)
    learned = models.TextField()
    next_on = models.DateField(null=True, blank=True)
    follow_up = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="+")
    evaluated_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    evaluated_name = models.CharField(max_length=120)
    evaluated_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(finding__in=Finding.values), name="finding_known"),
            models.CheckConstraint(condition=~Q(learned=""), name="an_evaluation_says_what_was_learned"),
        ]
        indexes = [models.Index(fields=["network", "proposal", "-evaluated_at"], name="evaluation_latest")]

    def __str__(self) -> str:
        return f"evaluation {self.pk} of proposal {self.proposal_id}"
