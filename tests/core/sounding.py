"""Sounds as phones send them, made by hand: each tells a place, a device and a name besides."""

import struct

from tequio.core import sounds

TELLS = (b"Casa de Ana", b"+19.43-099.13", b"Pixel")


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def page(number: int, body: bytes, *, stream: int = 7, more: bool = False) -> bytes:
    """Return one page of Ogg, with one packet; ``more`` lets it go on on the next one."""
    table = bytes([255] * (len(body) // 255) + ([] if more else [len(body) % 255]))
    head = (
        b"OggS\0"
        + bytes([2 if number == 0 else 0])
        + struct.pack("<qIII", 0, stream, number, 0)
        + bytes([len(table)])
    )
    whole = head + table + body
    return whole[:22] + struct.pack("<I", sounds._sum(whole)) + whole[26:]


def comments(*more: bytes) -> bytes:
    said = [b"TITLE=" + TELLS[0], b"LOCATION=" + TELLS[1], *more]
    lines = b"".join(struct.pack("<I", len(line)) + line for line in said)
    return struct.pack("<I", len(TELLS[2])) + TELLS[2] + struct.pack("<I", len(said)) + lines


_UDTA = box(b"udta", box(b"\xa9xyz", TELLS[1]) + box(b"\xa9nam", TELLS[0]) + box(b"\xa9mod", TELLS[2]))
_MVHD = box(b"mvhd", bytes(4) + struct.pack(">II", 3_800_000_000, 3_800_000_001) + bytes(88))
SOUND = b"the sound itself " * 20
M4A = box(b"ftyp", b"M4A \0\0\0\0isom") + box(b"moov", _MVHD + _UDTA) + box(b"mdat", SOUND)
OGG = page(0, b"OpusHead" + bytes(11)) + page(1, b"OpusTags" + comments()) + page(2, SOUND)
FRAME = b"\xff\xfb\x90\x00"
MP3 = (
    b"ID3\x04\0\0" + bytes([0, 0, 0, 40]) + (TELLS[0] + TELLS[1] + TELLS[2]).ljust(40, b"\0")
    + FRAME + SOUND + b"TAG" + TELLS[0].ljust(125, b"\0")
)  # fmt: skip


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", name, len(content)) + content + bytes(len(content) % 2)


def riff(*chunks: bytes) -> bytes:
    return chunk(b"RIFF", b"WAVE" + b"".join(chunks))


_FORMAT = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
_INFO = chunk(
    b"LIST", b"INFO" + chunk(b"IART", TELLS[0]) + chunk(b"IARL", TELLS[1]) + chunk(b"ISFT", TELLS[2])
)
WAV = riff(_INFO, _FORMAT, chunk(b"bext", TELLS[0]), chunk(b"data", SOUND), _INFO, chunk(b"id3 ", TELLS[2]))


def ogg_with_a_picture() -> bytes:
    """Return a sound whose comments hold a picture, so that they lie on three pages."""
    said = b"OpusTags" + comments(b"METADATA_BLOCK_PICTURE=" + TELLS[1] * 10_000)
    cut = 255 * 255
    return (
        page(0, b"OpusHead" + bytes(11))
        + page(1, said[:cut], more=True)
        + page(2, said[cut : 2 * cut], more=True)
        + page(3, said[2 * cut :])
        + page(4, SOUND)
    )


def vorbis(*, stream: int = 7) -> bytes:
    """Return a stream of Vorbis; one may follow another in a file."""
    said = b"\x03vorbis" + comments() + b"\x01"
    return (
        page(0, b"\x01vorbis" + bytes(23), stream=stream)
        + page(1, said, stream=stream)
        + page(2, SOUND, stream=stream)
    )


def mp3_with_tags_behind() -> bytes:
    """Return a sound with every sort of tag that was ever written behind one."""
    lyrics = b"LYRICSBEGIN" + TELLS[0]
    lyrics += b"%06d" % len(lyrics) + b"LYRICS200"
    items = TELLS[1].ljust(40)
    ape = items + b"APETAGEX" + struct.pack("<IIII", 2000, len(items) + 32, 1, 0) + bytes(8)
    foot = b"3DI\x04\0\x10" + bytes([0, 0, 0, 20])
    id3 = b"ID3\x04\0\x10" + bytes([0, 0, 0, 20]) + TELLS[2].ljust(20) + foot
    return FRAME + SOUND + id3 + ape + lyrics + (b"TAG" + TELLS[0]).ljust(128, b"\0")
