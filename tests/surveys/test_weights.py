"""Answers that weigh: by a number, or by how many there are in the field; the plain counts stay beside."""

from decimal import Decimal

import pytest

from tequio.core.access import Refused
from tequio.surveys.models import Answer, Packed, Reply, Survey
from tequio.surveys.rules.asks import Ask
from tequio.surveys.rules.instrument import Kind, Value
from tequio.surveys.rules.weights import by_number, by_size, weighable, weights_of
from tequio.surveys.selectors import counting, sheets
from tequio.surveys.services.weighing import weigh
from tests.conftest import sign_in
from tests.surveys.asked import EVERYTHING
from tests.surveys.field import open_a_survey
from tests.surveys.test_results import HERE

SIZES = {"CO": Decimal(50), "MX": Decimal(130), "CL": Decimal(20), "AR": Decimal(46), "BR": Decimal(212)}


@pytest.fixture
def survey(answered_mapping, network):
    return answered_mapping


def test_answers_of_a_kind_together_weigh_as_the_kind_is_large():
    """Source: SUR-08."""
    found = by_size({"a": Decimal(3), "b": Decimal(1), "c": Decimal(5)}, {"a": 1, "b": 3})
    assert found == {"a": Decimal(3), "b": Decimal("0.333333")}
    said = [{"k": Value(chosen=(key,))} for key in "abbb"] + [{}]
    weights = weights_of({"question": "k", "sizes": {"a": "3", "b": "1"}}, said)
    assert [str(one) for one in weights] == ["3.000000", "0.333333", "0.333333", "0.333333", "0"]
    assert weights_of({}, said) is None
    assert [by_number(one) for one in (None, Decimal(-1), Decimal("2.5"), Decimal(10) ** 13)] == [
        0,
        0,
        Decimal("2.5"),
        0,
    ]
    assert {one.kind for one in weighable(EVERYTHING)} == {
        Kind.COUNTRY,
        Kind.SINGLE,
        Kind.YES_NO,
        Kind.NUMBER,
    }


def test_pages_show_both(client, survey, ana, queries, run_jobs, monkeypatch):
    """Source: SUR-08, SUR-24: by country; the same where answers are many."""
    sign_in(client, ana)
    form = client.get(f"{HERE}weights/?question=country").text
    assert "Brasil" in form
    wrong = client.post(f"{HERE}weights/", {"question": "country", "size.BR": "x", "size.CO": "5"})
    assert (wrong.status_code, 'value="5"' in wrong.text) == (422, True)
    assert client.post(f"{HERE}weights/", {"question": "country", "size.BR": "5"}).status_code == 422
    said = {f"size.{key}": str(size) for key, size in SIZES.items()}
    assert client.post(f"{HERE}weights/", {"question": "country", **said}).status_code == 303
    client.get(HERE)
    with queries(6):
        page = client.get(HERE).text
    assert "11 (11,5" in page  # Brazil: eleven of ninety-six, always
    assert "con\u00a0pesos\u00a046,3" in page  # 212 of 458
    one = client.get(f"{HERE}of/country/").text
    assert "Base con pesos: 96,0" in one
    assert "46,29" in one
    table = client.get(f"{HERE}table/?rows=organisation_type&by=country").text
    assert "con pesos" in table
    file = client.get(f"{HERE}table.csv?rows=country").content.decode("utf-8-sig")
    assert file.splitlines()[0].endswith("Con pesos,% con pesos")
    assert "Brasil,11,11.46,11.46,11.46,96,96,96,44.4" in file
    study = sheets.study(ana, survey.slug)
    few = counting.results(study, [Ask("pillar", ("country",))]).found[0]
    monkeypatch.setattr(counting, "MANY", 50)
    client.post(f"{HERE}table/", {"rows": "pillar", "by": "country"})
    run_jobs()
    many = counting.results(study, [Ask("pillar", ("country",))]).found[0]
    assert (many.weighted.whole, many.weighted.groups) == (few.weighted.whole, few.weighted.groups)
    assert client.post(f"{HERE}weights/").status_code == 303
    assert Survey.objects.get(pk=survey.pk).weighting == {}
    assert Packed.objects.get().wanted_at is not None  # counted anew, without weights
    run_jobs()
    assert "con pesos" not in client.get(f"{HERE}table/?rows=pillar&by=country").text


def test_a_number_is_a_weight(client, network, ana, beto):
    survey = open_a_survey(ana)
    version = survey.versions.get()
    for number, country in ((10, "CO"), (30, "CL"), (None, "CL")):
        when = {"began_at": survey.created_at, "changed_at": survey.created_at, "sent_at": survey.created_at}
        reply = Reply.objects.create(survey=survey, version=version, language="es", **when)
        reply.ticks.create(question="country", option=country)
        if number:
            Answer.objects.create(reply=reply, question="size", number=number)
    sign_in(client, ana)
    here = f"/andina/surveys/{survey.slug}/results/"
    assert client.post(f"{here}weights/", {"question": "size"}).status_code == 303
    page = client.get(f"{here}of/country/").text
    assert "2 (66,7" in page
    assert "con\u00a0pesos\u00a075,0" in page
    assert client.get(f"{here}weights/?question=name").status_code == 404
    with pytest.raises(Refused):
        weigh(by=beto, survey=survey, question="size")
