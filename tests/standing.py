"""Worlds that are built once on a worker and stand under many tests, each on a savepoint of its own.

A test rolls back to what stood when it began. The next one that asks for the same worlds finds them standing; before
one that asks for others, or for none, what it does not ask for is taken down.
"""

import copy
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class World:
    """How a world is built: on nothing, or on another one, whose value the builder receives."""

    build: Callable[..., Any]
    on: str


@dataclass(frozen=True)
class Standing:
    name: str
    savepoint: transaction.Atomic
    made: Any
    on: BaseDatabaseWrapper


_worlds: dict[str, World] = {}
_standing: list[Standing] = []


def world(*, on: str = "") -> Callable[[Callable[..., Any]], Any]:
    """Make a builder a fixture of the same name; every test that asks for it gets its own copy of what was built."""

    def declare(build: Callable[..., Any]) -> Any:
        name = build.__name__
        if name in _worlds or (on and on not in _worlds):
            raise ValueError(
                f"Worlds have names of their own, and stand on worlds named before: {name}, {on}."
            )
        _worlds[name] = World(build, on)

        @pytest.fixture(name=name)
        def found(db: None) -> Any:
            return _copy_of(name)

        return found

    return declare


def names() -> list[str]:
    """Return the names of the worlds that the tests of this run can ask for."""
    return list(_worlds)


def stand(asked: Collection[str]) -> None:
    """Let exactly the worlds stand that are among these names of fixtures, with what they are built on."""
    wanted = ground_of(asked)
    there = [] if _is_broken() else [each.name for each in _standing]
    same = 0
    while same < min(len(there), len(wanted)) and there[same] == wanted[same]:
        same += 1
    take_down(to=same)
    for name in wanted[same:]:
        _build(name)


def ground_of(asked: Collection[str]) -> list[str]:
    """Name the worlds among these names of fixtures, with what they are built on, the lowest first."""
    wanted = set(asked) & _worlds.keys()
    for name in reversed(_worlds):  # what a world stands on was named before it
        if name in wanted and _worlds[name].on:
            wanted.add(_worlds[name].on)
    return [name for name in _worlds if name in wanted]


def take_down(*, to: int = 0) -> None:
    """Roll back the worlds that stand, the newest first, until so many are left; a new connection has none.

    Once a browser runs, this thread has another connection: the one before must not keep its locks.
    """
    if not connection.in_atomic_block:
        for each in _standing:
            _abandon(each.on)
        _standing.clear()
    while len(_standing) > to:
        _roll_back(_standing.pop().savepoint)


def _abandon(one: BaseDatabaseWrapper) -> None:
    """Close a connection in the midst of its transactions; connected anew, it knows nothing of them."""
    one.close()
    one.connect()
    one.close()


def _is_broken() -> bool:
    """Say whether a test closed the connection on which the worlds stand."""
    return connection.connection is None or connection.closed_in_transaction or connection.needs_rollback


def _build(name: str) -> None:
    one = _worlds[name]
    savepoint = transaction.atomic()
    savepoint.__enter__()
    try:
        made = one.build(_copy_of(one.on)) if one.on else one.build()
        connection.check_constraints()  # once, and not again at the end of every test
    except BaseException:
        _roll_back(savepoint)
        raise
    _standing.append(Standing(name, savepoint, made, connections[DEFAULT_DB_ALIAS]))


def _roll_back(savepoint: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    savepoint.__exit__(None, None, None)


def _copy_of(name: str) -> Any:
    return copy.deepcopy(next(each.made for each in _standing if each.name == name))
