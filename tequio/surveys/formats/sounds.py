"""Sounds without what a phone writes into them: place, device, person and time are taken out, the sound stays.

Nothing is encoded anew and nothing moves inside an MP4 file: what tells is blanked where it stands. Source: XCT-02.
Formats: ID3v2.4 and APEv2 (MP3), RFC 3533 and RFC 7845 (Ogg, Opus), Vorbis I, ISO/IEC 14496-12 (M4A).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_TAG, _APE = b"TAG", b"APETAGEX"
_LARGE = 2**31
_DEEPEST = 12  # boxes in boxes of a sound go about six deep
# Boxes of MP4 that hold other boxes, and those that tell about who, where and with what.
_HOLDS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf"})
_TELLS = frozenset({b"udta", b"meta", b"uuid", b"loci"})
_TIMES = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_SOUNDS_IN = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash", b"3gp4", b"3gp5", b"3gp6")


class Unreadable(ValueError):
    """What was sent is no sound of a sort that is taken, or cannot be read to its end."""


def plain(content: bytes) -> tuple[str, bytes]:
    """Return which sort of sound this is (mp3, ogg, m4a), and its bytes without what they tell. Raises ``Unreadable``."""
    try:
        if content.startswith(b"OggS"):
            return "ogg", _ogg(content)
        if content[4:8] == b"ftyp" and content[8:12] in _SOUNDS_IN:
            return "m4a", _mp4(content)
        return "mp3", _mp3(content)
    except (IndexError, struct.error) as problem:
        raise Unreadable from problem


# MP3: tags stand before the sound and after it


def _mp3(content: bytes) -> bytes:
    start = 0
    while content[start : start + 3] == b"ID3":
        start += _id3_length(content[start : start + 10])
    end = len(content)
    if content[end - 128 : end - 125] == _TAG:
        end -= 128
    end = _before_ape(content, end)
    sound = content[start:end]
    if len(sound) < 4 or sound[0] != 0xFF or sound[1] & 0xE0 != 0xE0 or not sound[1] & 0x06:
        raise Unreadable
    return sound


def _id3_length(head: bytes) -> int:
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    footer = 10 if head[5] & 0x10 else 0
    return 10 + size + footer


def _before_ape(content: bytes, end: int) -> int:
    foot = content[end - 32 : end]
    if not foot.startswith(_APE):
        return end
    size, _items, flags = struct.unpack("<III", foot[12:24])
    whole = size + (32 if flags & _LARGE else 0)
    return end - whole if 32 <= whole <= end else end


# Ogg: the second packet of Opus and Vorbis holds the comments


def _ogg(content: bytes) -> bytes:
    pages = list(_pages(content))
    kept = []
    for place, page in enumerate(pages):
        body = _body(page)
        begins = next((head for head in (b"OpusTags", b"\x03vorbis") if body.startswith(head)), b"")
        kept.append(_blanked(page, body, begins) if 0 < place < 4 and begins else page)
    if not pages or not _body(pages[0]).startswith((b"OpusHead", b"\x01vorbis")):
        raise Unreadable
    return b"".join(kept)


def _pages(content: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(content):
        if content[place : place + 4] != b"OggS":
            raise Unreadable
        many = content[place + 26]
        table = content[place + 27 : place + 27 + many]
        end = place + 27 + many + sum(table)
        if len(table) < many or end > len(content):
            raise Unreadable
        yield content[place:end]
        place = end


def _body(page: bytes) -> bytes:
    return page[27 + page[26] :]


def _blanked(page: bytes, body: bytes, begins: bytes) -> bytes:
    """Return the page with an empty list of comments, the rest of their packet as zeros, and its sum made anew."""
    table = page[27 : 27 + page[26]]
    length = 0
    for lace in table:
        length += lace
        if lace < 255:
            break
    else:
        raise Unreadable  # comments that go on over pages: a picture lies in them
    empty = begins + struct.pack("<I", 0) + struct.pack("<I", 0) + b"\x01"
    if length < len(empty):
        return page
    changed = empty + bytes(length - len(empty)) + body[length:]
    whole = page[:22] + bytes(4) + page[26 : 27 + page[26]] + changed
    return whole[:22] + struct.pack("<I", _sum(whole)) + whole[26:]


def _sum(page: bytes) -> int:
    """Return the CRC-32 of an Ogg page: polynomial 0x04c11db7, not reflected. Source: RFC 3533 §6."""
    found = 0
    for byte in page:
        found = (found << 8 & 0xFFFFFFFF) ^ _TABLE[found >> 24 ^ byte]
    return found


def _entry(number: int) -> int:
    found = number << 24
    for _bit in range(8):
        found = (found << 1 ^ 0x04C11DB7 if found & 0x80000000 else found << 1) & 0xFFFFFFFF
    return found


_TABLE = [_entry(number) for number in range(256)]


# M4A: boxes in boxes


def _mp4(content: bytes) -> bytes:
    changed = bytearray(content)
    if not _blank(changed, 0, len(changed)):
        raise Unreadable
    return bytes(changed)


def _blank(data: bytearray, place: int, end: int, *, depth: int = 0) -> bool:
    """Blank what tells between two places; say whether the sound itself was found there."""
    found = False
    if depth > _DEEPEST:
        raise Unreadable
    while place + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, place)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, place + 8)[0], 16
        elif size == 0:
            size = end - place
        if size < head or place + size > end:
            raise Unreadable
        found = found or kind == b"mdat"
        _look(data, place, head, size, bytes(kind), depth)
        place += size
    if not depth and place != end:
        raise Unreadable
    return found


def _look(data: bytearray, place: int, head: int, size: int, kind: bytes, depth: int) -> None:
    if kind in _TELLS:
        data[place + 4 : place + 8] = b"free"
        data[place + head : place + size] = bytes(size - head)
    elif kind in _TIMES:
        length = 16 if size > head and data[place + head] == 1 else 8
        if size < head + 4 + length:
            raise Unreadable
        data[place + head + 4 : place + head + 4 + length] = bytes(length)
    elif kind in _HOLDS:
        _blank(data, place + head, place + size, depth=depth + 1)
