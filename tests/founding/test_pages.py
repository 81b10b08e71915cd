"""The pages: they open, cost the same for any number of rows, keep what was typed, and stay closed to strangers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tequio.core.scoping import network_scope
from tequio.founding import rules, selectors, services, texts
from tequio.founding.models import Answer, SharedText
from tequio.networks.models import ContactPerson, Network
from tequio.people.models import Participant
from tests.founding.world import CONTACTS, agree_all, answer_enough, save

PAGES = (
    "found/",
    "found/invite/",
    "found/compare/",
    "found/step/2/",
    "found/text/purpose/",
    "charter/",
    "charter/ratify/",
)


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def client(rosa):
    return signed_in(rosa)


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_every_page_of_the_path_opens(client, started, language):
    client.cookies["language"] = language
    for topic in rules.TOPICS:
        page = client.get(f"/{started.slug}/found/{topic.code}/")
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
    for page in PAGES:
        assert client.get(f"/{started.slug}/{page}").status_code == 200, page


@pytest.mark.parametrize(
    ("page", "count"),
    [("found/?left=1", 7), ("found/rounds/", 7), ("found/step/2/", 8), ("charter/ratify/", 7)],
)
def test_a_page_costs_the_same_for_any_number_of_answers(client, started, first, page, count, queries):
    client.get(f"/{started.slug}/{page}")  # that somebody is here is noted once a minute
    with queries(count):
        client.get(f"/{started.slug}/{page}")
    answer_enough(first, started)
    client.get(f"/{started.slug}/{page}")
    with queries(count):
        client.get(f"/{started.slug}/{page}")


def test_answers_are_saved_and_the_next_topic_opens(client, started):
    sent = client.post(
        f"/{started.slug}/found/why/", {"language": "es", "purpose": "Cuidar el agua", "purpose_base": "0"}
    )
    assert sent.status_code == 303
    assert sent.url == f"/{started.slug}/found/goal/"
    page = client.get(f"/{started.slug}/found/why/")
    assert "Cuidar el agua" in page.text
    assert 'name="purpose_base" value="1"' in page.text


def test_after_the_last_topic_the_step_is_read_and_agreed(client, started):
    sent = client.post(f"/{started.slug}/found/entry/", {"joiners": ["ORGANIZATIONS"], "criteria": ""})
    assert sent.url == f"/{started.slug}/found/step/1/"
    page = client.get(sent.url)
    state = re.search(r'name="state" value="(\w+)"', page.text)[1]
    agreed = client.post(sent.url, {"state": state})
    assert agreed.url == f"/{started.slug}/found/ourselves/"
    assert "Estás de acuerdo, tal como está." in client.get(sent.url).text


def test_leaving_asks_for_nothing(client, started):
    sent = client.post(f"/{started.slug}/found/rounds/", {"leave": "yes", "silence": "BLOCKS"})
    assert sent.url == f"/{started.slug}/found/?left=1"
    with network_scope(started.pk):
        assert list(Answer.objects.values_list("question", "value")) == [("silence", "BLOCKS")]


def test_going_on_asks_for_a_choice_and_keeps_what_was_chosen(client, started):
    page = client.post(f"/{started.slug}/found/rounds/", {"silence": "BLOCKS"})
    assert page.status_code == 422
    assert "Elige una." in page.text
    assert re.search(r'value="BLOCKS"[^>]*checked', page.text)
    assert 'id="mend"' in page.text


def test_a_row_half_filled_is_asked_for(client, started):
    page = client.post(f"/{started.slug}/found/contacts/", {"contacts_0_name": "Luz", "contacts_0_reach": ""})
    assert page.status_code == 422
    assert "Luz" in page.text
    assert "Escribe también esto" in page.text


def test_contact_persons_are_kept_as_rows(client, started):
    sent = {
        f"contacts_{place}_{part}": row[part]
        for place, row in enumerate(CONTACTS)
        for part in ("name", "reach")
    }
    assert (
        client.post(f"/{started.slug}/found/contacts/", sent | {"contacts_1_outside": "on"}).status_code
        == 303
    )
    with network_scope(started.pk):
        kept = SharedText.objects.get().rows
        assert [{**row, "id": None} for row in kept] == [{**row, "id": None} for row in CONTACTS]


def test_a_row_that_somebody_removed_meanwhile_is_not_lost(client, started, first):
    save(first, started, "contacts", contacts="", rows=CONTACTS)
    three = [
        *CONTACTS,
        {"name": "Sol", "reach": "sol@example.org", "outside": ""},
        {"name": "Mar", "reach": "x", "outside": ""},
    ]
    sent = {
        f"contacts_{place}_{part}": row[part] for place, row in enumerate(three) for part in ("name", "reach")
    }
    client.post(f"/{started.slug}/found/contacts/", sent | {"contacts_base": "1"})
    assert len(selectors.path(first, started).settled.rows("contacts")) == 4


def test_texts_written_at_once_are_chosen_side_by_side(client, started, first, second):
    save(second, started, "why", purpose="La de João")
    sent = client.post(
        f"/{started.slug}/found/why/", {"language": "es", "purpose": "La de Rosa", "purpose_base": "0"}
    )
    assert sent.url == f"/{started.slug}/found/text/purpose/?lang=es"
    page = client.get(sent.url)
    assert "La de João" in page.text
    assert "La de Rosa" in page.text
    choice = {"language": "es", "choice": "both", "joined": "La de las dos", "here": "1", "there": "2"}
    outdated = client.post(sent.url, choice | {"here": "0"})
    assert (outdated.status_code, "escribió mientras" in outdated.text) == (422, True)
    assert "La de las dos" in outdated.text  # what was typed stays
    assert client.post(sent.url, choice).status_code == 303
    assert selectors.path(first, started).texts["purpose"]["es"].body == "La de las dos"
    assert client.post(sent.url, choice).status_code == 403


def test_who_chose_what_is_said_in_words(client, started, first, second):
    save(second, started, "model", {"model": "HORIZONTAL"})
    page = client.get(f"/{started.slug}/found/model/")
    assert "João: «Horizontal: círculos y consentimiento»." in page.text
    assert "Falta: Rosa." in page.text


def test_what_is_usual_is_taken_over_with_one_press(client, started, first):
    """All questions on rounds, one press: a founder's own answers, as if chosen one by one."""
    address = f"/{started.slug}/found/rounds/"
    assert "Si no dicen otra cosa, vale esto" in client.get(address).text
    sent = client.post(address, {"language": "es", "usual": "yes", "quorum": "50"})
    assert sent.url == f"/{started.slug}/found/mandates/"
    path = selectors.path(first, started)
    mine = {code: by[first.participant_id] for code, by in path.answers.items()}
    assert mine == {
        "round_hours": "72", "silence": "BLOCKS", "quorum": "50", "answers_shown": "AFTER_MINE", "urgent": "NO", "records_for": "NOBODY",
        "regime": "EXPLORE",
    }  # fmt: skip
    assert "Si no dicen otra cosa, vale esto" not in client.get(address).text


def test_who_may_not_answer_reads_what_stands(client, started, first, second, run_jobs):
    """A founded network shows its path to read: no field that cannot be saved."""
    in_force(started, first, run_jobs)
    page = client.get(f"/{started.slug}/found/why/")
    assert page.status_code == 200
    assert "Cuidar el agua entre todas." in page.text
    assert "<textarea" not in page.text


def test_what_founders_wrote_is_escaped(client, started, first):
    save(first, started, "why", purpose="<script>alert(1)</script>")
    for page in ("found/why/", "found/step/1/", "charter/", "found/text/purpose/"):
        assert "<script>alert" not in client.get(f"/{started.slug}/{page}").text


def test_the_comparison_counts_in_whole_numbers(client, started):
    """Source: GOV-03."""
    page = client.get(f"/{started.slug}/found/compare/").text
    assert "Con 12 miembros: 9 síes pasan, 8 no." in page
    assert "como ejemplo" in page
    assert (
        "Con 4 miembros: 3 síes pasan, 2 no." in client.get(f"/{started.slug}/found/compare/?members=4").text
    )
    assert client.get(f"/{started.slug}/found/compare/?members=0").status_code == 200


def test_the_comparison_is_on_what_this_network_is(client, started, first):
    """Source: GOV-03, GOV-05: both models on its size, speed, trust and distance; a mixed one when it grows."""
    like = {"size": 80, "speed": "OFTEN", "trust": "WELL", "distance": "COUNTRIES"}
    save(first, started, "ourselves", like)
    address = f"/{started.slug}/found/compare/"
    page = client.get(address).text
    assert "Con 80 miembros: 60 síes pasan, 59 no." in page
    assert "10 círculos, y 20 personas que los unen" in page
    assert "son muchas para hablar en una sola ronda" in page
    assert "Una propuesta: mezclar los dos" in page
    assert client.post(address, {}).url == f"/{started.slug}/found/model/"
    values = selectors.path(first, started).values
    assert (values["model"], values["coordination"], values["round_hours"]) == ("VERTICAL", "LOT", "24")


def test_each_option_says_what_it_means_here(client, started, first):
    """Source: GOV-03: one sentence of consequence, counted, on this network's number."""
    save(first, started, "ourselves", {"size": 20})
    page = client.get(f"/{started.slug}/found/model/").text
    assert "Con 20 miembros: 15 síes pasan, 14 no." in page
    assert "Con 20 miembros: una objeción lo detiene" in page
    save(first, started, "model", {"model": "VERTICAL"})
    page = client.get(f"/{started.slug}/found/fallback/").text
    assert "14 síes, 3 noes, 3 callan: pasa." in page
    assert "14 síes, 3 noes, 3 callan: no pasa." in page
    assert "10 a 10: decide la coordinación" in page


def test_ratification_is_asked_for_from_its_page(client, started, first):
    page = client.get(f"/{started.slug}/charter/ratify/")
    assert "Faltan estas respuestas" in page.text
    assert client.post(f"/{started.slug}/charter/ratify/").status_code == 403
    answer_enough(first, started)
    agree_all(first, started)
    assert client.post(f"/{started.slug}/charter/ratify/").status_code == 303
    page = client.get(f"/{started.slug}/charter/ratify/")
    assert "Leer y responder" in page.text
    assert "Cuidar el agua entre todas." in client.get(f"/{started.slug}/charter/").text


def test_starting_a_network_leads_to_its_path(client, db):
    page = client.get("/start/")
    assert page.status_code == 200
    sent = client.post("/start/", {
        "founder": "Rosa del Sur",
            "name": "Red de Semillas", "organization": "", "languages": ["es", "pt-br"], "host_kind": "GROUP", "listed": "NO",
    })  # fmt: skip
    assert sent.url == "/red-de-semillas/found/"
    made = Network.objects.get(slug="red-de-semillas")
    assert not made.listed
    with network_scope(made.pk):
        assert Participant.objects.get().name == "Rosa del Sur"
    assert client.post("/start/", {"name": ""}).status_code == 422


def test_strangers_see_the_face_and_nothing_of_the_path(started, carla):
    assert Client().get("/start/").status_code == 302
    assert Client().get(f"/{started.slug}/").status_code == 200
    assert Client().get(f"/{started.slug}/care/").status_code == 200
    assert Client().get(f"/{started.slug}/charter/").status_code == 404
    from tequio.people.models import Person

    stranger = signed_in(Person.objects.get(pk=carla.person_id))
    for page in PAGES:
        assert stranger.get(f"/{started.slug}/{page}").status_code == 404, page
    started.listed = False
    started.save()
    assert Client().get(f"/{started.slug}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["found/nothing/", "found/step/7/", "found/text/model/", "found/text/nothing/"]
)
def test_what_does_not_exist_is_not_found(client, started, path):
    assert client.get(f"/{started.slug}/{path}").status_code == 404


def test_help_names_who_listens_and_says_nothing_of_the_network(started):
    with network_scope(started.pk):
        ContactPerson.objects.create(name="Luz Pérez", reach="+57 300 000 0000", position=1)
        ContactPerson.objects.create(name="Inés", reach="ines@example.org", outside=True, position=2)
    page = Client().get(f"/{started.slug}/care/")
    assert "Luz Pérez" in page.text
    assert 'href="tel:+573000000000"' in page.text
    assert 'href="mailto:ines@example.org"' in page.text
    assert "Red del Agua" not in page.text
    assert 'href="/salir/"' in page.text
    assert 'href="tel:144"' in page.text
    assert "<title>Información</title>" in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]


def test_leaving_ends_the_session_and_shows_a_page_of_nobody(client, started):
    gone = client.get("/salir/")
    assert gone.status_code == 303
    assert gone.url == "https://www.wikipedia.org/"
    assert '"cookies"' in gone.headers["Clear-Site-Data"]
    assert client.get(f"/{started.slug}/found/").status_code == 302
    assert Client().get("/salir/").status_code == 303


def test_helplines_are_of_the_countries_of_the_documents():
    countries = [
        "AR",
        "BO",
        "BR",
        "CL",
        "CO",
        "CR",
        "EC",
        "SV",
        "GT",
        "HN",
        "MX",
        "PA",
        "PY",
        "PE",
        "UY",
        "VE",
        "DO",
    ]
    assert {line.country for line in texts.HELPLINES} <= set(countries)
    assert len({line.country for line in texts.HELPLINES}) == len(texts.HELPLINES)


def test_addresses_do_not_change():
    assert reverse("founding:front", args=["x"]) == "/x/"
    assert reverse("founding:care", args=["x"]) == "/x/care/"
    assert reverse("founding:charter", args=["x"]) == "/x/charter/"
    assert reverse("founding:path", args=["x"]) == "/x/found/"


def test_the_first_page_is_light(client, started):
    import gzip

    page = client.get(f"/{started.slug}/found/")
    assert len(gzip.compress(page.content)) < 14_000
    assert services.founding(network=started)


def in_force(started, first, run_jobs):
    """Bring the charter of the network into force."""
    from tequio.decisions import services as decisions
    from tequio.decisions.models import Proposal
    from tequio.decisions.rules import Position

    answer_enough(first, started)
    charter = services.open_ratification(by=first, network=started)
    opened = Proposal.objects.get(uuid=charter.proposal).round
    decisions.answer(by=first, round=opened, position=Position.CAN_LIVE_WITH)
    run_jobs()


@pytest.mark.parametrize(
    ("page", "stranger", "member"),
    [("", 7, 8), ("care/", 2, 4), ("charter/", 3, 5), ("found/compare/", 0, 7)],
)
def test_a_founded_network_shows_itself_in_few_queries(
    client, started, first, founded_alone, page, stranger, member, queries
):
    with queries(member):
        assert client.get(f"/{started.slug}/{page}").status_code == 200
    with queries(stranger):
        Client().get(f"/{started.slug}/{page}")


def test_the_face_of_a_founded_network_says_why_how_and_how_to_join(started, first, founded_alone):
    page = Client().get(f"/{started.slug}/").text
    assert "Cuidar el agua entre todas." in page
    assert "Primero, el consentimiento" in page
    assert "No se pide dinero a los miembros." in page
    assert f'href="/{started.slug}/join/"' in page
    # Nobody agreed to be shown yet.
    assert "Agua Común" not in page
    read = Client().get(f"/{started.slug}/charter/").text
    assert "En vigor" in read
    assert "Luz Pérez" in read


def test_the_path_of_a_founded_network_is_read_and_not_written(client, started, first, founded_alone):
    page = client.get(f"/{started.slug}/found/")
    assert page.status_code == 200
    assert "Esta red ya está fundada." in page.text
    assert client.get(f"/{started.slug}/found/why/").status_code == 200
    assert client.post(f"/{started.slug}/found/why/", {"purpose": "x"}).status_code == 403
    assert client.get(f"/{started.slug}/found/invite/").status_code == 403
