"""The commands that exchange with the outside: import organizations, export and verify."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from tequio.cli import ground
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _
from tequio.cli.words import language, plain
from tequio.cli.words import ngettext_now as ngettext

if TYPE_CHECKING:
    from tequio.people.formats.tables import Layout


@dataclass(frozen=True)
class Reading:
    """How a file is to be read, where what would be guessed is wrong; ``columns`` are written HEADING=FIELD."""

    columns: list[str]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: int | None = None


def verify(
    file: Path,
    *,
    key: str | None = None,
    known: list[Path] | None = None,
    since: list[Path] | None = None,
    reports: list[Path] | None = None,
) -> int:
    """Check an export with no database, and print what was found; 1 where it does not hold.

    ``known`` and ``since`` are texts with checkpoints kept elsewhere; for those of ``since`` it says what came after;
    ``reports`` are published reports of surveys, whose digests the register must hold.
    """
    kept = [*(known or []), *(since or [])]
    for path in (file, *kept, *(reports or [])):
        if not path.is_file():
            raise Trouble(_("%(file)s is not there.") % {"file": path})
    with tempfile.TemporaryDirectory(prefix="tequio-verify-") as nowhere:
        if since:  # what came since is told in the words of all apps, whose settings want a home and a key
            os.environ |= {"TEQUIO_HOME": nowhere, "TEQUIO_SECRET_KEY": os.urandom(32).hex()}
            speak()
        else:
            speak_alone()
        from tequio.elections.formats.lots import FORMAT as LOT
        from tequio.register.formats import (
            CONSISTENCY,
            PROOF,
            form_of,
            is_public_copy,
            kept_text,
            lines_of,
            report_digest,
            single_file,
        )
        from tequio.register.formats import verify as check

        form = form_of(file.read_bytes()) if file.stat().st_size < single_file.SMALL else ""
        texts = [kept_text(path.read_bytes()) for path in kept]
        if form == LOT:
            from tequio.cli import lottery

            return lottery.verify(file)
        if form == PROOF:
            return _verify_proof(file, key=key)
        if form == CONSISTENCY:
            return _verify_consistency(file, key=key, kept=texts)
        if is_public_copy(file):
            key_words = ["--key", key] if key else []
            known_words = [word for path in kept for word in ("--since", str(path))]
            return single_file.main([str(file), *key_words, *known_words, "--lang", language()[:2]])
        given = {report_digest(path): path.name for path in reports or []}
        report = check(lines_of(file), known_checkpoints=texts, trusted_key=key, reports=given)
    for sentence in report.sentences():
        print(plain(sentence), file=sys.stdout if report.ok else sys.stderr)
    if since and report.ok:
        _tell_what_came(report)
    return 0 if report.ok else 1


def _tell_what_came(report: Any) -> None:
    """Say what the register gained after the checkpoint that was kept, the newest of it."""
    from tequio.register.events import sentence

    more = report.size - report.newest_kept
    print(
        ngettext(
            "Since your checkpoint over %(size)s entries, %(more)s came:",
            "Since your checkpoint over %(size)s entries, %(more)s came:",
            more,
        )
        % {"size": report.newest_kept, "more": more}
        if more
        else _("Nothing came since your checkpoint over %(size)s entries.") % {"size": report.newest_kept}
    )
    if more > len(report.since):
        print(_("(the last %(count)s of them)") % {"count": len(report.since)})
    for one in report.since:
        print(plain(f"  {one.number}  {one.day}  {sentence(one.kind, one.facts)}"))


def _verify_consistency(file: Path, *, key: str | None, kept: list[str]) -> int:
    """Check that a register continues the one of an older checkpoint, and say so; 1 where it does not."""
    from tequio.register.formats import NotProved, check_consistency

    if not kept:
        raise Trouble(_("Give the letter with your old checkpoint: --since FILE."))
    try:
        old, newest = check_consistency(file.read_bytes(), kept=kept, trusted_key=key)
    except NotProved as problem:
        print(_("The proof does not hold: %(why)s") % {"why": problem}, file=sys.stderr)
        return 1
    print(
        _(
            "The register %(origin)s, with %(size)s entries, begins with the %(old)s of your checkpoint, unchanged."
        )
        % {"origin": newest.origin, "size": newest.size, "old": old}
    )
    _tell_of_the_key(key)
    return 0


def _tell_of_the_key(key: str | None) -> None:
    if key is None:
        print(_("Whose key it is was not checked: give it with --key."))


def _verify_proof(file: Path, *, key: str | None) -> int:
    """Check the proof of one entry, and print what it shows; 1 where it shows nothing."""
    from tequio.register.formats import NotProved, check_proof

    try:
        checkpoint = check_proof(file.read_bytes(), trusted_key=key)
    except NotProved as problem:
        print(_("The proof does not hold: %(why)s") % {"why": problem}, file=sys.stderr)
        return 1
    print(
        _("The entry is in the register %(origin)s, as it was when %(size)s entries were sealed and signed.")
        % {"origin": checkpoint.origin, "size": checkpoint.size}
    )
    _tell_of_the_key(key)
    return 0


@contextmanager
def written_whole(file: Path, *, private: bool) -> Iterator[BinaryIO]:
    """Open what is to be a file, which is there whole or not at all; a private one is its owner's alone."""
    if file.is_dir():
        raise Trouble(_("%(file)s is a folder.") % {"file": file})
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.touch(0o600 if private else 0o666)
        with draft.open("w+b") as out:
            yield out
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def export(home: Path, *, network: str, file: Path) -> None:
    """Write the register of a network into a file."""
    with ground.standing(home, made=True):
        speak()
        from tequio.core.actor import system
        from tequio.core.scoping import network_scope
        from tequio.register import selectors, services
        from tequio.register.selectors import carrying

        row = find_network(network)
        with written_whole(file, private=False) as out, network_scope(row.pk):
            services.make_checkpoint(network=row)  # numbers what happened until now
            if file.suffix == ".zip":
                carrying.write_register(system(row.pk), network=row, out=out)
            else:
                out.writelines(selectors.export_lines(system(row.pk), network=row))
        print(_("Written: %(file)s. Anybody can check it with: tequio verify %(file)s") % {"file": file})


def import_organizations(
    home: Path, file: Path, *, network: str, reading: Reading, duplicates: str, as_json: bool
) -> None:
    """Read organizations from a file into a network: all of them, or none where the file cannot be read."""
    if not file.is_file():
        raise Trouble(_("%(file)s is not there.") % {"file": file})
    with ground.standing(home, made=True):
        speak()
        from tequio.core.actor import system
        from tequio.core.scoping import network_scope
        from tequio.people import services
        from tequio.people.formats.tables import Unreadable
        from tequio.people.models import Duty
        from tequio.people.services.import_reporting import reason

        row = find_network(network)
        # Whoever may run this command looks after the installation: the platform acts, as the coordination could.
        by = replace(system(row.pk), duties=frozenset({Duty.COORDINATION}))
        try:
            with network_scope(row.pk):
                report = services.import_organizations(
                    by=by,
                    name=file.name,
                    content=file.read_bytes(),
                    layout=_layout(reading),
                    mapping=_mapping(reading.columns),
                    on_duplicates=duplicates,
                ).as_json()
        except Unreadable as wrong:
            raise Trouble(f"{file}: {reason(code=wrong.code)}") from wrong
        except services.NotInTheFile as wrong:
            told = {"wrong": wrong, "known": ", ".join(wrong.there)}
            raise Trouble(_("The file has no %(wrong)s. It has: %(known)s") % told) from wrong
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _tell(report)


def _layout(reading: Reading) -> "Layout | None":
    from tequio.people.formats.tables import Layout

    header = -1 if reading.header is None else reading.header
    asked = Layout("", reading.encoding, reading.delimiter, reading.sheet, header)
    return None if asked == Layout("") else asked


def _mapping(columns: list[str]) -> dict[str, str]:
    from tequio.people.formats.columns import ABOUT, FIELDS

    known = (*FIELDS, ABOUT)
    pairs = [column.rpartition("=") for column in columns]
    if wrong := [
        column for column, (heading, _equals, field) in zip(columns, pairs, strict=True) if not heading
    ]:
        raise Trouble(_("A column is named as HEADING=FIELD: %(wrong)s") % {"wrong": ", ".join(wrong)})
    if unknown := [field for _heading, _equals, field in pairs if field and field not in known]:
        raise Trouble(
            _("No field is called %(wrong)s. There are: %(known)s")
            % {"wrong": ", ".join(unknown), "known": ", ".join(known)}
        )
    return {heading: field for heading, _equals, field in pairs}


def speak() -> None:
    """Load Django, and speak the language of the terminal."""
    ground.set_up_django()
    from django.utils import translation

    translation.activate(language().lower().replace("_", "-"))


def speak_alone() -> None:
    """Speak the language of the terminal and know the rules, with the texts of all apps and none of their tables."""
    import django
    from django.conf import settings
    from django.utils import translation

    from tequio.decisions.apps import answer_for_rules as answer_for_decisions
    from tequio.elections.apps import answer_for_rules as answer_for_elections

    answer_for_decisions()
    answer_for_elections()
    if not settings.configured:
        texts = sorted(str(folder) for folder in Path(__file__).parents[1].glob("*/locale"))
        settings.configure(USE_I18N=True, USE_TZ=True, LOCALE_PATHS=texts)
        django.setup()
    translation.activate(language().lower().replace("_", "-"))


def find_network(slug: str) -> Any:
    """Find a network by its address; raise Trouble for one that is not here."""
    from tequio.networks.models import Network

    row = Network.objects.filter(slug=slug).first()
    if row is None:
        raise Trouble(_("There is no network %(slug)s here.") % {"slug": slug})
    return row


def _tell(outcome: dict[str, Any]) -> None:
    print(
        _("Rows read: %(read)s. Organizations imported: %(imported)s. Places found: %(places)s.")
        % {"read": outcome["read"], "imported": outcome["imported"], "places": outcome["places_found"]}
    )
    for row in outcome["rejected"]:
        print(_("Row %(row)s was not read: %(reason)s") % row)
    for one in outcome["duplicates"]:
        print(_("Row %(row)s, %(name)s, may be %(of)s: %(why)s") % one)
    if outcome["places_unknown"]:
        print(_("Places not known: %(names)s") % {"names": ", ".join(map(str, outcome["places_unknown"]))})
