"""An organization asks to join, is refused with reasons, asks again and is admitted; then a new code of ethics that all
sign, and who is missing is seen; it leaves, and erases what was refused. On phones, without JavaScript.
Source: GOV-38, MEM-02, MEM-03, COM-03, P19, P23, XCT-02."""

import re
import secrets

import pytest

from tests.journeys.conftest import shoot
from tests.journeys.steps import fill, press, read_letter, wait_until

RUN = f"{secrets.randbelow(9000) + 1000}"
NAME = f"Escuela del Río {RUN}"
ADDRESS = f"elias@rio{RUN}.example"
DELEGATES = ("Ana", "Beto", "Inés", "João")
LINK = re.compile(r"https?://\S+/join/\S+/")
REQUEST = {
    "name": NAME,
    "kind": "NGO",
    "country": "CO",
    "cities": "Cali",
    "about": "Una escuela junto al río.",
    "why": "Queremos aprender con otras.",
    "benefits": ["EXCHANGE"],
    "needs": "Quien nos enseñe a leer un presupuesto.",
    "offers": ["EXPERTS", "VOLUNTEERS"],
    "brings": "Talleres de agua, dos al año.",
    "contact_name": "Elías",
    "contact_email": ADDRESS,
    "code": True,
}


@pytest.fixture
def people(open_page, demo):
    """Those who speak for the members of the sample network, each on a phone."""
    pages = {}
    for name in DELEGATES:
        pages[name] = open_page(width=360, script=False, language="es")
        character = next(each for each in demo.characters if each["name"].startswith(name))
        pages[name].goto(character["link"])
    return pages


@pytest.fixture
def elias(open_page):
    """Somebody without an account, on a phone."""
    return open_page(width=360, script=False, language="es")


def test_refused_with_reasons_admitted_later_and_all_sign_a_new_code(people, elias):
    read_help_in_another_language(elias)
    ask(elias)
    refuse(people["Ana"])
    ask_again(elias)
    admit(people["Ana"])
    enter_and_look(elias)
    everybody = {**people, "Elías": elias}
    number = change_the_code(people["Ana"], everybody)
    see_who_is_missing_while_all_sign(everybody, number)
    leave(elias, people["Ana"])
    erase_what_was_refused(elias)


def read_help_in_another_language(elias):
    """Source: GOV-29."""
    elias.goto("/cila/care/")
    for language, words in (("pt-br", "Se alguém"), ("es", "Si alguien")):
        elias.locator(f"main button[value={language}]").click()
        assert words in elias.locator("main").inner_text()


def ask(elias):
    elias.goto("/cila/")
    assert "Por qué entrar" in elias.locator("main").inner_text()
    shoot(elias, "front-360")
    elias.goto("/cila/join/")
    fill(elias, REQUEST)
    answer_criteria(elias, "NOT_YET")
    press(elias)
    assert "/join/sent/" in elias.url, elias.locator("main").inner_text()[:1500]


def answer_criteria(page, meets):
    """Answer what the network asks of members: a yes or no, a number or a few words."""
    for field in page.locator("main [name^=criterion_]").all():
        if field.get_attribute("type") != "radio":
            field.fill("12" if field.get_attribute("inputmode") else "Cómo cuidan ustedes sus nacientes.")
        elif field.get_attribute("value") == meets:
            field.check()


def refuse(ana):
    open_request(ana)
    said = ana.locator("main").inner_text()
    assert "Todavía no" in said
    assert "Quien nos enseñe a leer un presupuesto." in said
    assert not ana.locator("main form[action$='/admit/']").count()  # what is required is not met
    ana.locator("main details", has=ana.locator("form[action$='/decline/']")).locator("summary").click()
    ana.locator("main [name=reasons]").fill("Todavía no trabajan en una ciudad del Sur Global.")
    ana.locator("main form[action$='/decline/'] button").click()
    shoot(ana, "refused-360")


def open_request(ana):
    wait_until(ana, "/cila/applications/", lambda page: NAME in page.locator("main .asks").inner_text())
    ana.locator("main .asks a", has_text=NAME).first.click()


def ask_again(elias):
    text = read_letter(elias, ADDRESS, about="La respuesta de")
    elias.goto(LINK.search(text).group(0))
    assert "Todavía no trabajan en una ciudad" in elias.locator("main").inner_text()
    shoot(elias, "told-why-360")
    elias.locator("main a", has_text="Volver a pedirlo").first.click()
    assert elias.locator("main [name=name]").input_value() == NAME  # nothing is typed twice
    assert elias.locator("main [name=brings]").input_value() == REQUEST["brings"]
    answer_criteria(elias, "YES")
    for box in elias.locator("main input[name=code]").all():
        box.check()
    press(elias)
    assert "/join/sent/" in elias.url, elias.locator("main").inner_text()[:1500]


def admit(ana):
    open_request(ana)
    assert "Todavía no trabajan en una ciudad" in ana.locator("main").inner_text()  # what it was told before
    ana.locator("main form[action$='/admit/'] button").click()


def enter_and_look(elias):
    text = read_letter(elias, ADDRESS, about="invita a")
    elias.goto(re.search(r"https?://\S+/entrar/invitacion/\S+", text).group(0))
    fill(elias, {"name": "Elías"})
    press(elias)
    wait_until(elias, "/cila/membership/welcome/", lambda page: page.locator("main .ask").count() == 3)
    shoot(elias, "welcome-360")
    elias.goto("/cila/membership/")
    assert "Talleres de agua" in elias.locator("main").inner_text()  # said at the door, kept
    elias.goto("/cila/exchange/")
    assert NAME in elias.locator("main").inner_text()


def change_the_code(ana, everybody):
    """Propose a new text for the code, let all consent, and return the number of the new version."""
    before = version(ana)
    ana.goto("/cila/charter/articles/code/change/")
    text = ana.locator("main textarea[name=code__es]")
    text.fill(f"{text.input_value()}\n\nNadie responde solo por lo que cuidamos juntas ({RUN}).")
    fill(ana, {"why": "Para decirlo mejor."})
    ana.locator("main button[name=see]").click()
    ana.locator("main button[name=ask]").click()
    ana.locator("main a[href*='/decisions/']").first.click()
    address = ana.url
    for page in everybody.values():
        page.goto(address)
        page.locator("main [name=answer][value=yes]").check()
        page.locator("main form", has=page.locator("[name=answer]")).locator("button").first.click()
    wait_until(ana, "/cila/code/", lambda page: f"({RUN})" in page.locator("main").inner_text())
    return before + 1


def version(page):
    page.goto("/cila/code/")
    return int(re.search(r"Versión (\d+)", page.locator("main").inner_text()).group(1))


def see_who_is_missing_while_all_sign(everybody, number):
    ana = everybody["Ana"]
    assert version(ana) == number
    wait_until(ana, "/cila/members/standing/", lambda page: missing(page) == len(everybody))
    shoot(ana, "missing-360")
    for left, page in zip(range(len(everybody) - 1, -1, -1), everybody.values(), strict=True):
        page.goto("/cila/code/")
        page.locator("main input[name=agree]").check()
        press(page)
        ana.goto("/cila/members/standing/")
        assert missing(ana) == left
    assert f"Ya están todas las firmas de la versión {number}" in ana.locator("main").inner_text()


def leave(elias, ana):
    """Carry away what was given, and leave: the network is again as it was before."""
    elias.goto("/cila/membership/")
    told = elias.context.request.get("/cila/membership/data.json").json()
    assert told["needs and offers"][0]["brings"] == REQUEST["brings"]
    elias.locator("main a[href$='/membership/leave/']").first.click()
    press(elias)
    ana.goto("/cila/members/standing/")
    assert NAME not in ana.locator("main").inner_text()


def erase_what_was_refused(elias):
    """By the link of the letter, as somebody without an account does. Source: XCT-02."""
    address = LINK.search(read_letter(elias, ADDRESS, about="La respuesta de")).group(0)
    elias.goto(address)
    assert "Todavía no trabajan en una ciudad" in elias.locator("main").inner_text()
    elias.locator("main a[href$='/erase/']").click()
    press(elias)
    assert "Tu solicitud está borrada" in elias.locator("main").inner_text()
    assert elias.goto(address).status == 404


def missing(page):
    """Return how many members the page says have not signed."""
    return page.locator("main td", has_text=re.compile(r"^\s*falta\s*$")).count()
