#!/usr/bin/env python3
"""Check a register of Tequio with nothing but Python 3.9 or later: no Tequio, no account, no network, no trust.

    python3 verify.py FILE [--since OLD_LETTER] [--key KEY] [--report REPORT] [--lang es|pt|en]

FILE is the ZIP that members download, the register.jsonl out of it, or the small file of a proof. OLD_LETTER is a text
in which you kept a checkpoint: a saved e-mail, or what a printed record says. KEY is the key of the register as somebody
you trust wrote it down. REPORT is a published report of a survey (report.json, or the data package that holds it): its
digest must be in the register. The exit code is 0 if everything holds, 1 if not, 2 if there was nothing to check.

What it does: each line must be written in the one way there is; what an entry says must be what it promised (SHA-256
over a salt and the words); the entries are the leaves of a Merkle tree (RFC 6962) whose root must be the one of every
signed checkpoint (C2SP signed notes, Ed25519), in the file and in what you kept; the seal at the end covers every line.
Each outcome is computed again: consent rounds, votes and broken ties from their voices; open elections from their
answers; ballots, named and secret, from their published papers; draws by lot from the number that was announced before
anybody could know it (drand, BLS12-381, or secrets that were promised), down to names, reserves and who came in for
whom. What a ballot counts and what a lot draws from must be what was frozen before. One thing is not searched again:
whether any other odds of a lot with quotas would be fairer; that takes a solver. Quotas, tickets and sums are checked.

This file is part of Tequio (AGPL-3.0-or-later). What reads the register stands here a second time, so that this program
and “tequio verify” check each other. The rules at its end are those that Tequio itself runs: read them.
"""

from __future__ import annotations

import argparse
import base64
import email
import email.policy
import enum
import hashlib
import importlib.abc
import importlib.util
import json
import os
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Set, Tuple

try:  # quicker where it is there
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    QUICK = True
except ImportError:
    QUICK = False

EXPORT, PROOF, CONSISTENCY = "tequio-export/1", "tequio-proof/1", "tequio-consistency/1"
LOTTERY = "tequio/lottery/1"
INSIDE = ("register.jsonl", "register/register.jsonl")  # where the register lies in a ZIP
PUBLIC = (
    "register/leaves.csv",
    "register/checkpoints.txt",
    "datapackage.json",
)  # what a public copy holds of it
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
LINE = re.compile(  # one entry, in the one way to write it
    (
        r'\{"entry":(?P<row>\{"at":"(?P<moment>(?P<day>\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\dZ)","commitment":"(?P<commitment>[0-9a-f]{64})",'
        rf'"id":"(?P<id>{UUID})","kind":"(?P<kind>[\w.]+)","network":"(?P<network>{UUID})",'
        r'"number":(?P<number>0|[1-9]\d{0,17}),"ref":"[^"\\\x00-\x1f]+"\}),"opening":'
        r'(?:null|(?P<kept>"kept")|(?P<promised>\{"facts":(?P<facts>\{.*\}),"private":(?:null|"[0-9a-f]{64}")),"salt":"(?P<salt>[0-9a-f]{64})"\})'
        r',"type":"entry"\}\n'
    ).encode()
)
PUBLISHED, TAKEN_BACK, REPORT = "surveys.release_published", "surveys.release_withdrawn", "report.json"
DASH = "\N{EM DASH} "
SHOWN = 20
SMALL = 5_000_000  # bytes of a file that is no register

Key = Tuple[str, bytes, bytes]
Point = Tuple[int, int, int, int]
Facts = Dict[str, Any]


class Wrong(Exception):
    """Something does not hold: the name of a sentence at the end of this file, and what the sentence speaks of."""

    def __init__(self, sentence: str, **values: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values


# --- one way of writing -------------------------------------------------------------------------------------


def refuse(text: str) -> Any:
    raise ValueError(f"no fractions: {text[:20]}")


WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
READER = json.JSONDecoder(parse_float=refuse, parse_constant=refuse)


def write(value: Any) -> bytes:
    return WRITER.encode(value).encode()


def is_text(raw: bytes) -> bool:
    """Tell whether bytes are a text, with accents in the one form there is."""
    try:
        return raw.isascii() or unicodedata.is_normalized("NFC", raw.decode())
    except UnicodeDecodeError:
        return False


def read(raw: bytes, sentence: str = "unreadable") -> Facts:
    """Read one JSON object that could not have been written otherwise."""
    try:
        value = READER.decode(raw.decode())
        if isinstance(value, dict) and write(value) == raw and is_text(raw):
            return value
    except (ValueError, RecursionError):
        pass
    raise Wrong(sentence)


def read_line(raw: bytes, sentence: str = "unreadable") -> Facts:
    if raw[-1:] != b"\n":
        raise Wrong(sentence)
    return read(raw[:-1], sentence)


# --- the tree: RFC 6962 and RFC 9162 ------------------------------------------------------------------------


def leaf_of(row: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + row).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(peaks: List[bytes], size: int, leaf: bytes) -> None:
    """Add a leaf to the roots of the complete subtrees of a tree of this size."""
    peaks.append(leaf)
    while size & 1:
        right = peaks.pop()
        peaks[-1] = node_of(peaks[-1], right)
        size >>= 1


def root_of(peaks: Sequence[bytes]) -> bytes:
    root = peaks[-1] if peaks else hashlib.sha256(b"").digest()
    for left in peaks[-2::-1]:
        root = node_of(left, root)
    return root


def climb(path: Sequence[bytes], place: int, last: int, start: bytes) -> Optional[Tuple[bytes, bytes]]:
    """Climb a path and return the old root and the new one, or None where it does not end at a root."""
    old = new = start
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_of(step, old), node_of(step, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_of(new, step)
        place, last = place >> 1, last >> 1
    return None if last else (old, new)


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the path leads from this leaf to this root."""
    found = climb(path, index, size - 1, leaf) if 0 <= index < size else None
    return found is not None and found[1] == root


def continues(old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether a register begins with the whole of an older one."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not path and old_root == root
    path = path if old_size & (old_size - 1) else [old_root, *path]
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return bool(path) and climb(path[1:], place, last, path[0]) == (old_root, root)


# --- Ed25519 in whole numbers, where `cryptography` is missing: RFC 8032 -------------------------------------

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
NOTHING = (0, 1, 1, 0)
TABLES: Dict[bytes, List[List[Point]]] = {}


def add(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * D * one[3] * two[3] % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(raw: bytes) -> Optional[Point]:
    """Read a point of the curve; None where there is none."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def times(name: bytes, start: Point, factor: int) -> Point:
    """Multiply a point by a number, with a table of its multiples that is made once a point."""
    if name not in TABLES:
        rows = TABLES[name] = []
        for _row in range(64):
            rows.append([NOTHING])
            for _column in range(15):
                rows[-1].append(add(rows[-1][-1], start))
            start = add(rows[-1][-1], start)
    found = NOTHING
    for place, row in enumerate(TABLES[name]):
        found = add(found, row[factor >> 4 * place & 15])
    return found


def has_signed(public: bytes, text: bytes, signature: bytes) -> bool:
    """Tell whether this key signed this text."""
    if QUICK:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True
    key, base = point(public), point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    factor = int.from_bytes(signature[32:], "little")
    if key is None or base is None or len(signature) != 64 or factor >= ORDER:
        return False
    minus = (P - key[0], key[1], 1, P - key[3])
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    x, y, z, _t = add(times(b"", base, factor), times(public, minus, challenge))
    z = pow(z, P - 2, P)
    x, y = x * z % P, y * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- signed notes: C2SP signed-note and tlog-checkpoint ------------------------------------------------------


def unpack(text: str) -> bytes:
    raw = base64.b64decode(text.encode("ascii"), validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("loose bits")
    return raw


def key_of(text: str) -> Key:
    """Read name+hash+base64 into name, hash and public key."""
    try:
        name, hashed, encoded = text.split("+", 2)
        raw = unpack(encoded)
        short = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if len(raw) == 33 and raw[0] == 1 and short.hex() == hashed and re.fullmatch(r"[^\s+]+", name):
            return name, short, raw[1:]
    except ValueError:
        pass
    raise Wrong("bad_key")


def open_note(note: str, key: Key) -> Optional[str]:
    """Return the text of a note that this key signed, else None."""
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not text or not signatures.endswith("\n"):
        return None
    try:
        for line in signatures[:-1].split("\n"):
            name, _space, encoded = line[len(DASH) :].partition(" ")
            raw = unpack(encoded)
            if not line.startswith(DASH) or not name or len(raw) < 5:
                return None
            if name == key[0] and raw[:4] == key[1]:
                return text + "\n" if has_signed(key[2], f"{text}\n".encode(), raw[4:]) else None
    except ValueError:
        pass
    return None


def checkpoint_of(note: str, keys: Iterable[Key]) -> Optional[Tuple[int, bytes]]:
    """Read a checkpoint that one of the keys signed into its size and its root, else None."""
    for key in keys:
        lines = (open_note(note, key) or "").split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or lines[0] != key[0]:
            continue
        try:
            root = unpack(lines[2])
        except ValueError:
            continue
        if len(root) == 32 and re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]):
            return int(lines[1]), root
    return None


def notes_in(raw: bytes) -> List[str]:
    """Find the checkpoints in a text or in a saved e-mail, also quoted ones and those with broken lines."""
    lines = [line.lstrip("> \t").strip() for line in words_of(raw).replace("\r\n", "\n").split("\n")]
    found = []
    for place, line in enumerate(lines):
        above = [one for one in lines[max(0, place - 8) : place] if one][-3:]
        words = " ".join([one for one in lines[place:] if one][:2]).split()
        if line.startswith(DASH.strip()) and len(above) == 3 and len(words) > 2:
            found.append("\n".join(above) + f"\n\n{DASH}{words[1]} {words[2]}\n")
    return [note for note in found if re.fullmatch("0|[1-9][0-9]{0,18}", note.split("\n")[1])]


def words_of(raw: bytes) -> str:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts: List[Any] = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    if "Message-ID" not in mail or not parts:
        return raw.decode("utf-8", "replace")
    texts = []
    for part in [part for part in parts if part.get_content_subtype() == "plain"] or parts:
        try:
            texts.append(part.get_content())
        except (LookupError, ValueError):  # an unknown alphabet: its letters are enough
            texts.append((part.get_payload(decode=True) or b"").decode("utf-8", "replace"))
    return "\n".join(texts)


# --- the rules ----------------------------------------------------------------------------------------------
# The rules stand at the end of this file, word for word as Tequio runs them: each module as a text, so that it keeps
# its own names. RULES says which function computes the outcomes of a rule again; FOLLOWERS which one holds an event
# against what came before it.

Where = Tuple[str, str]
MODULES: Dict[str, str] = {}
RULES: Dict[str, Where] = {}
FOLLOWERS: Dict[str, Where] = {}
LOTS = "elections.lot/"


class Shelf(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules that lie in this file, and nothing else by their names."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        is_package = any(one.startswith(name + ".") for one in MODULES)
        if name in MODULES or is_package:
            return importlib.util.spec_from_loader(name, self, is_package=is_package)
        return None

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: Any) -> None:
        if sys.version_info < (3, 10):
            module.zip = strict_zip
        name = module.__name__
        exec(compile(MODULES.get(name, ""), f"verify.py: {name}", "exec"), module.__dict__)  # noqa: S102


def strict_zip(*columns: Sequence[Any], strict: bool = False) -> Iterator[Any]:
    """Do what `zip` does from Python 3.10 on."""
    if strict and len({len(column) for column in columns}) > 1:
        raise ValueError("columns of different lengths")
    return zip(*columns)  # noqa: B905


class TextEnum(str, enum.Enum):
    """What `enum.StrEnum` is from Python 3.11 on."""

    __str__ = str.__str__


def unpack_rules() -> None:
    """Let the modules of this file be found, and no other of their names."""
    if not hasattr(enum, "StrEnum"):  # before Python 3.11
        setattr(enum, "StrEnum", TextEnum)  # noqa: B010
    if "tequio" not in sys.modules:  # where Tequio runs this, its own modules are there
        sys.meta_path.insert(0, Shelf())


def ask(where: Where, *given: Any) -> List[str]:
    """Ask one of the rules; facts that it cannot read are a problem too."""
    module, function = where
    try:
        return list(getattr(importlib.import_module(module), function)(*given))
    except Exception as error:
        return [repr(error)]


# --- the register -------------------------------------------------------------------------------------------


class Register:
    """An export while it is read, and what was found in it."""

    def __init__(self, header: Facts) -> None:
        self.network, self.said_size, self.key_texts = header["network"], header["size"], header["keys"]
        self.keys = [key_of(text) for text in header["keys"]]
        self.name = title_of(header["name"]) or self.network
        self.problems: List[Wrong] = []
        self.peaks: List[bytes] = []
        self.count = self.covered = self.points = self.recomputed = self.lots = self.withheld = 0
        self.past: Dict[Any, Any] = {}
        self.unknown: Counter[str] = Counter()
        self.seen: Set[str] = set()
        self.closed: Dict[str, int] = {}
        self.erased: Dict[str, int] = {}
        self.announced: Set[str] = set()
        self.kept: Dict[int, Set[bytes]] = {}
        self.fits: List[int] = []
        self.differs: List[int] = []
        self.fresh: List[str] = []
        self.reports: Dict[str, str] = {}
        self.released: Dict[str, str] = {}
        self.published: Dict[str, int] = {}
        self.taken_back: Set[str] = set()

    def wrong(self, sentence: str, **values: Any) -> None:
        self.problems.append(Wrong(sentence, **values))

    def remember(self, notes: Iterable[str]) -> None:
        for note in notes:
            found = checkpoint_of(note, self.keys)
            if found is None:
                raise Wrong("other_note")
            self.kept.setdefault(found[0], set()).add(found[1])

    def entry(self, found: "re.Match[bytes]") -> None:
        """Take one entry: its place, its words, its outcome, its leaf."""
        if not is_text(found[0]):
            raise Wrong("unreadable")
        uuid, kind, facts = found["id"].decode(), found["kind"].decode(), None
        in_place = int(found["number"]) == self.count and found["network"].decode() == self.network
        if not in_place or uuid in self.seen:
            self.wrong("out_of_order", number=self.count)
        self.seen.add(uuid)
        if found["kept"] is not None:
            self.withheld += 1
        elif found["facts"] is None:
            self.closed[uuid] = self.count
        else:
            facts = read(found["facts"])
            promise = bytes.fromhex(found["salt"].decode()) + found["promised"] + b"}"
            if hashlib.sha256(promise).hexdigest() != found["commitment"].decode():
                self.wrong("broken_promise", number=self.count)
            self.says(kind, facts)
            if self.reports and kind in (PUBLISHED, TAKEN_BACK):
                self.report(kind, found["row"].rpartition(b'"ref":"')[2].decode(), facts)
        if kind in FOLLOWERS:
            self.hold(ask(FOLLOWERS[kind], facts, found["moment"].decode(), self.past))
        grow(self.peaks, self.count, leaf_of(found["row"]))
        self.count += 1
        if self.kept:
            title = title_of(facts.get("title")) if facts else ""
            self.compare(f"  {found['number'].decode()}  {found['day'].decode()}  {kind}  {title}".rstrip())

    def report(self, kind: str, ref: str, facts: Facts) -> None:
        """Hold the reports that were given against one that was published, or taken back."""
        name = self.reports.get(str(facts.get("sha256")))
        if kind == PUBLISHED and name:
            self.published[name], self.released[ref] = self.count, name
        elif kind == TAKEN_BACK and ref in self.released:
            self.taken_back.add(self.released[ref])

    def says(self, kind: str, facts: Facts) -> None:
        if kind == "register.erased":
            self.erased[str(facts.get("entry"))] = self.count
        if kind == "register.key_changed":
            self.announced.add(str(facts.get("new")))
        rule = facts.get("rule")
        if isinstance(rule, str) and rule not in RULES:
            self.unknown[rule] += 1
        elif isinstance(rule, str):
            self.hold(ask(RULES[rule], facts))
            self.recomputed += 1
            self.lots += rule.startswith(LOTS)

    def hold(self, problems: Iterable[str]) -> None:
        for why in problems:
            self.wrong("wrong_outcome", number=self.count, why=why[:300])

    def compare(self, told: str) -> None:
        """Hold what was read against the checkpoints that were kept, and note what came after the last of them."""
        self.fresh.append(told)
        for root in self.kept.get(self.count, ()):
            (self.fits if root == root_of(self.peaks) else self.differs).append(self.count)
            self.fresh = []

    def checkpoint(self, note: str) -> None:
        found = checkpoint_of(note, self.keys)
        if found != (self.count, root_of(self.peaks)) or self.count <= self.covered:
            self.wrong("bad_checkpoint", number=self.count)
        self.covered, self.points = self.count, self.points + 1

    def seal(self, line: Facts, digest: str) -> None:
        wanted = f"{EXPORT} seal\n{self.keys[-1][0]}\nsha256 {digest}\n"
        note = line.get("note")
        if line.keys() != {"type", "note"} or not isinstance(note, str):
            raise Wrong("unreadable")
        if open_note(note, self.keys[-1]) != wanted or note.count("\n") != wanted.count("\n") + 2:
            self.wrong("bad_seal")

    def finish(self) -> None:
        if self.said_size != self.count or self.covered != self.count:
            self.wrong("cut")
        if any(text not in self.announced for text in self.key_texts[1:]):
            self.wrong("new_key")
        if any(size > self.count for size in self.kept):
            self.wrong("kept_longer", size=max(self.kept), count=self.count)
        if self.differs:
            self.wrong("rewritten", size=min(self.differs))
        if self.differs and self.fits:
            self.wrong("still_fits", size=max(self.fits))
        for name in self.reports.values():
            if name not in self.published:
                self.wrong("not_published", name=name)
        for uuid, number in self.closed.items():
            if self.erased.get(uuid, -1) <= number:
                self.wrong("hidden", number=number)
        if self.erased.keys() & self.seen - self.closed.keys():
            self.wrong("not_erased")


def check(
    lines: Iterable[bytes],
    notes: Iterable[str] = (),
    trusted_key: Optional[str] = None,
    reports: Optional[Dict[str, str]] = None,
) -> Register:
    """Check the lines of an export; raise Wrong where it cannot even begin."""
    rest = iter(lines)
    raw = next(rest, b"")
    register = begin(read_line(raw, "not_an_export"), trusted_key)
    register.remember(notes)
    register.reports = reports or {}
    try:
        take_all(register, raw, rest)
    except Wrong as wrong:  # nothing after it can be read; what was found before it stays found
        register.problems.append(wrong)
    return register


def take_all(register: Register, header: bytes, rest: Iterator[bytes]) -> None:
    """Take every line after the header, up to the seal and its end."""
    digest = hashlib.sha256(header)
    for raw in rest:
        found = LINE.fullmatch(raw)
        line = {} if found else read_line(raw)
        if line.get("type") == "seal":
            register.seal(line, digest.hexdigest())
            break
        digest.update(raw)
        if found:
            register.entry(found)
        elif (
            line.keys() == {"type", "note"} and line["type"] == "checkpoint" and isinstance(line["note"], str)
        ):
            register.checkpoint(line["note"])
        else:
            raise Wrong("unreadable")
    else:
        raise Wrong("cut")
    if next(rest, None) is not None:
        raise Wrong("after_seal")
    register.finish()


def begin(header: Facts, trusted_key: Optional[str]) -> Register:
    if header.get("type") != "header" or header.get("format") != EXPORT:
        raise Wrong("not_an_export")
    whole = header.keys() == {"type", "format", "network", "name", "made_at", "size", "keys"}
    if not whole or not isinstance(header["name"], dict) or not isinstance(header["keys"], list):
        raise Wrong("unreadable")
    texts = [header["network"], header["made_at"], *header["keys"], *header["name"].values()]
    size_fits = (
        isinstance(header["size"], int) and not isinstance(header["size"], bool) and header["size"] >= 0
    )
    if not all(isinstance(text, str) for text in texts) or not header["keys"] or not size_fits:
        raise Wrong("unreadable")
    register = Register(header)
    if not re.fullmatch(UUID, register.network) or any(
        key[0] != f"tequio/{register.network}" for key in register.keys
    ):
        raise Wrong("unreadable")
    if trusted_key is not None and key_of(trusted_key.strip()) != register.keys[-1]:
        raise Wrong("other_key")
    return register


# --- the small files ----------------------------------------------------------------------------------------


def small_file(raw: bytes, notes: Sequence[str], trusted_key: Optional[str]) -> Optional[List[str]]:
    """Check the proof of one entry, or that a register continues an older one; None for any other file."""
    try:
        proof = json.loads(raw)
        form = proof["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if form == LOTTERY:
        return lot_document(proof)
    if form not in (PROOF, CONSISTENCY):
        return None
    try:
        if trusted_key is not None and key_of(proof["key"]) != key_of(trusted_key.strip()):
            raise Wrong("other_key")
        newest = checkpoint_of(proof["checkpoint"], [key_of(proof["key"])])
        if newest is None:
            raise Wrong("no_path")
        said = (entry_proof if form == PROOF else consistency)(proof, newest, notes)
        return [*said, say("trusted") if trusted_key else say("compare_key", key=proof["key"])]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Wrong("no_path") from None


def entry_proof(proof: Facts, newest: Tuple[int, bytes], notes: Sequence[str]) -> List[str]:
    row, opening = proof["entry"], proof["opening"]
    path = [bytes.fromhex(step) for step in proof["path"]]
    inside = includes(leaf_of(write(row)), row["number"], newest[0], path, newest[1])
    if not inside or key_of(proof["key"])[0] != f"tequio/{row['network']}":
        raise Wrong("no_path")
    if opening is not None:
        promised = write({"facts": opening["facts"], "private": opening["private"]})
        if hashlib.sha256(bytes.fromhex(opening["salt"]) + promised).hexdigest() != row["commitment"]:
            raise Wrong("broken_promise", number=row["number"])
    return [say("proved", number=row["number"], size=newest[0])]


def consistency(proof: Facts, newest: Tuple[int, bytes], notes: Sequence[str]) -> List[str]:
    if not notes:
        raise Wrong("since_what")
    path = [bytes.fromhex(step) for step in proof["path"]]
    said = []
    for note in notes:
        old = checkpoint_of(note, [key_of(proof["key"])])
        if old is None:
            raise Wrong("other_note")
        if old[0] != proof["since"]:
            raise Wrong("other_size", size=proof["since"])
        if not continues(old[0], old[1], newest[0], newest[1], path):
            raise Wrong("rewritten", size=old[0])
        said.append(since(old[0], newest[0] - old[0]))
    return said


def lot_document(document: Facts) -> List[str]:
    """Check the data of one lot, drawn or not."""
    module = RULES["elections.lot/1"][0]
    for why in ask((module, "problems_of"), document):
        raise Wrong("wrong_lot", why=why[:300])
    drawn = document.get("draw")
    said = [say("lot", pool=len(document["pool"]), size=document["size"], panels=len(document["panels"]))]
    if drawn is None:
        return [*said, say("not_drawn")]
    said.append(say("beacon" if drawn.get("beacon") else "no_beacon"))
    return [*said, say("drawn"), *(f"  {name}" for name in drawn["panel"])]


def public_copy(path: Path, notes: Sequence[str], trusted_key: Optional[str]) -> Optional[List[str]]:
    """Check what a public copy holds of a register: the hash of each entry, without words; None for another file."""
    try:
        with zipfile.ZipFile(str(path)) as archive:
            names = archive.namelist()
            if any(name in names for name in INSIDE) or not all(name in names for name in PUBLIC):
                return None
            leaves, points, about = (archive.read(name) for name in PUBLIC)
        rows = [line.split(",") for line in leaves.decode("ascii").split("\r\n")[:-1]]
        hashes = [bytes.fromhex(hashed) for _number, hashed in rows]
        key = key_of(json.loads(about)["tequio"]["key"])
    except Exception:  # a ZIP that was cut or changed fails in many ways
        raise Wrong("unreadable") from None
    if trusted_key is not None and key_of(trusted_key.strip()) != key:
        raise Wrong("other_key")
    if [row[0] for row in rows] != [str(number) for number in range(len(rows))]:
        raise Wrong("unreadable")
    signed = [found for found in (checkpoint_of(note, [key]) for note in notes_in(points)) if found]
    kept = [checkpoint_of(note, [key]) for note in notes]
    if None in kept:
        raise Wrong("other_note")
    if not signed or max(signed)[0] > len(hashes):
        raise Wrong("cut")
    roots: Dict[int, bytes] = {}
    peaks: List[bytes] = []
    wanted = {one[0] for one in (*signed, *kept) if one}
    for size, leaf in enumerate(hashes):
        grow(peaks, size, leaf)
        if size + 1 in wanted:
            roots[size + 1] = root_of(peaks)
    for size, root in signed:
        if roots.get(size) != root:
            raise Wrong("bad_checkpoint", number=size)
    for size, root in (one for one in kept if one):
        if size > len(hashes):
            raise Wrong("kept_longer", size=size, count=len(hashes))
        if roots[size] != root:
            raise Wrong("rewritten", size=size)
    said = [say("outline", count=max(signed)[0]), say("points", count=len(signed)), say("no_words")]
    said += [say("kept_fits", size=size) for size in sorted({one[0] for one in kept if one})] or [
        say("none_kept")
    ]
    return [
        *said,
        say("trusted") if trusted_key else say("compare_key", key=json.loads(about)["tequio"]["key"]),
    ]


# --- what it says -------------------------------------------------------------------------------------------

LANGUAGES = ("en", "es", "pt")
language = next(
    (
        name[:2]
        for name in map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
        if name and name[:2] in LANGUAGES
    ),
    "en",
)
SENTENCES = """
whole
  The register of {name} is whole: {count} entries, unchanged.
  El registro de {name} está entero: {count} asientos, sin cambios.
  O registro de {name} está inteiro: {count} lançamentos, sem mudanças.
points
  Signed checkpoints of the file that fit them: {count}.
  Puntos de control firmados del archivo que coinciden: {count}.
  Pontos de controle assinados do arquivo que coincidem: {count}.
recomputed
  Outcomes computed again, each the same: {count}.
  Resultados que se calcularon otra vez y son los mismos: {count}.
  Resultados calculados de novo, e são os mesmos: {count}.
lots
  Draws by lot among them: {count}. Quotas and tickets add up; whether other odds would be fairer was not searched.
  Sorteos entre ellos: {count}. Las cuotas y los boletos suman bien. No se buscó si otro reparto sería más justo.
  Sorteios entre eles: {count}. As cotas e os bilhetes somam bem. Não se procurou se outra divisão seria mais justa.
unknown
  Outcomes by the rule {rule} that were not computed again: {count}. This program is older than the rule.
  Resultados con la regla {rule} que no se calcularon: {count}. Este programa es anterior a ella.
  Resultados com a regra {rule} que não foram calculados: {count}. Este programa é anterior a ela.
erased
  Entries emptied by law, each with its ground in a later entry: {count}.
  Asientos que se vaciaron por ley, cada uno con su motivo en otro posterior: {count}.
  Lançamentos esvaziados por lei, cada um com seu motivo em outro posterior: {count}.
published
  {name} is the report that entry {number} published, byte for byte.
  {name} es el informe que publicó el asiento {number}, byte por byte.
  {name} é o relatório que o lançamento {number} publicou, byte por byte.
taken_back
  {name} is the report that entry {number} published. It was taken back later: a later entry says why.
  {name} es el informe que publicó el asiento {number}. Después se retiró: un asiento posterior dice por qué.
  {name} é o relatório que o lançamento {number} publicou. Depois foi retirado: um lançamento posterior diz por quê.
not_published
  {name} is no report of this register: it was changed, or comes from elsewhere.
  {name} no es un informe de este registro: se cambió, o viene de otra parte.
  {name} não é um relatório deste registro: foi mudado, ou vem de outro lugar.
withheld
  Entries that keep their words for the inner rings: {count}. Of them the place is checked, and nothing else.
  Asientos que guardan sus palabras para los anillos de adentro: {count}. De ellos se revisa el lugar, y nada más.
  Lançamentos que guardam suas palavras para os anéis de dentro: {count}. Deles confere-se o lugar, e nada mais.
since
  The checkpoint that you kept over {size} entries fits. Since then {more} came:
  El punto de control que guardaste, de {size} asientos, coincide. Desde entonces llegaron {more}:
  O ponto de controle que você guardou, de {size} lançamentos, coincide. Desde então vieram {more}:
none_kept
  No checkpoint of yours was compared. Only one from an old letter (--since) shows a history that was written anew.
  No se comparó ningún punto de control tuyo. Solo uno de una carta vieja (--since) muestra si la historia se escribió de nuevo.
  Nenhum ponto de controle seu foi comparado. Só um de uma carta antiga (--since) mostra se a história foi escrita de novo.
compare_key
  Compare the key with the one that you know: {key}
  Compara la clave con la que conoces: {key}
  Compare a chave com a que você conhece: {key}
outline
  This is a public copy. It holds the hashes of {count} entries, and they fit.
  Esta es una copia pública. Tiene las huellas de {count} asientos, y coinciden.
  Esta é uma cópia pública. Tem as impressões de {count} lançamentos, e elas coincidem.
no_words
  Its words are not in it, so no outcome was computed again. Ask a member for the whole register.
  Las palabras no están en ella: ningún resultado se calculó otra vez. Pide el registro entero a una organización miembro.
  As palavras não estão nela: nenhum resultado foi calculado de novo. Peça o registro inteiro a uma organização membro.
kept_fits
  The checkpoint that you kept over {size} entries fits. Nothing before it changed.
  El punto de control que guardaste, de {size} asientos, coincide. Nada de lo anterior cambió.
  O ponto de controle que você guardou, de {size} lançamentos, coincide. Nada do que vem antes mudou.
lot
  The lot holds. On the list: {pool}; seats: {size}; possible panels: {panels}. Each panel keeps every quota.
  El sorteo se sostiene. En la lista: {pool}; lugares: {size}; grupos posibles: {panels}. Cada grupo cumple las cuotas.
  O sorteio se sustenta. Na lista: {pool}; lugares: {size}; grupos possíveis: {panels}. Cada grupo cumpre as cotas.
not_drawn
  Nothing was drawn yet.
  Todavía no se sorteó.
  Ainda não se sorteou.
beacon
  The number is the beacon's own: its signature was checked. Whether it was announced before, only the register shows.
  El número es de la fuente ajena: se comprobó su firma. Si se anunció antes, solo lo muestra el registro.
  O número é da fonte de fora: a assinatura foi conferida. Se foi anunciado antes, só o registro mostra.
no_beacon
  Who brought the number was not checked. If secrets were promised, they fit.
  No se comprobó quién trajo el número. Si se prometieron secretos, coinciden.
  Não se conferiu quem trouxe o número. Se segredos foram prometidos, coincidem.
drawn
  The draw gives these names again:
  El sorteo da otra vez estos nombres:
  O sorteio dá de novo estes nomes:
trusted
  It is signed with the key that you gave.
  Está firmado con la clave que diste.
  Está assinado com a chave que você deu.
proved
  Entry {number} is in the register, as it was when {size} entries were sealed and signed.
  El asiento {number} está en el registro, tal como era cuando se sellaron y firmaron {size}.
  O lançamento {number} está no registro, tal como era quando {size} foram selados e assinados.
fails
  This does not hold.
  Esto no se sostiene.
  Isto não se sustenta.
missing
  {file} is not there.
  {file} no está ahí.
  {file} não está aí.
old_python
  This Python is too old: 3.9 or later is needed.
  Este Python es muy viejo: hace falta 3.9 o posterior.
  Este Python é muito antigo: é preciso 3.9 ou posterior.
not_an_export
  This is not an export of a register of Tequio.
  Esto no es una copia de un registro de Tequio.
  Isto não é uma cópia de um registro do Tequio.
unreadable
  Something was added, changed or cut: a line is not written as the register writes.
  Algo se añadió, se cambió o se cortó: una línea no está escrita como escribe el registro.
  Algo foi acrescentado, mudado ou cortado: uma linha não está escrita como o registro escreve.
cut
  The file was cut: its end or its last checkpoint is missing.
  El archivo se cortó: falta su final o su último punto de control.
  O arquivo foi cortado: falta o final ou o último ponto de controle.
after_seal
  Something was added after the seal.
  Se añadió algo después del sello.
  Algo foi acrescentado depois do selo.
bad_key
  A key cannot be read.
  Una clave no se puede leer.
  Uma chave não pode ser lida.
other_key
  It is signed with another key than the one that you gave.
  Está firmado con otra clave que la que diste.
  Está assinado com outra chave que a que você deu.
other_note
  What you kept holds no checkpoint of this register, signed with its key.
  Lo que guardaste no tiene un punto de control de este registro, firmado con su clave.
  O que você guardou não tem um ponto de controle deste registro, assinado com a chave dele.
out_of_order
  Entry {number}: another one stands in its place.
  Asiento {number}: en su lugar hay otro.
  Lançamento {number}: no lugar dele há outro.
broken_promise
  Entry {number}: its words are not those that were sealed.
  Asiento {number}: sus palabras no son las que se sellaron.
  Lançamento {number}: suas palavras não são as que foram seladas.
wrong_outcome
  Entry {number}: it does not come out the same. {why}
  Asiento {number}: al calcularlo no sale lo mismo. {why}
  Lançamento {number}: ao calcular, não sai o mesmo. {why}
hidden
  Entry {number}: its words are missing, and no entry says why.
  Asiento {number}: faltan sus palabras, y ningún asiento dice por qué.
  Lançamento {number}: faltam suas palavras, e nenhum lançamento diz por quê.
not_erased
  Words are shown that a later entry says were erased.
  Hay palabras a la vista que un asiento posterior da por borradas.
  Há palavras à vista que um lançamento posterior dá por apagadas.
bad_checkpoint
  The checkpoint after {number} entries does not fit them, or is not signed by the register.
  El punto de control tras {number} asientos no coincide, o no lo firmó el registro.
  O ponto de controle após {number} lançamentos não coincide, ou não foi assinado pelo registro.
bad_seal
  The seal does not fit: something changed after the file was made.
  El sello no coincide: algo cambió después de hacerse el archivo.
  O selo não coincide: algo mudou depois que o arquivo foi feito.
new_key
  The register changed its key, and no entry says so.
  El registro cambió de clave, y ningún asiento lo dice.
  O registro mudou de chave, e nenhum lançamento diz isso.
kept_longer
  You kept a checkpoint over {size} entries, and here are only {count}. Some are missing.
  Guardaste un punto de control de {size} asientos, y aquí solo hay {count}. Faltan algunos.
  Você guardou um ponto de controle de {size} lançamentos, e aqui só há {count}. Faltam alguns.
rewritten
  History was rewritten: the first {size} entries are not those of the checkpoint that you kept.
  La historia se reescribió: los primeros {size} asientos no son los del punto de control que guardaste.
  A história foi reescrita: os primeiros {size} lançamentos não são os do ponto de controle que você guardou.
still_fits
  The first {size} are still those of another one that you kept: the change came after them.
  Los primeros {size} sí son los de otro que guardaste: el cambio vino después.
  Os primeiros {size} são os de outro que você guardou: a mudança veio depois.
no_path
  The proof does not lead from this entry to a checkpoint that this key signed.
  La prueba no lleva de este asiento a un punto de control firmado con esta clave.
  A prova não leva deste lançamento a um ponto de controle assinado com esta chave.
wrong_lot
  This lot does not come out the same. {why}
  Este sorteo no da lo mismo. {why}
  Este sorteio não dá o mesmo. {why}
since_what
  Give the letter with your old checkpoint: --since FILE.
  Da la carta con tu punto de control viejo: --since ARCHIVO.
  Dê a carta com o seu ponto de controle antigo: --since ARQUIVO.
other_size
  This proof begins at the checkpoint over {size} entries. Ask for the one of your letter.
  Esta prueba empieza en el punto de control de {size} asientos. Pide la de tu carta.
  Esta prova começa no ponto de controle de {size} lançamentos. Peça a da sua carta.
"""


def say(sentence: str, **values: Any) -> str:
    lines = SENTENCES.split("\n")
    return lines[lines.index(sentence) + 1 + LANGUAGES.index(language)].strip().format(**values)


def plain(text: str) -> str:
    """Leave out what a terminal would obey instead of showing it."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def since(size: int, more: int) -> str:
    return say("since", size=size, more=more) if more else say("kept_fits", size=size)


def title_of(title: Any) -> str:
    """Say a title that may be in several languages."""
    if isinstance(title, dict):
        ours = [text for name, text in title.items() if name.startswith(language)]
        title = next(iter([*ours, *title.values()]), "")
    return title[:70] if isinstance(title, str) else ""


def told(register: Register, trusted_key: Optional[str]) -> List[str]:
    """Say what holds, and what was not checked."""
    said = [say("whole", name=register.name, count=register.count), say("points", count=register.points)]
    if register.recomputed:
        said.append(say("recomputed", count=register.recomputed))
    if register.lots:
        said.append(say("lots", count=register.lots))
    said += [say("unknown", rule=rule, count=count) for rule, count in sorted(register.unknown.items())]
    if register.closed:
        said.append(say("erased", count=len(register.closed)))
    if register.withheld:
        said.append(say("withheld", count=register.withheld))
    for name, number in register.published.items():
        said.append(
            say("taken_back" if name in register.taken_back else "published", name=name, number=number)
        )
    if register.fits:
        said.append(since(max(register.fits), len(register.fresh)))
        said += register.fresh[-SHOWN:]
    else:
        said.append(say("none_kept"))
    return [*said, say("trusted") if trusted_key else say("compare_key", key=register.key_texts[-1])]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a report, out of its data package too."""
    try:
        with zipfile.ZipFile(str(path)) as package:
            return hashlib.sha256(package.read(REPORT)).hexdigest()
    except Exception:  # no package of a report: the file itself is asked about
        return hashlib.sha256(path.read_bytes()).hexdigest()


def lines_of(path: Path) -> Iterator[bytes]:
    """Read the lines of a register, out of its ZIP too; what cannot be read is a line that nobody wrote."""
    try:
        if not zipfile.is_zipfile(str(path)):
            with path.open("rb") as file:
                yield from file
            return
        with zipfile.ZipFile(str(path)) as archive:
            inside = next((name for name in INSIDE if name in archive.namelist()), INSIDE[0])
            with archive.open(inside) as member:
                yield from member
    except Exception:  # a ZIP that was cut or changed fails in many ways
        yield b"\0"


def main(words: Optional[Sequence[str]] = None) -> int:
    """Read the command line, check, and say what was found."""
    global language
    said = argparse.ArgumentParser(description="Check a register of Tequio.")
    said.add_argument("file", nargs="?", type=Path, default=Path("register.jsonl"))
    said.add_argument("--since", action="append", type=Path, default=[], metavar="OLD_LETTER")
    said.add_argument("--key")
    said.add_argument("--report", action="append", type=Path, default=[])
    said.add_argument("--lang", choices=LANGUAGES, default=language)
    asked = said.parse_args(words)
    language = asked.lang
    if sys.version_info < (3, 9):
        print(say("old_python"), file=sys.stderr)
        return 2
    unpack_rules()
    missing = [path for path in (asked.file, *asked.since, *asked.report) if not path.is_file()]
    if missing:
        print(say("missing", file=missing[0]), file=sys.stderr)
        return 2
    problems: List[Wrong] = []
    try:
        found = look_at(asked.file, asked.since, asked.key, asked.report, problems)
    except Wrong as wrong:
        problems = [wrong]
    if problems:
        found = [say("fails"), *(say(one.sentence, **one.values) for one in problems[:SHOWN])]
    print(*map(plain, found), sep="\n", file=sys.stderr if problems else sys.stdout)
    return 1 if problems else 0


def look_at(
    file: Path, letters: Sequence[Path], key: Optional[str], given: Sequence[Path], problems: List[Wrong]
) -> List[str]:
    """Check a file of whatever kind and say what holds, or write down what does not."""
    notes = []
    for path in letters:
        notes += notes_in(path.read_bytes()) or [""]
    small: Optional[List[str]] = None
    if zipfile.is_zipfile(str(file)):
        small = public_copy(file, notes, key)
    elif file.stat().st_size < SMALL:
        small = small_file(file.read_bytes(), notes, key)
    if small:
        return small
    register = check(lines_of(file), notes, key, {digest_of(path): path.name for path in given})
    problems += register.problems
    return [] if problems else told(register, key)


if __name__ == "__main__":
    sys.exit(main())
