"""The register as a file to carry away, with the program that checks it and a page that says how."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.register.formats import verifier, write_bundle
from tequio.register.selectors import export_lines, key_of

if TYPE_CHECKING:
    from tequio.networks.models import Network


def write_register(actor: Actor, *, network: Network, out: IO[bytes]) -> None:
    """Write the register, its program and how to use it into a ZIP; run it in one transaction.

    Raises KeyNotAnnounced just after the key was changed, until the next checkpoint.
    """
    write_bundle(out, lines=export_lines(actor, network=network), read_me=read_me(network=network))


def fingerprint() -> str:
    """Return the SHA-256 of the program that checks a register, in hex, so that people can compare it."""
    return hashlib.sha256(verifier()).hexdigest()


def read_me(*, network: Network) -> str:
    """Return how to check the register, in every language, for people who never did such a thing."""
    parts = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            parts.append("\n".join(_read_me(network)))
    return "\n\n----\n\n".join(parts) + "\n"


def _read_me(network: Network) -> list[str]:
    return [
        _("THE REGISTER OF %(name)s") % {"name": say(network.name)},
        "",
        _("What this network decided and did, in order. Nobody can change it unseen."),
        _("You can check it yourself. You need no account, no internet, and no trust in who gave you this."),
        "",
        _("1. You need Python. Many computers have it; else it is at python.org."),
        _("2. Open a terminal in this folder and write:"),
        "     python3 verify.py register.jsonl",
        _("3. If you keep an old letter of the network, save it here as a file and write:"),
        "     python3 verify.py register.jsonl --since letter.eml",
        _("   Only this shows whether history was written anew. Without old letters, nobody could tell."),
        _("4. Compare the key of the register with the one that you know:"),
        f"     {key_of(network)}",
        _(
            "5. Who forges a register can forge this program too. Compare its fingerprint (SHA-256) elsewhere:"
        ),
        f"     {fingerprint()}",
    ]
