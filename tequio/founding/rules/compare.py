"""What the two models mean for this network: counted with the rules that decide, never typed.

Source: GOV-03, GOV-05, GOV-26.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tequio.decisions import rules as deciding

# So many people can still hear one another in a round; two of each circle meet in the middle. Both are Tequio's.
CIRCLE = 8
MIDDLE = 16
EXAMPLE = 12
HORIZONTAL, VERTICAL, MIXED = "HORIZONTAL", "VERTICAL", "MIXED"


@dataclass(frozen=True)
class Circles:
    """How a number of members sits in circles; ``middle`` counts those who meet for all the others.

    Strained when the middle itself is too large to talk. Source: GOV-05.
    """

    circles: int
    middle: int
    strained: bool


def circles_of(members: int) -> Circles:
    """Return the circles that so many members make."""
    circles = -(-members // CIRCLE)
    middle = 2 * circles if circles > 1 else 0
    return Circles(circles, middle, middle > MIDDLE)


@dataclass(frozen=True)
class Ourselves:
    """What founders said of this network; ``counted`` says whether the number is theirs or an example."""

    members: int
    counted: bool
    speed: str
    trust: str
    distance: str


def ourselves(values: Mapping[str, Any]) -> Ourselves:
    """Return what stands about the network's size, speed, trust and distance."""
    size = values.get("size")
    return Ourselves(
        members=int(size or EXAMPLE),
        counted=bool(size),
        speed=values.get("speed") or "",
        trust=values.get("trust") or "",
        distance=values.get("distance") or "",
    )


LEANS: Mapping[str, Mapping[str, str]] = {
    "speed": {"CAN_WAIT": HORIZONTAL, "OFTEN": VERTICAL},
    "trust": {"WELL": HORIZONTAL, "LITTLE": VERTICAL},
    "distance": {"CITY": HORIZONTAL, "COUNTRIES": VERTICAL},
}


def leanings(us: Ourselves) -> dict[str, str]:
    """Return, for each thing that was said, the model it speaks for; empty for neither."""
    found = {"size": VERTICAL if circles_of(us.members).strained else HORIZONTAL} if us.counted else {}
    for matter, leans in LEANS.items():
        value = getattr(us, matter)
        if value:
            found[matter] = leans.get(value, "")
    return found


def proposal_for(us: Ourselves) -> str:
    """Return the model that all of it speaks for, a mixed one where it does not, or nothing before anything was said."""
    models = {model for model in leanings(us).values() if model}
    if len(models) == 2:
        return MIXED
    return next(iter(models), "")


def answers_for(proposal: str, us: Ourselves) -> dict[str, Any]:
    """Return the answers that make a proposal.

    Mixed: consent first, daily work in small groups, ties there broken by a coordination drawn by lot for a short
    time. Source: GOV-05.
    """
    if proposal != MIXED:
        return {"model": proposal}
    return {
        "model": VERTICAL,
        "tie_break": "YES",
        "coordination": "LOT",
        "mandate_months": 6,
        "round_hours": "24" if us.speed == "OFTEN" else "72",
    }


def rule_of(values: Mapping[str, Any], *, matter: deciding.Matter) -> deciding.Rule:
    """Return the rule by which a round would be decided with these answers."""
    return deciding.Rule(
        model=deciding.Model(values.get("model") or VERTICAL),
        matter=matter,
        base=deciding.Base(values["base"]),
        quorum_percent=None if values["quorum"] == "NONE" else int(values["quorum"]),
        silence=deciding.Silence(values["silence"]),
        tie_break=values["tie_break"] == "YES",
        strict=values.get("strict") == "YES",
        least_yes=int(values.get("least_yes") or 0),
    )


PLAIN = deciding.Rule(deciding.Model.VERTICAL, deciding.Matter.STRATEGIC)


def least_yes(members: int, rule: deciding.Rule = PLAIN) -> int:
    """Return how many of ``members`` voices carry a vote when all vote: 9 of 12 for three quarters. Source: GOV-26."""
    few, many = 1, members
    while few < many:
        half = (few + many) // 2
        carried = deciding.carries(deciding.Tally(members, half, members - half), rule)
        few, many = (few, half) if carried else (half + 1, many)
    return few


@dataclass(frozen=True)
class Split:
    """An example of how voices may fall."""

    yes: int
    no: int
    silent: int


def split_of(members: int) -> Split:
    """Return a sixth against and a sixth silent, each at least one where there are three or more."""
    few = max(1, members // 6) if members >= 3 else 0
    return Split(members - 2 * few, few, few)
