"""Giving a voice to another for a vote, and taking it back. Source: GOVERNANCE 4.4."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events, rules
from tequio.decisions.models import Proposal, Proxy, Round, State
from tequio.networks.models import Governance
from tequio.people.models import Membership, Participant


@transaction.atomic
def give_proxy(
    *, by: Actor, holder: Membership, proposal: Proposal | None = None, on_day: date | None = None
) -> Proxy:
    """Give the actor's voice to another member, for the vote on a decision or for the votes of a day.

    Raises Refused when the other carries enough already, has given its own voice, or when the actor carries one:
    what is given is never passed on.
    """
    governance = Governance.objects.first()
    access.give_proxy.require(by, governance)
    # Both are held still, always in the same order, so that two who give at once cannot pass the limit.
    pair = Membership.objects.select_for_update().filter(pk__in=[holder.pk, by.membership_id]).order_by("pk")
    giver = next((one for one in pair if one.pk == by.membership_id), None)
    if giver is None or giver.pk == holder.pk:
        raise Refused(_("A voice is given to another member."))
    if (proposal is None) == (on_day is None):
        raise Refused(_("Say for which decision, or for which day."))
    if proposal is not None:
        if proposal.circle_id is not None:
            raise Refused(_("Inside a circle each person answers alone."))
        proposal = (
            Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
        )
    _require_time(proposal, on_day)
    here = Proxy.objects.filter(ended_at=None, proposal=proposal, on_day=on_day)
    if here.filter(giver=holder).exists() or here.filter(holder=giver).exists():
        raise Refused(_("Who carries a voice cannot give its own away, and the other way round."))
    if here.filter(holder=holder).count() >= (governance.proxies_at_most if governance else 0):
        raise Refused(_("That member carries as many voices as the charter lets it."))
    try:
        with transaction.atomic():
            given = Proxy.objects.create(
                giver=giver, holder=holder, proposal=proposal, on_day=on_day,
                given_by=Participant.objects.get(pk=by.participant_id or 0), given_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("You have given this voice already. Take it back first.")) from None
    events.proxy_given.record(given, by=by, **_about(given))
    return given


def _require_time(proposal: Proposal | None, on_day: date | None) -> None:
    if proposal is not None and proposal.state not in (State.DRAFT, State.CONSENT, State.OBJECTED):
        raise Refused(_("The vote is open, or it is decided: voices are given before."))
    if on_day is not None and on_day < clock.today():
        raise Refused(_("That day is over."))


@transaction.atomic
def take_proxy_back(*, by: Actor, proxy: Proxy) -> Proxy:
    """Take a given voice back; it is too late once the vote that it is for has opened."""
    proxy = (
        Proxy.objects.select_for_update(of=("self",))
        .select_related("giver", "holder", "proposal__version")
        .get(pk=proxy.pk)
    )
    access.take_proxy_back.require(by, proxy)
    proxy.ended_at = clock.now()
    proxy.save(update_fields=["ended_at"])
    events.proxy_taken_back.record(proxy, by=by, **_about(proxy))
    return proxy


def _about(proxy: Proxy) -> dict[str, Any]:
    version = proxy.proposal.version if proxy.proposal else None
    return {
        "giver": proxy.giver.name,
        "holder": proxy.holder.name,
        "decision": str(proxy.proposal.number) if proxy.proposal else "",
        "title": str(version.title) if version else "",
        "day": proxy.on_day.isoformat() if proxy.on_day else "",
    }


def carried_voices(*, round: Round, voices: Sequence[Membership] | Sequence[Participant]) -> dict[int, int]:
    """Return who carries whose voice in a vote that opens: giver to proxy. In a consent round nobody does."""
    if not round.is_vote or not round.proxies_at_most:
        return {}
    rows = Proxy.objects.select_for_update().filter(
        Q(proposal=round.proposal_id) | Q(on_day=clock.today()), ended_at=None
    )
    given = [rules.Given(one.giver_id, one.holder_id, one.proposal_id is not None, one.pk) for one in rows]
    found = rules.carried(given, entitled={one.pk for one in voices}, at_most=round.proxies_at_most)
    return {giver: one.order for giver, one in found.items()}
