"""Asking people, and writing to them. Both are written in the transaction that causes them, or not at all.

For apps
--------
What waits for a person shows on their home::

    notify.ask(person_id=…, kind="consent", title=proposal.title, why=_("Can you live with this proposal?"),
               minutes=2, due_at=round.closes_at, path=…, subject=ref_of(round), alone=True)
    notify.ask_each(person_ids=[…], …)                       # the same for many people, in one query
    notify.close_asks(subject=ref_of(round), person_id=…)    # answered; without person_id: it is over for all
    notify.forget_when(subject=ref_of(ballot))               # when each one did it is nobody's business
    notify.close_asks_of(person_id=…)                        # they no longer take part: nothing waits for them

``title`` and ``why`` are texts per language, or plain or lazy strings (a lazy one is said in every language;
``phrase(_("%(name)s asks to join."), name=…)`` fills one in). Kinds and how they look: ``tequio.notify.kinds``.

A letter is made of templates of your app: ``<template>.subject.txt`` (one line), ``<template>.txt`` (extends
"web/mail.txt", block body) and, if plain paragraphs with one button are not enough, ``<template>.html`` (extends
"web/mail.html", block body)::

    notify.mail(person_id=…, address=…, language="es", kind="account", template="people/mail/code",
                context={"code": code}, key=f"people.code:{uuid}")

    notify.mail_each(readers=[…], kind=…, template=…, context=…, key=…)     # the same to many, in few queries

``key`` makes it once, however often the service runs. Templates get, besides: ``origin`` (the address of this server
without a slash at the end), ``network``, ``subject``, ``preferences_url``, ``unsubscribe_url``. It returns None when the
person asked not to be written to about this.
"""

from tequio.notify.models import Closed
from tequio.notify.rules import Reader
from tequio.notify.services.asks import (
    ask,
    ask_each,
    close_asks,
    close_asks_of,
    decline_ask,
    forget_when,
    hand_ask,
    reopen_ask,
)
from tequio.notify.services.crowd import mail_each
from tequio.notify.services.letters import mail, send_now, send_some
from tequio.notify.services.preferences import choose_how_often, stop
from tequio.notify.services.weekly import write_weekly
from tequio.notify.words import phrase

__all__ = [
    "Closed",
    "Reader",
    "ask",
    "ask_each",
    "choose_how_often",
    "close_asks",
    "close_asks_of",
    "decline_ask",
    "forget_when",
    "hand_ask",
    "mail",
    "mail_each",
    "phrase",
    "reopen_ask",
    "send_now",
    "send_some",
    "stop",
    "write_weekly",
]
