"""Four members elect two of three by a secret ballot, in Spanish and by keyboard alone (one of them reads English, another Portuguese); each
finds its own paper, and the file counts again to the same two. Source: GOV-18, GOVERNANCE 5.4."""

import json

from tequio.cli.tallying import counted
from tequio.elections.formats import read
from tests.journeys.conftest import shoot, troubles_by_axe

ROUTE = "/cila/ballots/"
VOTERS = {
    "Ana (ejemplo)": ("Nahuel", "Irene"),
    "Beto (ejemplo)": ("Nahuel", "Irene"),
    "Inés (ejemplo)": ("Irene",),
    "João (exemplo)": ("Irene", "Teo"),
}
STATEMENTS = {
    "Nahuel": "Vengo de un barrio que cuida su río.",
    "Irene": "Hago cuentas claras.",
    "Teo": "Traduzco.",
}


def test_a_secret_election_by_keyboard_alone(open_page, demo, tmp_path):
    ana = open_page(width=1280, script=True, language="es")
    ana.goto(demo.link_of("Ana (ejemplo)"))
    page = prepare(ana)
    receipts = {}
    for name, order in VOTERS.items():
        voter = ana if name.startswith("Ana") else open_page(width=360, script=True, language="es")
        if voter is not ana:
            voter.goto(demo.link_of(name))
        voter.goto(page)
        receipts[name] = cast(voter, order)
        assert voter.locator("main .note.jade").count() == 1  # the paper is in the box
    assert len(set(receipts.values())) == 4
    ana.goto(page)
    follow(ana, "Cerrar y contar")
    send(ana)
    chosen = ana.locator("main .note.jade ol li").all_inner_texts()
    assert sorted(chosen) == ["Irene", "Nahuel"]
    assert not troubles_by_axe(ana)
    shoot(ana, "ballot-counted-1280")
    find_mine(ana, page, receipts["Ana (ejemplo)"])
    count_again(ana, page, tmp_path)


def said(page):
    return page.locator("main").inner_text()


def reach(page, selector):
    """Walk by Tab, as a keyboard does, until this has the focus."""
    for _step in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}")


def follow(page, words):
    """Walk to a link that says this, and follow it."""
    for _step in range(150):
        page.keyboard.press("Tab")
        if words in page.evaluate("() => document.activeElement.innerText || ''"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"The keyboard does not reach a link that says {words}")


def send(page):
    """Walk to the button of the form, and press it."""
    reach(page, "main form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def prepare(ana):
    ana.goto(ROUTE)
    follow(ana, "Preparar una votación")
    reach(ana, "[name=title]")
    ana.keyboard.type("Quién representa a la red")
    reach(ana, "[name=kind]")
    for _step in range(7):
        if (
            ana.evaluate("() => document.activeElement.checked && document.activeElement.value")
            == "RANKED_SEATS"
        ):
            break
        ana.keyboard.press("ArrowDown")
    reach(ana, "[name=secret]")
    ana.keyboard.press("Space")
    reach(ana, "[name=seats]")
    ana.keyboard.press("Control+a")
    ana.keyboard.type("2")
    assert not troubles_by_axe(ana)
    shoot(ana, "ballot-new-1280")
    send(ana)
    page = ana.url
    for name, statement in STATEMENTS.items():
        follow(ana, "Añadir una opción")
        reach(ana, "[name=name]")
        ana.keyboard.type(name)
        reach(ana, "[name=statement]")
        ana.keyboard.type(statement)
        send(ana)
    follow(ana, "Abrir la votación")
    send(ana)
    assert "menos de diez" in said(ana)
    return page


def cast(voter, order):
    """Give places by typing their numbers, look once more, keep the receipt, and cast."""
    reach(voter, "main a[href$='/cast/']")
    with voter.expect_navigation():
        voter.keyboard.press("Enter")
    assert not troubles_by_axe(voter)
    names = voter.locator("main form select").evaluate_all(
        "all => all.map(one => one.labels[0].innerText.split('(')[0].trim())"
    )
    for name in names:
        reach(voter, "main form select")
        if name in order:
            voter.keyboard.type(str(order.index(name) + 1))
    shoot(voter, "ballot-cast-360")
    send(voter)
    receipt = voter.locator("[name=receipt]").input_value()
    assert len(receipt) == 32
    assert not troubles_by_axe(voter)
    shoot(voter, "ballot-sure-360")
    send(voter)
    return receipt


def find_mine(ana, page, receipt):
    ana.goto(page)
    follow(ana, "Hallar mi boleta")
    reach(ana, "[name=receipt]")
    ana.keyboard.type(receipt)
    send(ana)
    assert "Tu boleta está aquí, como la echaste." in said(ana)
    assert not troubles_by_axe(ana)
    shoot(ana, "ballot-papers-1280")


def count_again(ana, page, folder):
    answer = ana.request.get(f"{page}papers.json")
    file = folder / "papers.json"
    file.write_bytes(answer.body())
    outcome = counted(read(file.read_bytes(), name=file.name), rule="scottish-stv")
    assert set(outcome.winners) == {"Nahuel", "Irene"}
    assert all(set(one) == {"code", "ranking"} for one in json.loads(file.read_text())["ballots"])
