"""What the members of the sample networks say about proposals, and a draft that still looks for its words."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.core.actor import Actor
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Matter

BUDGET = (
    "Rubro,USD\nSala y equipo de sonido,900\nComida de dos días,1600\nSubtítulos y sala a distancia,450\n"
)


def talk_about_the_gathering(by: Actor, proposal: Proposal, others: Sequence[Actor]) -> None:
    """Put a budget beside it, relate it to the article on meetings, ask, reply, and say first impressions."""
    first, second = others[0], others[-1]
    decisions.attach(
        by=by,
        proposal=proposal,
        label="Presupuesto del encuentro",
        content=BUDGET.encode(),
        language="es",
        name="presupuesto.csv",
    )
    decisions.relate(by=by, proposal=proposal, source="article", key="rhythms")
    question = decisions.ask_question(
        by=first, proposal=proposal, words="¿Quién paga el viaje de las organizaciones pequeñas?"
    )
    decisions.reply(by=by, question=question, words="El fondo común. Está en el presupuesto de este año.")
    decisions.react(by=first, proposal=proposal, words="Me gusta, si se puede seguir a distancia.")
    decisions.react(by=second, proposal=proposal, words="Ótimo: que venha também quem está começando.")


def hear_the_distance(by: Actor, proposal: Proposal) -> None:
    """Amend the proposal after a concern: who answered sees what changed, and may keep the answer."""
    decisions.amend(
        by=by,
        proposal=proposal,
        why="Habrá una sala a distancia, con subtítulos, para quien no puede viajar.",
        body={
            "es": "En 2022 fuimos 74 personas de 31 ciudades y 19 países. Esta vez cada organización trae a una persona que "
            "no dirige. Quien no puede viajar sigue todo por una sala a distancia, con subtítulos.",
            "pt-br": "Em 2022 fomos 74 pessoas de 31 cidades e 19 países. Desta vez cada organização traz uma pessoa que não "
            "dirige. Quem não pode viajar acompanha tudo por uma sala a distância, com legendas.",
            "en": "In 2022 we were 74 people from 31 cities and 19 countries. This time each organization brings a person who "
            "does not direct it. Whoever cannot travel follows all of it in a room at a distance, with subtitles.",
        },
    )


def draft_a_library(by: Actor, others: Sequence[Actor]) -> None:
    """Write a proposal in one language alone, with a question that waits for its reply."""
    proposal = decisions.propose(
        by=by,
        title={"es": "Una biblioteca común de lo que aprendemos"},
        summary={"es": "Un solo lugar para guardar guías, videos y actas. Cada organización sube lo suyo."},
        body={
            "es": "Cada mes una organización distinta cuida la biblioteca. Lo que lleva datos personales no se sube."
        },
        matter=Matter.OPERATIONAL,
        leading_team="Comunicación",
    )
    decisions.ask_question(by=others[0], proposal=proposal, words="¿Cuánto tiempo al mes lleva cuidarla?")
    decisions.react(by=others[-1], proposal=proposal, words="Buena idea. Empecemos por las guías.")
