"""Signed notes and the checkpoints written in them. Source: C2SP signed-note and tlog-checkpoint."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "\N{EM DASH} "
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class BadNote(ValueError):
    """A note, key or checkpoint that is not written or signed as it should be."""


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a key: whose it is, its short name, and the key itself."""

    name: str
    key_hash: bytes
    public: bytes

    def __str__(self) -> str:
        return f"{self.name}+{self.key_hash.hex()}+{_b64(ED25519 + self.public)}"


@dataclass(frozen=True)
class Signer:
    """The private half: a name and an Ed25519 key that signs notes."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> VerifierKey:
        return verifier_key(self.name, self.key.public_key().public_bytes_raw())


@dataclass(frozen=True)
class Checkpoint:
    """What a log promised at one moment: how many entries it had, and the root over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"


def verifier_key(name: str, public: bytes) -> VerifierKey:
    """Name an Ed25519 public key; raise BadNote for a name with spaces or a plus sign."""
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise BadNote("The name of a key has no spaces and no plus sign.")
    return VerifierKey(name, sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4], public)


def parse_key(text: str) -> VerifierKey:
    """Read a key written as name+hash+base64; raise BadNote if it is not an Ed25519 key of that name."""
    name, _, rest = text.partition("+")
    hexed, _, encoded = rest.partition("+")
    raw = _unb64(encoded)
    if len(raw) != 33 or raw[:1] != ED25519:
        raise BadNote("This is not an Ed25519 key.")
    key = verifier_key(name, raw[1:])
    if key.key_hash.hex() != hexed:
        raise BadNote("The short name of the key does not belong to it.")
    return key


def sign(text: str, *, signer: Signer) -> str:
    """Return the note of a text that ends in a line break, with one signature under it."""
    if not text.endswith("\n") or "\n\n" in text:
        raise BadNote("A note ends in a line break and has no empty line.")
    signature = signer.verifier.key_hash + signer.key.sign(text.encode())
    return f"{text}\n{DASH}{signer.name} {_b64(signature)}\n"


def open_note(note: str, *, key: VerifierKey) -> str:
    """Return the text of a note signed by this key; raise BadNote if it is not.

    Signatures of keys that we do not know (cosigning witnesses) are passed over. Source: C2SP signed-note.
    """
    text, gap, signatures = note.rpartition("\n\n")
    text += "\n"
    if not gap or text == "\n" or not signatures.endswith("\n"):
        raise BadNote("This is not a signed note.")
    for line in signatures[:-1].split("\n"):
        name, raw = _signature(line)
        if name == key.name and raw[:4] == key.key_hash:
            _check(key, text, raw[4:])
            return text
    raise BadNote("The note is not signed by this key.")


def _signature(line: str) -> tuple[str, bytes]:
    if not line.startswith(DASH):
        raise BadNote("A signature begins with a dash.")
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    raw = _unb64(encoded)
    if not space or not name or len(raw) < 5:
        raise BadNote("A signature is a name and a text in base64.")
    return name, raw


def _check(key: VerifierKey, text: str, signature: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise BadNote("The signature does not fit the text.") from error


def parse_checkpoint(text: str) -> Checkpoint:
    """Read origin, size and root from the text of a note; further lines are allowed and passed over."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise BadNote("A checkpoint has three lines: origin, size and root.")
    origin, size, root = lines[0], lines[1], _unb64(lines[2])
    if not _SIZE.fullmatch(size) or len(root) != 32:
        raise BadNote("The size or the root of the checkpoint cannot be read.")
    return Checkpoint(origin, int(size), root)


def open_checkpoint(note: str, *, key: VerifierKey) -> Checkpoint:
    """Read a checkpoint whose origin is the name of the key that signed it; raise BadNote otherwise."""
    checkpoint = parse_checkpoint(open_note(note, key=key))
    if checkpoint.origin != key.name:
        raise BadNote("The checkpoint is of another register.")
    return checkpoint


def find_notes(text: str) -> list[str]:
    """Find the checkpoints inside a longer text, such as a saved e-mail with quoted or broken lines."""
    lines = [line.lstrip("> \t").strip() for line in text.split("\n")]
    found = []
    for place, line in enumerate(lines):
        if not line.startswith(DASH.strip()) or place < 3:
            continue
        above = [one for one in lines[max(0, place - 8) : place] if one][-3:]
        below = [one for one in lines[place:] if one]
        words = " ".join(below[:2]).split()
        if len(above) == 3 and len(words) >= 3 and _SIZE.fullmatch(above[1]):
            found.append("\n".join(above) + f"\n\n{DASH}{words[1]} {words[2]}\n")
    return found


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise BadNote("This is not base64.") from error
    if _b64(raw) != text:  # Loose trailing bits would let a byte change unseen.
        raise BadNote("This base64 has loose bits.")
    return raw
