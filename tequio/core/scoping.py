"""Which network are we in?

Rows that belong to a network can only be touched inside ``network_scope(network_id)``. Outside it every
query raises ``NoNetwork``: forgetting the scope is a crash, never a leak. The scope also tells PostgreSQL,
whose row-level security says the same a second time.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

from django.db import connection, models, transaction
from django.db.models import sql

Row = TypeVar("Row", bound="NetworkModel")

_EVERYWHERE = -1
_PREPARING = -2
_here: ContextVar[int | None] = ContextVar("network", default=None)
_slot: ContextVar[Callable[[], Any]] = ContextVar("slot")


class NoNetwork(RuntimeError):
    """A network-owned table was touched outside any network."""


class WrongNetwork(RuntimeError):
    """A row was about to be written into, or linked to, another network."""


def here() -> int:
    """Return the id of the network we are in; raise ``NoNetwork`` outside any."""
    network_id = _here.get()
    if network_id is None or network_id in (_EVERYWHERE, _PREPARING):
        raise NoNetwork("This needs one network: use network_scope().")
    return network_id


def tell_database(*, network_id: int | None, person_id: int | None = None) -> None:
    """Tell row-level security, until the transaction ends, which network and person this is.

    A session-level ``SET`` would leak to the next client of a pooled connection.
    """
    settings = {"tequio.network": network_id}
    if person_id is not None:
        settings["tequio.person"] = person_id
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    values = [
        part for name, value in settings.items() for part in (name, "" if value is None else str(value))
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)


def enter(network_id: int) -> Token[int | None]:
    """Enter a network whose number the database has been told already, as the middleware does."""
    return _here.set(network_id)


def leave(token: Token[int | None] | None) -> None:
    """Leave a network entered with ``enter``; None is no network."""
    if token is not None:
        _here.reset(token)


@contextmanager
def _entered(network_id: int) -> Iterator[None]:
    token = enter(network_id)
    try:
        yield
    finally:
        leave(token)


@contextmanager
def network_scope(network_id: int) -> Iterator[None]:
    """Enter a network inside a transaction of its own; leave it, rolled back, when something fails."""
    before = _here.get()
    with transaction.atomic():
        tell_database(network_id=network_id)
        with _entered(network_id):
            yield
        if not connection.needs_rollback:
            tell_database(network_id=before)


@contextmanager
def everywhere(*, because: str) -> Iterator[None]:
    """Lift the scope. The reason is mandatory, so that it shows up in review.

    Row-level security stays: rows of other networks appear only to a connection that the database lets
    see them.
    """
    if not because:
        raise TypeError("Say why the scope is lifted.")
    with _entered(_EVERYWHERE):
        yield


@contextmanager
def preparing(slot: Callable[[], Any]) -> Iterator[None]:
    """Put a query together whose network is known when it runs: ``tequio.core.prepared``."""
    kept = _slot.set(slot)
    try:
        with _entered(_PREPARING):
            yield
    finally:
        _slot.reset(kept)


class _UnscopedQuery(sql.Query):
    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        raise NoNetwork(f"{self.model} was queried outside network_scope().")


class NetworkQuerySet(models.QuerySet[Row]):
    """Rows of the current network."""

    def _require_scope(self) -> None:
        if isinstance(self.query, _UnscopedQuery):
            raise NoNetwork(f"{self.model.__name__} was changed outside network_scope().")

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        if {"network", "network_id"} & kwargs.keys():
            raise WrongNetwork("A row never moves to another network.")
        for name, value in kwargs.items():
            _require_same_network(self.model._meta.get_field(name), value, _here.get())
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        objs = list(objs)
        for obj in objs:
            obj.settle()
        return super().bulk_create(objs, *args, **kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise NoNetwork("Raw SQL cannot be scoped; write a selector instead.")


class NetworkManager(models.Manager[Row]):
    """Hands out the rows of the current network, and a query that cannot run outside any."""

    def get_queryset(self) -> NetworkQuerySet[Row]:
        network_id = _here.get()
        if network_id is None:
            return NetworkQuerySet[Row](self.model, query=_UnscopedQuery(self.model), using=self._db)
        if network_id not in (_EVERYWHERE, _PREPARING):
            scoped: Any = _scoped(self.model, network_id)
            return NetworkQuerySet[Row](self.model, query=scoped.chain(), using=self._db)
        rows = NetworkQuerySet[Row](self.model, using=self._db)
        return rows if network_id == _EVERYWHERE else rows.filter(network_id=_slot.get()())


@lru_cache(maxsize=4096)
def _scoped(model: type[models.Model], network_id: int) -> sql.Query:
    """Return the query for all rows that one network has of a table; others begin as its copies.

    Django asks for one at each read and each row that is written; to build it costs ten times what a copy does.
    """
    return NetworkQuerySet(model).filter(network_id=network_id).query


def _require_same_network(field: Any, value: Any, network_id: int | None) -> None:
    if isinstance(value, NetworkModel) and network_id not in (_EVERYWHERE, value.network_id):
        raise WrongNetwork(f"{field} points into another network.")


def _require_present(field: Any, target: Any, key: Any) -> None:
    """Look a link up that was given by its key alone: the foreign key itself would let it through."""
    if not target.objects.filter(pk=key).exists():
        raise WrongNetwork(f"{field} points into another network.")


class NetworkModel(models.Model):
    """Base class of everything a network owns."""

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[NetworkManager[Self]] = NetworkManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def settle(self) -> None:
        """Stamp the current network on a new row; refuse rows and links of another one."""
        network_id = _here.get()
        if network_id is None:
            raise NoNetwork(f"{type(self).__name__} was written outside network_scope().")
        if self.network_id is None and network_id != _EVERYWHERE:
            self.network_id = network_id
        if network_id not in (_EVERYWHERE, self.network_id):
            raise WrongNetwork(f"{type(self).__name__} belongs to another network.")
        self._settle_links()

    def _settle_links(self) -> None:
        for field in self._meta.concrete_fields:
            target = field.related_model
            if not (isinstance(target, type) and issubclass(target, NetworkModel)):
                continue
            if field.is_cached(self):  # type: ignore[attr-defined]  # a foreign key has it
                _require_same_network(field, getattr(self, field.name), self.network_id)
            elif (key := getattr(self, field.attname)) is not None:
                _require_present(field, target, key)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.settle()
        return super().delete(*args, **kwargs)
