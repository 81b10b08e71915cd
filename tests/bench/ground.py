"""A committed world for measurements, in the database of a run of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tequio.core.scoping import network_scope
from tests.conftest import sign_in
from tests.house.furnish import fill_up, furnish
from tests.template import empty, make_database
from tests.world import build_network


@contextmanager
def set_up() -> Iterator[None]:
    """Make the database; empty it in the end."""
    make_database()
    try:
        yield
    finally:
        connection.close()
        empty()


def committed_world(*, rows: int) -> dict[str, Any]:
    """Furnish ``andina`` with that many of everything; return what addresses need, and Ana."""
    with transaction.atomic():
        andina = build_network()
        with network_scope(andina.network.pk):
            samples, _marks = furnish(andina.network, by=andina.ana, other=andina.beto)
            fill_up(by=andina.ana, rows=rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"ana": andina.ana, "number": samples["number"][0], "uuid": samples["uuid"][0]}


def session_of(actor: Any) -> str:
    """Return the cookie of somebody who signed in."""
    client = Client()
    sign_in(client, actor)
    key = client.session.session_key
    assert key
    return key
