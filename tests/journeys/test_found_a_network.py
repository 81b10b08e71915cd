"""Three founders walk the six steps on their phones, without JavaScript, in Spanish; the network grows and decides;
a stranger checks the record. Source: the issue's thread; REA-01, GOV-25 to GOV-28, GOV-38, MEM-02."""

import re
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import shoot
from tests.journeys.sierra import CHOICES, CLOSED, TEXTS, TOPICS
from tests.journeys.steps import enter, fill, press, read_letter, wait_until

RUN = f"{secrets.randbelow(9000) + 1000}"  # a journey can walk twice on one installation
NAME = f"Red de la Sierra {RUN}"
SLUG = f"red-de-la-sierra-{RUN}"
FOUNDERS = (("ana", "Barrio Vivo"), ("beto", "La Asamblea"), ("celia", "Casa de la Lluvia"))
LIST = Path(__file__).resolve().parents[2] / "tequio" / "cli" / "samples" / "cila_organizations.csv"


@pytest.fixture
def founders(open_page):
    """Three phones."""
    return {name: open_page(width=360, script=False, language="es") for name, _organization in FOUNDERS}


def test_found_grow_decide_and_prove(founders, open_page, demo, tmp_path):
    ana, beto, celia = (founders[name] for name, _ in FOUNDERS)
    start(ana)
    for page, (name, organization) in zip((beto, celia), FOUNDERS[1:], strict=True):
        invite(ana, page, name, organization)
    walk(ana, CLOSED | TEXTS)
    walk(beto, CLOSED, CHOICES)
    walk(celia, CLOSED, CHOICES)
    for page in founders.values():
        agree(page)
    ratify(ana, (ana, beto, celia))
    bring_the_list(ana)
    elias = open_page(width=360, script=False, language="es")
    join(ana, elias)
    everybody = (ana, beto, celia, elias)
    decide_with_an_objection(ana, beto, everybody)
    decide_by_three_quarters(ana, everybody)
    decide_by_tie_break(ana, everybody)
    prove(ana, tmp_path)


def start(ana):
    enter(ana, f"ana@sierra{RUN}.example", name="Ana")
    ana.goto("/start/")
    fill(ana, {"founder": "Ana", "name": NAME, "organization": "Barrio Vivo", "languages": ["es"]})
    press(ana)
    assert f"/{SLUG}/" in ana.url


def invite(ana, page, name, organization):
    ana.goto(f"/{SLUG}/found/invite/")
    fill(ana, {"name": name.title(), "email": f"{name}@sierra{RUN}.example", "organization": organization})
    press(ana)
    text = read_letter(page, f"{name}@sierra{RUN}.example", about=NAME)
    page.goto(re.search(r"https?://\S+/entrar/invitacion/\S+", text).group(0))
    fill(page, {"name": name.title()})
    press(page)
    page.goto(f"/{SLUG}/found/")
    assert page.locator("h1").count() == 1


def walk(page, answers, topics=TOPICS):
    for topic in topics:
        here = f"/{SLUG}/found/{topic}/"
        if urlsplit(page.url).path != here:  # inside a step, saving leads on by itself
            page.goto(here)
        fill(page, answers)
        press(page)
        assert not page.locator("main .summary").count(), (
            f"{topic}: {page.locator('main').inner_text()[:400]}"
        )


def agree(page):
    for step in range(1, 7):
        here = f"/{SLUG}/found/step/{step}/"
        page.goto(here)
        press(page)
        page.wait_for_url(lambda url, here=here: urlsplit(url).path != here)  # it was taken, and leads on
    page.goto(f"/{SLUG}/found/")
    shoot(page, "found-360")


def ratify(ana, everybody):
    ana.goto(f"/{SLUG}/charter/ratify/")
    press(ana)
    for page in everybody:
        page.goto(f"/{SLUG}/decisions/1/")
        answer(page, "yes")
    wait_until(
        ana, f"/{SLUG}/charter/", lambda page: not page.locator(f"a[href$='/{SLUG}/charter/ratify/']").count()
    )
    wait_until(
        ana, f"/{SLUG}/register/", lambda page: "en vigor" in page.locator("main").inner_text().lower()
    )


def answer(page, choice, **words):
    """Give one of the answers that the page offers, with the words that it asks for."""
    page.locator(f"main [name=answer][value={choice}]").check()
    fill(page, words)
    page.locator("main form", has=page.locator("[name=answer]")).locator("button").first.click()
    assert not page.locator("main .summary").count(), page.locator("main").inner_text()[:600]


def bring_the_list(ana):
    ana.goto(f"/{SLUG}/organizations/import/")
    ana.set_input_files("main input[type=file]", LIST)
    press(ana)
    address = ana.url
    wait_until(ana, address, lambda page: page.locator("main form[method=post] .btn").count() > 1)
    press(ana)
    wait_until(ana, address, lambda page: "95" in page.locator("main").inner_text())
    wait_until(ana, f"/{SLUG}/organizations/", lambda page: "98" in page.locator("main").inner_text())


def join(ana, elias):
    elias.goto(f"/{SLUG}/join/")
    fill(
        elias,
        {
            "name": "Escuela del Río",
            "kind": "NGO",
            "country": "CO",
            "cities": "Cali",
            "about": "Una escuela junto al río.",
            "why": "Cuidamos una naciente.",
            "contact_name": "Elías",
            "contact_email": f"elias@rio{RUN}.example",
        },
    )
    for yes in elias.locator("main input[type=radio][value=YES]").all():
        yes.check()
    for box in elias.locator("main input[type=checkbox][name=code]").all():
        box.check()
    press(elias)
    assert not elias.locator("main .summary").count(), elias.locator("main").inner_text()[:1500]
    wait_until(
        ana, f"/{SLUG}/applications/", lambda page: "Escuela del Río" in page.locator("main").inner_text()
    )
    ana.locator("main a", has_text="Escuela del Río").first.click()
    ana.locator("main form[action$='/admit/'] button").first.click()
    text = read_letter(elias, f"elias@rio{RUN}.example", about=f"invita a {NAME}")
    elias.goto(re.search(r"https?://\S+/entrar/invitacion/\S+", text).group(0))
    fill(elias, {"name": "Elías"})
    press(elias)
    elias.goto(f"/{SLUG}/code/")
    for box in elias.locator("main input[type=checkbox]").all():
        box.check()
    press(elias)


def propose(page, title, *, matter, team=""):
    page.goto(f"/{SLUG}/decisions/new/")
    fill(
        page,
        {
            "title_es": title,
            "summary_es": f"{title}, en breve.",
            "body_es": f"{title}, con todo detalle.",
            "matter": matter,
            "leading_team": team,
        },
    )
    press(page)
    number = int(re.search(r"/decisions/(\d+)/", page.url).group(1))
    page.goto(f"/{SLUG}/decisions/{number}/round/")
    press(page)
    return number


def decide_with_an_objection(ana, beto, everybody):
    number = propose(ana, "Medir el río cada lunes", matter="OPERATIONAL", team="Medición")
    for page in everybody:
        page.goto(f"/{SLUG}/decisions/{number}/")
        if page is beto:
            answer(
                page,
                "object",
                harm="Los lunes llueve y el camino se cierra.",
                mend="Elegir otro día si llueve.",
            )
        else:
            answer(page, "yes")
    beto.goto(f"/{SLUG}/decisions/{number}/")
    shoot(beto, "objection-360")
    ana.goto(f"/{SLUG}/decisions/{number}/")
    ana.locator("main a[href$='/integrate/']").first.click()
    fill(
        ana,
        {"body_es": "Medir el río cada lunes; si llueve, otro día de la semana.", "why": "Por la lluvia."},
    )
    press(ana)
    for page in everybody:
        page.goto(f"/{SLUG}/decisions/{number}/")
        answer(page, "yes")
    wait_until(ana, f"/{SLUG}/decisions/{number}/record/", lambda page: "consentimiento" in page.content())


def to_a_vote(ana, everybody, number):
    elias = everybody[-1]
    for page in everybody:
        page.goto(f"/{SLUG}/decisions/{number}/")
        if page is elias:
            answer(page, "object", harm="No nos alcanza el tiempo.", mend="")
        else:
            answer(page, "yes")
    for step in ("close", "vote"):
        ana.goto(f"/{SLUG}/decisions/{number}/{step}/")
        press(ana)


def decide_by_three_quarters(ana, everybody):
    number = propose(ana, "Una cuota de trabajo al mes", matter="STRATEGIC")
    to_a_vote(ana, everybody, number)
    for page, position in zip(everybody, ("YES", "YES", "YES", "NO"), strict=True):
        page.goto(f"/{SLUG}/decisions/{number}/")
        answer(page, position)
    wait_until(
        ana, f"/{SLUG}/decisions/{number}/record/", lambda page: "3" in page.locator("main").inner_text()
    )


def decide_by_tie_break(ana, everybody):
    number = propose(ana, "El taller en línea", matter="OPERATIONAL", team="Aprendizaje")
    to_a_vote(ana, everybody, number)
    for page, position in zip(everybody, ("YES", "YES", "NO", "NO"), strict=True):
        page.goto(f"/{SLUG}/decisions/{number}/")
        answer(page, position)
    beto = everybody[1]
    beto.goto(f"/{SLUG}/decisions/{number}/")
    assert not beto.locator("main a[href$='/tie-break/']").count()
    ana.goto(f"/{SLUG}/decisions/{number}/tie-break/")
    fill(ana, {"choice": "adopt", "reason": "La sala presencial no está libre."})
    press(ana)
    wait_until(
        ana,
        f"/{SLUG}/decisions/{number}/record/",
        lambda page: "sala presencial" in page.locator("main").inner_text(),
    )
    shoot(ana, "record-360")


def prove(ana, folder):
    """Take the export as any member can; a stranger's program accepts it, and refuses it after one byte changed."""
    wait_until(
        ana,
        f"/{SLUG}/register/",
        lambda page: page.locator(f"a[href$='/{SLUG}/register/export']").count() > 0,
    )
    ana.wait_for_timeout(1500)
    content = ana.context.request.get(f"/{SLUG}/register/export").body()
    (folder / "sierra.zip").write_bytes(content)
    assert verify(folder / "sierra.zip") == 0
    kept = folder / "register.jsonl"
    with zipfile.ZipFile(folder / "sierra.zip") as archive:
        archive.extractall(folder)
    strangers = [sys.executable, "-I", "-S", "verify.py", kept.name]
    assert subprocess.run(strangers, cwd=folder, env={}, check=False).returncode == 0
    content = kept.read_bytes()
    for word in (b"sala presencial", b"ADOPTED_BY_CONSENT", b"Medir el r"):
        place = content.index(word)
        for byte in (place, place + 1):
            changed = bytearray(content)
            changed[byte] ^= 1
            kept.write_bytes(bytes(changed))
            assert verify(kept) != 0, (word, byte)


def verify(path):
    command = [sys.executable, "-m", "tequio.cli.main", "verify", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode
