"""A row in every table that travels and is empty still, so that what moves is tried with rows in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tequio.archive import selectors
from tequio.archive.selectors.tables import Table
from tequio.atlas.models import Prospect
from tequio.core import clock
from tequio.elections.models import OpenElection
from tequio.networks.models import Network
from tequio.people.models import Listing, Membership, Spelling, Tally
from tequio.people.services.listings import list_all

# What a table's own rules ask of a row, where the first value of each kind does not do.
SPECIAL: dict[str, Callable[[], dict[str, Any]]] = {
    "atlas.Declined": lambda: {"prospect": Prospect.objects.first()},
    "decisions.Judgement": lambda: {"membership": Membership.objects.first()},
    "founding.Answer": lambda: {"value": "ÑANDÚ"},
    "governance.Waiver": lambda: {"until": clock.today() + timedelta(days=1)},
}


def fill(network: Network) -> list[str]:
    """Write one row into each empty table that travels; return which they were."""
    OpenElection.objects.update(opened_nominations_at=clock.now())  # no copy is made of sealed names
    filled = []
    for table in selectors.tables():
        if not selectors.rows_of(table, network=network):
            _row(table, network).save(force_insert=True)
            filled.append(table.label)
    for index in (Listing, Spelling, Tally):
        index.objects.all().delete()
    list_all()  # as on arrival: the rows above went past the services that keep it
    return filled


def _row(table: Table, network: Network) -> models.Model:
    given = SPECIAL.get(table.label, dict)()
    values = {
        field.name: _value(field, network)
        for field in table.model._meta.concrete_fields
        if field.name not in given and not field.primary_key and not field.has_default() and not field.null
    }
    return table.model(**values, **given)


def _value(field: Any, network: Network) -> Any:
    if field.is_relation:
        if field.related_model is Network:
            return network
        return field.related_model._default_manager.order_by("pk").first()
    if field.choices:
        return field.choices[0][0]
    kinds = {
        models.DateTimeField: clock.now(), models.DateField: clock.today(), models.UUIDField: uuid4(),
        models.BooleanField: True, models.IntegerField: 1, models.JSONField: {"es": "Ñandú"}, models.BinaryField: b"\x00\xff",
        models.URLField: "https://example.org/", models.EmailField: "una@example.org", ArrayField: ["una"],
        models.CharField: "Ñandú", models.TextField: "Ñandú",
    }  # fmt: skip
    return next(value for kind, value in kinds.items() if isinstance(field, kind))
