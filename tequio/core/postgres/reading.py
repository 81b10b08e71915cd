"""A question put to libpq itself: what a cursor does around it costs a page more than the question."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

AS_WRITTEN = b"SET LOCAL join_collapse_limit = 1;"
AS_BEFORE = b";SET LOCAL join_collapse_limit TO DEFAULT"


class Reader:
    """Reads over one connection, in its transaction, which it begins in the same round trip where none is open."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self._asked = connection.pgconn
        self._types = Transformer(connection)
        level = connection.isolation_level
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
