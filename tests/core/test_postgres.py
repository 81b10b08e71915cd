"""A kept connection is looked at, not asked; one that the server closed is noticed all the same."""

import select

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError


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
