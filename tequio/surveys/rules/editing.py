"""Small changes of an instrument, each a new one: put in, take out, move up or down."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from tequio.surveys.rules.instrument import Condition, Instrument, Question, Section

Row = TypeVar("Row")


def moved(rows: Sequence[Row], place: int, by: int) -> tuple[Row, ...]:
    """Return rows with the one at this place before its neighbor (-1) or after it (1); at the end nothing moves."""
    other = place + by
    if not (0 <= place < len(rows) and 0 <= other < len(rows)):
        return tuple(rows)
    list_ = list(rows)
    list_[place], list_[other] = list_[other], list_[place]
    return tuple(list_)


def section_of(instrument: Instrument, key: str) -> Section | None:
    """Return the section of this key."""
    return next((section for section in instrument.sections if section.key == key), None)


def home_of(instrument: Instrument, key: str) -> Section | None:
    """Return the section in which a question is asked."""
    return next((s for s in instrument.sections if any(one.key == key for one in s.questions)), None)


def with_section(instrument: Instrument, section: Section) -> Instrument:
    """Return the instrument with this section in the place of the one of its key, or at the end."""
    if section_of(instrument, section.key) is None:
        return replace(instrument, sections=(*instrument.sections, section))
    return _sections(instrument, lambda one: section if one.key == section.key else one)


def without_section(instrument: Instrument, key: str) -> Instrument:
    """Return the instrument without a section and its questions."""
    return replace(instrument, sections=tuple(one for one in instrument.sections if one.key != key))


def with_question(instrument: Instrument, question: Question, *, section: str = "") -> Instrument:
    """Return the instrument with this question in the place of the one of its key, or at the end of a section."""
    if home_of(instrument, question.key) is None:
        return _sections(
            instrument,
            lambda one: replace(one, questions=(*one.questions, question)) if one.key == section else one,
        )
    return _questions(instrument, lambda one: question if one.key == question.key else one)


def without_question(instrument: Instrument, key: str) -> Instrument:
    """Return the instrument without a question."""
    return _sections(
        instrument, lambda s: replace(s, questions=tuple(one for one in s.questions if one.key != key))
    )


def with_copy(instrument: Instrument, key: str) -> Instrument:
    """Return the instrument with a copy of a question after it; what an answer feeds stays with the first."""
    home = home_of(instrument, key)
    if home is None:
        return instrument
    place = [one.key for one in home.questions].index(key)
    fresh = key_from(key, keys_of(instrument), fallback="question")
    copy = replace(home.questions[place], key=fresh, role="")
    questions = (*home.questions[: place + 1], copy, *home.questions[place + 1 :])
    return with_section(instrument, replace(home, questions=questions))


def with_language(instrument: Instrument, code: str) -> Instrument:
    """Return the instrument asked in one more language; texts that it had in it before are there again."""
    if code in instrument.languages:
        return instrument
    return replace(instrument, languages=(*instrument.languages, code))


def without_language(instrument: Instrument, code: str) -> Instrument:
    """Return the instrument asked in one language less, at least one; its texts are kept, and no page shows them."""
    left = tuple(one for one in instrument.languages if one != code)
    return replace(instrument, languages=left or instrument.languages)


def with_section_moved(instrument: Instrument, key: str, by: int) -> Instrument:
    """Return the instrument with a section one place up (-1) or down (1)."""
    keys = [section.key for section in instrument.sections]
    place = keys.index(key) if key in keys else -1
    return replace(instrument, sections=moved(instrument.sections, place, by))


def with_question_moved(instrument: Instrument, key: str, by: int) -> Instrument:
    """Return the instrument with a question one place up or down; at the edge of its section it goes to the next one."""
    home = home_of(instrument, key)
    if home is None:
        return instrument
    keys = [one.key for one in home.questions]
    place = keys.index(key)
    if 0 <= place + by < len(keys):
        return with_section(instrument, replace(home, questions=moved(home.questions, place, by)))
    return _to_neighbor(instrument, home, home.questions[place], by)


def _to_neighbor(instrument: Instrument, home: Section, question: Question, by: int) -> Instrument:
    keys = [section.key for section in instrument.sections]
    other = keys.index(home.key) + by
    if not 0 <= other < len(keys):
        return instrument
    left = without_question(instrument, question.key)
    target = left.sections[other]
    kept = (question, *target.questions) if by > 0 else (*target.questions, question)
    return with_section(left, replace(target, questions=kept))


def with_condition(instrument: Instrument, key: str, condition: Condition | None) -> Instrument:
    """Return the instrument with another condition on the question, or the section, of this key."""
    changed = _questions(instrument, lambda one: replace(one, condition=condition) if one.key == key else one)
    return _sections(changed, lambda one: replace(one, condition=condition) if one.key == key else one)


def before(instrument: Instrument, key: str) -> tuple[Question, ...]:
    """Return the questions that are asked before the question, or the section, of this key."""
    found: list[Question] = []
    for section in instrument.sections:
        if section.key == key:
            return tuple(found)
        for question in section.questions:
            if question.key == key:
                return tuple(found)
            found.append(question)
    return tuple(found)


def key_from(text: str, taken: Collection[str], *, fallback: str) -> str:
    """Return a short name made of a text, that nothing else has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    base = words if words and words[0].isalpha() else f"{fallback}_{words}".strip("_")
    if base not in taken:
        return base
    return next(f"{base}_{n}" for n in range(2, len(taken) + 3) if f"{base}_{n}" not in taken)


def keys_of(instrument: Instrument) -> set[str]:
    """Return every short name of a section or a question."""
    return {s.key for s in instrument.sections} | {one.key for one in instrument.questions()}


def _sections(instrument: Instrument, change: Callable[[Section], Section]) -> Instrument:
    return replace(instrument, sections=tuple(change(section) for section in instrument.sections))


def _questions(instrument: Instrument, change: Callable[[Question], Question]) -> Instrument:
    return _sections(
        instrument, lambda s: replace(s, questions=tuple(change(question) for question in s.questions))
    )
