"""Counting many answers aside: a page asks, a job counts, the page shows what it found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Case, F, When
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.surveys import access
from tequio.surveys.models import Packed, Survey, Tallied
from tequio.surveys.rules import masks
from tequio.surveys.rules.asks import Ask, ask_of, found_as_json
from tequio.surveys.rules.columns import column_as_json
from tequio.surveys.rules.crosstab import Unknown
from tequio.surveys.rules.masks import Masks
from tequio.surveys.rules.masks_asked import of_masks
from tequio.surveys.selectors import counting, packing, sheets

MOST_ASKED = 400  # tables of one survey that are kept counted: those asked for last
KEPT = timedelta(days=90)


@transaction.atomic
def ask(*, by: Actor, survey: Survey, asks: Sequence[Ask], anew: bool = False) -> None:
    """Have a job count this, of the answers of now where nothing was counted yet, or where ``anew`` says so."""
    access.analyze.require(by, survey)
    now = clock.now()
    each = {one.digest: one for one in asks}
    rows = [
        Tallied(survey=survey, digest=digest, asked=asdict(one), used_at=now) for digest, one in each.items()
    ]
    Tallied.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["survey", "digest"], update_fields=["used_at"]
    )
    packed, new = Packed.objects.get_or_create(survey=survey, defaults={"wanted_at": now})
    if anew and not new:
        Packed.objects.filter(pk=packed.pk).update(wanted_at=now)
    _defer(survey)


def keep_counted(*, survey: Survey) -> None:
    """Have a large survey counted whose answers are others than those that were counted; called by the clock."""
    study = sheets.opened(survey)
    if study is None or not counting.many(study):
        return
    packed = Packed.objects.filter(survey=survey).defer("content").first()
    if packed is None or packed.stamp != packing.state_of(study):
        Packed.objects.update_or_create(survey=survey, defaults={"wanted_at": clock.now()})
        _defer(survey)


def count_without(*, survey: Survey) -> None:
    """Have the bits made anew after an answer was erased: what was asked to be forgotten stays in no copy."""
    if Packed.objects.filter(survey=survey).update(wanted_at=clock.now()):
        _defer(survey)


def _defer(survey: Survey) -> None:
    job = jobs.configure_task("tequio.surveys.tasks.count", lock=f"surveys.count.{survey.pk}")
    job.defer(network_id=survey.network_id, survey_id=survey.pk)


def count_asked(*, network_id: int, survey_id: int, told: Callable[[int, int], None]) -> int:
    """Count what was asked of one survey, and everything again where its answers are to be read anew; in the worker.

    Opens transactions of its own. Returns how many tables were counted.
    """
    with network_scope(network_id):
        packed = Packed.objects.select_related("survey").defer("content").filter(survey=survey_id).first()
        if packed is None:
            return 0
        fresh = _packed_anew(packed, told) if packed.wanted_at else None
        whole = fresh or _read(packed.pk, packed.stamp)
        if fresh:
            _forget_old(packed)
        waiting = Tallied.objects.filter(survey=survey_id) if fresh else _uncounted(survey_id)
        counted = [_counted(row, whole) for row in waiting]
    return sum(counted)


def _packed_anew(packed: Packed, told: Callable[[int, int], None]) -> Masks | None:
    study = sheets.opened(packed.survey)
    if study is None:
        return None
    stamp = packing.state_of(study)
    whole = packing.packed(study, told=told)
    content = whole.as_bytes()
    columns = [column_as_json(column) for column in whole.columns]
    asked_since = Case(When(wanted_at=packed.wanted_at, then=None), default=F("wanted_at"))
    Packed.objects.filter(pk=packed.pk).update(
        stamp=stamp, content=content, columns=columns, answers=whole.size, made_at=clock.now(), wanted_at=asked_since,
        done=whole.size, total=whole.size,
    )  # fmt: skip
    return whole


@lru_cache(maxsize=2)
def _read(pk: int, _stamp: str) -> Masks:
    """What a worker read last stays with it: the next question about the same answers finds it there."""
    return masks.read(bytes(Packed.objects.values_list("content", flat=True).get(pk=pk)))


def _forget_old(packed: Packed) -> None:
    rows = Tallied.objects.filter(survey=packed.survey_id)
    rows.filter(used_at__lt=clock.now() - KEPT).delete()
    last = list(rows.order_by("-used_at", "pk").values_list("pk", flat=True)[:MOST_ASKED])
    rows.exclude(pk__in=last).delete()


def _uncounted(survey_id: int) -> list[Tallied]:
    return list(Tallied.objects.filter(survey=survey_id, found__isnull=True).order_by("pk"))


def _counted(row: Tallied, whole: Masks) -> bool:
    """Count one table and keep it; what these answers do not know any more is forgotten."""
    one = ask_of(row.asked)
    try:
        row.found = found_as_json(of_masks(whole, one))
    except (Unknown, ValueError):
        row.delete()
        return False
    row.save(update_fields=["found"])
    return True
