"""A published report of a survey is held against the register, by both programs, alone or in its data package."""

import hashlib
import json
import zipfile

import pytest

from tequio.register.formats import report_digest, verify
from tests.register.exports import export, record
from tests.register.strangers import program

WORDS = json.dumps({"survey": "Mapeo", "tables": [3, 5]}).encode()


def released(number, *, kind="surveys.release_published", **facts):
    made = record(number, kind=kind, facts={"who": "Ana", "title": "Mapeo", "number": 1, **facts})
    made.row["ref"] = "surveys.Release:7"
    return made


@pytest.fixture
def lines():
    return export([record(0), released(1, sha256=hashlib.sha256(WORDS).hexdigest()), record(2)])


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.json"
    path.write_bytes(WORDS)
    return path


def asked(path, lines):
    """What both programs say of a report: the entry that published it, or nothing; they must agree."""
    given = {report_digest(path): path.name}
    assert given == {program.digest_of(path): path.name}
    ours, theirs = verify(lines, reports=given), program.check(lines, reports=given)
    assert ours.ok == (not theirs.problems)
    assert (ours.published, ours.taken_back) == (theirs.published, theirs.taken_back)
    return ours


def test_a_report_is_the_one_that_was_published_alone_and_in_its_package(lines, report, tmp_path):
    """Source: GOV-26, SUR-24; ADR 0019."""
    found = asked(report, lines)
    assert (found.ok, found.published) == (True, {"report.json": 1})
    assert any("report.json" in said for said in found.sentences())
    package = tmp_path / "mapeo.zip"
    with zipfile.ZipFile(package, "w") as out:
        out.write(report, "report.json")
        out.writestr("README.md", "x")
    assert asked(package, lines).published == {"mapeo.zip": 1}


def test_a_report_that_was_changed_by_one_letter_does_not_hold(lines, report):
    report.write_bytes(WORDS.replace(b"5", b"6"))
    found = asked(report, lines)
    assert not found.ok
    assert "report.json" in found.sentences()[1]
    assert verify(lines).ok


def test_a_report_that_was_taken_back_is_said_to_be(report):
    digest = hashlib.sha256(WORDS).hexdigest()
    back = released(2, kind="surveys.release_withdrawn", reason="Contaba doble.")
    found = asked(report, export([record(0), released(1, sha256=digest), back]))
    assert found.ok
    assert found.taken_back == {"report.json"}


def test_the_command_and_the_single_file_take_a_report(lines, report, tmp_path, capsys):
    """Exit code 0 where it holds, 1 where it does not, 2 where it is not there; both programs alike."""
    register = tmp_path / "register.jsonl"
    register.write_bytes(b"".join(lines))
    words = [str(register), "--report", str(report), "--lang", "es"]
    assert program.main(words) == 0
    assert "es el informe que publicó el asiento 1" in capsys.readouterr().out
    report.write_bytes(b"{}")
    assert program.main(words) == 1
    assert "no es un informe de este registro" in capsys.readouterr().err
    report.unlink()
    assert program.main(words) == 2
