"""The command line itself: help with examples, languages, nothing loaded too early."""

import argparse
import subprocess
import sys

import pytest
from pyrage import x25519

from tequio.cli.main import parser
from tests.homes import surroundings, tequio

COMMANDS = next(
    action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_helps_with_an_example(command: str) -> None:
    text = COMMANDS[command].format_help()

    assert "Example:\n  tequio " + command in text
    assert COMMANDS[command].description


def test_the_commands_are_those_of_the_documentation() -> None:
    assert set(COMMANDS) == {
        "init", "demo", "serve", "web", "worker", "migrate", "createadmin", "doctor", "import", "export", "verify",
        "backup", "restore", "disable", "enable", "tally", "lottery", "survey",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tongue", "word"), [("es_CO.UTF-8", "Ejemplo:"), ("pt_BR.UTF-8", "Exemplo:"), ("C", "Example:")]
)
def test_help_speaks_the_language_of_the_terminal(tongue: str, word: str) -> None:
    assert word in tequio("backup", "--help", LANG=tongue).stdout


def test_help_loads_no_django() -> None:
    code = "import sys; from tequio.cli.main import parser; parser().format_help(); print('django' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings()
    )

    assert done.stdout.strip() == "False"


def test_a_taken_port_is_said(room) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = tequio("demo", "--port", taken.getsockname()[1], "--home", room / "home")

    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (room / "home").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://me:secret@localhost/x", "begins with postgresql://"),
        ("postgresql://me:secret@127.0.0.1:1/x", "refused"),
        ("postgresql://me:secret@127.0.0.1:65536/x", "port"),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "doctor", "worker"])
def test_a_database_that_does_not_answer_is_said(command: str, address: str, said: str, room) -> None:
    done = tequio(command, "--home", room / "home", TEQUIO_DATABASE_URL=address)

    words = done.stdout + done.stderr
    assert done.returncode == 1
    assert "TEQUIO_DATABASE_URL" in words
    assert said in words
    assert "Traceback" not in words
    assert "secret" not in words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("serve --port 99999", "65535"),
        ("serve --port door", "65535"),
        ("web --workers 0", "at least one worker"),
        ("import organizations {room}/export --network cila --header -1", "from 1 to 1000"),
        ("demo --port -1", "65535"),
        ("web --socket {room}/nowhere/s", "nowhere"),
        ("init --backup-key {room}/nowhere/key.txt", "nowhere"),
        ("verify {room}/export --known {room}/nothing", "nothing"),
        ("doctor --home {room}/slip", "tequio init"),
        ("export cila {room}/x --home {room}/slip", "tequio init"),
        ("createadmin ana@example.org --home {room}/slip", "tequio init"),
        ("import organizations {room}/export --network cila --home {room}/slip", "tequio init"),
        ("backup {room}/x --home {room}/slip --recipient {recipient}", "tequio init"),
        ("demo --home /proc/nowhere", "/proc/nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(line: str, said: str, room) -> None:
    (room / "export").write_text("{}")
    recipient = x25519.Identity.generate().to_public()

    done = tequio(*line.format(room=room, recipient=recipient).split(), TEQUIO_HOME=str(room / "home"))

    words = done.stdout + done.stderr
    assert done.returncode in (1, 2)
    assert said in words
    assert "Traceback" not in words
    assert not (room / "slip").exists()
