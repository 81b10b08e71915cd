"""Introductions beyond the members: the coordination writes, and no contact shows before both agreed. Source: SUR-20."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.atlas import access, events
from tequio.atlas.models import Bridge, BridgeState, Declined, Prospect
from tequio.atlas.selectors import beyond as selectors
from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Duty, Membership, Participant
from tequio.people.services.candidates import LETTER
from tequio.register.events import ref_of

TITLE = gettext_lazy("%(name)s asks you for an introduction")
WHY = gettext_lazy("It would like to get to know an organization that is no member. You write to it, or not.")


@transaction.atomic
def put_prospect_away(*, by: Actor, prospect: Prospect) -> None:
    """Keep a prospect from being shown again to one's own member; put away twice, it is away once."""
    access.put_prospect_away.require(by)
    mine = Membership.objects.get(pk=by.membership_id or 0)
    row, new = Declined.objects.get_or_create(
        membership=mine, prospect=prospect, defaults={"at": clock.now()}
    )
    if new:
        events.match_put_away.record(row, by=system(by.network_id))


@transaction.atomic
def take_prospect_up(*, by: Actor, prospect: Prospect) -> None:
    """Undo putting a prospect away."""
    access.put_prospect_away.require(by)
    row = Declined.objects.filter(membership=by.membership_id or 0, prospect=prospect).first()
    if row is not None:
        events.match_taken_up.record(row, by=system(by.network_id))
        row.delete()


@transaction.atomic
def ask_bridge(*, by: Actor, network: Network, prospect: Prospect, words: str = "", language: str) -> Bridge:
    """Ask the coordination to introduce one's own member to a prospect, who hears nothing before it writes."""
    access.ask_bridge.require(by, selectors.between(by, prospect))
    row = Bridge(
        asking=Membership.objects.get(pk=by.membership_id or 0), prospect=prospect, words=words.strip(), language=language,
        asked_by=Participant.objects.get(pk=by.participant_id or 0), asked_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise Refused(_("An introduction between you is waiting for an answer.")) from twice
    events.bridge_asked.record(row, by=system(by.network_id))
    people = Participant.objects.filter(
        duties__contains=[Duty.COORDINATION], until_on=None, person__is_active=True
    )
    notify.ask_each(
        person_ids=list(people.values_list("person_id", flat=True)),
        kind="introduction",
        title=notify.phrase(TITLE, name=row.asking.name),
        why=WHY,
        minutes=2,
        path=reverse("atlas:send-bridge", args=[network.slug, row.uuid]),
        subject=ref_of(row),
    )
    return row


@transaction.atomic
def send_bridge(*, by: Actor, network: Network, bridge: Bridge) -> Bridge:
    """Write to the prospect: who would like to get to know it and why, and a link by which it says yes or no."""
    row = _hold(bridge)
    address = selectors.address_of(row.prospect) if selectors.there(row.prospect) else None
    access.send_bridge.require(by, row, address is not None)
    assert address is not None, "who may be written to has an address"
    row.state, row.sent_by_id, row.sent_at = BridgeState.SENT, by.participant_id, clock.now()
    row.save()
    path = reverse("atlas:answer-bridge", args=[network.slug, row.uuid, selectors.token_of(row)])
    _write(row, network, address, "bridge", settings.ORIGIN.rstrip("/") + path)
    notify.close_asks(subject=ref_of(row), because=notify.Closed.DONE)
    events.bridge_sent.record(row, by=by)
    return row


def _write(row: Bridge, network: Network, address: selectors.Address, template: str, link: str) -> None:
    asker = row.asked_by
    notify.mail(
        person_id=None,
        address=address.email,
        language=address.language or network.languages[0],
        kind="invitation",
        template=f"atlas/mail/{template}",
        context={
            "name": selectors.name_inside(row.prospect), "asking": row.asking.name, "words": row.words,
            "network": network, "link": link, "asker": asker.name, "email": asker.person.email,
        },
        key=_key_of(row, template),
    )  # fmt: skip


def _key_of(row: Bridge, template: str) -> str:
    """Return the key of a letter; a candidate's are erased with it, when it is forgotten."""
    begins = f"{LETTER}:{row.prospect.candidate.uuid}" if row.prospect.candidate else "atlas.bridge"
    return f"{begins}:{row.uuid}:{template}"


@transaction.atomic
def answer_bridge(*, network: Network, bridge: Bridge, accept: bool) -> Bridge:
    """Keep the yes or no of a prospect, by the link that only it has; of a no, nobody learns why."""
    row = _hold(bridge)
    if row.state != BridgeState.SENT:
        raise Refused(_("This has been answered, or taken back."))
    row.state = BridgeState.ACCEPTED if accept else BridgeState.NOT_NOW
    row.ended_at, row.words = clock.now(), row.words if accept else ""
    row.save()
    (events.bridged if accept else events.bridge_ended).record(row, by=system(network.pk))
    if accept:
        _tell_both(row, network)
    return row


def _tell_both(row: Bridge, network: Network) -> None:
    path = reverse("atlas:beyond-one", args=[network.slug, row.prospect.uuid])
    link = settings.ORIGIN.rstrip("/") + path
    asker = row.asked_by
    notify.mail(
        person_id=asker.person_id, address=asker.person.email, language=asker.person.language, kind="ask",
        template="atlas/mail/bridged",
        context={"name": selectors.name_inside(row.prospect), "network": network, "link": link},
        key=_key_of(row, "bridged"),
    )  # fmt: skip
    if address := selectors.address_of(row.prospect):
        _write(row, network, address, "bridged_to", "")


@transaction.atomic
def take_bridge_back(*, by: Actor, bridge: Bridge) -> Bridge:
    """Take back what was asked, while nobody has answered; the words go."""
    row = _hold(bridge)
    access.take_bridge_back.require(by, row)
    row.state, row.ended_at, row.words = BridgeState.TAKEN_BACK, clock.now(), ""
    row.save()
    notify.close_asks(subject=ref_of(row))
    events.bridge_ended.record(row, by=system(by.network_id))
    return row


def _hold(bridge: Bridge) -> Bridge:
    rows = Bridge.objects.select_for_update(of=("self",)).select_related(
        "asking", "asked_by__person", "prospect__organization", "prospect__candidate"
    )
    return rows.get(pk=bridge.pk)
