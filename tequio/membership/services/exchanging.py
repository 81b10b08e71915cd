"""What members need of each other and what they can give. Source: COM-03, MEM-05."""

from collections.abc import Sequence

from django.db import transaction

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.membership import access, events
from tequio.membership.models import Application, Exchange
from tequio.membership.services.welcoming import done_by_member
from tequio.people.models import Membership


@transaction.atomic
def say_exchange(
    *,
    by: Actor,
    membership: Membership,
    looks_for: Sequence[str] = (),
    needs: str = "",
    offers: Sequence[str] = (),
    brings: str = "",
    language: str,
) -> Exchange:
    """Write down what a member needs and what it offers; it may be said anew at any time."""
    access.say_exchange.require(by, membership)
    exchange, _new = Exchange.objects.update_or_create(
        membership=membership,
        defaults={
            "looks_for": list(looks_for), "needs": needs.strip(), "offers": list(offers), "brings": brings.strip(),
            "language": language, "changed_at": clock.now(),
        },
    )  # fmt: skip
    events.exchange_said.record(exchange, by=by, name=membership.name, membership=membership.uuid)
    done_by_member(membership=membership, kind="needs")
    return exchange


def carry_over(*, application: Application, membership: Membership) -> Exchange | None:
    """Keep what an applicant said of needs and offers, once it is a member; nobody types it again."""
    if not (application.benefits or application.needs or application.offers or application.brings):
        return None
    return say_exchange(
        by=system(membership.network_id),
        membership=membership,
        looks_for=application.benefits,
        needs=application.needs,
        offers=application.offers,
        brings=application.brings,
        language=application.language,
    )
