"""Personal links: made for a list of people, mailed, reminded of at most twice, stopped by whoever got one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.models import Letter
from tequio.surveys import access, events
from tequio.surveys.models import Answer, Link, Reply, State, Survey
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.rules.invited import Invited
from tequio.surveys.selectors.addresses import hash_of, link_address, reply_address, secret_of_link
from tequio.surveys.selectors.answering import version_of
from tequio.surveys.services.thanking import is_address, language_of_letters

MOST_REMINDERS = 2
REST = timedelta(days=4)  # between two letters to the same person


@transaction.atomic
def make_links(
    *, by: Actor, network: Network, survey: Survey, people: Sequence[Invited], language: str
) -> list[Link]:
    """Make a link for each of these who has none, and mail it to those with an address. The register keeps how many."""
    access.invite.require(by, survey)
    known = set(Link.objects.filter(survey=survey).exclude(email="").values_list("email", flat=True))
    made = [_link(by, survey, one, language) for one in people if not one.email or one.email not in known]
    Link.objects.bulk_create(made)
    for link in made:
        if is_address(text=link.email):
            _mail(link, network, template="invited", key=f"surveys.invited:{link.uuid}")
    Link.objects.filter(pk__in=[link.pk for link in made if link.email]).update(mailed_at=clock.now())
    if made:
        events.links_made.record(survey, by=by, title=survey.title, number=len(made))
    return made


def _link(by: Actor, survey: Survey, one: Invited, language: str) -> Link:
    link = Link(
        survey=survey, name=one.name, email=one.email, language=language, made_by_id=by.participant_id or 0,
        made_at=clock.now(),
    )  # fmt: skip
    link.token = hash_of(secret_of_link(link))
    return link


def _mail(link: Link, network: Network, *, template: str, key: str) -> None:
    path = link_address(network.slug, link)
    _write(
        link.survey,
        network,
        link.email,
        link.language,
        path=path,
        template=template,
        key=key,
        name=link.name,
        begun=link.reply_id is not None,
    )


def _write(
    survey: Survey,
    network: Network,
    email: str,
    language: str,
    *,
    path: str,
    template: str,
    key: str,
    name: str = "",
    begun: bool = True,
) -> None:
    origin = settings.ORIGIN.rstrip("/")
    stop = f"{origin}{path}stop/"
    letter = notify.mail(
        person_id=None,
        address=email,
        language=language_of_letters(language=language),
        kind="survey",
        template=f"surveys/mail/{template}",
        context={
            "network": network,
            "title": say(survey.title, language),
            "name": name,
            "begun": begun,
            "link": origin + path,
            "closes_at": survey.closes_at,
            "unsubscribe_url": stop,
        },
        key=key,
    )
    if letter is not None:
        Letter.objects.filter(pk=letter.pk, stop_url="").update(stop_url=stop)


@transaction.atomic
def remind(*, by: Actor, network: Network, survey: Survey) -> int:
    """Remind those who were invited or began and have not sent their answers, at most twice each; return how many.

    Whoever answered, or asked not to be written to, is left alone.
    """
    access.invite.require(by, survey)
    links = _waiting(survey)
    for link in links:
        key = f"surveys.reminder:{link.uuid}:{link.reminders}"
        _mail(link, network, template="reminder", key=key)
    Link.objects.filter(pk__in=[link.pk for link in links]).update(
        reminded_at=clock.now(), reminders=F("reminders") + 1
    )
    number = len(links) + _remind_begun(survey, network)
    if number:
        events.reminded.record(survey, by=by, title=survey.title, number=number)
    return number


def _waiting(survey: Survey) -> list[Link]:
    before = clock.now() - REST
    rows = Link.objects.select_related("survey").filter(
        Q(reply=None) | Q(reply__sent_at=None), survey=survey, stopped_at=None, reminders__lt=MOST_REMINDERS,
        mailed_at__lt=before,
    )  # fmt: skip
    return list(rows.filter(Q(reminded_at=None) | Q(reminded_at__lt=before)).exclude(email="")[:1000])


def _remind_begun(survey: Survey, network: Network) -> int:
    """Write to those who began without a link and gave an address, twice at most, until they say no."""
    version = version_of(survey)
    instrument: Instrument | None = version.instrument if version else None
    question = instrument.with_role("EMAIL") if instrument else None
    if question is None:
        return 0
    before = clock.now() - REST
    said = Answer.objects.select_related("reply__survey").filter(
        Q(reply__reminded_at=None) | Q(reply__reminded_at__lt=before), question=question.key, reply__survey=survey,
        reply__sent_at=None, reply__link=None, reply__set_aside=False, reply__stopped_at=None,
        reply__changed_at__lt=before, reply__reminders__lt=MOST_REMINDERS,
    )  # fmt: skip
    written = [answer for answer in said[:1000] if is_address(text=answer.text)]
    for answer in written:
        reply = answer.reply
        path, key = reply_address(network.slug, reply), f"surveys.begun:{reply.uuid}:{reply.reminders}"
        _write(survey, network, answer.text, reply.language, path=path, template="begun", key=key)
    Reply.objects.filter(pk__in=[answer.reply_id for answer in written]).update(
        reminded_at=clock.now(), reminders=F("reminders") + 1
    )
    return len(written)


@transaction.atomic
def stop_link(*, link: Link) -> None:
    """Write to whoever got this link no more; the link itself still works."""
    Link.objects.filter(pk=link.pk, stopped_at=None).update(stopped_at=clock.now())


@transaction.atomic
def stop_begun(*, reply: Reply) -> None:
    """Write no more to whoever began without a link of their own; what they began waits all the same."""
    Reply.objects.filter(pk=reply.pk, stopped_at=None).update(stopped_at=clock.now())


@transaction.atomic
def remind_when_due(*, by: Actor, network: Network) -> int:
    """Remind in every survey that is open, as the clock asks each day; return how many letters that made."""
    now = clock.now()
    rows = Survey.objects.filter(Q(closes_at=None) | Q(closes_at__gt=now), state=State.OPEN)
    return sum(remind(by=by, network=network, survey=survey) for survey in rows)
