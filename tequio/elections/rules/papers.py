"""What a paper of a ballot may say, its code, and the count of a closed ballot from its published facts.

A paper is plain data: ``{"answer": "yes"}``, ``{"approve": [2, 3]}``, ``{"points": {"2": 5}}``, ``{"ranking": [3, 1]}``
or ``{"blank": true}`` for who prefers not to say; options are told by their numbers. Its code is the SHA-256 of the receipt
that the voter keeps, a line end, and what the paper says as JSON without spaces: who has the receipt finds the paper, and nobody else
can tell whose it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from tequio.elections.rules import approval, committees, counting, equal_shares, schulze, scottish_stv, yes_no
from tequio.elections.rules.ballots import Approvals, CannotCount, Outcome, Rankings, Scores, grouped
from tequio.elections.rules.drawing_ties import drawn_order, sealed, seed_of
from tequio.register.rules.flaws import Flaw

YES_NO, APPROVAL, SCORE = "YES_NO", "APPROVAL", "SCORE"
RANKED_ONE, RANKED_SEATS = "RANKED_ONE", "RANKED_SEATS"
OBJECTIVES, FUND = "OBJECTIVES", "FUND"
KINDS = (YES_NO, APPROVAL, SCORE, RANKED_ONE, RANKED_SEATS, OBJECTIVES, FUND)
RULES = {
    YES_NO: yes_no.RULE,
    APPROVAL: approval.APPROVAL,
    SCORE: approval.SCORE,
    RANKED_ONE: schulze.RULE,
    RANKED_SEATS: scottish_stv.RULE,
    OBJECTIVES: committees.OBJECTIVES,
    FUND: equal_shares.ADD1,
}
RECEIPT = re.compile(r"[0-9a-f]{32}")
FEW = 10
"""Below so many voters a ballot can hardly be secret."""
SHOWN_FROM = 5
"""How many must have taken part before anybody is told who did."""

HEAVIEST = 1000
"""The most that one paper counts."""

Paper = Mapping[str, Any]


class Malformed(ValueError):
    """A paper says what this ballot does not ask; ``code`` tells what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(
    paper: Any, *, kind: str, options: Collection[int], most: int = 0, highest: int = 0
) -> dict[str, Any]:
    """Return the paper in the one way it is written; raise Malformed.

    ``most`` is how many may be approved (0: any number), ``highest`` the most points for an option.
    """
    if not isinstance(paper, Mapping) or len(paper) != 1:
        raise Malformed("shape")
    said, value = next(iter(paper.items()))
    if said == "blank":
        if value is not True or kind == YES_NO:
            raise Malformed("shape")
        return {"blank": True}
    if said != SAID[kind]:
        raise Malformed("shape")
    if said == "answer":
        if value not in yes_no.ANSWERS:
            raise Malformed("shape")
        return {"answer": value}
    if said == "points":
        return {"points": _points(value, options, highest)}
    chosen = _numbers(value, options)
    if said == "approve":
        if most and len(chosen) > most:
            raise Malformed("many")
        return {"approve": sorted(chosen)}
    return {"ranking": chosen}


SAID = {
    YES_NO: "answer",
    APPROVAL: "approve",
    SCORE: "points",
    RANKED_ONE: "ranking",
    RANKED_SEATS: "ranking",
    OBJECTIVES: "approve",
    FUND: "approve",
}


def _numbers(value: Any, options: Collection[int]) -> list[int]:
    if not isinstance(value, list) or any(type(one) is not int for one in value):
        raise Malformed("shape")
    if not set(value) <= set(options):
        raise Malformed("foreign")
    if len(set(value)) < len(value):
        raise Malformed("twice")
    if not value:
        raise Malformed("empty")
    return value


def _points(value: Any, options: Collection[int], highest: int) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise Malformed("shape")
    if not set(value) <= {str(one) for one in options}:
        raise Malformed("foreign")
    if any(type(points) is not int or not 0 <= points <= highest for points in value.values()):
        raise Malformed("points")
    given = {number: points for number, points in value.items() if points}
    if not given:
        raise Malformed("empty")
    return dict(sorted(given.items(), key=lambda one: int(one[0])))


def written(paper: Paper) -> str:
    """Write a paper as it is hashed and published: JSON, keys in order, no spaces."""
    return json.dumps(paper, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def code_of(paper: Paper, *, receipt: str) -> str:
    """Return the code under which a paper is published; only who has the receipt can make it."""
    return sha256(f"{receipt}\n{written(paper)}".encode()).hexdigest()


def step_for(budget: Fraction, voters: int) -> Fraction:
    """Return the step of Equal Shares: one unit of the fund's currency, more only where it would take thousands."""
    return Fraction(max(1, int(budget / max(1, voters) / 1000)))


def outcome_of(facts: Mapping[str, Any]) -> Outcome:
    """Count a closed ballot from its facts; raise KeyError, TypeError, ValueError or CannotCount where they are none."""
    kind = facts["kind"]
    names = {one["number"]: one["name"] for one in facts["options"]}
    papers = [one["says"] for one in facts["papers"]]
    counts = [one.get("weight", 1) for one in facts["papers"]]
    if kind == YES_NO:
        numerator, denominator = facts["majority"]
        said = [one["answer"] for one, many in zip(papers, counts, strict=True) for _turn in range(many)]
        return yes_no.count(said, majority=Fraction(numerator, denominator))
    options = tuple(names.values())
    places = {number: place for place, number in enumerate(names)}
    spoken = [(many, one) for many, one in zip(counts, papers, strict=True) if "blank" not in one]
    if not spoken:
        return Outcome(RULES[kind], (), (), {"votes": 0})
    order = drawn_order(options, seed=facts["tie"]["seed"])
    if kind in (RANKED_ONE, RANKED_SEATS):
        rankings = Rankings(
            options,
            grouped((many, tuple((places[one],) for one in paper["ranking"])) for many, paper in spoken),
        )
        rule = "schulze" if kind == RANKED_ONE else "scottish-stv"
        return counting.count_ranked(rule, rankings, seats=facts["seats"], order=order)
    if kind == SCORE:
        given = (
            (many, tuple(sorted((places[int(one)], points) for one, points in paper["points"].items())))
            for many, paper in spoken
        )
        return counting.count_scored(Scores(options, grouped(given)), seats=facts["seats"], order=order)
    return _of_approvals(facts, kind, options, places, list(zip(counts, papers, strict=True)), order)


def _of_approvals(
    facts: Mapping[str, Any],
    kind: str,
    options: tuple[str, ...],
    places: Mapping[int, int],
    papers: Sequence[tuple[int, Paper]],
    order: Sequence[str],
) -> Outcome:
    # In a fund and for objectives, who prefers not to say still has a part: everybody who came is counted.
    chosen = [
        (many, tuple(sorted(places[one] for one in paper.get("approve", ())))) for many, paper in papers
    ]
    if kind == APPROVAL:
        approvals = Approvals(options, grouped((many, one) for many, one in chosen if one))
        return counting.count_approved("approval", approvals, seats=facts["seats"], order=order)
    approvals = Approvals(options, grouped(chosen))
    if kind == OBJECTIVES:
        return counting.count_approved("objectives", approvals, order=order)
    costs = tuple(Fraction(one["cost"]) for one in facts["options"])
    budget = Fraction(facts["budget"])
    fund = Approvals(options, approvals.papers, costs, budget)
    return counting.count_fund("equal-shares-add1", fund, order=order, step=Fraction(facts["step"]))


def recompute(facts: Mapping[str, Any]) -> list[str]:
    """Count a ballot of the register again; answer the problems found."""
    try:
        return _problems(facts)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, CannotCount) as error:
        return [Flaw("These facts do not describe a ballot: %(error)s.", error=repr(error))]


def _problems(facts: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    papers, tie = facts["papers"], facts["tie"]
    codes = [one["code"] for one in papers]
    numbers = [one["number"] for one in facts["options"]]
    if len(set(codes)) < len(codes):
        found.append(Flaw("Two papers have the same code."))
    took_part = [one["uuid"] for one in facts["took_part"]]
    if len(papers) != len(took_part) or len(set(took_part)) < len(took_part):
        found.append(
            Flaw(
                "Papers: %(papers)s. Who took part: %(people)s.",
                papers=len(papers),
                people=len(set(took_part)),
            )
        )
    if len(papers) > facts["entitled"]:
        found.append(
            Flaw("Papers: %(papers)s. Voices: %(voices)s.", papers=len(papers), voices=facts["entitled"])
        )
    for one in papers:
        limits = {"most": facts["most"], "highest": facts["highest"]}
        if checked(one["says"], kind=facts["kind"], options=numbers, **limits) != one["says"]:
            found.append(Flaw("The paper %(code)s is not written as papers are.", code=one["code"]))
    found.extend(_weight_faults(facts))
    if sealed(tie["secret"]) != tie["sealed"] or seed_of(secret=tie["secret"], codes=codes) != tie["seed"]:
        found.append(Flaw("The lot that decides ties is not the one that was sealed at the opening."))
    if facts["rule"] != RULES[facts["kind"]]:
        found.append(Flaw("%(rule)s is not the rule of such a ballot.", rule=facts["rule"]))
    counted = list(outcome_of(facts).winners)
    if counted != facts["winners"]:
        found.append(
            Flaw(
                "The papers give “%(found)s”, not “%(said)s”.",
                found=", ".join(map(str, counted)),
                said=", ".join(map(str, facts["winners"])),
            )
        )
    return found


def _weight_faults(facts: Mapping[str, Any]) -> list[str]:
    """Tell of papers that count more or less than was frozen when the ballot opened."""
    frozen = facts.get("weights", {})
    if frozen and facts["secret"]:
        return [Flaw("A secret ballot has weights: they tell whose a paper is.")]
    return [
        Flaw(
            "The paper %(code)s counts %(weight)s times, not as its voice does.",
            code=one["code"],
            weight=one.get("weight", 1),
        )
        for one in facts["papers"]
        if one.get("weight", 1) != frozen.get(one.get("voter", ""), 1)
    ]
