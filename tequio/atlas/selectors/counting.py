"""What the atlas counts for the people of a network, and what strangers may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from tequio.atlas.rules.counting import MOST, Counted, counted
from tequio.core.actor import Actor
from tequio.core.scoping import here
from tequio.people.models import Candidate, CandidateState, Duty
from tequio.people.rules.directory import ALL, MEMBER, Wanted, among_members
from tequio.people.rules.words import fold
from tequio.people.selectors import directory

VALUES = 300


def atlas(actor: Actor, wanted: Wanted, *, view: str) -> Counted:
    """The organizations that were asked for, counted by one of the views: three questions, in any network.

    Unnarrowed, the counts are those that the directory keeps; narrowed, at most ``MOST`` are looked at. Source: ADR 7.
    """
    if wanted.chosen:
        counts = directory.inside(actor, wanted, most=MOST)
        written = directory.tallies_of(actor, [key for key in counts if key.startswith(f"{view}:")])
        labels = {key: label for key, (label, _count) in written.items()}
        return counted(view, counts, labels, more=counts[ALL] > MOST)
    rows = directory.most_tallied(actor, view, most=VALUES)
    asked = [ALL, MEMBER, *(among_members(key) for key, _label, _count in rows)]
    known = directory.tallies_of(actor, asked)
    whole = {key: count for key, (_label, count) in known.items()} | {key: n for key, _label, n in rows}
    return counted(view, whole, {key: label for key, label, _count in rows}, more=False)


def choices(actor: Actor, wanted: Wanted) -> list[tuple[str, str, str]]:
    """What one could narrow by: (facet, value, what its tally says), the most frequent of each, and what is chosen."""
    return directory.most_frequent(actor, chosen=wanted.facet_keys)


def candidates(actor: Actor) -> list[tuple[str, int]] | None:
    """Who said that it would join and has not: how many by country; None for whom that does not concern."""
    if not actor.has(Duty.COORDINATION, Duty.ADMISSION):
        return None
    waiting = Candidate.objects.filter(state__in=[CandidateState.NEW, CandidateState.INVITED])
    rows = waiting.values("country").annotate(number=Count("pk")).order_by("-number", "country")
    return list(rows.values_list("country", "number"))


@dataclass(frozen=True)
class Shown:
    """What strangers see: of members that let everybody know their name, what they show to everybody."""

    members: int
    counts: Sequence[tuple[str, str, int]]  # facet, value, how many

    def of(self, facet: str) -> list[tuple[str, int]]:
        """Return the values of a facet, the most frequent first; spellings of a theme are one."""
        found: dict[str, tuple[str, int]] = {}
        for each, value, number in self.counts:
            if each == facet:
                written, before = found.get(fold(value), (value, 0))
                found[fold(value)] = written, before + number
        return sorted(found.values(), key=lambda row: (-row[1], row[0]))


_PUBLIC = """
WITH named AS (
    SELECT o.* FROM people_membership m JOIN people_organization o ON o.id = m.organization_id
    WHERE m.network_id = %(here)s AND m.status IN ('FOUNDING', 'ACTIVE') AND o.shows->>'name' = 'EVERYBODY'
)
SELECT '' AS facet, '' AS value, count(*) FROM named
UNION ALL SELECT 'country', country, count(*) FROM named
    WHERE shows->>'country' = 'EVERYBODY' AND country <> '' GROUP BY country
UNION ALL SELECT 'kind', kind, count(*) FROM named
    WHERE shows->>'kind' = 'EVERYBODY' AND kind <> '' GROUP BY kind
UNION ALL SELECT 'city', c.name, count(*) FROM named JOIN LATERAL (
        SELECT DISTINCT coalesce(p.name, w.written) AS name FROM people_operation w
        LEFT JOIN people_place p ON p.geonameid = w.place_id WHERE w.organization_id = named.id) c ON true
    WHERE shows->>'cities' = 'EVERYBODY' GROUP BY c.name
UNION ALL SELECT 'theme', t, count(*) FROM named, unnest(themes) t
    WHERE shows->>'themes' = 'EVERYBODY' GROUP BY t
UNION ALL SELECT 'population', t, count(*) FROM named, unnest(populations) t
    WHERE shows->>'populations' = 'EVERYBODY' GROUP BY t
"""


def public_atlas() -> Shown:
    """What anybody may know of where the members are. Who is not publicly named is in no count. Source: XCT-02."""
    with connection.cursor() as cursor:
        cursor.execute(_PUBLIC, {"here": here()})
        rows = [(str(facet), str(value), int(number)) for facet, value, number in cursor.fetchall()]
    whole = next((number for facet, _value, number in rows if not facet), 0)
    return Shown(whole, [row for row in rows if row[0]])
