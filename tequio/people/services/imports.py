"""Bringing a file of organizations into the directory: read, look for duplicates, write all or nothing, undo."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.people import access, events
from tequio.people.formats.organizations import Reading, Sheet, read_sheet
from tequio.people.formats.tables import Layout
from tequio.people.models import Alias, Import, Operation, Organization, State
from tequio.people.rules.directory import Listed
from tequio.people.rules.duplicates import Names
from tequio.people.rules.names import Likeness, folded_name, site_of
from tequio.people.rules.places import City
from tequio.people.rules.words import fold
from tequio.people.selectors.duplicates import why
from tequio.people.selectors.places import Written, find_places
from tequio.people.services.listings import Line, facets_of, list_new, relist
from tequio.people.services.organizations import fill, settled

SKIP, MERGE, NEW = "skip", "merge", "new"
CHOICES = (SKIP, MERGE, NEW)
_AT_ONCE = 1_000
_KEPT = 2_000  # rejections and duplicates kept to be shown
Progress = Callable[[int], None]


class WrongMoment(Refused):
    """The import is not at the point where this can be done; the message says so."""


@dataclass(frozen=True)
class Duplicate:
    """A row that may be an organization already known, or an earlier row (``of_row``) of the same file."""

    row: int
    name: str
    of: str
    likeness: Likeness
    organization_id: int | None = None
    of_row: int | None = None

    @property
    def proposed(self) -> str:
        """What happens unless somebody says otherwise: nothing that might be lost is left out."""
        return SKIP if self.likeness.certain else NEW


@dataclass(frozen=True)
class Plan:
    """What an import would do: the sheet, its likely duplicates by row, the cities that are known."""

    sheet: Sheet
    duplicates: Mapping[int, Duplicate]
    cities: Mapping[Written, City]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do."""

    read: int
    imported: int
    merged: int
    rejected: Sequence[Mapping[str, Any]]
    duplicates: Sequence[Mapping[str, Any]]
    places_found: int
    places_unknown: Sequence[str]
    unknown: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {
            "read": self.read,
            "imported": self.imported,
            "rejected": [{"row": one["row"], "reason": one["reason"]} for one in self.rejected],
            "duplicates": list(self.duplicates),
            "places_found": self.places_found,
            "places_unknown": list(self.places_unknown),
        }


def import_organizations(
    *,
    by: Actor,
    name: str,
    content: bytes,
    mapping: Mapping[str, str] | None = None,
    on_duplicates: str = SKIP,
) -> ImportReport:
    """Read a file and write its organizations at once. ``mapping`` is heading, or column from 1 -> field.

    Duplicates that are certain are skipped, merged or imported as ``on_duplicates`` says; those that are only
    likely are imported, and listed. Raises ``formats.tables.Unreadable``.
    """
    access.import_organizations.require(by)
    if on_duplicates not in CHOICES:
        raise ValueError(f"Duplicates can be {', '.join(CHOICES)}, not {on_duplicates}.")
    columns = _columns(content, mapping) if mapping else None
    plan = plan_import(content, layout=None, mapping=columns)
    choices = {number: on_duplicates for number, one in plan.duplicates.items() if one.likeness.certain}
    with transaction.atomic():
        row = Import.objects.create(
            name=name[:200], state=State.RUNNING, created_at=clock.now(), by_id=by.participant_id, **_understood(plan.sheet)
        )
        return _write(row, plan, choices, by=by)


def _columns(content: bytes, mapping: Mapping[str, str]) -> dict[int, str]:
    headings = [fold(text) for text in read_sheet(content, language="en").headings]
    found = {}
    for heading, target in mapping.items():
        if heading.isdigit():
            found[int(heading) - 1] = target
        elif fold(heading) in headings:
            found[headings.index(fold(heading))] = target
    return found


def _understood(sheet: Sheet) -> dict[str, Any]:
    return {
        "layout": sheet.layout.as_json(),
        "mapping": {str(column): target for column, target in sheet.mapping.items()},
    }


# Reading


def plan_import(content: bytes, *, layout: Layout | None, mapping: Mapping[int, str] | None) -> Plan:
    """Read a file, and look its names and cities up, without writing anything."""
    language = Network.objects.values_list("languages", flat=True).get(pk=_here())[0]
    sheet = read_sheet(content, language=language, layout=layout, mapping=mapping, remembered=_remembered())
    sheet = replace(sheet, readings=[replace(one, details=settled(one.details)) for one in sheet.readings])
    cities = find_places((one.details.country, city) for one in sheet.readings for city in one.details.cities)
    return Plan(sheet, _duplicates(sheet.readings), cities)


def _here() -> int:
    from tequio.core.scoping import here

    return here()


def _remembered() -> dict[str, str]:
    """Return the fields of headings as the latest imports of this network had them in the end."""
    known: dict[str, str] = {}
    for report in Import.objects.filter(state=State.DONE).order_by("-pk").values_list("report", flat=True)[:20]:
        for heading, target in report.get("headings", {}).items():
            known.setdefault(heading, target)
    return known


def _duplicates(readings: Sequence[Reading]) -> dict[int, Duplicate]:
    known: Names[int] = Names()
    names: dict[int, str] = {}
    rows = Organization.objects.order_by("pk").values_list("pk", "name", "folded", "website", "merged_into")
    for number, name, folded, website, into in rows.iterator(chunk_size=5_000):
        head = into or number
        names.setdefault(number, name)
        known.add(head, folded, site=site_of(website))
    for number, folded in Alias.objects.values_list("organization_id", "folded").iterator(chunk_size=5_000):
        known.add(number, folded)
    return {one.row: one for one in _compared(readings, known, names)}


def _compared(readings: Sequence[Reading], known: Names[int], names: Mapping[int, str]) -> Iterator[Duplicate]:
    inside: Names[int] = Names()
    written = {one.row: one.details.name for one in readings}
    for one in readings:
        folded, site = folded_name(one.details.name), site_of(one.details.website)
        if there := known.find(folded, site=site):
            yield Duplicate(one.row, one.details.name, names.get(there[0], ""), there[1], organization_id=there[0])
        elif here := inside.find(folded, site=site):
            yield Duplicate(one.row, one.details.name, written[here[0]], here[1], of_row=here[0])
        inside.add(one.row, folded, site=site)


# An import with a page


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
    plan = plan_import(bytes(row.content or b""), layout=layout, mapping=mapping)
    for name, value in _understood(plan.sheet).items():
        setattr(row, name, value)
    row.report = _preview(plan)
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
        plan = plan_import(bytes(row.content or b""), layout=Layout(**row.layout), mapping=mapping)
        others = row.choices.get("others", "")
        chosen = {
            number: row.choices.get(str(number)) or (others if one.likeness.certain else "") or one.proposed
            for number, one in plan.duplicates.items()
        }
        return _write(row, plan, chosen, by=by, progress=progress)


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


# Writing


def _write(
    row: Import, plan: Plan, choices: Mapping[int, str], *, by: Actor, progress: Progress = lambda done: None
) -> ImportReport:
    readings = [one for one in plan.sheet.readings if choices.get(one.row, NEW) == NEW or one.row not in plan.duplicates]
    made: dict[int, Organization] = {}
    for start in range(0, len(readings), _AT_ONCE):
        part = readings[start : start + _AT_ONCE]
        made |= _write_new(row, part, plan.cities)
        progress(start + len(part))
    merged = _merge_all(plan, choices, made)
    _refresh_numbers(len(made))
    report = _report(plan, imported=len(made), merged=len(merged), choices=choices, made=made)
    row.state, row.content, row.done_at = State.DONE, None, clock.now()
    row.report = {**_kept(report, plan), "merges": merged}
    row.total = row.progress = plan.sheet.read
    row.save()
    events.organizations_imported.record(
        row, by=by, file=row.name, read=report.read, imported=report.imported, merged=report.merged,
        rejected=len(report.rejected), skipped=report.read - len(report.rejected) - report.imported - report.merged,
    )  # fmt: skip
    return report


def _write_new(row: Import, readings: Sequence[Reading], cities: Mapping[Written, City]) -> dict[int, Organization]:
    """Write up to 1,000 organizations in as many statements as for one."""
    now = clock.now()
    made, lines, aliases, operations = [], [], [], []
    for one in readings:
        organization = fill(Organization(created_at=now, imported=row), one.details)
        listed = _listed(one, cities)
        organization.facets = facets_of(listed)
        made.append(organization)
        lines.append(Line(organization, listed))
        aliases += _aliases(organization, one)
        operations += _operations(organization, one, cities)
    Organization.objects.bulk_create(made)
    Alias.objects.bulk_create(aliases)
    Operation.objects.bulk_create(operations)
    list_new(lines)
    return {one.row: organization for one, organization in zip(readings, made, strict=True)}


def _listed(one: Reading, cities: Mapping[Written, City]) -> Listed:
    details = one.details
    places = [(city, cities.get((details.country, city))) for city in details.cities]
    return Listed(
        names=[details.name, *details.aliases],
        country=details.country,
        kind=details.kind,
        sector=details.sector,
        themes=details.themes,
        populations=details.populations,
        cities=[(place.id, f"{place.name}, {place.country}") if place else (0, city) for city, place in places],
        texts=list(details.about.values()),
        website=details.website,
    )


def _aliases(organization: Organization, one: Reading) -> list[Alias]:
    folded = {folded_name(alias): alias for alias in one.details.aliases}
    folded.pop(organization.folded, None)
    return [Alias(organization=organization, name=name, folded=key) for key, name in folded.items()]


def _operations(organization: Organization, one: Reading, cities: Mapping[Written, City]) -> list[Operation]:
    rows: dict[object, Operation] = {}
    for city in one.details.cities:
        place = cities.get((one.details.country, city))
        row = Operation(organization=organization, written=city, place_id=place.id if place else None)
        rows.setdefault(place.id if place else city, row)
    return list(rows.values())


def _merge_all(plan: Plan, choices: Mapping[int, str], made: Mapping[int, Organization]) -> list[dict[str, Any]]:
    """Add what the merged rows know to the organizations they are; return what was added, so that it can be undone."""
    done = []
    for one in plan.sheet.readings:
        duplicate = plan.duplicates.get(one.row)
        if duplicate is None or choices.get(one.row) != MERGE:
            continue
        target = made.get(duplicate.of_row or 0) or Organization.objects.filter(pk=duplicate.organization_id or 0).first()
        if target is not None:
            done.append(_merge(target, one, plan.cities))
    return done


_FILLED = ("sector", "kind", "country", "scope", "size", "website", "email", "phone")


def _merge(target: Organization, one: Reading, cities: Mapping[Written, City]) -> dict[str, Any]:
    filled = {name: getattr(one.details, name) for name in _FILLED if not getattr(target, name) and getattr(one.details, name)}
    for name, value in filled.items():
        setattr(target, name, value)
    target.save(update_fields=[*filled, "folded"])
    known = {alias.folded for alias in Alias.objects.filter(organization=target)} | {target.folded}
    fresh = {folded_name(name): name for name in [one.details.name, *one.details.aliases]}
    aliases = [Alias(organization=target, name=name, folded=key) for key, name in fresh.items() if key not in known]
    Alias.objects.bulk_create(aliases)
    there = set(Operation.objects.filter(organization=target).values_list("place_id", "written"))
    places, written = {place for place, _text in there if place}, {text for _place, text in there}
    rows = [row for row in _operations(target, one, cities) if row.place_id not in places and row.written not in written]
    Operation.objects.bulk_create(rows)
    relist(target)
    return {
        "organization": target.pk, "filled": filled, "aliases": [row.pk for row in aliases], "cities": [row.pk for row in rows],
    }  # fmt: skip


def _refresh_numbers(count: int) -> None:
    """Let the planner know of a large import, where the database allows it."""
    if count < _AT_ONCE or getattr(connection, "pg_version", 0) < 170000:
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_organization, people_listing, people_tally, people_operation, people_alias")


# What it found


def _report(
    plan: Plan, *, imported: int, merged: int, choices: Mapping[int, str], made: Mapping[int, Organization] | None = None
) -> ImportReport:
    unknown: dict[str, Counter[str]] = {}
    places: Counter[bool] = Counter()
    strange: dict[str, None] = {}
    for one in plan.sheet.readings:
        for name, written in one.unknown:
            unknown.setdefault(name, Counter())[written] += 1
        for city in one.details.cities:
            known = (one.details.country, city) in plan.cities
            places[known] += 1
            strange |= {} if known else {city: None}
    return ImportReport(
        read=plan.sheet.read,
        imported=imported,
        merged=merged,
        rejected=[
            {"row": one.row, "reason": reason(one.reason), "code": one.reason, "cells": list(one.cells)}
            for one in plan.sheet.rejections
        ],
        duplicates=[_duplicate(one, choices.get(number, one.proposed)) for number, one in plan.duplicates.items()],
        places_found=places[True],
        places_unknown=list(strange),
        unknown={name: [text for text, _times in counter.most_common(20)] for name, counter in unknown.items()},
    )


def _duplicate(one: Duplicate, choice: str) -> dict[str, Any]:
    return {
        "row": one.row,
        "name": one.name,
        "of": one.of,
        "of_row": one.of_row,
        "certain": one.likeness.certain,
        "why": why(one.likeness) if one.of_row is None else _in_file(one),
        "done": choice,
    }


def _in_file(one: Duplicate) -> str:
    return _("Row %(row)s of the file: %(why)s") % {"row": one.of_row, "why": why(one.likeness)}


def _preview(plan: Plan) -> dict[str, Any]:
    chosen = {number: one.proposed for number, one in plan.duplicates.items()}
    left = sum(choice != NEW for choice in chosen.values())
    return _kept(_report(plan, imported=len(plan.sheet.readings) - left, merged=0, choices=chosen), plan)


def _kept(report: ImportReport, plan: Plan) -> dict[str, Any]:
    """Return what of the report is kept: enough for its page, never a second copy of the file."""
    sheet = plan.sheet
    return {
        "read": report.read,
        "imported": report.imported,
        "merged": report.merged,
        "rejected": list(report.rejected[:_KEPT]),
        "rejected_count": len(report.rejected),
        "duplicates": list(report.duplicates[:_KEPT]),
        "duplicates_count": len(report.duplicates),
        "places_found": report.places_found,
        "places_unknown": list(report.places_unknown[:_KEPT]),
        "unknown": {name: list(texts) for name, texts in report.unknown.items()},
        "columns": [text[:120] for text in sheet.headings],
        "headings": {fold(text): sheet.mapping.get(column, "") for column, text in enumerate(sheet.headings) if fold(text)},
        "sheets": list(sheet.sheets),
        "sample": [_sample(one) for one in sheet.readings[:5]],
    }


def _sample(one: Reading) -> dict[str, Any]:
    said = one.details
    return {
        "row": one.row, "name": said.name, "kind": said.kind, "sector": said.sector, "country": said.country,
        "cities": list(said.cities), "website": said.website,
    }  # fmt: skip


def reason(code: str) -> str:
    """Say in the reader's language why a row, or a whole file, cannot be read."""
    return str(_reasons().get(code, code))


def _reasons() -> dict[str, str]:
    return {
        "no_name": _("It has no name."),
        "long_name": _("The name is longer than 200 letters."),
        "no_letters": _("The name has no letters."),
        "broken_cell": _("The name is an error of the spreadsheet."),
        "more_cells": _("It has more cells than the table has columns."),
        "heading_again": _("It repeats the headings."),
        "too_large": _("The file is larger than 10 MB. Part it in two."),
        "too_many_rows": _("The file has more than 50,000 rows. Part it in two."),
        "too_many_columns": _("The file has more than 200 columns. Keep those about the organizations."),
        "empty": _("There is nothing in the file."),
        "broken": _("The file is broken. Open it in a spreadsheet and save it again."),
        "another_kind": _("This is no CSV and no XLSX. In your spreadsheet choose “Save as” and one of these."),
        "bomb": _("The file unfolds into something far too large. It was not opened."),
    }


# Undoing


@transaction.atomic
def undo_import(*, by: Actor, row: Import) -> int:
    """Take away what an import added and nobody has touched since; return how many organizations went."""
    access.import_organizations.require(by)
    row = Import.objects.select_for_update().get(pk=row.pk)
    _require(row, State.DONE)
    for merge in reversed(row.report.get("merges", [])):
        _unmerge(merge)
    removed = _remove(untouched(row))
    left = Organization.objects.filter(imported=row).count()
    row.state = State.UNDONE
    row.report = {**row.report, "removed": removed, "left": left, "merges": []}
    row.save()
    events.import_undone.record(row, by=by, file=row.name, removed=removed, left=left)
    return removed


def untouched(row: Import) -> list[Organization]:
    """Return the organizations that an import added and nobody changed, joined, merged or invited since."""
    rows = Organization.objects.filter(imported=row, changed_at=None, merged_into=None, memberships=None, invitations=None)
    return list(rows.filter(merged=None).distinct())


def _unmerge(merge: Mapping[str, Any]) -> None:
    target = Organization.objects.filter(pk=merge["organization"]).first()
    if target is None:
        return
    Alias.objects.filter(pk__in=merge["aliases"], organization=target).delete()
    Operation.objects.filter(pk__in=merge["cities"], organization=target).delete()
    same = [name for name, value in merge["filled"].items() if getattr(target, name) == value]
    for name in same:
        setattr(target, name, "")
    target.save(update_fields=[*same, "folded"])
    relist(target)


def _remove(rows: Sequence[Organization]) -> int:
    """Delete organizations with their listings; those that something else rests on stay."""
    from django.db.models import ProtectedError

    from tequio.people.services.listings import unlist

    try:
        with transaction.atomic():
            unlist(rows)
            Organization.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return len(rows)
    except ProtectedError as held:
        numbers = {getattr(one, "organization_id", None) for one in held.protected_objects}
        free = [row for row in rows if row.pk not in numbers]
        if len(free) == len(rows):
            raise
        return _remove(free)
