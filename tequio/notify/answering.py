"""Asks that can be answered from a letter: the app that asks tells how, kind by kind, at start-up.

For apps, in ``apps.ready``::

    answering.register("consent", answers_of)

The function takes asks of that kind and returns, for the number of each that can be answered, the answers as
(words, address on this server). It is called while a letter is written, for many people at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from django.utils.functional import Promise

from tequio.notify.models import Ask

Answers = Mapping[int, Sequence[tuple[str | Promise, str]]]


class Find(Protocol):
    """How an app tells the answers of asks of one kind."""

    def __call__(self, *, asks: Sequence[Ask]) -> Answers: ...


_KINDS: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """Let asks of a kind be answered from letters."""
    _KINDS[kind] = find


def answers_of(asks: Iterable[Ask]) -> dict[int, Sequence[tuple[str | Promise, str]]]:
    """Return the answers of those asks that can be answered from a letter, by the number of the ask."""
    found: dict[int, Sequence[tuple[str | Promise, str]]] = {}
    for kind, same in groupby(sorted(asks, key=_kind), key=_kind):
        if kind in _KINDS:
            found.update(_KINDS[kind](asks=list(same)))
    return found


def _kind(ask: Ask) -> str:
    return ask.kind
