"""Findings in force, with who signed them and what they led to."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from tequio.decisions.models import Proposal
from tequio.surveys.models import Finding, Survey


def findings(survey: Survey, *, question: str | None = None) -> list[Finding]:
    """Return the newest version of each, those taken back left out; of one question, or of all."""
    newest = Finding.objects.filter(thread=OuterRef("thread")).order_by("-version").values("pk")[:1]
    rows = _traced(Finding.objects.filter(survey=survey, pk=Subquery(newest)).exclude(text=""))
    if question is not None:
        rows = rows.filter(question=question)
    return list(rows.order_by("question", "signed_at", "pk"))


def versions(survey: Survey, thread: UUID) -> list[Finding]:
    """Return every version of one finding, the newest first."""
    return list(_traced(Finding.objects.filter(survey=survey, thread=thread)).order_by("-version"))


def _traced(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    proposal = Proposal.objects.filter(uuid=OuterRef("proposal"))
    return rows.annotate(led_to=Subquery(proposal.values("number")[:1])).select_related("signed_by")
