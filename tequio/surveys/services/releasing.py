"""Publishing what a survey says: prepared by a job, frozen, recorded with its digest; taken back with a reason.

A release never changes: the table only grows, and the register holds the SHA-256 of its document. What a later one
adds to an earlier one is protected like any group: ``rules.protection``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.register.rules.canonical import canonical
from tequio.surveys import access, events
from tequio.surveys.models import Making, Preparation, Printout, Release, State, Survey, Thanks, Withdrawal
from tequio.surveys.rules.grounded import groundless
from tequio.surveys.rules.instrument import Texts
from tequio.surveys.rules.releases import CannotSplit, Drawn, draw, publishable, splitting
from tequio.surveys.rules.reporting import FORMAT, MOST_FINDINGS, Correction, Wishes, telling
from tequio.surveys.selectors import findings
from tequio.surveys.selectors import releases as selectors
from tequio.surveys.selectors.releases import Answers

REASON_WORDS = 10


@transaction.atomic
def prepare_release(*, by: Actor, survey: Survey, wishes: Wishes) -> Preparation:
    """Ask for the tables that can be published; a job makes them. What was being prepared before gives way."""
    access.prepare_release.require(by, survey)
    _require_known(survey, wishes)
    Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    Preparation.objects.filter(survey=survey).delete()
    assert by.participant_id is not None  # the platform itself publishes nothing
    found = Preparation.objects.create(
        survey=survey, chosen=asdict(wishes), asked_by_id=by.participant_id, asked_at=clock.now()
    )
    events.release_prepared.record(survey, by=by, title=survey.title)
    return _deferred(found)


def prepare_anew(*, survey: Survey) -> None:
    """Have a report that is being prepared made again, where an answer that it counts was erased."""
    found = Preparation.objects.filter(survey=survey).first()
    if found is None:
        return
    asked = Preparation(
        survey=survey, chosen=found.chosen, asked_by_id=found.asked_by_id, asked_at=clock.now()
    )
    found.delete()  # a job that counts the old answers finds it gone
    asked.save()
    _deferred(asked)


def _deferred(found: Preparation) -> Preparation:
    jobs.configure_task("tequio.surveys.tasks.prepare_release").defer(
        network_id=found.network_id, preparation_id=found.pk
    )
    return found


def _require_known(survey: Survey, wishes: Wishes) -> None:
    instrument = selectors.opened_instrument(survey)
    open_ = {one.key for one in publishable(instrument)} if instrument else set()
    ways = {one.key for one in splitting(instrument)} if instrument else set()
    if not wishes.questions or not open_.issuperset(wishes.questions):
        raise Refused(_("Choose questions of which tables can be published."))
    if wishes.by and wishes.by not in ways:
        raise Refused(_("The tables cannot be split by this question."))


def make_release(*, network_id: int, preparation_id: int) -> None:
    """Make what was asked for; a second run of the same job finds it made. Opens transactions of its own."""
    with network_scope(network_id):
        found = (
            Preparation.objects.select_related("survey").filter(pk=preparation_id, state=Making.ASKED).first()
        )
        if found is None:
            return
        survey, wishes = found.survey, wishes_of(document=found.chosen)
        earlier = list(
            Release.objects.filter(survey=survey).order_by("number").values_list("basis", flat=True)
        )
        answers = selectors.answers(survey)
    reason, drawn = _drawn(survey, wishes, answers, earlier, found)
    with network_scope(network_id):
        rows = Preparation.objects.filter(pk=preparation_id, state=Making.ASKED)
        if drawn is None:
            rows.update(state=Making.REFUSED, reason=reason)
            return
        with timezone.override(survey.network.time_zone):
            document = _document(survey, wishes, answers, drawn, number=len(earlier) + 1)
            document["signed"] = _signed(survey, wishes, document)
        rows.update(state=Making.READY, document=document, basis=drawn.basis, done=found.steps)


def _drawn(
    survey: Survey, wishes: Wishes, answers: Answers, earlier: Sequence[Mapping[str, Any]], found: Preparation
) -> tuple[str, Drawn | None]:
    """Draw the tables, or say why there are none: too few answers, too few new ones, or no way to split."""
    least = 2 * survey.quorum_cell
    if answers.sheet.size < least:
        return "FEW", None
    if any(answers.sheet.size - one["size"] < least for one in earlier):
        return "SOON", None

    def told(done: int, steps: int) -> None:
        with network_scope(found.network_id):
            Preparation.objects.filter(pk=found.pk).update(done=done, steps=steps)

    try:
        drawn = draw(
            answers.instrument, answers.sheet, questions=wishes.questions, by=wishes.by,
            k=survey.quorum_cell, earlier=earlier, told=told,
        )  # fmt: skip
    except CannotSplit:
        return "SPLIT", None
    return ("", drawn) if any("rows" in table for table in drawn.tables) else ("NOTHING", None)


def _document(
    survey: Survey, wishes: Wishes, answers: Answers, drawn: Drawn, *, number: int
) -> dict[str, Any]:
    """Put together all that the public reads; nothing in it was counted outside the protected tables."""
    there = telling(drawn.tables)
    chosen = [key for key in wishes.findings if key in there][:MOST_FINDINGS]
    return {
        "format": FORMAT,
        "survey": str(survey.uuid),
        "title": dict(survey.title),
        "number": number,
        "languages": list(survey.languages),
        "versions": list(answers.versions),
        "respondents": answers.sheet.size,
        "smallest": survey.quorum_cell,
        "first": _day(answers.first),
        "last": _day(answers.last),
        "spoken": list(answers.languages),
        "ways": list(answers.sources),
        "open": survey.state == State.OPEN,
        "dimension": drawn.dimension,
        "tables": drawn.tables,
        "findings": chosen or there[:MOST_FINDINGS],
        "method": _written(wishes.method),
        "words": _written(wishes.words),
        "authors": wishes.authors,
        "licence": wishes.licence,
        "names": list(answers.names) if wishes.names else [],
    }


def _signed(survey: Survey, wishes: Wishes, document: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the findings of members that are printed: those whose every number the frozen tables say. No names."""
    return [
        {
            "thread": str(one.thread), "question": one.question, "language": one.language, "text": one.text,
            "on": _day(one.signed_at),
        }
        for one in findings.findings(survey)
        if str(one.thread) in wishes.signed and not groundless(one.text, document)
    ]  # fmt: skip


def _written(texts: Texts) -> dict[str, str]:
    return {code: text for code, text in texts.items() if text}


def _day(instant: Any) -> str:
    return timezone.localtime(instant).date().isoformat() if instant else ""


def wishes_of(*, document: Mapping[str, Any]) -> Wishes:
    """Return what was chosen, from where it was kept."""
    return Wishes(
        **{
            **document,
            "questions": tuple(document["questions"]),
            "findings": tuple(document["findings"]),
            "signed": tuple(document.get("signed", ())),
        }
    )


@transaction.atomic
def publish_release(*, by: Actor, survey: Survey, preparation: Preparation) -> Release:
    """Freeze what was prepared and put it before everybody; the register holds its digest."""
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    ready = Preparation.objects.filter(pk=preparation.pk, survey=survey).first()
    access.publish_release.require(by, survey, ready)
    assert ready is not None  # required above
    assert ready.document is not None
    assert by.participant_id is not None
    number = Release.objects.filter(survey=survey).count() + 1
    if ready.document["number"] != number:
        raise Refused(_("Another report was published meanwhile. Prepare the tables again."))
    release = _freeze(by, survey, ready.document, ready.basis)
    ready.delete()
    events.release_published.record(
        release, by=by, title=survey.title, number=number, respondents=release.document["respondents"],
        sha256=release.digest, survey=survey.uuid,
    )  # fmt: skip
    return release


def _freeze(by: Actor, survey: Survey, document: dict[str, Any], basis: Any) -> Release:
    """Keep a document for good, with its digest, and have it printed; names are kept beside it: they can be erased."""
    assert by.participant_id is not None
    document = dict(document)
    names = document.pop("names", [])
    release = Release.objects.create(
        survey=survey, number=document["number"], document=document, basis=basis,
        digest=hashlib.sha256(canonical(document)).hexdigest(), languages=survey.languages,
        published_by_id=by.participant_id, published_at=clock.now(),
    )  # fmt: skip
    Thanks.objects.create(release=release, names=names)
    _have_printed(release)
    return release


def _have_printed(release: Release) -> None:
    jobs.configure_task("tequio.surveys.tasks.print_release").defer(
        network_id=release.network_id, release_id=release.pk
    )


@transaction.atomic
def leave_out_name(*, survey: Survey, name: str) -> None:
    """Take a name out of every report of a survey, and have those that held it printed anew; the figures stay."""
    for release in Release.objects.select_related("thanks").filter(survey=survey):
        names = selectors.named(release)
        if name in names:
            left = [one for one in names if one != name]
            Thanks.objects.update_or_create(release=release, defaults={"names": left})
            Printout.objects.filter(release=release).delete()
            _have_printed(release)


@transaction.atomic
def correct_release(*, by: Actor, release: Release, correction: Correction) -> Release:
    """Publish a report again with other words and the same tables; the old one stays and leads to it."""
    survey = Survey.objects.select_for_update(no_key=True).get(pk=release.survey_id)
    access.correct_release.require(by, survey, release)
    if not any(correction.changes.values()):
        raise Refused(_("Say what changed, so that whoever used the report can tell what was wrong."))
    document = {
        **release.document,
        "names": selectors.named(release),
        "number": release.number + 1,
        "words": _written(correction.words),
        "method": _written(correction.method),
        "authors": correction.authors,
        "corrects": {"number": release.number, "changes": _written(correction.changes)},
    }
    corrected = _freeze(by, survey, document, release.basis)
    Preparation.objects.filter(survey=survey).delete()  # it was numbered, and held against, what stood before
    events.release_corrected.record(
        corrected, by=by, title=survey.title, number=corrected.number, corrected=release.number,
        sha256=corrected.digest, survey=survey.uuid,
    )  # fmt: skip
    return corrected


@transaction.atomic
def withdraw_release(*, by: Actor, release: Release, reason: str) -> Withdrawal:
    """Take a report back: it stays where it was, with the reason. Raises ``Refused`` without one."""
    access.withdraw_release.require(by, release.survey, release)
    if len(reason.strip()) < REASON_WORDS:
        raise Refused(_("Say why, so that whoever used the report can tell what was wrong."))
    assert by.participant_id is not None
    withdrawal = Withdrawal.objects.create(
        release=release, reason=reason.strip(), by_id=by.participant_id, at=clock.now()
    )
    events.release_withdrawn.record(
        release, by=by, title=release.survey.title, number=release.number, reason=reason.strip()
    )
    return withdrawal
