"""The coordination downloads its network from a phone; it comes into an empty installation, and written out again it is
the same file, byte for byte. Source: XCT-02, XCT-04."""

import hashlib
import json
import subprocess
import tempfile
import zipfile
from pathlib import Path
from shutil import rmtree

import pytest

from tequio.cli import server
from tests.homes import TEQUIO, bare_home, surroundings
from tests.journeys.conftest import shoot, troubles_by_axe
from tests.journeys.steps import wait_until


@pytest.fixture
def another_server():
    """A folder for another installation, and for what is carried there."""
    folder = Path(tempfile.mkdtemp(prefix="tequio-elsewhere-"))
    folder.chmod(0o711)
    yield folder
    server.stop(folder / "home")
    rmtree(folder, ignore_errors=True)


def begin(*command: object) -> "subprocess.Popen[str]":
    """Start the command as somebody would on the other server."""
    return subprocess.Popen(
        [*TEQUIO, *map(str, command)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings(),
    )  # fmt: skip


def said(started: "subprocess.Popen[str]") -> str:
    """Wait for a command, and return what it said."""
    out, wrong = started.communicate(timeout=300)
    assert started.returncode == 0, wrong
    return out


def test_a_network_moves(demo, open_page, another_server):
    home = bare_home(another_server)
    preparing = begin("init", "--home", home)
    page = open_page(width=360)
    page.goto(demo.link_of("Ana (ejemplo)"))
    page.goto("/cila/settings/")
    page.get_by_role("link", name="Copias para llevar").click()
    page.get_by_role("radio", name="Toda la red").check()
    page.get_by_role("button", name="Hacer la copia").click()
    page.goto("/cila/home/")  # the page can be left, and come back to
    link = page.get_by_role("link", name="Descargar")
    wait_until(page, "/cila/copies/", lambda _page: link.count() > 0)
    shoot(page, "copies")
    with page.expect_download() as waiting:
        link.first.click()
    archive = another_server / "cila.zip"
    waiting.value.save_as(archive)
    assert hashlib.sha256(archive.read_bytes()).hexdigest() in page.content()

    said(preparing)
    told = json.loads(said(begin("import", "network", archive, "--home", home, "--json")))
    assert told["network"] == "cila"
    again = another_server / "again.zip"
    said(begin("export", "cila", again, "--whole", "--home", home))

    assert again.read_bytes() == archive.read_bytes()
    with zipfile.ZipFile(again) as file:
        (another_server / "register.jsonl").write_bytes(file.read("register/register.jsonl"))
    assert "CILA" in said(begin("verify", another_server / "register.jsonl"))


def test_the_page_of_copies_is_for_everybody(demo, open_page):
    """WCAG 2.2 AA, at 320 px and at 1280."""
    for width in (320, 1280):
        page = open_page(width=width, script=True)
        page.goto(demo.link_of("Ana (ejemplo)"))
        page.goto("/cila/copies/")
        assert troubles_by_axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
