"""How much each answer of a survey weighs beside counting once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from tequio.core.actor import Actor
from tequio.surveys import access, events
from tequio.surveys.models import Packed, Survey
from tequio.surveys.services import counting


@transaction.atomic
def weigh(
    *, by: Actor, survey: Survey, question: str = "", sizes: Mapping[str, Decimal] | None = None
) -> Survey:
    """Let answers weigh by a question: by its number, or by how many there are of each category (``sizes``).

    Without a question each answer counts once, and that is all. Whoever reads the results sees both.
    """
    access.analyze.require(by, survey)
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    weighting: dict[str, object] = {"question": question} if question else {}
    if question and sizes is not None:
        weighting["sizes"] = {key: f"{size:f}" for key, size in sorted(sizes.items())}
    if weighting == survey.weighting:
        return survey
    survey.weighting = weighting
    survey.save(update_fields=["weighting"])
    events.answers_weighed.record(survey, by=by, title=survey.title, question=question)
    if Packed.objects.filter(survey=survey).exists():
        counting.ask(by=by, survey=survey, asks=[], anew=True)
    return survey
