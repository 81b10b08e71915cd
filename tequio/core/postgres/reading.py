"""A question put to libpq itself: what a cursor does around it costs a page more than the question.

Where a connection is ours alone, the plan of a question stays with the server: to plan it anew each time costs the
server more than to answer it, five times for who reads a page.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, TransactionStatus

AS_WRITTEN = b"SET LOCAL join_collapse_limit = 1;"
AS_BEFORE = b";SET LOCAL join_collapse_limit TO DEFAULT"
CHANGED = b"0A000"  # a column is of another type since the plan was made, as after a migration beside a running program
INT8 = 20
WHOLE = (20, 21, 23)  # the types of whole numbers: which of them it is hangs on the number, a plan must not


class Reader:
    """Reads over one connection, in its transaction, which it begins in the same round trip where none is open."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self._asked = connection.pgconn
        self._types = Transformer(connection)
        level = connection.isolation_level
        self._plans: dict[tuple[str, tuple[int, ...]], bytes] = {}
        self._begins = f"BEGIN ISOLATION LEVEL {level.name.replace('_', ' ')};" if level else "BEGIN;"

    def rows(self, sql: str, parameters: Sequence[Any], *, as_written: bool = False) -> list[list[Any]]:
        """Return the rows as lists; raise what the driver raises when the server refuses or is gone.

        ``as_written`` tells the server to join in the order of the query, for this one question.
        """
        question = self._question(sql, parameters)
        if as_written:
            answer = self._asked_between(self._begin() + AS_WRITTEN + question + AS_BEFORE)
        else:
            answer = self._asked.exec_(self._begin() + question)
        if answer.status != ExecStatus.TUPLES_OK:
            raise self._refused(answer)
        self._types.set_pgresult(answer)
        return self._types.load_rows(0, answer.ntuples, list)

    def rows_by_plan(self, sql: str, parameters: Sequence[Any]) -> list[list[Any]]:
        """Return the rows as ``rows`` does, by a plan that stays with the server as long as this connection.

        The first few times the server plans with the values at hand; then it keeps one plan, unless that were dearer.
        """
        values = self._types.dump_sequence(parameters, [PyFormat.TEXT] * len(parameters))
        types = tuple([INT8 if each in WHOLE else each for each in self._types.types or ()])
        if begin := self._begin():
            self._asked.exec_(begin)
        plan = self._plans.get((sql, types)) or self._keep(sql, types)
        answer = self._asked.exec_prepared(plan, values)  # type: ignore[arg-type]  # None is NULL
        if answer.status != ExecStatus.TUPLES_OK:
            if answer.error_field(DiagnosticField.SQLSTATE) == CHANGED:
                self._plans.clear()
            raise self._refused(answer)
        self._types.set_pgresult(answer)
        return self._types.load_rows(0, answer.ntuples, list)

    def _keep(self, sql: str, types: tuple[int, ...]) -> bytes:
        name = f"read_{next(_numbers)}".encode()
        answer = self._asked.prepare(name, _numbered(sql), types)
        if answer.status != ExecStatus.COMMAND_OK:
            raise self._refused(answer)
        self._plans[sql, types] = name
        return name

    def _asked_between(self, question: bytes) -> Any:
        """Ask several things in one round trip; return the answer that has rows, or says what went wrong."""
        self._asked.send_query(question)
        answers = list(iter(self._asked.get_result, None))
        return next((one for one in answers if one.status != ExecStatus.COMMAND_OK), answers[-1])

    def _begin(self) -> bytes:
        if self.connection.autocommit or self._asked.transaction_status != TransactionStatus.IDLE:
            return b""
        return self._begins.encode()

    def _question(self, sql: str, parameters: Sequence[Any]) -> bytes:
        first, *pieces = _pieces(sql)
        parts = [first]
        for value, piece in zip(parameters, pieces, strict=True):
            parts += (self.literal(value), piece)
        return b"".join(parts)

    def literal(self, value: Any) -> bytes:
        """Return a value as the driver writes it into a query."""
        return b"NULL" if value is None else self._types.as_literal(value)

    def _refused(self, answer: Any) -> psycopg.Error:
        if self._asked.status == ConnStatus.BAD:
            return psycopg.OperationalError(self._asked.get_error_message())
        return error_from_result(answer)


_numbers = count(1)


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> bytes:
    """Name the places of a query's values as the server does: $1, $2 and so on."""
    first, *pieces = _pieces(sql)
    return first + b"".join(b"$%d" % place + piece for place, piece in enumerate(pieces, 1))


@lru_cache(maxsize=1024)
def _pieces(sql: str) -> tuple[bytes, ...]:
    """Cut a query at its places for values; ``%%`` is a percent sign."""
    pieces = [""]
    for part in re.findall("%s|%%|[^%]+", sql):
        if part == "%s":
            pieces.append("")
        else:
            pieces[-1] += "%" if part == "%%" else part
    return tuple([piece.encode() for piece in pieces])
