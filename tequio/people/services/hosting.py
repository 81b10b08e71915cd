"""Saying who stands behind the network, and agreeing with another network that it does. Source: CTX-01, CTX-03.

Each network writes its own side in its own scope: neither reads anything of the other but its name and its address.
"""

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.networks.models import HostKind, Network
from tequio.notify import services as notify
from tequio.people import access, events
from tequio.people.models import Agreement, Host, Hosting, Organization, Side
from tequio.people.rules.hosting import Wrong, wrong_with
from tequio.people.selectors.acting import coordinators
from tequio.people.selectors.hosting import LIVING
from tequio.people.selectors.voices import network_today

HIGHEST = 20
REASONS = {
    Wrong.ONE: gettext_lazy("Choose one organization."),
    Wrong.SEVERAL: gettext_lazy("Choose two organizations or more."),
    Wrong.COORDINATION: gettext_lazy("Say which of them coordinates the consortium."),
    Wrong.NONE: gettext_lazy("A network stands behind it: choose no organization."),
}
TITLE = gettext_lazy("A network asks this one to host it")


@transaction.atomic
def set_hosts(
    *,
    by: Actor,
    network: Network,
    kind: str,
    organizations: Collection[Organization],
    coordinating: Organization | None = None,
) -> None:
    """Write down who stands behind the network: one organization, a group, a consortium with its coordinating member.

    Raises ``Refused`` where the kind and the organizations do not fit.
    """
    access.set_hosts.require(by)
    chosen = {row.pk: row for row in organizations}
    leads = (
        coordinating if kind == HostKind.CONSORTIUM and coordinating and coordinating.pk in chosen else None
    )
    if wrong := wrong_with(kind, hosts=len(chosen), coordinating=leads is not None):
        raise Refused(str(REASONS[wrong]))
    today = network_today()
    Host.objects.filter(until_on=None).exclude(organization__in=chosen).update(
        until_on=today, coordinates=False
    )
    known = set(Host.objects.filter(until_on=None).values_list("organization", flat=True))
    Host.objects.bulk_create(
        [Host(organization=chosen[pk], since_on=today) for pk in chosen if pk not in known]
    )
    _coordinate(leads)
    Network.objects.filter(pk=network.pk).update(host_kind=kind)
    network.host_kind = kind
    events.hosts_set.record(
        network, by=by, kind=kind, names=", ".join(sorted(row.name for row in chosen.values())),
        coordinating=leads.name if leads else None,
    )  # fmt: skip


def _coordinate(organization: Organization | None) -> None:
    Host.objects.filter(until_on=None, coordinates=True).exclude(organization=organization).update(
        coordinates=False
    )
    if organization is not None:
        Host.objects.filter(until_on=None, organization=organization).update(coordinates=True)


@transaction.atomic
def begin_hosting(*, by: Actor, network: Network, organization: Organization) -> Host:
    """Write down the first organization behind a network that starts; a consortium's first one coordinates it."""
    access.set_hosts.require(by)
    leads = network.host_kind == HostKind.CONSORTIUM
    made = Host.objects.create(organization=organization, coordinates=leads, since_on=network_today())
    events.hosts_set.record(
        network, by=by, kind=network.host_kind, names=organization.name,
        coordinating=organization.name if leads else None,
    )  # fmt: skip
    return made


@transaction.atomic
def hand_over_consortium(*, by: Actor, to: Organization) -> None:
    """Let another member of the consortium coordinate it; the register keeps who did before."""
    rows = Host.objects.select_for_update(of=("self",)).filter(until_on=None).select_related("organization")
    present = {row.organization_id: row for row in rows}
    before = next((row for row in present.values() if row.coordinates), None)
    access.hand_over_consortium.require(by, before)
    if to.pk not in present or before is None:
        raise Refused(_("Only an organization of the consortium can coordinate it."))
    if before.organization_id == to.pk:
        return
    _coordinate(to)
    events.consortium_handed_over.record(present[to.pk], by=by, name=to.name, before=before.organization.name)


@transaction.atomic
def ask_to_be_hosted(*, by: Actor, network: Network, host: Network) -> Hosting:
    """Ask another network to stand behind this one; its coordination agrees or declines. Both registers say so."""
    access.agree_on_hosting.require(by)
    if Hosting.objects.filter(side=Side.HOSTED, state__in=LIVING).exists():
        raise Refused(_("One network is asked already, or stands behind this one. End that first."))
    _require_no_circle(network, host)
    made = Hosting.objects.create(side=Side.HOSTED, other=host, asked_at=clock.now())
    events.hosting_asked.record(made, by=by, title=host.name, slug=host.slug)
    with network_scope(host.pk):
        theirs = Hosting.objects.create(side=Side.HOSTS, other=network, asked_at=made.asked_at)
        events.hosting_requested.record(theirs, by=system(host.pk), title=network.name, slug=network.slug)
        _ask_coordination(host, theirs)
    return made


def _require_no_circle(network: Network, host: Network) -> None:
    """Refuse a host that is itself hosted, however far up, by the network that asks."""
    above: int | None = host.pk
    for _step in range(HIGHEST):
        if above is None:
            return
        if above == network.pk:
            raise Refused(_("That network is hosted by this one, and nobody hosts their own host."))
        with network_scope(above):
            rows = Hosting.objects.filter(side=Side.HOSTED, state__in=LIVING)
            above = rows.values_list("other", flat=True).first()
    raise Refused(_("That network stands too deep below others."))


def _ask_coordination(host: Network, theirs: Hosting) -> None:
    notify.ask_each(
        person_ids=list(coordinators().values_list("person_id", flat=True)), kind="hosting", title=TITLE, minutes=3,
        path=reverse("people:answer-hosting", args=[host.slug, theirs.pk]), subject=_subject(theirs),
    )  # fmt: skip


def _subject(row: Hosting) -> str:
    return f"people.Hosting:{row.pk}"


@transaction.atomic
def answer_hosting(*, by: Actor, network: Network, row: Hosting, accept: bool, reason: str = "") -> None:
    """Agree to stand behind a network that asked, or decline with a reason that it reads."""
    access.agree_on_hosting.require(by)
    if not accept and not reason.strip():
        raise Refused(_("Say why: the network that asked reads it."))
    other, state = row.other, Agreement.ACCEPTED if accept else Agreement.DECLINED
    _settle(Side.HOSTS, other, state, reason, was=[Agreement.ASKED])
    notify.close_asks(subject=_subject(row))
    event = events.hosting_accepted if accept else events.hosting_declined
    event.record(row, by=by, title=other.name, slug=other.slug, reason=reason)
    with network_scope(other.pk):
        theirs = _settle(Side.HOSTED, network, state, reason, was=[Agreement.ASKED])
        event = events.hosted_now if accept else events.hosting_refused
        event.record(theirs, by=system(other.pk), title=network.name, slug=network.slug, reason=reason)


@transaction.atomic
def end_hosting(*, by: Actor, network: Network, row: Hosting) -> None:
    """End it from either side, or take the asking back; who was asked answers instead. Both registers say so."""
    access.agree_on_hosting.require(by)
    other, side = row.other, Side(row.side)
    was = LIVING if side == Side.HOSTED else [Agreement.ACCEPTED]
    notify.close_asks(subject=_subject(row))
    _settle(side, other, Agreement.ENDED, "", was=was)
    events.hosting_ended.record(row, by=by, title=other.name, slug=other.slug, side=side.value)
    with network_scope(other.pk):
        across = Side.HOSTS if side == Side.HOSTED else Side.HOSTED
        theirs = _settle(across, network, Agreement.ENDED, "", was=was)
        notify.close_asks(subject=_subject(theirs))
        events.hosting_ended.record(
            theirs, by=system(other.pk), title=network.name, slug=network.slug, side=across.value
        )


def _settle(
    side: Side, other: Network, state: Agreement, reason: str, *, was: Collection[Agreement]
) -> Hosting:
    """Write what became of it on the side where we are; raise ``Refused`` where it is not as it ``was``."""
    rows = Hosting.objects.select_for_update(of=("self",)).filter(side=side, other=other, state__in=was)
    row = rows.first()
    if row is None:
        raise Refused(_("This was answered, or ended, meanwhile. Look again."))
    row.state, row.reason, row.answered_at = state, reason, clock.now()
    row.save(update_fields=["state", "reason", "answered_at"])
    return row
