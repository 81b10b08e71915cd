"""Which organizations can stand behind a network of each kind. Source: CTX-01, CTX-03."""

from enum import Enum


class Wrong(Enum):
    """What is missing, or too much."""

    ONE = "ONE"
    SEVERAL = "SEVERAL"
    COORDINATION = "COORDINATION"
    NONE = "NONE"


def wrong_with(kind: str, *, hosts: int, coordinating: bool) -> Wrong | None:
    """Say why so many organizations, with or without one that coordinates, cannot be a host of this kind; or None."""
    if kind == "NETWORK":
        return Wrong.NONE if hosts else None
    if kind == "ORGANIZATION":
        return None if hosts == 1 else Wrong.ONE
    if hosts < 2:
        return Wrong.SEVERAL
    if kind == "CONSORTIUM" and not coordinating:
        return Wrong.COORDINATION
    return None
