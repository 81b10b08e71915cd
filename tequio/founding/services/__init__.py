"""Every write of the founding path: starting, answering together, agreeing, and the charter."""

from tequio.founding.services.answering import (
    Save,
    agree_step,
    choose_text,
    save_answer,
    save_text,
    save_topic,
)
from tequio.founding.services.asking import ask_founder, asked_about
from tequio.founding.services.chartering import draft_charter, open_ratification, put_in_force, send_back
from tequio.founding.services.starting import (
    founding,
    free_slug,
    invite_founder,
    seat_founder,
    start_network,
)

__all__ = [
    "Save",
    "agree_step",
    "ask_founder",
    "asked_about",
    "choose_text",
    "draft_charter",
    "founding",
    "free_slug",
    "invite_founder",
    "open_ratification",
    "put_in_force",
    "save_answer",
    "save_text",
    "save_topic",
    "seat_founder",
    "send_back",
    "start_network",
]
