"""The commands that move a whole network: `export --whole`, `export --public` and `import network`."""

import json
from pathlib import Path

from tequio.cli import ground
from tequio.cli.exchanging import find_network, speak, written_whole
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _


def write(home: Path, *, network: str, file: Path, public: bool) -> None:
    """Write a network into an archive; the file is there whole or not at all."""
    with ground.standing(home, made=True):
        speak()
        from tequio.archive.services import write as write_archive
        from tequio.core.access import Refused

        row = find_network(network)
        try:
            with written_whole(file, private=not public) as out:
                digest = write_archive(network=row, kind="PUBLIC" if public else "PRIVATE", out=out)
        except Refused as wrong:
            raise Trouble(str(wrong)) from wrong
        print(_("Written: %(file)s") % {"file": file})
        print(_("SHA-256: %(digest)s") % {"digest": digest})
        if not public:
            print(_("It holds everybody's addresses: keep it as you would keep a key."))


def bring_in(home: Path, file: Path, *, key: str | None, as_json: bool) -> None:
    """Bring a whole network into an empty installation: all of it, or nothing."""
    if not file.is_file():
        raise Trouble(_("%(file)s is not there.") % {"file": file})
    with ground.standing(home, made=True):
        speak()
        if ground.pending_migrations():
            raise Trouble(_("The database is of an older version. Run tequio migrate first."))
        from tequio.archive.formats import Broken
        from tequio.archive.services import bring_in as bring

        try:
            with file.open("rb") as archive:
                came = bring(file=archive, trusted_key=key)
        except Broken as wrong:
            raise Trouble(f"{file}: {wrong}") from wrong
    report = {
        "network": came.network.slug,
        "uuid": str(came.network.uuid),
        "digest": came.arrival.digest,
        "key": came.arrival.key,
        "rows": came.arrival.rows,
        "tables": came.tables,
    }
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    print(_("The network %(network)s is here, with %(rows)s rows.") % report)
    print(_("SHA-256: %(digest)s") % report)
    if key is None:
        print(_("Compare its key with the one you know: %(key)s") % report)
    print(_("Its people come in with a code by mail, as before. Passkeys are made anew."))
