"""What people and programs send at the door that nobody expects: an answer in words, never a breakdown."""

import os
import random
from urllib.parse import urlencode

import pytest

from tequio.membership import selectors
from tequio.membership.models import Application
from tequio.networks.models import Criterion
from tests.conftest import sign_in
from tests.membership.test_applications import ask_to_join
from tests.membership.test_pages import typed

PROOF = os.environ.get("PROOF") == "1"
NONSENSE = [
    "\0",
    "\ud800",
    "9" * 30,
    "-1",
    "x" * 100_000,
    "\u202eabc",
    "{{ 7|add:7 }}",
    "<script>alert(1)</script>",
    "",
    "𝟵",
]


def send(client, path, fields):
    """Send a form as a browser does; what is no text at all travels as bytes."""
    body = urlencode({name: value.encode(errors="surrogatepass") for name, value in fields.items()})
    return client.post(path, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_no_field_breaks_the_page(client, network, ana, nonsense):
    criterion = Criterion.objects.create(texts={"es": "¿Trabajan aquí?"}, position=1)
    fields = list(typed(criterion))
    for field in fields if PROOF else random.Random(nonsense.encode(errors="replace")).sample(fields, 2):
        sent = typed(criterion, **{field: nonsense})
        answer = send(client, "/andina/join/", sent)
        assert answer.status_code in (303, 400, 422), field
        assert "<script>alert" not in answer.text
    application = ask_to_join(network, name="Única")
    token = selectors.token_of(application)
    sign_in(client, ana)
    for path in ("decline/", "admit/", "decide/"):
        answer = send(client, f"/andina/applications/{application.uuid}/{path}", {"reasons": nonsense})
        assert answer.status_code < 500
    assert client.get(f"/andina/join/{application.uuid}/{token}/").status_code == 200
    assert all("\0" not in each.name for each in Application.objects.all())
