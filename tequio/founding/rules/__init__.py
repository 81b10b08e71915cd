"""The founding path as pure logic: its questions, when founders agree, what the charter sets."""

from tequio.founding.rules.agreement import (
    Standing,
    Written,
    current_topic,
    minutes_each,
    minutes_to_read,
    open_questions,
    settle,
    settled_values,
    state_of,
    topics_shown,
)
from tequio.founding.rules.catalogue import (
    ALL,
    BY_CODE,
    BY_TOPIC,
    CURRENCIES,
    STEPS,
    TOPICS,
    step_of,
)
from tequio.founding.rules.changing import CONSENT, PRACTICAL, TWO_WAYS, Way, way_of
from tequio.founding.rules.checking import is_answer, is_text
from tequio.founding.rules.compare import least_yes
from tequio.founding.rules.difference import paired
from tequio.founding.rules.kept import (
    answer_of,
    answers_of,
    kept,
    only_adds,
    settled_from,
    still_holds,
    with_answers,
)
from tequio.founding.rules.questions import UNKNOWN, Kind, Part, PartKind, Question, Topic
from tequio.founding.rules.rows import Clash, lay_over, merge, rows_of, says_something, spoken_in, untold_in
from tequio.founding.rules.settings import Settled, in_words, settings_of
from tequio.founding.rules.voices import voice_of

__all__ = [
    "ALL",
    "BY_CODE",
    "BY_TOPIC",
    "CONSENT",
    "CURRENCIES",
    "PRACTICAL",
    "STEPS",
    "TOPICS",
    "TWO_WAYS",
    "UNKNOWN",
    "Clash",
    "Kind",
    "Part",
    "PartKind",
    "Question",
    "Settled",
    "Standing",
    "Topic",
    "Way",
    "Written",
    "answer_of",
    "answers_of",
    "current_topic",
    "in_words",
    "is_answer",
    "is_text",
    "kept",
    "lay_over",
    "least_yes",
    "merge",
    "minutes_each",
    "minutes_to_read",
    "only_adds",
    "open_questions",
    "paired",
    "rows_of",
    "says_something",
    "settings_of",
    "settle",
    "settled_from",
    "settled_values",
    "spoken_in",
    "state_of",
    "step_of",
    "still_holds",
    "topics_shown",
    "untold_in",
    "voice_of",
    "way_of",
    "with_answers",
]
