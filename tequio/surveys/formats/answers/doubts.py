"""What of a file of answers was not understood as it stands, and what somebody may decide about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tequio.people.rules.words import fold
from tequio.surveys.rules.checking import Wrong, missing
from tequio.surveys.rules.conditions import asked
from tequio.surveys.rules.instrument import Instrument, Question, Value, Values

OUT = "-"  # decided: this text is left out
KEPT = "+"  # decided: it stays as it is written, beside the options where it is none
FIRST = "^"  # decided: of too many ticks the first count
AS = "="  # decided: it is read as the text after this mark
ANY = "…"  # in place of a text: whatever was said to a question
NOTHING = "∅"  # in place of a text: that a required question is not answered
# question -> text as written -> key of an option, ``OUT``, ``KEPT``, ``FIRST``, or ``AS`` and another text
Decisions = Mapping[str, Mapping[str, str]]
_TEXT = 200  # letters of a text by which it is decided about
_ROWS = 5  # row numbers kept of each doubt


@dataclass(frozen=True)
class Respondent:
    """One row that says something. The instants are ISO 8601, "" where the file has none."""

    row: int
    values: Values
    identity: str = ""
    sent: str = ""
    began: str = ""
    language: str = ""


class Misread(NamedTuple):
    """One cell that was not understood as it stands; ``reason`` is a code."""

    row: int
    heading: str
    text: str
    reason: str


@dataclass
class Doubt:
    """A text about which somebody may decide: why, how often it stands there, and in which rows first."""

    reason: str
    heading: str
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def met(self, row: int) -> None:
        """Count it once more."""
        self.count += 1
        if len(self.rows) < _ROWS:
            self.rows.append(row)


@dataclass
class Reading:
    """What a file says. ``doubts`` are by question and text."""

    respondents: list[Respondent] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)
    doubts: dict[tuple[str, str], Doubt] = field(default_factory=dict)
    read: int = 0

    def say(self, question: str, one: Misread) -> None:
        """Keep what was not understood; what somebody may decide about is counted by its text."""
        self.misread.append(one)
        if one.reason in DECIDED:
            doubt = self.doubts.setdefault((question, one.text), Doubt(one.reason, one.heading))
            doubt.met(one.row)


class Unasked:
    """Answers to questions that a condition keeps from whoever answered so."""

    def __init__(self, instrument: Instrument, headings: Mapping[str, str], decisions: Decisions) -> None:
        conditions = [section.condition for section in instrument.sections]
        conditions += [question.condition for question in instrument.questions()]
        self.instrument = instrument if any(conditions) else None
        self.headings = headings
        self.decided = {key: texts.get(ANY, "") for key, texts in decisions.items()}

    def settled(self, row: int, values: Values, reading: Reading) -> Values:
        """Return what stays of what a row says, and name the answers that nobody asked for."""
        if self.instrument is None:
            return values
        shown = {question.key for question in asked(self.instrument, values)}
        strange = [key for key in values if key not in shown]
        for key in strange:
            if not self.decided.get(key):
                reading.say(key, Misread(row, self.headings.get(key, key), ANY, "not_asked"))
        gone = {key for key in strange if self.decided.get(key) == OUT}
        return {key: value for key, value in values.items() if key not in gone}


def name_unanswered(
    *, reading: Reading, instrument: Instrument, headings: Mapping[str, str], decisions: Decisions
) -> None:
    """Name the required questions that a row leaves unanswered; where it was so decided, leave the row out.

    ``headings`` are of the questions that have a column: one that the file does not ask is nobody's fault.
    """
    required = [one for one in instrument.questions() if one.required and one.key in headings]
    conditions = [one.condition for one in instrument.sections] + [
        one.condition for one in instrument.questions()
    ]
    gated = any(conditions)
    decided = {one.key: decisions.get(one.key, {}).get(NOTHING, "") for one in required}
    kept = []
    for respondent in reading.respondents if required else ():
        values = respondent.values
        shown = asked(instrument, values) if gated else required
        open_ = [one for one in shown if one.key in decided and missing(one, values.get(one.key, Value()))]
        if any(decided[one.key] == OUT for one in open_):
            reading.say("", Misread(respondent.row, "", "", "left_unanswered"))
            continue
        kept.append(respondent)
        for one in open_:
            if not decided[one.key]:
                reading.say(one.key, Misread(respondent.row, headings[one.key], NOTHING, "unanswered"))
    if required:
        reading.respondents[:] = kept
        reading.misread.sort(key=lambda misread: misread.row)


def without_column(instrument: Instrument, told: Collection[str]) -> list[Question]:
    """Return the required questions that everybody is asked, and for which a file has no column."""
    always = [section for section in instrument.sections if section.condition is None]
    return [
        one
        for section in always
        for one in section.questions
        if one.required and one.condition is None and one.key not in told
    ]


WRONG: Mapping[Wrong | None, str] = {
    Wrong.TOO_MANY: "too_many", Wrong.ALONE: "alone", Wrong.UNKNOWN_OPTION: "not_offered",
    Wrong.TOO_LOW: "outside", Wrong.TOO_HIGH: "outside", Wrong.NO_EMAIL: "no_email", Wrong.TOO_LONG: "longer",
}  # fmt: skip
DECIDED = frozenset(
    {"unknown_option", "kept_as_other", "unknown_country", "no_yes_or_no", "no_number", "no_date", "several",
     "not_asked", "not_in_grid", "unanswered", *WRONG.values()}
)  # fmt: skip


def decision_key(text: str) -> str:
    """Return the form of a text by which a decision about it is found again; digits stay with their marks."""
    text = text[:_TEXT]
    exact = " ".join(text.casefold().split())
    return exact if any(letter.isdigit() for letter in text) else fold(text) or exact
