"""What every network has in common: a minimum that it cannot do without, objectives tied to pillars, and CILA's example."""

from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from tequio.cli.samples import build, cila
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.founding import rules, selectors, services, texts
from tequio.networks import selectors as networks
from tequio.networks.models import Stage
from tests.founding import world
from tests.founding.test_pages import in_force, signed_in
from tests.founding.world import CONTACTS, agree_all, ratify, save

MINIMUM = {  # what is asked of every network, with the topic in which it is asked, and an answer to it
    "model": ("model", {"model": "HORIZONTAL"}, {}),
    "contacts": ("contacts", {}, {"contacts": "", "rows": CONTACTS}),
    "code": ("ethics", {}, {"code": "Nos cuidamos."}),
}


def answer_minimum(by, network, *, but=""):
    for code, (topic, answers, said) in MINIMUM.items():
        if code != but:
            save(by, network, topic, answers, **said)


@pytest.mark.parametrize("lacks", MINIMUM)
def test_no_network_comes_into_force_without_one_of_the_common_elements(started, first, lacks):
    """The page leads to what lacks, and nobody can pass it by. Source: CTX-11."""
    answer_minimum(first, started, but=lacks)
    with pytest.raises(Refused):
        agree_all(first, started)
    topic = MINIMUM[lacks][0]
    assert [question.code for question in selectors.path(first, started).missing] == [lacks]
    client = signed_in(world.person("Rosa"))
    page = client.get(f"/{started.slug}/charter/ratify/").text
    assert f'href="/{started.slug}/found/{topic}/' in page
    with pytest.raises(Refused):
        services.open_ratification(by=first, network=started)
    started.refresh_from_db()
    assert started.stage == Stage.FOUNDING


def test_the_minimum_is_enough_and_the_rest_holds_as_the_program_proposes(started, first, run_jobs):
    """The same elements for every network, whatever it is; each has something in the end. Source: CTX-11."""
    answer_minimum(first, started)
    agree_all(first, started)
    values = selectors.path(first, started).settled.values
    charter = ratify(started, first)
    run_jobs()
    started.refresh_from_db()
    assert started.stage == Stage.IN_FORCE
    said = {article.key: article.texts["es"] for article in charter.articles.all()}
    assert {"protocol", "code"} <= set(said)
    assert "Nos cuidamos." in said["code"]
    assert "Luz Pérez" in " ".join(said.values())
    assert networks.governance().model == "HORIZONTAL"
    proposed = {code: one.holds for code, one in rules.BY_CODE.items() if one.holds is not None}
    assert {code: values[code] for code in proposed} == proposed
    assert all(body.strip() for body in said.values())


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_the_setup_guides_through_the_same_six_steps_and_says_why_of_each_question(started, language):
    """Source: CTX-11, REA-01."""
    client = signed_in(world.person("Rosa"))
    client.cookies["language"] = language
    path = client.get(f"/{started.slug}/found/").text
    with translation.override(language):
        for step in rules.STEPS:
            assert str(texts.STEPS[step][0]) in path
        for question in rules.ALL:
            told = texts.QUESTIONS[question.code]
            assert str(told.ask)
            assert str(told.why), question.code


def test_objectives_answer_to_pillars_from_the_form_to_the_plan(started, first):
    """Each is tied to one of the pillars, in the list and in the document; one that is not tied is told. Source: STR-12."""
    pillars = [
        {"name": "Agua limpia", "text": "Medir", "group": "Vecinas"},
        {"name": "Agua justa", "text": "Repartir", "group": "Riego"},
    ]
    save(first, started, "pillars", pillars="", rows=pillars)
    clean, just = (row["id"] for row in selectors.path(first, started).settled.rows("pillars"))
    client, here = signed_in(world.person("Rosa")), f"/{started.slug}/found/longlist/"
    asked = client.get(here).text
    assert f'value="{clean}"' in asked
    assert f'value="{just}"' in asked
    said = {
        "language": "es", "longlist_base": "0", "longlist_0_text": "Repartir por turnos", "longlist_0_pillar": just,
        "longlist_1_text": "Limpiar dos arroyos", "longlist_1_pillar": clean, "longlist_2_text": "Hacer una fiesta",
    }  # fmt: skip
    assert client.post(here, {**said, "longlist_0_pillar": "otro"}).status_code == 422
    assert client.post(here, said).status_code == 303
    rows = selectors.path(first, started).settled.rows("longlist")
    assert [row.get("pillar") or "" for row in rows] == [just, clean, ""]
    _stands_under(client.get(f"/{started.slug}/planning/").text)


def _stands_under(plan):
    """In the plan each objective stands under its pillar, in the order of the pillars."""
    order = [
        "<strong>Agua limpia</strong>", "Limpiar dos arroyos", "<strong>Agua justa</strong>", "Repartir por turnos",
        "Sin un pilar todavía", "Hacer una fiesta",
    ]  # fmt: skip
    places = [plan.index(words) for words in order]
    assert places == sorted(places)


def test_the_worked_example_of_cila_is_a_network_of_the_demonstration(db, run_jobs):
    """Mission, vision, purpose, three values and three pillars with their groups, on its front page and in its plan, in
    each of its languages; and whoever founds another one reads of them beside the questions. Source: STR-19, CTX-12."""
    rosa = world.person("Rosa")
    network = services.start_network(
        person=rosa, name=cila.NAME, languages=cila.LANGUAGES, organization="Asuntos del Sur", slug="cila"
    )
    with network_scope(network.pk):
        first = world.acting("Rosa")
        build._write_texts(network, first, cila, CONTACTS)
        build._answer_everything(network, first, cila.ANSWERS)
        in_force(network, first, run_jobs)
    for language in cila.LANGUAGES:
        plan, front = signed_in(rosa), Client()
        plan.cookies["language"] = front.cookies["language"] = language
        told, public = unescape(plan.get("/cila/planning/").text), unescape(front.get("/cila/").text)
        for code in ("mission", "vision", "purpose"):
            assert cila.TEXTS[code][language] in told, (code, language)
        assert cila.TEXTS["purpose"][language] in public
        values = cila.LISTS["values"][language]
        assert [value for value in values if value not in told] == []
        for pillar in cila.TABLES["pillars"]:
            assert pillar["name"][language] in public
            assert pillar["group"][language] in public
            assert pillar["name"][language] in told
        for objective in cila.TABLES["longlist"]:
            assert objective["text"][language] in told
    assert (len(values), len(cila.TABLES["pillars"])) == (3, 3)


def test_whoever_founds_reads_the_example_beside_the_questions(started):
    """Source: STR-19."""
    client = signed_in(world.person("Rosa"))
    for topic in ("mission", "pillars"):
        assert "CILA" in client.get(f"/{started.slug}/found/{topic}/").text, topic
