"""What the No Manual asks of the first steps, row by row, where no other test of the path says it."""

import pytest

from tequio.cli.samples import cila
from tequio.founding import rules, selectors
from tequio.founding.models import Article
from tequio.networks import selectors as networks
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
