"""XLSForm in and out. Source: SUR-02, and the forms that ODK and KoboToolbox write."""

import csv
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.surveys.formats.xlsform import Code, Outcome, Unusable, read, write
from tequio.surveys.formats.xlsform.expressions import NotSaid, flat, parse
from tequio.surveys.formats.xlsform.words import OUTCOMES, REASONS, UNUSABLE
from tequio.surveys.rules import templates
from tequio.surveys.rules.checking import faults
from tequio.surveys.rules.conditions import asked as questions_asked
from tequio.surveys.rules.instrument import Instrument, Kind, Operator
from tequio.surveys.rules.templates import template
from tests.surveys.instruments import answers, instrument, instruments, question, when

SHARED = Path(__file__).parents[3] / "shared" / "data" / "surveys"
MANY = 200 if os.environ.get("PROOF") else 12
CHOICES = [["list_name", "name", "label"], ["colors", "red", "Red"], ["colors", "blue", "Blue"], ["yn", "yes", "Yes"],
           ["yn", "no", "No"], ["one", "agree", "I agree"]]  # fmt: skip
HEAD = ["type", "name", "label", "relevant", "constraint", "appearance", "required"]


def book(
    *rows: list[object], choices: list[list[object]] = CHOICES, head: list[str] = HEAD, **sheets: object
) -> bytes:
    """Return a workbook of these rows."""
    made = openpyxl.Workbook()
    tables = {"survey": [head, *rows], "choices": choices, **sheets}
    for name, table in tables.items():
        sheet = made.active if name == "survey" else made.create_sheet(name)
        sheet.title = name
        for row in table:
            sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def accepted(content: bytes) -> str:
    """Return what the reference program makes of a form; it raises for one that it does not take."""
    from pyxform.xls2xform import convert

    return convert(io.BytesIO(content), file_type=".xlsx").xform


@pytest.mark.parametrize("key", templates.KEYS)
def test_a_template_comes_back_as_it_was(key):
    reading = read(write(template(key)))
    assert reading.instrument == template(key)
    assert reading.problems == ()


@pytest.mark.parametrize("key", [templates.REGIONAL_MAPPING, templates.EVENT_FEEDBACK])
def test_the_reference_program_takes_what_we_write(key):
    form = accepted(write(template(key)))
    assert "organizaci" in form
    assert "<bind" in form


@given(instruments())
@settings(max_examples=MANY, deadline=None)
def test_every_instrument_comes_back_as_it_was(asked: Instrument):
    reading = read(write(asked))
    assert reading.instrument == asked
    assert reading.problems == ()


@given(st.data())
@settings(max_examples=MANY, deadline=None)
def test_conditions_say_the_same_without_our_columns(data: st.DataObject):
    """Source: SUR-02: "and" and "or" within one another, as the programs of others read and write them."""
    asked = data.draw(instruments())
    made = openpyxl.load_workbook(io.BytesIO(write(asked)))
    for column in made["survey"].iter_cols():
        if column[0].value == "tequio_condition":
            made["survey"].delete_cols(column[0].column)
    target = io.BytesIO()
    made.save(target)
    plain = read(target.getvalue()).instrument
    said = data.draw(answers(asked))
    assert [one.key for one in questions_asked(plain, said)] == [
        one.key for one in questions_asked(asked, said)
    ]


@given(instruments())
@settings(max_examples=MANY // 3, deadline=None)
def test_the_reference_program_takes_every_instrument(asked: Instrument):
    accepted(write(asked))


def test_nothing_that_is_written_is_a_formula():
    asked = instrument(question("a", Kind.SINGLE, "x", "y", hint={"en": "=cmd|' /C calc'!A0"}))
    made = openpyxl.load_workbook(io.BytesIO(write(asked)))
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(cell.value.startswith("=") and cell.quotePrefix for cell in cells)


def test_what_somebody_changed_in_the_columns_of_others_counts():
    asked = instrument(
        question("a", Kind.SINGLE, "x", "y"), question("b", condition=when("a", Operator.IS, "x"))
    )
    made = openpyxl.load_workbook(io.BytesIO(write(asked)))
    for row in made["survey"].iter_rows():
        for cell in row:
            if cell.value == "selected(${a}, 'x')":
                cell.value = "selected(${a}, 'y')"
    target = io.BytesIO()
    made.save(target)
    found = read(target.getvalue()).instrument.question("b")
    assert found
    assert found.condition == when("a", Operator.IS, "y")


@pytest.mark.parametrize(
    ("said", "clauses", "any_of"),
    [
        ("selected(${a}, 'x')", [("a", "=", "x")], False),
        ("${a} = 'x' and ${b} >= 3", [("a", "=", "x"), ("b", ">=", "3")], False),
        (
            "'x' = ${a} or (${b} > 3 or not(${c} = \"z\"))",
            [("a", "=", "x"), ("b", ">", "3"), ("c", "!=", "z")],
            True,
        ),
        ("not(selected( ${a} ,‘x’) or ${b} != '')", [("a", "!=", "x"), ("b", "=", "")], False),
        ("3 < ${b}", [("b", ">", "3")], False),
        ("string-length(${a}) > 0", [("a", "!=", "")], False),
        ("count-selected(${a})>=2", [("a", ">=", "2")], False),
        ("number(${b}) = -5", [("b", "=", "-5")], False),
    ],
)
def test_conditions_are_read(said, clauses, any_of):
    found, joined = flat(parse(said))
    assert [(one.ref, one.op, one.value) for one in found] == clauses
    assert joined is any_of


@pytest.mark.parametrize(
    "said",
    ["${a} + 1 > 2", "${a} = ${b}", "regex(${a}, 'x')", "${a} =", "(((", "", "x" * 5000, "(" * 500 + "${a}='x'" + ")" * 500,
     "today() > ${a}", "${a} = 'x' xor ${b} = 'y'", "selected('x', ${a})", "if(${a}='x', 1, 2)"],
)  # fmt: skip
def test_what_a_condition_cannot_say_is_not_guessed(said):
    with pytest.raises(NotSaid):
        parse(said)


def told(content: bytes) -> list[tuple[int, Code, Outcome]]:
    return [(one.row, one.code, one.outcome) for one in read(content).problems]


@pytest.mark.parametrize(
    ("row", "code", "outcome"),
    [
        (["geopoint", "where", "Where?"], Code.TYPE, Outcome.LEFT_OUT),
        (["", "lost", "Lost?"], Code.TYPE, Outcome.LEFT_OUT),
        (["start", "start"], Code.RECORDED, Outcome.LEFT_OUT),
        (["calculate", "sum"], Code.CALCULATION, Outcome.LEFT_OUT),
        (["select_one nowhere", "q", "Q?"], Code.NO_LIST, Outcome.LEFT_OUT),
        (["select_one_from_file places.csv", "q", "Q?"], Code.OTHER_FILE, Outcome.LEFT_OUT),
        (["text", "q", "Q?", "${first} = 'red' and (${first} = 'a' or 1 = 2)"], Code.CONDITION, Outcome.SIMPLIFIED),
        (["text", "q", "Q?", "${later} = 'x'"], Code.CONDITION, Outcome.SIMPLIFIED),
        (["text", "q", "Q?", "", "regex(., '^a')"], Code.CONSTRAINT, Outcome.SIMPLIFIED),
        (["text", "q", "Q?", "", "", "signature"], Code.APPEARANCE, Outcome.KEPT),
        (["text", "q", "Q?", "", "", "", "${first} = 'red'"], Code.REQUIRED, Outcome.SIMPLIFIED),
        (["text", "q"], Code.NO_LABEL, Outcome.SIMPLIFIED),
        (["text", "", "Q?"], Code.NO_NAME, Outcome.SIMPLIFIED),
        (["text", "año nuevo", "Q?"], Code.NAME, Outcome.SIMPLIFIED),
        (["text", "first", "Q?"], Code.NAME_TWICE, Outcome.SIMPLIFIED),
        (["text", "q", "Because you said ${first}"], Code.REFERENCE, Outcome.SIMPLIFIED),
        (["rank colors", "q", "Q?"], Code.RANK, Outcome.SIMPLIFIED),
        (["time", "q", "Q?"], Code.AS_TEXT, Outcome.SIMPLIFIED),
        (["dateTime", "q", "Q?"], Code.AS_DATE, Outcome.SIMPLIFIED),
        (["acknowledge", "q", "Q?"], Code.AS_YES_NO, Outcome.SIMPLIFIED),
        (["select_one one", "q", "Q?"], Code.AS_MULTI, Outcome.SIMPLIFIED),
        (["end_group"], Code.UNBALANCED, Outcome.KEPT),
        (["begin_group", "g", "G"], Code.UNBALANCED, Outcome.KEPT),
        (["text", "q", "=1+1"], Code.FORMULA, Outcome.KEPT),
        (["text", "q", "x" * 30_000], Code.CELL_TOO_LONG, Outcome.SIMPLIFIED),
    ],
)  # fmt: skip
def test_what_is_not_taken_over_is_told_by_its_row(row, code, outcome):
    found = told(book(["select_one colors", "first", "First?"], row))
    assert (3, code, outcome) in found
    assert {one[0] for one in found} == {3}


def test_a_repeat_is_left_out_row_by_row():
    content = book(
        ["text", "a", "A?"], ["begin_repeat", "people", "People"], ["text", "name", "Name?"],
        ["integer", "age", "Age?"], ["end repeat"], ["text", "b", "B?", "${age} > 3"],
    )  # fmt: skip
    assert told(content) == [
        (3, Code.REPEAT, Outcome.LEFT_OUT), (4, Code.REPEAT, Outcome.LEFT_OUT), (5, Code.REPEAT, Outcome.LEFT_OUT),
        (7, Code.CONDITION, Outcome.SIMPLIFIED),
    ]  # fmt: skip
    assert [one.key for one in read(content).instrument.questions()] == ["a", "b"]


def test_groups_limits_grids_and_other_are_read():
    rows = [
        ["note", "hello", "Welcome"],
        ["begin group", "one", "Group one", "", "", "field-list"],
        ["select_multiple colors or_other", "c", "Colors?", "", "count-selected(.) <= 2", "minimal", "yes"],
        ["begin group", "inner", "Inside", "selected(${c}, 'red')"],
        ["integer", "n", "How many?", "", ". > 0 and . <= 20"],
        ["end group"],
        ["text", "why", "Why?", "${n} > 4 or ${n} <= 1"],
        ["end group"],
        ["begin_group", "grid", "How was it?", "", "", "table-list"],
        ["select_one colors", "food", "Food"],
        ["select_one colors", "room", "Room"],
        ["end_group"],
        ["select one yn", "ok", "Fine?", "${food} = 'red'"],
    ]
    reading = read(book(*rows))
    asked = reading.instrument
    assert [section.key for section in asked.sections] == ["one", "inner", "one_2", "section_3"]
    c, n, why, grid, ok = asked.questions()
    assert (c.kind, c.at_most, c.required, c.options[-1].other) == (Kind.MULTI, 2, True, True)
    assert (n.lowest, n.highest) == (1, 20)
    assert why.condition
    assert why.condition.any_of
    assert [(one.operator, one.value) for one in why.condition.clauses] == [
        ("AT_LEAST", "5"),
        ("AT_MOST", "1"),
    ]
    assert (grid.kind, [row.key for row in grid.rows], len(grid.options)) == (
        Kind.MATRIX,
        ["food", "room"],
        2,
    )
    assert ok.kind is Kind.YES_NO
    assert ok.condition == when("grid", Operator.IS, "food/red")
    assert not [fault for fault in faults(asked) if fault.blocks]
    assert {one.code for one in reading.problems} <= {Code.NESTED, Code.NOTE}


def test_languages_are_read_as_forms_name_them():
    head = ["type", "name", "label::Español (es)", "label : Português (pt)", "label::english", "hint"]
    content = book(
        ["text", "a", "¿A?", "A?", "A", "-"], head=head, settings=[["default_language"], ["english"]]
    )
    asked = read(content).instrument
    assert asked.languages == ("en", "es", "pt-br")
    assert next(asked.questions()).text == {"en": "A", "es": "¿A?", "pt-br": "A?"}


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 40_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"type,name\ntext,a", "another_kind"),
        (b"\xd0\xcf\x11\xe0 old", "old_workbook"),
        (b"PK\x03\x04 broken", "broken"),
        (book(["text", "a"])[:3000], "broken"),
        (_bomb(), "bomb"),
        (book(["text"], head=["kind", "name"]), "no_type_column"),
        (b"x" * 10_000_001, "too_large"),
    ],
)
def test_what_is_no_form_is_refused_in_words(content, code):
    with pytest.raises(Unusable) as told_why:
        read(content)
    assert told_why.value.code == code
    assert code in UNUSABLE


def test_every_reason_has_a_sentence():
    assert set(REASONS) == set(Code)
    assert set(OUTCOMES) == set(Outcome)


@pytest.mark.skipif(not SHARED.exists(), reason="the data of others lies beside the repository")
def test_real_forms_are_read():
    """A needs survey of migrant organizations, and a household survey with a repeat."""
    reading = read((SHARED / "xlsform_mitwirken_de" / "mitwirken_umfrage.xlsx").read_bytes())
    kinds = [one.kind for one in reading.instrument.questions()]
    assert (reading.instrument.languages, kinds.count(Kind.SINGLE), kinds.count(Kind.MULTI)) == (
        ("de",),
        8,
        12,
    )
    assert {one.row for one in reading.problems if one.code is Code.CONDITION} == {28}
    assert not [fault for fault in faults(reading.instrument) if fault.blocks]
    folder = SHARED / "msna_template"
    tables = {
        name: [*csv.reader(io.StringIO((folder / f"{name}.csv").read_text(encoding="utf-8"), newline=""))]
        for name in ("survey", "choices")
    }
    head, *rows = tables["survey"]
    reading = read(book(*rows, head=head, choices=tables["choices"]))
    assert sum(1 for _one in reading.instrument.questions()) == 149
    assert sum(one.code is Code.REPEAT for one in reading.problems) == 86
    assert not [fault for fault in faults(reading.instrument) if fault.blocks]
