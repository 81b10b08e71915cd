"""The second wall: PostgreSQL itself, asked by raw SQL as the application's own role."""

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from tequio.core.scoping import NetworkModel, network_scope
from tests import settings as run

SCOPED = [model for model in apps.get_models() if issubclass(model, NetworkModel)]


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def tell(network):
    ask("SELECT set_config('tequio.network', %s, true)", str(network))


def test_the_application_owns_nothing_and_bypasses_nothing(db):
    [(name, is_super, bypasses)] = ask(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert (name, is_super, bypasses) == ("tequio_app", False, False)
    assert ask("SELECT tablename FROM pg_tables WHERE tableowner = current_user") == []


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_every_table_of_a_network_has_a_forced_wall(db, model):
    table = model._meta.db_table
    [(enabled, forced)] = ask(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )
    assert (enabled, forced) == (True, True)
    writing = ask(
        "SELECT qual, with_check FROM pg_policies WHERE tablename = %s AND cmd IN ('ALL', 'INSERT', 'UPDATE')",
        table,
    )
    assert writing, "no policy"
    for using, checking in writing:
        assert "tequio.network" in (using or checking)
        assert checking is None or "tequio.network" in checking


def test_raw_sql_sees_and_writes_only_the_network_that_was_told(andina, elsewhere):
    counting = "SELECT count(*) FROM people_organization"
    tell("")
    assert ask(counting) == [(0,)]
    tell(andina.network.pk)
    assert ask(counting) == [(2,)]
    tell(elsewhere.network.pk)
    assert ask(counting) == [(1,)]
    assert ask("UPDATE people_organization SET name = 'x' WHERE network_id = %s", andina.network.pk) == 0
    assert ask("DELETE FROM people_alias WHERE network_id = %s", andina.network.pk) == 0
    with pytest.raises(Exception, match="row-level security"):
        ask(
            "INSERT INTO networks_pillar (network_id, name, texts, interest_group, position) "
            "VALUES (%s, '{}', '{}', '{}', 1)",
            andina.network.pk,
        )


def test_a_forgotten_filter_still_meets_the_wall(andina, elsewhere):
    from django.db.models.sql import Query

    from tequio.people.models import Organization

    with network_scope(elsewhere.network.pk):
        unfiltered = Organization.objects.all()
        unfiltered.query = Query(Organization)
        assert [o.name for o in unfiltered] == ["Casa Comum"]


def test_two_clients_on_one_pooled_connection_never_see_each_other(transactional_world):
    """Alternate 500 requests of two networks on a single connection: what one told is gone for the other."""
    a, b = transactional_world
    clean = 0
    with psycopg.connect(run.of(run.ADDRESSES.app_url, run.DATABASE)) as pooled:
        for turn in range(500):
            mine, others = (a, b) if turn % 2 else (b, a)
            with pooled.transaction():
                before = pooled.execute("SELECT count(*) FROM people_organization").fetchone()[0]
                pooled.execute("SELECT set_config('tequio.network', %s, true)", [str(mine)])
                seen = {row[0] for row in pooled.execute("SELECT network_id FROM people_organization")}
                clean += before == 0 and seen == {mine} and others not in seen
    assert clean == 500


@pytest.fixture
def transactional_world(committing):
    from tests.world import build_elsewhere, build_network

    return build_network().network.pk, build_elsewhere().network.pk
