"""A governance model as a file: the same again after reading, nobody's name in it, and words for any other file."""

import json
import random
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.core.scoping import network_scope
from tequio.founding import formats, rules, selectors, services
from tequio.founding.formats import Unreadable
from tequio.founding.models import Charter
from tequio.networks import selectors as networks
from tequio.people.selectors import find_actor
from tests.conftest import sign_in
from tests.founding.world import CONTACTS, answer_enough, person, ratify, save

GOOD = {
    "format": "tequio.governance-model",
    "schema": 1,
    "network": {"es": "Red Uno"},
    "version": 2,
    "made_on": "2026-11-22",
    "answers": {"model": "VERTICAL", "round_hours": "168", "mandate_months": 24, "small": "10.50"},
    "texts": {"code": {"es": "Nos cuidamos."}},
    "tables": {"criteria": [{"text": {"es": "Dos años de trabajo"}, "answer": "YES_NO", "required": True}]},
}


def file_of(**changes) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def why(content: bytes) -> str:
    with pytest.raises(Unreadable) as trouble:
        formats.read_model(content)
    return trouble.value.code


def test_a_model_is_read_as_it_was_written():
    model = formats.read_model(file_of())
    settled = rules.with_answers(
        rules.settled_from({"values": {}, "texts": {}}), {**model.answers, **model.texts, **model.tables}
    )
    settled = rules.with_answers(settled, {"contribution": "VARIABLE"})
    written = formats.write_model(settled, name=model.name, version=2, made_on="2026-11-22")
    again = formats.read_model(written)
    assert (again.answers["round_hours"], again.answers["mandate_months"]) == ("168", 24)
    assert (again.texts["code"], again.tables["criteria"][0]["text"]) == (
        {"es": "Nos cuidamos."},
        {"es": "Dos años de trabajo"},
    )
    assert again.answers["small"] == "10.50"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"a": ' * 40_000, "not_json"),
        (b'{"format": NaN}', "not_json"),
        (b"[]", "another_format"),
        (b"null", "another_format"),
        (b"1" * 5000, "not_json"),
        (b" " * 300_000, "too_large"),
        (file_of(format="x"), "another_format"),
        (file_of(schema=None), "no_schema"),
        (file_of(schema=True), "no_schema"),
        (file_of(schema=2), "newer"),
        (file_of(answers=[]), "another_format"),
        (file_of(network="Red"), "another_format"),
        (file_of(answers={}, texts={}, tables={}), "empty"),
        (file_of(answers={"model": "DICTATORSHIP"}), "not_an_answer"),
        (file_of(answers={"mandate_months": 10**30}), "not_an_answer"),
        (file_of(answers={"mandate_months": True}), "not_an_answer"),
        (file_of(answers={"fixed": "NaN"}), "not_an_answer"),
        (file_of(answers={"fixed": "1e99"}), "not_an_answer"),
        (file_of(answers={"fixed": 5}), "not_an_answer"),
        (file_of(answers={"joiners": ["PEOPLE", []]}), "not_an_answer"),
        (file_of(answers={"joiners": {}}), "not_an_answer"),
        (file_of(texts={"code": "x"}), "not_an_answer"),
        (file_of(texts={"code": {"es": 1}}), "not_an_answer"),
        (file_of(texts={"code": {"es": "a\x00b"}}), "not_an_answer"),
        (file_of(texts={"code": {"es": "\ud800"}}), "not_an_answer"),
        (file_of(texts={"code": {"es": "x" * 9000}}), "not_an_answer"),
        (file_of(tables={"criteria": "x"}), "not_an_answer"),
        (file_of(tables={"criteria": [{"text": "x"}]}), "not_an_answer"),
        (file_of(tables={"criteria": [{"strange": {}}]}), "not_an_answer"),
        (file_of(answers={"code": "x"}), "not_an_answer"),
    ],
)
def test_any_other_file_is_refused_with_its_reason(content, code):
    assert why(content) == code


def test_questions_that_are_not_known_here_are_left_out_and_named():
    model = formats.read_model(file_of(answers={"model": "VERTICAL", "from_the_future": [1, {}]}))
    assert model.unknown == ("from_the_future",)
    assert formats.read_model(file_of(answers={"contacts": [], "model": "VERTICAL"})).unknown == ("contacts",)


def test_no_bytes_break_the_reader():
    """Every single byte changed, and pieces cut out and doubled: words or a model, never another error."""
    content, chance = file_of(), random.Random(3)
    for place in range(0, len(content), 2):
        spoiled = bytearray(content)
        spoiled[place] = chance.randrange(256)
        for attempt in (bytes(spoiled), content[:place], content[:place] + content[place + 7 :]):
            with suppress(Unreadable):
                formats.read_model(attempt)


@pytest.fixture
def ratified(first, second, founding, run_jobs):
    answer_enough(first, founding)
    save(first, founding, "rounds", {"round_hours": "336", "silence": "CONSENTS"})
    ratify(founding, first, second)
    run_jobs()
    founding.refresh_from_db()
    return founding


def test_another_network_starts_from_the_model_and_names_nobody(client, first, ratified, run_jobs):
    sent = client.get(f"/{ratified.slug}/charter/model.json")
    assert sent.status_code == 200
    assert CONTACTS[0]["name"] not in sent.content.decode()
    assert CONTACTS[0]["reach"] not in sent.content.decode()

    other = services.start_network(
        person=person("Teo"), name={"es": "Red Nueva"}, languages=["es"], organization="Vecinas"
    )
    with network_scope(other.pk):
        teo = find_actor(person("Teo"))
    sign_in(client, teo)
    client.cookies["language"] = "es"
    path = f"/{other.slug}/charter/model/"
    assert client.get(path).status_code == 200
    upload = SimpleUploadedFile("modelo.json", sent.content, content_type="application/json")
    seen = client.post(path, {"file": upload, "once": "1"})
    assert seen.status_code == 200
    assert "Dos semanas" in seen.text
    with network_scope(other.pk):
        assert selectors.path(teo, other).values["round_hours"] == "72"
    taken = client.post(path, {"model": sent.content.decode(), "take": "yes", "once": "2"})
    assert taken.status_code == 303
    with network_scope(other.pk):
        shown = selectors.path(teo, other)
        assert (shown.values["round_hours"], shown.values["silence"]) == ("336", "CONSENTS")
        assert shown.settled.text("code") == {"es": "Nos cuidamos."}
        save(teo, other, "why", purpose="Cuidar el barrio.")
        save(teo, other, "contacts", contacts="", rows=CONTACTS)
        ratify(other, teo)
        run_jobs()
        assert networks.governance().round_hours == 336
        mine = Charter.objects.get(state="IN_FORCE").settings["governance"]
    with network_scope(ratified.pk):
        assert Charter.objects.get(state="IN_FORCE").settings["governance"] == mine


def test_what_founders_wrote_stays_theirs(first, founding):
    save(first, founding, "ethics", code="Lo nuestro.")
    services.take_model(by=first, network=founding, model=formats.read_model(file_of()))
    path = selectors.path(first, founding)
    assert path.settled.text("code")["es"] == "Lo nuestro."
    assert path.values["model"] == "VERTICAL"


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"\x00\xff", b"[[[", file_of(schema=9), file_of(answers={"model": 3}), b"x" * 300_000],
)
def test_a_file_that_holds_no_model_gets_words(client, first, founding, content):
    sign_in(client, first)
    client.cookies["language"] = "es"
    upload = SimpleUploadedFile("x.json", content)
    page = client.post(f"/{founding.slug}/charter/model/", {"file": upload, "once": "1"})
    assert page.status_code == 422
    assert "id_file_error" in page.text
    assert client.post(f"/{founding.slug}/charter/model/", {"once": "2"}).status_code == 422
    assert client.post(f"/{founding.slug}/charter/model/", {"model": "{", "take": "yes"}).status_code == 422


def test_a_founded_network_takes_no_model(client, first, ratified):
    sign_in(client, first)
    page = client.get(f"/{ratified.slug}/charter/model/")
    assert page.status_code == 200
    assert 'type="file"' not in page.text
    answer = client.post(f"/{ratified.slug}/charter/model/", {"model": file_of().decode(), "take": "yes"})
    assert answer.status_code == 403
