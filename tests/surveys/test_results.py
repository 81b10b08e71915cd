"""Pages of results: exact figures for whoever has a duty, filters in the address, files."""

import io

import openpyxl
import pytest

from tequio.core.access import Refused
from tequio.surveys.models import Reply
from tequio.surveys.rules.crosstab import cross
from tequio.surveys.selectors import sheets
from tequio.surveys.services import building
from tests.conftest import sign_in
from tests.surveys import golden
from tests.surveys.mapped import add_answers, open_mapping

HERE = "/andina/surveys/mapeo-regional/results/"


@pytest.fixture
def survey(answered_mapping, network):
    return answered_mapping


def test_rows_say_what_the_golden_answers_say(survey, ana):
    """Source: SUR-08, SUR-11."""
    study = sheets.study(ana, survey.slug)
    whole, plain = sheets.sheet(study), golden.sheet()
    for rows in ("difficulties", "participates_in_regional_network", "organisation_type"):
        one, other = cross(whole, rows=rows, by=["country"]), cross(plain, rows=rows, by=["country"])
        assert (one.whole, one.groups) == (other.whole, other.groups)
    narrow = sheets.sheet(study, only={"pillar"})
    assert [column.key for column in narrow.columns] == ["pillar"]
    assert cross(narrow, rows="pillar").whole.bases.answering == 92


def test_what_was_set_aside_or_only_begun_counts_nowhere(survey, ana):
    first, second = Reply.objects.order_by("pk")[:2]
    Reply.objects.filter(pk=first.pk).update(set_aside=True)
    Reply.objects.filter(pk=second.pk).update(sent_at=None)
    assert sheets.sheet(sheets.study(ana, survey.slug), only={"country"}).size == 94


def test_answers_to_an_earlier_version_count_under_their_keys(survey, ana):
    """Source: SUR-02."""
    building.new_version(by=ana, survey=survey)
    building.open_survey(by=ana, survey=survey)
    add_answers(survey, 4)
    table = cross(sheets.sheet(sheets.study(ana, survey.slug)), rows="country")
    assert table.count("CO") == 33


def test_all_of_it_on_one_page(client, survey, ana, queries):
    """While the survey runs, one click from its page. Source: SUR-03, SUR-12, SUR-24, PAINS P3."""
    sign_in(client, ana)
    client.get(HERE)
    with queries(6):  # one of them looks what who reads needs and offers
        page = client.get(HERE)
    assert page.status_code == 200
    for words in (
        "96 respuestas",
        "<b>83</b>",
        "<b>42\u00a0%</b>",
        "41,94",
        "96,88",
        "Base: 107 menciones",
        "83 (86,5",
        "Colombia",
    ):
        assert words in page.text, words
    few = client.get(f"{HERE}?w.country=BR")
    assert "10 (90,9" in few.text
    assert "solo: Brasil" in few.text
    assert client.get(f"{HERE}?w.country=ZZ").status_code == 404


def test_the_queries_do_not_grow(client, network, ana, queries):
    open_mapping(ana, answers=3)
    sign_in(client, ana)
    client.get(HERE)
    with queries(6):  # one of them looks what who reads needs and offers
        client.get(HERE)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("of/initiative_areas/", ["48,96", "35,88", "4 como máximo", "1,36"]),
        ("of/public_agenda_challenges/", ["177", "43"]),
        ("of/organisation_type/?together=research&together=culture", ["Al menos una de", "11 de 96 (11,46"]),
        ("table/", ["Elige una pregunta"]),
        (
            "table/?rows=participates_in_regional_network&by=country",
            ["10 de 11 (90,91", "9 de 29 (31,03", "+36,74", "54,2"],
        ),
        ("table/?rows=pillar&by=country&by=organisation_type&by=join_network", ["Cada porcentaje es de su propio grupo"]),
        ("table/?rows=population&w.country=CO", ["solo: Colombia"]),
        ("cities/", ["Santiago", "Brasil: la ciudad más nombrada es São Paulo, no la capital", "3 trabajan en todo el país"]),
        ("compare/", ["Compara"]),
        ("compare/?one=fundamental_elements&other=good_governance", ["34 (35,42", "60 (62,50", "+27,08"]),
        ("compare/?one=difficulties&other=fundamental_elements&p.lack_of_money=funding", ["62 (64,58", "63 (65,63"]),
        ("words/", ["96 de 96", "participacion"]),
        ("words/?q=JOVEN+diver", ["42 de 96", "<mark>jóvenes</mark>"]),
    ],
)  # fmt: skip
def test_each_page_says_its_numbers(client, survey, ana, path, words):
    """Source: SUR-04, SUR-06, SUR-08, SUR-14, SUR-15, SUR-16, SUR-28."""
    sign_in(client, ana)
    page = client.get(HERE + path)
    assert page.status_code == 200
    for each in words:
        assert each in page.text, each


@pytest.mark.parametrize(
    "path",
    [
        "of/nothing/", "table/?rows=nothing", "table/?rows=pillar&by=x", "table.pdf?rows=pillar", "table.csv",
        "compare/?one=a&other=b", "words/?question=country",
        "table/?rows=pillar&by=country&by=join_network&by=population&by=offers",
    ],
)  # fmt: skip
def test_what_is_not_there(client, survey, ana, path):
    sign_in(client, ana)
    assert client.get(HERE + path).status_code == 404


def test_the_same_numbers_as_files(client, survey, ana):
    sign_in(client, ana)
    line = "rows=organisation_type&by=country"
    text = client.get(f"{HERE}table.csv?{line}").content.decode("utf-8-sig")
    assert "Participación ciudadana,Colombia,9,31.03,31.03,31.03,29,29,29" in text
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{HERE}table.xlsx?{line}").content))
    row = next(
        row for row in book.active.iter_rows(values_only=True) if row[:2] == ("Activismo político", "Brasil")
    )
    assert row[2] == 5
    assert float(row[3]) == 45.45


def test_exact_figures_are_for_whoever_has_a_duty(client, survey, beto):
    sign_in(client, beto)
    assert client.get(HERE).status_code == 403
    with pytest.raises(Refused):
        sheets.study(beto, survey.slug)


def test_a_draft_has_no_results(client, network, ana):
    building.create_survey(by=ana, title={"es": "Otra"}, languages=["es"], template="event_feedback")
    sign_in(client, ana)
    assert client.get("/andina/surveys/otra/results/").status_code == 404
