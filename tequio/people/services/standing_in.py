"""Passing a member's voice on: for a time, and for good when who carried it left. Source: CTX-21, G-6."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import access, events
from tequio.people.models import Membership, Participant, Substitution, Voice
from tequio.people.selectors.acting import coordinators
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

LONGEST = timedelta(days=366)
TITLE = gettext_lazy("Who speaks for your organization?")
WHY = gettext_lazy("Its delegate left. Until somebody is named, it has no voice in decisions.")


@transaction.atomic
def stand_in(
    *, by: Actor, membership: Membership, participant: Participant, first_on: date, last_on: date
) -> Substitution:
    """Let somebody carry a member's voice from one day to another, both included; nobody else does on these days.

    It begins and ends by the calendar. Who was named for good keeps that.
    """
    access.stand_in.require(by, membership)
    _require_sensible(membership, participant, first_on, last_on)
    Membership.objects.select_for_update().get(pk=membership.pk)
    ends_on = last_on + timedelta(days=1)
    if _overlapping(membership, first_on, ends_on):
        raise Refused(_("Somebody stands in on one of these days already. End that first."))
    made = Substitution.objects.create(
        membership=membership, participant=participant, starts_on=first_on, ends_on=ends_on,
        named_by=Participant.objects.filter(pk=by.participant_id or 0).first(), named_at=clock.now(),
    )  # fmt: skip
    events.stands_in.record(made, by=by, **_told(made))
    return made


def _require_sensible(
    membership: Membership, participant: Participant, first_on: date, last_on: date
) -> None:
    if participant.membership_id != membership.pk or participant.until_on is not None:
        raise Refused(_("This person does not act for this organization."))
    if participant.voice == Voice.DELEGATE:
        raise Refused(_("The delegate carries the voice already. Choose somebody else."))
    if first_on < network_today() or last_on < first_on:
        raise Refused(_("Choose days from today on, the first one first."))
    if last_on - first_on > LONGEST:
        raise Refused(_("A year at most. For longer, name another delegate."))


def _overlapping(membership: Membership, starts_on: date, ends_on: date) -> bool:
    rows = Substitution.objects.filter(membership=membership)
    return rows.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exists()


def _told(row: Substitution) -> dict[str, Any]:
    return {
        "name": row.participant.name,
        "membership": row.membership.name,
        "participant": row.participant.uuid,
        "first": row.starts_on,
        "last": row.ends_on - timedelta(days=1),
    }


@transaction.atomic
def end_standing_in(*, by: Actor, substitution: Substitution) -> None:
    """Give the voice back today, or let a time that has not begun never begin; the register keeps both."""
    access.stand_in.require(by, substitution.membership)
    finish(by=by, substitution=substitution)


def finish(*, by: Actor, substitution: Substitution) -> None:
    """End it, and enter it; who may has been asked before."""
    today = network_today()
    row = Substitution.objects.select_for_update(of=("self",)).filter(pk=substitution.pk).first()
    if row is None or row.ends_on <= today:
        return
    told, substitution.ends_on = _told(row) | {"last": today}, today
    events.stands_in_no_more.record(row.membership, by=by, **told)
    if row.starts_on >= today:
        row.delete()
        return
    row.ends_on = today
    row.save(update_fields=["ends_on"])


def leave_voice(*, by: Actor, participant: Participant) -> None:
    """Pass on what somebody who left carried: a substitute becomes the delegate, or somebody is asked to name one."""
    for row in Substitution.objects.filter(participant=participant, ends_on__gt=network_today()):
        finish(by=by, substitution=row)
    if participant.voice != Voice.DELEGATE or participant.membership_id is None:
        return
    present = Participant.objects.select_for_update().filter(
        membership_id=participant.membership_id, until_on=None
    )
    heir = present.filter(voice=Voice.SUBSTITUTE).order_by("since_on", "pk").first()
    if heir is None:
        _ask_for_delegate(participant.membership, list(present.values_list("person_id", flat=True)))
        return
    heir.voice = Voice.DELEGATE
    heir.save(update_fields=["voice"])
    events.voice_inherited.record(
        heir, by=by, name=heir.name, left=participant.name, membership=participant.membership.name,  # type: ignore[union-attr]
        participant=participant.uuid,
    )  # fmt: skip


def _ask_for_delegate(membership: Membership | None, colleagues: list[int]) -> None:
    """Ask who remains; the coordination, where nobody does."""
    if membership is None or membership.organization_id is None:
        return
    asked = colleagues or list(coordinators().values_list("person_id", flat=True))
    slug = Network.objects.values_list("slug", flat=True).get(pk=membership.network_id)
    notify.ask_each(
        person_ids=asked, kind="delegate", title=TITLE, why=WHY, minutes=2, subject=ref_of(membership),
        path=reverse("people:voice", args=[slug, membership.organization.uuid]),  # type: ignore[union-attr]
    )  # fmt: skip


def voice_found(*, membership: Membership | None) -> None:
    """Take note that a member has a delegate again: nobody is asked for one any more."""
    if membership is not None:
        notify.close_asks(subject=ref_of(membership), kind="delegate")
