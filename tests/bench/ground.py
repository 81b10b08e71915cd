"""A committed world for measurements, in the database of a run of its own."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client

from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.people.models import Person, Session
from tequio.people.sessions import SessionStore, hashed
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
    look_over()
    return {"ana": andina.ana, "number": samples["number"][0], "uuid": samples["uuid"][0]}


def look_over() -> None:
    """Let the server look its tables over, as it does by itself a minute later."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def sessions_of(people: Iterable[Person]) -> list[str]:
    """Let many come in at once; return the cookie of each."""
    store, today = SessionStore(), clock.today()
    keys, rows = [], []
    for person in people:
        held = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        keys.append(secrets.token_hex(16))
        rows.append(
            Session(
                session_key=hashed(keys[-1]), session_data=store.encode(held), expire_date=store.get_expiry_date(),
                person_id=person.pk, created_on=today, seen_on=today,
            )
        )  # fmt: skip
    Session.objects.bulk_create(rows)
    return keys


def session_of(actor: Any) -> str:
    """Return the cookie of somebody who signed in."""
    client = Client()
    sign_in(client, actor)
    key = client.session.session_key
    assert key
    return key
