"""What the sample members need and offer, a date to reflect, and an organization at the door. All of it is made up."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.membership import services as membership
from tequio.membership.rules import Answered
from tequio.networks import selectors as networks
from tequio.networks.models import AnswerKind, Network
from tequio.people.models import Membership


def belong(network: Network, ana: Actor, beto: Actor, joao: Actor) -> None:
    """Let members say what they need and offer, call them together, and let somebody ask to join."""
    _say(
        ana,
        ["FUNDING"],
        "Quien revise presupuestos en inglés.",
        ["EXPERTS"],
        "Un taller de mapas, cada trimestre.",
    )
    _say(
        beto,
        ["EXCHANGE"],
        "Casos de consejos de barrio.",
        ["DISSEMINATION"],
        "Un boletín que leen 3.000 personas. También revisamos presupuestos.",
    )
    _say(
        joao, ["REACH"], "Contatos na imprensa regional.", ["VOLUNTEERS"], "Duas pessoas, um sábado por mês."
    )
    occasion = membership.call_members(
        by=beto,
        kind="REFLECTION",
        title="¿A quién no estamos oyendo?",
        about="Dos horas para mirar quiénes faltan en nuestras reuniones y qué cambiamos para que entren.",
        at=_on(network, days=20),
        online=True,
        place="https://example.org/sala",
        language="es",
    )
    for actor in (ana, beto):
        membership.attend(by=actor, occasion=occasion, comes=True)
    _at_the_door(network)


def _say(actor: Actor, looks_for: list[str], needs: str, offers: list[str], brings: str) -> None:
    membership.say_exchange(
        by=actor,
        membership=Membership.objects.get(pk=actor.membership_id or 0),
        looks_for=looks_for,
        needs=needs,
        offers=offers,
        brings=brings,
        language=actor.language,
    )


def _on(network: Network, *, days: int) -> datetime:
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(16), tzinfo=ZoneInfo(network.time_zone))


def _at_the_door(network: Network) -> None:
    answers = [
        Answered(
            criterion=one.texts,
            meets="YES" if one.answer == AnswerKind.YES_NO else "",
            kind=str(one.answer),
            required=one.required,
            said="" if one.answer == AnswerKind.YES_NO else "Cómo abren su presupuesto a los barrios.",
        )
        for one in networks.criteria()
    ]
    membership.apply(
        network=network,
        name="Laboratorio de Barrios (ejemplo)",
        kind="COLLECTIVE",
        country="PE",
        cities=["Lima"],
        about="Hacemos mapas de los cuidados con vecinas de cuatro barrios.",
        why="Queremos comparar lo que aprendimos con otras ciudades.",
        benefits=["EXCHANGE"],
        needs="Un método para medir el tiempo de cuidado.",
        offers=["EXPERTS"],
        brings="Un taller de mapas a mano.",
        contact_name="Paz (ejemplo)",
        contact_email="paz@barrios.example",
        language="es",
        answers=answers,
    )
