"""What a file of answers is guessed to be is corrected on its page, remembered, and decided about; nothing is lost."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.surveys.models import Answer, Batch, Recipe, Reply, Stage, Survey, Tick
from tequio.surveys.rules.instrument import Clause, Condition, Operator
from tequio.surveys.rules.written import as_json
from tequio.surveys.services import building, importing, recipes
from tests.conftest import sign_in
from tests.surveys.brought import MAPPING, bring, texts
from tests.surveys.test_importing_pages import upload

TITLED = "Respuestas del 9 de mayo\n\nNombre de la organización|¿Se sumarían a la red?|¿Cuántas personas son?\nCasa Ñandú|sí|3\n"


def ready(by: Actor, survey: Survey, content: bytes, **decided: Mapping[str, str]) -> Batch:
    batch = importing.start_batch(by=by, survey=survey, name="r.csv", content=content)
    batch = importing.read_batch(by=by, batch=batch)
    if decided:
        batch = importing.decide_batch(by=by, batch=batch, decisions=decided)
        batch = importing.read_batch(by=by, batch=batch)
    return batch


def doubts(batch: Batch) -> dict[str, dict[str, Any]]:
    return {item["text"]: item for item in batch.report["items"]}


def limited(survey: Survey) -> None:
    """Let the survey take two themes, at most a thousand people, and offers only from who joins."""
    joins = Condition((Clause("joins", Operator.IS, "yes"),))
    more = {"themes": {"at_most": 2}, "people": {"highest": 1_000, "condition": joins}}
    asked = [replace(one, **more.get(one.key, {})) for one in MAPPING.questions()]
    changed = replace(MAPPING, sections=(replace(MAPPING.sections[0], questions=tuple(asked)),))
    survey.versions.update(document=as_json(changed))


def test_how_a_file_is_cut_is_corrected_without_bringing_it_twice(
    client: Client, fields_survey: Survey, ana: Actor
) -> None:
    """Letters, marks and the row of the headings; remembered for the next file. Source: SUR-05."""
    sign_in(client, ana)
    wrong = "Respuestas|de mayo|2026\n" + TITLED.split("\n\n")[1]
    page = upload(client, wrong.encode("cp1252"))
    shown = client.get(page)
    assert shown.context["layout"].initial["header"] == 1
    assert "Respuestas" in shown.text
    cut = {"cut": "yes", "encoding": "cp1252", "delimiter": "|", "header": "7"}
    assert client.post(page, cut).status_code == 422
    assert client.post(page, cut | {"header": "x"}).status_code == 422
    batch = Batch.objects.get()
    assert (batch.stage, batch.layout["header"], batch.content is not None) == (Stage.READY, 1, True)
    assert client.post(page, cut | {"header": "2"}).status_code == 303
    assert [one[1] for one in Batch.objects.get().report["columns"]] == ["name", "joins", "people"]
    assert client.post(page, {}).status_code == 303
    assert Reply.objects.get().organization_name == "Casa Ñandú"
    again = ready(ana, fields_survey, wrong.replace("mayo", "junio").encode("cp1252") + b"Otra|no|4\n")
    assert (again.layout["header"], again.report["known"], again.report["ready"]) == (2, 1, 1)


def test_a_title_above_the_headings_is_passed_over(fields_survey: Survey, ana: Actor) -> None:
    batch = ready(ana, fields_survey, (TITLED + "\nCasa Sur|tal vez|siete\n").encode())
    assert (batch.layout["header"], batch.layout["delimiter"], batch.report["ready"]) == (3, "|", 2)
    assert {tuple(item["rows"]) for item in batch.report["items"]} == {(6,)}  # as a spreadsheet numbers them


def test_what_the_columns_are_is_kept_for_other_files_and_surveys(fields_survey: Survey, ana: Actor) -> None:
    """Found again by the headings, or asked for by name. Source: SUR-05."""
    batch = ready(ana, fields_survey, b"quien;que\nA;agua\n")
    batch = importing.map_batch(by=ana, batch=batch, mapping={0: "name", 1: "themes"}, name="Mayo")
    assert Recipe.objects.get().name == "Mayo"
    assert ready(ana, fields_survey, b"quien;que\nB;tierra\n").mapping == {"0": "name", "1": "themes"}
    other = building.create_survey(by=ana, title=texts("Dos"), languages=["es"], instrument=MAPPING)
    assert ready(ana, other, b"quien;que\nC;sol\n").mapping == {"0": "name", "1": "themes"}
    named = ready(ana, other, b"que;quien;mas\nsol;D;1\n")
    named = recipes.follow(by=ana, batch=named, recipe=Recipe.objects.get(name="Mayo"))
    assert importing.read_batch(by=ana, batch=named).mapping == {"0": "themes", "1": "name"}


def test_a_way_of_reading_is_asked_for_and_forgotten_on_the_page(
    client: Client, fields_survey: Survey, ana: Actor, beto: Actor
) -> None:
    batch = ready(ana, fields_survey, b"quien;que\nA;agua\n")
    importing.map_batch(by=ana, batch=batch, mapping={0: "name"}, name="Mayo")
    recipe = Recipe.objects.get()
    sign_in(client, ana)
    page = upload(client, b"que;quien\nagua;B\n")
    assert "Mayo" in client.get(page).text
    assert client.post(page, {"follow": "yes", "recipe": "x"}).status_code == 422
    assert client.post(page, {"follow": "yes", "recipe": str(recipe.uuid)}).status_code == 303
    assert Batch.objects.order_by("-pk")[0].mapping == {"1": "name"}
    forget = f"/andina/surveys/mapeo/import/recipes/{recipe.uuid}/forget/"
    assert client.get(forget).status_code == 200
    assert client.post(forget).status_code == 303
    assert not Recipe.objects.exists()
    with pytest.raises(Refused):
        recipes.forget(by=beto, recipe=recipe)


def test_what_the_survey_does_not_take_is_told_and_decided(fields_survey: Survey, ana: Actor) -> None:
    """Too many ticks, a number out of range, what nobody asked: with row, column and reason. Source: SUR-02."""
    limited(fields_survey)
    ticks = "Agua, saneamiento y salud;Participación ciudadana;Género; y diversidad"
    content = f"name,themes,joins,people\nA,{ticks!r},yes,7000\nB,x,no,5\n".replace("'", '"').encode()
    found = doubts(ready(ana, fields_survey, content))
    told = {text: (item["reason"], item["heading"], item["rows"]) for text, item in found.items()}
    assert told == {
        ticks: ("too_many", "themes", [2]),
        "7000": ("outside", "people", [2]),
        "x": ("kept_as_other", "themes", [3]),
        "…": ("not_asked", "people", [3]),
    }
    decided = {"themes": {ticks: "^", "x": "-"}, "people": {"7000": "=700", "…": "-"}}
    batch = ready(ana, fields_survey, content, **decided)
    assert (batch.report["misread"], batch.report["items"]) == ([], [])
    importing.run_batch(by=ana, batch=importing.confirm_batch(by=ana, batch=batch))
    assert set(Tick.objects.filter(question="themes").values_list("option", flat=True)) == {"o0", "o1"}
    assert Answer.objects.get(question="people").number == 700
    undone = importing.undecide_batch(by=ana, batch=ready(ana, fields_survey, content + b"C,,yes,9000\n"))
    assert importing.read_batch(by=ana, batch=undone).report["known"] == 2
    assert set(doubts(undone)) == {*told, "9000"}


def test_more_answers_than_a_quota_takes_are_for_people_to_decide(
    client: Client, fields_survey: Survey, ana: Actor
) -> None:
    """Told with numbers; taken too, or left out in the order of the file. Source: SUR-03."""
    Survey.objects.update(quotas=[{"question": "country", "option": "CL", "most": 2}])
    fields_survey.refresh_from_db()
    bring(ana, fields_survey, b"name;country\nZ;Chile\n")
    sign_in(client, ana)
    page = upload(client, b"name;country\nA;Chile\nB;Chile\nC;Chile\nD;Per\xc3\xba\n")
    assert client.get(page).context["full"] == [{"name": "Chile", "most": 2, "taken": 1, "count": 2}]
    assert client.post(page, {}).status_code == 422
    assert Reply.objects.count() == 1
    assert client.post(page, {"beyond": "LEAVE"}).status_code == 303
    assert set(Reply.objects.values_list("organization_name", flat=True)) == {"Z", "A", "D"}
    batch = ready(ana, fields_survey, b"name;country\nE;Chile\n")
    with pytest.raises(Refused):
        importing.confirm_batch(by=ana, batch=batch)
    importing.run_batch(by=ana, batch=importing.confirm_batch(by=ana, batch=batch, beyond="TAKE"))
    assert Reply.objects.count() == 4


def test_every_wrong_country_is_asked_about_page_by_page(
    client: Client, fields_survey: Survey, ana: Actor
) -> None:
    """Seventy misspelled countries: each once, any country can be written. Source: SUR-05, SUR-15."""
    rows = "".join(f"Casa {n},Xxland {n:02}\n" for n in range(70))
    sign_in(client, ana)
    page = upload(client, f"name,country\n{rows}".encode())
    seen: set[str] = set()
    for number in (1, 2, 3, 4):
        shown = client.get(f"{page}?page={number}")
        seen |= {row["text"] for row in shown.context["decisions"].rows}
        assert "Uruguay" in shown.text
    assert len(seen) == 70
    last = shown.context["decisions"].rows[-1]
    said = {"decide": "yes", last["typed"].html_name: "uruguay", last["choice"].html_name: ""}
    assert client.post(f"{page}?page=4", said).status_code == 303
    assert Batch.objects.get().decisions == {"country": {last["text"]: "UY"}}
    assert client.post(page, {"undecide": "yes"}).status_code == 303
    assert Batch.objects.get().decisions == {}


def test_a_city_is_settled_for_its_country_alone(fields_survey: Survey, ana: Actor) -> None:
    content = "name,country,cities\nA,Chile,Aldea Azul\nB,Perú,Aldea Azul\n".encode()
    items = ready(ana, fields_survey, content).report["items"]
    assert sorted((item["country"], item["key"]) for item in items) == [
        ("CL", "Aldea Azul\tCL"),
        ("PE", "Aldea Azul\tPE"),
    ]
    batch = ready(ana, fields_survey, content, cities={"Aldea Azul\tCL": "-", "Aldea Azul\tPE": "3936456"})
    importing.run_batch(by=ana, batch=importing.confirm_batch(by=ana, batch=batch))
    assert [tick.reply.organization_name for tick in Tick.objects.filter(question="cities")] == ["B"]


def test_what_stands_for_any_answer_has_a_name(client: Client, fields_survey: Survey, ana: Actor) -> None:
    """Who only hears the page is told what the choice is about. Source: SUR-02."""
    limited(fields_survey)
    sign_in(client, ana)
    page = upload(client, b"name,joins,people\nB,no,5\n")
    assert "What to do with “Any answer”" in client.get(page, headers={"accept-language": "en"}).text
