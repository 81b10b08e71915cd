"""A decision answered on a phone from a letter that really travelled, without signing in and without JavaScript; before
that, a mail scanner opened every link of it. Source: EXPERIENCE 3.10, GOV-10, GOV-25, XCT-03."""

import os
import re
import socket
from email import message_from_bytes, policy
from urllib.request import Request, urlopen

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction
from django.test import override_settings

from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Answer
from tests.bench.serving import serve
from tests.decisions.world import propose
from tests.jobs import run_due_jobs
from tests.journeys.conftest import shoot, troubles_by_axe
from tests.journeys.steps import press
from tests.world import build_network

LINK = re.compile(r"http://127\.0\.0\.1:\d+/andina/answer/[\w-]+/(\w+)/")


class Mailbox:
    """A mail server that keeps what it takes, by address; a class as aiosmtpd asks."""

    def __init__(self):
        self.letters = {}

    async def handle_DATA(self, server, session, envelope):
        self.letters[envelope.rcpt_tos[0]] = message_from_bytes(envelope.content, policy=policy.default)
        return "250 taken"


@pytest.fixture
def mailbox():
    handler = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    sends = {
        "SMTP_URL": f"smtp://127.0.0.1:{port}",
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
    }
    with override_settings(**sends):
        yield handler
    controller.stop()


def links_in(letter):
    """Return the links of a letter by the answer that each marks, the same in its text and in its HTML."""
    told = []
    for form in ("plain", "html"):
        body = letter.get_body((form,)).get_content()
        told.append({found.group(1): found.group(0) for found in LINK.finditer(body)})
    assert told[0] == told[1]
    return told[0]


def scan(links):
    """Do as mail scanners do: ask for every link, again and again, with HEAD and GET."""
    for link in [*links.values()] * 2:
        for method in ("HEAD", "GET"):
            with urlopen(Request(link, method=method), timeout=20) as answer:
                assert answer.status == 200


def answers(network):
    with network_scope(network.pk):
        return list(Answer.objects.values_list("position", "way", "given_name"))


def test_a_decision_is_answered_from_a_letter_with_javascript_off(committing, chromium, mailbox):
    """Source: EXPERIENCE 3.10, XCT-03: from the mail to the answer, and what opens links alone never answers."""
    environment = {name: value for name, value in os.environ.items() if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    with serve("tequio.config.wsgi:application", environment) as served:
        origin = f"http://127.0.0.1:{served.port}"
        with override_settings(ORIGIN=origin):
            with transaction.atomic():
                andina = build_network()
                with network_scope(andina.network.pk):
                    decisions.open_round(by=andina.ana, proposal=propose(andina.ana), hours=20)
            run_due_jobs()
        letter = mailbox.letters["beto@example.org"]
        assert "Cuota solidaria" in letter["subject"]
        assert len(letter.as_bytes()) < 20_000
        links = links_in(letter)
        assert list(links) == ["yes", "concern", "object", "pass"]
        scan(links)
        assert answers(andina.network) == []
        answer_on_a_phone(chromium, origin, links)
        assert answers(andina.network) == [("CAN_LIVE_WITH", "LINK", "Beto")]
        other = links_in(mailbox.letters["ana@example.org"])
        look_with_axe(chromium, other["object"])
        assert len(answers(andina.network)) == 1
    connection.close()


def answer_on_a_phone(chromium, origin, links):
    """Open the link of a concern, see it marked, say it in words, and find the link used up afterwards."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="es", base_url=origin
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(links["concern"])
    assert page.locator("input[value=concern]").is_checked()
    assert "Beto" in page.locator("main").inner_text()
    shoot(page, "answer-from-a-letter")
    page.locator("textarea[name=concern]").fill("Que no pese a las más chicas.")
    press(page)
    assert "Tu respuesta quedó guardada" in page.locator("h1").inner_text()
    shoot(page, "answer-from-a-letter-kept")
    page.goto(links["object"])
    assert page.locator("main form").count() == 0
    page.goto("/andina/decisions/1/")
    assert "/entrar/" in page.url  # the link opened nothing else
    context.close()


def look_with_axe(chromium, link):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="es", bypass_csp=True)
    page = context.new_page()
    page.goto(link)
    assert troubles_by_axe(page) == []
    context.close()
