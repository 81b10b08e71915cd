"""The questions of the six steps, in their order. Source: REA-01, CTX-11."""

from collections.abc import Mapping

from tequio.founding.rules.questions import Kind, Part, PartKind, Question, Topic

STEPS = (1, 2, 3, 4, 5, 6)
VERTICAL = ("model", ("VERTICAL",))
WITH_DUES = ("contribution", ("FIXED", "VARIABLE"))
CURRENCIES = (
    "USD", "EUR", "ARS", "BOB", "BRL", "CLP", "COP", "CRC", "DOP", "GTQ", "HNL", "MXN", "NIO", "PAB", "PEN",
    "PYG", "UYU", "VES",
)  # fmt: skip
# Two to ten thousand: a network of one is none.
MEMBERS = (2, 10_000)

TEXT, LIST, ROWS, CHOICE, CHOICES, NUMBER, MONEY = (
    Kind.TEXT, Kind.LIST, Kind.ROWS, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.MONEY,
)  # fmt: skip
LONG, PICK, MARK, DATE, ROW = PartKind.LONG, PartKind.PICK, PartKind.MARK, PartKind.DATE, PartKind.ROW

NAMED = Part("name", needed=True, spoken=True, longest=120)
SAID = Part("text", LONG, needed=True, spoken=True, longest=2_000)
TOLD = Part("text", LONG, spoken=True, longest=2_000)
IN_A_LINE = Part("text", needed=True, spoken=True, longest=300)

ALL: tuple[Question, ...] = (
    # 1. Reach. Source: REA-02 to REA-10.
    Question("politics", 1, "context", TEXT, "ground.politics", minutes=2),
    Question("economy", 1, "context", TEXT, "ground.economy"),
    Question(
        "actors", 1, "actors", ROWS, "actor", minutes=5,
        parts=(
            NAMED, TOLD,
            Part("effect", PICK, ("HARMED", "MIXED", "HELPED")),
            Part("influence", PICK, ("HIGH", "MEDIUM", "LOW")),
        ),
    ),
    Question("purpose", 1, "why", TEXT, "statement.purpose", minutes=2),
    Question("objective", 1, "goal", TEXT, "statement.objective"),
    Question("specific", 1, "goal", ROWS, "specific", minutes=2, parts=(IN_A_LINE,)),
    Question(
        "actions", 1, "plan", ROWS, "action", minutes=4,
        parts=(
            Part("objective", ROW, of="specific"),
            IN_A_LINE,
            Part("who", longest=120),
            Part("until", DATE),
            Part("means", spoken=True, longest=300),
        ),
    ),
    Question(
        "outlook", 1, "work", ROWS, "outlook", minutes=2,
        parts=(Part("kind", PICK, ("COST", "RISK", "OPPORTUNITY"), needed=True), IN_A_LINE),
    ),
    Question("territory", 1, "where", TEXT, "statement.territory"),
    Question(
        "places", 1, "where", ROWS, "place", minutes=2,
        parts=(Part("level", PICK, ("COUNTRY", "REGION", "CITY"), needed=True), Part("name", needed=True, longest=120)),
    ),
    Question(
        "audience", 1, "whom", ROWS, "statement.audience", minutes=2, waits=True,
        parts=(
            IN_A_LINE,
            Part("where", spoken=True, longest=200),
            Part("about", spoken=True, longest=300),
        ),
    ),
    Question("joiners", 1, "entry", CHOICES, "joining.accepts", options=("ORGANIZATIONS", "PEOPLE", "COMPANIES")),
    Question(
        "criteria", 1, "entry", ROWS, "criterion", minutes=3,
        parts=(IN_A_LINE, Part("answer", PICK, ("YES_NO", "TEXT", "NUMBER")), Part("required", MARK)),
    ),
    # 2. Governance. Source: GOV-02, GOV-03, GOV-05, GOV-17 to GOV-20, GOV-25 to GOV-30, GOV-37, GOV-38, G-1 to G-7.
    Question("size", 2, "ourselves", NUMBER, "fit.size", bounds=MEMBERS),
    Question("speed", 2, "ourselves", CHOICE, "fit.speed", minutes=0, options=("CAN_WAIT", "SOMETIMES", "OFTEN")),
    Question("trust", 2, "ourselves", CHOICE, "fit.trust", options=("WELL", "SOME", "LITTLE")),
    Question("distance", 2, "ourselves", CHOICE, "fit.distance", minutes=0, options=("CITY", "COUNTRY", "COUNTRIES")),
    Question(
        "model", 2, "model", CHOICE, "governance.model",
        options=("HORIZONTAL", "VERTICAL"), required_for_use=True,
    ),
    Question(
        "base", 2, "fallback", CHOICE, "governance.base",
        options=("CAST", "PRESENT", "ENTITLED"), holds="CAST", depends_on=VERTICAL,
    ),
    Question(
        "strict", 2, "fallback", CHOICE, "governance.majority_strict", minutes=0,
        options=("NO", "YES"), holds="NO", depends_on=VERTICAL,
    ),
    Question(
        "least_yes", 2, "fallback", NUMBER, "governance.least_yes", minutes=0,
        holds=0, bounds=(0, MEMBERS[1]), depends_on=VERTICAL,
    ),
    Question(
        "proxies", 2, "fallback", CHOICE, "governance.proxies_at_most", minutes=0,
        options=("0", "1", "2"), holds="0", depends_on=VERTICAL,
    ),
    Question(
        "tie_break", 2, "fallback", CHOICE, "governance.tie_break", minutes=0,
        options=("YES", "NO"), holds="YES", depends_on=VERTICAL,
    ),
    Question(
        "changes", 2, "fallback", CHOICE, "governance.charter_change",
        options=("CONSENT", "TWO_WAYS"), holds="CONSENT", depends_on=VERTICAL,
    ),
    Question(
        "round_hours", 2, "rounds", CHOICE, "governance.round_hours", options=("24", "72", "168", "336"), holds="72"
    ),
    Question("silence", 2, "rounds", CHOICE, "governance.silence", minutes=0, options=("BLOCKS", "CONSENTS"), holds="BLOCKS"),
    Question(
        "quorum", 2, "rounds", CHOICE, "governance.quorum_percent", minutes=0, options=("NONE", "50", "67"), holds="NONE"
    ),
    Question(
        "regime", 2, "rounds", CHOICE, "governance.regime", minutes=0, options=("EXPLORE", "TEST"), holds="EXPLORE"
    ),
    Question(
        "answers_shown", 2, "rounds", CHOICE, "governance.answers_shown",
        options=("AFTER_MINE", "AT_CLOSE", "ALWAYS"), holds="AFTER_MINE",
    ),
    Question(
        "urgent", 2, "rounds", CHOICE, "governance.urgent_hours", minutes=0, options=("NO", "24", "48"), holds="NO"
    ),
    Question(
        "urgent_by", 2, "rounds", CHOICE, "governance.urgent_by", minutes=0,
        options=("COORDINATION", "ANYBODY"), holds="COORDINATION", depends_on=("urgent", ("24", "48")),
    ),
    Question(
        "records_for", 2, "rounds", CHOICE, "governance.records_for", minutes=0,
        options=("NOBODY", "COORDINATION"), holds="NOBODY",
    ),
    Question(
        "coordination", 2, "mandates", CHOICE, "governance.coordination_by_lot", minutes=0,
        options=("ELECTED", "LOT"), holds="ELECTED", depends_on=VERTICAL,
    ),
    Question("mandate_months", 2, "mandates", NUMBER, "governance.mandate_months", holds=12, bounds=(1, 60)),
    Question(
        "renewals", 2, "mandates", CHOICE, "governance.renewals_at_most", minutes=0, options=("0", "1", "2", "9"), holds="1"
    ),
    Question(
        "areas", 2, "areas", ROWS, "area", minutes=3, waits=True,
        parts=(NAMED, TOLD, Part("who", longest=120), Part("alone", spoken=True, longest=300)),
    ),
    Question(
        "admission", 2, "admission", CHOICE, "governance.admission",
        options=("COORDINATION", "TEAM", "EVERYBODY"), holds="COORDINATION",
    ),
    Question(
        "team", 2, "admission", ROWS, "team", minutes=0, depends_on=("admission", ("TEAM",)),
        parts=(Part("name", needed=True, longest=120),),
    ),
    Question(
        "hearing", 2, "admission", CHOICE, "governance.hearing_days", minutes=0, options=("7", "14", "30"), holds="7"
    ),
    Question(
        "contacts", 2, "contacts", ROWS, "contact", required_for_use=True, least=2,
        parts=(
            Part("name", needed=True, longest=120),
            Part("reach", needed=True, longest=300),
            Part("outside", MARK),
        ),
    ),
    Question("code", 2, "ethics", TEXT, "statement.code", required_for_use=True),
    Question(
        "standing", 2, "ethics", CHOICE, "joining.sign_within_days", minutes=0, options=("NEVER", "30", "60", "90"),
        holds="NEVER",
    ),
    Question("commitments", 2, "ethics", LIST, "statement.commitments", waits=True),
    # 3. Membership. Source: MEM-01 to MEM-09, LRN-10, G-8.
    Question(
        "contribution", 3, "contribution", CHOICE, "joining.contribution", options=("OPEN", "FIXED", "VARIABLE"), holds="OPEN",
    ),
    Question(
        "period", 3, "dues", CHOICE, "joining.period",
        options=("MONTHLY", "ANNUAL"), holds="ANNUAL", depends_on=WITH_DUES,
    ),
    Question(
        "currency", 3, "dues", CHOICE, "joining.currency", minutes=0,
        options=CURRENCIES, holds="USD", depends_on=WITH_DUES,
    ),
    Question("fixed", 3, "dues", MONEY, "joining.fixed_minor", minutes=0, depends_on=("contribution", ("FIXED",))),
    Question("small", 3, "dues", MONEY, "joining.small_minor", minutes=0, depends_on=("contribution", ("VARIABLE",))),
    Question("medium", 3, "dues", MONEY, "joining.medium_minor", minutes=0, depends_on=("contribution", ("VARIABLE",))),
    Question("large", 3, "dues", MONEY, "joining.large_minor", minutes=0, depends_on=("contribution", ("VARIABLE",))),
    Question(
        "in_kind", 3, "in_kind", CHOICES, "joining.in_kind",
        options=("EXPERTS", "VOLUNTEERS", "EXPERTISE", "DISSEMINATION"),
    ),
    Question("joining_contact", 3, "in_kind", TEXT, "statement.joining_contact", minutes=0),
    # 4. Sustainability. Source: FIN-06.
    Question(
        "needs", 4, "needs", ROWS, "need", waits=True,
        parts=(IN_A_LINE, Part("kind", PICK, ("PROJECT", "INSTITUTIONAL"), needed=True)),
    ),
    Question(
        "sources", 4, "sources", ROWS, "source", minutes=2, waits=True,
        parts=(
            Part("name", needed=True, longest=120),
            Part("kind", PICK, ("PUBLIC", "COOPERATION", "PRIVATE", "MEMBERS")),
            Part("text", spoken=True, longest=300),
        ),
    ),
    # 5. Communication. Source: COM-01 to COM-04, COM-06, COM-08, COM-10, COM-21, LRN-02, G-9.
    Question(
        "benefits", 5, "benefits", ROWS, "statement.benefits", minutes=4, waits=True,
        parts=(
            Part("reason", PICK, ("ARTICULATION", "ADVOCACY", "EXCHANGE", "FUNDING")),
            IN_A_LINE,
            Part("measure", spoken=True, longest=300),
        ),
    ),
    Question("channels", 5, "channels", CHOICES, "channel", options=("MAIL", "CHAT", "CALLS", "WEB", "RADIO")),
    Question("five_minutes", 5, "channels", LIST, "statement.five_minutes", waits=True),
    Question("digest", 5, "rhythms", CHOICE, "rhythm.DIGEST", options=("52", "26", "12", "0"), holds="52"),
    Question("meeting", 5, "rhythms", CHOICE, "rhythm.MEETING", minutes=0, options=("12", "24", "4"), holds="12"),
    Question(
        "face_to_face", 5, "rhythms", CHOICE, "rhythm.FACE_TO_FACE", minutes=0, options=("2", "3", "4"), holds="2"
    ),
    Question("workshop", 5, "rhythms", CHOICE, "rhythm.WORKSHOP", minutes=0, options=("12", "6", "4", "0"), holds="12"),
    # 6. Strategy. Source: STR-09, STR-10, STR-12.
    Question("mission", 6, "mission", TEXT, "statement.mission", minutes=2),
    Question("vision", 6, "mission", TEXT, "statement.vision", minutes=2),
    Question("values", 6, "values", LIST, "statement.values", minutes=2),
    Question(
        "pillars", 6, "pillars", ROWS, "pillar", minutes=4,
        parts=(NAMED, TOLD, Part("group", needed=True, spoken=True, longest=200)),
    ),
    Question(
        "longlist", 6, "longlist", ROWS, "long", minutes=2,
        parts=(IN_A_LINE, Part("pillar", ROW, of="pillars")),
    ),
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
