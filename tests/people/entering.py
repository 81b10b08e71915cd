"""How tests come in: by a code that was mailed."""

import re

from django.conf import settings
from django.test import Client

from tequio.notify.models import Letter
from tequio.people.sessions import hashed

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def last_code(address: str) -> str:
    letter = Letter.objects.filter(address=address).order_by("-pk").first()
    found = CODE.search(letter.text)
    assert found
    return found.group()


def enter(client: Client, address: str, *, code: str = "", target: str = "") -> object:
    client.post("/entrar/", {"email": address, "next": target})
    return client.post("/entrar/codigo/", {"code": code or last_code(address.lower())})


def device_of(client: Client) -> str:
    return hashed(client.cookies[settings.SESSION_COOKIE_NAME].value)
