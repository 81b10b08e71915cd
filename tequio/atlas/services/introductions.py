"""Putting matches away, and introductions: both sides agree before any contact is shown. Source: SUR-20."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.atlas import access, events
from tequio.atlas.models import Declined, Introduction, State
from tequio.atlas.selectors.matching import between
from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Membership, Participant, Voice
from tequio.register.events import ref_of

TITLE = gettext_lazy("%(name)s would like to get to know you")
WHY = gettext_lazy("No contact is shown before you say yes. You can say no without a reason.")


@transaction.atomic
def put_away(*, by: Actor, other: Membership) -> None:
    """Keep a match from being shown again to one's own member; put away twice, it is away once."""
    access.put_away.require(by, other)
    mine = Membership.objects.get(pk=by.membership_id or 0)
    row, new = Declined.objects.get_or_create(membership=mine, other=other, defaults={"at": clock.now()})
    if new:
        events.match_put_away.record(row, by=system(by.network_id))


@transaction.atomic
def take_up(*, by: Actor, other: Membership) -> None:
    """Undo putting a match away."""
    access.put_away.require(by, other)
    row = Declined.objects.filter(membership=by.membership_id or 0, other=other).first()
    if row is not None:
        events.match_taken_up.record(row, by=system(by.network_id))
        row.delete()


@transaction.atomic
def ask_introduction(
    *, by: Actor, network: Network, other: Membership, words: str = "", language: str
) -> Introduction:
    """Ask another member whether it wants to get to know one's own; its people who carry its voice are asked."""
    access.ask_introduction.require(by, other, between(by, other))
    row = Introduction(
        asking=Membership.objects.get(pk=by.membership_id or 0), asked=other, words=words.strip(), language=language,
        asked_by=Participant.objects.get(pk=by.participant_id or 0), asked_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise Refused(_("An introduction between you is waiting for an answer.")) from twice
    events.introduction_asked.record(row, by=system(by.network_id))
    _ask(row, network)
    return row


def _voices(member: Membership) -> list[Participant]:
    rows = Participant.objects.select_related("person").filter(
        membership=member, until_on=None, person__is_active=True
    )
    return list(rows.exclude(voice=Voice.NONE).order_by("pk"))


def _ask(row: Introduction, network: Network) -> None:
    path = reverse("atlas:introduction", args=[network.slug, row.uuid])
    people = _voices(row.asked)
    notify.ask_each(
        person_ids=[each.person_id for each in people],
        kind="introduction",
        title=notify.phrase(TITLE, name=row.asking.name),
        why=WHY,
        minutes=2,
        path=path,
        subject=ref_of(row),
    )
    for each in people:
        _write(row, each, network, "asked", path)


def _write(row: Introduction, reader: Participant, network: Network, template: str, path: str) -> None:
    notify.mail(
        person_id=reader.person_id,
        address=reader.person.email,
        language=reader.person.language,
        kind="ask",
        template=f"atlas/mail/{template}",
        context={"row": row, "network": network, "link": settings.ORIGIN.rstrip("/") + path},
        key=f"atlas.introduction:{row.uuid}:{template}:{reader.person_id}",
    )


@transaction.atomic
def answer_introduction(
    *, by: Actor, network: Network, introduction: Introduction, accept: bool
) -> Introduction:
    """Say yes, so that both see whom to write to; or no, of which nobody learns why and nothing is shown."""
    row = _hold(introduction)
    access.answer_introduction.require(by, row)
    row.state = State.ACCEPTED if accept else State.NOT_NOW
    row.answered_by_id, row.answered_at = by.participant_id, clock.now()
    row.words = row.words if accept else ""
    row.save()
    notify.close_asks(subject=ref_of(row), because=notify.Closed.DONE)
    (events.introduced if accept else events.introduction_ended).record(row, by=system(by.network_id))
    if accept:
        asker = Participant.objects.select_related("person").get(pk=row.asked_by_id)
        path = reverse("atlas:introduction", args=[network.slug, row.uuid])
        _write(row, asker, network, "introduced", path)
    return row


@transaction.atomic
def take_back(*, by: Actor, introduction: Introduction) -> Introduction:
    """Take back what was asked, while nobody has answered; the words go."""
    row = _hold(introduction)
    access.take_back.require(by, row)
    row.state, row.answered_at, row.words = State.TAKEN_BACK, clock.now(), ""
    row.save()
    notify.close_asks(subject=ref_of(row))
    events.introduction_ended.record(row, by=system(by.network_id))
    return row


def _hold(introduction: Introduction) -> Introduction:
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("asking", "asked")
    return rows.get(pk=introduction.pk)
