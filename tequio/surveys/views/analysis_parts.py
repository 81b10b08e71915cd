"""What pages of results share: the filters in an address, the voice of the reader, rows to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, address, found_or_404
from tequio.core.texts import say
from tequio.surveys.formats.grid import HEADS
from tequio.surveys.formats.wording import (
    SEVERAL,
    SHARE_WITH_WEIGHTS,
    WEIGHTED,
    WEIGHTED_BASE,
    WITH_WEIGHTS,
    Voice,
)
from tequio.surveys.models import Survey
from tequio.surveys.rules.asks import Found
from tequio.surveys.rules.columns import Column
from tequio.surveys.rules.crosstab import Table
from tequio.surveys.rules.instrument import Base, Kind, Question
from tequio.surveys.rules.shares import rounded
from tequio.surveys.selectors import sheets
from tequio.surveys.selectors.counting import Results

NO_BREAK = "\u00a0"
MARK = "w."  # before the key of a question by which an address filters
ROLES = ("COUNTRY", "KIND", "POPULATIONS", "IN_NETWORK", "PILLAR")  # what results are filtered by first
MOST_FILTERS = 4


@dataclass(frozen=True)
class Filter:
    """One field of the form that filters."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


def study_of(request: MemberRequest, survey: str) -> sheets.Study:
    """Return what is analyzed, or answer 404; who may not see exact figures reads why."""
    return found_or_404(sheets.study(request.actor, survey))


def voice_of() -> Voice:
    """Return the reader's own."""
    return Voice(get_language() or "en", _)


def url_of(request: MemberRequest, name: str, survey: Survey, *args: Any, **query: Any) -> str:
    """Return the address of a page of results."""
    asked = {key: value for key, value in query.items() if value}
    tail = f"?{urlencode(asked, doseq=True)}" if asked else ""
    return address(f"surveys:{name}", request.network.slug, survey.slug, *args) + tail


def crumbs_of(request: MemberRequest, survey: Survey) -> list[tuple[str, str]]:
    """Return where a page of results hangs."""
    return [
        (_("Surveys"), address("surveys:list", request.network.slug)),
        (say(survey.title), url_of(request, "survey", survey)),
        (_("Results"), url_of(request, "results", survey)),
    ]


def said_in(request: MemberRequest) -> QueryDict:
    """Return what the address says, or the form that leads to one."""
    return request.POST if request.method == "POST" else request.GET


def asked_where(request: MemberRequest) -> dict[str, list[str]]:
    """Return the filters of the address: question -> options, of which one is enough."""
    said = said_in(request)
    found = {key.removeprefix(MARK): said.getlist(key) for key in said if key.startswith(MARK)}
    return {key: kept for key, values in found.items() if (kept := [value for value in values if value])}


def columns_of(question: Question) -> list[str]:
    """Return the keys of the columns of a question: a matrix has one for each of its rows."""
    return [f"{question.key}/{row.key}" for row in question.rows] if question.rows else [question.key]


def filters(
    study: sheets.Study, sheet: Results, where: Mapping[str, list[str]], voice: Voice
) -> list[Filter]:
    """Return the fields that filter: by country, kind and population first, and whatever the address filters by."""
    wanted = [question.key for question in _filtering(study.countable())]
    wanted += [key for key in where if key not in wanted]
    columns = [column for key in wanted if (column := sheet.column(key))]
    return [
        Filter(
            MARK + column.key,
            voice.title(column),
            [(one.key, voice.name(one), one.key in where.get(column.key, ())) for one in column.categories],
        )
        for column in columns
    ]


def _filtering(questions: list[Question]) -> list[Question]:
    ruled = [question for role in ROLES for question in questions if question.role == role]
    if not ruled:
        ruled = [one for one in questions if one.kind in (Kind.SINGLE, Kind.COUNTRY, Kind.YES_NO)]
    return ruled[:MOST_FILTERS]


def only_of(sheet: Results, where: Mapping[str, list[str]], voice: Voice) -> str:
    """Say in words whom an address keeps."""
    parts = []
    for key, values in where.items():
        column = sheet.column(key)
        if column:
            names = [voice.name(one) for one in column.categories if one.key in values]
            parts.append(", ".join(names))
    return "; ".join(parts)


def notes(found: Found, voice: Voice) -> str:
    """Say the base of a table, that several answers were possible where they were, and what all of it weighs."""
    table = found.table
    said = [voice.base(base, table.whole.bases.of(base)) for base in bases_of(table)]
    said += [voice.say(SEVERAL)] if table.rows.several else []
    if found.weighted:
        weight = rounded(found.weighted.whole.bases.weighted(table.rows.base), digits=1)
        said.append(voice.say(WEIGHTED_BASE) % {"number": voice.decimal(weight)})
    return " ".join(said)


def bases_of(table: Table) -> list[Base]:
    """Return the bases that say something: who answered only where some did not, mentions only of several."""
    bases = table.whole.bases
    found = [Base.RESPONDENTS]
    found += [Base.ANSWERING] if bases.answering != bases.respondents else []
    return found + ([Base.MENTIONS] if table.rows.several else [])


def bars(found: Found, voice: Voice) -> list[tuple[str, int, str]]:
    """Return the rows of a list of bars, the most ticked first; each says its count and its published share.

    Where answers weigh, the share with weights stands beside.
    """
    table, rows = found.table, []
    for row in table.ranked():
        number = table.whole.counts[row]
        share = voice.percent(table.whole.share(row, base=table.rows.base, digits=1))
        said = f"{number} ({share})"
        if found.weighted:
            weighed = voice.percent(found.weighted.whole.share(row, base=table.rows.base, digits=1))
            beside = voice.say(WEIGHTED) % {"share": weighed}
            said = f"{said} · {beside.replace(' ', NO_BREAK)}"  # on a phone it stands in a line of its own
        rows.append((voice.name(table.rows.categories[row]), number, said))
    return rows


def figures(found: Found, voice: Voice) -> dict[str, Any]:
    """Return every figure of everybody: heads, and a line an option in the order in which it was asked.

    What weights make of it follows the plain figures, which are always there.
    """
    table, bases = found.table, bases_of(found.table)
    heads = [voice.say(HEADS["count"]), *[voice.say(HEADS[base]) for base in bases]]
    heads += [voice.say(one) for one in (WITH_WEIGHTS, SHARE_WITH_WEIGHTS)] if found.weighted else []
    return {
        "heads": heads,
        "rows": [
            (voice.name(category), _line(found, row, bases, voice))
            for row, category in enumerate(table.rows.categories)
        ],
    }


def _line(found: Found, row: int, bases: Sequence[Base], voice: Voice) -> list[str]:
    whole = found.table.whole
    cells = [str(whole.counts[row]), *[voice.percent(whole.share(row, base=base)) for base in bases]]
    if found.weighted:
        weighed = found.weighted.whole
        share = weighed.share(row, base=found.table.rows.base)
        cells += [voice.decimal(rounded(weighed.weighted[row], digits=1)), voice.percent(share)]
    return cells


def base_within(column: Column) -> Base:
    """Return the base of shares inside a group: people, since mentions of different groups are no people."""
    return Base.ANSWERING if column.base is Base.ANSWERING else Base.RESPONDENTS
