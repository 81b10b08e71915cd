"""Reads that are put together once a process: Django's own queries, with slots for what differs each time.

Building a query and turning it into SQL costs a page more than running it. A prepared read keeps the SQL and goes
on from there as Django does: the same rows, the same types, the same walls. It is for reads on every page and for the
pages that people open most; what has filters that come and go stays a plain query.

    _open_rounds = prepared(lambda: Round.objects.filter(closed_at=None, closes_at__lt=slot("by", DateTimeField())))
    rows = _open_rounds(by=clock.now())

The network is a slot by itself: a read of a network's table raises ``NoNetwork`` outside any, as every query does.
"""

import copy
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, BooleanField, Expression, F, Field, Func, QuerySet

from tequio.core.scoping import NoNetwork, here, preparing

Row = TypeVar("Row")


class Slot(Expression):
    """A place in a prepared read for a value that comes with each call."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)

    def filled(self, values: dict[str, Any], connection: Any) -> Any:
        """Return the value as the database wants it; ``KeyError`` when it was not given."""
        return self.output_field.get_db_prep_value(values[self.name], connection, prepared=False)


class _AnyOf(Slot):
    """A place for a list of values, of which a column must equal one."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "ANY (%s)", (self,)


def among(column: str, name: str, output_field: "Field[Any, Any]") -> Any:
    """Leave a place for a list: a condition that the column equals one of its values, however many come."""
    values = _AnyOf(name, ArrayField(output_field))
    return Func(F(column), values, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())


def slot(name: str, output_field: "Field[Any, Any] | None" = None) -> Any:
    """Leave a place for a value of that name; without a field it is a whole number, such as a key."""
    return Slot(name, output_field or BigIntegerField())


class _Asked:
    """A query as it stands, but for one part: a copy would be put together again, or run."""

    def __init__(self, whole: Any, **instead: Any) -> None:
        self._whole = whole
        self.__dict__.update(instead)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


class Prepared(Generic[Row]):
    """A read that keeps its SQL; call it with a value for each slot."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build
        self._kept: tuple[QuerySet[Any, Row], Any, str, tuple[Any, ...]] | None = None
        self._converting: Any = None

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows."""
        rows, compiler, sql, parameters = self._kept or self._prepare()
        connection = connections[DEFAULT_DB_ALIAS]
        if any(isinstance(each, Slot) and each.name == "network" for each in parameters):
            values["network"] = here()
        filled = tuple(
            each.filled(values, connection) if isinstance(each, Slot) else each for each in parameters
        )
        asking = copy.copy(compiler)
        asking.connection = connection
        asking.as_sql = lambda *_args, **_kwargs: (sql, filled)
        asking.get_converters = self._converters
        query = _Asked(rows.query, get_compiler=lambda *_args, **_kwargs: asking)
        iterable: Any = rows._iterable_class  # noqa: SLF001 (as QuerySet does)
        return list(iterable(_Asked(rows, query=query)))

    def first(self, **values: Any) -> Row | None:
        """Return the first row, or None; all are fetched, so it is for reads that find one at most, or say ``[:1]``."""
        rows = self(**values)
        return rows[0] if rows else None

    def _converters(self, columns: Any) -> Any:
        """Return what turns columns into values, found once: ``columns`` are always the same."""
        if self._converting is None:
            assert self._kept is not None
            self._converting = self._kept[1].get_converters(columns)
        return self._converting

    def _prepare(self) -> tuple[QuerySet[Any, Row], Any, str, tuple[Any, ...]]:
        with preparing(partial(slot, "network")):
            rows = self._build()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        _require_slots(sql, parameters)
        self._kept = rows, compiler, sql, tuple(parameters)
        return self._kept


def _require_slots(sql: str, parameters: Sequence[Any]) -> None:
    """Refuse a read of which a part was put together inside some network: it would read that one for ever."""
    for before, value in zip(sql.split("%s"), parameters, strict=False):
        if before.rstrip(" (").endswith('"network_id" =') and not isinstance(value, Slot):
            raise NoNetwork("Put the whole read together inside the function that prepared() calls.")


def prepared(build: Callable[[], QuerySet[Any, Row]]) -> Prepared[Row]:
    """Keep the read that ``build`` puts together, from its first use on."""
    return Prepared(build)
