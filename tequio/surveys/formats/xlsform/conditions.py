"""Our conditions and limits as expressions of XLSForm, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tequio.surveys.formats.xlsform.expressions import Compare, Joined, Node, NotSaid, flat, negated, parse
from tequio.surveys.rules.conditions import number_of, simple
from tequio.surveys.rules.faults import can_choose, operators
from tequio.surveys.rules.instrument import Clause, Condition, Kind, Operator, Question

QuestionOf = Callable[[str], Question]


# Out


def relevant(condition: Condition | None, question_of: QuestionOf) -> str:
    """Return the expression of a condition."""
    if condition is None:
        return ""
    clauses = [
        f"({relevant(one, question_of)})"
        if isinstance(one, Condition)
        else _clause(one, question_of(one.question))
        for one in condition.clauses
    ]
    return (" or " if condition.any_of else " and ").join(clauses)


def _clause(clause: Clause, on: Question) -> str:
    if on.kind is Kind.MATRIX:
        return _of_matrix(clause, on)
    ref = f"${{{on.key}}}"
    match clause.operator:
        case Operator.IS:
            return f"selected({ref}, '{clause.value}')"
        case Operator.IS_NOT:
            return f"not(selected({ref}, '{clause.value}'))"
        case Operator.ANSWERED:
            return f"{ref} != ''"
    sign = ">=" if clause.operator is Operator.AT_LEAST else "<="
    if on.kind is Kind.NUMBER:
        return f"{ref} {sign} {clause.value}"
    counted = f"count-selected({ref}) {sign} {clause.value}"
    return counted if sign == ">=" else f"({ref} != '' and {counted})"


def _of_matrix(clause: Clause, on: Question) -> str:
    if clause.operator is Operator.ANSWERED:
        return "(" + " or ".join(f"${{{on.key}.{row.key}}} != ''" for row in on.rows) + ")"
    row, _slash, option = clause.value.partition("/")
    sign = "=" if clause.operator is Operator.IS else "!="
    return f"${{{on.key}.{row}}} {sign} '{option}'"


def constraint(question: Question) -> str:
    """Return the expression of what limits an answer."""
    parts = []
    if question.lowest is not None:
        parts.append(f". >= {question.lowest:f}")
    if question.highest is not None:
        parts.append(f". <= {question.highest:f}")
    if question.at_most is not None:
        parts.append(f"count-selected(.) <= {question.at_most}")
    if question.kind is Kind.MULTI:
        alone = [f"selected(., '{option.key}')" for option in question.options if option.alone]
        if alone:
            parts.append(f"not(({' or '.join(alone)}) and count-selected(.) > 1)")
    return " and ".join(parts)


# In


@dataclass(frozen=True)
class Known:
    """A question that a condition can rest on; ``row`` where its name is that of a row of a matrix."""

    question: Question
    row: str = ""
    whole: bool = False  # its numbers are whole


def condition_of(expression: str, known: Mapping[str, Known]) -> Condition:
    """Return the condition that an expression says; raise ``NotSaid`` when ours cannot say it."""
    found = simple(_condition(parse(expression), known))
    if found is None:
        raise NotSaid(expression[:80])
    return found


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    """Return the condition that both hold."""
    return simple(Condition((one, other))) if one and other else one or other


def _condition(node: Node, known: Mapping[str, Known]) -> Condition:
    if isinstance(node, Compare):
        return Condition(tuple(_clauses(node, known)))
    if rows := _any_row(node, known):
        return Condition((rows,))
    return Condition(tuple(_condition(part, known) for part in node.parts), node.any_of)


def _clauses(said: Compare, known: Mapping[str, Known]) -> list[Clause]:
    if said.ref not in known:
        raise NotSaid(said.ref)
    on = known[said.ref]
    if said.counted:
        found = _bounds(on.question.key, said, whole=True)
    elif said.value == "" and not said.number:
        found = [_answered(on, said.op)]
    elif on.question.kind is Kind.NUMBER:
        found = _bounds(on.question.key, said, whole=on.whole)
    else:
        found = [_chosen(on, said)]
    if any(clause.operator not in operators(on.question) for clause in found):
        raise NotSaid(said.ref)
    return found


def _any_row(node: Joined, known: Mapping[str, Known]) -> Clause | None:
    """Return that a matrix was answered, where something was said in any of all its rows."""
    said = [part for part in node.parts if isinstance(part, Compare)]
    if len(said) < len(node.parts) or not node.any_of or any(one.op != "!=" or one.value for one in said):
        return None
    on = [known[one.ref] for one in said if one.ref in known and not one.counted]
    keys = {one.question.key for one in on}
    if (
        len(on) < len(said)
        or len(keys) > 1
        or {one.row for one in on} != {row.key for row in on[0].question.rows}
    ):
        return None
    return Clause(on[0].question.key, Operator.ANSWERED)


def _answered(on: Known, op: str) -> Clause:
    if op != "!=" or (on.row and len(on.question.rows) > 1):
        raise NotSaid(op)
    return Clause(on.question.key, Operator.ANSWERED)


def _chosen(on: Known, said: Compare) -> Clause:
    value = f"{on.row}/{said.value}" if on.row else said.value
    if said.op not in ("=", "!=") or not can_choose(on.question, value):
        raise NotSaid(said.value)
    return Clause(on.question.key, Operator.IS if said.op == "=" else Operator.IS_NOT, value)


def _bounds(key: str, said: Compare, *, whole: bool) -> list[Clause]:
    """Only of whole numbers is "more than 4" the same as "5 at least"."""
    number = number_of(said.value)
    if number is None or said.op == "!=" or (said.op in "<>" and not (whole and number == int(number))):
        raise NotSaid(said.value)
    step = {">": 1, "<": -1}.get(said.op, 0)
    bound = str(number + step) if step else said.value
    sorts = {
        ">": (Operator.AT_LEAST,),
        ">=": (Operator.AT_LEAST,),
        "<": (Operator.AT_MOST,),
        "<=": (Operator.AT_MOST,),
    }
    return [Clause(key, one, bound) for one in sorts.get(said.op, (Operator.AT_LEAST, Operator.AT_MOST))]


@dataclass(frozen=True)
class Limits:
    """What a constraint says of an answer."""

    lowest: Decimal | None = None
    highest: Decimal | None = None
    at_most: int | None = None
    alone: tuple[str, ...] = ()


def limits_of(expression: str, *, whole: bool) -> Limits:
    """Return what a constraint says; raise ``NotSaid`` for what is more than bounds, a maximum, and what goes alone."""
    node = parse(expression)
    parts = node.parts if isinstance(node, Joined) and not node.any_of else (node,)
    found = Limits()
    for part in parts:
        found = _limited(found, part, whole=whole)
    return found


def _limited(found: Limits, part: Node, *, whole: bool) -> Limits:
    if isinstance(part, Joined):
        return _with(found, alone=(*found.alone, *_alone(part)))
    if part.ref != "." or not part.number:
        raise NotSaid(part.ref)
    if part.counted:
        if part.op not in ("<=", "<"):
            raise NotSaid(part.op)
        return _with(found, at_most=int(part.value) - (part.op == "<"))
    for clause in _bounds(".", part, whole=whole):
        bound = Decimal(clause.value)
        at_least = clause.operator is Operator.AT_LEAST
        found = _with(found, lowest=bound) if at_least else _with(found, highest=bound)
    return found


def _with(found: Limits, **more: object) -> Limits:
    for name, _value in more.items():
        if name != "alone" and getattr(found, name) is not None:
            raise NotSaid(name)
    return Limits(**{**found.__dict__, **more})


def _alone(part: Joined) -> tuple[str, ...]:
    """Read ``not((selected(., 'a') or selected(., 'b')) and count-selected(.) > 1)``, which parsing has turned over."""
    kept = negated(part)
    if not isinstance(kept, Joined) or kept.any_of or len(kept.parts) != 2:
        raise NotSaid("alone")
    several = [one for one in kept.parts if one in (_SEVERAL, _TWO)]
    keys = [flat(one)[0] for one in kept.parts if one not in (_SEVERAL, _TWO)]
    if len(several) != 1 or any(one.ref != "." or one.op != "=" or one.counted for one in keys[0]):
        raise NotSaid("alone")
    return tuple(one.value for one in keys[0])


_SEVERAL = Compare(".", ">", "1", counted=True, number=True)
_TWO = Compare(".", ">=", "2", counted=True, number=True)
