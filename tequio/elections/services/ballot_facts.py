"""What every write of ballots begins and ends with: holding one, and saying it as plain facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse

from tequio.elections.models import Ballot, Option, Voter
from tequio.networks.models import Network

BALLOTS = 20_486


def hold_ballot(*, ballot: Ballot, shared: bool = False) -> Ballot:
    """Keep a ballot from changing; shared, from changing while papers are cast side by side."""
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [BALLOTS, ballot.pk % 2**31])
    return Ballot.objects.select_related("circle", "body").get(pk=ballot.pk)


def path_of_ballot(*, ballot: Ballot, name: str = "ballot") -> str:
    """Return the address of a page of a ballot."""
    slug = Network.objects.values_list("slug", flat=True).get(pk=ballot.network_id)
    return reverse(f"elections:{name}", args=[slug, ballot.number])


def full_hour(*, end: datetime) -> datetime:
    """Return the end of the hour, in which ballots close."""
    full = end.replace(minute=0, second=0, microsecond=0)
    return full if full == end else full + timedelta(hours=1)


def about(*, ballot: Ballot) -> dict[str, Any]:
    """Return what each entry of the register says of a ballot."""
    return {"uuid": ballot.uuid, "number": ballot.number, "title": ballot.title}


def named(*, voters: Iterable[Voter]) -> list[dict[str, str]]:
    """Name an electorate, by the number of each: who is not in it can see that too."""
    whose = [one.membership or one.participant for one in voters]
    return sorted(
        ({"uuid": str(one.uuid), "name": one.name} for one in whose if one is not None),
        key=lambda one: one["uuid"],
    )


def weights_of(*, voters: Iterable[Voter]) -> dict[str, int]:
    """Return by number what the papers of voices count, where that is more than one."""
    return {str(one.membership.uuid): one.weight for one in voters if one.membership and one.weight > 1}


def asked_about(*, ballot: Ballot, found: Iterable[Option]) -> dict[str, Any]:
    """Return what is counted, and how, as plain facts."""
    return {
        "kind": ballot.kind,
        "secret": ballot.secret,
        "options": [_option(one, ballot.currency) for one in found],
        "seats": ballot.seats,
        "most": ballot.most,
        "highest": ballot.highest,
        "majority": [ballot.majority_numerator, ballot.majority_denominator],
        **({"budget": str(ballot.budget.amount), "currency": ballot.currency} if ballot.budget else {}),
        **(
            {"body": str(ballot.body.uuid), "role": ballot.role, "months": ballot.months}
            if ballot.body is not None
            else {}
        ),
    }


def _option(one: Option, currency: str) -> dict[str, Any]:
    told: dict[str, Any] = {"number": one.number, "name": one.name}
    for sort, whose in (("person", one.participant), ("member", one.membership)):
        if whose is not None:
            told[sort] = str(whose.uuid)
    if one.cost_minor:
        told["cost"] = str(one.cost(currency))
    return told
