"""The second wall: what PostgreSQL itself refuses, as operations for migrations.

Row-level security is forced, so that even the owner of a table sees only the network it named; the
application's role owns nothing. Source: SECURITY "Row-level security".
"""

from django.db.migrations import RunSQL
from django.db.migrations.operations.base import Operation

APP_ROLE = "tequio_app"
_SAME_NETWORK = "network_id = nullif(current_setting('tequio.network', true), '')::bigint"
_SAME_PERSON = "person_id = nullif(current_setting('tequio.person', true), '')::bigint"


def wall(table: str) -> list[Operation]:
    """Let a table's rows be seen and written only by a transaction that named their network."""
    return [
        RunSQL(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            f"CREATE POLICY same_network ON {table} USING ({_SAME_NETWORK}) WITH CHECK ({_SAME_NETWORK});",
            f"DROP POLICY same_network ON {table};"
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
    ]


def read_by_all(table: str) -> list[Operation]:
    """Let everybody read a table's rows, and nobody write any but those of the network that was named."""
    writes = (("INSERT", "WITH CHECK"), ("UPDATE", "USING"), ("DELETE", "USING"))
    return [
        RunSQL(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            f"CREATE POLICY everybody_reads ON {table} FOR SELECT USING (true);"
            + "".join(
                f"CREATE POLICY own_{verb.lower()} ON {table} FOR {verb} {how} ({_SAME_NETWORK});"
                for verb, how in writes
            ),
            f"DROP POLICY everybody_reads ON {table};"
            + "".join(f"DROP POLICY own_{verb.lower()} ON {table};" for verb, _how in writes)
            + f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
    ]


def own_rows_readable(table: str) -> list[Operation]:
    """Let a person read their own rows of a walled table (``person_id``) in whichever network they lie."""
    return [
        RunSQL(
            f"CREATE POLICY own_rows ON {table} FOR SELECT USING ({_SAME_PERSON});",
            f"DROP POLICY own_rows ON {table};",
        )
    ]


def append_only(table: str) -> list[Operation]:
    """Refuse UPDATE, DELETE and TRUNCATE on a table, to everybody."""
    return [
        RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE};"
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'The table {table} only grows.' USING ERRCODE = 'insufficient_privilege'; END $$;"
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse();"
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();",
            f"DROP TRIGGER never_emptied ON {table}; DROP TRIGGER append_only ON {table};"
            f"DROP FUNCTION {table}_refuse();",
        )
    ]
