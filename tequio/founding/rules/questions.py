"""What a question of the path is made of."""

from dataclasses import dataclass
from enum import StrEnum

UNKNOWN = "unknown"


class Kind(StrEnum):
    """How a question is answered; TEXT, LIST and ROWS are written together, the others by each founder."""

    TEXT = "text"
    LIST = "list"
    ROWS = "rows"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    MONEY = "money"


class PartKind(StrEnum):
    """What stands in one part of a row; ROW is a row of another question."""

    LINE = "line"
    LONG = "long"
    PICK = "pick"
    MARK = "mark"
    DATE = "date"
    ROW = "row"


@dataclass(frozen=True)
class Part:
    """One part of a row. ``spoken`` parts hold a text per language; ``of`` is the question a ROW picks from.

    A row that lacks a ``needed`` part is asked to be completed.
    """

    code: str
    kind: PartKind = PartKind.LINE
    options: tuple[str, ...] = ()
    needed: bool = False
    spoken: bool = False
    of: str = ""
    longest: int = 200


@dataclass(frozen=True)
class Question:
    """One thing to settle. ``governs`` is the setting or statement that the answer becomes.

    ``holds`` is what applies while nobody has answered; ``depends_on`` another question and the answers to it
    that make this one arise; ``parts`` are the fields of a row, ``least`` how many rows the network needs.
    ``minutes`` are those of who writes the answer; whoever finds it written reads it in a third of them. What ``waits``
    is better written by several: who founds alone can leave it to the others, who add it to its article later.
    """

    code: str
    step: int
    topic: str
    kind: Kind
    governs: str
    minutes: int = 1
    options: tuple[str, ...] = ()
    holds: str | int | None = None
    bounds: tuple[int, int] = (0, 0)
    required_for_use: bool = False
    depends_on: tuple[str, tuple[str, ...]] | None = None
    parts: tuple[Part, ...] = ()
    least: int = 0
    waits: bool = False

    @property
    def shared(self) -> bool:
        """Say whether founders write this one together, instead of answering each on their own."""
        return self.kind in (Kind.TEXT, Kind.LIST, Kind.ROWS)

    @property
    def spoken(self) -> bool:
        """Say whether each language has a text of its own; a table is one, with languages inside its rows."""
        return self.kind in (Kind.TEXT, Kind.LIST)


@dataclass(frozen=True)
class Topic:
    """Questions that are answered on one page."""

    code: str
    step: int
    questions: tuple[Question, ...]

    @property
    def minutes(self) -> int:
        return sum(question.minutes for question in self.questions)
