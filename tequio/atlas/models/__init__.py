"""What matching reads, who was introduced to whom, who works with whom, and what was counted of people."""

from tequio.atlas.models.beyond import Bridge, BridgeState, Prospect
from tequio.atlas.models.census import Census
from tequio.atlas.models.introductions import Declined, Introduction, Mention, State
from tequio.atlas.models.showcase import Showcase
from tequio.atlas.models.ties import Tie, TieState

__all__ = [
    "Bridge",
    "BridgeState",
    "Census",
    "Declined",
    "Introduction",
    "Mention",
    "Prospect",
    "Showcase",
    "State",
    "Tie",
    "TieState",
]
