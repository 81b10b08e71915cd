"""Spreadsheets of LibreOffice are read as those of Excel are, with the same guards. Source: SUR-05, issue 5 section 3."""

import io
from contextlib import suppress
from random import Random

import openpyxl
import pytest

from tequio.people.formats.tables import Layout, Limits, Unreadable, read_grid
from tests.surveys.sheets import ods, zipped

DAY = '<table:table-cell office:value-type="date" office:date-value="2026-05-09T00:00:00"><text:p>9/5/26</text:p></table:table-cell>'
PARTS = (
    '<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation><text:p>Agua <text:s text:c="2"/>y'
    "<text:span> sal</text:span></text:p><text:p>dos</text:p></table:table-cell>"
)
TWICE = '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>=1+1</text:p></table:table-cell>'
COVERED = "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>"


def test_cells_are_read_as_they_are_kept() -> None:
    content = ods(
        {"Hoja1": [["name", "n"], ["Ñandú", 1.5], [], [DAY, PARTS, COVERED, TWICE]], "Hoja2": [["x"]]}
    )
    grid = read_grid(content)
    assert grid.layout == Layout("ods", sheet="Hoja1")
    assert list(grid.sheets) == ["Hoja1", "Hoja2"]
    assert [(row.number, row.cells) for row in grid.rows] == [
        (1, ("name", "n")),
        (2, ("Ñandú", "1.5")),
        (3, ()),
        (4, ("2026-05-09", "Agua   y sal\ndos", "", "=1+1", "=1+1")),
    ]
    assert [row.cells for row in read_grid(content, layout=Layout("ods", sheet="Hoja2")).rows] == [("x",)]


def test_sheets_that_are_hidden_are_no_choice() -> None:
    grid = read_grid(ods({"old": [["x"]], "new": [["y"]]}, hidden=["old"]))
    assert (list(grid.sheets), grid.rows[0].cells) == (["new"], ("y",))


ENTITY = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
WIDE = '<table:table-cell table:number-columns-repeated="900000" office:value-type="string"><text:p>x</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ods({"a": [["x"]]}, before=ENTITY), "bomb"),
        (ods({"a": [["x"]]}, before="<!-- " + "y" * 5_000 + f" -->{ENTITY}"), "broken"),
        (zipped({"content.xml": "<a>" + " " * 3_000_000 + "</a>", "META-INF/manifest.xml": "<m/>"}), "bomb"),
        (ods({"a": [[WIDE]]}), "too_many_columns"),
        (ods({"a": [["x"]]}).replace(b"x", b"y")[:-300], "broken"),
        (zipped({"content.xml": "no xml", "META-INF/manifest.xml": "<encryption-data/>"}), "locked"),
        (zipped({"content.xml": "<a", "META-INF/manifest.xml": "<m/>"}), "broken"),
        (zipped({"a.xml": "<a/>"}), "another_kind"),
        (ods({}), "broken"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_or_too_much_of_one_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_grid(content)
    assert refused.value.code == code


def test_rows_that_repeat_are_counted() -> None:
    row = '<table:table-row table:number-rows-repeated="3"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>'
    content = ods({"a": [["name"], [f"<table:table-cell/></table:table-row>{row}<table:table-row>"]]})
    assert [each.cells for each in read_grid(content).rows] == [("name",), (), ("x",), ("x",), ("x",)]
    with pytest.raises(Unreadable, match="too_many_rows"):
        read_grid(
            ods(
                {
                    "a": [
                        [
                            f"<table:table-cell/></table:table-row>{row.replace('3', '999999')}<table:table-row>"
                        ]
                    ]
                }
            ),
            limits=Limits(rows=10),
        )


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_workbook_is_read_or_refused_and_never_breaks(seed: int) -> None:
    """Wherever some bytes of it are gone or others; the archive itself may fail in many ways."""
    chance = Random(seed)
    made = openpyxl.Workbook()
    made.active.append(["name", "n"])
    out = io.BytesIO()
    made.save(out)
    for content in (ods({"a": [["name", "n"], ["Ñandú", 2.5]]}), out.getvalue()):
        for _each in range(40):
            at = chance.randrange(len(content))
            gone = chance.randint(0, 9)
            damaged = content[:at] + chance.randbytes(chance.randint(0, 5)) + content[at + gone :]
            with suppress(Unreadable):
                read_grid(damaged)
