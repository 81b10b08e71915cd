"""Taking the name of somebody who left for good out of requests to join, and of what was said when a membership was in doubt."""

from __future__ import annotations

from django.db import transaction

from tequio.decisions.services import erase_from_decisions_about
from tequio.membership import selectors
from tequio.membership.models import Application, Removal, State
from tequio.membership.services.applications import withdraw
from tequio.networks.models import Network
from tequio.notify.models import Ask
from tequio.people.rules.names import folded_name
from tequio.people.services.erasing import Erased, empty_entries, rewrite
from tequio.register.events import ref_of


@transaction.atomic
def erase_from_removals(*, erased: Erased) -> None:
    """Rewrite the reasons and the answer without the name, and empty what the register said with it."""
    rows = list(Removal.objects.filter(membership__in=sorted(erased.memberships)))
    for row in rows:
        rewrite(row=row, erased=erased)
    if rows:
        empty_entries(refs={ref_of(row) for row in rows}, erased=erased)


@transaction.atomic
def erase_from_applications(*, erased: Erased) -> None:
    """Erase name and address from requests to join that somebody wrote; one that still waits is taken back.

    What an organization asked for stays. A person's own request loses the name everywhere, also in the decision about it.
    """
    rows = list(Application.objects.filter(selectors.applied_by(erased.participant.person.email)))
    for row in rows:
        if row.state == State.RECEIVED:
            row = withdraw(network=Network.objects.get(pk=row.network_id), application=row)
        if row.of_a_person:
            rewrite(row=row, erased=erased)
            row.name = erased.participant.name
            row.folded = folded_name(row.name)
        row.contact_name, row.contact_email = erased.participant.name, f"{row.uuid}@left.invalid"
        row.save()
    refs = {ref_of(row) for row in rows}
    for ask in Ask.objects.filter(subject__in=sorted(refs)):
        rewrite(row=ask, erased=erased)
    if refs:
        empty_entries(refs=refs, erased=erased)
        erase_from_decisions_about(subjects=refs, erased=erased)
