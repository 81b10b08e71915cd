"""Removing a member: with reasons, after hearing it, and only by a decision of the others. Source: P18."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.decisions import services as decisions
from tequio.decisions.rules import Kind, Matter
from tequio.membership import access, events, selectors
from tequio.membership.models import OPEN_REMOVALS, Removal, RemovalState
from tequio.networks import selectors as networks
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import services as people
from tequio.people.models import Membership, Status
from tequio.register.events import ref_of


@transaction.atomic
def open_removal(
    *, by: Actor, network: Network, membership: Membership, reasons: str, language: str
) -> Removal:
    """Say why a member should not be one any more, and give it the days of the charter to speak before anybody decides."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    access.open_removal.require(by, membership)
    if not reasons.strip():
        raise Refused(_("Say why: the organization has a right to know."))
    if Removal.objects.filter(membership=membership, state__in=OPEN_REMOVALS).exists():
        raise Refused(_("This is open already."))
    removal = Removal.objects.create(
        membership=membership,
        reasons=reasons.strip(),
        language=language,
        opened_by_id=by.participant_id or 0,
        opened_at=clock.now(),
        heard_until=clock.today() + timedelta(days=networks.governance().hearing_days),
    )
    events.removal_opened.record(
        removal, by=by, name=membership.name, until=removal.heard_until, private={"reasons": removal.reasons}
    )
    _let_it_speak(removal, network)
    return removal


def _let_it_speak(removal: Removal, network: Network) -> None:
    path = reverse("membership:removal", args=[network.slug, removal.uuid])
    speaking = people.speaking_for(membership=removal.membership)
    notify.ask_each(
        person_ids=[each.person_id for each in speaking],
        kind="hear",
        title=gettext_lazy("The coordination asks whether you stay"),
        why=gettext_lazy("Read its reasons and give your answer. The others read both before they decide."),
        minutes=15,
        path=path,
        subject=ref_of(removal),
        alone=True,
    )
    for each in speaking:
        notify.mail(
            person_id=each.person_id,
            address=each.person.email,
            language=each.person.language,
            kind="ask",
            template="membership/mail/removal",
            context={"removal": removal, "network": network, "path": path},
            key=f"membership.removal:{removal.uuid}:{each.person_id}",
        )


@transaction.atomic
def be_heard(*, by: Actor, removal: Removal, words: str) -> Removal:
    """Keep what the member says to the reasons; it may say it anew until it is decided."""
    removal = _hold(removal)
    access.be_heard.require(by, removal)
    if not words.strip():
        raise Refused(_("Write your answer first."))
    removal.said, removal.said_at, removal.said_by_id = words.strip(), clock.now(), by.participant_id
    removal.save(update_fields=["said", "said_at", "said_by"])
    notify.close_asks(subject=ref_of(removal), because=notify.Closed.DONE)
    events.removal_heard.record(removal, by=by, name=removal.membership.name, private={"said": removal.said})
    return removal


def _hold(removal: Removal) -> Removal:
    rows = Removal.objects.select_for_update(of=("self",)).select_related("membership")
    return rows.get(pk=removal.pk)


@transaction.atomic
def decide_removal(*, by: Actor, removal: Removal) -> Removal:
    """Put it before the other members, with the reasons and the answer; the member's own voice is not counted."""
    removal = _hold(removal)
    access.decide_removal.require(by, removal, selectors.may_be_decided(removal))
    name = removal.membership.name
    proposal = decisions.propose(
        by=by,
        title=notify.phrase(gettext_lazy("%(name)s is no longer a member"), name=name),
        summary=notify.phrase(
            gettext_lazy(
                "The coordination proposes to end the membership of %(name)s. Its own voice is not counted."
            ),
            name=name,
        ),
        body={removal.language: _told(removal)},
        matter=Matter.STRATEGIC,
        kind=Kind.REMOVAL,
        subject=ref_of(removal.membership),
    )
    decisions.open_round(by=by, proposal=proposal)
    removal.state, removal.proposal = RemovalState.DECIDING, proposal.uuid
    removal.save(update_fields=["state", "proposal"])
    notify.close_asks(subject=ref_of(removal))
    events.removal_decision_opened.record(removal, by=by, name=name, proposal=proposal.uuid)
    return removal


def _told(removal: Removal) -> str:
    with override(removal.language):
        silent = _("It did not answer.")
        parts = [
            _("The reasons"),
            removal.reasons,
            _("What the organization answers"),
            removal.said or silent,
        ]
    return "**{}**\n\n{}\n\n**{}**\n\n{}".format(*parts)


@transaction.atomic
def drop_removal(*, by: Actor, removal: Removal) -> Removal:
    """Let it be: nothing was put before the others yet."""
    removal = _hold(removal)
    access.drop_removal.require(by, removal)
    _end(removal, RemovalState.DROPPED)
    events.removal_dropped.record(removal, by=by, name=removal.membership.name)
    return removal


def _end(removal: Removal, state: RemovalState) -> None:
    removal.state, removal.ended_at = state, clock.now()
    removal.save(update_fields=["state", "ended_at"])
    notify.close_asks(subject=ref_of(removal))


@transaction.atomic
def settle_removal(*, removal: Removal, adopted: bool) -> None:
    """Do what the others decided; told twice, it acts once. A member that left meanwhile has left."""
    removal = _hold(removal)
    if removal.state != RemovalState.DECIDING:
        return
    by, membership = system(removal.network_id), removal.membership
    _end(removal, RemovalState.REMOVED if adopted else RemovalState.KEPT)
    if adopted and membership.ended_on is None:
        people.end_membership(by=by, membership=membership, status=Status.REMOVED)
    event = events.removed if adopted else events.kept
    event.record(removal, by=by, name=membership.name, proposal=removal.proposal, membership=membership.uuid)
