"""Ballots for tests: prepared, filled, opened through services; voices enough to be secret."""

from tequio.elections import services
from tequio.elections.models import Ballot
from tequio.people.models import Voice
from tests.world import add_member, add_person

CANDIDATES = ("Amaranta", "Benigna", "Casilda")
RECEIPTS = [f"{number:032x}" for number in range(1, 200)]


def prepare(by, kind="RANKED_ONE", *, names=CANDIDATES, costs=(), **more) -> Ballot:
    """Prepare a ballot with its options."""
    if kind == "FUND":
        more.setdefault("budget_minor", 100_000)
    ballot = services.prepare(
        by=by,
        draft=services.Draft(
            kind=kind, title={"es": "Quién nos representa", "en": "Who represents us"}, **more
        ),
    )
    for place, name in enumerate(names if kind != "YES_NO" else ()):
        cost = (costs or (40_000, 50_000, 60_000))[place] if kind == "FUND" else None
        services.add_option(by=by, ballot=ballot, name=name, statement=f"Soy {name}", cost_minor=cost)
    return ballot


def opened(by, kind="RANKED_ONE", **more) -> Ballot:
    """Prepare and open."""
    return services.open_ballot(by=by, ballot=prepare(by, kind, **more))


def voices(network, count):
    """Add members, each with a delegate; return the delegates."""
    return [
        add_person(network, f"Vocera{n}", membership=add_member(network, f"Barrio {n}"), voice=Voice.DELEGATE)
        for n in range(count)
    ]
