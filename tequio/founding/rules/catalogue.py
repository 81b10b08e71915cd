"""The questions of the six steps, in their order. Source: REA-01, CTX-11."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

STEPS = (1, 2, 3, 4, 5, 6)
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


@dataclass(frozen=True)
class Question:
    """One thing to settle. ``governs`` is the setting or statement that the answer becomes.

    ``holds`` is what applies while nobody has answered; ``depends_on`` another question and the answers to it
    that make this one arise; ``parts`` are the fields of a row, ``least`` how many rows the network needs.
    ``spoken`` says whether a shared text is written once per language.
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
    parts: tuple[str, ...] = ()
    least: int = 0
    spoken: bool = True

    @property
    def shared(self) -> bool:
        """Say whether founders write this one together, instead of answering each on their own."""
        return self.kind in (Kind.TEXT, Kind.LIST, Kind.ROWS)


@dataclass(frozen=True)
class Topic:
    """Questions that are answered on one page."""

    code: str
    step: int
    questions: tuple[Question, ...]

    @property
    def minutes(self) -> int:
        return sum(question.minutes for question in self.questions)


VERTICAL = ("model", ("VERTICAL",))
WITH_DUES = ("contribution", ("FIXED", "VARIABLE"))
CURRENCIES = (
    "USD", "EUR", "ARS", "BOB", "BRL", "CLP", "COP", "CRC", "DOP", "GTQ", "HNL", "MXN", "NIO", "PAB", "PEN",
    "PYG", "UYU", "VES",
)  # fmt: skip

TEXT, LIST, ROWS, CHOICE, CHOICES, NUMBER, MONEY = (
    Kind.TEXT, Kind.LIST, Kind.ROWS, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.MONEY,
)  # fmt: skip

ALL: tuple[Question, ...] = (
    # 1. Reach. Source: REA-02, REA-06, REA-07, REA-08, REA-09.
    Question("purpose", 1, "why", TEXT, "statement.purpose", minutes=4),
    Question("objective", 1, "goal", TEXT, "statement.objective", minutes=3),
    Question("territory", 1, "whom", TEXT, "statement.territory", minutes=2),
    Question("audience", 1, "whom", TEXT, "statement.audience", minutes=2),
    Question("joiners", 1, "entry", CHOICES, "joining.accepts", options=("ORGANIZATIONS", "PEOPLE", "COMPANIES")),
    Question("criteria", 1, "entry", LIST, "criterion", minutes=2),
    # 2. Governance. Source: GOV-03, GOV-17 to GOV-20, GOV-25 to GOV-30, GOV-37, GOV-38, G-1 to G-7.
    Question(
        "model", 2, "model", CHOICE, "governance.model",
        minutes=4, options=("HORIZONTAL", "VERTICAL"), required_for_use=True,
    ),
    Question(
        "base", 2, "fallback", CHOICE, "governance.base",
        options=("CAST", "PRESENT", "ENTITLED"), holds="CAST", depends_on=VERTICAL,
    ),
    Question(
        "tie_break", 2, "fallback", CHOICE, "governance.tie_break",
        options=("YES", "NO"), holds="YES", depends_on=VERTICAL,
    ),
    Question(
        "round_hours", 2, "rounds", CHOICE, "governance.round_hours", options=("24", "72", "168", "336"), holds="72"
    ),
    Question("silence", 2, "rounds", CHOICE, "governance.silence", options=("BLOCKS", "CONSENTS"), holds="BLOCKS"),
    Question(
        "quorum", 2, "rounds", CHOICE, "governance.quorum_percent", options=("NONE", "50", "67"), holds="NONE"
    ),
    Question(
        "answers_shown", 2, "rounds", CHOICE, "governance.answers_shown",
        options=("AFTER_MINE", "AT_CLOSE", "ALWAYS"), holds="AFTER_MINE",
    ),
    Question(
        "coordination", 2, "mandates", CHOICE, "governance.coordination_by_lot",
        options=("ELECTED", "LOT"), holds="ELECTED", depends_on=VERTICAL,
    ),
    Question("mandate_months", 2, "mandates", NUMBER, "governance.mandate_months", holds=12, bounds=(1, 60)),
    Question(
        "renewals", 2, "mandates", CHOICE, "governance.renewals_at_most", options=("0", "1", "2", "9"), holds="1"
    ),
    Question(
        "admission", 2, "admission", CHOICE, "governance.admission",
        options=("COORDINATION", "TEAM", "EVERYBODY"), holds="COORDINATION",
    ),
    Question(
        "contacts", 2, "contacts", ROWS, "contact",
        minutes=3, required_for_use=True, parts=("name", "reach", "outside"), least=2, spoken=False,
    ),
    Question("code", 2, "ethics", TEXT, "statement.code", minutes=3, required_for_use=True),
    Question("commitments", 2, "ethics", LIST, "statement.commitments", minutes=2),
    # 3. Membership. Source: MEM-01 to MEM-09, LRN-10, G-8.
    Question(
        "contribution", 3, "contribution", CHOICE, "joining.contribution",
        minutes=2, options=("OPEN", "FIXED", "VARIABLE"), holds="OPEN",
    ),
    Question(
        "period", 3, "dues", CHOICE, "joining.period",
        options=("MONTHLY", "ANNUAL"), holds="ANNUAL", depends_on=WITH_DUES,
    ),
    Question(
        "currency", 3, "dues", CHOICE, "joining.currency", options=CURRENCIES, holds="USD", depends_on=WITH_DUES
    ),
    Question("fixed", 3, "dues", MONEY, "joining.fixed_minor", depends_on=("contribution", ("FIXED",))),
    Question("small", 3, "dues", MONEY, "joining.small_minor", depends_on=("contribution", ("VARIABLE",))),
    Question("medium", 3, "dues", MONEY, "joining.medium_minor", minutes=0, depends_on=("contribution", ("VARIABLE",))),
    Question("large", 3, "dues", MONEY, "joining.large_minor", minutes=0, depends_on=("contribution", ("VARIABLE",))),
    Question(
        "in_kind", 3, "in_kind", CHOICES, "joining.in_kind",
        minutes=2, options=("EXPERTS", "VOLUNTEERS", "EXPERTISE", "DISSEMINATION"),
    ),
    Question("joining_contact", 3, "in_kind", TEXT, "statement.joining_contact"),
    # 4. Sustainability. Source: FIN-06.
    Question("needs", 4, "needs", ROWS, "need", minutes=4, parts=("text", "kind")),
    # 5. Communication. Source: COM-01, COM-04, COM-06, COM-08, COM-10, COM-21, LRN-02, G-9.
    Question("benefits", 5, "benefits", TEXT, "statement.benefits", minutes=2),
    Question("digest", 5, "rhythms", CHOICE, "rhythm.DIGEST", options=("52", "26", "12", "0"), holds="52"),
    Question("meeting", 5, "rhythms", CHOICE, "rhythm.MEETING", options=("12", "24", "4"), holds="12"),
    Question("face_to_face", 5, "rhythms", CHOICE, "rhythm.FACE_TO_FACE", options=("2", "3", "4"), holds="2"),
    Question("workshop", 5, "rhythms", CHOICE, "rhythm.WORKSHOP", options=("12", "6", "4", "0"), holds="12"),
    # 6. Strategy. Source: STR-09, STR-10.
    Question("mission", 6, "mission", TEXT, "statement.mission", minutes=3),
    Question("vision", 6, "mission", TEXT, "statement.vision", minutes=2),
    Question("values", 6, "values", LIST, "statement.values", minutes=2),
    Question("pillars", 6, "pillars", ROWS, "pillar", minutes=5, parts=("name", "text", "group")),
)  # fmt: skip

BY_CODE: Mapping[str, Question] = {question.code: question for question in ALL}


def _topics() -> tuple[Topic, ...]:
    codes = dict.fromkeys((question.topic, question.step) for question in ALL)
    return tuple(
        Topic(code, step, tuple(question for question in ALL if question.topic == code))
        for code, step in codes
    )


TOPICS: tuple[Topic, ...] = _topics()
BY_TOPIC: Mapping[str, Topic] = {topic.code: topic for topic in TOPICS}


def step_of(topic: str) -> int:
    """Return the step in which a topic is treated."""
    return BY_TOPIC[topic].step
