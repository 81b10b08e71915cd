"""What changed between two versions of an instrument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tequio.surveys.rules.instrument import Instrument, Option, Question, Texts

Row = TypeVar("Row")


class Sort(StrEnum):
    """In which way something changed."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    REWORDED = "REWORDED"
    KIND = "KIND"
    MOVED = "MOVED"
    CONDITION = "CONDITION"
    OPTIONS_ADDED = "OPTIONS_ADDED"
    OPTIONS_REMOVED = "OPTIONS_REMOVED"
    OPTIONS_REWORDED = "OPTIONS_REWORDED"
    RULES = "RULES"


@dataclass(frozen=True)
class Change:
    """One change of one question; ``options`` are the texts of those concerned."""

    sort: Sort
    key: str
    text: Texts
    options: tuple[Texts, ...] = ()


def changes(before: Instrument, after: Instrument) -> tuple[Change, ...]:
    """Return what a version asks otherwise than the one before, in the order in which it is asked."""
    old = {question.key: question for question in before.questions()}
    new = {question.key: question for question in after.questions()}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    found = [Change(Sort.REMOVED, key, question.text) for key, question in old.items() if key not in new]
    for key, question in new.items():
        if key not in old:
            found.append(Change(Sort.ADDED, key, question.text))
        else:
            found += _of(old[key], question)
        if key in moved:
            found.append(Change(Sort.MOVED, key, question.text))
    return tuple(found)


def _of(old: Question, new: Question) -> Iterator[Change]:
    if (old.text, old.hint) != (new.text, new.hint):
        yield Change(Sort.REWORDED, new.key, new.text)
    if old.kind is not new.kind:
        yield Change(Sort.KIND, new.key, new.text)
    if old.condition != new.condition:
        yield Change(Sort.CONDITION, new.key, new.text)
    if _rules_of(old) != _rules_of(new):
        yield Change(Sort.RULES, new.key, new.text)
    yield from _options(new, _by_key(old), _by_key(new))


def _rules_of(question: Question) -> tuple[object, ...]:
    return (
        question.required,
        question.at_most,
        question.lowest,
        question.highest,
        question.long,
        question.base,
        question.role,
        [(one.group, one.other, one.alone) for one in question.options],
    )


def _by_key(question: Question) -> dict[str, Option]:
    options = {option.key: option for option in question.options}
    return options | {f"/{row.key}": row for row in question.rows}


def _options(new: Question, before: Mapping[str, Option], after: Mapping[str, Option]) -> Iterator[Change]:
    sorts = {
        Sort.OPTIONS_REMOVED: [one.text for key, one in before.items() if key not in after],
        Sort.OPTIONS_ADDED: [one.text for key, one in after.items() if key not in before],
        Sort.OPTIONS_REWORDED: [
            one.text for key, one in after.items() if key in before and before[key].text != one.text
        ],
    }
    for sort, texts in sorts.items():
        if texts:
            yield Change(sort, new.key, new.text, tuple(texts))


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the fewest keys that must be taken out so that the rest stand in the same order."""
    places = {key: place for place, key in enumerate(before)}
    best: list[list[str]] = []  # best[n]: the chain of length n + 1 whose last place is the smallest
    for key in after:
        chain = next((n for n, other in enumerate(best) if places[other[-1]] > places[key]), len(best))
        best[chain : chain + 1] = [[*(best[chain - 1] if chain else []), key]]
    return set(after) - set(best[-1] if best else [])
