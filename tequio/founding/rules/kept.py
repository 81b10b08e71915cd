"""The answers that a charter is made of, kept with it as plain data; and what a change makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tequio.founding.rules.agreement import Written
from tequio.founding.rules.catalogue import ALL, BY_CODE
from tequio.founding.rules.changing import LIVING
from tequio.founding.rules.questions import Kind, Question
from tequio.founding.rules.settings import Settled

Answers = Mapping[str, Any]


def kept(settled: Settled) -> dict[str, Any]:
    """Return what was settled as plain data."""
    return {
        "values": dict(settled.values),
        "texts": {
            code: {
                language: {
                    "version": each.version,
                    "body": each.body,
                    "rows": [dict(row) for row in each.rows],
                }
                for language, each in spoken.items()
            }
            for code, spoken in settled.texts.items()
        },
    }


def settled_from(data: Mapping[str, Any]) -> Settled:
    """Return what was settled from what was kept; questions that came later stand at what holds by default."""
    defaults = {question.code: question.holds for question in ALL if not question.shared}
    texts = {
        code: {
            language: Written(each["version"], each["body"], tuple(each["rows"]))
            for language, each in spoken.items()
        }
        for code, spoken in data["texts"].items()
        if code in BY_CODE
    }
    return Settled({**defaults, **data["values"]}, texts)


def with_living(settled: Settled, texts: Mapping[str, Mapping[str, Written]]) -> Settled:
    """Return a charter's answers with the living topics as they were written last."""
    living = {question.code for question in ALL if question.topic in LIVING}
    kept_still = {code: spoken for code, spoken in settled.texts.items() if code not in living}
    return replace(
        settled, texts={**kept_still, **{code: spoken for code, spoken in texts.items() if code in living}}
    )


def answer_of(settled: Settled, code: str) -> Any:
    """Return the answer to one question: a value, a text per language, or a list of rows."""
    question = BY_CODE[code]
    if question.kind is Kind.ROWS:
        return settled.rows(code)
    return settled.text(code) if question.shared else settled.values.get(code)


def answers_of(settled: Settled, codes: Any) -> dict[str, Any]:
    """Return the answers to several questions."""
    return {code: answer_of(settled, code) for code in codes}


def with_answers(settled: Settled, answers: Answers) -> Settled:
    """Return what is settled once these answers stand in the place of the old ones."""
    values = {code: value for code, value in answers.items() if not BY_CODE[code].shared}
    texts = {
        code: _written(BY_CODE[code], settled, value)
        for code, value in answers.items()
        if BY_CODE[code].shared
    }
    return replace(settled, values={**settled.values, **values}, texts={**settled.texts, **texts})


def _written(question: Question, settled: Settled, value: Any) -> dict[str, Written]:
    before = settled.texts.get(question.code, {})
    number = max((each.version for each in before.values()), default=0) + 1
    if question.kind is Kind.ROWS:
        return {"": Written(number, "", tuple(dict(row) for row in value))}
    return {
        language: before[language]
        if language in before and before[language].body == body
        else Written(number, body)
        for language, body in value.items()
        if body.strip()
    }


def askable(settled: Settled, codes: Sequence[str]) -> list[str]:
    """Return the questions of an article that make sense as things stand, or could once the same article changes."""
    return [
        code for code in codes if settled.arises(code) or (BY_CODE[code].depends_on or ("", ()))[0] in codes
    ]


def still_holds(settled: Settled, before: Answers) -> bool:
    """Say whether the answers that a change started from are those that stand now."""
    return all(answer_of(settled, code) == value for code, value in before.items())


def only_adds(before: Any, after: Any) -> bool:
    """Say whether an answer is another one with languages added, and nothing else changed."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return all(key in after and only_adds(value, after[key]) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(only_adds(one, other) for one, other in pairs)
    return bool(before == after)
