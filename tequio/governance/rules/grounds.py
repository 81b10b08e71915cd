"""On what a seat may rest: which entries of the register are decisions about it. Source: GOV-16, C4."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from tequio.governance.rules.kinds import Kind, Role

OPENED = "governance.circle_opened"
CHARTER = "founding.charter_in_force"
DECIDED = "decisions.adopted"
CHOSEN = frozenset(
    {"elections.elected", "elections.confirmed", "elections.lot_drawn", "elections.ballot_counted"}
)
"""What of an election chooses somebody: not that a list opened, nor that somebody wrote quotas."""
BY_CONSENT = frozenset({"ELECTED", "ADOPTED_BY_CONSENT"})  # how a decision ended, as its entry says it


class Wrong(StrEnum):
    """Why an entry does not justify a seat."""

    NO_DECISION = "NO_DECISION"
    NOT_BY_CONSENT = "NOT_BY_CONSENT"
    ONLY_FIRST_MEMBERS = "ONLY_FIRST_MEMBERS"
    OTHER_CIRCLE = "OTHER_CIRCLE"


def wrong_with(
    kind: str, facts: Mapping[str, Any], *, role: str, circle: str, near: Collection[str] = ()
) -> Wrong | None:
    """Return why an entry does not justify a role in a circle, or None when it does.

    Whoever leads a circle is chosen without objections: by a decision that ended by consent, or by an election whose
    facts say ``how: consent``. What a circle decided inside seats people in that circle and in those tied to it
    (``near``: the identifiers of the circle, the one around it, those inside). Source: GOV-16, GOV-15, C4.
    """
    if kind == OPENED:
        return None if role == Role.MEMBER else Wrong.ONLY_FIRST_MEMBERS
    decided_in = facts.get("circle") if kind == DECIDED else None
    if isinstance(decided_in, Mapping) and near and decided_in.get("uuid") not in near:
        return Wrong.OTHER_CIRCLE
    if kind not in CHOSEN and kind not in (DECIDED, CHARTER):
        return Wrong.NO_DECISION
    if role == Role.LEADER and circle == Kind.CIRCLE and not _without_objections(kind, facts):
        return Wrong.NOT_BY_CONSENT
    return None


def _without_objections(kind: str, facts: Mapping[str, Any]) -> bool:
    if kind == DECIDED:
        return facts.get("step") in BY_CONSENT
    return kind in CHOSEN and facts.get("how") == "consent"
