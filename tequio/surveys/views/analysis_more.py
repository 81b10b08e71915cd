"""Results from other sides: cities, two questions over the same themes, words in open answers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.core.http import MemberRequest, found_or_404
from tequio.surveys.formats.wording import Voice
from tequio.surveys.rules import wordsearch
from tequio.surveys.rules.asks import Ask
from tequio.surveys.rules.columns import Column
from tequio.surveys.rules.crosstab import Table
from tequio.surveys.rules.findings import of_cities
from tequio.surveys.rules.instrument import NATIONAL
from tequio.surveys.rules.ranking import Cities, ranked
from tequio.surveys.rules.unions import Compared, paired, side_by_side
from tequio.surveys.selectors import sheets
from tequio.surveys.views.analysis_counted import METHODS, counted, moment_of
from tequio.surveys.views.analysis_parts import crumbs_of, said_in, study_of, url_of, voice_of

MOST_CITIES = 30
MOST_PAIRS = 40


@METHODS
def cities(request: MemberRequest, survey: str) -> HttpResponse:
    """Cities by how many work there, all together and by country; whether the first is the capital."""
    study, voice = study_of(request, survey), voice_of()
    asked = found_or_404(study.instrument.with_role("CITIES"))
    country = study.instrument.with_role("COUNTRY")
    by = (country.key,) if country else ()
    counted_ = counted(request, study, [Ask(asked.key, by, apart=NATIONAL)], only={asked.key, *by})
    if isinstance(counted_, HttpResponse):
        return counted_
    found = ranked(counted_.found[0])
    context = {
        "survey": study.survey,
        "title": voice.text(asked.text, asked.key),
        "says": [voice.sentence(fact) for fact in of_cities(asked.key, found)],
        "everybody": _ranking(found[0], voice),
        "countries": [_ranking(one, voice) for one in found[1:]],
        "crumbs": crumbs_of(request, study.survey),
    }
    return render(request, "surveys/results_cities.html", context | moment_of(request, study, counted_))


def _ranking(one: Cities, voice: Voice) -> dict[str, Any]:
    return {
        "name": voice.name(one.country) if one.country else "",
        "bars": [(voice.name(city), number) for city, number in one.ranked[:MOST_CITIES]],
        "more": max(len(one.ranked) - MOST_CITIES, 0),
        "respondents": one.respondents,
        "placed": one.placed,
        "national": one.national,
    }


@METHODS
def compared(request: MemberRequest, survey: str) -> HttpResponse:
    """Two questions side by side over the same themes; who pairs them by hand keeps it in the address."""
    study, voice = study_of(request, survey), voice_of()
    keys = [said_in(request).get(name, "") for name in ("one", "other")]
    asks = [Ask(keys[0]), Ask(keys[1]), Ask(keys[0], (keys[1],))] if all(keys) else []
    found = counted(request, study, asks)
    if isinstance(found, HttpResponse):
        return found
    columns = [column for column in found.columns if column.several] or list(found.columns)
    context: dict[str, Any] = {
        "survey": study.survey,
        "choices": [(column.key, voice.title(column)) for column in columns],
        "one": keys[0],
        "other": keys[1],
        "crumbs": crumbs_of(request, study.survey),
    }
    if asks:
        context |= _compared(request, [one.table for one in found.found], voice)
    return render(request, "surveys/results_compare.html", context | moment_of(request, study, found))


def _compared(request: MemberRequest, tables: list[Table], voice: Voice) -> dict[str, Any]:
    here, there, crossed = tables
    one, other = here.rows, there.rows
    pairs = _pairs(request, one, other)
    names = [(category.key, voice.name(category)) for category in other.categories]
    if len(one.categories) > MOST_PAIRS or len(other.categories) > MOST_PAIRS:
        raise Http404
    return {
        "titles": [voice.title(one), voice.title(other)],
        "rows": [_row(row, voice) for row in side_by_side(here, there, crossed, pairs=pairs)],
        "pairing": [
            (
                f"p.{category.key}",
                voice.name(category),
                [(*each, pairs.get(category.key) == each[0]) for each in names],
            )
            for category in one.categories
        ],
    }


def _pairs(request: MemberRequest, one: Column, other: Column) -> dict[str, str]:
    """The pairing of the address, where there is one; else the one that the keys propose."""
    names = {f"p.{category.key}": category.key for category in one.categories}
    if not any(name in request.GET for name in names):
        return paired(one, other)
    known = {category.key for category in other.categories}
    return {key: request.GET[name] for name, key in names.items() if request.GET.get(name) in known}


def _row(row: Compared, voice: Voice) -> dict[str, Any]:
    theme = row.here or row.there
    both_named = row.here and row.there and voice.name(row.here) != voice.name(row.there)
    return {
        "theme": voice.name(theme) if theme else "",
        "also": voice.name(row.there) if both_named and row.there else "",
        "here": _figure(row.count_here, voice.percent(row.share_here)),
        "there": _figure(row.count_there, voice.percent(row.share_there)),
        "both": "–" if row.both is None else str(row.both),
        "difference": "–" if row.difference is None else voice.points(row.difference),
    }


def _figure(number: int | None, share: str) -> str:
    return "–" if number is None else f"{number} ({share})"


@require_safe
def words(request: MemberRequest, survey: str) -> HttpResponse:
    """Open answers: the words that many use, and those that hold the beginnings of words looked for."""
    study, voice = study_of(request, survey), voice_of()
    asked = study.told()
    if not asked:
        raise Http404
    key = request.GET.get("question") or asked[0].key
    chosen = found_or_404(next((one for one in asked if one.key == key), None))
    texts = [text for _row, text in sheets.texts(study, chosen.key)]
    looked = wordsearch.wanted(request.GET.get("q", "")[:200])
    hits = [text for text in texts if wordsearch.found(text, looked)] if looked else texts
    page = Paginator(hits, 25).get_page(request.GET.get("page"))
    context = {
        "survey": study.survey,
        "choices": [(one.key, voice.text(one.text, one.key)) for one in asked],
        "chosen": chosen.key,
        "title": voice.text(chosen.text, chosen.key),
        "q": request.GET.get("q", "")[:200],
        "answers": len(texts),
        "hits": len(hits),
        "page": page,
        "texts": [wordsearch.marked(text[:5000], looked) for text in page.object_list],
        "frequent": wordsearch.frequent(texts, 24),
        "self_url": url_of(request, "results-words", study.survey),
        "crumbs": crumbs_of(request, study.survey),
    }
    return render(request, "surveys/results_words.html", context)
