"""Which organizations of the network another one may be. Source: CTX-19."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from tequio.core.actor import Actor
from tequio.people.models import Alias, Listing, Organization, Spelling
from tequio.people.rules.directory import name_key, stem_key
from tequio.people.rules.names import Likeness, Why, compare, folded_name, site_of
from tequio.people.rules.words import misspellings, words_of
from tequio.people.selectors.directory import also_under

_AT_MOST = 60


@dataclass(frozen=True)
class Hint:
    """An organization that may be the same, and why, in words."""

    organization: Organization
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


def duplicate_hints(actor: Actor, *, name: str, website: str = "", besides: int = 0) -> list[Hint]:
    """Organizations that may be the one of this name, the likeliest first, five at most."""
    folded = folded_name(name)
    numbers = _candidates(folded, site_of(website)) - {besides}
    aliases = ArraySubquery(Alias.objects.filter(organization=OuterRef("pk")).order_by("pk").values("folded"))
    rows = Organization.objects.filter(pk__in=numbers, merged_into=None).annotate(also=aliases)
    hints = []
    for row in rows:
        names = [row.folded, *row.also]
        if found := compare(folded, names, site=site_of(website), other_site=site_of(row.website)):
            hints.append(Hint(row, found))
    return sorted(hints, key=lambda hint: (not hint.likeness.certain, -hint.likeness.percent))[:5]


def _candidates(folded: str, site: str) -> set[int]:
    """Numbers of the organizations worth comparing: each search stops at 60, so the cost is bounded."""
    words = sorted(set(words_of(folded)), key=len, reverse=True)[:4]
    near = _near(words)
    searches = [_under(name_key(folded)), *([_under(f"site:{site}")] if site else [])]
    searches += [_under(stem_key(word)) for word in dict.fromkeys([*words, *near])]
    searches += [_under(stem_key(one), stem_key(two)) for one in words for two in words if one < two]
    first, *others = searches
    return set(first.union(*others, all=True)) if others else set(first)


def _under(key: str, also: str = "") -> QuerySet[Listing, int]:
    rows = Listing.objects.filter(key=key)
    if also:
        rows = also_under(rows, also)
    return rows.order_by("folded", "organization").values_list("organization_id", flat=True)[:_AT_MOST]


def _near(words: list[str]) -> list[str]:
    keys = {key for word in words if len(word) >= 5 for key in misspellings(word[:40])}
    found = (
        Spelling.objects.filter(key__in=keys).values_list("word", flat=True).distinct()[:20] if keys else []
    )
    return [word for word in found if word not in words]
