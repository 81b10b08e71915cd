"""A number that members make themselves: secrets that organizations promise first, and show afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.elections import access, events, selectors
from tequio.elections.models import Lot, LotState, SecretPromise
from tequio.elections.rules import beacon
from tequio.elections.services.lots import hold, path_of, require_ahead, said_moment
from tequio.elections.services.lots_drawn import make_draw
from tequio.notify import services as notify
from tequio.people.models import Membership
from tequio.register.events import ref_of


@transaction.atomic
def ask_for_secrets(*, by: Actor, lot: Lot, until: datetime) -> Lot:
    """Ask every organization to promise a secret until a moment; together they make the number. Source: GOV-18.

    Asked again where too few promised: those that are there stay. Raises Refused where there are no three organizations.
    """
    lot = hold(lot=lot)
    rows = selectors.promises(lot)
    access.ask_for_secrets.require(by, lot, selectors.promised_enough(rows))
    require_ahead(now=clock.now(), at=until)
    members = set(selectors.eligible_members().values_list("pk", flat=True))
    if len(members) < beacon.PROMISES:
        raise Refused(_("This takes three organizations at least. Use the source outside."))
    lot.state, lot.promise_until = LotState.PROMISING, until
    lot.save(update_fields=["state", "promise_until"])
    events.secrets_asked.record(
        lot, by=by, title=lot.title, commitment=lot.commitment, until=said_moment(at=until), uuid=lot.uuid
    )
    waiting = members - {row.membership_id for row in rows}
    notify.ask_each(
        person_ids=selectors.persons_of(participants=(), members=waiting), kind="promise", title=lot.title, minutes=3,
        path=path_of(lot=lot, name="promise"), subject=ref_of(lot), due_at=until, handable=False,
        why=gettext_lazy("Promise a secret for this lot, so that nobody alone can choose who is drawn."),
    )  # fmt: skip
    return lot


@transaction.atomic
def promise_secret(*, by: Actor, lot: Lot, promise: str) -> SecretPromise:
    """Promise a secret by its SHA-256, once, for the organization whose voice one carries.

    Raises Refused for what is no SHA-256, and for one that another promised.
    """
    lot = hold(lot=lot)
    rows = selectors.promises(lot)
    access.promise_secret.require(by, lot, selectors.own_promise(by, rows))
    member = Membership.objects.select_related("organization").get(pk=by.membership_id or 0)
    if member.organization is None:
        raise Refused(_("Organizations promise secrets."))
    promise = "".join(promise.split()).lower()
    if not beacon.is_digest(promise):
        raise Refused(_("A promise has 64 signs, from 0 to 9 and from a to f."))
    if any(row.promise == promise for row in rows):
        raise Refused(_("Another organization promised this. Make a secret of your own."))
    row = SecretPromise.objects.create(
        lot=lot,
        membership=member,
        country=member.organization.country,
        promise=promise,
        promised_at=clock.now(),
    )
    _close_asks_of(lot, member)
    events.secret_promised.record(
        row,
        by=by,
        title=lot.title,
        name=member.name,
        member=member.uuid,
        promise=promise,
        commitment=lot.commitment,
    )
    return row


@transaction.atomic
def show_secret(*, by: Actor, lot: Lot, secret: str) -> Lot:
    """Show the secret that was promised; with the last one, the draw is made at once. Raises Refused for another one."""
    lot = hold(lot=lot)
    rows = selectors.promises(lot)
    own = selectors.own_promise(by, rows)
    access.show_secret.require(by, lot, own)
    assert own is not None
    secret = "".join(secret.split()).lower()
    if beacon.broken_promises({"own": own.promise}, {"own": secret}):
        raise Refused(_("This is not the secret that your organization promised."))
    own.shown, own.shown_at = secret, clock.now()
    own.save(update_fields=["shown", "shown_at"])
    _close_asks_of(lot, own.membership)
    events.secret_shown.record(
        own, by=by, title=lot.title, name=own.membership.name, member=own.membership.uuid, secret=secret,
        commitment=lot.commitment,
    )  # fmt: skip
    return make_draw(lot=lot) if all(row.shown for row in rows) else lot


def _close_asks_of(lot: Lot, member: Membership) -> None:
    for person_id in selectors.persons_of(participants=(), members={member.pk}):
        for kind in ("promise", "show_secret"):
            notify.close_asks(subject=ref_of(lot), person_id=person_id, kind=kind)
