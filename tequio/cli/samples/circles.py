"""Circles of one sample network, with a link that is broken; the coordination and the working groups of the other."""

from datetime import date, timedelta
from uuid import UUID

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts
from tequio.decisions import services as decisions
from tequio.decisions.models import Outcome
from tequio.decisions.rules import Kind, Matter, Position
from tequio.founding import services as founding
from tequio.governance import services as governance
from tequio.governance.models import Circle, DomainItem
from tequio.governance.rules import Kind as Group
from tequio.governance.rules import Role
from tequio.networks.models import Network
from tequio.people.models import Participant


def tie_the_circles(network: Network, carla: Actor, lucia: Actor, rui: Actor) -> None:
    """Open three circles inside a general one; two are tied to it by two people, and one still lacks its delegate."""
    founding.open_areas(by=carla, network=network)
    general = Circle.objects.get(kind=Group.CIRCLE, parent=None)
    measuring = Circle.objects.filter(parent=general).order_by("pk")[0]
    entry = _choose_who_ties((carla, lucia, rui))
    learning = _open(
        carla, general, {"pt-br": "Aprendizagem", "es": "Aprendizaje"},
        {"pt-br": "O que um bairro sabe, todos podem aprender.", "es": "Lo que un barrio sabe, todos lo pueden aprender."},
        {"pt-br": "Oficinas e suas datas", "es": "Los talleres y sus fechas"}, entry,
    )  # fmt: skip
    talking = _open(
        carla, general, {"pt-br": "Comunicação", "es": "Comunicación"},
        {"pt-br": "Que a cidade saiba como está o rio.", "es": "Que la ciudad sepa cómo está el río."},
        {"pt-br": "Canais públicos", "es": "Los canales públicos"}, entry,
    )  # fmt: skip
    for actor in (lucia, rui):
        _sit(general, actor, Role.MEMBER, entry)
    for circle, leader, delegate in ((measuring, lucia, rui), (learning, rui, carla), (talking, carla, None)):
        _tie(circle, leader, delegate, entry)
    _sit(general, lucia, Role.FACILITATOR, entry)
    _sit(general, rui, Role.SECRETARY, entry)
    governance.write_flow(
        by=rui, circle=measuring, direction="UP", language="pt-br",
        words="Faltam três kits para medir na parte alta do rio.",
    )  # fmt: skip
    governance.write_flow(
        by=lucia, circle=measuring, direction="DOWN", language="es",
        words="El círculo general consintió usar el mismo equipo en todos los barrios.",
    )  # fmt: skip


def _choose_who_ties(everybody: tuple[Actor, ...]) -> UUID:
    """Let everybody consent to who leads and who is delegate, and return the entry on which the seats rest."""
    first = everybody[0]
    proposal = decisions.propose(
        by=first,
        kind=Kind.ELECTION,
        title={"pt-br": "Quem liga os nossos círculos", "es": "Quién une nuestros círculos"},
        summary={
            "pt-br": "Cada círculo tem quem lidera e uma delegada, por um ano.",
            "es": "Cada círculo tiene quien lidera y una delegada, por un año.",
        },
        body={
            "pt-br": "Medição: Lucía e Rui. Aprendizagem: Rui e Carla. Comunicação: Carla; a delegada, ainda não.",
            "es": "Medición: Lucía y Rui. Aprendizaje: Rui y Carla. Comunicación: Carla; la delegada, todavía no.",
        },
        matter=Matter.STRATEGIC,
    )
    opened = decisions.open_round(by=first, proposal=proposal)
    for actor in everybody:
        decisions.answer(by=actor, round=opened, position=Position.AGREE)
    entry: UUID | None = Outcome.objects.get(round=opened).entry_id
    if entry is None:
        raise LookupError("The round did not end.")
    return entry


def _open(by: Actor, around: Circle, name: Texts, aim: Texts, part: Texts, entry: UUID) -> Circle:
    item = DomainItem.objects.create(circle=around, texts=dict(part), position=around.domain.count())
    return governance.open_circle(by=by, name=name, aim=aim, parent=around, handed_down=[item], entry=entry)


def _tie(circle: Circle, leader: Actor, delegate: Actor | None, entry: UUID) -> None:
    for actor, role in ((leader, Role.LEADER), (delegate, Role.DELEGATE)):
        if actor is not None:
            _sit(circle, actor, Role.MEMBER, entry)
            _sit(circle, actor, role, entry)


def _sit(circle: Circle, actor: Actor, role: str, entry: UUID) -> None:
    """Seat somebody who has no such seat yet."""
    participant = Participant.objects.get(pk=actor.participant_id or 0)
    if not circle.seats.filter(participant=participant, role=role, ended_at=None).exists():
        until = None if role == Role.MEMBER else _in_a_year()
        keeps = system(circle.network_id)  # what the circle decided, written down for it
        governance.seat(by=keeps, circle=circle, participant=participant, role=role, until=until, entry=entry)


def _in_a_year() -> date:
    return clock.today() + timedelta(days=365)


def put_groups_to_work(network: Network, ana: Actor, joao: Actor) -> None:
    """Give whoever coordinates a mandate, open what the charter names, and let one group report."""
    founding.open_areas(by=ana, network=network)
    groups = list(Circle.objects.filter(kind=Group.WORKING_GROUP).order_by("pk"))
    learning, talking = groups[1], groups[2]
    for circle, actor in ((learning, ana), (talking, joao)):
        participant = Participant.objects.get(pk=actor.participant_id or 0)
        if not circle.seats.filter(participant=participant).exists():
            governance.seat(by=ana, circle=circle, participant=participant, role=Role.MEMBER)
        governance.seat(by=ana, circle=circle, participant=participant, role=Role.LEADER, until=_in_a_year())
    governance.report(
        by=joao, circle=talking, starts_on=talking.opened_on, language="pt-br",
        words="Saíram quatro e-mails. Falta quem revise as notícias em espanhol.",
    )  # fmt: skip
