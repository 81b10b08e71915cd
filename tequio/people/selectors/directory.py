"""A page of the directory: what is on it, how many there are, and what else one could filter by.

Each page is one range of one index, and counts are kept, not counted; so it costs the same in any network.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from tequio.core.actor import Actor
from tequio.people.models import Listing, Membership, Operation, Organization, Spelling, Tally
from tequio.people.rules.directory import ALL, FACETS, Wanted, corrected
from tequio.people.rules.words import likeness, misspellings, words_of

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
class Directory:
    """A page of the directory. ``words`` are those that were looked for when the ones asked for found nothing."""

    rows: Sequence[Organization]
    total: Count
    facets: dict[str, list[Option]]
    first: bool
    last: bool
    words: str = ""


def directory(actor: Actor, wanted: Wanted) -> Directory:
    """The organizations that were asked for, 30 a page, in the order of their names."""
    tallies = {row.key: row for row in _tallies(wanted)}
    rows, earlier, later = _page(wanted, tallies)
    words = ""
    if not rows and wanted.words and (words := _correct(wanted.words)):
        rows, earlier, later = _page(wanted.with_words(words), tallies)
        words, wanted = (words, wanted.with_words(words)) if rows else ("", wanted)
    narrowed = bool(wanted.chosen or wanted.word_keys)
    inside = _inside(wanted, tallies) if narrowed else Counter()
    return Directory(
        rows=rows,
        total=_total(wanted, tallies, inside),
        facets={facet: _options(facet, wanted, tallies, inside, narrowed=narrowed) for facet in FACETS},
        first=not earlier,
        last=not later,
        words=words,
    )


def _tallies(wanted: Wanted) -> Iterable[Tally]:
    """The most frequent values of every facet, those chosen, and the count of all, in one query."""
    parts = [
        Tally.objects.filter(facet=facet, count__gt=0).order_by("-count", "key")[:OPTIONS] for facet in FACETS
    ]
    chosen = Tally.objects.filter(key__in=[ALL, *wanted.facet_keys], count__gt=0)
    return chosen.union(*parts, all=True)


def _matching(wanted: Wanted, tallies: dict[str, Tally]) -> QuerySet[Listing]:
    """Listings under the rarest key that was asked for, of organizations listed under all the others too."""
    keys = sorted(wanted.facet_keys, key=lambda key: _count(tallies, key))
    few = bool(keys) and _count(tallies, keys[0]) < _FEW
    keys = [*keys, *wanted.word_keys] if few else [*wanted.word_keys, *keys]
    rows = Listing.objects.filter(key=keys[0] if keys else ALL)
    for place, key in enumerate(keys[1:]):
        rows = also_under(rows, key, name=f"also_{place}")
    return rows


def also_under(rows: QuerySet[Listing], key: str, *, name: str = "also") -> QuerySet[Listing]:
    """Keep those listed under another key too, looked up row by row.

    A subquery for a value stays what it is, while EXISTS may become a join that reads both keys to their ends
    before the first row of a page comes out.
    """
    same = Listing.objects.filter(key=key, folded=OuterRef("folded"), organization=OuterRef("organization"))
    return rows.alias(**{name: Subquery(same.values("organization")[:1])}).filter(
        **{f"{name}__isnull": False}
    )


def _count(tallies: dict[str, Tally], key: str) -> int:
    return tallies[key].count if key in tallies else 0


def _page(wanted: Wanted, tallies: dict[str, Tally]) -> tuple[list[Organization], bool, bool]:
    """The page's organizations, and whether there are some before and after them."""
    rows = _matching(wanted, tallies)
    if wanted.before:
        rows = _beyond(rows, wanted.before, back=True).order_by("-folded", "-organization")
    elif wanted.after:
        rows = _beyond(rows, wanted.after, back=False).order_by("folded", "organization")
    else:
        rows = rows.order_by("folded", "organization")
    found = [row.organization for row in _with_organization(rows)[: ROWS + 1]]
    more = len(found) > ROWS
    page = found[:ROWS]
    if wanted.before:
        return page[::-1], more, True
    return page, wanted.after is not None, more


def _beyond(rows: QuerySet[Listing], place: tuple[str, int], *, back: bool) -> QuerySet[Listing]:
    folded, number = place
    if back:
        return rows.filter(Q(folded__lte=folded) & ~Q(folded=folded, organization__gte=number))
    return rows.filter(Q(folded__gte=folded) & ~Q(folded=folded, organization__lte=number))


def _with_organization(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    cities = Operation.objects.select_related("place").order_by("pk")
    members = Membership.objects.filter(ended_on=None)
    return rows.select_related("organization").prefetch_related(
        Prefetch("organization__operations", cities, to_attr="cities"),
        Prefetch("organization__memberships", members, to_attr="standings"),
    )


def _inside(wanted: Wanted, tallies: dict[str, Tally]) -> Counter[str]:
    """How many of the first organizations that match stand under each key; one more than is counted are looked at."""
    rows = _matching(wanted, tallies).order_by("folded", "organization")
    statement, values = rows.values("organization__facets")[: COUNTED + 1].query.sql_with_params()
    with connection.cursor() as cursor:
        counting = f"SELECT key, count(*) FROM ({statement}) found (keys), unnest(keys) key GROUP BY key"  # noqa: S608
        cursor.execute(counting, values)
        return Counter(dict(cursor.fetchall()))


def _total(wanted: Wanted, tallies: dict[str, Tally], inside: Counter[str]) -> Count:
    if wanted.word_keys or len(wanted.chosen) > 1:
        return Count(min(inside[ALL], COUNTED), more=inside[ALL] > COUNTED)
    return Count(_count(tallies, wanted.facet_keys[0] if wanted.chosen else ALL))


def _options(
    facet: str,
    wanted: Wanted,
    tallies: dict[str, Tally],
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
