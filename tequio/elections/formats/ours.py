"""Our own JSON: what a ballot box publishes, and what a person can write by hand. docs/ballot-files.md shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tequio.elections.formats.sheet import Count, Sheet, Unreadable, amount, put_together
from tequio.elections.rules.ballots import grouped
from tequio.elections.rules.drawing_ties import drawn_order
from tequio.elections.rules.named import RULES

FORMAT = "tequio-ballots/1"
HALF = re.compile(r"\\u[dD][89a-fA-F]")  # half of a letter: alone it is no text


def read(text: str) -> Sheet:
    """Read our JSON; raise Unreadable with the line where JSON breaks, else with the number of the ballot."""
    try:
        said = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Unreadable("json", line=wrong.lineno, about=wrong.msg) from wrong
    except (RecursionError, ValueError) as wrong:
        raise Unreadable("json", line=1, about=wrong) from wrong
    if HALF.search(text):
        _require_text(said)
    if not isinstance(said, dict) or said.get("format", FORMAT) != FORMAT:
        raise Unreadable("json", line=1, about=f"format: {FORMAT}")
    lines = _lines_of_ballots(text)
    names, costs = _options(said.get("options", said.get("candidates")))
    numbers = {name: number for number, name in enumerate(names)}
    rankings: list[Count] = []
    approvals: list[tuple[int, tuple[int, ...]]] = []
    scores: list[tuple[int, tuple[tuple[int, int], ...]]] = []
    ballots = said.get("ballots")
    if not isinstance(ballots, list):
        raise Unreadable("key", line=1, about="ballots")
    for place, ballot in enumerate(ballots):
        line = lines[place] if place < len(lines) else 1
        if not isinstance(ballot, dict):
            raise Unreadable("ballot", line=line)
        many = ballot.get("count", 1)
        if type(many) is not int or many < 1:
            raise Unreadable("number", line=line, about=many)
        if "ranking" in ballot:
            rankings.append((many, _places(ballot["ranking"], numbers, line)))
        elif "approve" in ballot:
            chosen = [one for place in _places(ballot["approve"], numbers, line) for one in place]
            approvals.append((many, tuple(sorted(chosen))))
        elif "points" in ballot:
            scores.append((many, _points(ballot["points"], numbers, line)))
        else:
            raise Unreadable("ballot", line=line)
    if sum(map(bool, (rankings, approvals, scores))) > 1:
        raise Unreadable("kinds", line=lines[0] if lines else 1)
    budget = said.get("budget")
    return Sheet(
        names,
        rankings=put_together(rankings) if rankings else None,
        approvals=grouped(approvals) if approvals else None,
        scores=grouped(scores) if scores else None,
        title=str(said.get("title", "")),
        seats=_seats(said.get("seats")),
        costs=costs,
        budget=None if budget is None else amount(str(budget), line=1),
        withdrawn=tuple(_named(said.get("withdrawn", []), numbers, "withdrawn")),
        order=tuple(_named(said["tie_order"], numbers, "tie_order")) if said.get("tie_order") else None,
        rule=_rule(said.get("rule", "")),
        step=amount(str(said.get("step", 1)), line=1),
    )


def _require_text(said: Any) -> None:
    try:
        json.dumps(said, ensure_ascii=False).encode()
    except UnicodeEncodeError as wrong:
        raise Unreadable("encoding", line=1) from wrong


def _rule(said: Any) -> str:
    if said and said not in RULES:
        raise Unreadable("key", line=1, about="rule")
    return str(said)


def _options(said: Any) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
    if not isinstance(said, list) or not said:
        raise Unreadable("key", line=1, about="options")
    names, costs = [], []
    for one in said:
        name = one.get("name") if isinstance(one, dict) else one
        if not isinstance(name, str) or not name.strip():
            raise Unreadable("key", line=1, about="options")
        if name in names:
            raise Unreadable("twice", line=1, about=name)
        names.append(name)
        if isinstance(one, dict) and "cost" in one:
            costs.append(amount(str(one["cost"]), line=1))
    if costs and len(costs) != len(names):
        raise Unreadable("key", line=1, about="cost")
    return tuple(names), tuple(costs)


def _places(said: Any, numbers: dict[str, int], line: int) -> tuple[tuple[int, ...], ...]:
    if not isinstance(said, list):
        raise Unreadable("ballot", line=line)
    places = []
    seen: set[int] = set()
    for place in said:
        here = [_number(one, numbers, line) for one in (place if isinstance(place, list) else [place])]
        if len(set(here)) < len(here) or seen.intersection(here):
            raise Unreadable("twice", line=line, about=place)
        seen.update(here)
        if here:
            places.append(tuple(sorted(here)))
    return tuple(places)


def _points(said: Any, numbers: dict[str, int], line: int) -> tuple[tuple[int, int], ...]:
    if not isinstance(said, dict):
        raise Unreadable("ballot", line=line)
    for points in said.values():
        if type(points) is not int or points < 0:
            raise Unreadable("number", line=line, about=points)
    return tuple(sorted((_number(name, numbers, line), points) for name, points in said.items()))


def _number(name: Any, numbers: dict[str, int], line: int) -> int:
    if not isinstance(name, str) or name not in numbers:
        raise Unreadable("candidate", line=line, about=name)
    return numbers[name]


def _named(said: Any, numbers: dict[str, int], key: str) -> list[str]:
    if not isinstance(said, list) or any(not isinstance(one, str) or one not in numbers for one in said):
        raise Unreadable("key", line=1, about=key)
    return said


def _seats(said: Any) -> int | None:
    if said is None:
        return None
    if type(said) is not int or said < 1:
        raise Unreadable("key", line=1, about="seats")
    return said


def _lines_of_ballots(text: str) -> list[int]:
    """Find the line on which each ballot begins, so that a mistake can be pointed at."""
    decoder = json.JSONDecoder()
    start = text.find('"ballots"')
    place = text.find("[", start) + 1
    lines: list[int] = []
    line, counted = 1, 0
    while start >= 0 and place < len(text):
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
        if place >= len(text) or text[place] == "]":
            break
        line += text.count("\n", counted, place)
        counted = place
        lines.append(line)
        try:
            _ballot, place = decoder.raw_decode(text, place)
        except ValueError:
            break
    return lines


def written(
    *,
    title: str,
    seats: int,
    options: Sequence[tuple[int, str, Decimal | None]],
    budget: Decimal | None,
    tie_seed: str,
    rule: str,
    step: str | None,
    papers: Sequence[tuple[str, Mapping[str, Any], str]],
) -> dict[str, Any]:
    """Return the papers of a closed ballot as our JSON: (code, what it says, whose it is where it was named).

    ``rule`` is its identifier in the register; yes or no is counted there by a majority, and here as approvals.
    """
    name = rule.removeprefix("elections.").partition("/")[0]
    names = {number: name for number, name, _cost in options}
    # A ballot for yes or no lists its three answers, and each paper approves one.
    called = list(names.values()) or ["yes", "no", "abstain"]
    costs = [cost for _number, _name, cost in options if cost is not None]
    listed = (
        [{"name": name, "cost": str(cost)} for name, cost in zip(called, costs, strict=True)]
        if costs
        else called
    )
    kinds = {key for _code, says, _whose in papers for key in says}
    # A blank paper is of the kind of the others, and says nothing.
    blank: dict[str, Any] = (
        {"ranking": []} if "ranking" in kinds else {"points": {}} if "points" in kinds else {"approve": []}
    )
    return {
        "format": FORMAT,
        "title": title,
        "seats": seats,
        "rule": name if name in RULES else "approval",
        **({"step": step} if step is not None else {}),
        **({"budget": str(budget)} if budget is not None else {}),
        "options": listed,
        "tie_order": list(drawn_order(called, seed=tie_seed)),
        "ballots": [_ballot(code, says, whose, names, blank) for code, says, whose in papers],
    }


def _ballot(
    code: str, says: Mapping[str, Any], whose: str, names: Mapping[int, str], blank: dict[str, Any]
) -> dict[str, Any]:
    said: dict[str, Any] = {"code": code} | ({"voter": whose} if whose else {})
    if "answer" in says:
        return said | {"approve": [says["answer"]]}
    if "ranking" in says:
        return said | {"ranking": [names[one] for one in says["ranking"]]}
    if "points" in says:
        return said | {"points": {names[int(one)]: points for one, points in says["points"].items()}}
    if "approve" in says:
        return said | {"approve": [names[one] for one in says["approve"]]}
    return said | {"blank": True} | blank
