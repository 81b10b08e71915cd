"""What is known of an answer that somebody wants to keep as a quote."""

from __future__ import annotations

from dataclasses import dataclass

from tequio.surveys.models import Answer, Tick
from tequio.surveys.rules.instrument import YES
from tequio.surveys.selectors import sheets
from tequio.surveys.selectors.said import counting

ROLE = "person_role"  # the question of the interview guide on what the person does there


@dataclass(frozen=True)
class Quotable:
    """Words, and who said them as far as they said so; ``allowed`` says that they let themselves be quoted."""

    words: str
    question: str
    language: str
    organization: str
    role: str
    source: str
    allowed: bool


def quotable(study: sheets.Study, answer: int) -> Quotable | None:
    """Return an answer in words of a reply that counts, or None. Where nobody was asked, nobody agreed."""
    told = {question.key for question in study.told()}
    row = (
        Answer.objects.filter(pk=answer, reply__in=counting(study.survey), question__in=told)
        .exclude(text="")
        .select_related("reply")
        .first()
    )
    if row is None:
        return None
    asked = study.instrument.with_role("PUBLISH")
    allowed = (
        asked is not None and Tick.objects.filter(reply=row.reply_id, question=asked.key, option=YES).exists()
    )
    role = Answer.objects.filter(reply=row.reply_id, question=ROLE).values_list("text", flat=True).first()
    return Quotable(
        row.text,
        row.question,
        row.reply.language,
        row.reply.organization_name,
        (role or "")[:120],
        row.reply.source,
        allowed,
    )
