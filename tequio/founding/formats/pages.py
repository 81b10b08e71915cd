"""What a document holds, whatever its format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Piece:
    """An article: ``body`` is Markdown, in ``language``, which may be another than the document's.

    Where a part of it is missing there, ``mark`` says so, and ``whole`` is all of it, in ``whole_language``.
    """

    number: int
    heading: str
    body: str
    language: str
    mark: str = ""
    whole: str = ""
    whole_language: str = ""


@dataclass(frozen=True)
class Paper:
    """A whole document in one language, with the line that says which version it is, and its author's name."""

    title: str
    said: str
    author: str
    language: str
    pieces: Sequence[Piece]


def printable(text: str) -> str:
    """Return a text without the marks that no document can hold."""
    return _UNPRINTABLE.sub("", text)


def language_tag(language: str) -> str:
    """Return a language as documents name it: "pt-BR"."""
    first, _dash, region = language.partition("-")
    return f"{first}-{region.upper()}" if region else first
