"""Every write of a network, of the rules that its charter governs, and of the ground on which it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.core.texts import Texts
from tequio.networks import access, events
from tequio.networks.models import (
    Benefit,
    Channel,
    ContactPerson,
    Criterion,
    Governance,
    HostKind,
    Joining,
    MappedActor,
    Need,
    Network,
    Pillar,
    PlannedAction,
    Rhythm,
    SpecificObjective,
    Stage,
    Statement,
    Territory,
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rules:
    """What a charter sets: columns of governance and joining, and the rows of every list, in order."""

    governance: Mapping[str, Any] = field(default_factory=dict)
    joining: Mapping[str, Any] = field(default_factory=dict)
    statements: Mapping[str, Texts] = field(default_factory=dict)
    criteria: Sequence[Mapping[str, Any]] = ()
    pillars: Sequence[Mapping[str, Texts]] = ()
    rhythms: Mapping[str, int] = field(default_factory=dict)
    contacts: Sequence[Mapping[str, Any]] = ()
    team: Sequence[str] | None = None  # who admits, where a team does; their duties are of people
    needs: Sequence[Mapping[str, Any]] = ()
    benefits: Sequence[Mapping[str, Any]] = ()
    channels: Sequence[str] = ()


@transaction.atomic
def start(
    *,
    name: Texts,
    slug: str,
    languages: Sequence[str],
    host_kind: str = HostKind.GROUP,
    listed: bool = True,
    time_zone: str = "America/Bogota",
) -> Network:
    """Create a network that is being founded, with the default rules; its first member is seated by ``founding``."""
    network = Network.objects.create(
        name=dict(name),
        slug=slug,
        languages=list(languages),
        host_kind=host_kind,
        listed=listed,
        time_zone=time_zone,
        created_at=clock.now(),
    )
    with network_scope(network.pk):
        Governance.objects.create()
        Joining.objects.create()
    return network


@transaction.atomic
def announce(*, by: Actor, network: Network) -> None:
    """Enter into the register that the network was started, as its first line."""
    events.network_started.record(network, by=by, title=network.name, languages=network.languages)


@transaction.atomic
def show(*, by: Actor, network: Network, listed: bool) -> Network:
    """Let strangers find the network, or not."""
    access.show.require(by)
    if network.listed == listed:
        return network
    network.listed = listed
    network.save(update_fields=["listed"])
    event = events.network_listed if listed else events.network_unlisted
    event.record(network, by=by)
    return network


@transaction.atomic
def close(*, by: Actor, network: Network, why: str) -> Network:
    """Close a network: from here on it is read, and not changed. All of it stays, and can be carried away."""
    access.close.require(by, network)
    network.stage = Stage.CLOSED
    network.save(update_fields=["stage"])
    events.closed.record(network, by=by, why=why)
    return network


@transaction.atomic
def reopen(*, by: Actor, network: Network, stage: str, why: str) -> Network:
    """Open a closed network again, at the stage where it was; every member reads who did it, and why."""
    access.reopen.require(by, network)
    network.stage = Stage(stage).value
    network.save(update_fields=["stage"])
    events.reopened.record(network, by=by, why=why)
    return network


@transaction.atomic
def put_rules_in_force(*, by: Actor, network: Network, rules: Rules, version: int) -> Network:
    """Write what a charter sets, in one piece, and mark the network as in force."""
    access.set_rules.require(by)
    Governance.objects.update_or_create(defaults=dict(rules.governance))
    Joining.objects.update_or_create(defaults=dict(rules.joining))
    _write_statements(rules.statements)
    _rewrite(Criterion, (_criterion(row) for row in rules.criteria))
    _rewrite(Benefit, rules.benefits)
    _rewrite(Pillar, rules.pillars)
    _rewrite(ContactPerson, rules.contacts)
    _rewrite(Need, rules.needs)
    _rewrite(Channel, ({"kind": kind} for kind in rules.channels))
    for kind, times in rules.rhythms.items():
        Rhythm.objects.update_or_create(kind=kind, defaults={"times_a_year": times})
    network.stage = Stage.IN_FORCE
    network.save(update_fields=["stage"])
    events.rules_set.record(network, by=by, version=version)
    return network


def _criterion(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a criterion's columns; charters of before held its texts alone."""
    return row if "texts" in row else {"texts": row}


def _write_statements(statements: Mapping[str, Texts]) -> None:
    """Write the texts that changed, each with its next version."""
    known = {row.key: row for row in Statement.objects.all()}
    for key, texts in statements.items():
        row = known.get(key)
        if row is None:
            Statement.objects.create(key=key, texts=dict(texts))
        elif row.texts != dict(texts):
            _rewrite_statement(row, texts)
    for key, row in known.items():
        if key not in statements and row.texts:
            _rewrite_statement(row, {})


def _rewrite_statement(row: Statement, texts: Texts) -> None:
    row.texts, row.version = dict(texts), row.version + 1
    row.save(update_fields=["texts", "version"])


def _rewrite(model: type[Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace the rows of a list, numbered from 1; a list that says the same is left alone."""
    wanted = [dict(row) for row in rows]
    standing = list(model.objects.order_by("position"))
    if len(standing) == len(wanted) and all(
        _says(row, new) for row, new in zip(standing, wanted, strict=True)
    ):
        return
    model.objects.all().delete()
    model.objects.bulk_create([model(position=place, **row) for place, row in enumerate(wanted, start=1)])


def _says(row: Any, wanted: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in wanted.items())


@transaction.atomic
def keep_ground(*, table: str, rows: Sequence[Row]) -> None:
    """Keep a table of the ground under the names of its rows: those that stayed are changed, those that went removed.

    ``rows`` are as founders fill them, each with its ``id``; whoever calls has asked whether the writer may.
    """
    model, columns = GROUND[table]
    model.objects.exclude(key__in=[row["id"] for row in rows]).delete()
    for position, row in enumerate(rows, start=1):
        model.objects.update_or_create(key=row["id"], defaults={**columns(row), "position": position})


def _actor(row: Row) -> dict[str, Any]:
    return {
        "name": row["name"],
        "texts": row["text"],
        "effect": row["effect"],
        "influence": row["influence"],
    }


def _territory(row: Row) -> dict[str, Any]:
    return {"level": row["level"], "name": row["name"], "country": row["country"], "city": row["city"]}


def _objective(row: Row) -> dict[str, Any]:
    return {"texts": row["text"]}


def _action(row: Row) -> dict[str, Any]:
    return {
        "objective": row["objective"],
        "texts": row["text"],
        "who": row["who"],
        "until": date.fromisoformat(row["until"]) if row["until"] else None,
        "means": row["means"],
    }


# The tables of the ground, by the name that founders' questions have: where their rows are kept, and as what.
GROUND: Mapping[str, tuple[type[Any], Callable[[Row], dict[str, Any]]]] = {
    "actors": (MappedActor, _actor),
    "places": (Territory, _territory),
    "specific": (SpecificObjective, _objective),
    "actions": (PlannedAction, _action),
}
