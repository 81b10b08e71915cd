"""Every page in a real browser: no barrier that axe can find, nothing wider than a small phone, no third party.

One language a run (``PAGES_IN`` or by the day), all three with PROOF=1. Source: LRN-13, XCT-01, XCT-03.
"""

import os
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Error

from tests.journeys.conftest import AXE, shoot, troubles_by_axe

LANGUAGES = ("es", "pt-br", "en")
TODAY = LANGUAGES[datetime.now(tz=UTC).toordinal() % 3]
CHOSEN = LANGUAGES if os.environ.get("PROOF") == "1" else (os.environ.get("PAGES_IN", TODAY),)
STARTS = (
    "/",
    "/start/",
    "/cuenta/",
    "/about/",
    "/components/",
    "/cila/home/",
    "/cila/care/",
    "/cila/join/",
    "/cila/code/",
)
SKIPPED = (
    "/register/export",
    "/verify.py",
    ".ics",
    ".csv",
    "/mis-datos/",
    "/checkpoint",
    "/files/",
    "/data.json",
    "/static/",
    "/salir/",
    "/entrar/salir",
    "/entrar/invitacion/",
    "/entrar/demo/",
    "/outbox/",
)
MOST_OF_A_KIND = 2


def kind_of(path: str) -> str:
    """Fold what differs between pages of one kind: numbers, long names, the search in the address."""
    parts = [part if part.isalpha() or ("-" in part and len(part) < 20) else "*" for part in path.split("/")]
    return "/".join(parts[:2] + ["*" if len(part) > 24 else part for part in parts[2:]])


def visited(page, path):
    """Open a page; None for a file, which a browser takes instead."""
    try:
        return page.goto(path)
    except Error as trouble:
        if "Download is starting" not in str(trouble):
            raise
        return None


def crawl(page, starts):
    """Yield every page that links reach, two of each kind, without leaving the site."""
    waiting, seen, kinds = list(starts), set(starts), {}
    while waiting:
        path = waiting.pop(0)
        answer = visited(page, path)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        yield path, answer
        for href in page.locator("a[href]:not([download])").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        ):
            target = urlsplit(urljoin(page.url, href))
            found = target.path
            if (
                target.scheme not in ("http", "https")
                or target.netloc not in ("", urlsplit(page.url).netloc)
                or any(word in found for word in SKIPPED)
            ):
                continue
            kind = kind_of(found)
            if found in seen or kinds.get(kind, 0) >= MOST_OF_A_KIND:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.add(found)
            waiting.append(found)


@pytest.mark.parametrize("language", CHOSEN)
def test_every_page_is_open_to_everybody(open_page, demo, language):
    who = {"es": "Ana (ejemplo)", "pt-br": "João (exemplo)", "en": "Inés (ejemplo)"}[language]
    page = open_page(width=360, script=True, language=language)
    page.context.add_init_script(path=AXE)
    outside, faults, count = [], [], 0
    page.on(
        "request", lambda request: outside.append(request.url) if demo.address not in request.url else None
    )
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(demo.link_of(who))
    for path, answer in crawl(page, STARTS):
        count += 1
        faults += [f"{path}: {answer.status}"] if answer.status >= 400 else []
        faults += [f"{path}: {trouble}" for trouble in troubles_by_axe(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{path}: {wide} px wider than a phone"] if wide > 0 else []
        shoot(page, f"page-{language}-{count:03}")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/cila/home/")
    tops = page.locator("nav.tabs a:visible").evaluate_all(
        "all => all.map(a => a.getBoundingClientRect().top)"
    )
    assert [tops.count(top) for top in sorted(set(tops))] == [3, 2]  # no tab alone on the smallest phone
    assert count > 40
    assert not [url for url in outside if not url.startswith("data:")]
    assert not faults, "\n".join(faults)
