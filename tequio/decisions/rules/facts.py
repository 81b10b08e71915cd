"""What the register exports of a decision, and how an outsider computes it again."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tequio.decisions.rules.circles import problems_inside
from tequio.decisions.rules.engine import (
    Base,
    Kind,
    Matter,
    Model,
    Rule,
    Silence,
    Step,
    Tally,
    Voices,
    after_consent,
    after_vote,
    base_of,
    count_consent,
    count_vote,
    needed_of,
    quorum_of,
)
from tequio.decisions.rules.proxies import problems_of_proxies
from tequio.register.rules.flaws import Flaw


def facts_of(rule: Rule) -> dict[str, Any]:
    """Return the rule as plain facts."""
    return {
        "model": rule.model.value,
        "matter": rule.matter.value,
        "kind": rule.kind.value,
        "majority": [rule.majority.numerator, rule.majority.denominator],
        "base": rule.base.value,
        "quorum_percent": rule.quorum_percent,
        "silence": rule.silence.value,
        "tie_break": rule.tie_break,
        "strict": rule.strict,
        "least_yes": rule.least_yes,
        **({"urgent": True} if rule.urgent else {}),
    }


def rule_from(facts: Mapping[str, Any]) -> Rule:
    """Return the rule that facts describe; raise KeyError, TypeError or ValueError when they do not."""
    numerator, denominator = facts["majority"]
    return Rule(
        model=Model(facts["model"]),
        matter=Matter(facts["matter"]),
        kind=Kind(facts["kind"]),
        majority=Fraction(numerator, denominator),
        base=Base(facts["base"]),
        quorum_percent=facts["quorum_percent"],
        silence=Silence(facts["silence"]),
        tie_break=facts["tie_break"],
        urgent=facts.get("urgent", False),
        strict=facts.get("strict", False),
        least_yes=facts.get("least_yes", 0),
    )


def recompute_consent(facts: Mapping[str, Any]) -> list[str]:
    """Compute a consent round again from its exported facts; answer the problems found."""
    return _checked(facts, _problems_of_consent)


def recompute_consent_1(facts: Mapping[str, Any]) -> list[str]:
    """Compute a consent round of version 1 again: every objection counted."""
    return recompute_consent({**facts, "found_no_harm": 0})


def recompute_vote(facts: Mapping[str, Any]) -> list[str]:
    """Compute a vote again from its exported facts; answer the problems found."""
    return _checked(facts, _problems_of_vote)


def recompute_vote_1(facts: Mapping[str, Any]) -> list[str]:
    """Compute a vote of version 1 again: three quarters or more, with no least yes."""
    return recompute_vote({**_as_version_1(facts), "rule": str(facts.get("rule")).replace("/1", "/2")})


def recompute_tie_break(facts: Mapping[str, Any]) -> list[str]:
    """Check that a tie was there, that the coordination could decide it, and that it said why."""
    return _checked(facts, _problems_of_tie_break)


def recompute_tie_break_1(facts: Mapping[str, Any]) -> list[str]:
    """Check a tie-break of version 1."""
    return recompute_tie_break(_as_version_1(facts))


def _as_version_1(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**facts, "strict": False, "least_yes": 0}


def _checked(facts: Mapping[str, Any], problems: Any) -> list[str]:
    try:
        rule = rule_from(facts)
        found: list[str] = [*problems(facts, rule), *problems_inside(facts, rule)]
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        return [Flaw("These facts do not describe a decision: %(error)s.", error=repr(error))]
    return found


def _answers(facts: Mapping[str, Any]) -> list[str | None]:
    members = [voice["member"] for voice in facts["voices"]]
    if len(members) != len(set(members)):
        raise ValueError("a member is counted twice")
    return [voice["answer"] for voice in facts["voices"] if not voice["left"]]


def _problems_of_consent(facts: Mapping[str, Any], rule: Rule) -> list[str]:
    voices = count_consent(_answers(facts), objections=int(facts["open_objections"]))
    problems = _compare(facts, numbers_of_consent(voices, rule), after_consent(voices, rule, over=True))
    if voices.objections + int(facts.get("found_no_harm", 0)) < voices.object:
        problems.append(Flaw("More voices object than objections are open."))
    return problems


def _problems_of_vote(facts: Mapping[str, Any], rule: Rule) -> list[str]:
    tally = count_vote(_answers(facts))
    problems = _compare(facts, numbers_of_vote(tally, rule), after_vote(tally, rule, over=True))
    problems += problems_of_proxies(facts["voices"])
    if facts["rule"] != rule.vote_id:
        problems.append(Flaw("The rule is %(found)s, not %(said)s.", found=rule.vote_id, said=facts["rule"]))
    return problems


def _problems_of_tie_break(facts: Mapping[str, Any], rule: Rule) -> list[str]:
    tally = count_vote(_answers(facts))
    step = after_tie(tally, rule, adopt=facts["step"] == Step.ADOPTED_BY_COORDINATION.value)
    problems = _compare(facts, numbers_of_vote(tally, rule), step)
    problems += [
        Flaw("Of a tie-break “%(name)s” is missing.", name=name)
        for name in ("decided_by", "reason")
        if not facts[name]
    ]
    return problems


def after_tie(tally: Tally, rule: Rule, *, adopt: bool) -> Step:
    """Take the third step, or return where the vote itself led if it was no tie of this kind. Source: GOV-27."""
    step = after_vote(tally, rule, over=True)
    if step is not Step.COORDINATION_DECIDES:
        return step
    return Step.ADOPTED_BY_COORDINATION if adopt else Step.REJECTED_BY_COORDINATION


def numbers_of_consent(voices: Voices, rule: Rule) -> dict[str, int]:
    """Return the numbers of the record of a consent round."""
    return {
        "entitled": voices.entitled,
        "answered": voices.answered,
        "agree": voices.agree,
        "can_live_with": voices.can_live_with,
        "stand_aside": voices.stand_aside,
        "object": voices.object,
        "open_objections": voices.objections,
        "quorum": quorum_of(voices.entitled, rule),
    }


def numbers_of_vote(tally: Tally, rule: Rule) -> dict[str, int]:
    """Return the numbers of the record of a vote; ``needed`` is the least yes that would have carried it."""
    base = base_of(tally, rule)
    return {
        "entitled": tally.entitled,
        "answered": tally.answered,
        "yes": tally.yes,
        "no": tally.no,
        "abstain": tally.abstain,
        "base_count": base,
        "needed": needed_of(base, rule),
        "quorum": quorum_of(tally.entitled, rule),
    }


def _compare(facts: Mapping[str, Any], numbers: Mapping[str, int], step: Step) -> list[str]:
    problems: list[str] = [
        Flaw(
            "“%(name)s” is %(found)s, not %(said)s.",
            name=name,
            found=numbers[name],
            said=facts["numbers"].get(name),
        )
        for name in numbers
        if facts["numbers"].get(name) != numbers[name]
    ]
    if facts["step"] != step.value:
        problems.append(Flaw("The outcome is %(found)s, not %(said)s.", found=step.value, said=facts["step"]))
    return problems
