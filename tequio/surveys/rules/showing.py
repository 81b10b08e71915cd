"""How long a survey takes, and which of its questions a style sheet can hide until they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from tequio.surveys.rules.instrument import Clause, Condition, Instrument, Kind, Operator, Question
from tequio.surveys.rules.posted import name_of

SECONDS = {Kind.SINGLE: 12, Kind.MULTI: 18, Kind.YES_NO: 8, Kind.OPEN: 20, Kind.NUMBER: 10, Kind.DATE: 12, Kind.COUNTRY: 8, Kind.CITIES: 20}  # fmt: skip
A_ROW, LONG = 8, 60
MOST_WAYS = 64  # to fail of one condition: what has more is told in words, and left out when it is sent
TICKED = (Kind.SINGLE, Kind.MULTI, Kind.YES_NO, Kind.COUNTRY)


def minutes(instrument: Instrument) -> int:
    """Return about how many minutes it takes to answer, rounded up."""
    seconds = sum(_seconds(question) for question in instrument.questions())
    return max(1, -(-seconds // 60))


def _seconds(question: Question) -> int:
    if question.kind is Kind.MATRIX:
        return A_ROW * len(question.rows)
    return LONG if question.kind is Kind.OPEN and question.long else SECONDS[question.kind]


def style(instrument: Instrument) -> str:
    """Return rules that hide what is not asked, as it is ticked, without a script.

    Where a browser does not know ``:has``, or a condition is no matter of ticks, the question shows with its condition
    in words; what is not asked is left out when it is sent. The field that asks "which?" hides while "other" is not
    ticked and nothing stands in it: what does would count.
    """
    kinds = {question.key: question.kind for question in instrument.questions()}
    hidden = []
    for section in instrument.sections:
        hidden += [f"{which} #{place('s', section.key)}" for which in _unless(section.condition, kinds)]
        for question in section.questions:
            hidden += [f"{which} #{place('q', question.key)}" for which in _unless(question.condition, kinds)]
    rules = [*hidden, ".option:not(:has(:checked)) + div:has(:placeholder-shown)"]
    return "@supports selector(:has(a)) {" + ",\n".join(rules) + " {display: none}}\n"


def place(prefix: str, key: str) -> str:
    """Return the id of a question or section on the page: letters, digits and dashes alone."""
    safe = "".join(mark if mark.isascii() and mark.isalnum() else f"-{ord(mark):x}-" for mark in key)
    return f"{prefix}-{safe}"


def _unless(condition: Condition | None, kinds: dict[str, Kind]) -> Iterator[str]:
    """Yield selectors of a form in which the condition does not hold."""
    for which in failing(condition, kinds) if condition else ():
        yield f"form{which}"


def failing(one: Clause | Condition, kinds: dict[str, Kind]) -> list[str]:
    """Return what may be true of a form, each alone, in which something fails; nothing where ticks do not tell.

    "And" fails where one part does, "or" where each of them does.
    """
    if isinstance(one, Clause):
        which = _fails(one, kinds)
        return [which] if which else []
    each = [failing(part, kinds) for part in one.clauses]
    if not one.any_of:
        return list(dict.fromkeys(which for some in each for which in some))
    if not each or prod(len(some) for some in each) > MOST_WAYS:
        return []
    return ["".join(dict.fromkeys(some)) for some in product(*each)]


def _fails(clause: Clause, kinds: dict[str, Kind]) -> str | None:
    """Return what is true of a form in which a clause fails, or None where ticks do not tell."""
    if kinds.get(clause.question) not in TICKED or clause.operator not in (Operator.IS, Operator.IS_NOT):
        return None
    name = _quoted(name_of(Question(clause.question, Kind.SINGLE, {})))
    value = _quoted(clause.value)
    ticked = (
        f':has([name="{name}"][value="{value}"]:checked, select[name="{name}"] [value="{value}"]:checked)'
    )
    return f":not({ticked})" if clause.operator is Operator.IS else ticked


def _quoted(text: str) -> str:
    """Return a text as CSS writes it between quotes, every mark but letters and digits by its number."""
    return "".join(mark if mark.isascii() and mark.isalnum() else f"\\{ord(mark):x} " for mark in text)
