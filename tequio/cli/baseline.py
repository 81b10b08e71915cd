"""A new database in one step: the statements that the migrations gave when they were last recorded.

Django renders its models anew for every change in the history, which takes a new database three quarters of a minute.
``baseline.sql`` holds what that came to. It is laid into an empty database only, and only while every migration that
it was recorded from is still the same, and so is what gives them their words: the walls, and the libraries. Migrations
made since then run after it as always.

    python -m tequio.cli.baseline record [FILE]    # writes baseline.sql, from an empty database of its own
    python -m tequio.cli.baseline check            # exit 1 where it no longer fits the migrations
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tequio.cli import ground
from tequio.core import walls

FILE = Path(__file__).with_name("baseline.sql")
LIBRARIES = ("django", "django-allauth", "procrastinate")
HEAD = "-- migration "
STEP = "-- a step in Python\n"


@dataclass(frozen=True)
class Section:
    """What one migration did: statements, with the mark STEP where it ran Python."""

    app: str
    name: str
    digest: str
    text: str


def lay() -> bool:
    """Lay the baseline into an empty database as its owner, all or nothing; tell whether it was."""
    from django.db import connections, transaction
    from django.db.migrations.recorder import MigrationRecorder

    owner = connections["owner"]
    sections = list(_sections(FILE.read_text()))
    if owner.introspection.table_names() or stale(sections):
        return False
    recorder = MigrationRecorder(owner)
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        recorder.ensure_schema()
        for section in sections:
            first, *rest = section.text.split(STEP)
            cursor.execute(first)
            for number, piece in enumerate(rest):
                _step(section, number)
                cursor.execute(piece)
            recorder.record_applied(section.app, section.name)
    return True


def stale(sections: list[Section]) -> list[str]:
    """Name the migrations that are gone, or no longer what they were when the baseline was recorded."""
    return [f"{each.app}.{each.name}" for each in sections if _digest(each.app, each.name) != each.digest]


def _sections(text: str) -> Iterator[Section]:
    for part in text.split(HEAD)[1:]:
        head, _end, body = part.partition("\n")
        app, name, digest = head.split()
        yield Section(app, name, digest, body)


def _step(section: Section, number: int) -> None:
    """Run a migration's step in Python, which finds the tables and no models of that time."""
    from django.db import connections
    from django.db.migrations import RunPython
    from django.db.migrations.state import StateApps

    migration = import_module(f"{_package(section.app)}.{section.name}").Migration
    steps = [each for each in migration.operations if isinstance(each, RunPython) and _is_ours(each)]
    with connections["owner"].schema_editor(atomic=False) as editor:
        steps[number].code(StateApps([], {}), editor)


def _is_ours(step: Any) -> bool:
    """Tell our steps, which bring rows, from those of libraries, which mend rows that a new database has none of."""
    return str(step.code.__module__).startswith("tequio.")


def _digest(app: str, name: str) -> str:
    package = find_spec(_package(app))
    file = Path(package.origin).with_name(f"{name}.py") if package and package.origin else Path()
    return sha256(_words() + file.read_bytes()).hexdigest()[:16] if file.is_file() else ""


@cache
def _words() -> bytes:
    """What migrations say through others: the walls, and what the libraries make of an operation."""
    return Path(walls.__file__).read_bytes() + " ".join(map(version, LIBRARIES)).encode()


def _package(app: str) -> str:
    from django.db.migrations.loader import MigrationLoader

    return str(MigrationLoader.migrations_module(app)[0])


def record(file: Path) -> None:
    """Run every migration on an empty database, and write down in a file what each of them sent to it."""
    from unittest.mock import patch

    from django.db import connections
    from django.db.migrations import RunPython
    from django.db.migrations.executor import MigrationExecutor

    owner = connections["owner"]
    said: list[str] = []
    ran: list[tuple[str, str]] = []

    class Editor(owner.SchemaEditorClass):  # type: ignore[misc,name-defined]
        def execute(self, sql: Any, params: Any = ()) -> None:
            text = str(sql) if params is None else self.connection.ops.compose_sql(str(sql), params)
            said.append(f"{text.strip().removesuffix(';')};\n")
            super().execute(text, None)

    def mark(run: Callable[..., None]) -> Callable[..., None]:
        def marked(self: RunPython, *arguments: Any) -> None:
            if _is_ours(self):
                said.append(STEP)
            run(self, *arguments)

        return marked

    def tell(event: str, migration: Any = None, fake: bool | None = False, /) -> None:
        if event == "apply_success":
            ran.append((f"{migration.app_label} {migration.name}", "".join(said)))
            said.clear()

    MigrationExecutor(owner).recorder.ensure_schema()
    with (
        patch.object(owner, "SchemaEditorClass", Editor),
        patch.object(RunPython, "database_forwards", mark(RunPython.database_forwards)),
    ):
        executor = MigrationExecutor(owner, tell)
        executor.migrate(executor.loader.graph.leaf_nodes())
    file.write_text("\n".join(f"{HEAD}{name} {_digest(*name.split())}\n{text}" for name, text in ran))


def main(arguments: list[str]) -> int:
    """Record the baseline, or check that it fits; return the exit code."""
    if arguments[:1] == ["record"]:
        file = Path(arguments[1]) if arguments[1:] else FILE
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o711)
            with ground.standing(Path(folder, "home")):
                ground.set_up_django()
                record(file)
        return 0
    ground.set_up_django()
    found = stale(list(_sections(FILE.read_text())))
    print("\n".join(found) or "The baseline fits the migrations.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
