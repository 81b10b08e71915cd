"""The sound of an interview: kept in private, without what a phone wrote into it. Source: SUR-01, XCT-02."""

import struct
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.core import files
from tequio.surveys.formats import sounds
from tequio.surveys.models import Recording
from tequio.surveys.rules.instrument import Value
from tequio.surveys.selectors.answering import version_of
from tequio.surveys.services import replying
from tests.conftest import sign_in
from tests.surveys import sounding
from tests.surveys.field import open_a_survey

KINDS = {"m4a": sounding.M4A, "ogg": sounding.OGG, "mp3": sounding.MP3}


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_is_taken_out_and_the_sound_stays(kind):
    found, plain = sounds.plain(KINDS[kind])
    assert found == kind
    assert sounding.SOUND in plain
    assert not [told for told in sounding.TELLS if told in plain]
    assert sounds.plain(plain) == (kind, plain)  # done again, nothing changes


def test_nothing_moves_inside_an_m4a_and_its_times_are_gone():
    """Where the samples lie is written down in numbers: each stays at its place."""
    plain = sounds.plain(sounding.M4A)[1]
    assert len(plain) == len(sounding.M4A)
    assert plain.index(sounding.SOUND) == sounding.M4A.index(sounding.SOUND)
    head = plain.index(b"mvhd") + 8
    assert plain[head : head + 8] == bytes(8)


def test_pages_of_ogg_have_a_true_sum():
    pages = list(sounds._pages(sounds.plain(sounding.OGG)[1]))
    assert len(pages) == 3
    for page in pages:
        bare = page[:22] + bytes(4) + page[26:]
        assert page[22:26] == sounds._sum(bare).to_bytes(4, "little")


def nested(deep):
    """Return boxes in boxes, as no sound has them."""
    inner = b"".join(struct.pack(">I4s", 8 * (deep - number), b"moov") for number in range(deep))
    return sounding.box(b"ftyp", b"M4A ") + inner


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"<svg>", b"%PDF-1.7", b"PK\x03\x04", b"OggS", b"OggS" + bytes(40), b"ID3", b"\0\0\0\x18ftypM4A ",
        b"\0\0\0\x10ftypM4A \0\0\0\0" + b"\0\0\0\x08mdat" + b"\0\0\xff\xff", b"\0\0\0\x0cftypmp42" + b"\0\0\0\1moov",
        nested(5_000),
        sounding.box(b"ftyp", b"M4A ") + sounding.box(b"moov", sounding.box(b"mvhd", b"")) + sounding.box(b"mdat", b"x"),
        sounding.M4A[:-5], sounding.OGG[:-5], b"\x89PNG\r\n\x1a\n" + bytes(50),
    ],
)  # fmt: skip
def test_what_is_no_sound_is_refused(content):
    with pytest.raises(sounds.Unreadable):
        sounds.plain(content)


@pytest.fixture
def heard(ana, beto):
    """An interview that Beto wrote down for Ana's survey."""
    survey = open_a_survey(ana)
    values = {"name": Value(text="Casa"), "country": Value(chosen=("CL",)), "joins": Value(chosen=("no",))}
    return replying.record_reply(
        by=beto, survey=survey, version=version_of(survey), once=uuid4(), values=values, language="es",
        manner="IN_PERSON",
    )  # fmt: skip


def test_a_sound_and_a_paper_lie_beside_an_interview(client, ana, beto, dora, heard):
    sign_in(client, beto)
    record = "/andina/surveys/campo/record/"
    path = f"/andina/surveys/campo/interviews/{heard.uuid}/"
    assert path in client.get(record).text
    assert client.post(path, {}).status_code == 422
    bad = SimpleUploadedFile("x.mp3", b"no sound")
    assert client.post(path, {"sound": bad}).status_code == 422
    file = SimpleUploadedFile("Ana en su casa.m4a", sounding.M4A)
    assert client.post(path, {"sound": file, "cited": "Carpeta 3, hoja 12"}).status_code == 303
    page = client.get(path).text
    assert "Carpeta 3, hoja 12" in page
    kept = Recording.objects.get(cited="")
    assert f"{path}{kept.uuid}/" in page
    handed = client.get(f"{path}{kept.uuid}/")
    assert handed["Content-Type"] == "audio/mp4"
    assert handed["Content-Disposition"].startswith("attachment")
    assert sounding.TELLS[0] not in b"".join(handed.streaming_content)
    sign_in(client, ana)
    assert client.get(path).status_code == 200
    sign_in(client, dora)
    assert client.get(path).status_code == 404
    assert client.get(f"{path}{kept.uuid}/").status_code == 404
    sign_in(client, beto)
    assert client.get(f"{path}{kept.uuid}/drop/").status_code == 200
    assert client.post(f"{path}{kept.uuid}/drop/", {"confirmed": "yes"}).status_code == 303
    assert client.get(f"{path}{kept.uuid}/").status_code == 404
    assert client.get(f"{path}erase/").status_code == 403


def test_a_sound_that_is_too_large_is_refused(client, beto, heard, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 100)
    sign_in(client, beto)
    path = f"/andina/surveys/campo/interviews/{heard.uuid}/"
    assert client.post(path, {"sound": SimpleUploadedFile("a.m4a", sounding.M4A)}).status_code == 422
    assert not Recording.objects.exists()


def test_the_form_is_printed_to_be_filled_in_by_hand(client, beto, heard):
    """Source: SUR-02. Every question and every option, in each language of the survey."""
    sign_in(client, beto)
    page = client.get("/andina/surveys/campo/paper/").text
    assert "☐ Water" in page
    assert "¿Cómo se llama?" in page
    assert "<input" not in page.partition("<main")[2].partition("</main")[0]
    assert "Em que país está?" in client.get("/andina/surveys/campo/paper/?language=pt-br").text
