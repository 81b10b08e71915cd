"""Sounds without what a phone or a program writes into them: place, device, person and time go, the sound stays.

Nothing is encoded anew and nothing moves inside an MP4 file: what tells is blanked where it stands. Source: XCT-02.
Formats: ID3v2.4 and APEv2 (MP3), RFC 3533 and RFC 7845 (Ogg, Opus), Vorbis I, ISO/IEC 14496-12 (M4A), RIFF (WAV).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

from tequio.core.pictures import Unreadable

_TAG, _APE, _LYRICS = b"TAG", b"APETAGEX", b"LYRICS200"
_LARGE = 2**31
_DEEPEST = 12  # boxes in boxes of a sound go about six deep
# Boxes of MP4 that hold other boxes, and those that tell about who, where and with what.
_HOLDS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf"})
_TELLS = frozenset({b"udta", b"meta", b"uuid", b"loci"})
_TIMES = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_SOUNDS_IN = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash", b"3gp4", b"3gp5", b"3gp6")
# Of WAV: what says how the sound is written down, and the sound. Who, when, where and with what stand beside.
_WAV_KEPT = frozenset({b"fmt ", b"fact", b"data"})


def sort_of(content: bytes) -> str:
    """Return which sort of sound begins like this: ogg, m4a, wav, or mp3 for all that is none of them."""
    if content.startswith(b"OggS"):
        return "ogg"
    if content[4:8] == b"ftyp" and content[8:12] in _SOUNDS_IN:
        return "m4a"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "wav"
    return "mp3"


def plain(content: bytes) -> tuple[str, bytes]:
    """Return which sort of sound this is, and its bytes without what they tell.

    Raises ``Unreadable`` for what is no sound of a sort that is taken, or cannot be read to its end.
    """
    sort = sort_of(content)
    try:
        return sort, _STRIPPING[sort](content)
    except (IndexError, struct.error) as problem:
        raise Unreadable(sort) from problem


# MP3: tags stand before the sound and after it


def _mp3(content: bytes) -> bytes:
    start = 0
    while content[start : start + 3] == b"ID3":
        start += _id3_length(content[start : start + 10])
    end = _end_of_sound(content, start)
    sound = content[start:end]
    if len(sound) < 4 or sound[0] != 0xFF or sound[1] & 0xE0 != 0xE0 or not sound[1] & 0x06:
        raise Unreadable("mp3")
    return sound


def _id3_length(head: bytes) -> int:
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    footer = 10 if head[5] & 0x10 else 0
    return 10 + size + footer


def _end_of_sound(content: bytes, start: int) -> int:
    """Return where the tags behind the sound begin, of whatever sort and however many they are."""
    end = len(content)
    while start < end and (before := _before_a_tag(content, end)) < end:
        end = max(before, start)
    return end


def _before_a_tag(content: bytes, end: int) -> int:
    """Return where the tag begins that ends here, or ``end`` where none does."""
    if content[max(end - 128, 0) : end].startswith(_TAG):
        return end - 128
    if content[max(end - 227, 0) : end].startswith(_TAG + b"+"):
        return end - 227
    if content[max(end - 9, 0) : end] == _LYRICS and content[end - 15 : end - 9].isdigit():
        return max(end - 15 - int(content[end - 15 : end - 9]), 0)
    if content[max(end - 10, 0) : end].startswith(b"3DI"):  # ID3v2.4 at the end, read from its foot
        return max(end - _id3_length(content[end - 10 : end]), 0)
    foot = content[max(end - 32, 0) : end]
    if not foot.startswith(_APE):
        return end
    size, _items, flags = struct.unpack("<III", foot[12:24])
    whole = size + (32 if flags & _LARGE else 0)
    return end - whole if 32 <= whole <= end else end - 32


# Ogg: the second packet of Opus and of Vorbis holds the comments; a picture in it lies on many pages

_COMMENTS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}


def _ogg(content: bytes) -> bytes:
    """Blank the comments of each stream, on as many pages as they take; every page keeps its length and its place."""
    begins: dict[
        bytes, bytes | None
    ] = {}  # by stream, how its comments begin or go on, until they have ended
    kept = []
    for page in _pages(content):
        stream = page[14:18]
        if page[5] & 2:  # a stream begins
            begins[stream] = _COMMENTS.get(_body(page)[:8]) or _COMMENTS.get(_body(page)[:7])
            if begins[stream] is None:
                raise Unreadable("ogg")
        elif stream not in begins:
            raise Unreadable("ogg")
        elif (head := begins[stream]) is not None:
            page, ended = _blanked(page, head)
            begins[stream] = None if ended else b""
        kept.append(page)
    if not kept or any(head is not None for head in begins.values()):
        raise Unreadable("ogg")
    return b"".join(kept)


def _pages(content: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(content):
        if content[place : place + 4] != b"OggS":
            raise Unreadable("ogg")
        many = content[place + 26]
        table = content[place + 27 : place + 27 + many]
        end = place + 27 + many + sum(table)
        if len(table) < many or end > len(content):
            raise Unreadable("ogg")
        yield content[place:end]
        place = end


def _body(page: bytes) -> bytes:
    return page[27 + page[26] :]


def _blanked(page: bytes, head: bytes) -> tuple[bytes, bool]:
    """Return the page without comments, its sum made anew, and whether they end on it."""
    table, body = page[27 : 27 + page[26]], _body(page)
    length, ended = 0, False
    for lace in table:
        length += lace
        if ended := lace < 255:
            break
    empty = head + (bytes(8) if head else b"") + (b"\x01" if head == _COMMENTS[b"\x01vorbis"] else b"")
    if not body.startswith(head) or length < len(empty):
        raise Unreadable("ogg")
    changed = empty + bytes(length - len(empty)) + body[length:]
    whole = page[:22] + bytes(4) + page[26 : 27 + page[26]] + changed
    return whole[:22] + struct.pack("<I", _sum(whole)) + whole[26:], ended


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
        raise Unreadable("m4a")
    return bytes(changed)


def _blank(data: bytearray, place: int, end: int, *, depth: int = 0) -> bool:
    """Blank what tells between two places; say whether the sound itself was found there."""
    found = False
    if depth > _DEEPEST:
        raise Unreadable("m4a")
    while place + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, place)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, place + 8)[0], 16
        elif size == 0:
            size = end - place
        if size < head or place + size > end:
            raise Unreadable("m4a")
        found = found or kind == b"mdat"
        _look(data, place, head, size, bytes(kind), depth)
        place += size
    if not depth and place != end:
        raise Unreadable("m4a")
    return found


def _look(data: bytearray, place: int, head: int, size: int, kind: bytes, depth: int) -> None:
    if kind in _TELLS:
        data[place + 4 : place + 8] = b"free"
        data[place + head : place + size] = bytes(size - head)
    elif kind in _TIMES:
        length = 16 if size > head and data[place + head] == 1 else 8
        if size < head + 4 + length:
            raise Unreadable("m4a")
        data[place + head + 4 : place + head + 4 + length] = bytes(length)
    elif kind == b"hdlr" and data[place + head + 8 : place + head + 12] == b"vide":
        raise Unreadable("m4a")  # a film is no sound
    elif kind in _HOLDS:
        _blank(data, place + head, place + size, depth=depth + 1)


# WAV: chunk after chunk


def _wav(content: bytes) -> bytes:
    """Copy what the sound needs, chunk by chunk; whatever else stands there is left behind."""
    kept, place = [], 12
    end_of_all = min(8 + struct.unpack_from("<I", content, 4)[0], len(content))
    while place + 8 <= end_of_all:
        name, size = struct.unpack_from("<4sI", content, place)
        end = place + 8 + size
        if end > end_of_all:
            raise Unreadable("wav")
        if name in _WAV_KEPT:
            kept.append(content[place:end] + bytes(size % 2))
        place = end + size % 2
    if [part[:4] for part in kept].count(b"data") != 1 or not kept[0].startswith(b"fmt "):
        raise Unreadable("wav")
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


_STRIPPING: Mapping[str, Callable[[bytes], bytes]] = {"ogg": _ogg, "m4a": _mp4, "wav": _wav, "mp3": _mp3}
SORTS = frozenset(_STRIPPING)
