"""What matching reads, who was introduced to whom, and who works with whom."""

from tequio.atlas.models.introductions import Declined, Introduction, Mention, State
from tequio.atlas.models.ties import Tie, TieState

__all__ = ["Declined", "Introduction", "Mention", "State", "Tie", "TieState"]
