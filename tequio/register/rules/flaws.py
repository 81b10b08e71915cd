"""What does not hold, as a sentence and its values, so that whoever has a catalog says it in their reader's language.

It reads as English by itself: the program that strangers get needs nothing but this module.
"""

from __future__ import annotations

from typing import Any


class Flaw(str):
    """A reason: the text with its values, and beside it the sentence and the values that made it."""

    __slots__ = ("sentence", "values")
    sentence: str
    values: dict[str, Any]

    def __new__(cls, sentence: str, **values: Any) -> Flaw:
        """Fill the sentence, which is written with %(name)s."""
        made = super().__new__(cls, sentence % values)
        made.sentence, made.values = sentence, values
        return made
