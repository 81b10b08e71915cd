"""What an applicant said of each criterion, and what that leaves to be looked at. Pure: plain values in and out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

YES_NO = "YES_NO"
YES = "YES"
# The keys under which surveys ask for what the form asks, to the form's own. Source: SUR-21, SUR-22, COM-02, MEM-05.
NEEDS_CALLED = {
    "funding_networks": "FUNDING",
    "connection": "ARTICULATION",
    "capacities": "EXCHANGE",
    "methods": "EXCHANGE",
    "visibility": "REACH",
}
OFFERS_CALLED = {
    "training": "EXPERTS",
    "volunteers": "VOLUNTEERS",
    "advisory_hours": "EXPERTISE",
    "research": "EXPERTISE",
    "communication": "DISSEMINATION",
}
BROUGHT = (
    "themes",
    "populations",
    "languages",
    "aliases",
)  # of what an organization carries along, what no form asks


@dataclass(frozen=True)
class Answered:
    """One criterion as it stood, and what was said of it.

    ``kind`` is how it is answered (``YES_NO``, ``TEXT``, ``NUMBER``): ``meets`` holds a yes or no, ``said`` words or a
    number. ``checked`` is what those in charge found when they looked; None before. Source: REA-09, MEM-02, MEM-03.
    """

    criterion: Mapping[str, str]
    meets: str = ""
    kind: str = YES_NO
    required: bool = False
    said: str = ""
    checked: bool | None = None

    @property
    def met(self) -> bool:
        """Whether it counts as met: what was found when looking, else what the applicant said."""
        if self.checked is not None:
            return self.checked
        return self.meets == YES if self.kind == YES_NO else bool(self.said)

    @property
    def lacking(self) -> bool:
        """Whether nobody can join as it stands."""
        return self.required and not self.met

    def plain(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "criterion": dict(self.criterion),
            "meets": self.meets,
            "answer": self.kind,
            "required": self.required,
            "said": self.said,
            "checked": self.checked,
        }


def answered(rows: Iterable[Mapping[str, Any]]) -> list[Answered]:
    """Return what is kept of a request's answers; the first ones were kept without kind and need."""
    return [
        Answered(
            row["criterion"],
            row.get("meets", ""),
            row.get("answer", YES_NO),
            row.get("required", False),
            row.get("said", ""),
            row.get("checked"),
        )
        for row in rows
    ]


def lacking(rows: Iterable[Answered]) -> list[Answered]:
    """Return the criteria without which nobody joins, and which are not met. Source: REA-09."""
    return [row for row in rows if row.lacking]


@dataclass(frozen=True)
class Reminding:
    """When an open request is brought up again: days of waiting before each reminder.

    From ``coordination_from`` reminders on, the whole coordination is written to. Source: P23.
    """

    after: tuple[int, ...] = (3, 10)
    every: int = 14
    coordination_from: int = 2

    def due(self, *, waited: int, reminded: int) -> bool:
        """Say whether a request that has waited so many days, reminded so many times, is brought up again."""
        return waited >= self.day(reminded)

    def day(self, reminded: int) -> int:
        """Return after how many days of waiting the next reminder is due; there is always a next one."""
        if reminded < len(self.after):
            return self.after[reminded]
        return self.after[-1] + self.every * (reminded - len(self.after) + 1)


REMINDING = Reminding()


def rests_on(*since: date, days: int | None) -> date | None:
    """Return the day from which a voice rests: so many days after the last date; None where it never does.

    Source: GOV-38, P19.
    """
    return None if days is None else max(since) + timedelta(days=days)


def called(options: Iterable[Mapping[str, Any]], known: Mapping[str, str]) -> list[str]:
    """Return what was chosen in a survey under the form's own keys, each once; what the form does not know is left out."""
    keys = (str(option.get("key", "")) for option in options)
    return list(dict.fromkeys(known[key] for key in keys if key in known))


def words_of(options: Iterable[Mapping[str, Any]], language: str) -> list[str]:
    """Return what was chosen in a survey in words: in this language, else in the first that has some."""
    texts = [option.get("text", {}) for option in options]
    return [text.get(language) or next(iter(text.values()), "") for text in texts if text]
