"""A file of answers as columns to be counted, however it was saved."""

import csv
import gzip
import io
import lzma
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tequio.people.formats.tables import Layout, Limits, Unreadable
from tequio.surveys.formats.answers import read_sheet
from tequio.surveys.formats.answers.files import open_table
from tequio.surveys.formats.answers.sheet import NoColumn
from tequio.surveys.rules.columns import Column, Sheet
from tequio.surveys.rules.instrument import Instrument, Kind, Option, Question, Section

DATA = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / "data/surveys"
ROWS = [["País", "Temas"], ["Perú", "Agua; Salud"], ["México", "Salud;Salud; "], ["", "Niñez, agua"]]


def text(delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)


def said(column: Column | None) -> list[list[str]]:
    assert column is not None
    return [[column.categories[place].key for place in ticks] for ticks in column.ticks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_any_saving_reads_the_same(encoding: str, delimiter: str, pack: object) -> None:
    sheet = read_sheet(pack(text(delimiter).encode(encoding)), name="a", multi=";")  # type: ignore[operator]
    assert sheet.size == 3
    assert said(sheet.column("País")) == [["Perú"], ["México"], []]
    assert said(sheet.column("Temas")) == [["Agua", "Salud"], ["Salud"], ["Niñez, agua"]]
    assert [column.several for column in sheet.columns] == [False, True]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_too(codec: str) -> None:
    assert [said(one)[0] for one in read_sheet("a;b\nñu;1\n".encode(codec)).columns] == [["ñu"], ["1"]]


def test_letters_that_somebody_chose_wrongly_break_nothing() -> None:
    with open_table("a;b\nñu;1\n".encode(), layout=Layout("csv", encoding="utf-16")) as table:
        assert len(list(table.rows)) == 0


def test_without_a_mark_a_cell_is_one_answer() -> None:
    sheet = read_sheet(text().encode(), columns=["Temas", "pais"])
    assert said(sheet.columns[0])[0] == ["Agua; Salud"]
    assert [column.key for column in sheet.columns] == ["Temas", "pais"]


def test_a_workbook_reads_as_its_table_does() -> None:
    book = openpyxl.Workbook()
    for row in [[], *ROWS, [3.0, True, None]]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    sheet = read_sheet(out.getvalue(), multi=";")
    assert said(sheet.column("País")) == [["Perú"], ["México"], [], ["3"]]


def test_one_column_parted_by_its_answers_alone_stays_one() -> None:
    sheet = read_sheet(b"themes\nA;B\nB;C\nA;C;B\n", multi=";")
    assert said(sheet.column("themes")) == [["A", "B"], ["B", "C"], ["A", "C", "B"]]


def test_a_question_spread_over_its_options_is_asked_for_by_its_name() -> None:
    kobo = b"q;q/agua;q/luz;who\nagua luz;1;1;a\nluz;0;1;b\n;;;c\n;0;0;d\n"
    column = read_sheet(kobo, columns=["q"]).columns[0]
    assert said(column) == [["agua", "luz"], ["luz"], [], []]
    assert column.asked == [True, True, False, True]
    assert column.several
    assert said(read_sheet(kobo, columns=["q"], multi=" ").columns[0])[0] == ["agua", "luz"]
    lime = b'"q[a]","q[b]"\n"Y",""\n"","Y"\n'
    assert said(read_sheet(lime, columns=["q"]).columns[0]) == [["a"], ["b"]]


def test_rows_that_are_empty_count_unless_they_stand_at_the_end() -> None:
    assert read_sheet(b"a,b\n1,2\n,\n3,\n,\n,\n\n").size == 3


def test_headings_that_come_twice_are_told_apart() -> None:
    sheet = read_sheet(b"City,City\nLima,Cali\nIca\n")
    assert said(sheet.column("City (2)")) == [["Cali"], []]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(NoColumn) as problem:
        read_sheet(b"a,b\n1,2\n", columns=["c"])
    assert (problem.value.wanted, problem.value.headings) == ("c", ("a", "b"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04zzz", "another_kind"),
        (b"%PDF-1.7", "document"),
        (gzip.compress(b"a,b\n1,2\n")[:-6], "broken"),
        (lzma.compress(b"a,b\n" + b"1,2\n" * 9_000)[:-40], "broken"),
        (gzip.compress(b"a\n" * 300_000), "too_many_rows"),
        (b"a," * 9_000, "too_many_columns"),
    ],
    ids=["nothing", "lines", "workbook", "paper", "cut gzip", "cut xz", "long", "wide"],
)
def test_what_is_no_table_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read_sheet(content, limits=Limits(rows=200_000, columns=1_000))
    assert problem.value.code == code


def test_letters_that_turn_out_late_not_to_be_utf_8_are_read_again() -> None:
    sheet = read_sheet(b"a,b\n" + b"x,y\n" * 100_000 + "Perú,z\n".encode("cp1252"), columns=["a"])
    assert [category.key for category in sheet.columns[0].categories] == ["x", "Perú"]


def test_a_cell_of_a_million_letters_is_cut() -> None:
    sheet = read_sheet(b'a,b\n"' + b"x" * 1_000_000 + b'",1\n')
    assert len(sheet.columns[0].categories[0].key) == 20_000


@pytest.mark.skipif(not DATA.exists(), reason="needs the data that lies beside the repository")
def test_a_published_table_is_reproduced_and_its_one_error_found() -> None:
    """13,947 respondents, one column an option: 17 of 18 published cells, and the one misprint. Source: SUR-02."""
    folder = DATA / "github_oss_survey"
    name = "ONEHOT.NEGATIVE_RESPONSE"
    content = (folder / "data__2024__clean_data__negative_incidents.csv").read_bytes()
    question, year = read_sheet(content, columns=[name, "year"]).columns
    assert question.asked is not None
    years = [year.categories[ticks[0]].key for ticks in year.ticks]
    asked = Counter(when for when, was in zip(years, question.asked, strict=True) if was)
    cells = Counter(
        (when, place) for when, ticks in zip(years, question.ticks, strict=True) for place in ticks
    )
    published = read_sheet((folder / "docs__data__q33_data.csv").read_bytes())
    rows = list(zip(*(said(column) for column in published.columns), strict=True))
    keys = [category.key for category in question.categories]
    wrong = []
    for [column], _one, [_label], [when], [count], [total], _share in rows:
        ours = cells[when, keys.index(column.removeprefix(f"{name}."))], asked[when]
        if ours != (int(count), int(total)):
            wrong.append((column, when, int(count), int(total), *ours))
    assert (len(question.ticks), len(rows)) == (13_947, 18)
    assert wrong == [(f"{name}.IGNORED", "2024", 466, 1_237, 517, 1_337)]


@pytest.mark.skipif(not DATA.exists(), reason="needs the data that lies beside the repository")
def test_published_tables_of_a_humanitarian_survey_are_reproduced() -> None:
    """Shares of one and of several answers, overall and by district, with the instrument's options. Source: SUR-03."""
    folder = DATA / "msna_template"
    instrument = instrument_of(folder)
    wanted = ["admin1", "wash_drinkingwatersource", "edu_learning_conditions_reasons_v1"]
    content = (folder / "data.csv").read_bytes()
    spread = read_sheet(content, instrument=instrument, columns=wanted)
    summed = read_sheet(content, instrument=instrument, columns=wanted, multi=" ")
    for sheet in (spread, summed):
        checked = 0
        for row in csv.DictReader(io.StringIO((folder / "results_table_no_ratio.csv").read_text())):
            if not row["analysis_type"].startswith("prop"):
                continue
            assert ours(sheet, row) == (Decimal(row["n"]), Decimal(row["n_total"]))
            checked += 1
        assert checked == 127


def ours(sheet: Sheet, row: dict[str, str]) -> tuple[int, int]:
    column, district = sheet.column(row["analysis_var"]), sheet.column("admin1")
    assert column is not None
    assert district is not None
    keys = [category.key for category in column.categories]
    groups = [category.key for category in district.categories]
    base = [
        ticks
        for ticks, where in zip(column.ticks, district.ticks, strict=True)
        if ticks and (not row["group_var"] or row["group_var_value"] in [groups[place] for place in where])
    ]
    place = keys.index(row["analysis_var_value"])
    return sum(place in ticks for ticks in base), len(base)


def instrument_of(folder: Path) -> Instrument:
    """The form of that survey, as far as it has choices."""
    options: dict[str, list[Option]] = {}
    for row in csv.DictReader(io.StringIO((folder / "choices.csv").read_text())):
        options.setdefault(row["list_name"], []).append(Option(row["name"], {"en": row["label::english"]}))
    questions = []
    for row in csv.DictReader(io.StringIO((folder / "survey.csv").read_text())):
        kind, _space, name = row["type"].partition(" ")
        if kind in ("select_one", "select_multiple") and name in options:
            which = Kind.SINGLE if kind == "select_one" else Kind.MULTI
            text = {"en": row["label::english"]}
            questions.append(Question(row["name"], which, text, options=tuple(options[name])))
    return Instrument(("en",), {}, (Section("s", {}, tuple(questions)),))


def test_with_the_instrument_options_come_in_its_order_and_hold_marks() -> None:
    options = (
        Option("a", {"en": "Training, advice"}),
        Option("b", {"en": "Advice"}),
        Option("c", {"en": "Money"}),
    )
    instrument = Instrument(
        ("en",), {}, (Section("s", {}, (Question("needs", Kind.MULTI, {"en": "Needs?"}, options=options),)),)
    )
    content = b'Needs?,who\n"Money, Training, advice",x\nAdvice,y\n"Advice, old boat",z\n'
    for name in ("needs", "Needs?"):
        column = read_sheet(content, instrument=instrument, columns=[name, "who"]).columns[0]
        assert column.key == name
        assert said(column) == [["a", "c"], ["b"], ["b", "old boat"]]
        assert [category.key for category in column.categories] == ["a", "b", "c", "old boat"]
