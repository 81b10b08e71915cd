"""Pictures without what they tell besides: place, device, person and time are taken out, no pixel changes.

Only what a picture needs to be drawn is copied over, part by part; what is not known is left behind, and so is whatever
follows the end of the picture. Source: XCT-02. Formats: ITU-T T.81 (JPEG), Exif 2.3, PNG 3rd edition, RFC 9649 (WebP).
"""

import struct
from collections.abc import Callable, Iterator, Mapping

# Of PNG: what draws, what says how colors look, what moves.
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"hIST",
    b"acTL", b"fcTL", b"fdAT", b"cICP",
})  # fmt: skip
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_SAYS_MORE = 0b1100  # the bits of VP8X that announce Exif and XMP
# Of JPEG: markers that stand alone, and the segments that tell and do not draw.
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_RESTARTS = range(0xD0, 0xD8)
_JFIF, _EXIF, _COLORS, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_APPS = range(0xE0, 0xF0)
_ORIENTATION = 0x0112


class Unreadable(ValueError):
    """What claims to be a picture is none that can be read to its end."""


def plain(content: bytes, *, kind: str) -> bytes:
    """Return a file without what a picture tells besides; what is no picture stays as it is. Raises ``Unreadable``."""
    strip = _STRIPPING.get(kind)
    if strip is None:
        return content
    try:
        return strip(content)
    except (IndexError, struct.error) as problem:
        raise Unreadable(kind) from problem


def _jpeg(content: bytes) -> bytes:
    kept, turned = [], b""
    for marker, part in _segments(content):
        body = part[4:]
        if marker == _EXIF and body.startswith(b"Exif\0\0") and not turned:
            turned = _turned(body[6:])
        elif (marker not in _APPS and marker != _COMMENT) or _draws(marker, body):
            kept.append(part)
    place = 2 if len(kept) > 1 and kept[1][1] == _JFIF else 1
    return b"".join([*kept[:place], turned, *kept[place:]])


def _draws(marker: int, body: bytes) -> bool:
    """Say whether an application's segment is needed to show the colors as they are."""
    return (
        (marker == _JFIF and body.startswith(b"JFIF\0"))
        or (marker == _COLORS and body.startswith(b"ICC_PROFILE\0"))
        or (marker == _ADOBE and body.startswith(b"Adobe"))
    )


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each marker with its bytes, up to the end of the picture; a scan comes along with what it draws."""
    at = 0
    while True:
        if content[at] != 0xFF:
            raise Unreadable("jpg")
        while content[at + 1] == 0xFF:  # fill
            at += 1
        marker = content[at + 1]
        end = at + 2
        if marker not in (_START, _END, *_RESTARTS):
            end += struct.unpack(">H", content[end : end + 2])[0]
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        if end > len(content):
            raise Unreadable("jpg")
        yield marker, content[at:end]
        if marker == _END:
            return
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker begins: within a scan, 0xFF is followed by nothing, or by a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise Unreadable("jpg")
        if content[at + 1] != 0 and content[at + 1] not in _RESTARTS:
            return at
        at += 2


def _turned(tiff: bytes) -> bytes:
    """Return a segment that says which way is up, if the one that is left behind said so; else nothing."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    try:
        first = struct.unpack(f"{order}I", tiff[4:8])[0]
        for place in range(struct.unpack(f"{order}H", tiff[first : first + 2])[0]):
            entry = tiff[first + 2 + 12 * place :][:12]
            tag, _sort, _count, value = struct.unpack(f"{order}HHIH2x", entry)
            if tag == _ORIENTATION and 2 <= value <= 8:
                said = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
                return struct.pack(">BBH", 0xFF, _EXIF, 2 + 6 + len(said)) + b"Exif\0\0" + said
    except struct.error:
        return b""
    return b""


def _png(content: bytes) -> bytes:
    kept, at = [_PNG_START], len(_PNG_START)
    while True:
        size, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + size
        if end > len(content):
            raise Unreadable("png")
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _webp(content: bytes) -> bytes:
    kept, at = [], 12
    end_of_all = 8 + struct.unpack("<I", content[4:8])[0]
    if end_of_all > len(content):
        raise Unreadable("webp")
    while at + 8 <= end_of_all:
        name, size = struct.unpack("<4sI", content[at : at + 8])
        end = at + 8 + size + size % 2
        if end > end_of_all + 1:
            raise Unreadable("webp")
        part = content[at:end].ljust(end - at, b"\0")
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_WEBP_SAYS_MORE]) + part[9:]
        if name in _WEBP_KEPT:
            kept.append(part)
        at = end
    body = b"WEBP" + b"".join(kept)
    if not kept:
        raise Unreadable("webp")
    return b"RIFF" + struct.pack("<I", len(body)) + body


_STRIPPING: Mapping[str, Callable[[bytes], bytes]] = {"jpg": _jpeg, "png": _png, "webp": _webp}
