"""What a member's voice says, given what was said to each article. Source: GOV-09, GOV-10."""

from collections.abc import Sequence

Spoken = tuple[int, str, str, str]


def voice_of(spoken: Sequence[Spoken]) -> tuple[str, str]:
    """Return the position in the round, and its words, from (number, heading, stance, words) of each article.

    One objection is enough to object; concerns travel with consent.
    """
    objections = _told(spoken, "OBJECT")
    if objections:
        return "OBJECT", objections
    return "CAN_LIVE_WITH", _told(spoken, "CONCERN")


def _told(spoken: Sequence[Spoken], wanted: str) -> str:
    told = sorted((number, heading, words) for number, heading, stance, words in spoken if stance == wanted)
    return "\n".join(f"{number}. {heading}: {words}" for number, heading, words in told)[:4_000]
