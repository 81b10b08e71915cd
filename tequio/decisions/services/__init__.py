"""Everything that changes decisions.

For apps
--------
::

    proposal = decisions.propose(by=…, title={"es": …}, summary={…}, body={…}, matter=Matter.STRATEGIC, kind="charter")
    round = decisions.open_round(by=…, proposal=proposal, hours=72)
    decisions.answer(by=…, round=round, position=Position.CAN_LIVE_WITH, concern="…")
    decisions.answer(by=…, round=round, position=Position.OBJECT, reason="the harm", mend="what would mend it")
    decisions.integrate(by=…, objection=…, body={…}, why="…")      # a new version, and a new round
    decisions.amend(by=…, proposal=proposal, body={…}, why="…")    # the same without an objection
    decisions.keep_answer(by=…, round=round)                       # what my voice answered to the text before
    outcome = decisions.close_round(by=…, round=round)             # again: the same record

A round closes by itself with the last voice when nothing stops it (up to 40 voices), or at its deadline. What
comes of it is the event ``decisions.adopted`` or ``decisions.not_adopted``, with ``uuid``, ``number``, ``kind``,
``subject``, ``rule`` and ``step`` among its facts; ``decisions.objected`` and ``decisions.tied`` when it goes on.
"""

from tequio.decisions.services.amending import amend, keep_answer
from tequio.decisions.services.asking import ask_no_more, pass_questions, pass_questions_of
from tequio.decisions.services.attachments import Unfit, attach, detach, relate, unrelate
from tequio.decisions.services.behalf import record_answer
from tequio.decisions.services.book import tend_book
from tequio.decisions.services.bringing import BRINGS, bring_agreements
from tequio.decisions.services.calendars import calendar_token, make_calendar, nonce_of, revoke_calendar
from tequio.decisions.services.closing import break_tie, close_round, close_when_over, waits
from tequio.decisions.services.erasing_names import erase_from_decisions, erase_from_decisions_about
from tequio.decisions.services.following import (
    ask_for_reviews,
    end_what_it_replaces,
    evaluate,
    plan_task,
    settle_task,
)
from tequio.decisions.services.forgetting import use_pseudonym
from tequio.decisions.services.leaving import end_the_seat, propose_leaving
from tequio.decisions.services.links import answer_from_letter, answer_links, hash_of
from tequio.decisions.services.meeting import end_meeting, record_reaction, start_meeting, take_step
from tequio.decisions.services.objections import integrate, withdraw_objection
from tequio.decisions.services.proposing import Overtaken, change_proposal, propose, translate_proposal
from tequio.decisions.services.proxies import give_proxy, take_proxy_back
from tequio.decisions.services.reminding import answers_of, ask_by_letter, remind
from tequio.decisions.services.restating import restate
from tequio.decisions.services.rounds import (
    NOT_COUNTED,
    answer,
    extend_round,
    open_round,
    open_vote,
    vote,
    vote_for,
)
from tequio.decisions.services.spoken import record_judgement
from tequio.decisions.services.talking import ask_question, react, reply
from tequio.decisions.services.urgent import call_urgent, confirm_urgent
from tequio.decisions.services.ways_out import choose_way_out, judge

__all__ = [
    "BRINGS",
    "NOT_COUNTED",
    "Overtaken",
    "Unfit",
    "amend",
    "answer",
    "answer_from_letter",
    "answer_links",
    "answers_of",
    "ask_by_letter",
    "ask_for_reviews",
    "ask_no_more",
    "ask_question",
    "attach",
    "break_tie",
    "bring_agreements",
    "calendar_token",
    "call_urgent",
    "change_proposal",
    "choose_way_out",
    "close_round",
    "close_when_over",
    "confirm_urgent",
    "detach",
    "end_meeting",
    "end_the_seat",
    "end_what_it_replaces",
    "erase_from_decisions",
    "erase_from_decisions_about",
    "evaluate",
    "extend_round",
    "give_proxy",
    "hash_of",
    "integrate",
    "judge",
    "keep_answer",
    "make_calendar",
    "nonce_of",
    "open_round",
    "open_vote",
    "pass_questions",
    "pass_questions_of",
    "plan_task",
    "propose",
    "propose_leaving",
    "react",
    "record_answer",
    "record_judgement",
    "record_reaction",
    "relate",
    "remind",
    "reply",
    "restate",
    "revoke_calendar",
    "settle_task",
    "start_meeting",
    "take_proxy_back",
    "take_step",
    "tend_book",
    "translate_proposal",
    "unrelate",
    "use_pseudonym",
    "vote",
    "vote_for",
    "waits",
    "withdraw_objection",
]
