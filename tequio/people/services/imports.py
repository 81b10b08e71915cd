"""Bringing a file of organizations into the directory: read, look for duplicates, write all or nothing, undo."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people import access, events
from tequio.people.formats.organizations import Sheet
from tequio.people.formats.tables import Layout
from tequio.people.models import Import, Organization, State
from tequio.people.rules.words import fold
from tequio.people.services.import_reading import CHOICES, SKIP, plan_import
from tequio.people.services.import_reporting import ImportReport, preview_import
from tequio.people.services.import_undoing import remove, unmerge, untouched
from tequio.people.services.import_writing import Progress, write_import


class NotInTheFile(ValueError):
    """The file has no such heading or sheet; ``there`` are those that it has."""

    def __init__(self, asked: Sequence[str], there: Sequence[str]) -> None:
        super().__init__(", ".join(asked))
        self.there = there


class WrongMoment(Refused):
    """The import is not at the point where this can be done; the message says so."""


def import_organizations(
    *,
    by: Actor,
    name: str,
    content: bytes,
    layout: Layout | None = None,
    mapping: Mapping[str, str] | None = None,
    on_duplicates: str = SKIP,
) -> ImportReport:
    """Read a file and write its organizations at once.

    ``layout`` and ``mapping`` (heading, or column from 1 -> field, "" for none) correct what would be guessed.
    Duplicates that are certain are skipped, merged or imported as ``on_duplicates`` says; those that are only
    likely are imported, and listed. Raises ``formats.tables.Unreadable`` and ``NotInTheFile``.
    """
    access.import_organizations.require(by)
    if on_duplicates not in CHOICES:
        raise ValueError(f"Duplicates can be {', '.join(CHOICES)}, not {on_duplicates}.")
    plan = plan_import(content=content, layout=layout, mapping=None)
    if layout and layout.sheet not in ("", plan.sheet.layout.sheet):
        raise NotInTheFile([layout.sheet], plan.sheet.sheets)
    if mapping:
        columns = _corrected(plan.sheet, mapping)
        plan = plan_import(content=content, layout=plan.sheet.layout, mapping=columns)
    choices = {number: on_duplicates for number, one in plan.duplicates.items() if one.likeness.certain}
    with transaction.atomic():
        row = Import.objects.create(
            name=name[:200],
            state=State.RUNNING,
            created_at=clock.now(),
            by_id=by.participant_id,
            **_understood(plan.sheet),
        )
        return write_import(row=row, plan=plan, choices=choices, by=by)


def _corrected(sheet: Sheet, mapping: Mapping[str, str]) -> dict[int, str]:
    """Return what each column is as it was guessed, but for those that were said."""
    headings = [fold(text) for text in sheet.headings]
    places = {fold(heading): number for number, heading in reversed(list(enumerate(headings)))}
    places |= {str(number): number - 1 for number in range(1, len(headings) + 1)}
    if missing := [heading for heading in mapping if fold(heading) not in places]:
        raise NotInTheFile(missing, [text for text in sheet.headings if text])
    said = {places[fold(heading)]: target for heading, target in mapping.items()}
    guessed = {column: target for column, target in sheet.mapping.items() if target not in said.values()}
    return {column: target for column, target in {**guessed, **said}.items() if target}


def _understood(sheet: Sheet) -> dict[str, Any]:
    return {
        "layout": sheet.layout.as_json(),
        "mapping": {str(column): target for column, target in sheet.mapping.items()},
    }


@transaction.atomic
def start_import(*, by: Actor, name: str, content: bytes) -> Import:
    """Keep an uploaded file, to be read next."""
    access.import_organizations.require(by)
    name = "".join(mark for mark in name if mark.isprintable())
    return Import.objects.create(
        name=name[:200] or _("a file"), content=content, created_at=clock.now(), by_id=by.participant_id
    )


@transaction.atomic
def read_import(*, by: Actor, row: Import) -> Import:
    """Read the file as the import says, and keep what would happen."""
    access.import_organizations.require(by)
    _require(row, State.READING, State.READY)
    layout = Layout(**row.layout) if row.layout else None
    mapping = {int(column): target for column, target in row.mapping.items()} if row.mapping else None
    plan = plan_import(content=bytes(row.content or b""), layout=layout, mapping=mapping)
    for name, value in _understood(plan.sheet).items():
        setattr(row, name, value)
    row.report = preview_import(plan=plan)
    row.total, row.state = plan.sheet.read, State.READY
    row.save()
    return row


@transaction.atomic
def fail_import(*, by: Actor, row: Import, reason: str) -> Import:
    """Write down that the file cannot be read, and forget it; ``reason`` is a code."""
    access.import_organizations.require(by)
    row.state, row.content, row.report, row.done_at = State.FAILED, None, {"reason": reason}, clock.now()
    row.save()
    return row


@transaction.atomic
def correct_import(
    *, by: Actor, row: Import, layout: Layout, mapping: Mapping[int, str] | None, choices: Mapping[int, str]
) -> Import:
    """Say how the file is to be understood, and what becomes of its duplicates; it waits to be read again."""
    access.import_organizations.require(by)
    _require(row, State.READY)
    same = Layout(**row.layout) == layout
    row.layout = layout.as_json()
    row.mapping = {str(column): target for column, target in (mapping or {}).items()} if same else {}
    row.choices = {str(number): choice for number, choice in choices.items() if choice in CHOICES}
    row.state = State.READING
    row.save()
    return row


@transaction.atomic
def read_corrected(*, by: Actor, row: Import, layout: Layout, mapping: Mapping[int, str] | None) -> Import:
    """Read a file anew as somebody says; raises ``Unreadable``, and then it waits as it was."""
    return read_import(by=by, row=correct_import(by=by, row=row, layout=layout, mapping=mapping, choices={}))


@transaction.atomic
def choose_duplicates(*, by: Actor, row: Import, choices: Mapping[int, str], others: str = "") -> Import:
    """Say what becomes of the likely duplicates; ``others`` is for those not named one by one."""
    access.import_organizations.require(by)
    _require(row, State.READY)
    known = {str(number): choice for number, choice in choices.items() if choice in CHOICES}
    row.choices = {**row.choices, **known, **({"others": others} if others in CHOICES else {})}
    row.state = State.RUNNING
    row.save()
    return row


def run_import(*, by: Actor, row: Import, progress: Progress = lambda done: None) -> ImportReport:
    """Write the organizations of a file that was read, in one transaction; the file itself is forgotten."""
    access.import_organizations.require(by)
    with transaction.atomic():
        _only_one(row)  # a lock of its own: the row stays free for its progress
        row = Import.objects.get(pk=row.pk)
        _require(row, State.RUNNING)
        mapping = {int(column): target for column, target in row.mapping.items()}
        plan = plan_import(content=bytes(row.content or b""), layout=Layout(**row.layout), mapping=mapping)
        others = row.choices.get("others", "")
        chosen = {
            number: row.choices.get(str(number)) or (others if one.likeness.certain else "") or one.proposed
            for number, one in plan.duplicates.items()
        }
        return write_import(row=row, plan=plan, choices=chosen, by=by, progress=progress)


def _only_one(row: Import) -> None:
    """Make a second writer of the same import wait until the first is through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people_import'), %s)", [row.pk])


def _require(row: Import, *states: State) -> None:
    if row.state not in states:
        raise WrongMoment(_("This import is already further on. Open it again to see where it is."))


@transaction.atomic
def drop_import(*, by: Actor, row: Import) -> Import:
    """Leave a file aside; it is forgotten."""
    access.import_organizations.require(by)
    _require(row, State.READING, State.READY)
    row.state, row.content, row.done_at = State.DROPPED, None, clock.now()
    row.save()
    return row


@transaction.atomic
def undo_import(*, by: Actor, row: Import) -> int:
    """Take away what an import added and nobody has touched since; return how many organizations went."""
    access.import_organizations.require(by)
    row = Import.objects.select_for_update().get(pk=row.pk)
    _require(row, State.DONE)
    for merge in reversed(row.report.get("merges", [])):
        unmerge(merge=merge)
    removed = remove(rows=untouched(row=row))
    left = Organization.objects.filter(imported=row).count()
    row.state = State.UNDONE
    row.report = {**row.report, "removed": removed, "left": left, "merges": []}
    row.save()
    events.import_undone.record(row, by=by, file=row.name, removed=removed, left=left)
    return removed
