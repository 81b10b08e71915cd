"""What is under way in the sample networks: a matter that cannot wait, an answer by telephone, a change of the charter."""

from tequio.core.actor import Actor
from tequio.decisions import services as decisions
from tequio.decisions.models import Elector
from tequio.decisions.rules import Matter, Position
from tequio.founding import services as founding
from tequio.networks.models import Network


def decide_before_the_flood(by: Actor, coordinating: Actor, absent: Actor) -> None:
    """Call something urgent; the coordination writes down what somebody answered by telephone."""
    proposal = decisions.propose(
        by=by,
        title={"pt-br": "Adiar a medição de sábado", "es": "Aplazar la medición del sábado"},
        summary={
            "pt-br": "O rio está subindo. Medimos uma semana depois, no mesmo horário.",
            "es": "El río está creciendo. Medimos una semana después, a la misma hora.",
        },
        body={
            "pt-br": "Quem já convidou voluntárias avisa hoje. O kit fica na casa da escola.",
            "es": "Quien ya invitó a voluntarias avisa hoy. El equipo queda en la casa de la escuela.",
        },
        matter=Matter.OPERATIONAL,
        leading_team="Medição",
    )
    opened = decisions.call_urgent(
        by=by, proposal=proposal, why="El río crece y el sábado ya no se podrá pasar."
    )
    decisions.record_answer(
        by=coordinating,
        round=opened,
        elector=Elector.objects.get(round=opened, membership=absent.membership_id),
        given="Rui, por telefone",
        position=Position.CAN_LIVE_WITH,
        concern="Que a escola seja avisada.",
    )


def meet_less_often(by: Actor, network: Network) -> None:
    """Propose to change one article: the setting changes with it, once the members agree."""
    founding.propose_change(
        by=by,
        network=network,
        article="rhythms",
        answers={"workshop": "6"},
        why="Un taller cada mes no nos da tiempo de practicar lo aprendido. Cada dos meses alcanza.",
    )
