"""Every write of the atlas."""

from tequio.atlas.services.census import take_census
from tequio.atlas.services.showcase import count_showcase, open_showcase, shut_showcase
from tequio.atlas.services.ties import answer_tie, declare_tie, end_tie

__all__ = [
    "answer_tie",
    "count_showcase",
    "declare_tie",
    "end_tie",
    "open_showcase",
    "shut_showcase",
    "take_census",
]
