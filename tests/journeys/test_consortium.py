"""A consortium of one coordinating organization and two more founds a network, and a network of the installation hosts it:
on phones of 360 px, without JavaScript, in Spanish. Source: CTX-01, CTX-02, CTX-03, XCT-02."""

import re
import secrets

from tests.journeys.conftest import shoot
from tests.journeys.steps import enter, fill, press, read_letter

RUN = f"{secrets.randbelow(9000) + 1000}"  # a journey can walk twice on one installation
NAME, SLUG = f"Residencias del Sur {RUN}", f"residencias-del-sur-{RUN}"
OTHERS = (("gala", "Casa Abierta"), ("hugo", "Taller del Río"))


def test_a_consortium_founds_a_network_that_a_network_hosts(open_page, demo):
    flor = open_page(width=360, script=False, language="es")
    found(flor)
    for name, organization in OTHERS:
        bring_in(flor, open_page(width=360, script=False, language="es"), name, organization)
    form_the_consortium(flor)
    flor.goto(f"/{SLUG}/hosts/ask/")
    fill(flor, {"host": "cila"})
    press(flor)
    ana = open_page(width=360, script=False, language="es")
    agree(ana, demo.link_of("Ana (ejemplo)"))
    show(flor)
    stranger = open_page(width=360, script=False, language="es")
    read_as_a_stranger(stranger)
    prove(flor, ana)


def said(page):
    return page.locator("main").inner_text()


def found(flor):
    enter(flor, f"flor@sur{RUN}.example", name="Flor")
    flor.goto("/start/")
    fill(
        flor,
        {
            "founder": "Flor",
            "name": NAME,
            "organization": "Sur Vivo",
            "languages": ["es"],
            "host_kind": "CONSORTIUM",
        },
    )
    press(flor)
    assert f"/{SLUG}/" in flor.url


def bring_in(flor, page, name, organization):
    flor.goto(f"/{SLUG}/found/invite/")
    fill(flor, {"name": name.title(), "email": f"{name}@sur{RUN}.example", "organization": organization})
    press(flor)
    text = read_letter(page, f"{name}@sur{RUN}.example", about=NAME)
    page.goto(re.search(r"https?://\S+/entrar/invitacion/\S+", text).group(0))
    fill(page, {"name": name.title()})
    press(page)


def form_the_consortium(flor):
    """The first organization coordinates; with the two others it is a consortium. A consortium of one is refused."""
    flor.goto(f"/{SLUG}/hosts/set/")
    press(flor)
    assert flor.locator("main .summary").count()
    for box in flor.locator("main [name=organizations]").all():
        box.check()
    flor.locator("main [name=coordinating]").select_option(label="Sur Vivo")
    press(flor)
    text = said(flor)
    assert text.index("Sur Vivo") < text.index("Casa Abierta") < text.index("Taller del Río")
    assert "coordina" in text
    shoot(flor, "hosts-360")


def agree(ana, link):
    ana.goto(link)
    ana.goto("/cila/hosts/")
    ana.locator("main .asks a", has_text=NAME).last.click()
    fill(ana, {"answer": "yes"})
    press(ana)
    assert NAME in said(ana)


def show(flor):
    """Let strangers read the name of the organization; the rest stays as safe as it was."""
    flor.goto(f"/{SLUG}/organizations/")
    flor.get_by_role("link", name=re.compile("Sur Vivo")).click()
    flor.locator("aside a[href$='/shown/']").click()
    fill(flor, {"to_name": "EVERYBODY"})
    press(flor)
    assert "Sur Vivo" in said(flor)
    shoot(flor, "shown-360")


def read_as_a_stranger(stranger):
    stranger.goto(f"/{SLUG}/")
    text = stranger.locator("body").inner_text()
    assert "Sur Vivo" in text
    assert "coordina el consorcio" in text
    assert "Casa Abierta" not in text  # it did not say that it may be named
    stranger.locator("aside a[href='/cila/']").click()
    assert NAME in stranger.locator("body").inner_text()


def prove(flor, ana):
    flor.goto(f"/{SLUG}/register/")
    assert "da casa a esta" in said(flor)
    ana.goto("/cila/register/")
    assert f"aceptó dar casa a la red «{NAME}»" in said(ana)
