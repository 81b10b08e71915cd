"""Three founders in three languages on their phones, without JavaScript, at the same step at once: each gives an
answer of their own, texts and rows that meet are kept side by side and chosen, and the end is one agreement.
Source: EXPERIENCE 3.2; REA-01, CTX-11."""

import re
import secrets

import pytest

from tests.journeys.conftest import shoot
from tests.journeys.steps import enter, fill, press, read_letter

RUN = f"{secrets.randbelow(9000) + 1000}"
SLUG = f"tres-rios-{RUN}"
LANGUAGES = {"lucia": "es", "caio": "pt-br", "grace": "en"}
ORGANIZATIONS = {"lucia": "Tres Ríos", "caio": "Barco Comum", "grace": "Riverside Hall"}
HERE = {"lucia": "está aquí", "caio": "está aqui", "grace": "is here now"}
CONTACTS = {
    "contacts_0_name": "Dora",
    "contacts_0_reach": "dora@rios.example",
    "contacts_1_name": "Elena",
    "contacts_1_reach": "elena@rios.example",
}


@pytest.fixture
def founders(open_page):
    """Three phones, each speaking its owner's language."""
    return {
        name: open_page(width=360, script=False, language=language) for name, language in LANGUAGES.items()
    }


def test_three_founders_in_three_languages_found_together(founders):
    gather(founders)
    answer_the_same_question(founders)
    write_the_same_text(founders)
    change_the_same_row(founders)
    leave_and_come_back(founders["caio"])
    write_what_is_needed(founders["lucia"])
    agree_on_everything(founders)


def gather(founders):
    lucia = founders["lucia"]
    enter(lucia, f"lucia@rios{RUN}.example", name="Lucía")
    lucia.goto("/start/")
    fill(
        lucia,
        {
            "founder": "Lucía",
            "name": f"Tres Ríos {RUN}",
            "organization": ORGANIZATIONS["lucia"],
            "languages": list(LANGUAGES.values()),
        },
    )
    press(lucia)
    for name in ("caio", "grace"):
        address = f"{name}@rios{RUN}.example"
        lucia.goto(f"/{SLUG}/found/invite/")
        told = {"name": name.title(), "email": address, "organization": ORGANIZATIONS[name]}
        fill(lucia, told | {"language": LANGUAGES[name]})
        press(lucia)
        page = founders[name]
        letter = read_letter(page, address, about=f"Tres Ríos {RUN}")
        page.goto(re.search(r"https?://\S+/entrar/invitacion/\S+", letter).group(0))
        fill(page, {"name": name.title()})
        press(page)
    for name, page in founders.items():
        page.goto(f"/{SLUG}/found/")
        assert page.locator("html").get_attribute("lang").lower() == LANGUAGES[name]


def open_together(founders, topic):
    for page in founders.values():
        page.goto(f"/{SLUG}/found/{topic}/")


def answer_the_same_question(founders):
    """A closed question: each answers for themselves, and reads in their language who said what."""
    open_together(founders, "model")
    for page in list(founders.values())[:2]:
        page.reload()
    for name, page in founders.items():
        assert page.locator("body").inner_text().count(HERE[name]) == 2, name
    shoot(founders["grace"], "together-presence-360-en")
    for name, value in {"lucia": "VERTICAL", "caio": "HORIZONTAL", "grace": "unknown"}.items():
        fill(founders[name], {"model": value})
        press(founders[name])
    open_together(founders, "model")
    said = {name: page.locator("main form").first.inner_text() for name, page in founders.items()}
    assert "Caio: «Horizontal" in said["lucia"]
    assert "Grace: todavía no" in said["lucia"]
    assert "Lucía: “Vertical" in said["caio"]
    assert "Lucía: “Vertical" in said["grace"]
    for page in founders.values():
        fill(page, {"model": "VERTICAL"})
        press(page)


def write_the_same_text(founders):
    """Two write the Spanish text in the same minute; the third writes the Portuguese one: nothing is lost."""
    lucia, caio, grace = founders.values()
    grace.goto(f"/{SLUG}/found/why/?lang=es")
    caio.goto(f"/{SLUG}/found/why/?lang=pt-br")
    lucia.goto(f"/{SLUG}/found/why/?lang=es")
    fill(lucia, {"purpose": "Para que ningún río se seque."})
    fill(grace, {"purpose": "Para que cada barrio decida sobre su agua."})
    fill(caio, {"purpose": "Para que nenhum rio seque."})
    press(lucia)
    press(caio)
    press(grace)
    assert "/found/text/purpose/" not in caio.url
    assert "/found/text/purpose/" in grace.url
    both = grace.locator("main").inner_text()
    assert "Para que ningún río se seque." in both
    assert "Para que cada barrio decida sobre su agua." in both
    assert grace.locator("main .tiles section").count() == 2
    shoot(grace, "together-side-by-side-360-en")
    lucia.goto(f"/{SLUG}/found/")
    waiting = lucia.locator(f"main a[href*='/{SLUG}/found/text/purpose/']")
    assert waiting.count() == 1
    waiting.click()
    fill(lucia, {"joined": "Para que ningún río se seque y cada barrio decida sobre su agua."})
    lucia.locator("main button[name=choice][value=both]").click()
    grace.locator("main button[name=choice][value=there]").click()
    assert "somebody has done it" in grace.locator("main").inner_text()
    for page, words in ((grace, "cada barrio decida sobre su agua"), (caio, "Para que nenhum rio seque")):
        page.goto(f"/{SLUG}/found/step/1/")
        assert words in page.locator("main").inner_text()


def change_the_same_row(founders):
    """Two change the same row of a table, and each adds one: only the row that says two things is asked about."""
    lucia, caio, grace = founders.values()
    lucia.goto(f"/{SLUG}/found/actors/?lang=es")
    fill(lucia, {"actors_0_name": "Juntas de agua"})
    press(lucia)
    for page in (lucia, caio):
        page.goto(f"/{SLUG}/found/actors/?lang=es")
    fill(lucia, {"actors_0_influence": "HIGH", "actors_1_name": "Municipios"})
    fill(caio, {"actors_0_influence": "LOW", "actors_1_name": "Escuelas"})
    press(lucia)
    press(caio)
    assert "/found/text/actors/" in caio.url
    assert caio.locator("main fieldset").count() == 1
    shoot(caio, "together-row-by-row-360-pt")
    caio.locator("main input[type=radio][value=there]").check()
    press(caio)
    grace.goto(f"/{SLUG}/found/step/1/")
    told = grace.locator("main").inner_text()
    for words in ("Juntas de agua", "Municipios", "Escuelas", "Little"):
        assert words in told


def leave_and_come_back(caio):
    """Close the phone in the middle; the link of the mail leads to the same place, and what was typed is there."""
    caio.goto(f"/{SLUG}/found/needs/?lang=pt-br")
    fill(caio, {"needs_0_text": "Um barco", "needs_0_kind": "PROJECT"})
    caio.locator("main button[name=leave]").click()
    assert "left=1" in caio.url
    caio.goto(f"/{SLUG}/found/")
    caio.goto(f"/{SLUG}/found/needs/")
    assert caio.locator("main [name=needs_0_text]").input_value() == "Um barco"


def write_what_is_needed(lucia):
    for topic, told in (("contacts", CONTACTS), ("ethics", {"standing": "NEVER"})):
        lucia.goto(f"/{SLUG}/found/{topic}/")
        fill(lucia, told)
        press(lucia)


def agree_on_everything(founders):
    """Each reads each step and agrees; the path says the same to all three, in three languages."""
    for page in founders.values():
        for step in range(1, 7):
            page.goto(f"/{SLUG}/found/step/{step}/")
            press(page)
    said = {"lucia": "6 de 6", "caio": "6 de 6", "grace": "6 of 6"}
    for name, page in founders.items():
        page.goto(f"/{SLUG}/found/?left=1")
        assert said[name] in page.locator("main").inner_text()
        assert page.locator("main ol.path > li.done").count() == 6
    shoot(founders["lucia"], "together-agreed-360-es")
