"""What matching reads, who was introduced to whom, who works with whom, and what was counted of people."""

from tequio.atlas.models.census import Census
from tequio.atlas.models.introductions import Declined, Introduction, Mention, State
from tequio.atlas.models.ties import Tie, TieState

__all__ = ["Census", "Declined", "Introduction", "Mention", "State", "Tie", "TieState"]
