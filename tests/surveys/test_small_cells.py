"""S16: nobody works out a group of fewer than five from everything that is published. Source: SECURITY "Small cells"."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest

from tequio.surveys.rules.basis import from_basis
from tequio.surveys.rules.columns import Sheet
from tequio.surveys.rules.instrument import Instrument, Kind, Option, Question, Section
from tequio.surveys.rules.protection import parts, protect
from tequio.surveys.rules.releases import draw
from tequio.surveys.rules.shown import Before, Counted, K, Shown, Table
from tests.surveys import golden, stranger
from tests.surveys.attack import told
from tests.surveys.fields import Asked, Field, counted, drawn
from tests.surveys.published import BY, documents, grown

PROOF = bool(os.environ.get("PROOF"))
SURVEYS = range(500 if PROOF else 6)


def attacked(
    field: Field, questions: Sequence[Counted], tables: Mapping[str, Table], *, whole: bool = False
) -> list[str]:
    found = []
    asked = {question.key: question for question in field.asked}
    for one in questions:
        follows = [q for q in questions if one.key in q.leans and not tables[q.key].why]
        known = {asked[each.key].on: tables[each.key].asked for each in follows}
        names = told([(one, tables[one.key])], alone=asked[one.key].alone, known=known, whole=whole)
        found += [f"{one.key}, {name}" for name in names]
    return found


@pytest.mark.parametrize("seed", SURVEYS)
def test_no_small_group_is_told_by_everything_published(seed: int) -> None:
    """Source: S16, issue 5 section 4."""
    field = drawn(seed)
    questions = counted(field)
    tables = protect(questions, size=field.size)

    assert attacked(field, questions, tables) == []


@pytest.mark.parametrize("seed", range(0, 500, 2) if PROOF else (2,))
def test_nor_by_whole_numbers_alone(seed: int) -> None:
    """Source: S16; sums of fractions might hide what sums of whole numbers tell."""
    field = drawn(seed, size=24)
    questions = counted(field)

    assert attacked(field, questions, protect(questions, size=field.size), whole=True) == []


def columns_of(field: Field, sizes: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the columns of the first release, or none where one of them grows too little: its size is not told then."""
    counts = [[field.columns[:size].count(country) for country in range(field.countries)] for size in sizes]
    found = parts(counts[0]) or ()
    sums = [[sum(each[at] for at in part) for part in found] for each in counts]
    enough = all(b - a >= K for then, now in pairwise(sums) for a, b in zip(then, now, strict=True))
    return found if enough else ()


@pytest.mark.parametrize("seed", range(0, len(SURVEYS), 2))
def test_nor_by_a_later_release_held_against_an_earlier_one(seed: int) -> None:
    """Source: S16; releases of 60, 63, 95 and 140 answers."""
    field = drawn(seed, size=140)
    columns = columns_of(field, (60, 95, 140))
    done: list[Before] = []
    published: list[tuple[dict[str, Counted], dict[str, Table]]] = []
    for size in (60, 63, 95, 140):
        questions = counted(field.first(size), fixed=columns)
        tables = protect(questions, size=size, earlier=done)
        truth = {one.key: one for one in questions}
        done.append(Before(tables, truth))
        published.append((truth, tables))

    (_truth, first), (_more, second) = published[:2]
    assert all(
        second[key].why for key, table in first.items() if not table.why
    )  # three new answers add nothing
    for question in field.asked:
        releases = [(truth[question.key], tables[question.key]) for truth, tables in published]
        assert told(releases, alone=question.alone) == []


@pytest.mark.parametrize("seed", range(500 if PROOF else 4))
def test_no_small_group_is_told_by_a_document_as_it_is_published(seed: int) -> None:
    """Source: S16; ``report.json`` of a release: tables, columns, bases, sums, and who was asked what."""
    k = cell_of(seed)
    fields, by = grown(seed, releases=1)

    assert stranger.told(fields, documents(fields, by=by, k=k, seed=seed), k=k, by=BY) == []


@pytest.mark.parametrize("seed", range(250) if PROOF else (2, 7))
def test_nor_by_up_to_four_documents_together(seed: int) -> None:
    """Source: S16; columns grow by a few people or by none, questions are left out and come back, one country is late."""
    k = cell_of(seed)
    fields, by = grown(seed, releases=4)

    assert stranger.told(fields, documents(fields, by=by, k=k, seed=seed), k=k, by=BY) == []


@pytest.mark.parametrize("seed", range(250) if PROOF else (2,))
def test_nor_by_four_documents_in_whole_numbers(seed: int) -> None:
    """Source: S16; people come in whole numbers."""
    k = cell_of(seed)
    fields, by = grown(seed, releases=4)

    assert stranger.told(fields, documents(fields, by=by, k=k, seed=seed), k=k, by=BY, whole=True) == []


def cell_of(seed: int) -> int:
    """Return the smallest group that a drawn survey shows: five, or more where its makers said so."""
    return 7 if seed % 9 == 4 else K


def test_tables_stay_split_while_every_column_grows() -> None:
    """Source: S16, SUR-11; who comes from a new country joins those that the first report put together."""
    groups = ((30, 25, 18, 4, 3, 0), (30, 30, 30, 10, 10, 10))
    columns = tuple(at for group in groups for at, number in enumerate(group) for _each in range(number))
    chosen = tuple((at % 3,) for at in range(len(columns)))
    field = Field(
        columns, 6, (Asked("q0", 3, False, None, None, chosen),), tuple(f"c{each}" for each in range(6))
    )
    fields = [field.first(80), field]
    first, later = documents(fields, by=BY, k=K, seed=3)

    assert first
    assert later
    assert [each["key"] for each in first["dimension"]["columns"]] == ["c0", "c1", "c2", "other"]
    assert [each["key"] for each in later["dimension"]["columns"]] == ["c0", "c1", "c2", "other"]
    assert stranger.told(fields, [first, later], k=K, by=BY) == []


def test_the_documents_bite_where_releases_follow_each_other_freely() -> None:
    """Source: S16; the same documents, each made as if it were the first."""
    fields, by = grown(8, releases=4)
    free = [documents([one], by=by, k=K, seed=8)[0] for one in fields]

    assert len(stranger.told(fields, free, k=K, by=BY)) > 10


def naive(one: Counted) -> Table:
    """Withhold the small numbers themselves, and nothing else: what is done nearly everywhere."""
    cells = tuple(None if count < K else Shown(count, count) for count in one.counts)
    by = tuple(tuple(None if count < K else count for count in line) for line in one.by)
    mentions = sum(one.counts) if one.several else None
    return Table(
        one.key, one.asked, one.answered, cells, one.several, mentions=mentions, by=by, within=one.within
    )


def test_the_attack_bites_where_only_small_numbers_are_left_out() -> None:
    """Source: S16."""
    field = drawn(3)
    questions = counted(field)

    assert len(attacked(field, questions, {one.key: naive(one) for one in questions})) > 10


def test_the_attack_bites_where_releases_follow_each_other_freely() -> None:
    """Source: S16."""
    field = drawn(4, size=63)
    columns = parts([field.columns[:60].count(country) for country in range(field.countries)])
    then, now = counted(field.first(60), fixed=columns), counted(field, fixed=columns)
    free = [(protect(then, size=60), then), (protect(now, size=63), now)]
    found = []
    for question in field.asked:
        releases = [
            (next(one for one in counts if one.key == question.key), tables[question.key])
            for tables, counts in free
        ]
        found += told(releases, alone=question.alone)

    assert found


def instrument_of(sheet: Sheet) -> Instrument:
    """The regional mapping as an instrument: whoever has no table of their own is left out."""
    questions = [
        Question(
            column.key,
            Kind.CITIES if column.key == "cities" else Kind.MULTI if column.several else Kind.SINGLE,
            column.text,
            options=tuple(Option(one.key, one.text) for one in column.categories if column.key != "cities"),
            base=column.base,
            role="PUBLISH" if column.key == "consent_publication" else "",
        )
        for column in sheet.columns
    ]
    return Instrument(("en",), {"en": "Mapping"}, (Section("all", {"en": "All"}, tuple(questions)),))


def test_the_regional_mapping_is_published_nearly_whole_and_tells_no_small_group() -> None:
    """Source: S16, SUR-03, SUR-11, SUR-24; 96 answers of five countries."""
    sheet = golden.sheet()
    instrument = instrument_of(sheet)
    keys = [question.key for question in instrument.questions()]
    drawn_ = draw(instrument, sheet, questions=keys, by="country", k=K)
    basis = from_basis(
        drawn_.basis["questions"], {key: kept["keys"] for key, kept in drawn_.basis["questions"].items()}
    )
    tables = {table["key"]: table for table in drawn_.tables}

    assert [name for key, one in basis.counted.items() for name in told([(one, basis.tables[key])])] == []
    assert not [key for key, table in tables.items() if table.get("why")]
    assert [row["low"] for row in tables["opportunities"]["rows"]][:4] == [83, 71, 66, 41]
    assert [(row["low"], row["high"]) for row in tables["join_network"]["rows"]] == [(92, 96), (0, 4)]
    large = [
        (key, at) for key, one in basis.counted.items() for at, count in enumerate(one.counts) if count >= K
    ]
    assert sum(basis.tables[key].exact(at) is not None for key, at in large) >= len(large) - 2
    assert sum(bool(table.get("by")) for table in tables.values()) >= 10
