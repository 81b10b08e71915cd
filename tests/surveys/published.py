"""Drawn surveys as the product publishes them: an instrument, columns, and one document after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.instrument import (
    Base,
    Clause,
    Condition,
    Instrument,
    Kind,
    Operator,
    Option,
    Question,
    Section,
)
from tequio.surveys.rules.releases import CannotSplit, draw
from tests.surveys.fields import Asked, Field, drawn

BY = "country"
LEAST = 10  # new answers between two releases


def grown(seed: int, *, releases: int) -> tuple[list[Field], str]:
    """Return what each release of a drawn survey counts, the earlier inside the later, and what splits it.

    A column may grow by nobody, or by one or two, while the others grow.
    """
    chance = Random(seed * 7 + releases)
    sizes = [chance.randint(20, 110)]
    while len(sizes) < releases:
        sizes.append(sizes[-1] + chance.choice((3, 10, 12, 25, 60)))
    field = drawn(seed, size=sizes[-1])
    names = [f"c{each}" for each in range(field.countries)]
    if seed % 4 == 0:
        names[-1] = ""
    field = replace(field, names=tuple(names))
    if seed % 3 == 0:
        field = _late(field, sizes[0], chance)
    return [field.first(size) for size in sizes], "" if seed % 10 == 9 else BY


def _late(field: Field, first: int, chance: Random) -> Field:
    """Let one country come late, or stop coming: everybody of it is among the first, or among the last."""
    country = chance.randrange(field.countries)
    way = chance.choice((1, -1))
    order = sorted(range(field.size), key=lambda at: way * (field.columns[at] == country))
    asked = tuple(replace(one, ticks=tuple(one.ticks[at] for at in order)) for one in field.asked)
    return replace(field, columns=tuple(field.columns[at] for at in order), asked=asked)


def documents(fields: Sequence[Field], *, by: str, k: int, seed: int = 0) -> list[dict[str, Any] | None]:
    """Publish one release after the other as the product does; None where it refuses."""
    found: list[dict[str, Any] | None] = []
    earlier: list[Mapping[str, Any]] = []
    for number, field in enumerate(fields, start=1):
        document = _document(field, by, k, earlier, number, seed)
        found.append(document)
    return found


def _document(
    field: Field, by: str, k: int, earlier: list[Mapping[str, Any]], number: int, seed: int
) -> dict[str, Any] | None:
    if field.size < LEAST or any(field.size - one["size"] < LEAST for one in earlier):
        return None
    questions = [one.key for one in field.asked if (len(one.key) + number + seed) % 5]
    try:
        found = draw(
            instrument_of(field, seed),
            sheet_of(field, seed),
            questions=[*questions, BY],
            by=by,
            k=k,
            earlier=earlier,
        )
    except CannotSplit:
        return None
    earlier.append(found.basis)
    return {
        "format": "tequio-survey-release/1", "survey": "0" * 8, "title": {"en": "Drawn", "es": "Dibujada"},
        "number": number, "languages": ["es", "en"], "versions": [1], "respondents": field.size, "smallest": k,
        "first": "2026-10-01", "last": "2026-11-01", "ways": ["PAGE"], "open": True, "dimension": found.dimension,
        "tables": found.tables, "findings": [], "method": {}, "authors": "", "licence": "CC0-1.0", "names": [],
    }  # fmt: skip


def instrument_of(field: Field, seed: int) -> Instrument:
    """Return what a drawn survey asks."""
    country = Question(
        BY,
        Kind.COUNTRY if seed % 2 else Kind.SINGLE,
        {"en": "Where?"},
        options=() if seed % 2 else tuple(Option(name, {"en": name.upper()}) for name in field.names if name),
        role="COUNTRY",
    )
    asked = [_question(one, _base(at, seed)) for at, one in enumerate(field.asked)]
    return Instrument(("es", "en"), {"en": "Drawn"}, (Section("all", {"en": "All"}, (country, *asked)),))


def _base(at: int, seed: int) -> Base:
    return (Base.RESPONDENTS, Base.ANSWERING, Base.MENTIONS)[(at + seed) % 3]


def _question(one: Asked, base: Base) -> Question:
    clauses = tuple(Clause(key, Operator.IS, f"o{one.on}") for key in one.leans)
    options = tuple(
        Option(f"o{at}", {"en": f"Option {at}"}, alone=at == one.alone) for at in range(one.options)
    )
    return Question(
        one.key,
        Kind.MULTI if one.several else Kind.SINGLE,
        {"en": f"Question {one.key}"},
        options=options,
        at_most=one.most,
        base=base if one.several or base is not Base.MENTIONS else Base.RESPONDENTS,
        condition=Condition(clauses) if clauses else None,
    )


def sheet_of(field: Field, seed: int) -> Sheet:
    """Return the answers to it as columns."""
    instrument = instrument_of(field, seed)
    there = [at for at, name in enumerate(field.names) if name and (at in field.columns or not seed % 2)]
    named = tuple(Category(field.names[at], {"en": field.names[at].upper()}) for at in there)
    ticks = [(there.index(at),) if field.names[at] else () for at in field.columns]
    columns = [Column(BY, {"en": "Where?"}, named, ticks)]
    for one in field.asked:
        question = instrument.question(one.key)
        assert question is not None
        categories = tuple(Category(each.key, each.text) for each in question.options)
        asked = tuple(said is not None for said in one.ticks) if one.leans else None
        columns.append(
            Column(
                one.key,
                question.text,
                categories,
                [said or () for said in one.ticks],
                one.several,
                question.base,
                asked,
            )
        )
    return Sheet(field.size, tuple(columns))
