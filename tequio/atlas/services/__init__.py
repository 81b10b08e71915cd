"""Every write of the atlas."""

from tequio.atlas.services.census import take_census
from tequio.atlas.services.ties import answer_tie, declare_tie, end_tie

__all__ = ["answer_tie", "declare_tie", "end_tie", "take_census"]
