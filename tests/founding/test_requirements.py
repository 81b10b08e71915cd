"""What the No Manual asks of the first steps, row by row, where no other test of the path says it."""

import pytest
from django.test import Client
from django.utils import translation

from tequio.cli.samples import cila
from tequio.founding import rules, selectors, texts
from tequio.founding.models import Article
from tequio.networks import selectors as networks
from tequio.networks.models import Contribution
from tests.founding.test_pages import in_force, signed_in
from tests.founding.world import answer_enough, save


@pytest.fixture
def client(rosa):
    return signed_in(rosa)


def test_costs_risks_and_opportunities_of_the_work(client, started, first):
    """Source: REA-03."""
    rows = [
        {"kind": "COST", "text": "Los equipos"},
        {"kind": "RISK", "text": "La lluvia"},
        {"kind": "OPPORTUNITY", "text": "La nueva ley"},
    ]
    save(first, started, "work", outlook="", rows=rows)
    page = client.get(f"/{started.slug}/found/step/1/").text
    for words in ("Los equipos", "La lluvia", "La nueva ley"):
        assert words in page
    lacking = client.post(
        f"/{started.slug}/found/work/", {"language": "es", "outlook_0_text": "Algo", "outlook_base": "1"}
    )
    assert lacking.status_code == 422


def test_the_context_asks_four_questions(client, started):
    """The region, its economy, who is involved, how they are affected. Source: REA-04."""
    context = client.get(f"/{started.slug}/found/context/").text
    actors = client.get(f"/{started.slug}/found/actors/").text
    assert "¿Qué pasa en la región" in context
    assert "¿Cómo va la economía" in context
    assert "¿Quiénes están en juego" in actors
    assert "Cómo les afecta" in actors


def test_the_purpose_keeps_each_of_its_versions(client, started, first):
    """Source: REA-06."""
    save(first, started, "why", purpose="Para cuidar el agua")
    save(first, started, "why", purpose="Para cuidar el agua y la tierra", base=1)
    page = client.get(f"/{started.slug}/found/text/purpose/").text
    assert page.index("Versión 2") < page.index("Versión 1")
    assert "Para cuidar el agua y la tierra" in page
    assert len(selectors.versions("purpose", "es")) == 2


def test_one_general_objective_from_the_start_to_the_strategy(client, started, first):
    """Source: REA-07."""
    assert rules.BY_CODE["objective"].kind is rules.Kind.TEXT
    save(first, started, "goal", objective="Medir diez ríos")
    for topic in ("pillars", "longlist", "mission"):
        assert "Medir diez ríos" in client.get(f"/{started.slug}/found/{topic}/").text


def test_the_audience_is_bound_in_space_and_by_topic(started, first, run_jobs):
    """Source: REA-08."""
    rows = [{"text": "Juntas de agua", "where": "La sierra", "about": "El riego"}]
    save(first, started, "whom", audience="", rows=rows)
    in_force(started, first, run_jobs)
    article = Article.objects.get(key="reach", charter__state="IN_FORCE")
    assert "Juntas de agua (La sierra): El riego" in article.texts["es"]


def test_the_protocol_names_its_four_kinds_of_action(first, founded_alone):
    """Source: GOV-30."""
    said = Article.objects.get(key="protocol", charter__state="IN_FORCE").texts["es"]
    for words in ("discriminación por género", "previene", "orienta", "aconseja", "se acerca"):
        assert words in said


def test_mission_vision_values_and_pillars_are_kept_for_what_comes_after(started, first, run_jobs):
    """Source: STR-09, CTX-12."""
    answer_enough(first, started)
    save(first, started, "mission", mission="Medir y limpiar", vision="Ríos limpios")
    save(first, started, "values", values="Cuidado\nPaciencia")
    save(first, started, "pillars", pillars="", rows=[{"name": "Agua", "text": "Medir", "group": "Vecinas"}])
    in_force(started, first, run_jobs)
    kept = networks.statements("purpose", "mission", "vision", "values")
    assert {key: row.texts["es"] for key, row in kept.items()} == {
        "purpose": "Cuidar el agua entre todas.",
        "mission": "Medir y limpiar",
        "vision": "Ríos limpios",
        "values": "Cuidado\nPaciencia",
    }
    pillar = networks.pillars().get()
    assert (pillar.name["es"], pillar.interest_group["es"]) == ("Agua", "Vecinas")


def test_a_worked_example_comes_with_the_program():
    """CILA's mission, vision, purpose, three values and three pillars, each for a group. Source: STR-19, STR-10."""
    assert all(cila.TEXTS[code]["es"] for code in ("mission", "vision", "purpose"))
    assert len(cila.LISTS["values"]["es"]) == 3
    pillars = cila.TABLES["pillars"]
    assert len(pillars) == 3
    assert all(pillar["group"]["es"] for pillar in pillars)


def test_the_strategic_planning_document_is_put_together_from_the_six_steps(client, started, first):
    """One document, nothing typed twice, before the charter and after it; members read it. Source: STR-11, REA-11."""
    save(first, started, "context", politics="Las minas toman el agua.", economy="Se vive de la papa.")
    actor = {"name": "Juntas de agua", "text": "Pierden caudal", "effect": "HARMED", "influence": "HIGH"}
    save(first, started, "actors", actors="", rows=[actor])
    save(first, started, "goal", objective="Cuidar diez nacientes", specific="", rows=[{"text": "Medir"}])
    goal = selectors.path(first, started).settled.rows("specific")[0]["id"]
    action = {"objective": goal, "text": "Comprar sondas", "who": "Rosa", "until": "2027-03-01"}
    save(first, started, "plan", actions="", rows=[action])
    save(first, started, "mission", mission="Medir y limpiar", vision="Ríos limpios")
    save(first, started, "pillars", pillars="", rows=[{"name": "Agua", "text": "Todo", "group": "Vecinas"}])
    pillar = selectors.path(first, started).settled.rows("pillars")[0]["id"]
    save(first, started, "longlist", longlist="", rows=[{"text": "Formar guardianas", "pillar": pillar}])
    here = f"/{started.slug}/planning/"
    page = client.get(here).text
    order = [
        "Las minas toman el agua.", "Se vive de la papa.", "Juntas de agua", "Les hace daño", "Medir y limpiar",
        "Ríos limpios", "Para: Vecinas", "Cuidar diez nacientes", "Formar guardianas", "Comprar sondas",
        "Rosa; 1 de marzo de 2027",
    ]  # fmt: skip
    assert [words for words in order if words not in page] == []
    assert sorted(order, key=page.index) == order
    assert "Falta escribir" in page
    assert Client().get(here).status_code in (302, 404)


def test_a_document_of_several_languages_says_which_text_is_in_another(client, started, first):
    """Source: CTX-20."""
    save(first, started, "why", purpose="Cuidar el agua entre todas.")
    page = client.get(f"/{started.slug}/planning/", headers={"accept-language": "pt-br"}).text
    assert "Plano estratégico" in page
    assert '<div class="prose" lang="es"><p>Cuidar el agua entre todas.' in page
    assert "ainda não em" in page


def test_who_reads_an_article_that_is_not_all_in_their_language_gets_all_of_it(client, started, first):
    """What the program composes is there in every language; what founders wrote stands as they wrote it. Source: CTX-20, GOV-06."""
    save(first, started, "why", purpose="Cuidar el agua entre todas.")
    page = client.get(f"/{started.slug}/charter/", headers={"accept-language": "pt-br"}).text
    assert "Esta rede se chama" in page
    assert '<div class="prose" lang="es"><p>' in page
    assert "Cuidar el agua entre todas." in page
    assert "Assim está completo" in page
    whole = texts.said({"es": "Todo. Y más.", "pt-br": "Tudo."}, missing=["pt-br", "en"])
    assert whole
    assert whole.whole is None  # a reader of Spanish has it all
    with translation.override("pt-br"):
        told = texts.said({"es": "Todo. Y más.", "pt-br": "Tudo."}, missing=["pt-br", "en"])
        assert told
        assert told.body == "Tudo."
        assert told.whole
        assert (told.whole.body, told.whole.language) == ("Todo. Y más.", "es")


def test_the_plan_asks_as_much_however_much_is_in_it(client, started, first, founded_alone, queries):
    address = f"/{started.slug}/planning/"
    client.get(address)
    with queries(5):  # the living topics are read as they were written last, beside the charter
        assert client.get(address).status_code == 200


MODELS = {
    "OPEN": ({}, "No se pide dinero a los miembros."),
    "FIXED": ({"currency": "USD", "fixed": "60.50"}, "US$"),
    "VARIABLE": ({"currency": "USD", "small": "30", "medium": "60", "large": "120"}, "según el tamaño"),
}


def test_membership_models_stand_side_by_side_with_what_each_means(client, started):
    """Three to choose among, each with its consequence in a sentence. Source: MEM-01."""
    page = client.get(f"/{started.slug}/found/contribution/").text
    for code, choice in texts.QUESTIONS["contribution"].options.items():
        assert f'value="{code}"' in page
        with translation.override("es"):
            assert str(choice.label) in page
            assert str(choice.help) in page
    assert set(texts.QUESTIONS["contribution"].options) == set(MODELS) == set(Contribution.values)


@pytest.mark.parametrize("model", MODELS)
def test_the_chosen_membership_model_is_what_the_charter_says_and_sets(model):
    """Source: MEM-01, MEM-03."""
    amounts, words = MODELS[model]
    settled = rules.settled_from({"values": {"contribution": model, **amounts}, "texts": {}})
    assert rules.settings_of(settled)["joining"]["contribution"] == model
    article = texts.article("contributions", settled, name={"es": "Red"}, languages=["es"])
    assert words in article.texts["es"]
