"""Ballots, lots and an open election behind the addresses of a network, each ballot with marks of that network."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.elections import services
from tequio.elections.models import Ballot, Lot
from tequio.governance.models import Circle
from tequio.people.models import Participant

OF_A_DRAFT = ("option", "remove-option", "statement", "open")
OF_AN_OPEN_ONE = ("cast", "close", "extend")
OF_A_COUNTED_ONE = ("papers", "file")
OF_A_CLOSED_LIST = ("announce", "secrets", "steps", "lot-file")
OF_AN_ELECTION = ("election", "election-mark", "election-end", "election-step")


def ballots(by: Actor, taken: Iterator[str]) -> dict[str, list[Any]]:
    """Return what stands in the addresses of ballots: one of each state, and two whose papers are named."""
    draft, box, counted = (_ballot(by, taken, state) for state in ("DRAFT", "OPEN", "CLOSED"))
    named_draft, named_box = (_ballot(by, taken, state, secret=False) for state in ("DRAFT", "OPEN"))
    return {
        "elections:ballot number": [draft, box, counted],
        **{f"elections:{page} number": [draft] for page in OF_A_DRAFT},
        "elections:weights number": [named_draft],
        "elections:record number": [named_box],
        **{f"elections:{page} number": [box] for page in OF_AN_OPEN_ONE},
        **{f"elections:{page} number": [counted] for page in OF_A_COUNTED_ONE},
        "option_number": [1],
    }


def lots(by: Actor) -> dict[str, list[Any]]:
    """Return what stands in the addresses of lots: one whose list is open, and one whose list was closed."""
    opened, closed = _lots(by)
    return {
        "lot": [opened.uuid],
        **{f"elections:{page} lot": [closed.uuid] for page in OF_A_CLOSED_LIST},
        "code": [opened.entrants.order_by("pk")[0].code],
    }


def open_elections(circle: Circle, facilitator: Participant) -> dict[str, list[Any]]:
    """Begin to choose who facilitates a circle; return what stands in the addresses of that election."""
    by = system(circle.network_id)  # whoever furnishes need not be a member of it
    begun = services.open_election(by=by, circle=circle, role="FACILITATOR", facilitator=facilitator)
    return {f"elections:{page} uuid": [begun.uuid] for page in OF_AN_ELECTION}


def _ballot(by: Actor, taken: Iterator[str], state: str, *, secret: bool = True) -> int:
    """Prepare a ballot with two candidates; open it, and count it, where that is asked for."""
    draft = services.Draft(
        kind="RANKED_ONE", title={"es": next(taken)}, about={"es": next(taken)}, secret=secret
    )
    ballot = services.prepare(by=by, draft=draft)
    for _number in range(2):
        services.add_option(by=by, ballot=ballot, name=next(taken), statement=next(taken))
    if state != "DRAFT":
        services.open_ballot(by=by, ballot=ballot)
    if state == "CLOSED":
        services.cast(by=by, ballot=ballot, paper={"ranking": [1]}, receipt="0" * 32)
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=clock.now())
        services.close_ballot(by=by, ballot=ballot)
    return ballot.number


def _lots(by: Actor) -> tuple[Lot, Lot]:
    """Make a lot whose list is open, and one whose list was closed; what they are about is public, so it is no canary."""
    about = {
        "of": "PEOPLE",
        "size": 1,
        "title": "Quién va al encuentro",
        "about": "A la vista de quien quiera.",
    }
    with clock.at(clock.now() - timedelta(days=4)):
        closed = services.hold_lot(by=by, **about)
    services.freeze_lot(by=by, lot=closed)
    return services.hold_lot(by=by, features=["country"], **about), closed
