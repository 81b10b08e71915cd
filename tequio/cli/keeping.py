"""The commands that make and keep a home: init, migrate, createadmin, disable and enable."""

import os
from pathlib import Path

from tequio.cli import ground
from tequio.cli.private import write_private
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _
from tequio.cli.words import language

RECIPIENT = "backup-recipient.txt"


def init(home: Path, *, backup_key: Path | None) -> None:
    """Make keys, database and tables, and on request a key pair for backups; what is there already stays."""
    if backup_key is not None and backup_key.exists():
        raise Trouble(_("%(file)s exists already; a key is never written over.") % {"file": backup_key})
    if backup_key is not None and not os.access(backup_key.resolve().parent, os.W_OK | os.X_OK):
        raise Trouble(
            _("%(folder)s is no folder that can be written.") % {"folder": backup_key.resolve().parent}
        )
    migrate(home)
    print(_("The home %(home)s is ready.") % {"home": home})
    if backup_key is not None:
        make_backup_key(home, backup_key)
    print(_("Next: tequio createadmin YOUR-ADDRESS, then tequio serve."))


def make_backup_key(home: Path, file: Path) -> None:
    """Make a key pair: the public half stays in the home, the secret half goes to a file that must leave it."""
    from pyrage import x25519

    pair = x25519.Identity.generate()
    write_private(file, f"# Tequio backups. Public key: {pair.to_public()}\n{pair}\n")
    (home / RECIPIENT).write_text(f"{pair.to_public()}\n")
    print(_("Backups will be encrypted to %(key)s") % {"key": pair.to_public()})
    print(
        _("The secret key is in %(file)s. Keep it offline, in two places, and take it off this machine: who has it "
          "reads every backup, and without it no backup can be read.") % {"file": file}
    )  # fmt: skip


def migrate(home: Path) -> None:
    """Bring the database to the state of this version."""
    with ground.standing(home):
        ground.set_up_django()
        pending = ground.pending_migrations()
        if pending:
            ground.migrate()
        print(_("Migrations applied: %(number)s.") % {"number": len(pending)})


def create_admin(home: Path, *, email: str) -> None:
    """Let a person look after this installation, and print a link that signs in once."""
    os.environ.setdefault("TEQUIO_ORIGIN", "http://127.0.0.1:8000")
    with ground.standing(home, made=True):
        ground.set_up_django()
        from django.core.exceptions import ValidationError
        from django.core.validators import validate_email
        from django.db import transaction

        from tequio.people import services

        try:
            validate_email(email)
        except ValidationError as wrong:
            raise Trouble(_("This is no address of e-mail: %(email)s") % {"email": email}) from wrong
        with transaction.atomic():
            person = services.person_for(email=email, language=language().lower().replace("_", "-"))
            person.is_operator = True
            person.save(update_fields=["is_operator"])
            path = services.one_time_link(person=person)
        print(_("This link signs in once, within the hour:"))
        print(os.environ["TEQUIO_ORIGIN"].rstrip("/") + path)


def close_account(home: Path, *, email: str, because: str) -> None:
    """Close an account, and say where that is written down."""
    _suspend(home, email=email, because=because, close=True)


def open_account(home: Path, *, email: str, because: str) -> None:
    """Undo it."""
    _suspend(home, email=email, because=because, close=False)


def _suspend(home: Path, *, email: str, because: str, close: bool) -> None:
    if not because.strip():
        raise Trouble(_("Say why: the reason goes into the register."))
    with ground.standing(home, made=True):
        ground.set_up_django()
        from tequio.people import services
        from tequio.people.models import Person

        person = Person.objects.filter(email=email.strip().lower()).first()
        if person is None:
            raise Trouble(_("Nobody here has this address: %(email)s") % {"email": email})
        act = services.close_account if close else services.open_account
        try:
            networks = act(person=person, because=because.strip()[:300])
        except services.NothingToDo:
            already = _("This account is closed already.") if close else _("This account is open.")
            raise Trouble(already) from None
    print(
        _("The account is closed, and its devices are signed out.")
        if close
        else _("The account is open again.")
    )
    print(_("Written down in the registers of %(number)s networks.") % {"number": networks})
