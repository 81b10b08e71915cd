"""Keeping the directory's listings and counts true, in the transaction of each change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from django.db import connection

from tequio.core.scoping import here
from tequio.people.models import Alias, Membership, Operation, Organization
from tequio.people.rules.directory import WHOLE, Listed, counted_keys, facet_keys, found_by, spellings_of
from tequio.people.rules.showing import MEMBERS
from tequio.people.selectors.showing import cover, hidden_of


@dataclass(frozen=True)
class Line:
    """An organization with all it is listed by; ``listed`` is None for one that is merged into another."""

    organization: Organization
    listed: Listed | None


def relist(*, organizations: Iterable[Organization]) -> None:
    """List these organizations, and those they are merged into or with, by what they are now."""
    lines = [Line(row, _listed(row)) for row in _heads_and_parts(organizations)]
    _forget([line.organization.pk for line in lines])
    _list_anew(lines)


def _list_anew(lines: Sequence[Line]) -> None:
    """List organizations that stand in no listing now, and count what changed since their ``facets`` were kept."""
    change: Counter[str] = Counter()
    for line in lines:
        after = facets_of(listed=line.listed)
        change.update(after)
        change.subtract(line.organization.facets)
        if line.organization.facets != after:
            line.organization.facets = after
            Organization.objects.filter(pk=line.organization.pk).update(facets=after)
    _list(lines)
    _tally(change, _labels(lines))


def list_all() -> None:
    """List every organization of a network that has no listings yet, as one that was brought in from elsewhere."""
    lines = [Line(row, _listed(row)) for row in Organization.objects.order_by("pk")]
    for line in lines:
        after = facets_of(listed=line.listed)
        if line.organization.facets != after:  # it comes from where other keys were kept
            line.organization.facets = after
            Organization.objects.filter(pk=line.organization.pk).update(facets=after)
    list_new(lines=lines)


def list_new(*, lines: Sequence[Line]) -> None:
    """List organizations that were written a moment ago, ``facets`` and all: four statements for any number."""
    _list(lines)
    _tally(Counter(key for line in lines for key in line.organization.facets), _labels(lines))


def unlist(*, organizations: Sequence[Organization]) -> None:
    """Take organizations out of the directory, before they are deleted."""
    _forget([row.pk for row in organizations])
    _tally(
        Counter(
            {key: -count for key, count in Counter(k for row in organizations for k in row.facets).items()}
        ),
        {},
    )


def _list(lines: Sequence[Line]) -> None:
    known = [(line.organization, line.listed) for line in lines if line.listed]
    _insert(
        "INSERT INTO people_listing (network_id, key, folded, organization_id) "
        "SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::bigint[])",
        [
            (key, row.folded, row.pk)
            for row, listed in known
            for key in [*(facet.key for facet in facet_keys(listed)), *found_by(listed)]
        ],
    )
    _insert(
        "INSERT INTO people_spelling (network_id, key, word) SELECT %s, * FROM unnest(%s::text[], %s::text[]) "
        "ON CONFLICT DO NOTHING",
        sorted({spelling for _row, listed in known for spelling in spellings_of(listed)}),
    )


def _labels(lines: Sequence[Line]) -> dict[str, str]:
    return {facet.key: facet.label for line in lines if line.listed for facet in counted_keys(line.listed)}


def facets_of(*, listed: Listed | None) -> list[str]:
    """Return the keys kept on the organization itself, from which the counts of a selection are made."""
    return [facet.key for facet in counted_keys(listed)] if listed else []


def _tally(change: Counter[str], labels: dict[str, str]) -> None:
    """Add to the counts. Always in the order of the keys, so that two writers never wait for each other."""
    _insert(
        "INSERT INTO people_tally (network_id, key, facet, label, count) "
        "SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[]) ON CONFLICT (network_id, key) "
        "DO UPDATE SET count = people_tally.count + excluded.count, "
        "label = coalesce(nullif(people_tally.label, ''), excluded.label)",
        [
            (key, key.partition(":")[0], labels.get(key, ""), number)
            for key, number in sorted(change.items())
            if number
        ],
    )


def _insert(statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [here(), *(list(column) for column in zip(*rows, strict=True))])


def _forget(numbers: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_listing WHERE organization_id = ANY(%s)", [list(numbers)])


def _heads_and_parts(organizations: Iterable[Organization]) -> list[Organization]:
    """Return the organizations, those they are merged into, and those merged into them, once each."""
    found: dict[int, Organization] = {}
    waiting = {row.pk for row in organizations}
    while waiting:
        rows = list(Organization.objects.filter(pk__in=waiting))
        found |= {row.pk: row for row in rows}
        parts = Organization.objects.filter(merged_into__in=waiting).values_list("pk", flat=True)
        heads = {row.merged_into_id for row in rows if row.merged_into_id}
        waiting = {*parts, *heads} - found.keys()
    return list(found.values())


def _listed(row: Organization) -> Listed | None:
    """Return what an organization is listed by: its own and that of those merged into it.

    What is only for the coordination is left out: whoever filters by it, or searches its words, would learn it.
    The site stays, because nobody but those who look for duplicates asks for it.
    """
    if row.merged_into_id:
        return None
    rows = [row, *_parts(row)]
    aliases = Alias.objects.filter(organization__in=_showing("aliases", rows)).values_list("name", flat=True)
    cities = Operation.objects.filter(organization__in=_showing("cities", rows)).select_related("place")
    others = [each.name for each in rows[1:]] if _showing("aliases", [row]) else []
    website = row.website
    rows = [cover(copy(each), reader=MEMBERS) for each in rows]
    return Listed(
        names=list(dict.fromkeys([row.name, *others, *aliases])),
        country=rows[0].country,
        kind=rows[0].kind,
        sector=rows[0].sector,
        themes=[theme for each in rows for theme in each.themes],
        populations=[population for each in rows for population in each.populations],
        cities=[(city.place_id or 0, _city_label(city)) for city in cities],
        texts=[text for each in rows for text in each.about.values()],
        website=website,
        pillars=rows[0].pillars,
        scopes=scopes_of(scope=rows[0].scope, national_level=rows[0].national_level),
        member=Membership.objects.filter(organization__in=[each.pk for each in rows], ended_on=None).exists(),
    )


def scopes_of(*, scope: str, national_level: bool) -> list[str]:
    """Return how far an organization works, as the directory lists it."""
    return [*([scope] if scope else []), *([WHOLE] if national_level else [])]


def _showing(field: str, rows: Iterable[Organization]) -> list[int]:
    """Return which of these organizations show a field to the people of the network."""
    return [row.pk for row in rows if field not in hidden_of(row.shows, reader=MEMBERS)]


def _parts(row: Organization) -> list[Organization]:
    parts: list[Organization] = []
    waiting = [row.pk]
    while waiting:
        below = list(Organization.objects.filter(merged_into__in=waiting))
        parts += below
        waiting = [each.pk for each in below]
    return parts


def _city_label(city: Operation) -> str:
    """Return how a city is called in the directory's list of cities."""
    return f"{city.place.name}, {city.place.country}" if city.place else city.written
