"""Everything that changes decisions.

For apps
--------
::

    proposal = decisions.propose(by=…, title={"es": …}, summary={…}, body={…}, matter=Matter.STRATEGIC, kind="charter")
    round = decisions.open_round(by=…, proposal=proposal, hours=72)
    decisions.answer(by=…, round=round, position=Position.CAN_LIVE_WITH, concern="…")
    decisions.answer(by=…, round=round, position=Position.OBJECT, reason="the harm", mend="what would mend it")
    decisions.integrate(by=…, objection=…, body={…}, why="…")      # a new version, and a new round
    outcome = decisions.close_round(by=…, round=round)             # again: the same record

A round closes by itself with the last voice when nothing stops it (up to 40 voices), or at its deadline. What
comes of it is the event ``decisions.adopted`` or ``decisions.not_adopted``, with ``uuid``, ``number``, ``kind``,
``subject``, ``rule`` and ``step`` among its facts; ``decisions.objected`` and ``decisions.tied`` when it goes on.
"""

from tequio.decisions.services.calendars import calendar_token, make_calendar, nonce_of, revoke_calendar
from tequio.decisions.services.closing import break_tie, close_round, close_when_over, waits
from tequio.decisions.services.links import answer_from_letter, answer_links, hash_of
from tequio.decisions.services.objections import integrate, withdraw_objection
from tequio.decisions.services.proposing import change_proposal, propose
from tequio.decisions.services.reminding import answers_of, ask_by_letter, remind
from tequio.decisions.services.rounds import (
    answer,
    extend_round,
    open_round,
    open_vote,
    pass_questions,
    pass_questions_of,
    vote,
)

__all__ = [
    "answer",
    "answer_from_letter",
    "answer_links",
    "answers_of",
    "ask_by_letter",
    "break_tie",
    "calendar_token",
    "change_proposal",
    "close_round",
    "close_when_over",
    "extend_round",
    "hash_of",
    "integrate",
    "make_calendar",
    "nonce_of",
    "open_round",
    "open_vote",
    "pass_questions",
    "pass_questions_of",
    "propose",
    "remind",
    "revoke_calendar",
    "vote",
    "waits",
    "withdraw_objection",
]
