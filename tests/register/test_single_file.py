"""The program that a stranger runs: it finds what ``tequio verify`` finds, with nothing but Python."""

import hashlib
import io
import itertools
import json
import os
import random
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tequio.register import recompute
from tequio.register.formats import PROOF as PROOF_FORM
from tequio.register.formats import (
    NotProved,
    Record,
    check_consistency,
    check_proof,
    form_of,
    lines_of,
    verifier,
    verify,
    write_bundle,
    write_consistency,
    write_proof,
)
from tequio.register.formats.writing import seal_text
from tequio.register.rules import merkle
from tequio.register.rules.canonical import canonical
from tequio.register.rules.notes import sign
from tests.register.exports import SIGNER, THIEF, checkpoint, export, facts_of, lively, read, record
from tests.register.strangers import program
from tests.register.test_formats import ATTACKS
from tests.register.test_rules_merkle import published, raw

PROOF = bool(os.environ.get("PROOF"))
KEY = str(SIGNER.verifier)


@pytest.fixture
def alone(monkeypatch):
    """Without ``cryptography``, as on most computers."""
    monkeypatch.setattr(program, "QUICK", False)


def strangers(lines, notes=(), key=None):
    """What the single file finds: whether all holds."""
    try:
        return not program.check(lines, notes, key).problems
    except program.Wrong:
        return False


def ours(lines, notes=(), key=None):
    return verify(lines, notes, key).ok


# --- the same answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 2, 3, 8, 31])
def test_clean_exports_hold(size):
    records = [record(number) for number in range(size)]
    lines = export(records, points=tuple(range(1, size + 1, 3)))
    notes = [checkpoint(records[:2])] if size > 1 else []
    assert strangers(lines, notes, KEY)
    assert ours(lines, notes, KEY)


def test_clean_registers_raise_no_alarm():
    """A thousand registers, each of its own length, with its own checkpoints, letters and erasures."""
    dice = random.Random(10)
    for _attempt in range(1000 if PROOF else 20):
        records = lively(dice.randrange(3, 40))
        lines = export(
            records, points=tuple(sorted(dice.sample(range(1, len(records) + 1), dice.randrange(4))))
        )
        kept = [
            checkpoint(records[: dice.randrange(1, len(records) + 1)]) for _letter in range(dice.randrange(3))
        ]
        assert strangers(lines, kept, KEY)
        assert ours(lines, kept, KEY)


def test_both_find_the_same_in_every_random_edit():
    """A thousand random edits of the bytes are all found, by both, and by neither where nothing changed."""
    dice = random.Random(11)
    whole = b"".join(export(lively(), points=(5, 11)))
    for _attempt in range(1000 if PROOF else 150):
        place, other = dice.randrange(len(whole)), bytes([dice.choice(b'"{}[]\\,:0aA \n\xcc\x81')])
        changed = whole[:place] + other + whole[place + dice.choice((0, 1, 1, 2)) :]
        lines = io.BytesIO(changed).readlines()
        assert strangers(lines) == ours(lines) == (changed == whole), (place, other)


def test_both_find_every_attack_with_one_old_checkpoint():
    """Source: GOV-26; edits of the file, of the database behind it, with a stolen key and without."""
    dice = random.Random(12)
    records = lively(40)
    honest = export(records, points=(10, 20, 30))
    kept = [checkpoint(records[:25])]
    for _attempt in range(1000 if PROOF else 60):
        name, attack = dice.choice(ATTACKS)
        lines = attack(dice, list(honest), records)
        assert not strangers(lines, kept, KEY), name
        assert not ours(lines, kept, KEY), name
        assert strangers(honest, kept, KEY)


def test_forged_headers_are_refused_by_both():
    from tequio.register.formats.writing import seal_text
    from tequio.register.rules import notes
    from tests.register.exports import read

    lines = export([])
    for change in (
        {"keys": {KEY: KEY}}, {"keys": []}, {"keys": [1]}, {"keys": ["x+y+z"]}, {"size": True}, {"size": -1},
        {"network": "x"}, {"name": []}, {"name": {"es": 1}}, {"format": "tequio-export/9"}, {"type": "entry"},
    ):  # fmt: skip
        header = canonical(read(lines[0]) | change) + b"\n"
        import hashlib

        text = seal_text(SIGNER.name, hashlib.sha256(header).hexdigest())
        seal = canonical({"type": "seal", "note": notes.sign(text, signer=SIGNER)}) + b"\n"
        assert not strangers([header, seal]), change
        assert not ours([header, seal]), change


def test_a_key_written_down_and_a_letter_of_another_register():
    forged = export(lively(), signer=THIEF)
    assert strangers(forged)
    assert ours(forged)
    for key in (KEY, "AbC"):
        assert not strangers(forged, key=key)
        assert not ours(forged, key=key)
    assert not strangers(forged, [checkpoint(lively()[:9])])
    longer = [checkpoint(lively())]
    assert not strangers(export(lively()[:7]), longer)
    assert not ours(export(lively()[:7]), longer)


def test_a_zip_that_was_changed(tmp_path):
    file = io.BytesIO()
    write_bundle(file, lines=export(lively(), points=(5,)), read_me="x")
    whole, dice, path = file.getvalue(), random.Random(13), tmp_path / "register.zip"
    for _attempt in range(400 if PROOF else 60):
        changed = bytearray(whole)
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        assert strangers(program.lines_of(path)) == ours(lines_of(path))
    path.write_bytes(whole)
    assert strangers(program.lines_of(path))
    assert ours(lines_of(path))


def test_both_say_what_was_wrong_before_the_line_that_ends_the_reading():
    """Neither forgets the first bad row where a later line cannot be read at all."""
    records = lively(9)
    records[3] = Record(records[3].row, {**records[3].opening, "facts": {"who": "Eva"}})
    lines = export(records)
    lines[8] = lines[8].replace(b"{", b"{ ", 1)
    report = verify(list(lines))
    assert [one.number for one in report.problems] == [3, None]
    assert [one.sentence for one in program.check(lines).problems] == ["broken_promise", "unreadable"]


def test_a_rule_that_breaks_is_a_problem_for_both(monkeypatch):
    """Facts that no rule foresaw end neither program, and a long reason is cut alike."""

    def deep(facts):
        raise RecursionError("x" * 999)

    monkeypatch.setitem(recompute.REGISTRY, "decisions.consent/2", deep)
    monkeypatch.setattr(program, "RULES", {"decisions.consent/2": (__name__, "too_deep")})
    lines = export([record(0, facts={"rule": "decisions.consent/2"})])
    (ours_,), (theirs,) = verify(list(lines)).problems, program.check(lines).problems
    assert ours_.values["why"] == theirs.values["why"]
    assert len(theirs.values["why"]) == 300


def too_deep(facts):
    raise RecursionError("x" * 999)


def test_nothing_in_a_file_is_obeyed_by_the_terminal(tmp_path, capsys):
    lines = export(lively(3))
    header = canonical(read(lines[0]) | {"name": {"en": "Red\x1b[2J\nThe register is whole"}}) + b"\n"
    text = seal_text(SIGNER.name, hashlib.sha256(b"".join([header, *lines[1:-1]])).hexdigest())
    seal = canonical({"type": "seal", "note": sign(text, signer=SIGNER)}) + b"\n"
    file = tmp_path / "register.jsonl"
    file.write_bytes(b"".join([header, *lines[1:-1], seal]))
    assert program.main([str(file), "--lang", "en"]) == 0
    assert "Red [2J The register is whole" in capsys.readouterr().out


# --- its own mathematics ------------------------------------------------------------------------------------


def test_signatures_in_whole_numbers(alone):
    """Source: RFC 8032 §7.1, and many keys against the library."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert program.has_signed(public, b"\x72", signature)
    dice = random.Random(15)
    for turn in range(20 if PROOF else 4):
        key, text = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)), dice.randbytes(turn * 7)
        public, signature = key.public_key().public_bytes_raw(), key.sign(text)
        assert program.has_signed(public, text, signature)
        changed = bytearray(signature)
        changed[dice.randrange(64)] ^= 1 << dice.randrange(8)
        assert not program.has_signed(public, text, bytes(changed))
        assert not program.has_signed(public, text + b"x", signature)
        beyond = int.from_bytes(signature[32:], "little") + program.ORDER
        assert not program.has_signed(public, text, signature[:32] + beyond.to_bytes(32, "little"))
    assert not program.has_signed(b"\xff" * 32, b"", signature)


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_proofs_as_published(kind):
    for name, given in published(kind):
        path, root = [raw(step) for step in given["proof"] or ()], raw(given.get("root", given.get("root2")))
        if kind == "inclusion":
            leaf, index, size = raw(given["leafHash"]), given["leafIdx"], given["treeSize"]
            found = len(leaf) == 32 and program.includes(leaf, index, size, path, root)
        else:
            found = program.continues(given["size1"], raw(given["root1"]), given["size2"], root, path)
        assert found is not given["wantErr"], name


# --- the small files ----------------------------------------------------------------------------------------


def small(raw, notes=(), key=None):
    try:
        return bool(program.small_file(raw, list(notes), key))
    except program.Wrong:
        return False


def test_small_proofs_are_checked_by_both():
    records = lively(12)
    levels = merkle.levels_of([merkle.leaf_hash(canonical(one.row)) for one in records])
    size, note = len(records), checkpoint(records)
    for number, one in enumerate(records):
        path = merkle.inclusion_proof(levels, index=number, size=size)
        good = write_proof(record=one, path=path, note=note, key=KEY)
        packed = json.dumps(json.loads(good), sort_keys=True, separators=(",", ":")).encode()
        assert form_of(good) == form_of(packed) == PROOF_FORM
        for file, key in ((good, KEY), (packed, f" {KEY}\n")):
            assert check_proof(file, trusted_key=key)
            assert small(file, key=key)
        with pytest.raises(NotProved, match="key"):
            check_proof(good, trusted_key="x")
        bad = write_proof(record=Record({**one.row, "kind": "x"}, one.opening), path=path, note=note, key=KEY)
        for wrong in (bad, good.replace(b'"number": ', b'"number": 1')):
            assert not small(wrong)
            with pytest.raises(NotProved):
                check_proof(wrong)
    for old in range(1, size + 1):
        path = merkle.consistency_proof(levels, old=old, size=size)
        file = write_consistency(since=old, path=path, note=note, key=KEY)
        kept = checkpoint(records[:old])
        assert check_consistency(file, kept=[f"Hola\n{kept}"], trusted_key=KEY)[1].size == size
        assert small(file, [kept], KEY)
        rewritten = checkpoint([record(0, facts={"who": "Eva"}), *records[1:old]])
        for wrong in (
            rewritten,
            checkpoint(records[: old % size + 1]),
            checkpoint(records[:old], THIEF),
            "x",
        ):
            assert not small(file, [wrong])
            with pytest.raises(NotProved):
                check_consistency(file, kept=[wrong])
    assert not small(file, [])
    assert (
        "Compare the key" in program.small_file(good, [], None)[-1]
    )  # whoever made it could have made the key
    assert "the key that you gave" in program.small_file(good, [], KEY)[-1]
    for other in (b"{}", b"[" * 100_000, b"\xff", b"7"):
        assert program.small_file(other, [], None) is None
        assert form_of(other) == ""


# --- as a stranger runs it ----------------------------------------------------------------------------------


@pytest.fixture
def room(tmp_path):
    """A folder with what a member downloaded, unpacked nowhere, and an old letter."""
    with (tmp_path / "andina-register.zip").open("wb") as out:
        write_bundle(out, lines=export(lively(), points=(5, 11)), read_me="x")
    with zipfile.ZipFile(tmp_path / "andina-register.zip") as archive:
        archive.extract("verify.py", tmp_path)
    (tmp_path / "letter.eml").write_text(f"Hola\n> {checkpoint(lively()[:9])}".replace("\n", "\r\n> "))

    def run(*words, **surrounding):
        """Run it in an empty environment: no packages, no variables, nothing of Tequio."""
        done = subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", *words], cwd=tmp_path, env=surrounding, capture_output=True,
            text=True, check=False, timeout=60,
        )  # fmt: skip
        return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)

    return SimpleNamespace(folder=tmp_path, run=run)


def test_a_stranger_checks_the_download(room):
    assert (room.folder / "verify.py").read_bytes() == verifier()
    found = room.run("andina-register.zip", "--since", "letter.eml", "--key", KEY, "--lang", "es")
    assert (found.code, found.err) == (0, "")
    assert "entero: 24 asientos, sin cambios" in found.out
    assert "de 9 asientos, coincide. Desde entonces llegaron 15" in found.out
    assert "23  2026-03-24  register.erased" in found.out


def test_a_stranger_finds_a_history_that_was_rewritten(room):
    rewritten = [*lively()[:7], record(7, facts=facts_of(7) | {"who": "Eva"}), *lively()[8:]]
    (room.folder / "register.jsonl").write_bytes(b"".join(export(rewritten)))
    (room.folder / "older.txt").write_text(checkpoint(lively()[:4]))
    assert room.run(PYTHONUTF8="1").code == 0  # nobody could tell without an old letter
    found = room.run("register.jsonl", "--since", "letter.eml", "--since", "older.txt", "--lang", "en")
    assert found.code == 1
    assert "History was rewritten: the first 9 entries" in found.err
    assert "The first 4 are still those" in found.err
    assert room.run("register.jsonl", "--since", "verify.py").code == 1
    assert room.run("nothing.zip").code == 2


def test_every_sentence_is_said_in_three_languages(monkeypatch):
    blocks = program.SENTENCES.strip("\n").split("\n")
    assert len(blocks) % 4 == 0
    names = blocks[::4]
    for place, language in itertools.product(range(len(names)), range(3)):
        assert blocks[4 * place + 1 + language].startswith("  "), names[place]
    used = set(verifier().decode().split('say("')[1:] + verifier().decode().split('rong("')[1:])
    assert {one.split('"')[0] for one in used} <= {*names}
