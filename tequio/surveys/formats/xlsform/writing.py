"""An instrument as an XLSForm workbook."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tequio.surveys.formats.xlsform.book import writable
from tequio.surveys.formats.xlsform.conditions import constraint, relevant
from tequio.surveys.formats.xlsform.languages import heading_of
from tequio.surveys.rules.instrument import (
    NO,
    YES,
    Base,
    Condition,
    Instrument,
    Kind,
    Option,
    Question,
    Section,
    Texts,
)
from tequio.surveys.rules.written import as_json

YES_NO_LIST = "yes.no"  # no question is called so: our keys have no dot
TYPES = {
    Kind.OPEN: "text",
    Kind.NUMBER: "decimal",
    Kind.DATE: "date",
    Kind.CITIES: "text",
    Kind.COUNTRY: "text",
}
YES_NO_WORDS = {"es": ("Sí", "No"), "pt-br": ("Sim", "Não"), "en": ("Yes", "No")}
APART = "\u200b"  # keeps "${" in a text from being read as the answer to a question

Row = dict[str, str]


def write(instrument: Instrument) -> bytes:
    """Return the workbook: sheets survey, choices, settings; every cell is a text, no formula."""
    import openpyxl

    book = openpyxl.Workbook()
    sheets = {
        "survey": [*_survey(instrument)],
        "choices": [*_choices(instrument)],
        "settings": [_settings(instrument)],
    }
    for name, rows in sheets.items():
        _fill(
            book.active if name == "survey" else book.create_sheet(), name, _columns(name, instrument), rows
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _columns(sheet: str, instrument: Instrument) -> list[str]:
    languages = [heading_of(code) for code in instrument.languages]
    labels = [f"label::{language}" for language in languages]
    if sheet == "choices":
        return ["list_name", "name", *labels, "tequio_group", "tequio_other", "tequio_alone"]
    if sheet == "settings":
        titles = [f"tequio_title_{code}" for code in instrument.languages]
        return ["form_title", "form_id", "default_language", *titles]
    hints = [f"hint::{language}" for language in languages]
    ours = ["tequio_kind", "tequio_role", "tequio_base", "tequio_condition", *_hints_of_groups(instrument)]
    return ["type", "name", *labels, *hints, "required", "relevant", "constraint", "appearance", *ours]


def _hints_of_groups(instrument: Instrument) -> list[str]:
    return [f"tequio_hint_{code}" for code in instrument.languages]


def _fill(sheet: Any, name: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    sheet.title = name
    for number, row in enumerate([dict(zip(columns, columns, strict=True)), *rows], 1):
        for place, column in enumerate(columns, 1):
            if text := writable(row.get(column, "")):
                cell = sheet.cell(number, place, text)
                cell.data_type = "s"
                cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _texts(name: str, texts: Texts, languages: Sequence[str]) -> Row:
    return {
        f"{name}::{heading_of(code)}": texts[code].replace("${", f"${APART}{{")
        for code in languages
        if texts.get(code)
    }


def _settings(instrument: Instrument) -> Row:
    first = instrument.languages[0]
    titles = {f"tequio_title_{code}": instrument.title.get(code, "") for code in instrument.languages}
    return {
        "form_title": instrument.title.get(first, ""),
        "form_id": "tequio_survey",
        "default_language": heading_of(first),
        **titles,
    }


def _survey(instrument: Instrument) -> Iterator[Row]:
    known = {question.key: question for question in instrument.questions()}
    if any(instrument.about.values()):
        yield _note("about.form", instrument.about, instrument.languages)
    for section in instrument.sections:
        yield {
            "type": "begin_group",
            "name": section.key,
            **_texts("label", section.title, instrument.languages),
            **_when(section.condition, known),
        }
        yield from _in_section(section, instrument.languages, known)
        yield {"type": "end_group"}


def _in_section(section: Section, languages: Sequence[str], known: Mapping[str, Question]) -> Iterator[Row]:
    if any(section.about.values()):
        yield _note(f"{section.key}.about", section.about, languages)
    for question in section.questions:
        row = _common(question, languages, known)
        if question.kind is Kind.MATRIX:
            yield from _matrix(question, row, languages)
        else:
            yield _asked(question, row, languages)
            yield from _which(question, languages)


def _note(name: str, texts: Texts, languages: Sequence[str]) -> Row:
    return {"type": "note", "name": name, **_texts("label", texts, languages)}


def _when(condition: Condition | None, known: Mapping[str, Question]) -> Row:
    if condition is None:
        return {}
    return {"relevant": relevant(condition, known.__getitem__), "tequio_condition": written(condition)}


def written(condition: Condition | None) -> str:
    """Return a condition as it stands in a column of ours."""
    alone = Section("s", {}, (), condition=condition)
    return json.dumps(as_json(Instrument(("en",), {}, (alone,)))["sections"][0]["condition"], sort_keys=True)


def _common(question: Question, languages: Sequence[str], known: Mapping[str, Question]) -> Row:
    return {
        "name": question.key,
        **_texts("label", question.text, languages),
        **_when(question.condition, known),
        "tequio_kind": question.kind.value,
        "tequio_role": question.role,
        "tequio_base": "" if question.base is Base.RESPONDENTS else question.base.value,
    }


def _asked(question: Question, row: Row, languages: Sequence[str]) -> Row:
    return row | {
        "type": _type(question),
        **_texts("hint", question.hint, languages),
        "required": "yes" if question.required else "",
        "constraint": constraint(question),
        "appearance": "multiline" if question.long else "",
    }


def _type(question: Question) -> str:
    if question.kind is Kind.YES_NO:
        return f"select_one {YES_NO_LIST}"
    if question.options:
        return f"{'select_multiple' if question.kind is Kind.MULTI else 'select_one'} {question.key}"
    return TYPES[question.kind]


def _which(question: Question, languages: Sequence[str]) -> Iterator[Row]:
    """Other programs ask what "other" is in a question of its own."""
    for option in question.options:
        if option.other:
            yield {
                "type": "text",
                "name": f"{question.key}.other",
                **_texts("label", option.text, languages),
                "relevant": f"selected(${{{question.key}}}, '{option.key}')",
            }


def _matrix(question: Question, row: Row, languages: Sequence[str]) -> Iterator[Row]:
    hints = {f"tequio_hint_{code}": question.hint.get(code, "") for code in languages}
    yield row | {"type": "begin_group", "appearance": "table-list", **hints}
    for one in question.rows:
        yield {
            "type": f"select_one {question.key}",
            "name": f"{question.key}.{one.key}",
            **_texts("label", one.text, languages),
            "required": "yes" if question.required else "",
        }
    yield {"type": "end_group"}


def _choices(instrument: Instrument) -> Iterator[Row]:
    if any(question.kind is Kind.YES_NO for question in instrument.questions()):
        for place, key in enumerate((YES, NO)):
            texts = {code: YES_NO_WORDS.get(code, YES_NO_WORDS["en"])[place] for code in instrument.languages}
            yield {"list_name": YES_NO_LIST, "name": key, **_texts("label", texts, instrument.languages)}
    for question in instrument.questions():
        for option in question.options:
            yield _choice(question.key, option, instrument.languages)


def _choice(list_name: str, option: Option, languages: Sequence[str]) -> Row:
    return {
        "list_name": list_name,
        "name": option.key,
        **_texts("label", option.text, languages),
        "tequio_group": option.group,
        "tequio_other": "yes" if option.other else "",
        "tequio_alone": "yes" if option.alone else "",
    }
