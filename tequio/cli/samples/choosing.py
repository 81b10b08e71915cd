"""Elections of the sample networks: a named ballot whose winner has a seat, and a role that is chosen by consent."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from tequio.core.actor import Actor, system
from tequio.elections import services as elections
from tequio.elections.rules.open_election import Stage
from tequio.governance import services as governance
from tequio.governance.models import Circle
from tequio.governance.rules import Role
from tequio.people.models import Participant

STATEMENTS = (
    "Puedo dar cuatro horas por semana. Quiero que cada acta llegue en dos días.",
    "Vengo de una organización pequeña. Quiero que las pequeñas hablen primero.",
)


def _of(actor: Actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id or 0)


def elect_by_name(everybody: Sequence[Actor], group: Circle) -> None:
    """Let the members choose, in a named ballot that is counted, who joins a working group."""
    first, *candidates = everybody
    ballot = elections.prepare(
        by=first,
        draft=elections.Draft(
            kind="RANKED_ONE",
            title={"es": "Quién entra al equipo de aprendizaje", "pt-br": "Quem entra na equipe de aprendizagem"},
            hours=7 * 24, body=group, role=Role.MEMBER.value, months=12,
        ),
    )  # fmt: skip
    for actor, statement in zip(candidates[:2], STATEMENTS, strict=True):
        elections.add_option(by=first, ballot=ballot, participant=_of(actor), statement=statement)
    elections.open_ballot(by=first, ballot=ballot)
    for actor, ranking in zip(everybody, ([1, 2], [2, 1], [1], [1, 2]), strict=False):
        elections.cast(by=actor, ballot=ballot, paper={"ranking": ranking}, receipt=secrets.token_hex(16))
    if ballot.entitled <= len(everybody):
        elections.close_ballot(by=first, ballot=ballot)


def choose_a_facilitator(circle: Circle, facilitator: Actor, members: Sequence[Actor]) -> None:
    """Let a circle look for who facilitates: the role is described, one name is written, others are awaited."""
    entry = circle.seats.exclude(entry=None).values_list("entry", flat=True)[0]
    for actor in members:
        if not circle.seats.filter(participant=_of(actor), role=Role.MEMBER, ended_at=None).exists():
            keeps = system(circle.network_id)  # what the circle decided, written down for it
            governance.seat(by=keeps, circle=circle, participant=_of(actor), role=Role.MEMBER, entry=entry)
    election = elections.open_election(
        by=facilitator, circle=circle, role=Role.FACILITATOR.value, facilitator=_of(facilitator)
    )
    elections.describe_role(
        by=facilitator, election=election, months=12,
        about="Conduz as reuniões do círculo, e cuida que todas as vozes se escutem.",
        qualifications="Duas horas livres por semana\nSaber escutar e resumir",
    )  # fmt: skip
    for stage in (Stage.TERM, Stage.QUALIFICATIONS, Stage.NOMINATIONS):
        election = elections.step_election(by=facilitator, election=election, to=stage)
    elections.nominate(
        by=members[-1], election=election, nominee=_of(members[0]), reason="Escreve claro, e sempre responde."
    )
