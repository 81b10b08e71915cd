"""Writing the organizations of a file that was read, new ones and those that are merged into known ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.people import events
from tequio.people.formats.organizations import Reading
from tequio.people.models import Alias, Import, Operation, Organization, State
from tequio.people.rules.directory import Listed
from tequio.people.rules.names import folded_name
from tequio.people.rules.places import City
from tequio.people.selectors.places import Written
from tequio.people.services.import_reading import MERGE, NEW, Plan
from tequio.people.services.import_reporting import ImportReport, kept_report, report_import
from tequio.people.services.listings import Line, facets_of, list_new, relist, scopes_of
from tequio.people.services.organizations import fill

_AT_ONCE = 1_000
Progress = Callable[[int], None]


def write_import(
    *, row: Import, plan: Plan, choices: Mapping[int, str], by: Actor, progress: Progress = lambda done: None
) -> ImportReport:
    """Write the rows that are new, add what the merged ones know, and keep the report; all or nothing."""
    readings = [
        one
        for one in plan.sheet.readings
        if choices.get(one.row, NEW) == NEW or one.row not in plan.duplicates
    ]
    made: dict[int, Organization] = {}
    for start in range(0, len(readings), _AT_ONCE):
        part = readings[start : start + _AT_ONCE]
        made |= _write_new(row, part, plan.cities)
        progress(start + len(part))
    merged = _merge_all(plan, choices, made)
    _refresh_numbers(len(made))
    report = report_import(plan=plan, imported=len(made), merged=len(merged), choices=choices, made=made)
    row.state, row.content, row.done_at = State.DONE, None, clock.now()
    row.report = {**kept_report(report=report, plan=plan), "merges": merged}
    row.total = row.progress = plan.sheet.read
    row.save()
    events.organizations_imported.record(
        row, by=by, file=row.name, read=report.read, imported=report.imported, merged=report.merged,
        rejected=len(report.rejected), skipped=report.read - len(report.rejected) - report.imported - report.merged,
    )  # fmt: skip
    return report


def _write_new(
    row: Import, readings: Sequence[Reading], cities: Mapping[Written, City]
) -> dict[int, Organization]:
    """Write up to 1,000 organizations in as many statements as for one."""
    now = clock.now()
    made, lines, aliases, operations = [], [], [], []
    for one in readings:
        organization = fill(organization=Organization(created_at=now, imported=row), details=one.details)
        listed = _listed(one, cities)
        organization.facets = facets_of(listed=listed)
        made.append(organization)
        lines.append(Line(organization, listed))
        aliases += _aliases(organization, one)
        operations += _operations(organization, one, cities)
    Organization.objects.bulk_create(made)
    Alias.objects.bulk_create(aliases)
    Operation.objects.bulk_create(operations)
    list_new(lines=lines)
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
        cities=[
            (place.id, f"{place.name}, {place.country}") if place else (0, city) for city, place in places
        ],
        texts=list(details.about.values()),
        website=details.website,
        scopes=scopes_of(scope=details.scope, national_level=details.national_level),
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


def _merge_all(
    plan: Plan, choices: Mapping[int, str], made: Mapping[int, Organization]
) -> list[dict[str, Any]]:
    """Add what the merged rows know to the organizations they are; return what was added, so that it can be undone."""
    done = []
    for one in plan.sheet.readings:
        duplicate = plan.duplicates.get(one.row)
        if duplicate is None or choices.get(one.row) != MERGE:
            continue
        target = (
            made.get(duplicate.of_row or 0)
            or Organization.objects.filter(pk=duplicate.organization_id or 0).first()
        )
        if target is not None:
            done.append(_merge(target, one, plan.cities))
    return done


_FILLED = ("sector", "kind", "country", "scope", "size", "website", "email", "phone")


def _merge(target: Organization, one: Reading, cities: Mapping[Written, City]) -> dict[str, Any]:
    filled = {
        name: getattr(one.details, name)
        for name in _FILLED
        if not getattr(target, name) and getattr(one.details, name)
    }
    for name, value in filled.items():
        setattr(target, name, value)
    target.save(update_fields=[*filled, "folded"])
    known = {alias.folded for alias in Alias.objects.filter(organization=target)} | {target.folded}
    fresh = {folded_name(name): name for name in [one.details.name, *one.details.aliases]}
    aliases = [
        Alias(organization=target, name=name, folded=key) for key, name in fresh.items() if key not in known
    ]
    Alias.objects.bulk_create(aliases)
    there = set(Operation.objects.filter(organization=target).values_list("place_id", "written"))
    places, written = {place for place, _text in there if place}, {text for _place, text in there}
    rows = [
        row
        for row in _operations(target, one, cities)
        if row.place_id not in places and row.written not in written
    ]
    Operation.objects.bulk_create(rows)
    relist(organizations=[target])
    return {
        "organization": target.pk, "filled": filled, "aliases": [row.pk for row in aliases], "cities": [row.pk for row in rows],
    }  # fmt: skip


def _refresh_numbers(count: int) -> None:
    """Let the planner know of a large import, where the database allows it."""
    if count < _AT_ONCE or getattr(connection, "pg_version", 0) < 170000:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE people_organization, people_listing, people_tally, people_operation, people_alias"
        )
