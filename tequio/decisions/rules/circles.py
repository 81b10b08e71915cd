"""What a decision inside a circle obeys besides the engine, for records that strangers recompute. Source: GOV-09, G-4, G-6."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tequio.decisions.rules.engine import Kind, Model, Rule
from tequio.register.rules.flaws import Flaw

# These decide by consent alone, also where the network votes; in a working group the network's own steps hold.
BY_CONSENT = frozenset({"CIRCLE", "HELPING", "COORDINATION"})


def model_inside(kind: str, model: str) -> str:
    """Return by which model a group of this kind decides in a network of this model."""
    return Model.HORIZONTAL.value if kind in BY_CONSENT else model


def problems_inside(facts: Mapping[str, Any], rule: Rule) -> list[str]:
    """Say what speaks against a record of a decision inside a circle; nothing for one of the whole network."""
    circle = facts.get("circle")
    problems: list[str] = []
    if circle is None:
        return []
    if circle["kind"] in BY_CONSENT and rule.model is not Model.HORIZONTAL:
        problems.append(Flaw("Here only consent decides, but the rule has a vote."))
    if rule.kind is Kind.REMOVAL and facts["concerns"] in [voice["member"] for voice in facts["voices"]]:
        problems.append(Flaw("Whoever would be removed has a voice in it."))
    if rule.kind not in (Kind.GENERAL, Kind.REMOVAL) or any("proxy" in voice for voice in facts["voices"]):
        problems.append(Flaw("This is not decided inside a circle."))
    return problems
