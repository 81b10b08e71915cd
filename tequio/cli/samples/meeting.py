"""A meeting of a circle in a sample network: one decision taken through all its steps, with its record."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.core.actor import Actor
from tequio.decisions import services as decisions
from tequio.decisions.rules import Matter, Position
from tequio.decisions.rules.machine import Stage
from tequio.governance.models import Circle
from tequio.people.models import Participant

TITLE = {"pt-br": "Duas pessoas em cada medição", "es": "Dos personas en cada medición"}
SUMMARY = {
    "pt-br": "Ninguém mede sem companhia: uma pessoa mede e a outra anota.",
    "es": "Nadie mide sin compañía: una persona mide y la otra anota.",
}
IMPRESSIONS = (
    "Me deja más tranquila: la orilla resbala.",
    "Gosto. Também ajuda quem está aprendendo.",
)


def decide_in_a_meeting(circle: Circle, members: Sequence[Actor]) -> None:
    """Let the people of a circle hear, ask, react and consent in a meeting; one concern is kept for the review."""
    first, second = members
    proposal = decisions.propose(
        by=first, title=TITLE, summary=SUMMARY, body={}, matter=Matter.OPERATIONAL, circle=circle,
        touches=dict(circle.domain.order_by("position")[0].texts),
    )  # fmt: skip
    facilitator = Participant.objects.get(pk=first.participant_id or 0)
    live = decisions.start_meeting(by=first, proposal=proposal, facilitator=facilitator)
    live = decisions.take_step(by=first, live=live, to=Stage.CLARIFY)
    question = decisions.ask_question(by=second, proposal=proposal, words="E se só uma pessoa puder ir?")
    decisions.reply(by=first, question=question, words="Se avisa en el grupo, y se mide otro día.")
    live = decisions.take_step(by=first, live=live, to=Stage.REACT)
    for actor, words in zip(members, IMPRESSIONS, strict=True):
        decisions.react(by=actor, proposal=proposal, words=words)
    live = decisions.take_step(by=first, live=live, to=Stage.CONSENT)
    proposal.refresh_from_db()
    assert proposal.round is not None
    decisions.answer(by=first, round=proposal.round, position=Position.AGREE)
    concern = "Em janeiro falta gente: vamos olhar isso na revisão."
    decisions.answer(by=second, round=proposal.round, position=Position.CAN_LIVE_WITH, concern=concern)
