"""Findings in force, with who signed them and what they led to."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tequio.core.actor import Actor
from tequio.decisions.models import Proposal
from tequio.decisions.selectors.seeing import sees
from tequio.surveys.models import Finding, Survey


def findings(survey: Survey, *, question: str | None = None, reader: Actor | None = None) -> list[Finding]:
    """Return the newest version of each, those taken back left out; of one question, or of all."""
    newest = Finding.objects.filter(thread=OuterRef("thread")).order_by("-version").values("pk")[:1]
    rows = _traced(Finding.objects.filter(survey=survey, pk=Subquery(newest)).exclude(text=""), reader)
    if question is not None:
        rows = rows.filter(question=question)
    return list(rows.order_by("question", "signed_at", "pk"))


def versions(survey: Survey, thread: UUID, *, reader: Actor | None = None) -> list[Finding]:
    """Return every version of one finding, the newest first."""
    return list(_traced(Finding.objects.filter(survey=survey, thread=thread), reader).order_by("-version"))


def _traced(rows: QuerySet[Finding], reader: Actor | None) -> QuerySet[Finding]:
    """Tell who signed them, and the decision to which each led where the reader sees it."""
    proposal = Proposal.objects.filter(sees(reader) if reader else Q(), uuid=OuterRef("proposal"))
    return rows.annotate(led_to=Subquery(proposal.values("number")[:1])).select_related("signed_by")
