"""The texts of a file about which somebody may decide, with where they stand and what they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Set
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from tequio.people.models import Place
from tequio.people.rules.countries import find_country, names
from tequio.people.rules.words import fold, likeness
from tequio.surveys.formats.answers.doubts import Doubt
from tequio.surveys.rules.instrument import WITH_OPTIONS, Kind, Question
from tequio.surveys.services.import_planning import Plan, place_key

MOST_ITEMS = 2_000
_PROPOSED = 300  # texts for which something is proposed; for the others people choose or write themselves
_SURE = 0.8  # how alike a place is written that is chosen unless somebody says otherwise
_ALIKE = 35  # percent of its pieces that a text shares with the option that is proposed for it
_CUT = 120
_TONGUES = ("en", "pt", "es")
_MEANT = frozenset({"unknown_option", "kept_as_other", "unknown_country", "not_in_grid", "several"})


def items(*, plan: Plan) -> list[dict[str, Any]]:
    """Return each text in doubt, the most frequent first: its question, why, how often, in which rows, what it may mean."""
    said = [_item(key, text, text, doubt) for (key, text), doubt in plan.reading.doubts.items()]
    placed = {
        one: _item(one[0], one[2], place_key(city=one[2], country=one[1]), doubt)
        for one, doubt in plan.places.items()
    }
    for (_key, country, city), item in placed.items():
        item |= {"country": country, "is_country": find_country(city)}
    found = sorted([*said, *placed.values()], key=lambda item: (-item["count"], item["text"]))[:MOST_ITEMS]
    _propose(plan, found[:_PROPOSED])
    return found


def _item(question: str, text: str, key: str, doubt: Doubt) -> dict[str, Any]:
    return {
        "question": question, "text": text, "key": key, "reason": doubt.reason, "heading": doubt.heading[:_CUT],
        "count": doubt.count, "rows": doubt.rows, "proposals": [],
    }  # fmt: skip


def _propose(plan: Plan, found: list[dict[str, Any]]) -> None:
    questions = {question.key: question for question in plan.instrument.questions()}
    near = _near_places({(item["country"], item["text"]) for item in found if item.get("country")})
    for item in found:
        if "country" in item:
            item["proposals"] = near.get((item["country"], item["text"]), [])
            item["sure"] = _sure(item["text"], [name for _number, name in item["proposals"][:1]])
        elif item["reason"] in _MEANT:
            item["proposals"] = _proposals(questions[item["question"]], item["text"])
            names_of = [
                names(language).get(code, "") for code in item["proposals"][:1] for language in _TONGUES
            ]
            item["sure"] = _sure(item["text"], names_of)


def _sure(text: str, written: Iterable[str]) -> bool:
    """Say whether one of these is written nearly the same."""
    return any(SequenceMatcher(None, fold(text), fold(one)).ratio() >= _SURE for one in written)


def _proposals(question: Question, text: str) -> list[str]:
    """Return the keys of what a text may mean, the likeliest first."""
    if question.kind is Kind.COUNTRY:
        known = {fold(name): code for language in _TONGUES for code, name in names(language).items()}
        close = get_close_matches(fold(text), known, n=4, cutoff=0.6)
        return list(dict.fromkeys(known[name] for name in close))
    if question.kind not in WITH_OPTIONS:
        return []
    scores = {
        option.key: max((likeness(fold(text), fold(said)) for said in option.text.values()), default=0)
        for option in question.options
        if not option.other
    }
    likely = sorted((key for key, score in scores.items() if score >= _ALIKE), key=lambda key: -scores[key])
    return likely[:1]


def _near_places(unknown: Set[tuple[str, str]]) -> dict[tuple[str, str], list[list[str]]]:
    """Return cities of the same country that are written nearly like those nobody knows: number and name."""
    found: dict[tuple[str, str], list[list[str]]] = {}
    for country in sorted({country for country, _city in unknown})[:30]:
        rows = Place.objects.filter(country=country).order_by("-population").values_list("pk", "name")[:4_000]
        known: dict[str, list[str]] = {}
        for number, name in rows:
            known.setdefault(fold(name), [str(number), name])
        for home, city in unknown:
            if home == country:
                close = get_close_matches(fold(city), known, n=2, cutoff=0.72)
                found[country, city] = [known[name] for name in close]
    return found
