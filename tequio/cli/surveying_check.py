"""The command ``survey check``: an XLSForm in; what was read and what was not, row by row, out. No database, no Django."""

from __future__ import annotations

import gettext
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import tequio.surveys
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _
from tequio.cli.words import language, ngettext_now
from tequio.surveys.formats.fault_words import SENTENCES
from tequio.surveys.formats.xlsform import Problem, Reading, Unusable, read
from tequio.surveys.formats.xlsform.words import OUTCOMES, REASONS, UNUSABLE
from tequio.surveys.rules.faults import Code, Fault, faults
from tequio.surveys.rules.instrument import Instrument, Question


def check(file: Path, *, as_json: bool) -> int:
    """Print what a form asks and what could not be taken over; return 1 when it cannot be used, else 0."""
    if not file.is_file():
        raise Trouble(_("%(file)s is not there.") % {"file": file})
    try:
        reading = read(file.read_bytes(), name=file.stem)
    except Unusable as unusable:
        return _refuse(file, unusable.code, as_json=as_json)
    found = [fault for fault in faults(reading.instrument) if fault.blocks]
    unsaid = [fault for fault in found if fault.code is Code.NO_TEXT]  # said in another language
    wrong = [fault for fault in found if fault.code is not Code.NO_TEXT]
    if as_json:
        print(json.dumps(_told(file, reading, wrong, unsaid), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(file, reading, wrong, unsaid)))
    return 1 if wrong else 0


def reading_of(file: Path) -> Reading:
    """Read a form for another command; raise Trouble where it cannot be used."""
    if not file.is_file():
        raise Trouble(_("%(file)s is not there.") % {"file": file})
    try:
        return read(file.read_bytes(), name=file.stem)
    except Unusable as unusable:
        raise Trouble(f"{file}: {_say(UNUSABLE[unusable.code])}") from unusable


def _refuse(file: Path, code: str, *, as_json: bool) -> int:
    says = _say(UNUSABLE[code])
    if as_json:
        print(
            json.dumps(
                {"file": file.name, "usable": False, "code": code, "says": says}, ensure_ascii=False, indent=1
            )
        )
        return 1
    raise Trouble(f"{file}: {says}")


@cache
def _catalog(tongue: str) -> gettext.NullTranslations:
    folder = Path(tequio.surveys.__file__).parent / "locale"
    return gettext.translation("django", localedir=folder, languages=[tongue], fallback=True)


def _say(message: str) -> str:
    """Say one sentence of surveys in the language of the terminal."""
    return _catalog(language()).gettext(message)


def _kinds(instrument: Instrument) -> dict[str, int]:
    return dict(Counter(question.kind.value for question in instrument.questions()).most_common())


def _conditions(instrument: Instrument) -> int:
    sections = sum(section.condition is not None for section in instrument.sections)
    return sections + sum(question.condition is not None for question in instrument.questions())


def _lines(file: Path, reading: Reading, wrong: list[Fault], unsaid: list[Fault]) -> list[str]:
    asked = reading.instrument
    count = sum(_kinds(asked).values())
    questions = ngettext_now("%(count)s question", "%(count)s questions", count) % {"count": count}
    sections = ngettext_now("%(count)s section", "%(count)s sections", len(asked.sections)) % {
        "count": len(asked.sections)
    }
    kinds = ", ".join(f"{kind} {number}" for kind, number in _kinds(asked).items())
    lines = [
        f"{file.name}: {next(iter(asked.title.values()), '')}",
        f"{questions}, {sections}",
        _("Kinds: %(kinds)s") % {"kinds": kinds or "-"},
        _("Languages: %(languages)s") % {"languages": ", ".join(asked.languages)},
        _("Conditions: %(number)s") % {"number": _conditions(asked)},
    ]
    lines += _section(_("Not taken over as it is:"), [_problem(one) for one in reading.problems])
    lines += _section(_("To be written before the survey opens:"), [_fault(one) for one in unsaid])
    lines += _section(_("It cannot be used before this is mended:"), [_fault(one) for one in wrong])
    return lines if wrong else [*lines, "", _("It can be used.")]


def _section(heading: str, rows: list[str]) -> list[str]:
    return ["", f"{heading} ({len(rows)})", *(f"  {row}" for row in rows)] if rows else []


def _problem(one: Problem) -> str:
    where = _("%(sheet)s, row %(row)s, column %(column)s") % {
        "sheet": one.sheet, "row": one.row, "column": one.column or "-",
    }  # fmt: skip
    value = f" [{' '.join(one.value.split())}]" if one.value else ""
    return f"{where}: {_say(OUTCOMES[one.outcome])}. {_say(REASONS[one.code])}{value}"


def _fault(one: Fault) -> str:
    said = _say(SENTENCES[one.code]) % {"about": one.about, "language": one.language}
    tongue = f" ({one.language})" if one.language else ""
    return f"{one.where or '-'}{tongue}: {said}"


def _told(file: Path, reading: Reading, wrong: list[Fault], unsaid: list[Fault]) -> dict[str, Any]:
    asked = reading.instrument
    return {
        "file": file.name,
        "usable": not wrong,
        "title": dict(asked.title),
        "languages": list(asked.languages),
        "sections": len(asked.sections),
        "questions": [_question(question) for question in asked.questions()],
        "kinds": _kinds(asked),
        "conditions": _conditions(asked),
        "problems": [
            {
                "sheet": one.sheet, "row": one.row, "column": one.column, "code": one.code.value,
                "outcome": one.outcome.value, "value": one.value, "says": _say(REASONS[one.code]),
            }
            for one in reading.problems
        ],
        "faults": [
            {"code": one.code.value, "where": one.where, "about": one.about, "says": _fault(one)}
            for one in wrong
        ],
        "unsaid": [{"where": one.where, "language": one.language, "says": _fault(one)} for one in unsaid],
    }  # fmt: skip


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind.value,
        "text": dict(question.text),
        "required": question.required,
        "options": [option.key for option in question.options],
        "rows": [row.key for row in question.rows],
        "conditional": question.condition is not None,
    }
