"""How each article of a charter may be changed once it is in force. Source: GOV-25 to GOV-28."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Articles about the daily work; all others say who the network is and how it decides.
PRACTICAL = frozenset({"needs", "sources", "benefits", "channels", "rhythms", "areas"})
CONSENT, TWO_WAYS = "CONSENT", "TWO_WAYS"
# Topics that no article governs: what the network sees around it, and what it is about to do. They are never finished.
LIVING = frozenset({"context", "actors", "plan", "work", "longlist"})


@dataclass(frozen=True)
class Way:
    """How an article changes: only by consent or like any other decision, and as which matter."""

    consent_only: bool
    strategic: bool


def way_of(article: str, settings: Mapping[str, Any]) -> Way:
    """Return how an article may be changed under these settings.

    The articles about the daily work are operational. They go like any other decision where the charter says so,
    and by consent alone where it does not; the others always change by consent alone.
    """
    practical = article in PRACTICAL
    two_ways = settings.get("governance", {}).get("charter_change") == TWO_WAYS
    return Way(consent_only=not (practical and two_ways), strategic=not practical)
