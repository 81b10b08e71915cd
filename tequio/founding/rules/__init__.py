"""The founding path as pure logic: its questions, when founders agree, what the charter sets."""

from tequio.founding.rules.agreement import (
    Standing,
    Written,
    current_topic,
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
    UNKNOWN,
    Kind,
    Question,
    Topic,
    step_of,
)
from tequio.founding.rules.compare import least_yes
from tequio.founding.rules.settings import Settled, settings_of

__all__ = [
    "ALL",
    "BY_CODE",
    "BY_TOPIC",
    "CURRENCIES",
    "STEPS",
    "TOPICS",
    "UNKNOWN",
    "Kind",
    "Question",
    "Settled",
    "Standing",
    "Topic",
    "Written",
    "current_topic",
    "least_yes",
    "open_questions",
    "settings_of",
    "settle",
    "settled_values",
    "state_of",
    "step_of",
    "topics_shown",
]
