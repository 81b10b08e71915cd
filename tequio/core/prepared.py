"""Reads that are put together once a process: Django's own queries, with slots for what differs each time.

Building a query and turning it into SQL costs a page more than running it. A prepared read keeps the SQL and goes
on from there as Django does: the same rows, the same types, the same walls. It is for reads on every page and for the
pages that people open most; what has filters that come and go stays a plain query.

    _open_rounds = prepared(lambda: Round.objects.filter(closed_at=None, closes_at__lt=slot("by", DateTimeField())))
    rows = _open_rounds(by=clock.now())

The network is a slot by itself: a read of a network's table raises ``NoNetwork`` outside any, as every query does.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Expression,
    F,
    Field,
    Func,
    JSONField,
    QuerySet,
)
from django.db.models.base import Model, ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init  # noqa: TID251 (asked whether anybody listens; nobody may)

from tequio.core.scoping import NoNetwork, here, preparing

Row = TypeVar("Row")


PLAIN: dict[type, type] = {BigIntegerField: int, CharField: str}  # values that go to the database as they are


# How to find them hangs on the values: a page that goes on from one, words by their beginning, a list of unknown length.
PLAN_HANGS_ON_VALUES = re.compile(r" LIKE | = ANY \(%s|[<>]=? \(?%s.* LIMIT \d+$", re.DOTALL)


class Slot(Expression):
    """A place in a prepared read for a value that comes with each call."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self._goes_as_it_is = PLAIN.get(type(output_field))

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)

    def filled(self, values: dict[str, Any], connection: Any) -> Any:
        """Return the value as the database wants it; ``KeyError`` when it was not given."""
        value = values[self.name]
        if type(value) is self._goes_as_it_is:
            return value
        return self.output_field.get_db_prep_value(value, connection, prepared=False)


class _AnyOf(Slot):
    """A place for a list of values, of which a column must equal one."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "ANY (%s)", (self,)

    def filled(self, values: dict[str, Any], connection: Any) -> Any:
        """Return the list as one text; ``KeyError`` when it was not given."""
        return listed(values[self.name])


def listed(values: Iterable[int | str]) -> str:
    """Write numbers or texts as PostgreSQL writes an array: its type is that of what it is compared with."""
    return "{" + ",".join([str(each) if isinstance(each, int) else _quoted(each) for each in values]) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def among(column: str, name: str, output_field: "Field[Any, Any]") -> Any:
    """Leave a place for a list: a condition that the column equals one of its values, however many come."""
    values = _AnyOf(name, ArrayField(output_field))
    return Func(F(column), values, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())


def slot(name: str, output_field: "Field[Any, Any] | None" = None) -> Any:
    """Leave a place for a value of that name; without a field it is a whole number, such as a key."""
    return Slot(name, output_field or BigIntegerField())


class Prepared(Generic[Row]):
    """A read that keeps its SQL; call it with a value for each slot."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]], *, as_written: bool = False) -> None:
        self._build, self._as_written = build, as_written
        self._kept: _Kept | None = None

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows."""
        kept = self._kept or self._prepare()
        connection: Any = connections[DEFAULT_DB_ALIAS]
        if kept.scoped:
            values["network"] = here()
        filled = [each.filled(values, connection) for each in kept.slots]
        found = connection.read(kept.sql, filled, as_written=self._as_written, plan_kept=kept.plan_kept)
        for place, converters, expression in kept.converters:
            for row in found:
                for converter in converters:
                    row[place] = converter(row[place], expression, connection)
        return list(map(kept.make, found))

    def first(self, **values: Any) -> Row | None:
        """Return the first row, or None; all are fetched, so it is for reads that find one at most, or say ``[:1]``."""
        rows = self(**values)
        return rows[0] if rows else None

    def _prepare(self) -> "_Kept":
        with preparing(partial(slot, "network")):
            rows = self._build()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        _require_slots(sql, parameters)
        slots = tuple(each for each in parameters if isinstance(each, Slot))
        columns = [column for column, _sql, _alias in compiler.select]
        self._kept = _Kept(
            sql=_said(sql, parameters),
            slots=slots,
            scoped=any(each.name == "network" for each in slots),
            plan_kept=not PLAN_HANGS_ON_VALUES.search(sql),
            converters=[
                (place, [_quick(each) for each in converters], expression)
                for place, (converters, expression) in compiler.get_converters(columns).items()
            ],
            make=_maker(rows, compiler),
        )
        return self._kept


@dataclass(frozen=True)
class _Kept:
    """What is known of a read before it is asked: only the values of its slots are still missing."""

    sql: str
    slots: tuple[Slot, ...]
    scoped: bool
    plan_kept: bool
    converters: list[tuple[int, list[Any], Any]]
    make: Callable[[list[Any]], Any]


def _maker(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """Return what makes of a row what the query set would: a model, a dictionary, a tuple or one value."""
    kind = rows._iterable_class  # noqa: SLF001 (so are the next: Django says nowhere else what it would make)
    if kind is ModelIterable:
        return _models(compiler)
    if kind is FlatValuesListIterable:
        return itemgetter(0)
    if kind is ValuesListIterable:
        return tuple
    if kind is not ValuesIterable:
        raise TypeError(f"Nobody has prepared a {kind.__name__} yet.")
    query = rows.query
    names = list(query.selected or [*query.extra_select, *query.values_select, *query.annotation_select])
    return lambda row: dict(zip(names, row, strict=True))


_populators: Any = get_related_populators  # its types are those of another Django


def _models(compiler: Any) -> Callable[[list[Any]], Any]:
    places = compiler.klass_info["select_fields"]
    start, end = places[0], places[-1] + 1
    made_of = _one_of(
        compiler.klass_info["model"], [row[0].target.attname for row in compiler.select[start:end]]
    )
    links = [_link(each) for each in _populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)]
    notes = list(compiler.annotation_col_map.items())

    def make(row: list[Any]) -> Any:
        made = made_of(row[start:end])
        for link in links:
            link(row, made)
        for name, place in notes:
            setattr(made, name, row[place])
        return made

    return make


def _one_of(model: Any, names: list[str]) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a model of its columns' values as ``Model.from_db`` does, without looking at each field again.

    A column that was not asked for is one that the object has not got: Django fetches it when somebody reads it.
    """
    if _says_how(model):
        return partial(model.from_db, DEFAULT_DB_ALIAS, names)

    def make(values: Sequence[Any]) -> Any:
        made = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        inside = made.__dict__
        inside["_state"] = state
        inside.update(zip(names, values, strict=True))
        return made

    return make


def _says_how(model: Any) -> bool:
    """Say whether a model, or somebody who listens, wants to be there when one is made."""
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not _from_db
    return bool(own or pre_init.has_listeners(model) or post_init.has_listeners(model))


_from_db: Any = Model.from_db.__func__  # type: ignore[attr-defined]  # a class method has it


def _link(found: Any) -> Callable[[list[Any], Any], None]:
    """Return what makes the other end of a link, and says so to both, as Django's populators do."""
    made_of = _one_of(found.model_cls, found.init_list)
    further = [_link(each) for each in found.related_populators]
    columns = found.reorder_for_init or itemgetter(slice(found.cols_start, found.cols_end))

    def make(row: list[Any], from_: Any) -> None:
        values = columns(row)
        made = None if values[found.pk_idx] is None else made_of(values)
        found.local_setter(from_, made)
        if made is None:
            return
        for link in further:
            link(row, made)
        found.remote_setter(made, from_)

    return make


_whole_json: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().raw_decode


def _quick(converter: Any) -> Any:
    """Return the converter of a column, or for JSON one that leaves out what the server never writes around it."""
    field = getattr(converter, "__self__", None)
    if type(field) is not JSONField or field.decoder is not None:
        return converter
    return _read_json


def _read_json(text: str | None, _expression: Any, _connection: Any) -> Any:
    """Read JSON; what was read before and holds no more than texts is copied, a tenth of the work."""
    if text is None:
        return None
    if len(text) > LONGEST_KEPT:
        return _whole_json(text, 0)[0]
    read, flat = _known_json(text)
    return read.copy() if flat else _whole_json(text, 0)[0]


LONGEST_KEPT = 1000  # letters


@lru_cache(maxsize=4096)
def _known_json(text: str) -> tuple[dict[str, Any], bool]:
    """Return an object whose values cannot be changed, or say that this is none; it hangs on the text alone."""
    read = _whole_json(text, 0)[0]
    if isinstance(read, dict) and all(
        value is None or isinstance(value, str | int) for value in read.values()
    ):
        return read, True
    return {}, False


def _said(sql: str, parameters: Sequence[Any]) -> str:
    """Write what is the same each time into a query, and leave the places of its slots."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    values = iter(parameters)

    def write(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        value = next(values)
        return "%s" if isinstance(value, Slot) else connection.literal(value).replace("%", "%%")

    return re.sub("%[s%]", write, sql)


def _require_slots(sql: str, parameters: Sequence[Any]) -> None:
    """Refuse a read of which a part was put together inside some network: it would read that one for ever."""
    for before, value in zip(sql.split("%s"), parameters, strict=False):
        if before.rstrip(" (").endswith('"network_id" =') and not isinstance(value, Slot):
            raise NoNetwork("Put the whole read together inside the function that prepared() calls.")


def prepared(build: Callable[[], QuerySet[Any, Row]], *, as_written: bool = False) -> Prepared[Row]:
    """Keep the read that ``build`` puts together, from its first use on.

    ``as_written`` is for one row that many others are joined to by their keys: the server joins in that order.
    """
    return Prepared(build, as_written=as_written)
