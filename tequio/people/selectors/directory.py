"""A page of the directory: what is on it, how many there are, and what else one could filter by.

Each page is one range of one index, and counts are kept, not counted; so it costs the same in any network.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from tequio.core.actor import Actor
from tequio.core.prepared import Prepared, among, prepared, slot
from tequio.core.texts import say
from tequio.networks.selectors import pillars
from tequio.people.models import Listing, Membership, Operation, Spelling, Tally
from tequio.people.rules.directory import ALL, FACETS, Wanted, corrected
from tequio.people.rules.words import likeness, misspellings, words_of
from tequio.people.selectors.showing import hidden_of, reader_of

ROWS = 30
OPTIONS = 40
COUNTED = 200
_FEW = 2_000


@dataclass(frozen=True)
class Count:
    """A number, or the least it is: counting stops at 200."""

    number: int
    more: bool = False


@dataclass(frozen=True)
class Option:
    """One value of a facet; ``count`` is None where it is not known."""

    value: str
    label: str
    count: Count | None


@dataclass(frozen=True)
class Shown:
    """An organization as the directory shows it: {written, name} of three cities, and whether it is a member."""

    pk: int
    folded: str
    uuid: UUID
    name: str
    kind: str
    country: str
    cities: Sequence[dict[str, str | None]]
    member: bool
    shows: dict[str, str]

    def seen_by(self, reader: str) -> "Shown":
        """Return it as this reader sees it."""
        unseen = hidden_of(self.shows, reader=reader)
        return replace(
            self,
            kind="" if "kind" in unseen else self.kind,
            country="" if "country" in unseen else self.country,
            cities=() if "cities" in unseen else self.cities,
        )


@dataclass(frozen=True)
class Directory:
    """A page of the directory. ``words`` are those that were looked for when the ones asked for found nothing."""

    rows: Sequence[Shown]
    total: Count
    facets: dict[str, list[Option]]
    first: bool
    last: bool
    words: str = ""


def directory(actor: Actor, wanted: Wanted) -> Directory:
    """The organizations that were asked for, 30 a page, in the order of their names."""
    tallies = {row.key: row for row in _tallies(chosen=[ALL, *wanted.facet_keys])}
    rows, earlier, later = _page(wanted, tallies)
    words, reader = "", reader_of(actor)
    if not rows and wanted.words and (words := _correct(wanted.words)):
        rows, earlier, later = _page(wanted.with_words(words), tallies)
        words, wanted = (words, wanted.with_words(words)) if rows else ("", wanted)
    narrowed = bool(wanted.chosen or wanted.word_keys)
    inside = _inside(wanted, tallies) if narrowed else Counter()
    return Directory(
        rows=[row.seen_by(reader) for row in rows],
        total=_total(wanted, tallies, inside),
        facets={facet: _options(facet, wanted, tallies, inside, narrowed=narrowed) for facet in FACETS},
        first=not earlier,
        last=not later,
        words=words,
    )


@dataclass(frozen=True)
class _Tallied:
    key: str
    facet: str
    label: str
    count: int


def _most_frequent() -> QuerySet[Tally, Any]:
    """The most frequent values of every facet, those chosen, and the count of all, in one query."""
    rows = Tally.objects.filter(count__gt=0).values_list("key", "facet", "label", "count")
    parts = [rows.filter(facet=facet).order_by("-count", "key")[:OPTIONS] for facet in FACETS]
    chosen: QuerySet[Tally, Any] = rows.filter(among("key", "chosen", CharField(db_collation="C")))
    return chosen.union(*parts, all=True)


_tallied = prepared(_most_frequent)


def _tallies(*, chosen: Sequence[str]) -> Iterator[_Tallied]:
    rows = [_Tallied(*row) for row in _tallied(chosen=list(chosen))]
    names = _pillars(row.key for row in rows)
    return (replace(row, label=names.get(row.key, row.label)) for row in rows)


def _pillars(keys: Iterable[str]) -> dict[str, str]:
    """What the pillars are called today, by key; nothing is asked where none of the keys is one."""
    if not any(key.startswith("pillar:") for key in keys):
        return {}
    return {f"pillar:{pillar.position}": say(pillar.name) for pillar in pillars()}


def _keys(wanted: Wanted, tallies: dict[str, _Tallied]) -> list[str]:
    """The keys that were asked for, the rarest first: its listings are read, and looked up under the others."""
    keys = sorted(wanted.facet_keys, key=lambda key: _count(tallies, key))
    few = bool(keys) and _count(tallies, keys[0]) < _FEW
    keys = [*keys, *wanted.word_keys] if few else [*wanted.word_keys, *keys]
    return keys or [ALL]


def _under(keys: Sequence[Any]) -> QuerySet[Listing]:
    """Listings under the first key, of organizations listed under all the others too."""
    rows = Listing.objects.filter(key=keys[0])
    for place, key in enumerate(keys[1:]):
        rows = also_under(rows, key, name=f"also_{place}")
    return rows


def also_under(rows: QuerySet[Listing], key: Any, *, name: str = "also") -> QuerySet[Listing]:
    """Keep those listed under another key too, looked up row by row.

    A subquery for a value stays what it is, while EXISTS may become a join that reads both keys to their ends
    before the first row of a page comes out.
    """
    same = Listing.objects.filter(key=key, folded=OuterRef("folded"), organization=OuterRef("organization"))
    return rows.alias(**{name: Subquery(same.values("organization")[:1])}).filter(
        **{f"{name}__isnull": False}
    )


def _count(tallies: dict[str, _Tallied], key: str) -> int:
    return tallies[key].count if key in tallies else 0


def _page(wanted: Wanted, tallies: dict[str, _Tallied]) -> tuple[list[Shown], bool, bool]:
    """The page's organizations, and whether there are some before and after them."""
    keys = _keys(wanted, tallies)
    place = wanted.before or wanted.after
    values: dict[str, Any] = {f"key_{number}": key for number, key in enumerate(keys)}
    if place:
        values |= {"folded": place[0], "number": place[1]}
    read = _reading(len(keys), from_there=bool(place), back=bool(wanted.before))
    found = [Shown(*row) for row in read(**values)]
    more = len(found) > ROWS
    page = found[:ROWS]
    if wanted.before:
        return page[::-1], more, True
    return page, wanted.after is not None, more


@cache
def _reading(many: int, *, from_there: bool, back: bool) -> Prepared[tuple[Any, ...]]:
    """The read of a page under so many keys; there are few such shapes, since a search has few words and filters."""

    def rows() -> QuerySet[Listing, Any]:
        found = _under([slot(f"key_{number}", CharField()) for number in range(many)])
        if from_there:
            found = _beyond(found, back=back)
        order = ("-folded", "-organization") if back else ("folded", "organization")
        return _shown(found.order_by(*order))

    return prepared(rows)


def _beyond(rows: QuerySet[Listing], *, back: bool) -> QuerySet[Listing]:
    folded, number = slot("folded", CharField()), slot("number")
    if back:
        return rows.filter(Q(folded__lte=folded) & ~Q(folded=folded, organization_id__gte=number))
    return rows.filter(Q(folded__gte=folded) & ~Q(folded=folded, organization_id__lte=number))


def _shown(rows: QuerySet[Listing]) -> QuerySet[Listing, Any]:
    mine = {"organization": OuterRef("organization")}
    city = JSONObject(written="written", name="place__name")
    shown: QuerySet[Listing, Any] = rows.values_list(
        "organization_id",
        "folded",
        "organization__uuid",
        "organization__name",
        "organization__kind",
        "organization__country",
        ArraySubquery(Operation.objects.filter(**mine).order_by("pk").values(json=city)[:3]),
        Exists(Membership.objects.filter(**mine, ended_on=None)),
        "organization__shows",
    )
    return shown[: ROWS + 1]


def _inside(wanted: Wanted, tallies: dict[str, _Tallied], *, most: int = COUNTED) -> Counter[str]:
    """How many of the first organizations that match stand under each key; one more than is counted are looked at."""
    rows = _under(_keys(wanted, tallies)).order_by("folded", "organization")
    statement, values = rows.values("organization__facets")[: most + 1].query.sql_with_params()
    with connection.cursor() as cursor:
        counting = f"SELECT key, count(*) FROM ({statement}) found (keys), unnest(keys) key GROUP BY key"  # noqa: S608
        cursor.execute(counting, values)
        return Counter(dict(cursor.fetchall()))


def inside(actor: Actor, wanted: Wanted, *, most: int) -> Counter[str]:
    """How many of the organizations that were asked for stand under each key, members and recorded.

    At most one more than ``most`` of them are looked at: then the counts are of the first by name. Source: ADR 7.
    """
    tallies = {row.key: row for row in _tallies(chosen=wanted.facet_keys)}
    return _inside(wanted, tallies, most=most)


def tallies_of(actor: Actor, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
    """How many organizations stand under each of these keys, with what people read for it."""
    rows = Tally.objects.filter(key__in=keys).values_list("key", "label", "count")
    found = {key: (label, count) for key, label, count in rows}
    names = _pillars(found)
    return {key: (names.get(key, label), count) for key, (label, count) in found.items()}


def most_frequent(actor: Actor, *, chosen: Sequence[str]) -> list[tuple[str, str, str]]:
    """The most frequent values of every facet, and those chosen: (facet, value, what people read)."""
    rows = {row.key: row for row in _tallies(chosen=chosen) if row.facet}
    found = sorted(rows.values(), key=lambda row: (-row.count, row.key))
    return [(row.facet, row.key.partition(":")[2], row.label) for row in found]


def most_tallied(actor: Actor, facet: str, *, most: int) -> list[tuple[str, str, int]]:
    """The most frequent values of a facet: key, what people read, how many."""
    rows = Tally.objects.filter(facet=facet, count__gt=0).order_by("-count", "key")
    found = list(rows.values_list("key", "label", "count")[:most])
    names = _pillars(key for key, _label, _count in found)
    return [(key, names.get(key, label), count) for key, label, count in found]


def _total(wanted: Wanted, tallies: dict[str, _Tallied], inside: Counter[str]) -> Count:
    if wanted.word_keys or len(wanted.chosen) > 1:
        return Count(min(inside[ALL], COUNTED), more=inside[ALL] > COUNTED)
    return Count(_count(tallies, wanted.facet_keys[0] if wanted.chosen else ALL))


def _options(
    facet: str,
    wanted: Wanted,
    tallies: dict[str, _Tallied],
    inside: Counter[str],
    *,
    narrowed: bool,
) -> list[Option]:
    """The values of a facet, with how many of what is shown have each.

    A facet that is itself chosen keeps the counts of the whole when nothing else is chosen, and none otherwise.
    """
    rows = [row for row in tallies.values() if row.facet == facet]
    whole = not narrowed or (bool(wanted.value(facet)) and len(wanted.chosen) == 1 and not wanted.word_keys)
    options = []
    for row in sorted(rows, key=lambda row: (-row.count, row.key)):
        value = row.key.partition(":")[2]
        if whole:
            count: Count | None = Count(row.count)
        elif wanted.value(facet) or not inside[row.key]:
            count = None
        else:
            count = Count(inside[row.key], more=inside[ALL] > COUNTED)
        if count or value == wanted.value(facet) or wanted.value(facet) or inside[ALL] > COUNTED:
            options.append(Option(value, row.label, count))
    return options


def _correct(words: str) -> str:
    """The query with its unknown words replaced by known ones that differ by a letter or begin so; "" when alike."""
    asked = list(words_of(words))[:8]
    near = {key for word in asked if len(word) >= 4 for key in misspellings(word[:40])}
    last = asked[-1][:40] if asked else ""
    if not near:
        return ""
    begins = Q(key__gte=last, key__lt=f"{last}\U0010ffff")
    found = set(Spelling.objects.filter(Q(key__in=near) | begins).values_list("word", flat=True)[:300])
    known = {word: _closest(word, found) for word in asked if word not in found}
    instead = corrected(words, {word: better for word, better in known.items() if better})
    return "" if instead == " ".join(asked) else instead


def _closest(word: str, found: Iterable[str]) -> str:
    alike = [other for other in found if misspellings(word) & misspellings(other) or other.startswith(word)]
    return max(alike, key=lambda other: (likeness(word, other), other), default="")
