"""What a file of ballots says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tequio.elections.rules.ballots import Places, grouped

Count = tuple[int, Places]


@dataclass(frozen=True)
class Sheet:
    """Candidates or projects as the file names them, and its ballots in one of three kinds.

    ``rankings`` hold places, ``approvals`` who is approved, ``scores`` points; one of them is filled. ``rule`` and ``step`` are
    what a ballot box was counted by, where the file says it.
    """

    names: tuple[str, ...]
    rankings: tuple[tuple[int, Places], ...] | None = None
    approvals: tuple[tuple[int, tuple[int, ...]], ...] | None = None
    scores: tuple[tuple[int, tuple[tuple[int, int], ...]], ...] | None = None
    title: str = ""
    seats: int | None = None
    costs: tuple[Fraction, ...] = ()
    budget: Fraction | None = None
    withdrawn: tuple[str, ...] = ()
    order: tuple[str, ...] | None = None
    rule: str = ""
    step: Fraction = Fraction(1)
    names_by_key: dict[str, str] = field(default_factory=dict)
    """What a project is called in words, where the file tells it apart by a number."""


class Unreadable(ValueError):
    """A file that is no such file; ``code`` says why, ``line`` where, ``about`` names what it is about."""

    def __init__(self, code: str, *, line: int = 0, about: object = "") -> None:
        super().__init__(code)
        self.code, self.line, self.about = code, line, str(about)[:80]


def told_apart(names: list[str]) -> tuple[str, ...]:
    """Give two candidates of one name a number each, so that a count can tell them apart."""
    return tuple(
        f"{name} ({number})" if names.count(name) > 1 else name for number, name in enumerate(names, start=1)
    )


def whole(text: str, *, line: int, least: int = 0) -> int:
    """Read a whole number; raise Unreadable."""
    try:
        number = int(text) if text.isascii() and len(text) < 20 else least - 1
    except ValueError:
        number = least - 1
    if number < least:
        raise Unreadable("number", line=line, about=text)
    return number


def amount(text: str, *, line: int) -> Fraction:
    """Read an amount such as ``400000.0``, exactly; raise Unreadable."""
    said = text.strip()
    if not (said.isascii() and len(said) < 40 and said.replace(".", "", 1).replace(",", "", 1).isdigit()):
        raise Unreadable("amount", line=line, about=text)
    return Fraction(said.replace(",", "."))


def put_together(papers: list[Count]) -> tuple[Count, ...]:
    """Group rankings that are equal."""
    return grouped(papers)
