"""A regional survey, and then every one of its answers read and put in order: none is left over. Source: CTX-08."""

import csv
import io
import re
from collections import Counter
from html import unescape

import pytest

from tequio.surveys.models import Answer, CodeList, Reply
from tequio.surveys.services.exporting import export_answers
from tests.conftest import sign_in
from tests.surveys import golden
from tests.world import add_person

QUESTION = "initiative_description"
HERE = f"/andina/surveys/mapeo-regional/results/codes/{QUESTION}/"
SHOWN = re.compile(r'name="shown" value="(\d+)"><fieldset class="box"><legend>(.*?)</legend>', re.DOTALL)


def read_every_answer(client, keys):
    """Read page after page until nothing waits; give each answer its code. Return the texts in the order they were read."""
    read = {}
    for left in range(golden.SIZE, -10, -10):
        page = unescape(client.get(f"{HERE}coding/").text)
        rows = SHOWN.findall(page)
        if not rows:
            assert left <= 0
            return read
        assert f"{left} respuesta" in page
        assert not read.keys() & {number for number, _text in rows}  # none comes twice
        read |= dict(rows)
        given = {f"a.{number}": [code_of(text, keys)] for number, text in rows}
        assert (
            client.post(f"{HERE}coding/", {"shown": [number for number, _ in rows], **given}).status_code
            == 303
        )
    raise AssertionError("there is no end of it")


def code_of(text, keys):
    return keys[text.rpartition(": ")[2].strip() or "none"]


@pytest.fixture
def keys(client, ana, answered_mapping):
    """The codes, by the pillar that an answer speaks of."""
    sign_in(client, ana)
    pillars = ["none", *golden.ONE["pillar"]]
    assert client.post(HERE, {"codes": "\n".join(pillars)}).status_code == 303
    return dict(zip(pillars, [row["key"] for row in CodeList.objects.get().codes], strict=True))


def test_every_answer_of_a_regional_survey_is_read_and_systematized(
    client, network, ana, answered_mapping, keys
):
    """Ninety-six answers of a region: two people read all of them, each once; all are counted by theme and country, and
    leave as rows with what was read in them. Source: CTX-08."""
    assert len(golden.COUNTRIES) > 2
    read = read_every_answer(client, keys)
    sign_in(client, add_person(network, "Emi", duties=["COORDINATION"]))
    assert read_every_answer(client, keys) == read
    assert len(read) == Reply.objects.count() == golden.SIZE
    assert {int(number) for number in read} == set(
        Answer.objects.filter(question=QUESTION).values_list("pk", flat=True)
    )
    expected = Counter(code_of(text, keys) for text in read.values())
    shown = unescape(client.get(HERE).text)
    for key, number in expected.items():
        assert f"{number} (" in shown, key
    rows = list(csv.DictReader(io.StringIO(exported(ana, answered_mapping))))
    assert len(rows) == golden.SIZE
    assert {key: sum(row[f"{QUESTION}.codes/{key}"] == "1" for row in rows) for key in expected} == dict(
        expected
    )
    assert all(sum(row[f"{QUESTION}.codes/{key}"] == "1" for key in expected) == 1 for row in rows)
    by_country = client.get(
        "/andina/surveys/mapeo-regional/results/table.csv", {"rows": f"{QUESTION}.codes", "by": "country"}
    )
    assert by_country.status_code == 200
    assert len(by_country.text.splitlines()) > len(golden.COUNTRIES)


def exported(ana, survey):
    return export_answers(by=ana, survey=survey, kind="csv").content.decode("utf-8-sig")


def test_what_one_person_alone_read_counts_in_no_theme_and_what_waits_is_told(
    client, ana, answered_mapping, keys
):
    """Source: CTX-08, SUR-15."""
    number = Answer.objects.filter(question=QUESTION).order_by("pk").values_list("pk", flat=True)[0]
    assert client.post(f"{HERE}coding/", {"shown": [number], f"a.{number}": ["none"]}).status_code == 303
    assert f"{golden.SIZE - 1} respuestas esperan" in client.get(f"{HERE}coding/").text
    assert f"{QUESTION}.codes" not in exported(ana, answered_mapping)
