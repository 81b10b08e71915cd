"""What a new database is laid from is what the migrations give."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from tequio.cli import baseline
from tequio.cli.baseline import FILE, Section, lay, stale
from tequio.core import walls


def test_the_baseline_fits_the_migrations():
    sections = list(baseline._sections(FILE.read_text()))
    assert len(sections) > 100
    assert stale(sections) == []


def test_a_migration_that_changed_or_went_makes_it_useless():
    """Then the migrations themselves run, however long they take."""
    changed = Section("people", "0003_places", "0" * 16, "")
    gone = Section("people", "0003_no_such_thing", "0" * 16, "")
    assert stale([changed, gone]) == ["people.0003_places", "people.0003_no_such_thing"]


def test_a_wall_that_changed_makes_it_useless(tmp_path, monkeypatch):
    """The migrations call the walls by name: their own files stay the same, and the old walls must not be laid."""
    changed = tmp_path / "walls.py"
    changed.write_bytes(Path(walls.__file__).read_bytes() + b"# higher")
    monkeypatch.setattr(walls, "__file__", str(changed))
    baseline._words.cache_clear()
    sections = list(baseline._sections(FILE.read_text()))
    found = stale(sections)
    monkeypatch.undo()
    baseline._words.cache_clear()
    assert len(found) == len(sections)


@pytest.mark.django_db(databases=["default", "owner"])
def test_it_is_laid_into_an_empty_database_only():
    tables = connections["owner"].introspection.table_names()
    assert "people_place" in tables
    assert lay() is False


@pytest.mark.skipif(
    os.environ.get("PROOF") != "1", reason="every migration, three quarters of a minute: PROOF=1"
)
def test_recorded_anew_it_is_the_same(tmp_path):
    """Migrations made since then may stand between."""
    again = tmp_path / "baseline.sql"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("TEQUIO_", "DJANGO_"))}
    subprocess.run([sys.executable, "-m", "tequio.cli.baseline", "record", again], env=ours, check=True)
    recorded = list(baseline._sections(FILE.read_text()))
    names = {(each.app, each.name) for each in recorded}
    anew = [each for each in baseline._sections(again.read_text()) if (each.app, each.name) in names]
    assert sorted(map(as_it_stands, anew)) == sorted(map(as_it_stands, recorded))


def as_it_stands(section):
    """A section without the empty lines that part it from the next, and without the instant of its recording."""
    text = re.sub(r"'\d{4}-\d\d-\d\d [\d:.+]+'", "'then'", section.text)
    return section.app, section.name, section.digest, text.strip()
