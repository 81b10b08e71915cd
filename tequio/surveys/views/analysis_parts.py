"""What pages of results share: the filters in an address, the voice of the reader, rows to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, address, found_or_404
from tequio.core.texts import say
from tequio.surveys.formats.grid import HEADS
from tequio.surveys.formats.wording import SEVERAL, Voice
from tequio.surveys.models import Survey
from tequio.surveys.rules.columns import Column, Sheet
from tequio.surveys.rules.crosstab import Group, Table, Unknown, cross
from tequio.surveys.rules.instrument import Base, Kind, Question
from tequio.surveys.selectors import sheets

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


def asked_where(request: MemberRequest) -> dict[str, list[str]]:
    """Return the filters of the address: question -> options, of which one is enough."""
    found = {key.removeprefix(MARK): request.GET.getlist(key) for key in request.GET if key.startswith(MARK)}
    return {key: kept for key, values in found.items() if (kept := [value for value in values if value])}


def counted(sheet: Sheet, rows: str, by: Iterable[str], where: Mapping[str, list[str]]) -> Table:
    """Count, or answer 404 for a question or an option that there is none of."""
    try:
        return cross(sheet, rows=rows, by=[*by], where=where)
    except (Unknown, ValueError) as wrong:
        raise Http404 from wrong


def filters(study: sheets.Study, sheet: Sheet, where: Mapping[str, list[str]], voice: Voice) -> list[Filter]:
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


def only_of(sheet: Sheet, where: Mapping[str, list[str]], voice: Voice) -> str:
    """Say in words whom an address keeps."""
    parts = []
    for key, values in where.items():
        column = sheet.column(key)
        if column:
            names = [voice.name(one) for one in column.categories if one.key in values]
            parts.append(", ".join(names))
    return "; ".join(parts)


def notes(table: Table, voice: Voice) -> str:
    """Say the base of a table, and that several answers were possible where they were."""
    said = [voice.base(base, table.whole.bases.of(base)) for base in bases_of(table)]
    return " ".join([*said, *([voice.say(SEVERAL)] if table.rows.several else [])])


def bases_of(table: Table) -> list[Base]:
    """Return the bases that say something: who answered only where some did not, mentions only of several."""
    bases = table.whole.bases
    found = [Base.RESPONDENTS]
    found += [Base.ANSWERING] if bases.answering != bases.respondents else []
    return found + ([Base.MENTIONS] if table.rows.several else [])


def bars(table: Table, voice: Voice) -> list[tuple[str, int, str]]:
    """Return the rows of a list of bars, the most ticked first; each says its count and its published share."""
    rows = []
    for row in table.ranked():
        number = table.whole.counts[row]
        share = voice.percent(table.whole.share(row, base=table.rows.base, digits=1))
        rows.append((voice.name(table.rows.categories[row]), number, f"{number} ({share})"))
    return rows


def figures(table: Table, group: Group, voice: Voice) -> dict[str, Any]:
    """Return every figure of one group: heads, and a line an option in the order in which it was asked."""
    bases = bases_of(table)
    return {
        "heads": [voice.say(HEADS["count"]), *[voice.say(HEADS[base]) for base in bases]],
        "rows": [
            (
                voice.name(category),
                [str(group.counts[row]), *[voice.percent(group.share(row, base=base)) for base in bases]],
            )
            for row, category in enumerate(table.rows.categories)
        ],
    }


def base_within(column: Column) -> Base:
    """Return the base of shares inside a group: people, since mentions of different groups are no people."""
    return Base.ANSWERING if column.base is Base.ANSWERING else Base.RESPONDENTS
