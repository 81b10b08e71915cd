"""The program itself, running as anybody would start it, and a real browser in front of it."""

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree, which
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.homes import TEQUIO, grown_home, surroundings
from tests.ports import free_port

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("TEQUIO_SHOTS", "")
CHROMIUM = next(
    filter(None, [os.environ.get("TEQUIO_CHROMIUM"), *map(which, ("chromium-headless-shell", "chromium"))]),
    None,
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # nothing is drawn by one, and a process of its own costs each page a tenth
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Demo:
    """A running ``tequio demo``: its address, its home folder, its characters as ``demo.json`` lists them."""

    address: str
    home: Path
    characters: list[dict[str, Any]]

    def link_of(self, name: str) -> str:
        return next(str(c["link"]) for c in self.characters if c["name"] == name)


def _wait_for(address: str, process: subprocess.Popen[bytes], *, told: Path, log: Path) -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200 and told.exists():
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"tequio demo did not come up:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """Start ``tequio demo`` on the sample networks, in a home of its own; stop it as Ctrl-C does.

    While writing a journey, ``JOURNEYS_ON=<home of a demo that runs already>`` spares the start.
    """
    if running := os.environ.get("JOURNEYS_ON"):
        told = json.loads(Path(running, "demo.json").read_text())
        yield Demo(told["address"].rstrip("/"), Path(running), told["characters"])
        return
    folder = Path(tempfile.mkdtemp(prefix="tequio-demo-"))
    folder.chmod(0o711)
    home = grown_home(folder)
    port = free_port()
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*TEQUIO, "demo", "--port", str(port), "--home", str(home)],
            stdout=output, stderr=output, env=surroundings(),
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process, told=home / "demo.json", log=log)
        told = json.loads((home / "demo.json").read_text())
        yield Demo(address, home, told["characters"])
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the system's, or Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """``open_page(width=360, script=False, language="es")``: a page with cookies of its own."""
    contexts = []

    def make(*, width: int = 360, script: bool = False, language: str = "es", scheme: str = "light") -> Page:
        context = chromium.new_context(
            base_url=demo.address,
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            bypass_csp=script,
            locale=language,
            color_scheme=scheme,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield make
    for context in contexts:
        context.close()


def troubles_by_axe(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the page as it stands; the page needs scripts on."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "(tags) => axe.run({runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}},"
        " resultTypes: ['violations'], preload: {assets: ['media']}})"  # no rule of these tags reads style sheets
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | ')))",
        TAGS,
    )
    return list(found)


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page when TEQUIO_SHOTS names a folder."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
