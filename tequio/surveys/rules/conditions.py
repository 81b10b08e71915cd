"""When something is asked: conditions over what was said before. Source: SUR-02, PAINS P5."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tequio.surveys.rules.instrument import (
    Clause,
    Condition,
    Instrument,
    Operator,
    Question,
    Value,
    Values,
)

UNSAID = Value()


def holds(condition: Condition | None, values: Values) -> bool:
    """Say whether something is asked of whoever said this; what was not said is chosen, counted and answered by nobody.

    IS_NOT is the opposite of IS, so it holds where nothing was said. Numbers compare a NUMBER, or how many were ticked.
    """
    if condition is None or not condition.clauses:
        return True
    each = (_holds(clause, values) for clause in condition.clauses)
    return any(each) if condition.any_of else all(each)


def _holds(one: Clause | Condition, values: Values) -> bool:
    if isinstance(one, Condition):
        return holds(one, values)
    return _true(one, values.get(one.question, UNSAID))


def simple(condition: Condition | None) -> Condition | None:
    """Return a condition that says the same with as few brackets as can be, and nothing twice; None of nothing."""
    if condition is None:
        return None
    parts: list[Clause | Condition] = []
    for one in condition.clauses:
        if isinstance(one, Clause):
            parts.append(one)
            continue
        inner = simple(one)
        if inner is None:
            continue
        same = len(inner.clauses) == 1 or inner.any_of == condition.any_of
        parts += inner.clauses if same else (inner,)
    kept = tuple(dict.fromkeys(parts))
    if len(kept) == 1 and isinstance(kept[0], Condition):
        return kept[0]
    return Condition(kept, condition.any_of and len(kept) > 1) if kept else None


def depth(condition: Condition) -> int:
    """Return how many brackets lie in one another."""
    inner = [depth(one) for one in condition.clauses if isinstance(one, Condition)]
    return 1 + max(inner, default=0)


def asked(instrument: Instrument, values: Values) -> tuple[Question, ...]:
    """Return the questions that somebody who said this is asked, in their order.

    A condition rests only on earlier questions that were asked themselves: what is typed into a question that hides
    again is not thrown away, but counts as unsaid until the question shows again.
    """
    shown: list[Question] = []
    said: dict[str, Value] = {}
    for section in instrument.sections:
        open_here = holds(section.condition, said)
        for question in section.questions if open_here else ():
            if holds(question.condition, said):
                shown.append(question)
                said[question.key] = values.get(question.key, UNSAID)
    return tuple(shown)


def number_of(text: str) -> Decimal | None:
    """Return a finite number written in digits with a point, or None."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and len(text) <= 40 else None


def _true(clause: Clause, value: Value) -> bool:
    match clause.operator:
        case Operator.IS:
            return _chose(clause.value, value)
        case Operator.IS_NOT:
            return not _chose(clause.value, value)
        case Operator.ANSWERED:
            return not value.empty
        case Operator.AT_LEAST | Operator.AT_MOST:
            return _compares(clause, value)


def _chose(key: str, value: Value) -> bool:
    """Say whether an option is among those chosen; of a matrix it is written ``row/option``."""
    return key in value.chosen or any(f"{row}/{option}" == key for row, option in value.rows.items())


def _compares(clause: Clause, value: Value) -> bool:
    bound = number_of(clause.value)
    said = value.number if value.number is not None else Decimal(len(value.chosen)) if value.chosen else None
    if bound is None or said is None:
        return False
    return said >= bound if clause.operator is Operator.AT_LEAST else said <= bound
