"""What a new database is laid from is what the migrations give."""

import os
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
def test_recorded_anew_it_begins_with_the_same(tmp_path, monkeypatch):
    """Migrations made since then may follow."""
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.sql")
    tmp_path.chmod(0o711)
    assert baseline.main(["record"]) == 0
    assert baseline.FILE.read_text().startswith(FILE.read_text())
