"""The answers of a large survey as bits, read in parts, so that never more than some thousand replies are in memory.

Only the job worker calls this: it loads NumPy.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Sum

from tequio.surveys.models import Coding, Survey, Tick
from tequio.surveys.rules import masks, masks_asked, weights
from tequio.surveys.rules.instrument import Instrument, Kind, Values
from tequio.surveys.rules.masks import Masks
from tequio.surveys.rules.sheeted import Places, sheet_of
from tequio.surveys.selectors import said, settled
from tequio.surveys.selectors.sheets import Study

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

AT_ONCE = 8_192  # a multiple of 64


def state_of(study: Study) -> str:
    """Return a name for what is counted now: another one as soon as an answer comes, changes, or counts no more."""
    rows = said.counting(study.survey)
    told = rows.aggregate(number=Count("pk"), those=Sum("pk"), changed=Max("changed_at"))
    coded = Coding.objects.filter(answer__reply__survey=study.survey).aggregate(at=Max("coded_at"))
    versions = [version.pk for version in study.versions]
    facts = [*told.values(), coded["at"], versions, study.codes, study.survey.weighting]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def packed(study: Study, *, told: Callable[[int, int], None] = lambda done, total: None) -> Masks:
    """Return all answers as bits; ``told`` hears how many are done."""
    numbers = list(said.counting(study.survey).order_by("pk").values_list("pk", flat=True))
    known = _known(study.survey)
    places = _places(study.instrument, known)
    in_force = settled.settled_of(study.survey, study.codes)
    parts: list[Masks] = []
    weighed: list[Decimal] = []
    for start in range(0, max(len(numbers), 1), AT_ONCE):
        values = _values(study, numbers[start : start + AT_ONCE], in_force)
        parts.append(masks.pack(sheet_of(study.instrument, values, places=places, known=known)))
        weighed += _numbers(study.survey.weighting, values)
        told(min(start + AT_ONCE, len(numbers)), len(numbers))
    whole = masks.joined(parts)
    return replace(whole, weights=_weights(study.survey.weighting, whole, weighed))


def _values(study: Study, numbers: Sequence[int], in_force: Mapping[str, Any]) -> list[Values]:
    if not numbers:
        return []
    rows = said.counting(study.survey).filter(pk__gte=numbers[0], pk__lte=numbers[-1])
    asks = set(said.resting(study.instrument))
    if study.survey.weighting and "sizes" not in study.survey.weighting:
        asks.add(study.survey.weighting["question"])
    replies = said.said(rows, study.instrument, answers=asks)
    settled.put(replies, in_force)
    return [replies[number] for number in numbers if number in replies]  # one may be erased meanwhile


def _known(survey: Survey) -> dict[str, set[str]]:
    """Every option that anybody chose, by question: also what only an earlier version had, countries and cities."""
    known: dict[str, set[str]] = defaultdict(set)
    rows = Tick.objects.filter(reply__in=said.counting(survey).order_by(), row="")
    for question, option in rows.order_by().values_list("question", "option").distinct():
        known[question].add(option)
    return known


def _places(instrument: Instrument, known: Mapping[str, Iterable[str]]) -> Places:
    asked = [one.key for one in instrument.questions() if one.kind is Kind.CITIES]
    return said.cities_of(key for question in asked for key in known.get(question, ()))


def _numbers(weighting: Mapping[str, Any], values: Sequence[Values]) -> list[Decimal]:
    return (weights.weights_of(weighting, values) or []) if "sizes" not in weighting else []


def _weights(weighting: Mapping[str, Any], whole: Masks, numbers: Sequence[Decimal]) -> NDArray[int64] | None:
    """The weight of each respondent in whole millionths."""
    import numpy as np

    if not weighting:
        return None
    if "sizes" not in weighting:
        return np.array([int(one * masks_asked.UNIT) for one in numbers], dtype=np.int64)
    column, own, _kept = whole.opened(weighting["question"], {})
    counts = {one.key: masks.total(plane) for one, plane in zip(column.categories, own, strict=True)}
    each = weights.by_size(weights.sizes_of(weighting), counts)
    found = np.zeros(whole.size, dtype=np.int64)
    for one, plane in zip(column.categories, own, strict=True):
        who = np.unpackbits(plane.view(np.uint8), bitorder="little").view(bool)[: whole.size]
        found[who] = int(each.get(one.key, Decimal(0)) * masks_asked.UNIT)
    return found
