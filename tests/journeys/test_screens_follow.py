"""Two screens of one election: what who facilitates does shows on the other by itself, and takes nothing from who is writing.

Source: GOV-10.
"""

from tests.journeys.test_a_circle_chooses import CARLA, LUCIA, send

CIRCLE = "Círculo general"
FOLLOWED = "was => document.querySelector('#live-now h2').innerText !== was"
ANSWERED = "document.querySelector('#live-ring').innerText.includes('1')"
WORDS = "Seis meses são pouco."


def test_a_screen_follows_and_keeps_what_is_being_written(open_page, demo):
    lucia, carla = open_page(script=True), open_page(script=True, language="pt-BR")
    troubles = []
    carla.on("pageerror", lambda trouble: troubles.append(str(trouble)))
    for page, name in ((lucia, LUCIA), (carla, CARLA)):
        page.goto(demo.link_of(name))
    here = begin(lucia)
    carla.goto(here)
    was = carla.locator("#live-now h2").inner_text()
    send(lucia, here, "describe", about="Cuida la memoria.", months="6", qualifications="Una hora.")
    lucia.locator("#live-drive button[name=to][value=TERM]").click()
    carla.wait_for_function(FOLLOWED, arg=was)
    carla.check("#live-say [name=word][value=OBJECT]")
    carla.fill("#live-say [name=words]", WORDS)
    send(lucia, here, "answer", word="CONSENT")
    carla.wait_for_function(ANSWERED)
    assert carla.locator("#live-say [name=words]").input_value() == WORDS
    lucia.locator("#live-drive a[href$='/end/']").click()
    lucia.fill("main [name=why]", "Era una prueba.")
    lucia.locator("main form button.btn").first.click()
    assert not troubles


def begin(page):
    page.goto("/aguas/circles/")
    page.locator("main a", has_text=CIRCLE).first.click()
    page.locator("main a[href*='/elections/new/']").first.click()
    page.check("main [name=role][value=LOGBOOK]")
    page.locator("main form button.btn").first.click()
    return page.url.removeprefix(page.url.split("/aguas/")[0])
