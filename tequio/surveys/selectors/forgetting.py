"""What is kept of somebody under their address: their replies, and the links that were sent to them. Source: XCT-02."""

from __future__ import annotations

import re

from django.db.models import F, Func, Q, QuerySet, TextField

from tequio.surveys.models import Answer, Link, Reply


class EmailKey(Func):
    """The key of the question of a version's document that asks where to write to."""

    template = (
        "(jsonb_path_query_first(%(expressions)s, "
        "'$.sections[*].questions[*] ? (@.role == \"EMAIL\").key') #>> '{}')"
    )
    output_field = TextField()


def replies_with(email: str) -> Q:
    """Return which replies are somebody's: those that give this address as theirs, or came by a link sent to it.

    An address that somebody else mentions makes no reply theirs.
    """
    said = Answer.objects.filter(text__contains="@", text__iexact=email)
    own = said.annotate(_key=EmailKey("reply__version__document")).filter(question=F("_key"))
    by_link = Link.objects.filter(email__iexact=email, reply__isnull=False)
    return Q(pk__in=own.values("reply")) | Q(pk__in=by_link.values("reply"))


def parts_with(email: str) -> Q:
    """Return which answers and ticks stand in such replies."""
    return Q(reply__in=Reply.objects.filter(replies_with(email)))


def links_with(email: str) -> Q:
    """Return which links were sent to this address."""
    return Q(email__iexact=email)


def mentions_of(email: str) -> QuerySet[Answer]:
    """Return the texts in which an address may stand among other words."""
    return Answer.objects.filter(text__contains="@", text__icontains=email)


def without(email: str, text: str, *, instead: str) -> str:
    """Return a text with another in the place of an address, where it stands as a whole."""
    return re.sub(rf"(?<![\w.+-]){re.escape(email)}(?![\w-]|\.\w)", instead, text, flags=re.IGNORECASE)
