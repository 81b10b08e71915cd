"""Looking after an installation: doctor, backup and restore, what leaves it and what comes in."""

import json
import signal
from pathlib import Path

import psycopg
import pytest
from pyrage import x25519

from tequio.cli import backup, server
from tequio.cli.trouble import Trouble
from tests.cli.trees import Start, healthy, home, started, stopped
from tests.homes import tequio

__all__ = ["home"]  # the home with the sample networks


def test_doctor_finds_a_new_home_well(home: Path) -> None:
    looked = tequio("doctor", "--home", home)

    assert looked.returncode == 0, looked.stdout
    assert "✗" not in looked.stdout
    assert "tequio_app" in looked.stdout


def test_doctor_hears_the_worker(home: Path, running: Start) -> None:
    tree, origin = started(running, home)

    looked = tequio("doctor", "--home", home, TEQUIO_ORIGIN=origin)

    assert looked.returncode == 0, looked.stdout
    assert "✓ A worker was heard of" in looked.stdout
    assert f"✓ {origin} answers." in looked.stdout
    stopped(tree, signal.SIGINT)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"TEQUIO_ORIGIN": "https://tequio.example.org", "TEQUIO_SMTP_URL": "smtp://127.0.0.1:1"},
            ["TEQUIO_TRUST_PROXY=1", "127.0.0.1:1 refuses"],
        ),
        (
            {"TEQUIO_ORIGIN": "http://tequio.example.org", "TEQUIO_TRUST_PROXY": "1"},
            ["is not https", "without an https address", "TEQUIO_SMTP_URL"],
        ),
    ],
)
def test_doctor_says_what_is_wrong(home: Path, settings: dict[str, str], said: list[str]) -> None:
    looked = tequio("doctor", "--home", home, **settings)

    assert looked.returncode == 1, looked.stdout
    for words in said:
        assert words in looked.stdout


def test_doctor_sees_open_keys_and_lost_walls(home: Path) -> None:
    key = next((home / "keys").iterdir())
    key.chmod(0o644)
    assert (home / "files").stat().st_mode & 0o077 == 0
    (home / "files").chmod(0o755)
    with psycopg.connect(server.ensure(home).superuser_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE people_organization NO FORCE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE core_once OWNER TO tequio_app")
    try:
        looked = tequio("doctor", "--home", home)
    finally:
        key.chmod(0o600)
        (home / "files").chmod(0o700)
        with psycopg.connect(server.ensure(home).superuser_url, autocommit=True) as connection:
            connection.execute("ALTER TABLE people_organization FORCE ROW LEVEL SECURITY")
            connection.execute("ALTER TABLE core_once OWNER TO tequio_owner")

    assert looked.returncode == 1
    for said in (key.name, "files of networks", "people_organization", "owns tables"):
        assert said in looked.stdout


def test_a_backup_comes_back_into_an_empty_home(home: Path, running: Start) -> None:
    folder = home.parent
    (home / "files").mkdir(exist_ok=True)
    (home / "files" / "acta.txt").write_text("ñandú")
    with psycopg.connect(server.ensure(home).superuser_url, autocommit=True) as connection:
        connection.execute("INSERT INTO people_person (uuid, email, name, language, theme, time_zone, is_active, is_operator, password) VALUES (gen_random_uuid(), 'kept@example.org', '', 'es', '', '', true, false, '') ON CONFLICT DO NOTHING")  # fmt: skip
    server.stop(home)

    written = tequio("backup", folder / "all.age", "--home", home)
    brought = tequio(
        "restore", folder / "all.age", "--identity", folder / "key.txt", "--home", folder / "new"
    )

    assert written.returncode == 0, written.stderr
    assert brought.returncode == 0, brought.stderr
    assert (folder / "all.age").read_bytes().startswith(b"age-encryption.org/v1")
    assert (folder / "all.age").stat().st_mode & 0o077 == 0
    assert (folder / "new" / "files" / "acta.txt").read_text() == "ñandú"
    for key in (home / "keys").iterdir():
        assert (folder / "new" / "keys" / key.name).read_bytes() == key.read_bytes()
    with psycopg.connect(server.ensure(folder / "new").app_url) as connection:
        found = connection.execute("SELECT 1 FROM people_person WHERE email = 'kept@example.org'").fetchall()
    assert found == [(1,)]
    server.stop(folder / "new")
    assert tequio("doctor", "--home", folder / "new").returncode == 0
    assert tequio("export", "cila", folder / "cila.jsonl", "--home", folder / "new").returncode == 0
    checked = tequio("verify", folder / "cila.jsonl")
    assert checked.returncode == 0, checked.stderr
    tree, origin = started(running, folder / "new")
    assert healthy(origin)
    stopped(tree, signal.SIGINT)


def test_a_backup_opens_with_its_own_key_only_and_into_an_empty_home_only(home: Path) -> None:
    folder = home.parent
    (folder / "other.txt").write_text(f"{x25519.Identity.generate()}\n")
    assert tequio("backup", folder / "one.age", "--home", home).returncode == 0

    wrong = tequio(
        "restore", folder / "one.age", "--identity", folder / "other.txt", "--home", folder / "never"
    )
    full = tequio("restore", folder / "one.age", "--identity", folder / "key.txt", "--home", home)
    whole = (folder / "one.age").read_bytes()
    (folder / "one.age").write_bytes(whole[:-5000])
    cut = tequio("restore", folder / "one.age", "--identity", folder / "key.txt", "--home", folder / "never")

    for refused in (wrong, full, cut):
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        assert refused.stderr.strip()
    assert not (folder / "never").exists() or not list((folder / "never").iterdir())


def test_what_cannot_be_opened_is_said_and_nobody_waits_for_it(room: Path) -> None:
    (room / "key.txt").write_text(f"{x25519.Identity.generate()}\n")
    (room / "dump").write_bytes(b"x" * 100)
    with pytest.raises(FileNotFoundError):
        backup.restore(room / "new", room / "nothing.age", identity=room / "key.txt")
    assert not (room / "new").exists()
    with pytest.raises(FileNotFoundError):
        backup._pack(
            room, room / "dump", room / "nowhere" / "all.age", [x25519.Identity.generate().to_public()]
        )
    with pytest.raises(Trouble, match="dump"):
        backup.restore(room / "new", room / "dump", identity=room / "key.txt")


def test_any_postgresql_will_do(home: Path, room: Path) -> None:
    """The server of the other home plays the one of somebody else."""
    addresses = server.ensure(home)
    with psycopg.connect(addresses.app_url) as database:
        # Other tests let a worker run on it: here nobody has worked for an hour.
        database.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    elsewhere = {
        "TEQUIO_DATABASE_URL": addresses.app_url,
        "TEQUIO_DATABASE_OWNER_URL": addresses.owner_url,
        "TEQUIO_DATABASE_BACKUP_URL": addresses.superuser_url,
    }

    made = tequio("init", "--home", room / "mine", "--backup-key", room / "key.txt", **elsewhere)
    looked = tequio("doctor", "--home", room / "mine", **elsewhere)
    kept = tequio("backup", room / "all.age", "--home", room / "mine", **elsewhere)

    assert made.returncode == 0, made.stderr
    assert not (room / "mine" / "database.json").exists()
    assert "✗ No worker" in looked.stdout
    assert looked.stdout.count("✗ ") == 1, looked.stdout
    assert kept.returncode == 0, kept.stderr


# --- with the outside ---------------------------------------------------------------------------------------


def test_what_was_exported_is_verified_without_a_home(home: Path, room: Path) -> None:
    assert tequio("export", "cila", room / "cila.jsonl", "--home", home).returncode == 0
    assert tequio("export", "cila", room / "cila.zip", "--home", home).returncode == 0
    server.stop(home)

    whole = tequio("verify", room / "cila.jsonl", LANG="es_CO.UTF-8", TEQUIO_HOME=str(room / "never"))
    lines = (room / "cila.jsonl").read_bytes().splitlines(keepends=True)
    (room / "cut.jsonl").write_bytes(b"".join(lines[:5] + lines[6:]))
    cut = tequio("verify", room / "cut.jsonl")

    assert whole.returncode == 0, whole.stderr
    assert "CILA" in whole.stdout
    note = json.loads(lines[-2])["note"]
    (room / "old.txt").write_text(f"Hola\n{note}")
    since = tequio("verify", room / "cila.zip", "--since", room / "old.txt")
    assert since.returncode == 0, since.stderr
    assert "Since your checkpoint" in since.stdout or "Nothing came since" in since.stdout
    assert cut.returncode == 1
    assert cut.stderr.strip()
    assert not (room / "never").exists()


def test_organizations_are_imported(home: Path, room: Path) -> None:
    (room / "list.csv").write_text(
        "Nombre;País;Ciudad\nFundación Río Manso;Colombia;Medellin\n;Chile;Valparaíso\nCasa Lejana;Brasil;Xyzlandia\n"
    )

    said = tequio("import", "organizations", room / "list.csv", "--network", "cila", "--json", "--home", home)
    again = tequio("import", "organizations", room / "list.csv", "--network", "cila", "--home", home)
    nowhere = tequio("import", "organizations", room / "list.csv", "--network", "none", "--home", home)

    told = json.loads(said.stdout)
    assert set(told) == {"read", "imported", "rejected", "duplicates", "places_found", "places_unknown"}
    assert (told["read"], told["imported"], told["places_found"]) == (3, 2, 1)
    assert told["places_unknown"] == ["Xyzlandia"]
    assert [set(row) for row in told["rejected"]] == [{"row", "reason"}]
    assert "Organizations imported: 0" in again.stdout
    assert nowhere.returncode == 1
    assert "none" in nowhere.stderr
