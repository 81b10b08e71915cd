"""Nothing that anybody sends gets a 500, and nothing comes back unescaped.

A seeded sample in each run (the seed is printed when it fails); everything with PROOF=1.
"""

import os
import random
import re
from copy import deepcopy
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from tests.house.addresses import staying
from tests.house.rich import READERS, content_of, is_page

CANARY = "<b onmouseover=x>kanarie'\""
PAYLOADS = {
    "nothing": "",
    "markup": CANARY,
    "nul": "a\0b",
    "surrogate": "a\udcffb",
    "big number": str(2**64),
    "negative": "-1",
    "float": "1e308",
    "long": "x" * 1_000_000,
    "right to left": "\u202eabc\u202d \u0627\u0644",
    "template": "{{ 7|add:7 }}{% debug %}${7*7}",
    "percent": "%(x)s %s %n",
    "path": "../../etc/passwd",
    "sql": "'; DROP TABLE people_person; --",
    "emoji": "👩🏽\u200d🌾" * 50,
    "lines": "a\r\nSet-Cookie: x=y",
}
WHOLE = os.environ.get("PROOF") == "1"
SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(10**6)))
SAMPLE = 260


def sent(text: str) -> str:
    """Return what arrives: lone surrogates travel as bytes that are not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1") if "\udcff" in text else text


def attempts(pages):
    """Yield (reader, method, path, data) for each form and address with each payload in each field."""
    for reader, path, forms in pages:
        for name, payload in PAYLOADS.items():
            yield (
                reader,
                "get",
                path,
                {"q": payload, "page": payload, "after": payload, "next": payload},
                name,
            )
            for form in forms:
                for field in form.values:
                    if field in ("csrfmiddlewaretoken", "once"):
                        continue
                    data = {key: list(values) for key, values in form.values.items()}
                    data[field] = [payload]
                    yield reader, form.method, urlsplit(form.action).path or path, data, name


def test_no_input_breaks_a_page(rich, pages_opened):
    everything = list(attempts((page.reader, page.path, page.forms) for page in pages_opened))
    chosen = everything if WHOLE else random.Random(SEED).sample(everything, min(SAMPLE, len(everything)))
    clients = {reader: rich.client(reader) for reader in READERS}
    broken = [trouble for attempt in chosen if (trouble := try_one(clients, attempt))]
    assert len(everything) > 1000
    assert not broken, f"SEED={SEED}\n" + "\n".join(broken[:20])


def try_one(clients: dict[str, Client], attempt) -> str:
    reader, method, path, data, payload = attempt
    client = clients[reader]
    cookies = deepcopy(client.cookies)
    data = {
        key: [sent(v) for v in values] if isinstance(values, list) else sent(values)
        for key, values in data.items()
    }
    try:
        with transaction.atomic():
            answer = getattr(client, method)(path, data)
            raise _Undo
    except _Undo:
        client.cookies = cookies
    said = f"{reader} {method.upper()} {path} {payload}: {answer.status_code}"
    if answer.status_code >= 500:
        return said
    if CANARY in content_of(answer).decode(errors="replace") and is_page(answer):
        return f"{said}, reflected unescaped"
    return ""


class _Undo(Exception):
    """What an attempt wrote is taken back, so that the attempts do not depend on one another."""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_address_breaks_a_page(rich, payload):
    """Put the payload where a name, a number or a token stands in an address."""
    client = rich.client("ana")
    client.raise_request_exception = False
    text = quote(sent(PAYLOADS[payload])[:3000].encode("utf-8", "replace"), safe="")
    routes = [address.route.replace("<slug:network>", "andina") for address in staying()]
    named = [route for route in routes if "<" in route]
    chosen = named if WHOLE else random.Random(f"{SEED} {payload}").sample(named, len(named) // 5)
    assert len(named) > 100
    for route in chosen:
        path = re.sub(r"<[^>]+>", lambda _m: text or "x", route)
        answer = client.get(path)
        assert answer.status_code < 500, f"SEED={SEED} {path[:200]}"
        assert CANARY not in content_of(answer).decode(errors="replace")
