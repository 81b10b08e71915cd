"""Where a connection is ours alone, the server keeps the plans of what pages read."""

import pytest
from django.db import connection, transaction
from django.db.utils import NotSupportedError

from tequio.core.prepared import PLAN_HANGS_ON_VALUES
from tequio.core.scoping import tell_database


def test_a_plan_is_kept_whatever_the_size_of_a_number(db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "KEEP_PLANS", True)
    sql = "SELECT %s + 1, %s::text"
    for number in (1, 40_000, 2**40):
        assert connection.read(sql, [number, "a"]) == [[number + 1, "a"]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1 + 1, $2::text'"
        )
        assert cursor.fetchone() == (1,)


def test_nothing_is_kept_where_the_settings_do_not_say_so(db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "KEEP_PLANS", False)
    assert connection.read("SELECT %s, 'planned anew'", [1]) == [[1, "planned anew"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%planned anew%'")
        assert cursor.fetchone() == (0,)


def test_a_plan_ends_with_the_type_of_a_column(db, monkeypatch):
    """A migration beside a running program: one question is refused, the next one is planned anew."""
    monkeypatch.setitem(connection.settings_dict, "KEEP_PLANS", True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE changing (number integer) ON COMMIT DROP")
        cursor.execute("INSERT INTO changing VALUES (7)")
    sql = "SELECT number FROM changing WHERE number = %s"
    assert connection.read(sql, [7]) == [[7]]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE changing ALTER number TYPE bigint")
    with pytest.raises(NotSupportedError), transaction.atomic():
        connection.read(sql, [7])
    assert connection.read(sql, [7]) == [[7]]


def test_a_plan_for_all_values_keeps_the_wall(andina, elsewhere, monkeypatch):
    """The question names no network: PostgreSQL's own wall looks anew each time which one it is. Source: SECURITY."""
    monkeypatch.setitem(connection.settings_dict, "KEEP_PLANS", True)
    sql = "SELECT count(*) FROM people_organization WHERE id <> %s"
    for _turn in range(8):
        for network_id, there in ((andina.network.pk, 2), (None, 0), (elsewhere.network.pk, 1)):
            tell_database(network_id=network_id)
            assert connection.read(sql, [0]) == [[there]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%id <> $1'")
        assert cursor.fetchone()[0] > 0, "one plan for all was never taken"


@pytest.mark.parametrize(
    ("sql", "kept"),
    [
        ("SELECT a FROM t WHERE b = (%s)", True),
        ("SELECT a FROM t WHERE since <= (%s) AND EXISTS(SELECT 1 AS x FROM u WHERE d > (%s) LIMIT 1)", True),
        ("SELECT a FROM t WHERE number < (%s) ORDER BY number DESC LIMIT 31", False),
        ("SELECT a FROM t WHERE word::text LIKE %s", False),
        ("SELECT a FROM t WHERE id = ANY (%s)", False),
    ],
)
def test_a_plan_is_kept_where_it_hangs_on_no_value(sql, kept):
    """One plan for all made a search among 10,000 agreements 160 times as dear as among 10."""
    assert bool(PLAN_HANGS_ON_VALUES.search(sql)) is not kept
