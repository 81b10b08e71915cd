"""A proposal from its first words to the round on its second version: asked about, translated, amended, kept.

Three languages, small screens, JavaScript off. Source: GOV-01, GOV-25, XCT-01, XCT-04, P9, P10, EXPERIENCE 3.4.
"""

import re

from tests.core.test_documents import paper
from tests.journeys.conftest import shoot, troubles_by_axe
from tests.journeys.steps import fill, press

HOME = "/cila/decisions/"
PDF = {"name": "C:\\notas\\presupuesto final.pdf", "mimeType": "text/html", "buffer": paper()}


def test_a_text_changes_and_nobody_is_asked_twice_for_nothing(open_page, demo):
    ana, beto, joao, judge = (
        open_page(width=width, script=script, language=language)
        for width, script, language in (
            (360, False, "es"), (320, False, "es"), (360, False, "pt-BR"), (360, True, "es"),
        )
    )  # fmt: skip
    for page, name in ((ana, "Ana"), (beto, "Beto"), (joao, "João"), (judge, "Ana")):
        page.goto(demo.link_of(f"{name} ({'exemplo' if name == 'João' else 'ejemplo'})"))
    here = write(ana)
    ask_and_react(beto, here)
    reply(ana, here)
    translate(joao, here)
    put_a_file_beside(ana, here)
    open_round(ana, here)
    answer(beto, here)
    amend(ana, here)
    keep(beto, here)
    for path in ("", "talk/", "beside/", "languages/", "amend/", "versions/"):
        judge.goto(f"{here}{path}")
        assert not troubles_by_axe(judge), path
        assert judge.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def write(ana):
    ana.goto(f"{HOME}new/")
    fill(
        ana,
        {
            "title_es": "Un fondo para viajes",
            "summary_es": "Cada organización pone 20 dólares al año para los viajes.",
            "body_es": "El fondo paga el viaje de quien no puede pagarlo.",
            "matter": "STRATEGIC",
            "answers_shown": "AT_CLOSE",
        },
    )
    press(ana)
    return re.search(r"/cila/decisions/\d+/", ana.url).group()


def ask_and_react(beto, here):
    beto.goto(here)
    beto.locator("main a[href$='/talk/']").first.click()
    fill(beto, {"words": "¿Quién decide qué viajes se pagan?"})
    press(beto)
    fill(beto, {"reaction": "Suena justo."})
    beto.locator("main form", has=beto.locator("[name=reaction]")).locator("button").click()
    said = beto.locator("main").inner_text()
    assert "¿Quién decide qué viajes se pagan?" in said
    assert "Suena justo." in said
    shoot(beto, "talk-320")


def reply(ana, here):
    ana.goto(here)
    assert "¿Quién decide qué viajes se pagan?" in ana.locator("main").inner_text()
    ana.goto(f"{here}talk/")
    ana.locator("main a[href*='/questions/']").first.click()
    fill(ana, {"words": "El círculo de fondos, cada trimestre."})
    press(ana)
    assert "El círculo de fondos" in ana.locator("main").inner_text()


def translate(joao, here):
    joao.goto(here)
    joao.locator("main a[href$='/languages/']").click()
    joao.locator("main a[href$='/languages/pt-br/']").click()
    assert "El fondo paga el viaje" in joao.locator("main").inner_text()
    fill(joao, {"title": "Um fundo para viagens", "summary": "Cada organização põe 20 dólares por ano."})
    press(joao)
    joao.goto(here)
    assert joao.locator("h1").inner_text() == "Um fundo para viagens"


def put_a_file_beside(ana, here):
    ana.goto(f"{here}beside/")
    ana.set_input_files("main input[type=file]", PDF)
    fill(ana, {"label": "Presupuesto", "language": "es"})
    press(ana)
    with ana.expect_download() as coming:
        ana.locator("main a", has_text="Presupuesto").first.click()
    assert coming.value.suggested_filename == "presupuesto.pdf"


def open_round(ana, here):
    ana.goto(f"{here}round/")
    press(ana)


def answer(beto, here):
    beto.goto(here)
    beto.locator("main [name=answer][value=concern]").check()
    fill(beto, {"concern": "Que alcance para quien vive lejos."})
    beto.locator("main form", has=beto.locator("[name=answer]")).locator("button").first.click()
    beto.goto(here)
    assert "cuando cierra la ronda" in beto.locator("aside").inner_text().lower()


def amend(ana, here):
    ana.goto(here)
    ana.locator("main a[href$='/amend/']").click()
    fill(
        ana,
        {
            "body_es": "El fondo paga el viaje de quien no puede pagarlo, y primero el de quien vive lejos.",
            "why": "Primero quien vive lejos.",
        },
    )
    press(ana)


def keep(beto, here):
    beto.goto(here)
    said = beto.locator("main").inner_text()
    assert "Que alcance para quien vive lejos." in said
    assert beto.locator("main ins").count()
    shoot(beto, "keep-320")
    beto.locator("main form[action$='/keep/'] button").click()
    assert beto.url.endswith("/answered/")
    assert "Que alcance para quien vive lejos." in beto.locator("main").inner_text()
