"""Taking answers: begun, sent once, changed until the survey closes. No account, no address, no device is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people.models import Organization, Participant
from tequio.people.rules.names import folded_name
from tequio.surveys import access, events
from tequio.surveys.models import Answer, Link, Manner, Reply, Source, Survey, Tick, Version
from tequio.surveys.rules.checking import Wrong, checked
from tequio.surveys.rules.instrument import Instrument, Kind, Value, Values
from tequio.surveys.selectors.addresses import hash_of, secret_of_reply
from tequio.surveys.selectors.answering import Quota, is_open, quotas_of, values_of
from tequio.surveys.services.cities import recognized
from tequio.surveys.services.thanking import mail_address

# Who reads what was just answered, in the same transaction: apps above this one add themselves, and make a job of it.
READERS: list[Callable[[Reply], None]] = []


class NotTakenError(Exception):
    """What was sent is not taken as it is; the page shows it again with the reason."""


class MistakesError(NotTakenError):
    """Some answers do not fit their question: ``wrong`` says which and why."""

    def __init__(self, wrong: Mapping[str, Wrong]) -> None:
        super().__init__(str(wrong))
        self.wrong = wrong


class SurveyOverError(NotTakenError):
    """The survey takes no answers now."""


class QuotaFullError(NotTakenError):
    """Enough have answered who are like this respondent."""

    def __init__(self, quota: Quota) -> None:
        super().__init__(f"{quota.question}: {quota.option}")
        self.quota = quota


class SameNameError(NotTakenError):
    """An organization of this name has answered: ``first`` is its reply."""

    def __init__(self, first: Reply) -> None:
        super().__init__(f"the same name as reply {first.pk}")
        self.first = first


@transaction.atomic
def take_reply(
    *,
    survey: Survey,
    version: Version,
    once: UUID,
    values: Values,
    language: str,
    link: Link | None = None,
    by: Actor | None = None,
    another: bool = False,
) -> Reply:
    """Take what somebody answered, once: sent again with the same key it is the same reply, with its last answers.

    ``by`` is who is signed in, needed where only people of the network answer; it is not kept. ``another`` says that
    this is an organization with the same name as one that answered: its reply waits for whoever leads the survey.
    Raises NotTakenError, and Refused for who may not answer. Source: SUR-01.
    """
    _require_welcome(survey, once=once, link=link, by=by)
    reply = Reply(survey=survey, version=version, once=once, language=language, source=Source.PAGE)
    return _take(reply, values, link=link, another=another)


@transaction.atomic
def record_reply(
    *, by: Actor, survey: Survey, version: Version, once: UUID, values: Values, language: str, manner: str,
    another: bool = False,
) -> Reply:  # fmt: skip
    """Take what somebody said whom ``by`` heard on paper, by phone or in person; raises as ``take_reply``."""
    access.record.require(by, survey)
    reply = Reply(
        survey=survey, version=version, once=once, language=language, source=Source.INTERVIEW,
        recorded_by=Participant.objects.get(pk=by.participant_id or 0), manner=Manner(manner),
    )  # fmt: skip
    known = Reply.objects.filter(survey=survey, once=once, sent_at__isnull=False).exists()
    taken = _take(reply, values, another=another)
    if not known:
        events.reply_recorded.record(survey, by=by, title=survey.title, manner=str(manner))
    return taken


@transaction.atomic
def save_begun(
    *,
    survey: Survey,
    version: Version,
    once: UUID,
    values: Values,
    language: str,
    link: Link | None = None,
    by: Actor | None = None,
) -> Reply:
    """Keep what somebody typed so far, as it was typed, to go on with it elsewhere; what was sent stays as it is."""
    _require_welcome(survey, once=once, link=link, by=by)
    _require_open(survey)
    reply = _row(Reply(survey=survey, version=version, once=once, language=language, source=Source.PAGE))
    if reply.sent_at is None:
        reply.version, reply.language, reply.changed_at = version, language, clock.now()
        _name(reply, version.instrument, values)
        reply.save()
        write_values(reply=reply, instrument=version.instrument, values=values)
        _tie(link, reply)
    return reply


@transaction.atomic
def change_reply(*, reply: Reply, values: Values, language: str, another: bool = False) -> Reply:
    """Send a reply that was begun, or change one that was sent, until its survey closes; raises NotTakenError."""
    fresh = Reply(
        survey=reply.survey, version=reply.version, once=reply.once, language=language, source=reply.source
    )
    return _take(fresh, values, another=another)


def _take(asked: Reply, values: Values, *, link: Link | None = None, another: bool = False) -> Reply:
    survey = _locked(asked.survey)
    instrument = asked.version.instrument
    kept, wrong = checked(instrument, recognized(instrument=instrument, values=values))
    reply = Reply.objects.filter(survey=survey, once=asked.once).first()
    if reply is not None and reply.sent_at and _same(reply, kept):
        return reply
    _require_open(survey)
    if wrong:
        raise MistakesError(wrong)
    reply = _row(asked)
    if reply.sent_at and _same(reply, kept):  # the other of two that came at once
        return reply
    _require_room(survey, reply, kept)
    first = reply.same_name_as_id is None and _same_name(reply, _organization_in(instrument, kept))
    if first and not another:
        raise SameNameError(first)
    _keep(reply, asked, kept, first or None)
    _tie(link, reply)
    return reply


def _keep(reply: Reply, asked: Reply, values: Values, first: Reply | None) -> None:
    instrument = asked.version.instrument
    now = clock.now()
    reply.version, reply.language, reply.changed_at = asked.version, asked.language, now
    reply.sent_at = reply.sent_at or now
    if first:
        reply.same_name_as, reply.set_aside = first, True
    _name(reply, instrument, values)
    reply.save()
    write_values(reply=reply, instrument=instrument, values=values)
    mail_address(reply=reply, instrument=instrument, values=values)
    for read in READERS:
        read(reply)


def _require_welcome(survey: Survey, *, once: UUID, link: Link | None, by: Actor | None) -> None:
    """Refuse who may not answer; whoever holds the key of a reply that was begun may go on with it."""
    reason = access.why_not_answer(survey, has_link=link is not None, by=by)
    if reason and not Reply.objects.filter(survey=survey, once=once).exists():
        raise Refused(reason)


def _require_open(survey: Survey) -> None:
    if not is_open(survey, clock.now()):
        raise SurveyOverError


def _locked(survey: Survey) -> Survey:
    """Return the survey; where replies hang on one another, nobody else's is taken until this one is."""
    if not (survey.once_per_organization or survey.quotas):
        return survey
    return Survey.objects.select_for_update().get(pk=survey.pk)


def _row(asked: Reply) -> Reply:
    """Return the reply of this key, made if it is new; a second sending waits until the first has committed."""
    now = clock.now()
    asked.began_at = asked.changed_at = now
    asked.token = hash_of(secret_of_reply(asked.survey, asked.once))
    found = Reply.objects.select_for_update(of=("self",)).filter(survey=asked.survey, once=asked.once)
    if known := found.first():
        return known
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError:
        return found.get()
    return asked


def _same(reply: Reply, values: Values) -> bool:
    return dict(values_of(reply)) == dict(values)


def _require_room(survey: Survey, reply: Reply, values: Values) -> None:
    for quota in quotas_of(survey, besides=reply):
        if quota.full and quota.option in values.get(quota.question, Value()).chosen:
            raise QuotaFullError(quota)


def _organization_in(instrument: Instrument, values: Values) -> str:
    question = instrument.with_role("ORGANIZATION")
    return values.get(question.key, Value()).text if question else ""


def _same_name(reply: Reply, name: str) -> Reply | None:
    """Return the reply of an organization of this name, where the survey takes one from each."""
    if not (reply.survey.once_per_organization and name):
        return None
    sent = Reply.objects.filter(survey=reply.survey, sent_at__isnull=False, set_aside=False)
    return sent.filter(folded=folded_name(name)).exclude(pk=reply.pk).order_by("sent_at").first()


def _name(reply: Reply, instrument: Instrument, values: Values) -> None:
    """Write beside the reply which organization it speaks for, and which of ours that is."""
    name = " ".join(_organization_in(instrument, values).split())[:200]
    reply.organization_name = name
    reply.folded = folded_name(name) if name else ""
    ours = Organization.objects.filter(folded=reply.folded, merged_into=None) if name else None
    reply.organization = ours.first() if ours is not None else None


def _tie(link: Link | None, reply: Reply) -> None:
    if link is not None and link.reply_id is None:
        Link.objects.filter(pk=link.pk).update(reply=reply)


@transaction.atomic
def write_values(*, reply: Reply, instrument: Instrument, values: Values) -> None:
    """Write what a reply says as rows, in place of what it said before."""
    Answer.objects.filter(reply=reply).delete()
    Tick.objects.filter(reply=reply).delete()
    answers, ticks = [], []
    for question in instrument.questions():
        value = values.get(question.key, Value())
        if said := _answer(reply, question.key, value, is_date=question.kind is Kind.DATE):
            answers.append(said)
        ticks += [Tick(reply=reply, question=question.key, option=key) for key in value.chosen]
        ticks += [
            Tick(reply=reply, question=question.key, row=row, option=key) for row, key in value.rows.items()
        ]
    Answer.objects.bulk_create(answers)
    Tick.objects.bulk_create(ticks)


def _answer(reply: Reply, key: str, value: Value, *, is_date: bool) -> Answer | None:
    """Return the row of what is no tick; a date that is none is kept as it was typed."""
    day = None
    if is_date and value.date:
        try:
            day = date.fromisoformat(value.date)
        except ValueError:
            value = replace(value, text=value.date)
    if not (value.text or day or value.number is not None):
        return None
    return Answer(reply=reply, question=key, text=value.text, number=value.number, date=day)


@transaction.atomic
def settle_same_name(*, by: Actor, reply: Reply, apart: bool) -> None:
    """Say of a reply with the name of another whether it counts beside it, or stays aside. The register keeps who."""
    access.follow.require(by, reply.survey)
    Reply.objects.filter(pk=reply.pk).update(same_name_as=None, set_aside=not apart)
    event = events.same_name_apart if apart else events.same_name_aside
    event.record(reply.survey, by=by, title=reply.survey.title)
