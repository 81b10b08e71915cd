"""Signed notes against the examples of the format's authors, and checkpoints inside e-mails."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tequio.register.rules import notes
from tests.register.exports import calm

KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SIGNER = notes.Signer("tequio/test", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
POINT = notes.Checkpoint("tequio/test", 59, bytes(32))
SIGNED = notes.sign(str(POINT), signer=SIGNER)


def test_the_published_example_opens():
    key = notes.parse_key(KEY)
    assert str(key) == KEY
    assert notes.open_note(NOTE, key=key) == "This is an example message.\n"


def test_a_checkpoint_comes_back():
    assert notes.open_checkpoint(SIGNED, key=SIGNER.verifier) == POINT
    assert notes.parse_key(str(SIGNER.verifier)) == SIGNER.verifier


@calm
@given(st.integers(0, len(SIGNED.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_change(place, change):
    raw = bytearray(SIGNED.encode())
    raw[place] ^= change
    with pytest.raises((notes.BadNote, UnicodeDecodeError)):
        notes.open_checkpoint(raw.decode(), key=SIGNER.verifier)


@calm
@given(st.integers(0, len(KEY) - 1), st.integers(1, 127))
def test_no_byte_of_a_key_can_change(place, change):
    raw = bytearray(KEY.encode())
    raw[place] ^= change
    with pytest.raises(notes.BadNote):
        notes.parse_key(raw.decode())


def test_a_witness_may_sign_below():
    other = notes.Signer("witness.example", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    cosigned = SIGNED + notes.sign(str(POINT), signer=other).rpartition("\n\n")[2]
    assert notes.open_checkpoint(cosigned, key=SIGNER.verifier) == POINT
    assert notes.open_note(cosigned, key=other.verifier) == str(POINT)


def test_a_stranger_or_another_register_is_refused():
    other = notes.Signer("tequio/test", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    with pytest.raises(notes.BadNote, match="not signed by this key"):
        notes.open_checkpoint(SIGNED, key=other.verifier)
    elsewhere = notes.sign(str(notes.Checkpoint("tequio/other", 1, bytes(32))), signer=SIGNER)
    with pytest.raises(notes.BadNote, match="another register"):
        notes.open_checkpoint(elsewhere, key=SIGNER.verifier)


@pytest.mark.parametrize("text", ["no line break", "an\n\nempty line\n"])
def test_only_texts_that_open_again_are_signed(text):
    with pytest.raises(notes.BadNote):
        notes.sign(text, signer=SIGNER)


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n",
        "a\n01\n" + base64.b64encode(bytes(32)).decode() + "\n",
        "a\n1\nAAAA\n",
        "a\n-1\nAAAA\n",
        "\n1\nAA==\n",
    ],
)
def test_a_checkpoint_is_three_exact_lines(text):
    with pytest.raises(notes.BadNote):
        notes.parse_checkpoint(text)


def test_checkpoints_are_found_in_a_saved_mail():
    quoted = "\r\n".join("> " + line for line in SIGNED.split("\n"))
    broken = SIGNED.replace("tequio/test ", "tequio/test\n", 1).replace("\n\n", "\n \n", 1)
    mail = f"Date: today\r\n\r\nHello\r\n{quoted}\r\n--\r\n{broken}\nBye"
    assert notes.find_notes(mail) == [SIGNED, SIGNED]
    assert notes.find_notes("nothing\n— here\n") == []
