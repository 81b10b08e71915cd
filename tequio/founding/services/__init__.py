"""Every write of the founding path: starting, answering together, agreeing, and the charter."""

from tequio.founding.services.answering import (
    Save,
    agree_step,
    choose_text,
    save_answer,
    save_text,
    save_topic,
)
from tequio.founding.services.areas import areas, open_areas
from tequio.founding.services.asking import ask_founder, asked_about
from tequio.founding.services.changing import (
    KINDS,
    MATTERS,
    amend_change,
    apply_change,
    close_change,
    consider,
    propose_change,
)
from tequio.founding.services.chartering import (
    draft_charter,
    open_ratification,
    put_in_force,
    rule,
    send_back,
    write_charter,
)
from tequio.founding.services.consenting import carry_over, give_voice, speak
from tequio.founding.services.modelling import take_model
from tequio.founding.services.presence import forget_presence, pass_by
from tequio.founding.services.remarking import remark, translate_article, withdraw_remark
from tequio.founding.services.rendering import (
    ask_for_document,
    forget_documents,
    kinds_possible,
    make_document,
    paper_of,
)
from tequio.founding.services.sharing import refresh_shared, share_answers
from tequio.founding.services.starting import (
    founding,
    free_slug,
    invite_founder,
    seat_founder,
    start_network,
)

__all__ = [
    "KINDS",
    "MATTERS",
    "Save",
    "agree_step",
    "amend_change",
    "apply_change",
    "areas",
    "ask_for_document",
    "ask_founder",
    "asked_about",
    "carry_over",
    "choose_text",
    "close_change",
    "consider",
    "draft_charter",
    "forget_documents",
    "forget_presence",
    "founding",
    "free_slug",
    "give_voice",
    "invite_founder",
    "kinds_possible",
    "make_document",
    "open_areas",
    "open_ratification",
    "paper_of",
    "pass_by",
    "propose_change",
    "put_in_force",
    "refresh_shared",
    "remark",
    "rule",
    "save_answer",
    "save_text",
    "save_topic",
    "seat_founder",
    "send_back",
    "share_answers",
    "speak",
    "start_network",
    "take_model",
    "translate_article",
    "withdraw_remark",
    "write_charter",
]
