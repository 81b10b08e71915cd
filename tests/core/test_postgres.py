"""A kept connection is looked at, not asked; one that the server closed is noticed all the same."""

import select
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import (
    DatabaseError,
    DataError,
    OperationalError,
    ProgrammingError,
)
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.json import Jsonb


@pytest.fixture(params=["plans kept", "planned anew"], autouse=True)
def _plans(request, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "KEEP_PLANS", request.param == "plans kept")


def test_a_standing_connection_is_usable_and_is_not_asked(db):
    with connection.execute_wrapper(refuse):
        assert connection.is_usable()


def refuse(execute, sql, params, many, context):
    raise AssertionError(f"asked {sql}")


def test_a_connection_whose_transaction_failed_is_not_usable(db):
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT 1/0")
    assert connection.is_usable()
    with transaction.atomic():
        mark = transaction.savepoint()
        with pytest.raises(DatabaseError):
            connection.cursor().execute("SELECT 1/0")
        assert not connection.is_usable()
        transaction.savepoint_rollback(mark)
        assert connection.is_usable()


def test_a_connection_that_the_server_closed_is_noticed_and_made_anew(committing):
    connection.ensure_connection()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()
    assert select.select([connection.connection.fileno()], [], [], 10)[0], "the farewell never came"
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.parametrize(
    "written",
    ["2026-11-22 07:00:00+00", "2026-11-22 07:00:00.1+00", "1999-12-31 23:59:59.999999+00", "0001-01-01 00:00:00+00",
     "9999-12-31 23:59:59.999999+00", "1889-07-03 12:00:00.000001+00"],
)  # fmt: skip
def test_a_moment_is_read_as_the_driver_reads_it(db, written):
    (ours,) = connection.read("SELECT %s::timestamptz", [written])[0]
    theirs = TimestamptzLoader(0, connection.connection).load(written.encode())
    assert ours == theirs
    assert ours.utcoffset() == theirs.utcoffset()


@pytest.mark.parametrize("written", ["infinity", "0044-03-15 12:00:00+00 BC", "10000-01-01 00:00:00+00"])
def test_a_moment_that_python_cannot_hold_is_refused_as_the_driver_refuses_it(db, written):
    with pytest.raises(DataError), transaction.atomic():
        connection.read("SELECT %s::timestamptz", [written])


def test_it_reads_on_after_a_refusal_and_is_counted_where_somebody_counts(db):
    assert connection.read("SELECT %s, 'a'", [1]) == [[1, "a"]]
    with pytest.raises(DataError), transaction.atomic():
        connection.read("SELECT 1 / %s", [0])
    assert connection.read("SELECT %s", [2]) == [[2]]
    with CaptureQueriesContext(connection) as asked:
        assert connection.read("SELECT %s", [3]) == [[3]]
    assert len(asked) == 1


def test_a_read_may_join_as_it_is_written_and_leaves_no_trace_of_that(db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "KEEP_PLANS", False)
    limit = "SELECT current_setting('join_collapse_limit'), %s"
    usual = connection.read(limit, [0])[0][0]
    assert connection.read(limit, [1], as_written=True) == [["1", 1]]
    assert connection.read(limit, [2]) == [[usual, 2]]
    with pytest.raises(DataError), transaction.atomic():
        connection.read("SELECT 1 / %s", [0], as_written=True)
    assert connection.read(limit, [3]) == [[usual, 3]]
    with CaptureQueriesContext(connection) as asked:
        assert connection.read("SELECT %s", [4], as_written=True) == [[4]]
    assert len(asked) == 1


def test_a_read_in_a_transaction_that_failed_is_refused(db):
    with transaction.atomic():
        connection.needs_rollback = True
        with pytest.raises(transaction.TransactionManagementError):
            connection.read("SELECT 1", [])
        connection.needs_rollback = False


def test_a_read_begins_the_transaction_that_it_is_in(committing):
    connection.ensure_connection()
    with transaction.atomic():
        at_once = not connection.settings_dict[
            "KEEP_PLANS"
        ]  # with plans, the beginning is a round trip of its own
        assert connection.read("SELECT now() = statement_timestamp()", []) == [[at_once]]
        assert connection.connection.info.transaction_status == TransactionStatus.INTRANS
        assert connection.read("SELECT now() = statement_timestamp()", []) == [[False]]
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE
    connection.read("SELECT 1", [])
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE


def test_a_read_writes_values_as_the_driver_does(db):
    moment = datetime(2026, 11, 22, 7, tzinfo=UTC)
    values = [
        None,
        7,
        "it's 100 % \\ %s",
        True,
        moment,
        moment.date(),
        [1, 2],
        UUID(int=5),
        Jsonb({"a": "'"}),
    ]
    sql = "SELECT " + ", ".join(["%s"] * len(values)) + ", 'a%%b%%s' LIKE 'a%%%%s'"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert connection.read(sql, values) == [list(cursor.fetchone())]


def test_a_read_over_a_connection_that_the_server_closed_says_so(committing):
    connection.ensure_connection()
    connection.read("SELECT 1", [])
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()
    assert select.select([connection.connection.fileno()], [], [], 10)[0], "the farewell never came"
    for _ in range(2):
        with pytest.raises(OperationalError):
            connection.read("SELECT 1", [])
    connection.close()


def test_a_read_refuses_what_is_no_question(db):
    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.read("SELEC 1", [])
