"""Who is a candidate, filtered by address; what they could coordinate. Source: SUR-17, SUR-18, SUR-19."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.people.models import Candidate, CandidateState, Membership
from tequio.surveys import access
from tequio.surveys.rules.candidates import Line, Willing, coordinators, crossed
from tequio.surveys.rules.experience import Experience, Level, experience

PAGE = 50
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Wanted:
    """What is looked for; an empty text means any. ``member`` is yes or no."""

    theme: str = ""
    experience: str = ""
    country: str = ""
    state: str = ""
    member: str = ""


@dataclass(frozen=True)
class Crossing:
    """A theme with how many candidates have each level of experience, lowest level first."""

    theme: str
    label: str
    counts: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Found:
    """One page of candidates, and what all of them together tell: themes, countries, lines of work."""

    page: Page[dict[str, Any]]
    themes: Mapping[str, str]
    countries: Sequence[str]
    crossings: Sequence[Crossing]
    lines: Sequence[tuple[Line, str]]
    total: int


def candidates(actor: Actor, wanted: Wanted, *, page: int) -> Found | None:
    """Return the candidates that fit, or None for somebody who may not know them."""
    if not access.tend_candidates.allows(actor):
        return None
    everybody = list(_rows().values("pk", "name", "country", "themes", "carried"))
    willing = [_willing(row) for row in everybody]
    themes = _labels(everybody)
    here = [one for one in willing if wanted.country in ("", one.country)]
    columns = (
        "uuid",
        "name",
        "country",
        "themes",
        "carried",
        "state",
        "email",
        "invited_at",
        "organization_id",
        "member",
    )
    paged = Paginator(_filtered(wanted).order_by("folded", "pk").values(*columns), PAGE).get_page(page)
    for row in paged.object_list:
        row["experience"] = experience_of(row)
    return Found(
        page=paged,
        themes=themes,
        countries=sorted({one.country for one in willing} - {""}),
        crossings=_crossings(here, themes),
        lines=[(line, themes.get(line.theme, line.theme)) for line in coordinators(here)],
        total=len(everybody),
    )


def _rows() -> QuerySet[Candidate]:
    """Every candidate that is not forgotten."""
    return Candidate.objects.exclude(name="").order_by("pk")


def _filtered(wanted: Wanted) -> QuerySet[Candidate]:
    joined = Membership.objects.filter(organization=OuterRef("organization"), ended_on=None)
    rows = _rows().annotate(member=Exists(joined))
    if wanted.theme:
        rows = rows.filter(themes__contains=[wanted.theme])
    if wanted.member:
        rows = rows.filter(member=wanted.member == YES)
    exactly = {"experience": wanted.experience, "country": wanted.country, "state": wanted.state}
    return rows.filter(Q(**{name: value for name, value in exactly.items() if value}))


def experience_of(row: Mapping[str, Any]) -> Experience:
    """Return the experience of a candidate anew from what it said, with its points."""
    carried = row["carried"]
    themes = len(row["themes"]) if carried.get("themes_asked") else None
    return experience(led=carried.get("led"), in_network=carried.get("in_network"), themes=themes)


def _willing(row: Mapping[str, Any]) -> Willing:
    return Willing(row["pk"], row["name"], row["country"], tuple(row["themes"]), experience_of(row))


def _labels(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return how each theme is called, in the reader's language where somebody asked in it."""
    labels: dict[str, str] = {}
    for row in rows:
        for theme in row["carried"].get("themes", ()):
            labels.setdefault(theme["key"], say(theme["text"]) or theme["key"])
    return dict(sorted(labels.items(), key=lambda pair: pair[1].casefold()))


def _crossings(willing: Sequence[Willing], themes: Mapping[str, str]) -> list[Crossing]:
    counts: dict[tuple[str, Level | None], int] = {}
    for cell in crossed(willing):
        counts[cell.theme, cell.level] = counts.get((cell.theme, cell.level), 0) + cell.count
    return [
        Crossing(theme, label, [(level.value, counts.get((theme, level), 0)) for level in Level])
        for theme, label in themes.items()
        if any(counts.get((theme, level)) for level in Level)
    ]


def states() -> list[tuple[str, str]]:
    """Return what can have become of a candidate, named in the reader's language."""
    return [(str(value), str(label)) for value, label in CandidateState.choices]
