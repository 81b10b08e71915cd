"""Bringing a file of answers into a survey: read, look at it, decide, write all or nothing, undo exactly that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people.formats.tables import Layout
from tequio.surveys import access, events
from tequio.surveys.formats.answers.guessing import guess_instrument
from tequio.surveys.models import Answer, Batch, Beyond, Reply, Stage, State, Survey, Tick, Version
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.services import building, recipes
from tequio.surveys.services.candidates import drop_candidates
from tequio.surveys.services.import_doubts import items
from tequio.surveys.services.import_filling import write_replies
from tequio.surveys.services.import_planning import Plan, cut, plan_batch
from tequio.surveys.services.import_reporting import preview

Progress = Callable[[int], None]


class WrongMoment(Refused):
    """The batch is not at the point where this can be done; the message says so."""


@transaction.atomic
def start_batch(*, by: Actor, survey: Survey, name: str, content: bytes) -> Batch:
    """Keep an uploaded file of answers to a survey, to be read next."""
    access.bring.require(by, survey)
    assert by.participant_id is not None  # the platform itself brings nothing
    name = "".join(mark for mark in name if mark.isprintable())
    return Batch.objects.create(
        survey=survey, name=name[:200] or _("a file"), content=content, created_at=clock.now(), by_id=by.participant_id,
    )  # fmt: skip


@transaction.atomic
def begin_from_file(*, by: Actor, title: str, language: str, name: str, content: bytes) -> Batch:
    """Make a survey of what a file of answers seems to have asked, with the file waiting to be imported.

    Raises ``Unreadable``.
    """
    access.create.require(by)
    file = cut(content=content)
    guess = guess_instrument(headings=file.headings, rows=file.rows, title=title, language=language)
    survey = building.create_survey(
        by=by, title={language: title}, languages=[language], instrument=guess.instrument
    )
    batch = start_batch(by=by, survey=survey, name=name, content=content)
    batch.mapping = {str(place): target for place, target in guess.targets.items()}
    batch.marks = guess.marks
    batch.save(update_fields=["mapping", "marks"])
    return batch


@transaction.atomic
def read_batch(*, by: Actor, batch: Batch) -> Batch:
    """Read the file as the batch says, and keep what would happen; raises ``Unreadable``."""
    access.bring.require(by, batch.survey)
    _require(batch, Stage.READING, Stage.READY)
    if not (batch.fingerprint or batch.mapping or batch.layout):
        recipes.recall(batch=batch)
    plan = plan_batch(batch=batch)
    batch.fingerprint, batch.layout = plan.file.fingerprint, plan.file.layout.as_json()
    batch.mapping = {str(place): target for place, target in plan.targets.items()}
    batch.report = {**preview(plan=plan), "items": items(plan=plan)}
    batch.total, batch.stage = len(plan.ready), Stage.READY
    batch.save()
    return batch


@transaction.atomic
def fail_batch(*, by: Actor, batch: Batch, reason: str) -> Batch:
    """Write down that the file cannot be read, and forget it; ``reason`` is a code.

    One that could be read before it was cut otherwise goes back to how it was.
    """
    access.bring.require(by, batch.survey)
    _require(batch, Stage.READING, Stage.READY)
    if columns := batch.report.get("columns"):
        batch.stage, batch.layout = Stage.READY, batch.report["layout"]
        batch.mapping = {str(place): one[1] for place, one in enumerate(columns) if one[1]}
        batch.report = {**batch.report, "unreadable": reason}
    else:
        batch.stage, batch.content, batch.done_at = Stage.FAILED, None, clock.now()
        batch.report = {"reason": reason}
    batch.save()
    return batch


@transaction.atomic
def cut_batch(*, by: Actor, batch: Batch, layout: Layout) -> Batch:
    """Say how the file is cut into cells; it waits to be read again."""
    access.bring.require(by, batch.survey)
    _require(batch, Stage.READY)
    batch.layout, batch.mapping, batch.marks, batch.stage = layout.as_json(), {}, {}, Stage.READING
    batch.save(update_fields=["layout", "mapping", "marks", "stage"])
    return batch


@transaction.atomic
def map_batch(*, by: Actor, batch: Batch, mapping: Mapping[int, str], name: str = "") -> Batch:
    """Say what the columns are, for this file and the next of its form; it waits to be read again."""
    access.bring.require(by, batch.survey)
    _require(batch, Stage.READY)
    batch.mapping = {str(place): target for place, target in mapping.items() if target} or {"0": ""}
    batch.marks = {key: mark for key, mark in batch.marks.items() if key in mapping.values()}
    batch.stage = Stage.READING
    batch.save(update_fields=["mapping", "marks", "stage"])
    recipes.keep(by=by, batch=batch, name=name)
    return batch


@transaction.atomic
def decide_batch(*, by: Actor, batch: Batch, decisions: Mapping[str, Mapping[str, str]]) -> Batch:
    """Say what becomes of texts that fit no question; the file waits to be read again."""
    access.bring.require(by, batch.survey)
    _require(batch, Stage.READY)
    merged = {key: dict(texts) for key, texts in batch.decisions.items()}
    for key, texts in decisions.items():
        merged.setdefault(key, {}).update(texts)
    return _decided(by, batch, merged)


@transaction.atomic
def undecide_batch(*, by: Actor, batch: Batch) -> Batch:
    """Take back all that was decided about texts; the file waits to be read again."""
    access.bring.require(by, batch.survey)
    _require(batch, Stage.READY)
    return _decided(by, batch, {})


def _decided(by: Actor, batch: Batch, decisions: dict[str, dict[str, str]]) -> Batch:
    batch.decisions, batch.stage = decisions, Stage.READING
    batch.save(update_fields=["decisions", "stage"])
    recipes.keep(by=by, batch=batch)
    return batch


@transaction.atomic
def confirm_batch(*, by: Actor, batch: Batch, beyond: str = "") -> Batch:
    """Say that it shall be written, as it was shown; ``beyond`` is what becomes of answers beyond the quotas."""
    access.bring.require(by, batch.survey)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("survey").get(pk=batch.pk)
    _require(batch, Stage.READY)
    if batch.report.get("full") and beyond not in Beyond.values:
        raise Refused(_("Say what becomes of the answers beyond the quotas."))
    batch.stage, batch.beyond = Stage.RUNNING, beyond if beyond in Beyond.values else ""
    batch.save(update_fields=["stage", "beyond"])
    return batch


@transaction.atomic
def reopen_batch(*, by: Actor, batch: Batch, reason: str) -> Batch:
    """Take back a word that could not be kept: the batch waits again, and says why."""
    access.bring.require(by, batch.survey)
    Batch.objects.filter(pk=batch.pk, stage=Stage.RUNNING).update(
        stage=Stage.READY, beyond="", report={**batch.report, "refused": reason}
    )
    return batch


def run_batch(*, by: Actor, batch: Batch, progress: Progress = lambda done: None) -> Batch:
    """Write the replies of a file, in one transaction; the file itself is forgotten."""
    access.bring.require(by, batch.survey)
    with transaction.atomic():
        wait_for_writer(batch=batch)  # a lock of its own: the row stays free for its progress
        batch = Batch.objects.select_related("survey").get(pk=batch.pk)
        _require(batch, Stage.RUNNING)
        plan = plan_batch(batch=batch)
        version = _version(by, batch.survey, plan)
        now = clock.now()
        written = write_replies(batch=batch, plan=plan, version=version, now=now, progress=progress)
        recipes.keep(by=by, batch=batch)
        batch.stage, batch.content, batch.done_at = Stage.DONE, None, now
        batch.report = {**_after(preview(plan=plan)), "written": written, "version": version.number}
        batch.total = batch.progress = written
        batch.save()
        events.answers_imported.record(
            batch.survey, by=by, title=batch.survey.title, file=batch.name, number=written,
            known=plan.known, not_understood=len(plan.reading.misread),
        )  # fmt: skip
    return batch


def _version(by: Actor, survey: Survey, plan: Plan) -> Version:
    """Return the version that the answers belong to: with the options that were added, and opened."""
    if survey.state == State.DRAFT:
        if plan.added:
            _change(by, survey, plan.version, plan.instrument)
        building.open_survey(by=by, survey=survey)
        building.close_survey(by=by, survey=survey)
        return survey.versions.get(pk=plan.version.pk)
    if not plan.added:
        return plan.version
    if survey.versions.filter(opened_at=None).exists():
        raise Refused(_("A new version of this survey is being written. Open it or drop it first."))
    draft = building.new_version(by=by, survey=survey)
    _change(by, survey, draft, plan.instrument)
    building.open_survey(by=by, survey=survey)
    return survey.versions.get(pk=draft.pk)


def _change(by: Actor, survey: Survey, draft: Version, instrument: Instrument) -> None:
    building.change_draft(by=by, survey=survey, instrument=instrument, seen=draft.stamp)


def _after(report: dict[str, Any]) -> dict[str, Any]:
    """Keep of a report what is still needed once everything is written: no answers."""
    return {
        key: value
        for key, value in report.items()
        if key not in ("sample", "items", "columns", "top", "sheets")
    }


def wait_for_writer(*, batch: Batch) -> None:
    """Wait until whoever writes this batch is through, and keep others from it until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('surveys_batch'), %s)", [batch.pk % 2**31])


def _require(batch: Batch, *stages: Stage) -> None:
    if batch.stage not in stages:
        raise WrongMoment(_("This import is already further on. Open it again to see where it is."))


@transaction.atomic
def drop_batch(*, by: Actor, batch: Batch) -> Batch:
    """Leave a file aside; it is forgotten."""
    access.bring.require(by, batch.survey)
    _require(batch, Stage.READING, Stage.READY)
    batch.stage, batch.content, batch.report, batch.done_at = Stage.DROPPED, None, {}, clock.now()
    batch.save()
    return batch


@transaction.atomic
def undo_batch(*, by: Actor, batch: Batch) -> int:
    """Take away exactly the replies that a batch brought; refused where one was changed or used since."""
    access.bring.require(by, batch.survey)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("survey").get(pk=batch.pk)
    _require(batch, Stage.DONE)
    if reason := why_not_undo(batch=batch):
        raise Refused(reason)
    removed = batch.replies.count()
    drop_candidates(replies=Reply.objects.filter(batch=batch))
    Reply.objects.filter(batch=batch).delete()
    batch.stage, batch.report = Stage.UNDONE, {"removed": removed}
    batch.save(update_fields=["stage", "report"])
    events.import_undone.record(
        batch.survey, by=by, title=batch.survey.title, file=batch.name, number=removed
    )
    return removed


def why_not_undo(*, batch: Batch) -> str:
    """Return why a batch cannot be taken back any more, or ""."""
    replies = Reply.objects.filter(batch=batch)
    if replies.filter(changed_at__gt=batch.done_at).exists():
        return _("Some of these answers were changed since. They cannot be taken back together any more.")
    if any(_rests_on(relation, batch) for relation in Reply._meta.related_objects):
        return _("Something rests on these answers: a recoding, a link or an invitation. Undo that first.")
    return ""


def _rests_on(relation: Any, batch: Batch) -> bool:
    if relation.related_model in (Answer, Tick):
        return False
    name = f"{relation.field.name}__batch"
    return bool(relation.related_model.objects.filter(**{name: batch}).exists())
