"""Founders for the tests: Rosa starts, Ana and João are invited and come."""

from collections.abc import Mapping
from typing import Any

from tequio.core.actor import Actor, system
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Position
from tequio.founding import rules, selectors, services
from tequio.founding.models import Charter, CharterChange
from tequio.networks.models import Network
from tequio.people import services as people
from tequio.people.models import Person
from tequio.people.selectors import find_actor

CONTACTS = [
    {"name": "Luz Pérez", "reach": "+57 300 000 0000", "outside": ""},
    {"name": "Inés Gómez", "reach": "ines@example.org", "outside": True},
]


def person(name: str) -> Person:
    return people.person_for(email=f"{name.lower()}@example.org", name=name, language="es")


def acting(name: str) -> Actor:
    """Return somebody as acting in the network of the scope."""
    actor = find_actor(person(name))
    assert actor is not None
    return actor


def founder(name: str, organization: str, network: Network) -> Actor:
    """Seat another founder, as an accepted invitation does."""
    services.seat_founder(by=system(network.pk), person=person(name), organization=organization)
    return acting(name)


def save(
    by: Actor,
    network: Network,
    topic: str,
    answers: Mapping[str, Any] | None = None,
    *,
    language: str = "es",
    base: int = 0,
    rows: Any = (),
    **bodies: str,
) -> services.Save:
    """Save a topic: ``bodies`` are shared texts by their question."""
    shared = {code: (base, body, list(rows)) for code, body in bodies.items()}
    return services.save_topic(
        by=by, network=network, topic=topic, answers=answers or {}, shared=shared, language=language
    )


def answer_enough(by: Actor, network: Network) -> None:
    """Answer what a network cannot do without."""
    save(by, network, "why", purpose="Cuidar el agua entre todas.")
    save(by, network, "model", {"model": "VERTICAL"})
    save(by, network, "contacts", contacts="", rows=CONTACTS)
    save(by, network, "ethics", code="Nos cuidamos.", commitments="Hablar de cuidado")


def agree_all(by: Actor, network: Network) -> None:
    """Agree to every step as it stands."""
    for step in rules.STEPS:
        state = selectors.path(by, network).state(step)
        services.agree_step(by=by, network=network, step=step, state=state)


def ratify(network: Network, *actors: Actor) -> Charter:
    """Ask for ratification, and let every founder consent."""
    charter = services.open_ratification(by=actors[0], network=network)
    consent(charter, *actors)
    return charter


def consent(charter: Charter, *actors: Actor) -> None:
    """Consent to a charter."""
    opened = Proposal.objects.get(uuid=charter.proposal).round
    for actor in actors:
        decisions.answer(by=actor, round=opened, position=Position.AGREE)


def decide(change: CharterChange, *actors: Actor, objecting: Actor | None = None) -> None:
    """Answer the round on a change of the charter, and close it."""
    opened = Proposal.objects.get(uuid=change.proposal).round
    for actor in actors:
        if actor is objecting:
            decisions.answer(
                by=actor, round=opened, position=Position.OBJECT, reason="Es mucho.", mend="Menos."
            )
        else:
            decisions.answer(by=actor, round=opened, position=Position.AGREE)
    opened.refresh_from_db()
    if opened.closed_at is None:
        decisions.close_round(by=actors[0], round=opened)
