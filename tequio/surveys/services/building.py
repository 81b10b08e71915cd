"""Writing a survey, opening and closing it. What was opened never changes: to ask otherwise is a new version.

For other rooms
---------------
::

    survey = create_survey(by=…, title={"es": …}, languages=["es", "en"], template="regional_mapping")
    change_draft(by=…, survey=survey, instrument=…, seen=version.stamp)   # raises Changed when somebody was faster
    open_survey(by=…, survey=survey, closes_at=…)                         # again: the same
    new_version(by=…, survey=survey); open_survey(by=…, survey=survey)    # asks anew; what was answered stays
    close_survey(by=…, survey=survey); reopen_survey(by=…, survey=survey)
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.register.events import ref_of
from tequio.register.models import Entry
from tequio.surveys import access as may
from tequio.surveys import events
from tequio.surveys.models import Access, Earlier, State, Survey, Version
from tequio.surveys.rules.faults import faults
from tequio.surveys.rules.instrument import Instrument, Section
from tequio.surveys.rules.templates import template as template_of
from tequio.surveys.rules.written import as_json, from_json

SURVEYS = 7_305_001  # the lock under which names are given
QUIET = timedelta(hours=1)  # many small changes of one person are one entry of the register
MOST_QUOTAS = 50
MOST_STEPS = 20  # changes of a draft that can be taken back


class Changed(Refused):
    """Somebody else changed it since it was read."""


@dataclass(frozen=True)
class Arrangement:
    """How a survey is answered: by whom, how often, how many, until when."""

    access: str = Access.PUBLIC.value
    once_per_organization: bool = False
    quotas: tuple[dict[str, Any], ...] = ()
    quorum_cell: int = 5
    closes_at: datetime | None = None


@transaction.atomic
def create_survey(
    *,
    by: Actor,
    title: Texts,
    languages: Sequence[str],
    instrument: Instrument | None = None,
    template: str = "",
    access: str = Access.PUBLIC,
    once_per_organization: bool = False,
) -> Survey:
    """Write a survey down, from an instrument, a template or nothing; nobody is asked yet. Raises KeyError for no template."""
    may.create.require(by)
    assert by.participant_id is not None  # the platform itself asks nobody
    given = instrument or (template_of(template) if template else _blank(languages))
    asked = replace(given, languages=tuple(languages), title=dict(title))
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SURVEYS, by.network_id % 2**31])
    survey = Survey.objects.create(
        slug=_slug(title), token=secrets.token_urlsafe(12), template=template, title=dict(title),
        languages=list(languages), access=access, once_per_organization=once_per_organization,
        created_by_id=by.participant_id, created_at=now,
    )  # fmt: skip
    Version.objects.create(survey=survey, number=1, document=as_json(asked), changed_at=now)
    events.created.record(survey, by=by, title=survey.title, template=template)
    return survey


def _blank(languages: Sequence[str]) -> Instrument:
    return Instrument(tuple(languages), {}, (Section("section_1", {}, ()),))


def _slug(title: Texts) -> str:
    """Return a name for the public report that no survey of the network has."""
    base = slugify(next((text for text in title.values() if text), ""))[:50].strip("-") or "survey"
    taken = set(Survey.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(name for name in _names(base, len(taken) + 1) if name not in taken)


def _names(base: str, many: int) -> list[str]:
    return [base, *(f"{base}-{number}" for number in range(2, many + 2))]


@transaction.atomic
def change_draft(*, by: Actor, survey: Survey, instrument: Instrument, seen: str) -> Version:
    """Write what the draft asks from now on. Raises Changed unless ``seen`` is the stamp of what is being replaced."""
    survey = _hold(survey)
    may.tend.require(by, survey)
    draft = _draft(survey)
    if draft.stamp != seen:
        raise Changed(_("Somebody changed this survey meanwhile. Look at it, and change it again."))
    document = as_json(instrument)
    if document == draft.document:
        return draft
    _remember(draft)
    _write(survey, draft, instrument)
    _tell_change(by, survey, draft)
    return draft


@transaction.atomic
def take_back(*, by: Actor, survey: Survey, seen: str) -> Version:
    """Take the last change of the draft back, and again the one before; raises Changed as ``change_draft`` does."""
    survey = _hold(survey)
    may.tend.require(by, survey)
    draft = _draft(survey)
    if draft.stamp != seen:
        raise Changed(_("Somebody changed this survey meanwhile. Look at it, and change it again."))
    if last := draft.earlier.order_by("-pk").first():
        _write(survey, draft, from_json(last.document))
        last.delete()
        _tell_change(by, survey, draft)
    return draft


def _write(survey: Survey, draft: Version, instrument: Instrument) -> None:
    draft.document, draft.changed_at = as_json(instrument), clock.now()
    draft.save(update_fields=["document", "changed_at"])
    if draft.number == 1:
        survey.title, survey.languages = dict(instrument.title), list(instrument.languages)
        survey.save(update_fields=["title", "languages"])


def _remember(draft: Version) -> None:
    """Keep what a draft asks before it changes, the last of them."""
    Earlier.objects.create(version=draft, document=draft.document, at=clock.now())
    old = draft.earlier.order_by("-pk").values_list("pk", flat=True)[MOST_STEPS:]
    Earlier.objects.filter(pk__in=list(old)).delete()


def _tell_change(by: Actor, survey: Survey, draft: Version) -> None:
    """Record who changed a draft, once an hour: its register does not list every letter."""
    told = Entry.objects.filter(
        kind=events.draft_changed.code, ref=ref_of(draft), at__gt=clock.now() - QUIET,
        payload__person_id=by.person_id,
    )  # fmt: skip
    if not told.exists():
        events.draft_changed.record(draft, by=by, title=survey.title, number=draft.number)


@transaction.atomic
def arrange_survey(*, by: Actor, survey: Survey, arrangement: Arrangement) -> Survey:
    """Say who answers, how often and until when; also while the survey is open."""
    survey = _hold(survey)
    may.tend.require(by, survey)
    _check_end(survey, arrangement.closes_at)
    if len(arrangement.quotas) > MOST_QUOTAS:
        raise Refused(_("A survey has at most %(most)s quotas.") % {"most": MOST_QUOTAS})
    was = Arrangement(
        survey.access,
        survey.once_per_organization,
        tuple(survey.quotas),
        survey.quorum_cell,
        survey.closes_at,
    )
    if was == arrangement:
        return survey
    survey.access, survey.once_per_organization = arrangement.access, arrangement.once_per_organization
    survey.quotas, survey.quorum_cell = list(arrangement.quotas), arrangement.quorum_cell
    survey.closes_at = arrangement.closes_at
    survey.save()
    events.arranged.record(
        survey, by=by, title=survey.title, access=survey.access, quotas=survey.quotas,
        once_per_organization=survey.once_per_organization, closes_at=survey.closes_at,
        smallest_group=survey.quorum_cell,
    )  # fmt: skip
    _set_clock(survey)
    return survey


@transaction.atomic
def open_survey(*, by: Actor, survey: Survey, closes_at: datetime | None = None) -> Survey:
    """Put what is written before those who answer: a first version, or a new one of a survey that is open or closed.

    Told twice it opens once. Raises Refused while something has to be mended.
    """
    survey = _hold(survey)
    draft = survey.versions.filter(opened_at=None).first()
    if draft is None:
        may.tend.require(by, survey)
        return survey
    may.open_it.require(by, survey, sum(fault.blocks for fault in faults(draft.instrument)))
    if closes_at is not None:
        _check_end(survey, closes_at)
        survey.closes_at = closes_at
    first = survey.state == State.DRAFT
    draft.opened_at = clock.now()
    draft.save(update_fields=["opened_at"])
    draft.earlier.all().delete()
    survey.title, survey.languages = dict(draft.instrument.title), list(draft.instrument.languages)
    if first:
        _ahead(survey)
        survey.state, survey.opened_at = State.OPEN, draft.opened_at
    survey.save()
    event = events.opened if first else events.version_opened
    event.record(survey, by=by, title=survey.title, number=draft.number, document=draft.document)
    if first:
        _set_clock(survey)
    return survey


@transaction.atomic
def close_survey(*, by: Actor, survey: Survey) -> Survey:
    """Take no more answers; told twice it closes once."""
    survey = _hold(survey)
    may.close.require(by, survey)
    if survey.state == State.CLOSED:
        return survey
    survey.state, survey.closed_at = State.CLOSED, clock.now()
    survey.save(update_fields=["state", "closed_at"])
    events.closed.record(survey, by=by, title=survey.title)
    return survey


@transaction.atomic
def close_when_due(*, survey: Survey, by: Actor) -> Survey:
    """Close a survey whose last day is over; one that was given more time stays open."""
    survey = _hold(survey)
    due = survey.state == State.OPEN and survey.closes_at is not None and survey.closes_at <= clock.now()
    return close_survey(by=by, survey=survey) if due else survey


@transaction.atomic
def reopen_survey(*, by: Actor, survey: Survey, closes_at: datetime | None = None) -> Survey:
    """Take answers again, until ``closes_at``, or until somebody closes it."""
    survey = _hold(survey)
    may.close.require(by, survey)
    if survey.state == State.OPEN:
        return survey
    _check_end(survey, closes_at)
    survey.state, survey.closed_at, survey.closes_at = State.OPEN, None, closes_at
    survey.save(update_fields=["state", "closed_at", "closes_at"])
    events.reopened.record(survey, by=by, title=survey.title, closes_at=closes_at)
    _set_clock(survey)
    return survey


@transaction.atomic
def new_version(*, by: Actor, survey: Survey) -> Version:
    """Begin to ask otherwise, from what is asked now; where a draft was begun already, return it."""
    survey = _hold(survey)
    may.tend.require(by, survey)
    newest = survey.versions.order_by("-number")[0]
    if newest.opened_at is None:
        return newest
    version = Version.objects.create(
        survey=survey, number=newest.number + 1, document=newest.document, changed_at=clock.now()
    )
    events.version_begun.record(survey, by=by, title=survey.title, number=version.number)
    return version


@transaction.atomic
def drop_version(*, by: Actor, survey: Survey) -> Survey:
    """Drop a new version that was never opened; what is asked now stays. The first version cannot be dropped."""
    survey = _hold(survey)
    may.close.require(by, survey)
    for version in survey.versions.filter(opened_at=None):
        events.version_dropped.record(survey, by=by, title=survey.title, number=version.number)
        version.delete()
    return survey


@transaction.atomic
def drop_survey(*, by: Actor, survey: Survey) -> None:
    """Throw away a survey that was never opened; one that was stays, with what was answered."""
    survey = _hold(survey)
    may.drop.require(by, survey)
    events.dropped.record(survey, by=by, title=survey.title)
    survey.delete()


def _hold(survey: Survey) -> Survey:
    """Return the survey as it is now, and let nobody else change it before this is over."""
    return Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)


def _draft(survey: Survey) -> Version:
    draft = survey.versions.filter(opened_at=None).first()
    if draft is None:
        raise Refused(_("This was opened, and stays as it is. Begin a new version to ask otherwise."))
    return draft


def _check_end(survey: Survey, closes_at: datetime | None) -> None:
    if closes_at is not None and closes_at <= clock.now() and closes_at != survey.closes_at:
        raise Refused(_("The last day lies ahead of now."))


def _ahead(survey: Survey) -> None:
    if survey.closes_at is not None and survey.closes_at <= clock.now():
        raise Refused(_("Its last day is over. Choose another one first."))


def _set_clock(survey: Survey) -> None:
    if survey.state == State.OPEN and survey.closes_at is not None:
        job = jobs.configure_task("tequio.surveys.tasks.close", schedule_at=survey.closes_at)
        job.defer(network_id=survey.network_id, survey_id=survey.pk)
