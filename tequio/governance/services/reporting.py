"""Asking for a seat, reporting, and writing down what rings may."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.governance import access, events, selectors
from tequio.governance.models import UNGROUNDED, UNREAD, Circle, Report, RingRight
from tequio.governance.rules.grounds import CHARTER, DECIDED
from tequio.governance.rules.rings import MATTERS, Right, Verb, closes, unread
from tequio.governance.rules.terms import stretches
from tequio.networks.models import Model, Network
from tequio.networks.selectors import governance
from tequio.notify import services as notify
from tequio.notify.words import phrase
from tequio.people.models import Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of


@transaction.atomic
def ask_for_seat(*, by: Actor, network: Network, circle: Circle) -> None:
    """Ask a group to take oneself in: its people decide, by consent. Asked twice, it is one request."""
    access.ask_for_seat.require(by, circle, selectors.standing(by, circle))
    me = Participant.objects.get(pk=by.participant_id or 0)
    asked = list(selectors.keepers_of(circle).values_list("person_id", flat=True))
    if not asked:
        raise Refused(_("Nobody is in it yet: ask the coordination."))
    path = reverse("governance:seat", args=[network.slug, circle.uuid])
    notify.ask_each(
        person_ids=asked,
        kind="seat",
        title=phrase(gettext_lazy("%(name)s wants to join “%(circle)s”"), name=me.name, circle=circle.name),
        why=phrase(gettext_lazy("Ask the circle. If nobody objects, write it down.")),
        minutes=5,
        path=f"{path}?who={me.uuid}",
        subject=f"{ref_of(circle)}/{me.pk}",
    )
    events.asked_in.record(circle, by=by, circle=circle.name, uuid=circle.uuid, participant=me.uuid)


@transaction.atomic
def report(*, by: Actor, circle: Circle, starts_on: date, words: str, language: str) -> Report:
    """Report for a group about the stretch of time from a day on, running or over; written again, the words are the new ones.

    Source: GOV-23.
    """
    access.report.require(by, circle, selectors.standing(by, circle))
    if not words.strip():
        raise Refused(_("Write down what it was."))
    if starts_on not in owed(circle=circle, on=network_today()):
        raise Refused(_("There is no report for that time."))
    row, _new = Report.objects.update_or_create(
        circle=circle, starts_on=starts_on,
        defaults={
            "words": words.strip(), "language": language, "participant_id": by.participant_id or 0, "at": clock.now()
        },
    )  # fmt: skip
    notify.close_asks(subject=f"{ref_of(circle)}/report/{starts_on}", because=notify.Closed.DONE)
    events.reported.record(row, by=by, circle=circle.name, uuid=circle.uuid, starts_on=starts_on)
    return row


def owed(*, circle: Circle, on: date) -> list[date]:
    """Return the first days of the stretches about which a group reports: the one that runs, and those before it."""
    every = circle.reports_every or 1
    over = stretches(circle.opened_on, every, on=on)
    return [over[0][1] if over else circle.opened_on, *(start for start, _end in over)]


@transaction.atomic
def set_ring_rights(*, by: Actor, rights: Mapping[Right, int], entry: UUID | None = None) -> None:
    """Write down how far out each right reaches, as the network decided it. Source: GOV-22.

    Whoever opens or decides a matter reads it. All read all until the network agrees otherwise: then ``entry`` is the
    decision, or the charter, that says so. Source: XCT-04.
    """
    access.set_ring_rights.require(by)
    if governance().model == Model.HORIZONTAL:
        raise Refused(_("Circles have no rings: no circle decides above another."))
    for (verb, matter), ring in rights.items():
        if verb not in set(Verb) or matter not in MATTERS or not 0 <= ring <= 9:
            raise Refused(_("There is no such right."))
    before = selectors.ring_rights()
    after = {**before, **rights}
    if unread(after):
        raise Refused(str(UNREAD))
    ground = selectors.ground(entry)
    if closes(after, before) and (ground is None or ground.kind not in (DECIDED, CHARTER)):
        raise Refused(str(UNGROUNDED))
    for (verb, matter), ring in rights.items():
        RingRight.objects.update_or_create(verb=Verb(verb), matter=matter, defaults={"ring": ring})
    said = [f"{verb} {matter} {ring}" for (verb, matter), ring in sorted(rights.items())]
    first = RingRight.objects.first()
    if first is not None:
        events.ring_rights_set.record(
            first, by=by, rights=said, decision=ground.pk if ground is not None else None
        )
