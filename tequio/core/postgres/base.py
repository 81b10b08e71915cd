"""Django's own backend, which spares a page what it does not need of each question to the database."""

import select
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache, lru_cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader, get_adapters_template
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap
from psycopg.pq import TransactionStatus

from tequio.core.postgres.reading import Reader


class MomentLoader(BaseTzLoader):  # type: ignore[misc]
    """A moment as the server writes it; what Python's own reader of such texts cannot read is left to psycopg's."""

    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        try:
            return _moment(bytes(data))
        except ValueError:
            read: datetime = super().load(data)
            return read


@lru_cache(maxsize=8192)
def _moment(data: bytes) -> datetime:
    return datetime.fromisoformat(data.decode()).astimezone(UTC)


@cache
def _adapters(use_tz: bool, timezone: tzinfo | None) -> AdaptContext:
    adapters: AdaptersMap = get_adapters_template(use_tz, timezone)
    if timezone is not UTC:
        return adapters
    quick = AdaptersMap(adapters)
    quick.register_loader("timestamptz", MomentLoader)
    return quick


class DatabaseWrapper(base.DatabaseWrapper):
    """A class, and of this name, because Django's backends are."""

    _reader: Reader | None = None

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        context = parameters["context"]
        if isinstance(context, AdaptersMap):
            parameters["context"] = _adapters(True, self.timezone)
        return parameters

    def is_usable(self) -> bool:
        """Say whether the connection still stands: a server that hung up leaves its farewell to be read."""
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return True if not waiting.poll(0) else bool(super().is_usable())

    def read(
        self, sql: str, parameters: Sequence[Any], *, as_written: bool = False, plan_kept: bool = True
    ) -> list[list[Any]]:
        """Return the rows of a query as lists, without a cursor.

        A cursor costs a page more than the question. Where somebody counts or wraps questions, Django's own asks.
        Where the settings say that a connection is ours alone (``KEEP_PLANS``), the server plans once for each, but for those
        whose plan hangs on the values (``plan_kept``).
        Elsewhere ``as_written`` joins in the order of the query: to look for a better one may cost more than the reading.
        """
        if self.connection is None or self.queries_logged or self.execute_wrappers:
            return self._read_as_django_does(sql, parameters)
        self.validate_thread_sharing()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            if plan_kept and self.settings_dict.get("KEEP_PLANS"):
                return self._reading().rows_by_plan(sql, parameters)
            return self._reading().rows(sql, parameters, as_written=as_written)

    def literal(self, value: Any) -> str:
        """Return a value as it is written into a query."""
        self.ensure_connection()
        return self._reading().literal(value).decode()

    def _reading(self) -> Reader:
        if self._reader is None or self._reader.connection is not self.connection:
            self._reader = Reader(self.connection)
        return self._reader

    def _read_as_django_does(self, sql: str, parameters: Sequence[Any]) -> list[list[Any]]:
        with self.cursor() as cursor:
            cursor.execute(sql, parameters)
            return [list(row) for row in cursor.fetchall()]
