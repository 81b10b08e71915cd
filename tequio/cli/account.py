"""The account of the operating system that the database server runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

CANDIDATES = ("tequio", "postgres", "nobody")


class Launch(TypedDict, total=False):
    """What `subprocess` needs to start a program as another account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """Who a program runs as; `other` says that it is not the one we run as ourselves."""

    uid: int
    gid: int
    name: str
    other: bool

    def launch(self) -> Launch:
        """Give `subprocess` its arguments."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}


def _named(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, other=entry.pw_uid != os.geteuid())


def _existing(name: str) -> Account | None:
    try:
        return _named(pwd.getpwnam(name))
    except KeyError:
        return None


def _of(uid: int, gid: int) -> Account:
    try:
        return _named(pwd.getpwuid(uid))
    except KeyError:  # a number without a name, as containers have
        return Account(uid, gid, str(uid), other=uid != os.geteuid())


def for_server(data: Path) -> Account:
    """Choose the account: our own; as root the owner of the data, or an unprivileged one that exists, or a new one."""
    if os.geteuid() != 0:
        return _of(os.geteuid(), os.getegid())
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return _of(owner.st_uid, owner.st_gid)
    for name in CANDIDATES:
        if (found := _existing(name)) and found.uid != 0:
            return found
    return _created()


def _created() -> Account:
    add = shutil.which("useradd") or "/usr/sbin/useradd"
    subprocess.run(
        [add, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "tequio"],
        check=True,
    )
    return _named(pwd.getpwnam("tequio"))


def can_enter(account: Account, folder: Path) -> bool:
    """Try whether the account can reach a folder through all those above it."""
    if not account.other:
        return os.access(folder, os.X_OK)
    probe = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", folder],
        check=False,
        capture_output=True,
        cwd="/",
        **account.launch(),
    )
    return probe.returncode == 0
