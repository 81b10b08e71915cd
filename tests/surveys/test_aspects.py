"""Interviews, from their guide to a table of six aspects by city, and answers kept as quotes. Source: CTX-09, CTX-10."""

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.people.models import Quote
from tequio.surveys.models import Answer, Coding, Reply, Survey
from tequio.surveys.rules.aspects import ASPECTS, by_city, questions
from tequio.surveys.rules.templates import INTERVIEW, template
from tequio.surveys.selectors.recoding import spoken
from tequio.surveys.services import recoding as services
from tequio.surveys.services.building import create_survey, open_survey
from tests.conftest import sign_in
from tests.surveys.test_answering import form_of
from tests.world import add_person

BOGOTA, PUEBLA = "3688689", "3521081"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 63)), max_size=8))
def test_an_interview_counts_once_in_each_of_its_cities_and_once_in_the_whole(told) -> None:
    """Source: CTX-09."""
    cities = {
        n: [name for bit, name in enumerate("abc") if where >> bit & 1]
        for n, (where, _said) in enumerate(told)
    }
    settled = {
        n: [[one for bit, one in enumerate(ASPECTS) if said >> bit & 1]]
        for n, (_where, said) in enumerate(told)
    }
    rows, whole = by_city(cities, settled)
    assert whole.interviews == len(told)
    assert sum(row.interviews for row in rows) == sum(len(names) or 1 for names in cities.values())
    for at, aspect in enumerate(ASPECTS):
        assert whole.counts[at] == sum(aspect in codes for [codes] in settled.values())
        assert all(row.counts[at] <= min(row.interviews, whole.counts[at]) for row in rows)


@pytest.fixture
def survey(ana, network) -> Survey:
    made = create_survey(by=ana, title={"es": "Entrevistas"}, languages=["es"], template=INTERVIEW)
    return open_survey(by=ana, survey=made) or Survey.objects.get(pk=made.pk)


def record(client, path, **said) -> None:
    answers = {f"q:{key}": text for key, text in {"may_quote": "yes", **said}.items()}
    form = form_of(client.get(path)) | {"manner": "IN_PERSON"} | answers
    answer = client.post(path, form)
    assert answer.status_code == 303, answer.content.decode()


def test_ctx_09_interviews_are_recorded_coded_by_two_on_six_aspects_settled_and_told_by_city(
    client, ana, beto, network, survey, queries
) -> None:
    """The guide, an interviewer, two who code alone, their agreement, a talk, a table by city. Source: CTX-09, SUR-15."""
    assert len(questions(template(INTERVIEW))) == 12
    interviewer = Client()
    sign_in(interviewer, beto)
    heard = f"/andina/surveys/{survey.slug}/record/"
    record(
        interviewer, heard, organization_name="Barrio Vivo", cities=[BOGOTA], origin="Nació de un apagón",
        decide="La asamblea, y las mujeres la llevan", person_role="Tesorera",
    )  # fmt: skip
    record(interviewer, heard, organization_name="La Asamblea", cities=[BOGOTA, PUEBLA], resources="De rifas")
    record(interviewer, heard, organization_name="Otra", decide="Nadie, se conversa", may_quote="no")
    assert set(Reply.objects.values_list("source", "recorded_by")) == {("INTERVIEW", beto.participant_id)}

    sign_in(client, ana)
    here = f"/andina/surveys/{survey.slug}/results/"
    assert f"{here}aspects/" in client.get(here).content.decode()
    assert "Codificar en los seis aspectos" in client.get(f"{here}aspects/").content.decode()
    assert client.post(f"{here}aspects/").status_code == 303
    numbers = dict(
        Answer.objects.filter(question__in=("origin", "decide", "resources")).values_list("text", "pk")
    )
    birth, women, raffles, talk = (
        numbers[text] for text in ("Nació de un apagón", "La asamblea, y las mujeres la llevan", "De rifas", "Nadie, se conversa")
    )  # fmt: skip
    for question, given_by_ana in (
        ("origin", {birth: ["background"]}),
        ("decide", {women: ["governance", "inclusion"], talk: ["governance"]}),
        ("resources", {raffles: ["sustainability"]}),
    ):
        sent = {"shown": list(given_by_ana), **{f"a.{pk}": codes for pk, codes in given_by_ana.items()}}
        assert client.post(f"{here}codes/{question}/coding/", sent).status_code == 303
    emi = add_person(network, "Emi", duties=("COORDINATION",))
    for question, given_by_emi in (
        ("origin", {birth: ["background"]}),
        ("decide", {women: ["governance"], talk: ["governance"]}),
        ("resources", {raffles: ["sustainability"]}),
    ):
        services.code_answers(by=emi, survey=survey, question=question, given=given_by_emi)

    client.get(f"{here}aspects/")
    with queries(8):
        page = client.get(f"{here}aspects/").content.decode()
    assert "75,0" in page  # three of four answers alike
    assert "Acordadas: 3 de 4" in page
    assert "Emi: Gobernanza" in client.get(f"{here}codes/decide/agreeing/").content.decode()
    client.post(f"{here}codes/decide/agreeing/", {"shown": women, f"a.{women}": ["governance", "inclusion"]})
    assert Coding.objects.filter(agreed=True).count() == 1
    rows = client.get(f"{here}aspects/").context["rows"]
    assert [(row.city, row.interviews, row.counts) for row in rows] == [
        ("Bogotá", 2, (1, 0, 1, 1, 1, 0)), ("Puebla", 1, (0, 0, 0, 1, 0, 0)), ("", 1, (0, 0, 1, 0, 0, 0)),
    ]  # fmt: skip
    whole = client.get(f"{here}aspects/").context["whole"]
    assert (whole.interviews, whole.counts) == (3, (1, 0, 2, 1, 1, 0))


def test_aspects_are_called_in_the_language_of_the_reader_and_own_codes_as_they_were_written() -> None:
    """Source: CTX-09, CTX-20."""
    codes = {"governance": "Gobernanza", "inclusion": "Con todas", "voice": "Tener voz"}
    with override("en"):
        assert spoken(codes) == {"governance": "Governance", "inclusion": "Con todas", "voice": "Tener voz"}
    with override("pt-br"):
        assert spoken(codes)["governance"] == "Governança"


def test_an_answer_becomes_a_quote_in_one_step_where_the_person_agreed(client, ana, network, survey) -> None:
    """Source: CTX-10."""
    sign_in(client, ana)
    heard, here = (f"/andina/surveys/{survey.slug}/{part}/" for part in ("record", "results"))
    record(client, heard, organization_name="Barrio Vivo", decide="La asamblea", person_role="Tesorera")
    record(client, heard, organization_name="Otra", decide="Nadie", may_quote="no")
    yes, no = (Answer.objects.get(question="decide", text=text).pk for text in ("La asamblea", "Nadie"))
    page = client.get(f"{here}quote/{yes}/")
    form = page.context["form"]
    start = form.initial
    assert (start["words"], start["organization"], start["role"]) == (
        "La asamblea",
        "Barrio Vivo",
        "Tesorera",
    )
    assert (start["aspect"], start["step"], start["origin"]) == ("governance", 2, "INTERVIEW")
    sent = {name: form[name].value() or "" for name in form.fields}
    assert client.post(f"{here}quote/{yes}/", sent).status_code == 303
    kept = Quote.objects.get()
    assert (kept.words, kept.organization.name, kept.source) == (
        {"es": "La asamblea"},
        "Barrio Vivo",
        f"surveys.Answer:{yes}",
    )
    assert client.post(f"{here}quote/{yes}/", sent).status_code == 403  # once
    assert client.get(f"{here}quote/{no}/").status_code == 403
    assert client.get(f"{here}quote/999999/").status_code == 404
