"""What is taken out of a survey comes in again as the same answers."""

from datetime import UTC, datetime
from decimal import Decimal
from unicodedata import is_normalized

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.surveys.formats.answers.files import open_table
from tequio.surveys.formats.answers.headings import guess
from tequio.surveys.formats.answers.reading import read_answers
from tequio.surveys.formats.answers.writing import Row, as_csv, as_workbook, codebook, harmless, plain, table
from tequio.surveys.rules.instrument import (
    NATIONAL,
    NO,
    YES,
    Instrument,
    Kind,
    Option,
    Question,
    Section,
    Value,
    Values,
)

OPTIONS = tuple(
    Option(key, {"es": text}, other=key == "other")
    for key, text in {
        "agua": "Agua, saneamiento",
        "luz": "Luz; y gas",
        "open": "Datos",
        "other": "Otro",
    }.items()
)
ROWS = (Option("r1", {"es": "Agua"}), Option("r2", {"es": "Luz"}))
ASKED = Instrument(
    ("es", "en"), {"es": "Mapeo"},
    (Section("s", {}, (
        Question("open", Kind.OPEN, {"es": "¿Quién?"}, long=True),
        Question("mail", Kind.OPEN, {"es": "Correo"}, role="EMAIL"),
        Question("themes", Kind.MULTI, {"es": "Temas"}, options=OPTIONS),
        Question("size", Kind.SINGLE, {"es": "Tamaño"}, options=OPTIONS),
        Question("size_other", Kind.OPEN, {"es": "¿Por qué?"}),
        Question("joins", Kind.YES_NO, {"es": "¿Se suma?"}),
        Question("people", Kind.NUMBER, {"es": "¿Cuántas?"}),
        Question("since", Kind.DATE, {"es": "¿Desde cuándo?"}),
        Question("country", Kind.COUNTRY, {"es": "País"}),
        Question("cities", Kind.CITIES, {"es": "Ciudades"}),
        Question("grid", Kind.MATRIX, {"es": "Matriz"}, options=OPTIONS[:2], rows=ROWS),
    )),),
)  # fmt: skip
WHEN = datetime(2026, 5, 9, 10, 20, 11, tzinfo=UTC)
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co", "Zs", "Zl", "Zp"))
WORDS = st.text(
    LETTERS | st.sampled_from(["=", "+", "-", "@", "'", ";", ",", '"']), min_size=1, max_size=12
).filter(lambda text: text.isprintable() and "#" not in text and is_normalized("NFC", text))
KEYS = [option.key for option in OPTIONS]


@st.composite
def answers(draw: st.DrawFn) -> Values:
    chosen = tuple(key for key in KEYS if draw(st.booleans()))
    one = draw(st.sampled_from(KEYS))
    found = {
        "open": Value(text=draw(WORDS)),
        "themes": Value(chosen=chosen, text=draw(WORDS) if "other" in chosen else ""),
        "size": Value(chosen=(one,), text=draw(WORDS) if one == "other" else ""),
        "size_other": Value(text=draw(WORDS)),
        "joins": Value(chosen=(draw(st.sampled_from([YES, NO])),)),
        "people": Value(number=draw(st.decimals(-(10**9), 10**9, places=2))),
        "since": Value(date=draw(st.dates()).isoformat()),
        "country": Value(chosen=(draw(st.sampled_from(["CL", "BR", "NA", "NO"])),)),
        "cities": Value(chosen=(NATIONAL, "3687925"), text="Aldea Sin Mapa"),
        "grid": Value(rows={"r1": draw(st.sampled_from(["agua", "luz"]))}),
    }
    return {key: value for key, value in found.items() if not value.empty and draw(st.booleans())}


@settings(max_examples=30, deadline=None)
@given(st.lists(answers(), min_size=1, max_size=4), st.booleans())
def test_what_goes_out_comes_in_again(said: list[Values], book: bool) -> None:
    rows = [Row(f"u{place}", WHEN, WHEN, "es", values) for place, values in enumerate(said)]
    cells = list(table(ASKED, rows, cities={"3687925": "Cali"}))
    content = as_workbook({"answers": cells, "codebook": codebook(ASKED)}) if book else as_csv(cells)
    with open_table(content) as found:
        headings, lines = found.headings, list(found.rows)
    targets = guess(headings, ASKED)
    reading = read_answers(headings=headings, rows=lines, targets=targets, instrument=ASKED)
    kept = [one for one in rows if one.values]
    assert [dict(one.values) for one in reading.respondents] == [dict(one.values) for one in kept]
    assert [(one.identity, one.sent, one.language) for one in reading.respondents] == [
        (one.identity, "2026-05-09T10:20:11+00:00", "es") for one in kept
    ]
    assert reading.misread == [misread for misread in reading.misread if misread.reason == "empty_row"]


def test_one_column_an_option_and_other_apart() -> None:
    """One row a respondent, one 0/1 column an option, what "other" is beside it. Source: P4."""
    values = {
        "themes": Value(chosen=("agua", "other"), text="=cmd|' /C calc'!A0"),
        "mail": Value(text="a@b.org"),
    }
    head, line = table(ASKED, [Row("u", WHEN, WHEN, "es", values)], cities={})
    row = dict(zip(head, line, strict=True))
    assert [row[f"themes/{key}"] for key in KEYS] == [1, 0, 0, 1]
    assert row["themes_other"] == "'=cmd|' /C calc'!A0"
    assert "size#" in row
    assert "mail" not in row


def test_the_codebook_says_what_each_column_means() -> None:
    lines = list(codebook(ASKED))
    assert lines[0] == ["column", "kind", "what", "question:es", "question:en", "option:es", "option:en"]
    assert ["themes/luz", "MULTI", "0/1", "Temas", "", "Luz; y gas", ""] in lines
    assert ["size", "SINGLE", "agua", "Tamaño", "", "Agua, saneamiento", ""] in lines
    assert ["grid/r1", "MATRIX", "r1", "Matriz", "", "Agua", ""] in lines


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM", "'=x", "''@", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    cell = str(harmless(text))
    assert cell.startswith("'")
    assert plain(cell) == text


def test_numbers_stay_numbers() -> None:
    assert harmless("-3") == "-3"
    assert harmless(Decimal("-3.5")) == Decimal("-3.5")
    content = as_workbook({"a": [["n"], [Decimal("-3.5")], [Decimal("12345678901234.123456")]]})
    import io

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet["A"]] == ["n", -3.5, "12345678901234.123456"]
