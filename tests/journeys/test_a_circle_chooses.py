"""A circle chooses its delegate by consent, the circle around consents, the delegate gives the mandate back, the link is
broken, and another election mends it. In Portuguese, on a small screen, without JavaScript.

Source: GOV-13, GOV-14, GOV-16, XCT-01.
"""

import re

from tests.journeys.conftest import shoot, troubles_by_axe

CIRCLE = "Comunicação"
CARLA, LUCIA, RUI = "Carla (exemplo)", "Lucía (ejemplo)", "Rui (exemplo)"


def test_a_circle_chooses_its_delegate_and_its_link_is_mended(open_page, demo):
    carla, lucia, rui, judge = (
        open_page(width=width, script=script, language="pt-BR")
        for width, script in ((360, False), (320, False), (360, False), (360, True))
    )
    for page, name in ((carla, CARLA), (lucia, LUCIA), (rui, RUI), (judge, CARLA)):
        page.goto(demo.link_of(name))
    here = circle_of(carla)
    seat(carla, here, LUCIA)
    seat(carla, here, RUI)
    assert is_broken(carla, here)

    first = begin(carla, here)
    choose(first, carla, [lucia, rui], nominee=LUCIA, judge=judge)
    consent_around(first, carla, [rui])
    assert not is_broken(carla, here)

    lucia.goto(here)
    lucia.locator("main a[href*='/circles/seats/']").first.click()
    lucia.locator("main form button.btn").first.click()
    assert is_broken(carla, here)
    assert is_broken(rui, here)

    second = begin(carla, here)
    choose(second, carla, [lucia, rui], nominee=RUI)
    consent_around(second, carla, [lucia])
    assert not is_broken(carla, here)
    assert not troubles_by_axe(judge)


def circle_of(page):
    page.goto("/aguas/circles/")
    page.locator("main a", has_text=CIRCLE).first.click()
    return re.search(r"/aguas/circles/[0-9a-f-]+/", page.url).group()


def is_broken(page, here):
    page.goto(here)
    return page.locator("main .tag.carmine").count() > 0


def seat(page, here, name):
    """Write down that somebody is a member of the circle, by the decision that there is."""
    page.goto(f"{here}seat/")
    page.fill("main [name=who]", name)
    options = page.locator("main select[name=entry] option")
    value = next(v for v in (options.nth(k).get_attribute("value") for k in range(options.count())) if v)
    page.select_option("main select[name=entry]", value)
    page.locator("main form button.btn").first.click()
    assert name in page.locator("main").inner_text()


def begin(page, here):
    page.goto(here)
    page.locator("main a[href*='/elections/new/']").first.click()
    page.check("main [name=role][value=DELEGATE]")
    page.select_option("main [name=facilitator]", label=CARLA)
    page.locator("main form button.btn").first.click()
    assert "/new/" not in page.url, page.locator("main").inner_text()
    return re.search(r"/aguas/elections/[0-9a-f-]+/", page.url).group()


def step(page, here, to):
    page.goto(here)
    page.locator(f"#live-drive button[name=to][value={to}]").click()


def send(page, here, do, **said):
    page.goto(here)
    form = page.locator(f"main form:has(input[name=do][value={do}])")
    for name, value in said.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        elif field.first.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    form.locator("button").first.click()


def choose(here, carla, others, *, nominee, judge=None):
    """Look at the role, agree on the term, write names, open them, propose, and consent with the nominee last."""
    send(
        carla,
        here,
        "describe",
        about="Leva a voz do círculo.",
        months="6",
        qualifications="Duas horas por semana.",
    )
    for to in ("TERM", "QUALIFICATIONS", "NOMINATIONS"):
        step(carla, here, to)
    for page in (carla, *others):
        send(page, here, "nominate", nominee=nominee, reason="Escuta e sabe dizer.")
    assert "Escuta e sabe dizer" not in "".join(
        page.locator("#live-names").inner_text() for page in others
    ), "sealed until all are opened"
    step(carla, here, "REASONS")
    others[0].goto(here)
    assert "Escuta e sabe dizer" in others[0].locator("#live-names").inner_text()
    step(carla, here, "PROPOSAL")
    send(carla, here, "propose", nominee=nominee, reason="Escuta e sabe dizer.", months="6")
    step(carla, here, "CONSENT")
    if judge is not None:
        judge.goto(here)
        assert not troubles_by_axe(judge)
        assert judge.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        shoot(judge, "election-consent")
    last = 0 if nominee == LUCIA else 1
    for page in (carla, others[1 - last], others[last]):
        send(page, here, "answer", word="CONSENT")
    step(carla, here, "CONFIRMATION")


def consent_around(here, carla, others):
    for page in (carla, *others):
        send(page, here, "answer", word="CONSENT")
    step(carla, here, "ELECTED")
