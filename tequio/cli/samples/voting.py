"""Two ballots of a sample network: a fund that was shared out, and objectives that wait for papers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.elections import services as elections
from tequio.elections.models import Ballot

PROJECTS = (
    ("Mentorías entre ciudades", 1_400_00, "Doce encuentros a distancia. Una ciudad enseña y otra aprende."),
    (
        "Fondo de viaje para organizaciones pequeñas",
        1_500_00,
        "Pasajes para ocho personas que hoy no pueden venir.",
    ),
    ("Traducción al portugués", 900_00, "Las guías y las actas de este año, en los dos idiomas."),
    ("Estudio de sonido", 1_200_00, "Equipo prestado para hacer un programa de radio cada mes."),
)
PAPERS = ((1, 3), (1, 2), (2, 3), (1, 4))
OBJECTIVES = (
    ("Que cada ciudad abra su presupuesto", "Datos que cualquiera entiende, en cada ciudad de la red."),
    ("Formar a cien personas jóvenes", "Talleres de gobernanza abierta, con tutoras de la red."),
    ("Una ley modelo de participación", "Un texto que cada organización adapta a su país."),
    ("Cuidar a quienes defienden derechos", "Un protocolo común y un fondo para emergencias."),
    ("Aprender de cada fracaso", "Un encuentro al año sobre lo que no salió bien."),
)


def share_out_a_fund(everybody: Sequence[Actor]) -> None:
    """Let the members share out a common fund, in a secret ballot that is counted."""
    first = everybody[0]
    ballot = _prepared(
        first,
        "FUND",
        {"es": "En qué usamos el fondo común", "pt-br": "Em que usamos o fundo comum"},
        budget=4_000_00,
    )
    for name, cost, statement in PROJECTS:
        elections.add_option(by=first, ballot=ballot, name=name, statement=statement, cost_minor=cost)
    elections.open_ballot(by=first, ballot=ballot)
    for actor, approved in zip(everybody, PAPERS, strict=False):
        paper = {"approve": list(approved)}
        elections.cast(by=actor, ballot=ballot, paper=paper, receipt=secrets.token_hex(16))
    if ballot.entitled <= len(everybody):
        elections.close_ballot(by=first, ballot=ballot)


def choose_objectives(everybody: Sequence[Actor]) -> None:
    """Ask for three to five objectives from a long list; one paper is in the box."""
    first, second = everybody[:2]
    ballot = _prepared(
        first, "OBJECTIVES", {"es": "Nuestros objetivos del año", "pt-br": "Nossos objetivos do ano"}
    )
    for name, statement in OBJECTIVES:
        elections.add_option(by=first, ballot=ballot, name=name, statement=statement)
    elections.open_ballot(by=first, ballot=ballot)
    paper = {"approve": [1, 4]}
    elections.cast(by=second, ballot=ballot, paper=paper, receipt=secrets.token_hex(16))


def _prepared(by: Actor, kind: str, title: Texts, *, budget: int | None = None) -> Ballot:
    draft = elections.Draft(kind=kind, title=title, secret=True, budget_minor=budget, hours=14 * 24)
    return elections.prepare(by=by, draft=draft)
