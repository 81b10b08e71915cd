"""A meeting of a circle in a sample network: one decision taken through all its steps, with its record."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.core.actor import Actor
from tequio.decisions import services as decisions
from tequio.decisions.models import Objection, Proposal
from tequio.decisions.rules import Matter, Position
from tequio.decisions.rules.machine import Stage
from tequio.governance.models import Circle
from tequio.people.models import Participant

TITLE = {"pt-br": "Duas pessoas em cada medição", "es": "Dos personas en cada medición"}
SUMMARY = {
    "pt-br": "Ninguém mede sem companhia: uma pessoa mede e a outra anota.",
    "es": "Nadie mide sin compañía: una persona mide y la otra anota.",
}
HARM = "Quem mora longe da nascente fica sem medir: às vezes só uma pessoa pode ir, e a série se interrompe."
MEND = "Que uma pessoa possa ir só, se avisar antes e ficar na margem."
WHY = "Se sumó lo que pidió Rui: quien va sin compañía avisa antes y no entra al agua."
MENDED = {
    "pt-br": "Duas pessoas em cada medição: uma mede, a outra anota. Quem for sem companhia avisa antes e fica na margem.",
    "es": "Dos personas en cada medición: una mide, la otra anota. Quien va sin compañía avisa antes y no entra al agua.",
}
IMPRESSIONS = (
    "Me deja más tranquila: la orilla resbala.",
    "Gosto. Também ajuda quem está aprendendo.",
)


def decide_in_a_meeting(circle: Circle, members: Sequence[Actor]) -> None:
    """Let the people of a circle hear, ask, react and object in a meeting, mend the text, and consent to it."""
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
    decisions.answer(by=second, round=proposal.round, position=Position.OBJECT, reason=HARM, mend=MEND)
    decisions.take_step(by=first, live=live, to=Stage.OBJECTIONS)
    _integrate(proposal, members)


def _integrate(proposal: Proposal, members: Sequence[Actor]) -> None:
    """Mend the text together, and ask again: who objected can live with it, and leaves a concern for the review."""
    first, second = members
    objection = Objection.objects.get(proposal=proposal)
    decisions.integrate(by=first, objection=objection, why=WHY, summary=MENDED)
    proposal.refresh_from_db()
    assert proposal.round is not None
    decisions.answer(by=first, round=proposal.round, position=Position.AGREE)
    concern = "Em janeiro falta gente: vamos olhar isso na revisão."
    decisions.answer(by=second, round=proposal.round, position=Position.CAN_LIVE_WITH, concern=concern)
