"""What matching reads, and who was introduced to whom."""

from tequio.atlas.models.introductions import Declined, Introduction, Mention, State

__all__ = ["Declined", "Introduction", "Mention", "State"]
