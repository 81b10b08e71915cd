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


def test_each_founder_needs_an_hour_at_most_also_who_founds_alone():
    """Who is alone leaves to those who come what several write better. Source: EXPERIENCE 3.2 (4), REA-01."""
    agreeing = rules.AGREEING * len(rules.STEPS)
    each = {many: rules.minutes_each(rules.ALL, founders=many) + agreeing for many in (1, 2, 3, 5, 12)}
    assert all(minutes <= 60 for minutes in each.values()), each
    later = rules.minutes_that_wait(rules.ALL, founders=1)
    assert each[1] + later <= 76
    assert rules.minutes_that_wait(rules.ALL, founders=2) == 0


def test_what_waits_can_be_added_to_an_article_later():
    governed = {code for codes in texts.CODES.values() for code in codes}
    waiting = [question for question in rules.ALL if question.waits]
    assert waiting
    assert all(question.code in governed and not question.required_for_use for question in waiting)
