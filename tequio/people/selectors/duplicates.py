"""Which organizations of the network another one may be. Source: CTX-19."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BigIntegerField, CharField, OuterRef, QuerySet
from django.utils.translation import gettext as _

from tequio.core.actor import Actor
from tequio.core.prepared import among, listed, prepared
from tequio.core.scoping import here
from tequio.people.models import Alias, Organization, Spelling
from tequio.people.rules.directory import name_key, stem_key
from tequio.people.rules.names import Likeness, Why, compare, folded_name, site_of
from tequio.people.rules.words import misspellings, words_of
from tequio.people.selectors.showing import hidden_of, reader_of

_AT_MOST = 60


class Known(NamedTuple):
    """An organization as it is compared: its folded names besides its own stand in ``also``."""

    uuid: UUID
    name: str
    folded: str
    website: str
    shows: dict[str, str]
    also: list[str]


@dataclass(frozen=True)
class Hint:
    """An organization that may be the same, and why, in words."""

    organization: Known
    likeness: Likeness

    @property
    def why(self) -> str:
        return why(self.likeness)


def why(likeness: Likeness) -> str:
    """Say in the reader's language why two organizations may be one."""
    if likeness.why is Why.SAME:
        return _("It has the same name.")
    if likeness.why is Why.ALIAS:
        return _("It is known by this name too.")
    if likeness.why is Why.SITE:
        return _("It has the same website.")
    return _("Its name is alike (%(percent)s of 100).") % {"percent": likeness.percent}


def _with_other_names() -> QuerySet[Any]:
    aliases = ArraySubquery(Alias.objects.filter(organization=OuterRef("pk")).order_by("pk").values("folded"))
    rows = Organization.objects.filter(among("pk", "numbers", BigIntegerField()), merged_into=None)
    return rows.values_list("uuid", "name", "folded", "website", "shows", aliases)


_compared = prepared(_with_other_names)


def duplicate_hints(actor: Actor, *, name: str, website: str = "", besides: int = 0) -> list[Hint]:
    """Organizations that may be the one of this name, the likeliest first, five at most."""
    folded, site = folded_name(name), site_of(website)
    numbers = _candidates(folded, site) - {besides}
    hints = []
    reader = reader_of(actor)
    for row in starmap(Known, _compared(numbers=list(numbers)) if numbers else ()):
        unseen = hidden_of(row.shows, reader=reader)
        names = [row.folded, *([] if "aliases" in unseen else row.also)]
        other_site = "" if not site or "website" in unseen else site_of(row.website)
        if found := compare(folded, names, site=site, other_site=other_site):
            hints.append(Hint(row, found))
    return sorted(hints, key=lambda hint: (not hint.likeness.certain, -hint.likeness.percent))[:5]


def _candidates(folded: str, site: str) -> set[int]:
    """Numbers of the organizations worth comparing: each search stops at 60, so the cost is bounded."""
    words = sorted(set(words_of(folded)), key=len, reverse=True)[:4]
    near = _near(words)
    searches = [(name_key(folded), ""), *([(f"site:{site}", "")] if site else [])]
    searches += [(stem_key(word), "") for word in dict.fromkeys([*words, *near])]
    searches += [(stem_key(one), stem_key(two)) for one in words for two in words if one < two]
    return _listed_under(searches)


# Listings under one key, and under a second one where there is one; as ``directory.also_under`` looks it up.
_UNDER = """
SELECT DISTINCT found.organization_id
FROM unnest(%s::text[], %s::text[]) AS asked (key, also)
CROSS JOIN LATERAL (
    SELECT listing.organization_id
    FROM people_listing listing
    WHERE listing.network_id = %s AND listing.key = asked.key COLLATE "C" AND (
        asked.also = '' OR (
            SELECT same.organization_id FROM people_listing same
            WHERE same.network_id = %s AND same.key = asked.also COLLATE "C"
                AND same.folded = listing.folded AND same.organization_id = listing.organization_id
            LIMIT 1
        ) IS NOT NULL
    )
    ORDER BY listing.folded, listing.organization_id
    LIMIT %s
) found
"""


def _listed_under(searches: Sequence[tuple[str, str]]) -> set[int]:
    keys, also = zip(*searches, strict=True)
    database: Any = connection
    found = database.read(_UNDER, [listed(keys), listed(also), here(), here(), _AT_MOST])
    return {number for (number,) in found}


def _words_spelled() -> QuerySet[Spelling, str]:
    rows = Spelling.objects.filter(among("key", "keys", CharField()))
    return rows.values_list("word", flat=True).distinct()[:20]


_spelled = prepared(_words_spelled)


def _near(words: list[str]) -> list[str]:
    keys = {key for word in words if len(word) >= 5 for key in misspellings(word[:40])}
    return [word for word in _spelled(keys=list(keys)) if word not in words] if keys else []
