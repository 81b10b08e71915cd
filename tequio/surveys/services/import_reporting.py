"""What a file of answers would come to, as a page shows it: plain data, kept with the batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tequio.core.texts import say
from tequio.people.models import Place
from tequio.people.rules.countries import country_name
from tequio.people.services.import_reporting import reason as reason_of_file
from tequio.surveys.formats.answers.doubts import Respondent
from tequio.surveys.rules.instrument import NATIONAL, YES, Kind, Question, Value
from tequio.surveys.services.import_planning import Plan

_MISREAD = 2_000  # cells kept to be handed out
_SAMPLE = 5
_CUT = 120
_CUT_CELL, _TOP_CELLS = 40, 6  # of the first lines, as they stand in the file


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
        "top": [[cell[:_CUT_CELL] for cell in row[:_TOP_CELLS]] for row in plan.file.top],
        "sheets": list(plan.file.sheets),
        "full": [[one.question, one.option, one.most, one.taken, count] for one, count in plan.full],
        "beyond": len(plan.beyond),
        "without": [question.key for question in plan.without],
        "layout": plan.file.layout.as_json(),
        "sample": [_sample(one.respondent, _city_names(plan)) for one in plan.ready[:_SAMPLE]],
        "added": {key: [option.key for option in options] for key, options in plan.added.items()},
        "version": plan.version.number,
        "stamp": plan.version.stamp,
    }


def _example(plan: Plan, place: int) -> str:
    return next((row[place].strip()[:_CUT] for row in plan.file.rows[:200] if row[place].strip()), "")


def _sample(one: Respondent, cities: Mapping[str, str]) -> dict[str, Any]:
    return {"row": one.row, "said": {key: _said(value, cities) for key, value in one.values.items()}}


def _said(value: Value, cities: Mapping[str, str]) -> Mapping[str, Any]:
    number = "" if value.number is None else str(value.number)
    return {
        "chosen": [cities.get(key, key) for key in value.chosen],
        "rows": dict(value.rows),
        "text": (value.text or number or value.date)[:_CUT],
    }


def reason(*, code: str) -> str:
    """Say in the reader's language why a cell, a row or a whole file was not understood."""
    return _reasons().get(code) or reason_of_file(code=code)


def _reasons() -> dict[str, str]:
    return {
        "unknown_option": _("It is none of the options. The text is kept."),
        "kept_as_other": _("It is none of the options. It is kept as “other”."),
        "not_in_grid": _("It is none of the options. It was left out."),
        "not_offered": _("The survey does not offer this answer. It is kept."),
        "unknown_country": _("No country has this name. The text is kept."),
        "unknown_city": _("We do not know this city there. The text is kept."),
        "no_yes_or_no": _("It says neither yes nor no. The text is kept."),
        "no_number": _("It is no number. The text is kept."),
        "no_date": _("It is no date. The text is kept."),
        "no_tick": _("It says neither ticked nor not. It was left out."),
        "several": _("It names several options where one is asked. The text is kept."),
        "too_many": _("More options were ticked than the question takes. All of them are kept."),
        "alone": _("This option goes with no other. All of them are kept."),
        "outside": _("The number lies outside what the question takes. It is kept."),
        "no_email": _("It is no e-mail address. The text is kept."),
        "longer": _("It is longer than the question takes. It is kept whole."),
        "not_asked": _("The survey does not ask this of who answered so. It is kept."),
        "too_long": _("The cell is longer than 20,000 letters. Its end was cut."),
        "broken_cell": _("The cell holds an error of the spreadsheet. It was left out."),
        "unanswered": _("A required question has no answer. The row is kept."),
        "left_unanswered": _("A required question has no answer. As was decided, the row was left out."),
        "empty_row": _("The row answers no question. It was left out."),
        "no_heading": _(
            "This stands after the last heading and is left out. A mark inside a text may have cut it."
        ),
        "unfinished": _("This answer was begun and not sent. It was left out."),
        "twice": _("An answer with this number stands further up. It was left out."),
        "too_many_columns": _("The file has more than 2,000 columns. Keep those with answers."),
        "no_headings": _("This row is empty. Write the number of the row with the headings."),
        "only_headings": _("There are headings, but no answers under them."),
        "old_workbook": _("This is an old workbook. Save it as XLSX and try again."),
        "document": _("This is a document, not a table. Save the answers as CSV, XLSX or ODS."),
        "forgotten": _(
            "Somebody whose row stands in this file asked to be forgotten. The file was put away. Take the row out and bring it again."
        ),
        "repeats": _(
            "This sheet holds groups that repeat. They have no counterpart here: bring the main sheet."
        ),
    }


def shown_value(*, said: Mapping[str, Any], question: Question) -> str:
    """Say in words what was understood."""
    texts = {option.key: say(option.text) or option.key for option in (*question.options, *question.rows)}
    chosen = [_shown(key, question, texts) for key in said["chosen"]]
    rows = [f"{texts.get(row, row)}: {texts.get(key, key)}" for row, key in said["rows"].items()]
    return " · ".join(part for part in (*chosen, *rows, *said["text"].split("\n")) if part)


def _shown(key: str, question: Question, texts: Mapping[str, str]) -> str:
    if question.kind is Kind.YES_NO:
        return pgettext("answer", "yes") if key == YES else pgettext("answer", "no")
    if question.kind is Kind.COUNTRY:
        return country_name(key, get_language() or "en")
    return _("national level") if key == NATIONAL else texts.get(key, key)


def _city_names(plan: Plan) -> dict[str, str]:
    """Return the names of the cities in the first rows, by their numbers."""
    asked = [question.key for question in plan.instrument.questions() if question.kind is Kind.CITIES]
    numbers = {
        int(key)
        for one in plan.ready[:_SAMPLE]
        for question in asked
        for key in one.respondent.values.get(question, Value()).chosen
        if key.isdigit()
    }
    rows = Place.objects.filter(pk__in=numbers).values_list("pk", "name") if numbers else ()
    return {str(number): name for number, name in rows}
