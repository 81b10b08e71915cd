"""Sounds as phones send them, made by hand: each tells a place, a device and a name besides."""

import struct

from tequio.surveys.formats import sounds

TELLS = (b"Casa de Ana", b"+19.43-099.13", b"Pixel")


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def page(number: int, body: bytes) -> bytes:
    """Return one page of Ogg, with one packet."""
    table = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = (
        b"OggS\0"
        + bytes([2 if number == 0 else 0])
        + struct.pack("<qIII", 0, 7, number, 0)
        + bytes([len(table)])
    )
    whole = head + table + body
    return whole[:22] + struct.pack("<I", sounds._sum(whole)) + whole[26:]


def _comments() -> bytes:
    said = [b"TITLE=" + TELLS[0], b"LOCATION=" + TELLS[1]]
    lines = b"".join(struct.pack("<I", len(line)) + line for line in said)
    return struct.pack("<I", len(TELLS[2])) + TELLS[2] + struct.pack("<I", len(said)) + lines


_UDTA = box(b"udta", box(b"\xa9xyz", TELLS[1]) + box(b"\xa9nam", TELLS[0]) + box(b"\xa9mod", TELLS[2]))
_MVHD = box(b"mvhd", bytes(4) + struct.pack(">II", 3_800_000_000, 3_800_000_001) + bytes(88))
SOUND = b"the sound itself " * 20
M4A = box(b"ftyp", b"M4A \0\0\0\0isom") + box(b"moov", _MVHD + _UDTA) + box(b"mdat", SOUND)
OGG = page(0, b"OpusHead" + bytes(11)) + page(1, b"OpusTags" + _comments()) + page(2, SOUND)
FRAME = b"\xff\xfb\x90\x00"
MP3 = (
    b"ID3\x04\0\0" + bytes([0, 0, 0, 40]) + (TELLS[0] + TELLS[1] + TELLS[2]).ljust(40, b"\0")
    + FRAME + SOUND + b"TAG" + TELLS[0].ljust(125, b"\0")
)  # fmt: skip
