"""The regional survey answered on a phone, in Spanish: the tab is closed half-way, the signal goes, the button is tapped
three times; nothing is lost and nothing comes twice. Then without JavaScript. Source: SUR-01, EXPERIENCE 3.7."""

import os

from django.db import connection, transaction

from tequio.core.scoping import network_scope
from tequio.surveys.models import Reply
from tequio.surveys.rules.templates import template
from tequio.surveys.selectors.answering import values_of
from tests.bench.serving import serve
from tests.journeys.conftest import shoot, troubles_by_axe
from tests.surveys.field import open_a_survey
from tests.world import build_network

PAGE = "/andina/survey/campo/"
PHONE = {"width": 360, "height": 740}


def replies(network):
    with network_scope(network.pk):
        return [
            (one.organization_name, one.sent_at is not None, dict(values_of(one)))
            for one in Reply.objects.all()
        ]


def test_a_survey_is_answered_offline_then_online_once(committing, chromium):
    """Source: SUR-01: closed half-way, offline, tapped three times: one reply, whole."""
    environment = {name: value for name, value in os.environ.items() if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    with transaction.atomic():
        andina = build_network()
        with network_scope(andina.network.pk):
            open_a_survey(andina.ana, template("regional_mapping"))
    with serve("tequio.config.wsgi:application", environment) as served:
        origin = f"http://127.0.0.1:{served.port}"
        on_a_bus(chromium, origin, andina.network)
        without_script(chromium, origin)
        look_with_axe(chromium, origin)
    assert [(name, sent) for name, sent, _said in replies(andina.network)] == [
        ("Junta del Agua Clara", True),
        ("Casa del Río", True),
    ]
    connection.close()


def on_a_bus(chromium, origin, network):
    """Begin, lose the tab, begin again where it was, lose the signal, tap three times, get the signal back."""
    context = chromium.new_context(viewport=PHONE, locale="es", base_url=origin)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(PAGE)
    shoot(page, "survey")
    which = page.locator("[name='q:organisation_type:which']")
    assert not which.is_visible()
    page.check("[name='q:organisation_type'][value=other]")
    assert which.is_visible()
    fill(page, "Junta del Agua")
    page.locator("#kept", has_text="Ya se guardó en este teléfono").wait_for()
    page.locator("[name='q:organisation_name']").fill("Junta del Agua Clara")
    page.close()  # at once: the last letter is kept
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(PAGE)
    assert page.locator("[name='q:organisation_name']").input_value() == "Junta del Agua Clara"
    assert page.locator("[name='q:country'][value=CO]").is_checked()
    context.set_offline(True)
    page.locator("button[value=later]").click()
    page.locator("#kept", has_text="Ya se guardó en este teléfono").wait_for()
    page.evaluate("() => { for (const _ of [1, 2, 3]) document.querySelector('#answers .btn').click() }")
    page.locator("#kept", has_text="Sin señal").wait_for()
    shoot(page, "survey-without-signal")
    assert replies(network) == []
    context.set_offline(False)
    page.wait_for_url("**/done/")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    shoot(page, "survey-done")
    [(_name, _sent, said)] = replies(network)
    assert said["country"].chosen == ("CO",)
    context.close()


def fill(page, name):
    page.locator("[name='q:organisation_name']").fill(name)
    page.locator("label.option", has=page.locator("[name='q:country'][value=CO]")).click()
    for field in page.locator("fieldset:has(legend .m)").all():  # what is needed
        if not field.locator(":checked").count():
            field.locator("label.option").first.click()


def without_script(chromium, origin):
    context = chromium.new_context(viewport=PHONE, locale="es", base_url=origin, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(PAGE)
    fill(page, "Casa del Río")
    page.locator("button[value=later]").click()
    page.locator("main a.btn").click()
    assert page.locator("[name='q:organisation_name']").input_value() == "Casa del Río"
    page.locator("#answers .btn").first.click()
    assert page.url.endswith("/done/")
    context.close()


def look_with_axe(chromium, origin):
    context = chromium.new_context(viewport=PHONE, locale="es", base_url=origin, bypass_csp=True)
    page = context.new_page()
    page.goto(PAGE)
    assert troubles_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
