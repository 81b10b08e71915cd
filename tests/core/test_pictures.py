"""A picture keeps its pixels and loses what it tells of place, device, person and time. Source: XCT-02."""

import io
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tequio.core import pictures

TOLD = b"Secreto"
SAID = TOLD.decode()


def photo(kind: str, *, orientation: int = 6, progressive: bool = False, **more: object) -> bytes:
    """Return a picture with a camera, a place, a time, a comment, and a film behind its end."""
    dots = random.Random(5)
    picture = Image.new("RGB", (40, 24))
    picture.putdata([(dots.randrange(256), dots.randrange(256), n % 256) for n in range(40 * 24)])
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, f"{SAID} Camera", "2026:01:01 00:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (4.0, 35.0, 0.0)
    out = io.BytesIO()
    told: dict[str, object] = {"exif": exif.tobytes()}
    if kind == "jpg":
        told |= {"comment": TOLD, "progressive": progressive, "icc_profile": b"colors" * 60, "quality": 90}
    elif kind == "png":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", SAID)
        info.add_itxt("XML:com.adobe.xmp", f"<x>{SAID}</x>")
        told |= {"pnginfo": info}
    else:
        told |= {"xmp": f"<x>{SAID}</x>".encode()}
    picture.save(out, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind], **told, **more)
    return out.getvalue() + (b"" if kind == "webp" else b"ftypmp42" + TOLD)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("jpg", {}), ("jpg", {"progressive": True}), ("png", {}), ("webp", {}), ("webp", {"lossless": True}),
    ],
)  # fmt: skip
def test_only_what_draws_is_kept(kind, more):
    told = photo(kind, **more)
    assert TOLD in told
    plain = pictures.plain(told, kind=kind)
    assert TOLD not in plain
    before, after = Image.open(io.BytesIO(told)), Image.open(io.BytesIO(plain))
    assert after.tobytes() == before.tobytes()
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert set(after.getexif()) <= {0x0112}
    assert pictures.plain(plain, kind=kind) == plain


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_the_way_it_was_taken(orientation):
    plain = pictures.plain(photo("jpg", orientation=orientation), kind="jpg")
    assert Image.open(io.BytesIO(plain)).getexif().get(0x0112, 1) == orientation


def test_what_is_no_picture_stays_as_it_is():
    assert pictures.plain(b"%PDF-1.7", kind="pdf") == b"%PDF-1.7"


@settings(deadline=None, max_examples=40)
@given(
    kind=st.sampled_from(["jpg", "png", "webp"]),
    cut=st.floats(0, 0.98),
    at=st.integers(0, 400),
    byte=st.integers(0, 255),
)
def test_a_broken_picture_is_refused_and_nothing_else_happens(kind, cut, at, byte):
    whole = bytearray(PHOTOS[kind])
    whole[min(at, len(whole) - 1)] = byte
    with suppress(pictures.Unreadable):
        pictures.plain(bytes(whole), kind=kind)
    with pytest.raises(pictures.Unreadable):
        pictures.plain(PHOTOS[kind][: int(len(PHOTOS[kind]) * cut * 0.9)], kind=kind)


PHOTOS = {kind: photo(kind) for kind in ("jpg", "png", "webp")}
