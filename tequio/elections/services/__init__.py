"""Every write about ballots and lots."""

from tequio.elections.services.ballot_facts import BALLOTS
from tequio.elections.services.ballot_time import (
    ask_by_letter,
    extend_ballot,
    remind,
    tell_of_more_time,
    tell_outcome,
)
from tequio.elections.services.ballots import LONGEST, WHY, Draft, open_ballot, pass_ballots, prepare, weigh
from tequio.elections.services.candidates import add_option, remove_option, write_statement
from tequio.elections.services.casting import MALFORMED, cast, cast_for
from tequio.elections.services.counting import close_ballot
from tequio.elections.services.lots import (
    announce_draw,
    ask_for_number,
    cancel_lot,
    correct_row,
    forget_rows,
    freeze_lot,
    hold_lot,
    leave_lot,
    open_list,
    publish_odds,
    refuse_odds,
    set_quotas,
    show_progress,
)
from tequio.elections.services.lots_drawn import answer_seat, draw_lots, pass_over
from tequio.elections.services.lots_promised import ask_for_secrets, promise_secret, show_secret
from tequio.elections.services.open import (
    answer_election,
    change_nomination,
    describe_role,
    end_election,
    nominate,
    open_election,
    propose_nominee,
    step_election,
)
from tequio.elections.services.open_asking import excuse_voice
from tequio.elections.services.selection import prepare_selection

__all__ = [
    "BALLOTS",
    "LONGEST",
    "MALFORMED",
    "WHY",
    "Draft",
    "add_option",
    "announce_draw",
    "answer_election",
    "answer_seat",
    "ask_by_letter",
    "ask_for_number",
    "ask_for_secrets",
    "cancel_lot",
    "cast",
    "cast_for",
    "change_nomination",
    "close_ballot",
    "correct_row",
    "describe_role",
    "draw_lots",
    "end_election",
    "excuse_voice",
    "extend_ballot",
    "forget_rows",
    "freeze_lot",
    "hold_lot",
    "leave_lot",
    "nominate",
    "open_ballot",
    "open_election",
    "open_list",
    "pass_ballots",
    "pass_over",
    "prepare",
    "prepare_selection",
    "promise_secret",
    "propose_nominee",
    "publish_odds",
    "refuse_odds",
    "remind",
    "remove_option",
    "set_quotas",
    "show_progress",
    "show_secret",
    "step_election",
    "tell_of_more_time",
    "tell_outcome",
    "weigh",
    "write_statement",
]
