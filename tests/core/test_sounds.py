"""Sounds without what phones and programs write into them. Source: XCT-02."""

import struct

import pytest

from tequio.core import documents, files, sounds
from tequio.core.pictures import Unreadable
from tests.core import sounding

KINDS = {"m4a": sounding.M4A, "ogg": sounding.OGG, "mp3": sounding.MP3, "wav": sounding.WAV}
OTHERS = {
    "a picture on three pages": ("ogg", sounding.ogg_with_a_picture()),
    "one stream after another": ("ogg", sounding.vorbis() + sounding.vorbis(stream=8)),
    "tags behind": ("mp3", sounding.mp3_with_tags_behind()),
}


@pytest.mark.parametrize(("kind", "content"), [*KINDS.items(), *OTHERS.values()], ids=[*KINDS, *OTHERS])
def test_xct_02_what_tells_is_taken_out_and_the_sound_stays(kind, content):
    """Whoever gets a file and whoever hears an interview get no name, no place and no device. Source: XCT-02."""
    assert any(told in content for told in sounding.TELLS)
    found, plain = sounds.plain(content)
    assert found == files.format_of(content) == kind
    assert plain.count(sounding.SOUND) == content.count(sounding.SOUND)
    assert not [told for told in sounding.TELLS if told in plain]
    assert sounds.plain(plain) == (kind, plain)  # done again, nothing changes
    assert documents.plain(content, kind=kind) == plain


def test_nothing_moves_inside_an_m4a_and_its_times_are_gone():
    """Where the samples lie is written down in numbers: each stays at its place."""
    plain = sounds.plain(sounding.M4A)[1]
    assert len(plain) == len(sounding.M4A)
    assert plain.index(sounding.SOUND) == sounding.M4A.index(sounding.SOUND)
    head = plain.index(b"mvhd") + 8
    assert plain[head : head + 8] == bytes(8)


@pytest.mark.parametrize("content", [sounding.OGG, sounding.ogg_with_a_picture(), sounding.vorbis()])
def test_pages_of_ogg_keep_their_length_and_have_a_true_sum(content):
    before, after = list(sounds._pages(content)), list(sounds._pages(sounds.plain(content)[1]))
    assert [len(page) for page in before] == [len(page) for page in after]
    for page in after:
        bare = page[:22] + bytes(4) + page[26:]
        assert page[22:26] == sounds._sum(bare).to_bytes(4, "little")


def nested(deep):
    """Return boxes in boxes, as no sound has them."""
    inner = b"".join(struct.pack(">I4s", 8 * (deep - number), b"moov") for number in range(deep))
    return sounding.box(b"ftyp", b"M4A ") + inner


FILM = sounding.box(
    b"moov", sounding.box(b"trak", sounding.box(b"mdia", sounding.box(b"hdlr", bytes(8) + b"vide")))
)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"<svg>", b"%PDF-1.7", b"PK\x03\x04", b"OggS", b"OggS" + bytes(40), b"ID3", b"\0\0\0\x18ftypM4A ",
        b"\0\0\0\x10ftypM4A \0\0\0\0" + b"\0\0\0\x08mdat" + b"\0\0\xff\xff", b"\0\0\0\x0cftypmp42" + b"\0\0\0\1moov",
        nested(5_000), sounding.box(b"ftyp", b"isom") + FILM + sounding.box(b"mdat", b"x"),
        sounding.box(b"ftyp", b"M4A ") + sounding.box(b"moov", sounding.box(b"mvhd", b"")) + sounding.box(b"mdat", b"x"),
        sounding.M4A[:-5], sounding.OGG[:-5], b"\x89PNG\r\n\x1a\n" + bytes(50),
        sounding.page(0, b"fishead\0"), sounding.page(0, b"OpusHead") + sounding.page(1, b"OpusTags", more=True),
        sounding.page(0, b"OpusHead"), sounding.page(0, b"OpusHead") + sounding.page(1, sounding.SOUND),
        sounding.page(0, b"OpusHead") + sounding.page(1, b"OpusTags" + bytes(8), stream=9),
        sounding.riff(), sounding.riff(sounding.chunk(b"data", b"x")), sounding.WAV[:60], b"RIFF\xff\xff\xff\xffWAVE",
        b"ID3\x04\0\0\0\0\0\x7f" + b"TAG".ljust(128, b"\0"), b"LYRICS200", b"3DI" * 9, b"APETAGEX".ljust(32, b"\xff"),
    ],
)  # fmt: skip
def test_what_is_no_sound_is_refused(content):
    with pytest.raises(Unreadable):
        sounds.plain(content)


def test_a_sound_of_another_sort_than_it_says_is_refused():
    with pytest.raises(Unreadable):
        documents.plain(sounding.WAV, kind="mp3")
