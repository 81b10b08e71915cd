"""A device's first page brings its style along, allowed by its hash alone; the next pages link the file."""

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from tequio.web import first_visit, stylesheet

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip"}


def page(answer: Any) -> str:
    content = answer.content
    return (gzip.decompress(content) if answer.get("Content-Encoding") == "gzip" else content).decode()


def styles(html: str) -> list[str]:
    return re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)


@pytest.mark.parametrize("headers", [GZIP, {}], ids=["compressed", "plain"])
def test_the_first_page_carries_the_stylesheet_and_a_policy_that_names_it(
    client: Client, headers: dict[str, str]
):
    answer = client.get("/about/", headers=headers)

    inside = styles(page(answer))
    digest = b64encode(sha256(inside[0].encode()).digest()).decode()
    style_src = re.search(r"style-src ([^;]*)", answer["Content-Security-Policy"])
    assert inside == [stylesheet.joined()]
    assert style_src
    assert set(style_src[1].split()) == {f"'sha256-{digest}'", "'self'"}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert '<link rel="stylesheet" href="/static/web/tequio.css' not in page(answer).partition("<body")[0]


@pytest.mark.parametrize("headers", [GZIP, {}], ids=["compressed", "plain"])
def test_the_next_page_links_the_file_under_the_policy_of_every_page(client: Client, headers: dict[str, str]):
    client.get("/about/", headers=headers)
    answer = client.get("/accessibility/", headers=headers)

    assert styles(page(answer)) == []
    assert first_visit.sheet().link.decode() in page(answer)
    assert "style-src 'self';" in answer["Content-Security-Policy"]
    assert first_visit.cookie() not in answer.cookies


def test_the_file_is_fetched_behind_the_first_page_unless_data_is_to_be_saved(client: Client):
    answer = page(client.get("/about/"))
    assert answer.count('media="not all"') == 1
    assert answer.index('media="not all"') > answer.index("</footer>")

    spared = Client().get("/about/", headers={"save-data": "on"})
    assert "not all" not in page(spared)
    assert styles(page(spared))


def test_the_cookie_holds_the_version_of_the_stylesheet_and_no_more(client: Client):
    first, other = (Client().get("/about/").cookies[first_visit.cookie()] for _ in range(2))

    assert first.value == other.value == first_visit.sheet().version
    assert first["httponly"]
    assert first["samesite"] == "Lax"


def test_a_new_stylesheet_is_carried_again(client: Client):
    client.cookies[first_visit.cookie()] = "of last year"
    assert styles(page(client.get("/about/")))


def test_a_page_says_what_it_weighed_with_its_style(client: Client):
    answer = client.get("/about/", headers=GZIP)
    said = re.search(r'<span class="n">(\d+)</span> KB', page(answer))
    assert said
    assert abs(int(said[1]) - len(answer.content) / 1024) < 1


def test_files_and_refusals_are_left_alone(client: Client):
    assert first_visit.cookie() not in client.get("/healthz").cookies
    missing = Client().get("/nothing/here/", headers=GZIP)
    assert missing.status_code == 404
    assert styles(page(missing)) == [stylesheet.joined()]
