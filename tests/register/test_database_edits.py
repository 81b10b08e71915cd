"""Somebody edits the database behind the register, past every trigger: one old letter shows it.

What the export does not show (private parts, kept hashes) is looked at by the same check as a network that moves in.
"""

import os
import random

import psycopg
import psycopg.types.json
import pytest

from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.register import services
from tequio.register.events import Event
from tequio.register.formats import verify
from tequio.register.models import Entry
from tequio.register.selectors import export_lines
from tests import settings as run
from tests.register.strangers import program
from tests.register.test_parallel import committed  # noqa: F401

wrote = Event("tests.wrote", "%(who)s wrote %(what)s.")
PROOF = bool(os.environ.get("PROOF"))
EDITS = {
    "entry": ("kind = 'tests.other'", "ref = ref || '0'", "at = at + interval '1 day'",
              "commitment = md5(commitment) || md5(id::text)"),
    "payload": ("facts = facts || '{\"what\": \"nothing\"}'::jsonb", "facts = facts - 'what'",
                "salt = md5(salt) || md5(salt || 'x')", "facts = NULL, erased_at = now()",
                "private_commitment = md5(salt) || md5(salt || 'y')"),
    "leaf": ("number = number + 2500",),
    "checkpoint": ("note = replace(note, 'tequio/', 'tequio/0')", "note = replace(note, 'A', 'B') || ' '"),
}  # fmt: skip


@pytest.mark.xdist_group("register-edits")
def test_every_edit_of_the_database_is_found_with_one_old_letter(request):
    """Source: SECURITY 4.2; each edit is made by the superuser, seen, and undone."""
    network = request.getfixturevalue("committed")
    by = system(network.pk)
    with network_scope(network.pk):
        for number in range(12):
            wrote.record(network, by=by, what=f"line {number}", private={"n": number})
            if number in (4, 8):
                services.make_checkpoint(network=network)
        kept = services.make_checkpoint(network=network).note
        wrote.record(network, by=by, what="after the letter")
        services.sequence(network=network)
        ids = list(Entry.objects.order_by("turn").values_list("pk", flat=True))[:12]
    dice, kinds = random.Random(21), [(table, edit) for table, edits in EDITS.items() for edit in edits]
    address = run.of(run.ADDRESSES.superuser_url, run.DATABASE)
    with psycopg.connect(address) as superuser:
        for turn in range(1000 if PROOF else 2 * len(kinds)):
            table, edit = kinds[turn % len(kinds)]
            superuser.execute("SET session_replication_role = replica")  # past the triggers
            key, one = ("id", dice.choice(ids)) if table == "entry" else ("entry_id", dice.choice(ids))
            if table == "checkpoint":
                key, one = "network_id", network.pk
            before = superuser.execute(f"SELECT * FROM register_{table} WHERE {key} = %s", [one]).fetchall()
            superuser.execute(f"UPDATE register_{table} SET {edit} WHERE {key} = %s", [one])
            superuser.commit()
            found = check(network, by, kept)
            put_back(superuser, table, key, one, before)
            assert found == (False, False), (table, edit, turn)
            if PROOF:
                assert check(network, by, kept) == (True, True), "a clean export raises no alarm"
    assert check(network, by, kept) == (True, True)


def check(network, by, kept):
    """What the program and the single file find in an export made now, with the old letter."""
    with network_scope(network.pk):
        lines = list(export_lines(by, network=network))
    try:
        alone = not program.check(lines, program.notes_in(kept.encode())).problems
    except program.Wrong:
        alone = False
    return verify(lines, [kept]).ok, alone


def put_back(superuser, table, key, one, rows):
    superuser.execute(f"DELETE FROM register_{table} WHERE {key} = %s", [one])
    for row in rows:
        marks = ", ".join(["%s"] * len(row))
        superuser.execute(
            f"INSERT INTO register_{table} VALUES ({marks})",
            [psycopg.types.json.Jsonb(value) if isinstance(value, dict | list) else value for value in row],
        )
    superuser.commit()
