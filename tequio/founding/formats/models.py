"""A governance model as a file: what a network agreed on how it decides, joins and meets, without anybody's name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tequio.founding import rules
from tequio.founding.rules import Kind

FORMAT, SCHEMA = "tequio.governance-model", 1
LARGEST = 256 * 1024
# What a model carries: closed answers of these areas, and texts that name nobody.
AREAS = ("governance", "joining", "rhythm")
TEXTS = ("code", "commitments", "criteria")
MOST_LANGUAGES = 12


class Unreadable(ValueError):
    """The file holds no model; ``code`` says why, ``about`` names the question if it is about one."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.code, self.about = code, about


@dataclass(frozen=True)
class Model:
    """A model as read: closed answers, texts and tables by question; ``unknown`` are questions not known here."""

    name: Mapping[str, str]
    version: int
    made_on: str
    answers: Mapping[str, Any]
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def carried() -> list[rules.Question]:
    """Return the questions that a model carries, in the order of the path."""
    return [
        question
        for question in rules.ALL
        if question.code in TEXTS or (not question.shared and question.governs.partition(".")[0] in AREAS)
    ]


def write_model(settled: rules.Settled, *, name: Mapping[str, str], version: int, made_on: str) -> bytes:
    """Return a model as a file: JSON that people can read, the same bytes for the same model."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "schema": SCHEMA,
        "network": dict(name),
        "version": version,
        "made_on": made_on,
        "answers": {},
        "texts": {},
        "tables": {},
    }
    for question in carried():
        answer = rules.answer_of(settled, question.code)
        if question.kind is Kind.ROWS:
            told["tables"][question.code] = [
                {key: value for key, value in row.items() if key != "id"} for row in answer
            ]
        elif question.shared:
            told["texts"][question.code] = answer
        elif answer is not None and settled.arises(question.code):
            told["answers"][question.code] = answer
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def read_model(content: bytes) -> Model:
    """Return the model that a file holds. Raises Unreadable, with the reason, for any other file."""
    data = _parsed(content)
    if data.get("format") != FORMAT:
        raise Unreadable("another_format")
    schema = data.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise Unreadable("no_schema")
    if schema > SCHEMA:
        raise Unreadable("newer")
    name, languages = _name(data.get("network", {})), _languages(data)
    found: dict[str, dict[str, Any]] = {"answers": {}, "texts": {}, "tables": {}}
    unknown: list[str] = []
    known = {question.code: question for question in carried()}
    for place in found:
        for code, value in _section(data, place).items():
            question = known.get(code)
            if question is None:
                unknown.append(code[:60])
            elif _place_of(question) != place or not rules.is_answer(question, value, languages=languages):
                raise Unreadable("not_an_answer", code)
            else:
                found[place][code] = value
    if not any(found.values()):
        raise Unreadable("empty")
    version = data.get("version")
    return Model(
        name=name,
        version=version if isinstance(version, int) and 0 < version < 10**6 else 0,
        made_on=data["made_on"] if rules.is_text(data.get("made_on"), 10) else "",
        unknown=tuple(unknown[:20]),
        **found,
    )


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json") from error
    if not isinstance(data, dict):
        raise Unreadable("another_format")
    return data


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("no number")


def _section(data: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    section = data.get(place, {})
    if not isinstance(section, dict):
        raise Unreadable("another_format")
    return section


def _place_of(question: rules.Question) -> str:
    if question.kind is Kind.ROWS:
        return "tables"
    return "texts" if question.shared else "answers"


def _name(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST_LANGUAGES:
        raise Unreadable("another_format")
    return {
        key[:10]: text for key, text in value.items() if rules.is_text(key, 10) and rules.is_text(text, 300)
    }


def _languages(data: Mapping[str, Any]) -> set[str]:
    """Return the languages in which the file speaks."""
    found: set[str] = set()
    for texts in _section(data, "texts").values():
        found |= set(texts) if isinstance(texts, dict) else set()
    for rows in _section(data, "tables").values():
        for row in rows if isinstance(rows, list) else []:
            parts = row.values() if isinstance(row, dict) else []
            found |= {key for part in parts if isinstance(part, dict) for key in part}
    known = {key for key in found if rules.is_text(key, 10) and key.replace("-", "").isalpha()}
    return known if len(known) <= MOST_LANGUAGES else set()
