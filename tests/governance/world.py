"""Circles for tests: people, decisions on which seats rest, and two circles tied by a double link."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from tequio.core.actor import Actor, system
from tequio.governance import selectors, services
from tequio.governance.models import Circle
from tequio.governance.rules import Kind, Role
from tequio.networks.models import Network
from tequio.people.models import Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import REGISTRY


@dataclass(frozen=True)
class Circles:
    """The circle around all, one inside it, and the people in them."""

    general: Circle
    learning: Circle
    people: dict[str, Participant]
    decision: UUID


def decided(network: Network, *, step: str = "ADOPTED_BY_CONSENT", title: str = "Elegimos") -> UUID:
    """Enter a decision on which a seat can rest."""
    event = REGISTRY["decisions.adopted"]
    return event.record(
        network, by=system(network.pk), title=title, step=step, uuid=uuid4(), kind="election"
    ).pk


def of(actor: Actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id)


def in_days(days: int) -> date:
    return network_today() + timedelta(days=days)


def build_circles(network: Network, *, people: dict[str, Participant], by: Actor) -> Circles:
    """Open a circle around all and a learning circle, with leader and delegate tied to it."""
    decision = decided(network)
    names = list(people)
    general = services.open_circle(
        by=by, name={"es": "Círculo general"}, aim={"es": "Que la red camine junta"},
        domain=[{"es": "Todo lo común"}, {"es": "Formación"}], members=[people[names[0]]],
    )  # fmt: skip
    learning = services.open_circle(
        by=by, name={"es": "Aprendizaje"}, aim={"es": "Que aprendamos unas de otras"}, parent=general,
        handed_down=list(general.domain.all())[1:], members=[people[name] for name in names[1:]],
    )  # fmt: skip
    keeps = system(network.pk)
    for name, role in zip(names[1:], (Role.LEADER, Role.DELEGATE), strict=False):
        services.seat(
            by=keeps, circle=learning, participant=people[name], role=role, until=in_days(365), entry=decision
        )
        services.seat(
            by=keeps,
            circle=general,
            participant=people[name],
            role=Role.MEMBER,
            until=in_days(365),
            entry=decision,
        )
    return Circles(general, learning, people, decision)


def open_body(network: Network, *, members: list[Participant]) -> Circle:
    """Open the coordination body with its first mandates."""
    return services.open_circle(
        by=system(network.pk), kind=Kind.COORDINATION, name={"es": "Coordinación"},
        aim={"es": "Cuidar lo de todas"}, members=members, entry=decided(network),
    )  # fmt: skip


def is_red(circle: Circle, on: date | None = None) -> bool:
    """Say whether the link of a circle to the one around it is broken."""
    return selectors.red_links(on).filter(pk=circle.pk).exists()
