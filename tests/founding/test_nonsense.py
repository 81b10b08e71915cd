"""Nothing that is sent breaks a page of founding, or comes back as it was sent."""

import re

import pytest

from tequio.founding import rules
from tests.founding.test_pages import signed_in

NASTY = (
    "\0", "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "2" * 40, str(2**64), "-1", "NaN", "Infinity",
    "1e400", "{{ 7|add:7 }}{% now %}", "\u202e<script>alert(1)</script>", "x" * 100_000, "٣", "[]",
)  # fmt: skip


@pytest.fixture
def client(rosa):
    return signed_in(rosa)


@pytest.mark.parametrize("topic", [topic.code for topic in rules.TOPICS])
def test_nothing_that_is_sent_breaks_a_topic(client, started, topic):
    fields = re.findall(r'name="([a-z_0-9]+)"', client.get(f"/{started.slug}/found/{topic}/").text)
    for nasty in NASTY:
        sent = {field: nasty for field in fields if field not in ("csrfmiddlewaretoken", "once", "leave")}
        page = client.post(f"/{started.slug}/found/{topic}/", sent)
        assert page.status_code in (303, 422), (topic, nasty[:20], page.status_code)
        assert "<script>alert" not in page.text


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_that_is_sent_breaks_the_other_forms(client, started, nasty):
    slug = started.slug
    for page, sent in (
        (
            "/start/",
            {"name": nasty, "founder": nasty, "organization": nasty, "languages": nasty, "listed": nasty},
        ),
        (f"/{slug}/found/invite/", {"name": nasty, "email": nasty, "organization": nasty, "language": nasty}),
        (f"/{slug}/found/step/1/", {"state": nasty}),
        (f"/{slug}/found/text/purpose/", {"language": nasty, "choice": nasty, "joined": nasty}),
        (f"/{slug}/charter/ratify/", {"x": nasty}),
    ):
        assert client.post(page, sent).status_code < 500, page
        assert client.get(page, {"lang": nasty, "members": nasty, "sent": nasty}).status_code < 500, page
    assert client.get(f"/{slug}/found/compare/", {"members": nasty}).status_code == 200
