"""When two names mean the same organization. Source: CTX-19."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from tequio.people.rules.words import fold, likeness

LIKELY = 62  # percent of shared trigrams
KIN = 20  # the same with one website: projects of one organization share theirs, under names that have nothing in common
_LEGAL = re.compile(
    r"(?:[\s,.-]|^)(?:a\.?\s?c|s\.?\s?a\.?\s?s|s\.?\s?a|s\.?\s?r\.?\s?l|s\.?\s?c|s\.?\s?de\s?r\.?\s?l|ltda|ltd|inc|llc|e\.?\s?i\.?\s?r\.?\s?l"
    r"|i\.?\s?a\.?\s?p|o\.?\s?s\.?\s?c|e\.?\s?s\.?\s?p|c\.?\s?a|gmbh|asociaci[oó]n civil|associa[cç][aã]o civil)\.?\s*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\(([^()]{1,40})\)\s*$")


class Why(Enum):
    """Why two organizations may be one."""

    SAME = "SAME"
    ALIAS = "ALIAS"
    SITE = "SITE"
    ALIKE = "ALIKE"


@dataclass(frozen=True)
class Likeness:
    """A pair that may be one: ``certain`` when the names, or a name and an alias, are equal once folded."""

    why: Why
    percent: int

    @property
    def certain(self) -> bool:
        return self.why in (Why.SAME, Why.ALIAS)


def folded_name(name: str) -> str:
    """Return a name without accents, case, marks and legal form, as it is compared and put in order."""
    short = _LEGAL.sub("", name)
    return (fold(short) or fold(name) or name.casefold().strip())[:200]


def other_names(name: str) -> list[str]:
    """Return the further names a written name holds: what stands in brackets or after a dash, if an acronym."""
    found = _BRACKETS.search(name)
    parts = [found[1]] if found else []
    parts += [part for part in re.split(r"\s[-–—]\s", name) if part.isupper() and part != name]
    return [part.strip() for part in parts if len(part.strip()) >= 3]


def site_of(address: str) -> str:
    """Return the host of a web address without www, or "" when many share that host."""
    host = re.sub(r"^[a-z]+://", "", address.strip().casefold()).split("/")[0].split("?")[0].split(":")[0]
    host = host.removeprefix("www.")
    return "" if not host or host in _SHARED or host.endswith(_SHARED_BELOW) else host


_SHARED = frozenset(
    "facebook.com es-la.facebook.com m.facebook.com instagram.com twitter.com x.com linkedin.com youtube.com t.me wa.me "  # noqa: SIM905
    "sites.google.com github.com medium.com bit.ly tiktok.com linktr.ee docs.google.com".split()
)
_SHARED_BELOW = (".facebook.com", ".linkedin.com", ".google.com")


def compare(one: str, others: Iterable[str], *, site: str = "", other_site: str = "") -> Likeness | None:
    """Say whether a folded name may mean the organization whose folded names are given, its own name first."""
    names = list(others)
    if names and one == names[0]:
        return Likeness(Why.SAME, 100)
    if one in names:
        return Likeness(Why.ALIAS, 100)
    percent = max((likeness(one, other) for other in names if site or _near(one, other)), default=0)
    if site and site == other_site and percent >= KIN:
        return Likeness(Why.SITE, percent)
    return Likeness(Why.ALIKE, percent) if percent >= LIKELY and _same_numbers(one, names[0]) else None


def _near(one: str, other: str) -> bool:
    """Spare the comparison of names so unlike in length that they cannot be likely."""
    return 100 * min(len(one), len(other)) >= (LIKELY - 15) * max(len(one), len(other))


def _same_numbers(one: str, other: str) -> bool:
    """Tell "Junta 21" from "Junta 22", however alike the rest."""
    return re.findall(r"\d+", one) == re.findall(r"\d+", other)
