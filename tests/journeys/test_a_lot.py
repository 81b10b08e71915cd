"""A coordination body of three is drawn by lot with quotas; one refuses, the reserve enters, and a stranger checks it."""

import json
import os
import subprocess
import sys
import zipfile

from django.conf import settings
from django.db import connection, transaction

from tequio.core.scoping import network_scope
from tequio.elections import services
from tequio.elections.models import Entrant, Lot
from tequio.elections.rules.lots import Quota
from tequio.governance import services as governance
from tequio.governance.models import Seat
from tequio.people.models import Organization
from tequio.people.selectors import find_actor
from tequio.register import services as register
from tests.bench.ground import session_of
from tests.bench.serving import serve
from tests.elections.lots_world import SIGNATURE, announce, close_lot, open_lot
from tests.homes import TEQUIO, surroundings
from tests.journeys.conftest import shoot, troubles_by_axe
from tests.journeys.steps import press
from tests.world import add_member, add_person, build_network

SIZES = ((360, "light"), (1280, "dark"))


def prepare():
    """Build a network of seven, and a lot for its coordination that waits for its number."""
    andina = build_network()
    with network_scope(andina.network.pk):
        member = add_member(andina.network, "Raíces")
        for name in ("Elsa", "Fabio", "Gema", "Hugo"):
            add_person(andina.network, name, membership=member)
        Organization.objects.filter(name="Raíces").update(country="CO")
        Organization.objects.exclude(name="Raíces").update(country="MX")
        body = governance.open_circle(
            by=andina.ana, name={"en": "Coordination", "es": "Coordinación"}, aim={"en": "To coordinate"},
            kind="COORDINATION",
        )  # fmt: skip
        lot = open_lot(andina.ana, title="Coordinación de la red", size=3, features=["country"], body=body)
        quotas = [Quota("country", "CO", 1, 2), Quota("country", "MX", 1, 2)]
        services.set_quotas(by=andina.ana, lot=lot, quotas=quotas)
        announce(andina.ana, close_lot(andina.ana, lot))
        fresh = services.hold_lot(
            by=andina.ana, title="Quién va al encuentro", about="", of="ORGANIZATIONS", size=2,
            features=["country", "size"],
        )  # fmt: skip
    return andina, lot, fresh


def read(andina, what):
    """Look into the network, in a transaction of its own."""
    with network_scope(andina.network.pk):
        return what()


def rows_of(lot):
    return Entrant.objects.select_related("participant__person").filter(lot=lot).order_by("place")


def actors(rows):
    return [find_actor(row.participant.person) for row in rows]


def drawn_entry(lot):
    return Lot.objects.values_list("entry", flat=True).get(pk=lot.pk)


class Reader:
    """Somebody with a browser of their own, English unless said otherwise."""

    def __init__(self, chromium, origin, actor=None, *, width=360, scheme="light", language="en"):
        self.context = chromium.new_context(
            viewport={"width": width, "height": 800}, locale=language, base_url=origin, color_scheme=scheme,
            java_script_enabled=True, bypass_csp=True, accept_downloads=True,
        )  # fmt: skip
        if actor is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(actor), "url": origin}
            self.context.add_cookies([cookie])
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)

    def close(self):
        self.context.close()


def answer(chromium, origin, address, actor, verb):
    """Let somebody who was drawn say yes or no, as they would on their phone."""
    reader = Reader(chromium, origin, actor)
    reader.page.goto(address)
    reader.page.get_by_role("link", name=verb, exact=True).click()
    press(reader.page)
    assert reader.page.url.endswith(address)
    reader.close()


def test_a_coordination_of_three_is_drawn_and_a_stranger_checks_it(committing, chromium, tmp_path):
    """Source: GOV-17, GOV-18."""
    with transaction.atomic():
        andina, lot, fresh = prepare()
    address = f"/andina/lots/{lot.uuid}/"
    environment = {name: value for name, value in os.environ.items() if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    with serve("tequio.config.wsgi:application", environment) as served:
        origin = f"http://127.0.0.1:{served.port}"
        seal(andina)
        keep_a_letter(chromium, origin, tmp_path)
        ana = Reader(chromium, origin, andina.ana)
        ana.page.goto(address)
        assert "It is published" in ana.page.locator("main").inner_text()
        shoot(ana.page, "lot-announced")
        ana.page.get_by_role("link", name="Bring the number").click()
        ana.page.fill("textarea[name=signature]", SIGNATURE[:-2])
        press(ana.page)
        assert "not the signature" in ana.page.locator("main").inner_text()
        ana.page.fill("textarea[name=signature]", SIGNATURE)
        press(ana.page)
        assert ana.page.locator("ol.drawn li").count() == 3
        assert troubles_by_axe(ana.page) == []
        drawn = read(andina, lambda: actors(rows_of(lot).filter(place__lte=3)))
        answer(chromium, origin, address, drawn[0], "I accept")
        answer(chromium, origin, address, drawn[1], "I do not accept")
        reserve = read(andina, lambda: actors(rows_of(lot).filter(place__gt=3, asked_at__isnull=False)))[0]
        answer(chromium, origin, address, reserve, "I accept")
        answer(chromium, origin, address, drawn[2], "I accept")
        sitting = read(
            andina,
            lambda: set(Seat.objects.filter(entry=drawn_entry(lot)).values_list("participant", flat=True)),
        )
        assert sitting == {one.participant_id for one in (drawn[0], reserve, drawn[2])}
        for width, scheme in SIZES:
            look = Reader(chromium, origin, andina.ana, width=width, scheme=scheme, language="es")
            look.page.goto(address)
            shoot(look.page, f"lot-drawn-{width}-{scheme}")
            look.close()
        walk_through_an_open_list(chromium, origin, andina.ana, fresh)
        check_the_lot_as_a_stranger(chromium, origin, address, [one.name for one in drawn], tmp_path)
        seal(andina)
        check_the_register_as_a_stranger(chromium, origin, ana, tmp_path)
        ana.close()
    connection.close()


def walk_through_an_open_list(chromium, origin, actor, lot):
    """Look at what is written before a list closes, in Spanish, and correct one's own row."""
    reader = Reader(chromium, origin, actor, language="es")
    for page in ("new/", f"{lot.uuid}/quotas/", f"{lot.uuid}/call-off/", f"{lot.uuid}/row/"):
        reader.page.goto(f"/andina/lots/{page}")
        assert troubles_by_axe(reader.page) == [], page
        shoot(reader.page, f"lot-{page.strip('/').rpartition('/')[2]}")
    reader.page.select_option("select[name=country]", "CL")
    press(reader.page)
    assert "Chile" in reader.page.locator("main").inner_text()
    assert troubles_by_axe(reader.page) == []
    shoot(reader.page, "lot-open")
    reader.close()


def seal(andina):
    """What the worker does after each binding decision, and once a day."""
    with transaction.atomic(), network_scope(andina.network.pk):
        register.make_checkpoint(network=andina.network)


def keep_a_letter(chromium, origin, folder):
    """Keep the checkpoint of a day before the draw, and the program, as anybody may."""
    stranger = Reader(chromium, origin)
    (folder / "letter.txt").write_text(
        stranger.page.request.get(f"{origin}/andina/register/checkpoint").text()
    )
    stranger.page.goto("/andina/register/verify/")
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name="Download verify.py").click()
    download.value.save_as(folder / "verify.py")
    stranger.close()


def run_alone(folder, *words):
    """Run the program in a Python that knows nothing of Tequio."""
    command = [sys.executable, "-I", "-S", "verify.py", *words, "--lang", "en"]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True)


def check_the_register_as_a_stranger(chromium, origin, ana, folder):
    """A member hands the register on; the stranger computes the draw, the refusal and the reserve again."""
    ana.page.goto("/andina/register/")
    with ana.page.expect_download() as download:
        ana.page.get_by_role("link", name="Download the register").first.click()
    download.value.save_as(folder / "register.zip")
    done = run_alone(folder, "register.zip", "--since", "letter.txt")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "is whole" in done.stdout
    assert "Draws by lot among them: 1." in done.stdout
    for kind in ("elections.lot_drawn", "elections.seat_refused"):
        assert kind in done.stdout, "what came since the letter is told"
    with zipfile.ZipFile(folder / "register.zip") as archive:
        assert archive.read("verify.py") == (folder / "verify.py").read_bytes()
        lines = archive.read("register.jsonl").splitlines(keepends=True)
    drawn = next(at for at, line in enumerate(lines) if b'"kind":"elections.seat_refused"' in line)
    lines[drawn] = lines[drawn].replace(b'"came":"', b'"came":"x', 1)
    (folder / "changed.jsonl").write_bytes(b"".join(lines))
    assert run_alone(folder, "changed.jsonl").returncode == 1


def check_the_lot_as_a_stranger(chromium, origin, address, names, folder):
    """Read the sum, take the file along, and do the sum again with no account and no database."""
    stranger = Reader(chromium, origin)
    stranger.page.goto(address)
    assert not any(name in stranger.page.locator("main").inner_text() for name in names)
    stranger.page.get_by_role("link", name="Check it step by step").click()
    assert "it gives the same names" in stranger.page.locator("main").inner_text()
    assert troubles_by_axe(stranger.page) == []
    shoot(stranger.page, "lot-steps")
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name="Download the data").first.click()
    file = folder / "lot.json"
    download.value.save_as(file)
    stranger.close()
    whole = json.loads(file.read_text())
    done = subprocess.run(
        [*TEQUIO, "lottery", "verify", str(file)], capture_output=True, text=True, env=surroundings()
    )
    assert done.returncode == 0, done.stderr
    for said in (whole, changed(whole)):
        file.write_text(json.dumps(said))
        done = run_alone(folder, "lot.json")
        assert done.returncode == (0 if said is whole else 1), done.stderr


def changed(whole):
    """Return the same file with one name moved."""
    panel, reserves = whole["draw"]["panel"], whole["draw"]["reserves"]
    moved = {"panel": [reserves[0], *panel[1:]], "reserves": [panel[0], *reserves[1:]]}
    return {**whole, "draw": {**whole["draw"], **moved}}
