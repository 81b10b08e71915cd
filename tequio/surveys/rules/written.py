"""An instrument as a JSON document and back: how a version is kept, compared and moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tequio.surveys.rules.instrument import (
    Base,
    Clause,
    Condition,
    Instrument,
    Kind,
    Operator,
    Option,
    Question,
    Section,
)


def as_json(instrument: Instrument) -> dict[str, Any]:
    """Return the document of an instrument; what says nothing is left out."""
    return _filled(
        {
            "languages": list(instrument.languages),
            "title": dict(instrument.title),
            "about": dict(instrument.about),
            "sections": [_section(section) for section in instrument.sections],
        }
    )


def from_json(document: Mapping[str, Any]) -> Instrument:
    """Return the instrument of a document that ``as_json`` wrote; raise ``KeyError`` or ``ValueError`` for others."""
    return Instrument(
        languages=tuple(document["languages"]),
        title=document.get("title", {}),
        about=document.get("about", {}),
        sections=tuple(_read_section(section) for section in document.get("sections", ())),
    )


def stamp_of(document: Mapping[str, Any]) -> str:
    """Return a short name of exactly this content: whoever changes it says by it what they had before them."""
    written = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(written.encode()).hexdigest()[:20]


def _filled(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", False, {}, [], ())}


def _section(section: Section) -> dict[str, Any]:
    return _filled(
        {
            "key": section.key,
            "title": dict(section.title),
            "about": dict(section.about),
            "condition": _condition(section.condition),
            "questions": [_question(question) for question in section.questions],
        }
    )


def _question(question: Question) -> dict[str, Any]:
    return _filled(
        {
            "key": question.key,
            "kind": question.kind.value,
            "text": dict(question.text),
            "hint": dict(question.hint),
            "required": question.required,
            "options": [_option(option) for option in question.options],
            "rows": [_option(row) for row in question.rows],
            "at_most": question.at_most,
            "lowest": None if question.lowest is None else str(question.lowest),
            "highest": None if question.highest is None else str(question.highest),
            "long": question.long,
            "base": "" if question.base is Base.RESPONDENTS else question.base.value,
            "condition": _condition(question.condition),
            "role": question.role,
        }
    )


def _option(option: Option) -> dict[str, Any]:
    return _filled(
        {
            "key": option.key,
            "text": dict(option.text),
            "group": option.group,
            "other": option.other,
            "alone": option.alone,
        }
    )


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    if condition is None:
        return None
    clauses = [_condition(one) if isinstance(one, Condition) else _clause(one) for one in condition.clauses]
    return _filled({"clauses": clauses, "any_of": condition.any_of})


def _clause(clause: Clause) -> dict[str, Any]:
    return _filled({"question": clause.question, "operator": clause.operator.value, "value": clause.value})


def _read_section(document: Mapping[str, Any]) -> Section:
    return Section(
        key=document["key"],
        title=document.get("title", {}),
        about=document.get("about", {}),
        condition=_read_condition(document.get("condition")),
        questions=tuple(_read_question(question) for question in document.get("questions", ())),
    )


def _read_question(document: Mapping[str, Any]) -> Question:
    return Question(
        key=document["key"],
        kind=Kind(document["kind"]),
        text=document.get("text", {}),
        hint=document.get("hint", {}),
        required=document.get("required", False),
        options=tuple(_read_option(option) for option in document.get("options", ())),
        rows=tuple(_read_option(row) for row in document.get("rows", ())),
        at_most=document.get("at_most"),
        lowest=_read_number(document.get("lowest")),
        highest=_read_number(document.get("highest")),
        long=document.get("long", False),
        base=Base(document.get("base", Base.RESPONDENTS)),
        condition=_read_condition(document.get("condition")),
        role=document.get("role", ""),
    )


def _read_option(document: Mapping[str, Any]) -> Option:
    return Option(
        key=document["key"],
        text=document.get("text", {}),
        group=document.get("group", ""),
        other=document.get("other", False),
        alone=document.get("alone", False),
    )


def _read_condition(document: Mapping[str, Any] | None) -> Condition | None:
    if document is None:
        return None
    return _read_group(document)


def _read_group(document: Mapping[str, Any]) -> Condition:
    clauses = tuple(
        _read_group(one)
        if "clauses" in one
        else Clause(one["question"], Operator(one["operator"]), one.get("value", ""))
        for one in document["clauses"]
    )
    return Condition(clauses, document.get("any_of", False))


def _read_number(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)
