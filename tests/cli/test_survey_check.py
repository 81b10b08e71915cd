"""``tequio survey check``: a form in, what is read of it and what is not, row by row, out."""

import json

import pytest

from tequio.cli.main import main
from tequio.surveys.formats.xlsform import write
from tequio.surveys.rules.templates import template
from tests.surveys.test_xlsform import book


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")


def said(capsys, *arguments):
    """Return the exit code and what was printed."""
    code = main(["survey", "check", *map(str, arguments)])
    printed = capsys.readouterr()
    return code or 0, printed.out + printed.err


def test_a_form_is_told_by_its_questions_languages_and_rows(tmp_path, capsys):
    form = tmp_path / "form.xlsx"
    form.write_bytes(
        book(["select_one colors", "c", "C?"], ["geopoint", "where", "Where?"], ["text", "a", "A?"])
    )
    code, printed = said(capsys, form)
    assert code == 0
    assert "2 questions" in printed
    assert "survey, row 3, column type: left out." in printed
    assert "It can be used." in printed


def test_as_json(tmp_path, capsys):
    form = tmp_path / "form.xlsx"
    form.write_bytes(write(template("regional_mapping")))
    code, printed = said(capsys, form, "--json")
    found = json.loads(printed)
    assert (code, found["usable"], len(found["questions"]), found["problems"]) == (0, True, 26, [])
    assert found["languages"] == ["es", "pt-br", "en"]


@pytest.mark.parametrize("content", [b"", b"PK broken", b"\xd0\xcf\x11\xe0", book(["geopoint", "a", "A?"])])
def test_what_cannot_be_used_ends_with_1(tmp_path, capsys, content):
    form = tmp_path / "form.xlsx"
    form.write_bytes(content)
    assert said(capsys, form)[0] == 1
    code, printed = said(capsys, form, "--json")
    assert (code, json.loads(printed)["usable"]) == (1, False)
