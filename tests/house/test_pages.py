"""What every page promises: its weight, its queries, its shape, in three languages and without script."""

import os
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.core.scoping import network_scope
from tests.conftest import is_data
from tests.house.addresses import staying
from tests.house.furnish import fill_up
from tests.house.rich import Opened, Rich, content_of, opened

QUERIES = Path(__file__).with_name("queries.txt")
CSS = Path(__file__).resolve().parents[2] / "tequio" / "web" / "static" / "web" / "tequio.css"
WHOLE = os.environ.get("PROOF") == "1"
OTHERS = ("pt-br", "en")
LONG = ("charter", "found", "register", "mis-datos")
MORE = {
    "/cuenta/mis-datos/": 9,  # a download: three for each network that one takes part in
    "/<slug:network>/membership/data.json": 16,  # a download: one question a table
    "/<slug:network>/organizations/": 12,
    "/cuenta/llaves/nueva/": 9,  # the challenge of a passkey is kept in the session
}


def packed(content: bytes) -> int:
    return len(zlib.compress(content, 6)) + 18


def test_every_page_keeps_its_shape_and_weight_in_spanish(pages_opened: list[Opened]):
    """Nobody opens every page as a first one, with its style inside; Ana as a next one, with its style at hand."""
    read = [page for page in pages_opened if page.reader in ("ana", "nobody") and page.first]
    assert_shaped((page, "es") for page in read)


def test_every_page_keeps_its_shape_and_weight_in_portuguese_and_english(rich: Rich):
    """Ana reads in one language and nobody in the other, the other way round tomorrow; PROOF=1 takes both for both."""
    assert_shaped(opened_in_turn(rich))


def opened_in_turn(rich: Rich) -> Iterator[tuple[Opened, str]]:
    today = datetime.now(tz=UTC).toordinal()
    for turn, reader in enumerate(("ana", "nobody")):
        client = rich.client(reader, known=True)
        for language in OTHERS if WHOLE else [OTHERS[(today + turn) % 2]]:
            client.cookies["language"] = language
            for address in staying():
                path = rich.paths(address)[0]
                yield opened(client, reader, address, path, first=True), language


def assert_shaped(pages: Iterable[tuple[Opened, str]]) -> None:
    seen, troubles = 0, []
    for page, language in pages:
        if page.status == 200 and page.html:
            seen += 1
            troubles += [f"{page.path} {language}: {trouble}" for trouble in troubles_of(page, language)]
    assert seen > 200
    assert not troubles, "\n".join(troubles[:40])


def troubles_of(page: Opened, language: str) -> Iterator[str]:
    yield from faults(page.html.encode(), language, page.path)
    yield from style_faults(page, first=page.reader == "nobody")


def style_faults(page: Opened, *, first: bool):
    """Yield what is wrong with a page's style: a first page holds our stylesheet, no other holds any.

    Only pages that ask what a survey asks, and reports, bring a few rules of their own besides.

    Whatever a page holds, its policy allows the style of a first page by its hash, and nothing else.
    """
    inside = re.findall(r"<style[^>]*>(.*?)</style>", page.html, re.DOTALL)
    sources = re.search(r"style-src ([^;]*)", page.policy)
    allowed = sources[1].split() if sources else []
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inside]
    own = [text for text in inside if text.startswith(("@supports selector(:has(a))", ".later{"))]
    brings = re.search(r"<form[^>]* data-keep=", page.html) or "/report/" in page.path
    if inside != ([CSS.read_text()] if first else []) + (own[:1] if brings else []):
        yield f"holds {len(inside)} stylesheets that it should not, or lacks its own"
    if sorted(allowed) != sorted(["'self'", *hashes]):
        yield f"allows the styles {allowed}"


def faults(content: bytes, language: str, path: str):
    """Yield what a page breaks, in words."""
    html = content.decode()
    long = any(word in path for word in LONG)
    first = b"<style" in content
    if packed(content) > ((30 if long else 14) if first else (24 if long else 8)) * 1024:
        yield f"weighs {packed(content)} bytes as a {'first' if first else 'next'} page"
    if f'<html lang="{language}"' not in html.lower().replace("pt-br", "pt-br"):
        yield "does not say its language"
    if html.count("<h1") != 1:
        yield f"has {html.count('<h1')} first headings"
    if re.search(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", html):
        yield "has a script in the page"
    if re.search(r"<[^>]*\s(style|on\w+)=", html):
        yield "has style or a handler in an element"
    if re.search(
        r"""(?:src|href|action)=["'](?:https?:)?//(?!127|testserver)""",
        html.replace("https://www.geonames.org", ""),
    ):
        yield "leads somewhere else"
    if "<!--weight-->" in html:
        yield "does not say its weight"
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", html, re.DOTALL):
        if 'name="key"' in form:  # of somebody without an account: signed, so that it needs no cookie
            continue
        if 'name="once"' not in form or "csrfmiddlewaretoken" not in form:
            yield "has a form without a key"


def written() -> dict[str, int]:
    """Return the count of each page that was written down."""
    lines = [line.split(maxsplit=1) for line in QUERIES.read_text().splitlines()]
    return {route: int(number) for number, route in lines}


def counted(rich: Rich, *, known: dict[str, int]) -> dict[str, int]:
    """Count the queries of each page when it is opened again; at once, where the count is the one known already."""
    client, found = rich.client("ana"), {}
    for address in staying():
        path = rich.paths(address)[0]
        number = counted_once(client, path)
        if number != known.get(address.route):
            number = counted_once(client, path)
        if number is not None:
            found[address.route] = number
    return found


def counted_once(client: Client, path: str) -> int | None:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        content_of(answer)
    data = [query for query in captured.captured_queries if is_data(query["sql"])]
    return len(data) if answer.status_code == 200 else None


def test_the_queries_of_every_page_are_few_exact_and_do_not_grow(rich: Rich):
    few = counted(rich, known={} if os.environ.get("UPDATE") else written())
    ana = rich.actors["ana"]
    with network_scope(ana.network_id):
        fill_up(by=ana, rows=27)
    many = counted(rich, known=few)
    grown = {route: (few[route], many[route]) for route in few if many.get(route) != few[route]}
    said = "".join(f"{number:>4}  {route}\n" for route, number in sorted(few.items()))
    if os.environ.get("UPDATE"):
        QUERIES.write_text(said)
    assert not grown, f"queries grow with the rows: {grown}"
    assert said == QUERIES.read_text(), (
        "read the difference, then: UPDATE=1 .venv/bin/pytest tests/house/test_pages.py"
    )
    over = {r: n for r, n in few.items() if n > MORE.get(r, 8)}
    assert not over, over


def test_the_stylesheet_travels_compressed_and_stays(client):
    answer = client.get("/static/web/tequio.css?v=1", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(content_of(answer)) < 7 * 1024
    assert "max-age=31536000" in answer["Cache-Control"]
