"""When founders agree: on one question, on a step, and what is still open."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tequio.founding.rules.catalogue import ALL, STEPS, TOPICS
from tequio.founding.rules.questions import Question, Topic

Value = Any
# To read a text takes a third of the time of writing it.
READING = 3
# To read a step as a whole, and to say that one agrees, takes a minute.
AGREEING = 1
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """A shared text as it stands: ``body`` for texts and lists (one thing a line), ``rows`` for tables."""

    version: int
    body: str = ""
    rows: Sequence[Mapping[str, Any]] = ()

    @property
    def empty(self) -> bool:
        return not self.body.strip() and not self.rows


@dataclass(frozen=True)
class Standing:
    """Where a question stands: the value with most backing, and who said what.

    ``value`` is None while nobody chose; ``unanimous`` when every founder chose the same.
    """

    value: Value
    unanimous: bool
    backing: int
    of: int
    chosen: Sequence[tuple[Value, tuple[int, ...]]] = field(default=())
    unsure: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()


def settle(question: Question, answers: Mapping[int, Value | None], founders: Sequence[int]) -> Standing:
    """Count who chose what. ``answers`` maps founder to value, None = "we don't know yet".

    The value with most backing stands; between equals, the one that comes first in the catalogue, or that
    was said by the founder who came first.
    """
    groups = _groups(question, answers, founders)
    silent = tuple(one for one in founders if one not in answers)
    unsure = tuple(one for one in founders if one in answers and answers[one] is None)
    if not groups:
        return Standing(None, False, 0, len(founders), (), unsure, silent)
    value, backers = max(groups, key=lambda group: len(group[1]))
    return Standing(value, len(backers) == len(founders), len(backers), len(founders), groups, unsure, silent)


def _groups(
    question: Question, answers: Mapping[int, Value | None], founders: Sequence[int]
) -> list[tuple[Value, tuple[int, ...]]]:
    backers: dict[str, list[int]] = {}
    values: dict[str, Value] = {}
    for founder in founders:
        value = answers.get(founder)
        if value is not None:
            key = json.dumps(value)
            values[key] = value
            backers.setdefault(key, []).append(founder)
    order = {option: place for place, option in enumerate(question.options)}
    keys = sorted(backers, key=lambda key: order.get(values[key], 0) if isinstance(values[key], str) else 0)
    return [(values[key], tuple(backers[key])) for key in keys]


def settled_values(standings: Mapping[str, Standing]) -> dict[str, Value]:
    """Return the value that stands for each question; the default holds where nobody chose."""
    values: dict[str, Value] = {question.code: question.holds for question in ALL if not question.shared}
    values.update({code: each.value for code, each in standings.items() if each.value is not None})
    return values


def arises(question: Question, values: Mapping[str, Value]) -> bool:
    """Say whether a question makes sense, given what was answered to the one it depends on."""
    if question.depends_on is None:
        return True
    code, answers = question.depends_on
    return values.get(code) in answers


def topics_shown(step: int, values: Mapping[str, Value]) -> list[Topic]:
    """Return the topics of a step, each with the questions that arise; empty topics are left out."""
    shown = (
        Topic(topic.code, topic.step, tuple(each for each in topic.questions if arises(each, values)))
        for topic in TOPICS
        if topic.step == step
    )
    return [topic for topic in shown if topic.questions]


def current_topic(
    values: Mapping[str, Value], done: Collection[str], *, last: str = "", agreed: Collection[int] = ()
) -> str:
    """Return where a founder goes on: the first open topic from the last place on, then from the start.

    Empty when nothing is open.
    """
    topics = [topic for step in STEPS if step not in agreed for topic in topics_shown(step, values)]
    waiting = [
        topic.code for topic in topics if any(question.code not in done for question in topic.questions)
    ]
    order = {topic.code: place for place, topic in enumerate(TOPICS)}
    ahead = [code for code in waiting if order[code] >= order.get(last, 0)]
    return next(iter([*ahead, *waiting]), "")


def open_questions(values: Mapping[str, Value], texts: Mapping[str, Mapping[str, Written]]) -> list[Question]:
    """Return the questions without which a network cannot be put to use. Source: GOV-29."""
    return [
        question for question in ALL if question.required_for_use and not _usable(question, values, texts)
    ]


def _usable(
    question: Question, values: Mapping[str, Value], texts: Mapping[str, Mapping[str, Written]]
) -> bool:
    if not question.shared:
        return values.get(question.code) is not None
    written = [each for each in texts.get(question.code, {}).values() if not each.empty]
    if question.least:
        return any(len(each.rows) >= question.least for each in written)
    return bool(written)


def state_of(step: int, values: Mapping[str, Value], texts: Mapping[str, Mapping[str, Written]]) -> str:
    """Return a short name of what a step says now; it changes when anything that was agreed changes."""
    said: list[Any] = []
    for topic in topics_shown(step, values):
        for question in topic.questions:
            if question.shared:
                said.append(
                    [question.code, sorted((k, t.version) for k, t in texts.get(question.code, {}).items())]
                )
            else:
                said.append([question.code, values.get(question.code)])
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def minutes_each(questions: Sequence[Question], *, founders: int) -> int:
    """Return the minutes of one of some founders who share the writing, and read what the others wrote.

    Who founds alone writes what cannot wait for the others.
    """
    many = max(1, founders)
    closed, shared = _minutes([one for one in questions if many > 1 or not one.waits])
    return closed + -(-shared * (READING + many - 1) // (READING * many))


def minutes_that_wait(questions: Sequence[Question], *, founders: int) -> int:
    """Return the minutes of what somebody who founds alone can leave to those who come; none where there are several."""
    return 0 if founders > 1 else sum(question.minutes for question in questions if question.waits)


def _minutes(questions: Sequence[Question]) -> tuple[int, int]:
    shared = sum(question.minutes for question in questions if question.shared)
    return sum(question.minutes for question in questions) - shared, shared
