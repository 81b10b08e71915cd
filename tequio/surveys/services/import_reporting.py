"""What a file of answers would come to, as a page shows it: plain data, kept with the batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tequio.surveys.formats.answers.reading import Respondent
from tequio.surveys.rules.instrument import Value
from tequio.surveys.services.import_planning import Plan

_MISREAD = 2_000  # cells kept to be handed out
_SAMPLE = 5
_CUT = 120


def preview(*, plan: Plan) -> dict[str, Any]:
    """Return what would be written, what not and why, and the first rows as they were understood."""
    answered = Counter(key for one in plan.ready for key in one.respondent.values)
    return {
        "read": plan.reading.read,
        "ready": len(plan.ready),
        "known": plan.known,
        "same": [[row, name[:_CUT]] for row, name in plan.same[:_MISREAD]],
        "same_count": len(plan.same),
        "misread": [list(one) for one in plan.reading.misread[:_MISREAD]],
        "misread_count": len(plan.reading.misread),
        "reasons": dict(Counter(one.reason for one in plan.reading.misread)),
        "answered": {question.key: answered[question.key] for question in plan.instrument.questions()},
        "columns": [
            [heading, plan.targets.get(place, ""), _example(plan, place)]
            for place, heading in enumerate(plan.file.headings)
        ],
        "sample": [_sample(one.respondent) for one in plan.ready[:_SAMPLE]],
        "added": {key: [option.key for option in options] for key, options in plan.added.items()},
        "version": plan.version.number,
        "stamp": plan.version.stamp,
    }


def _example(plan: Plan, place: int) -> str:
    return next((row[place].strip()[:_CUT] for row in plan.file.rows[:200] if row[place].strip()), "")


def _sample(one: Respondent) -> dict[str, Any]:
    return {"row": one.row, "said": {key: _said(value) for key, value in one.values.items()}}


def _said(value: Value) -> Mapping[str, Any]:
    number = "" if value.number is None else str(value.number)
    return {
        "chosen": list(value.chosen),
        "rows": dict(value.rows),
        "text": (value.text or number or value.date)[:_CUT],
    }
