"""Anybody chooses light or dark, with or without an account; the device remembers."""

import pytest
from django.test import Client

from tequio.people.models import Person
from tests.conftest import sign_in

pytestmark = pytest.mark.django_db


def choose(client: Client, theme: str, back: str = "/about/"):
    return client.post("/colors/", {"theme": theme, "next": back})


def worn(client: Client) -> str:
    html = client.get("/about/").content.decode()
    return html[html.index("<html") : html.index("<head")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_stranger_chooses_and_every_page_wears_it(client: Client, theme: str):
    answer = choose(client, theme)

    assert (answer.status_code, answer["Location"]) == (303, "/about/")
    assert f'data-theme="{theme}"' in worn(client)
    assert f'value="{theme}" required' in client.get("/colors/").content.decode()


def test_going_back_to_the_devices_own_takes_the_mark_away(client: Client):
    choose(client, "dark")
    choose(client, "device")
    assert "data-theme" not in worn(client)


def test_a_person_finds_their_colors_on_the_next_device(client: Client, andina):
    sign_in(client, andina.ana)
    choose(client, "dark")
    assert Person.objects.get(pk=andina.ana.person_id).theme == "dark"


def test_the_way_back_is_the_page_they_came_from_and_never_another_site(client: Client):
    came = client.get(
        "/colors/", headers={"referer": "http://testserver/accessibility/?x=1"}
    ).content.decode()
    assert 'name="next" value="http://testserver/accessibility/?x=1"' in came
    assert choose(client, "dark", "http://testserver/accessibility/?x=1")["Location"] == "/accessibility/?x=1"
    assert choose(client, "dark", "https://elsewhere.example/")["Location"] == "/"
    assert choose(client, "dark", "")["Location"] == "/"


def test_a_color_that_is_not_offered_is_refused_in_words(client: Client):
    answer = choose(client, "sepia")
    assert answer.status_code == 422
    assert "theme" not in answer.cookies


@pytest.mark.parametrize(
    ("language", "said"), [("es", "Claro u oscuro"), ("pt-br", "Claro ou escuro"), ("en", "Light or dark")]
)
def test_the_page_speaks_three_languages(client: Client, language: str, said: str):
    client.cookies["language"] = language
    assert f"<h1>{said}</h1>" in client.get("/colors/").content.decode()
