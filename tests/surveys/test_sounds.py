"""The sound of an interview: kept in private, without what a phone wrote into it. Source: SUR-01, XCT-02."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.core import files
from tequio.surveys.models import Recording
from tequio.surveys.rules.instrument import Value
from tequio.surveys.selectors.answering import version_of
from tequio.surveys.services import replying
from tests.conftest import sign_in
from tests.core import sounding
from tests.surveys.field import open_a_survey


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
