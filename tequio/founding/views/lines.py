"""What stands, question by question, for those who read it."""

from dataclasses import dataclass

from tequio.founding import rules, selectors, texts
from tequio.founding.rules import Kind
from tequio.founding.selectors import Path
from tequio.founding.views.tables import RowSaid, rows_said


@dataclass(frozen=True)
class Line:
    """A question and what stands, as a step or a topic shows it to who reads."""

    question: rules.Question
    words: texts.Words
    voices: selectors.Voices | None
    text: texts.Said | None
    lines: list[dict[str, str]]
    rows: list[RowSaid]
    holds: str
    version: int


def line_of(shown: Path, question: rules.Question) -> Line:
    """Return a question and what stands, in words."""
    settled, shared = shown.settled, question.shared
    holds = "" if shared or question.holds is None else selectors.label_of(question, question.holds, shown)
    return Line(
        question=question,
        words=texts.QUESTIONS[question.code],
        voices=None if shared else selectors.voices(shown, question),
        text=texts.said(settled.text(question.code)) if question.kind is Kind.TEXT else None,
        lines=settled.lines(question.code) if question.kind is Kind.LIST else [],
        rows=rows_said(question, settled.rows(question.code), shown) if question.kind is Kind.ROWS else [],
        holds=holds,
        version=max((each.version for each in shown.texts.get(question.code, {}).values()), default=0),
    )
