"""The command `tequio`. Each subcommand loads only what it needs, when it is called."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tequio import __version__
from tequio.cli import asking, drawing
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _

Run = Callable[[argparse.Namespace], "int | None"]
LETTERS = ("utf-8", "utf-16", "cp1252", "mac-roman", "cp850")
MARKS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; the answer is the exit status."""
    asked = parser().parse_args(arguments)
    try:
        return asked.run(asked) or 0
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as trouble:
        if trouble.filename is None:
            raise
        print(f"{trouble.filename}: {trouble.strerror}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Describe every subcommand, with an example on each."""
    argparse._ = _  # type: ignore[attr-defined]  # its own words in the language of the terminal too
    whole = argparse.ArgumentParser(
        prog="tequio",
        description=_(
            "Found, govern and grow a collaborative network, and prove it was done democratically."
        ),
    )
    whole.add_argument("--version", action="version", version=f"tequio {__version__}")
    every = whole.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for describe in (_running, _keeping, _exchanging, _counting):
        describe(every)
    drawing.describe(every, _command)
    asking.describe(every, _command)
    return whole


if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no other name for it


def _command(every: "Subparsers", name: str, says: str, example: str, run: Run) -> argparse.ArgumentParser:
    one = every.add_parser(
        name,
        help=says,
        description=says,
        epilog=_("Example:") + "\n" + "\n".join(f"  {line}" for line in example.splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    one.add_argument(
        "--home", type=Path, metavar="DIR", help=_("the data folder (default: TEQUIO_HOME, else ./var)")
    )
    one.set_defaults(run=run)
    return one


def _number(least: int, most: int, says: str) -> Callable[[str], int]:
    """Read a number between two, and say what it should be of anything else."""

    def read(said: str) -> int:
        try:
            number = int(said)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(says)
        return number

    return read


def _port() -> Callable[[str], int]:
    return _number(0, 65535, _("a port is a number from 1 to 65535, or 0 for a free one"))


def _running(every: "Subparsers") -> None:
    demo = _command(
        every,
        "demo",
        _("show Tequio with sample networks, on this machine only"),
        "tequio demo --port 8000",
        _demo,
    )
    demo.add_argument("--port", type=_port(), default=8000, help=_("the port (default: 8000)"))
    for name, says in (
        ("serve", _("run database, web server and worker together")),
        ("web", _("run web workers alone; jobs run elsewhere")),
    ):
        one = _command(
            every,
            name,
            says,
            f"tequio {name} --port 8000\ntequio {name} --socket /run/tequio/web.sock",
            _serve,
        )
        one.add_argument(
            "--address", default="127.0.0.1", help=_("the address to listen on (default: 127.0.0.1)")
        )
        one.add_argument("--port", type=_port(), default=8000, help=_("the port (default: 8000)"))
        one.add_argument("--socket", type=Path, metavar="FILE", help=_("a Unix socket to listen on instead"))
        one.add_argument(
            "--workers",
            type=_number(1, 1000, _("there is at least one worker, and 1,000 at most")),
            default=os.cpu_count() or 1,
            help=_("web workers (default: one for each core)"),
        )
    _command(
        every,
        "worker",
        _("do the jobs of the queue: mails, reminders, checkpoints"),
        "tequio worker",
        _worker,
    )


def _keeping(every: "Subparsers") -> None:
    init = _command(
        every, "init", _("make a home: keys, database, tables"),
        "tequio init --home /var/lib/tequio/home --backup-key backup-key.txt", _init,
    )  # fmt: skip
    init.add_argument(
        "--backup-key", type=Path, metavar="FILE", help=_("make a key pair for backups; its secret goes here")
    )
    _command(
        every, "migrate", _("bring the database to the state of this version"), "tequio migrate", _migrate
    )
    admin = _command(
        every, "createadmin", _("let a person look after this installation; prints a one-time link"),
        "tequio createadmin ana@example.org", _createadmin,
    )  # fmt: skip
    admin.add_argument("email", metavar="EMAIL")
    for name, description, run in (
        ("disable", _("close a person's account at once and sign out their devices"), _disable),
        ("enable", _("open an account again that was closed with disable"), _enable),
    ):
        one = _command(
            every, name, description, f'tequio {name} ana@example.org --because "Asked by her network"', run
        )
        one.add_argument("email", metavar="EMAIL")
        one.add_argument(
            "--because", required=True, metavar="REASON",
            help=_("goes into the register of each of their networks, where all members read it: name nobody"),
        )  # fmt: skip
    _command(every, "doctor", _("say what is well and what is not"), "tequio doctor", _doctor)
    backup = _command(
        every, "backup", _("write database, files and keys into one encrypted file"),
        "tequio backup tequio-2026-01-31.age --recipient age1…", _backup,
    )  # fmt: skip
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument(
        "--recipient", action="append", metavar="age1…",
        help=_("who can open it (default: TEQUIO_BACKUP_RECIPIENT, else the key that init made)"),
    )  # fmt: skip
    restore = _command(
        every, "restore", _("bring a backup back into an empty home"),
        "tequio restore tequio-2026-01-31.age --identity backup-key.txt --home new-home", _restore,
    )  # fmt: skip
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--identity", type=Path, required=True, metavar="FILE", help=_("the file of the secret key")
    )


def _exchanging(every: "Subparsers") -> None:
    load = _command(
        every, "import", _("read organizations into a network, or a whole network into an empty installation"),
        "tequio import organizations members.xlsx --network andina --json\ntequio import network andina.zip", _import,
    )  # fmt: skip
    load.add_argument("what", choices=["organizations", "network"])
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument("--network", metavar="SLUG", help=_("organizations: the network, as in its address"))
    load.add_argument("--key", metavar="KEY", help=_("network: the key of its register, as you know it"))
    load.add_argument(
        "--column",
        action="append",
        metavar="HEADING=FIELD",
        help=_("what a column holds, where the guess is wrong (HEADING= leaves it out)"),
    )
    load.add_argument("--encoding", choices=LETTERS, help=_("the letters of a CSV, where the guess is wrong"))
    load.add_argument("--delimiter", choices=MARKS, help=_("what stands between its cells"))
    load.add_argument("--sheet", metavar="NAME", help=_("the sheet of an XLSX"))
    load.add_argument(
        "--header", metavar="ROW", help=_("the row of the headings, 0 for none"),
        type=_number(0, 1000, _("a row is a number from 1 to 1000, or 0 for none")),
    )  # fmt: skip
    load.add_argument(
        "--duplicates", choices=["skip", "merge", "new"], default="skip",
        help=_("what happens to rows that are certainly there already (default: skip)"),
    )  # fmt: skip
    load.add_argument("--json", action="store_true", help=_("answer as JSON"))
    out = _command(
        every, "export", _("write the register of a network, or all of it, into a file"),
        "tequio export andina andina-register.zip\ntequio export andina andina.zip --whole", _export,
    )  # fmt: skip
    out.add_argument("network", metavar="NETWORK")
    out.add_argument("file", type=Path, metavar="FILE")
    more = out.add_mutually_exclusive_group()
    more.add_argument("--whole", action="store_true", help=_("the whole network, to move it elsewhere"))
    more.add_argument("--public", action="store_true", help=_("what anybody may read of it"))
    check = _command(
        every, "verify", _("check an export and compute its decisions again; needs no database"),
        "tequio verify andina-register.zip\ntequio verify andina-register.zip --since letter-of-march.eml", _verify,
    )  # fmt: skip
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument(
        "--report", type=Path, action="append", metavar="FILE",
        help=_("a published report of a survey, whose digest the register holds"),
    )  # fmt: skip
    check.add_argument("--key", metavar="KEY", help=_("the network's key as somebody wrote it down"))
    check.add_argument(
        "--known",
        type=Path,
        action="append",
        metavar="FILE",
        help=_("a text with a checkpoint kept elsewhere, such as an old mail"),
    )
    check.add_argument(
        "--since",
        type=Path,
        action="append",
        metavar="OLD_NOTE",
        help=_("the same, and say what the register gained since then"),
    )


def _counting(every: "Subparsers") -> None:
    from tequio.elections.rules.named import RULES

    tally = _command(
        every, "tally", _("count a file of ballots and show every stage; needs no database"),
        "tequio tally ward.blt --rule scottish-stv\ntequio tally fund.pb --rule equal-shares-add1 --json", _tally,
    )  # fmt: skip
    tally.add_argument("file", type=Path, metavar="FILE", help=_("BLT, PrefLib, Pabulib (.pb) or our JSON"))
    tally.add_argument(
        "--rule", choices=RULES, metavar="RULE", help=", ".join(RULES) + _(" (default: what the file says)")
    )
    tally.add_argument(
        "--seats",
        type=_number(1, 10**9, _("there is at least one seat")),
        metavar="N",
        help=_("how many are elected, where the file does not say"),
    )
    tally.add_argument(
        "--lot",
        metavar="SEED",
        help=_("decide ties by the public lot of this seed (default: the order of the file)"),
    )
    tally.add_argument("--json", action="store_true", help=_("answer as JSON"))


# --- what each one runs -------------------------------------------------------------------------------------


def _home(asked: argparse.Namespace) -> Path:
    from tequio.cli import ground

    return ground.home_folder(asked.home)


def _demo(asked: argparse.Namespace) -> None:
    from tequio.cli import running

    running.demo(_home(asked), asked.port)


def _serve(asked: argparse.Namespace) -> None:
    from tequio.cli import running
    from tequio.cli.serving import Door

    door = Door(asked.address, asked.port, asked.socket)
    running.serve(_home(asked), door, workers=asked.workers, with_jobs=asked.command == "serve")


def _worker(asked: argparse.Namespace) -> None:
    from tequio.cli import running
    from tequio.cli.serving import Door

    running.serve(_home(asked), Door(), workers=0, with_web=False)


def _init(asked: argparse.Namespace) -> None:
    from tequio.cli import keeping

    keeping.init(_home(asked), backup_key=asked.backup_key)


def _migrate(asked: argparse.Namespace) -> None:
    from tequio.cli import keeping

    keeping.migrate(_home(asked))


def _createadmin(asked: argparse.Namespace) -> None:
    from tequio.cli import keeping

    keeping.create_admin(_home(asked), email=asked.email)


def _disable(asked: argparse.Namespace) -> None:
    from tequio.cli import keeping

    keeping.close_account(_home(asked), email=asked.email, because=asked.because)


def _enable(asked: argparse.Namespace) -> None:
    from tequio.cli import keeping

    keeping.open_account(_home(asked), email=asked.email, because=asked.because)


def _doctor(asked: argparse.Namespace) -> int:
    from tequio.cli import doctor

    return doctor.examine(_home(asked))


def _backup(asked: argparse.Namespace) -> None:
    from tequio.cli import backup

    backup.write(_home(asked), asked.file, recipients=asked.recipient)


def _restore(asked: argparse.Namespace) -> None:
    from tequio.cli import backup

    backup.restore(_home(asked), asked.file, identity=asked.identity)


def _import(asked: argparse.Namespace) -> None:
    from tequio.cli import exchanging, moving

    if asked.what == "network":
        moving.bring_in(_home(asked), asked.file, key=asked.key, as_json=asked.json)
        return
    if not asked.network:
        raise Trouble(_("Say into which network: --network SLUG"))
    exchanging.import_organizations(
        _home(asked),
        asked.file,
        network=asked.network,
        reading=exchanging.Reading(
            asked.column or [],
            asked.encoding or "",
            MARKS.get(asked.delimiter, ""),
            asked.sheet or "",
            asked.header,
        ),
        duplicates=asked.duplicates,
        as_json=asked.json,
    )


def _export(asked: argparse.Namespace) -> None:
    from tequio.cli import exchanging, moving

    if asked.whole or asked.public:
        moving.write(_home(asked), network=asked.network, file=asked.file, public=asked.public)
        return
    exchanging.export(_home(asked), network=asked.network, file=asked.file)


def _verify(asked: argparse.Namespace) -> int:
    from tequio.cli import exchanging

    return exchanging.verify(
        asked.file, key=asked.key, known=asked.known, since=asked.since, reports=asked.report
    )


def _tally(asked: argparse.Namespace) -> None:
    from tequio.cli import tallying

    tallying.tally(asked.file, rule=asked.rule, seats=asked.seats, lot=asked.lot, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
