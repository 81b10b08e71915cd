"""Bringing agreements of other networks: each becomes a proposal, and nothing comes into force by itself. Source: P11."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import events, selectors
from tequio.decisions.formats.agreements import Bundle
from tequio.decisions.models import Origin, Proposal
from tequio.decisions.rules import Matter
from tequio.decisions.rules.book import Arrival
from tequio.decisions.selectors.carrying import may_replace
from tequio.decisions.services.proposing import propose
from tequio.networks.models import Network

BRINGS = (Arrival.NEW, Arrival.NEWER)


@transaction.atomic
def bring_agreements(
    *, by: Actor, network: Network, bundle: Bundle, chosen: Collection[int]
) -> list[Proposal]:
    """Write a proposal for each agreement chosen by its place in the file; raise Refused where none can be brought.

    A newer edition of one that is in force here is to take its place, once this network adopts it.
    """
    Network.objects.select_for_update().get(pk=network.pk)  # two who bring the same file bring it once
    found = selectors.arriving(by, bundle, network=network)
    taken = [one for place, one in enumerate(found) if place in chosen and one.arrival in BRINGS]
    if not taken:
        raise Refused(_("Choose at least one agreement that is not here yet."))
    return [_bring(by, bundle, one) for one in taken]


def _bring(by: Actor, bundle: Bundle, one: selectors.Arriving) -> Proposal:
    carried = one.carried
    proposal = propose(
        by=by, title=carried.title, summary=carried.texts["summary"], body=carried.texts["body"],
        cost_now=carried.texts["cost_now"], cost_then=carried.texts["cost_then"], matter=Matter(carried.matter),
        leading_team=carried.leading_team, term_months=carried.term_months,
    )  # fmt: skip
    if old := may_replace(one.before):
        proposal.replaces = old
        proposal.save()
    Origin.objects.create(
        proposal=proposal, network_uuid=bundle.network, network_name=dict(bundle.name), lineage=carried.lineage,
        edition=carried.edition, fingerprint=carried.fingerprint, decided_on=carried.decided_on,
        brought_at=clock.now(),
    )  # fmt: skip
    events.brought.record(
        proposal, by=by, uuid=proposal.uuid, number=proposal.number, title=carried.title, network=bundle.name,
        lineage=carried.lineage, edition=carried.edition, fingerprint=carried.fingerprint,
    )  # fmt: skip
    return proposal
