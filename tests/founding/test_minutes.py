"""An hour for each founder, counted on what they read and write. Source: EXPERIENCE 3.2 (4), REA-01."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.utils import translation

from tequio.cli.samples import cila
from tequio.founding import rules, texts
from tequio.founding.rules import PartKind

# Words a minute of who reads slowly, and of who thinks and types on a phone; choices a minute, once read.
READ, WRITE, CHOOSE = 200, 20, 10
# Pages that are fetched over a slow line, and second thoughts.
ALLOWANCE = 1.2
CHOSEN = (PartKind.PICK, PartKind.MARK, PartKind.DATE, PartKind.ROW)


def words(text: Any) -> int:
    return len(re.findall(r"\w+", str(text)))


def spanish(value: Any) -> Any:
    return value.get("es", "") if isinstance(value, Mapping) else value


def written(question: rules.Question) -> Iterator[Any]:
    """Yield what CILA answered, part by part: as long as answers of a network of the field are."""
    if question.code in cila.TEXTS:
        yield spanish(cila.TEXTS[question.code])
    yield from spanish(cila.LISTS.get(question.code, {})) or ()
    for row in cila.TABLES.get(question.code, ()):
        yield from (spanish(row.get(part.code, "")) for part in question.parts if part.kind not in CHOSEN)


def chosen(question: rules.Question) -> int:
    rows = cila.TABLES.get(question.code, ())
    parts = [part for part in question.parts if part.kind in CHOSEN]
    return sum(bool(row.get(part.code)) for row in rows for part in parts) + (not question.shared)


def seconds_of(question: rules.Question) -> float:
    """Return how long somebody takes who reads all of a question, and writes what CILA wrote."""
    told = texts.QUESTIONS[question.code]
    options = () if question.shared else told.options.values()
    read = sum(words(each) for each in (told.ask, told.why, *told.parts.values()))
    read += sum(words(option.label) + words(option.help) for option in options)
    starter = texts.STARTERS.get(question.code)
    to_write = 0 if starter else sum(words(each) for each in written(question))
    read += words(starter or "")
    return 60 * (read / READ + to_write / WRITE + chosen(question) / CHOOSE)


@pytest.mark.parametrize("step", rules.STEPS)
def test_a_step_takes_no_longer_than_it_says(step):
    """The minutes beside a step are those of who reads and writes all of it."""
    with translation.override("es"):
        needed = sum(seconds_of(each) for each in rules.ALL if each.step == step) / 60
    declared = sum(each.minutes for each in rules.ALL if each.step == step)
    assert needed * ALLOWANCE <= declared


def test_two_founders_or_more_need_an_hour_each_at_most():
    agreeing = rules.AGREEING * len(rules.STEPS)
    each = {many: rules.minutes_each(rules.ALL, founders=many) + agreeing for many in (1, 2, 3, 5, 12)}
    assert all(minutes <= 60 for many, minutes in each.items() if many > 1), each
    assert each[1] <= 80  # who founds alone writes everything
