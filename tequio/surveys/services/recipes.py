"""How the files of one form were read, kept for the next one: found again by the headings, or asked for by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Case, Value, When

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.people.formats.tables import Layout, Unreadable
from tequio.people.rules.words import fold
from tequio.surveys import access
from tequio.surveys.formats.answers.headings import ABOUT, Target, guess
from tequio.surveys.models import Batch, Recipe, Stage, Survey
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.services.import_planning import answered_version, headings_of, print_of

_LAYOUTS = 5  # other ways of cutting a file that are tried
_AT_ONCE = 500_000  # bytes of a workbook that is opened once more for that
_NAMED = 120


def keep(*, by: Actor, batch: Batch, name: str = "") -> Recipe | None:
    """Remember how a file is read, under its name or that of the file; None while nobody knows what its columns are."""
    access.bring.require(by, batch.survey)
    if not (batch.fingerprint and any(batch.mapping.values())):
        return None
    headings = [one[0] for one in batch.report.get("columns", [])]
    columns = {heading: batch.mapping.get(str(place), "") for place, heading in enumerate(headings)}
    recipe = Recipe.objects.filter(survey=batch.survey, fingerprint=batch.fingerprint).first()
    recipe = recipe or Recipe(survey=batch.survey, fingerprint=batch.fingerprint, name=batch.name[:_NAMED])
    recipe.name = name[:_NAMED] or recipe.name
    recipe.columns = columns if headings else recipe.columns
    recipe.layout, recipe.marks, recipe.decisions = batch.layout, batch.marks, batch.decisions
    recipe.by_id, recipe.changed_at = batch.by_id, clock.now()
    recipe.save()
    return recipe


def recall(*, batch: Batch) -> None:
    """Read a new file as the last one with these headings was read, in this survey or else in this network."""
    content = bytes(batch.content or b"")
    headings, layout = headings_of(content=content)
    rows = Recipe.objects.filter(fingerprint=print_of(headings=headings)).exclude(columns={})
    own = Case(When(survey=batch.survey, then=Value(0)), default=Value(1))
    recipe = rows.order_by(own, "-changed_at").first()
    if recipe is None and (found := _cut_otherwise(batch.survey, content, layout)):
        recipe, headings = found
        layout = Layout(**recipe.layout)
    if recipe is not None:
        _follow(batch, recipe, headings, layout)


def _cut_otherwise(survey: Survey, content: bytes, guessed: Layout) -> tuple[Recipe, list[str]] | None:
    """Return a recipe of this survey whose headings stand in the file when it is cut as that says."""
    if guessed.kind != "csv" and len(content) > _AT_ONCE:
        return None
    seen = [guessed]
    for recipe in Recipe.objects.filter(survey=survey).order_by("-changed_at")[:20]:
        layout = Layout(**recipe.layout) if recipe.layout else guessed
        if layout.kind != guessed.kind or layout in seen or len(seen) > _LAYOUTS:
            continue
        seen.append(layout)
        try:
            headings, _layout = headings_of(content=content, layout=layout)
        except Unreadable:
            continue
        if print_of(headings=headings) == recipe.fingerprint:
            return recipe, headings
    return None


def _follow(batch: Batch, recipe: Recipe, headings: Sequence[str], layout: Layout) -> None:
    instrument = answered_version(survey=batch.survey).instrument
    batch.layout = layout.as_json()
    batch.mapping = dict(_columns(recipe.columns, headings, instrument)) or {}
    batch.marks = recipe.marks
    if recipe.survey_id == batch.survey_id:  # what people wrote to another survey is not shown in this one
        batch.decisions = recipe.decisions


def _columns(
    known: Mapping[str, str], headings: Sequence[str], instrument: Instrument
) -> Iterator[tuple[str, str]]:
    """Yield what the columns are: as it is remembered, and guessed where it is not or the survey asks otherwise."""
    taken = set()
    guessed = guess(headings, instrument)
    folded = {fold(heading): target for heading, target in known.items()}
    for place, heading in enumerate(headings):
        target = known.get(heading, folded.get(fold(heading)))
        if target and target not in ABOUT and instrument.question(Target.of(target).question) is None:
            target = None
        target = guessed.get(place, "") if target is None else target
        if target and target not in taken:
            taken.add(target)
            yield str(place), target


@transaction.atomic
def follow(*, by: Actor, batch: Batch, recipe: Recipe) -> Batch:
    """Read a file as another one was read, its columns by their headings; it waits to be read again."""
    access.bring.require(by, batch.survey)
    content = bytes(batch.content or b"")
    layout = Layout(**recipe.layout) if recipe.layout else Layout("")
    try:
        headings, layout = headings_of(content=content, layout=layout)
    except Unreadable:
        headings, layout = headings_of(content=content)
    _follow(batch, recipe, headings, replace(layout))
    batch.stage = Stage.READING
    batch.save(update_fields=["layout", "mapping", "marks", "decisions", "stage"])
    return batch


@transaction.atomic
def forget(*, by: Actor, recipe: Recipe) -> None:
    """Forget how the files of one form are read; what was imported stays."""
    access.bring.require(by, recipe.survey)
    recipe.delete()
