"""The coordination erases what an entry says, with its eyes open."""

import pytest

from tequio.core.actor import system
from tequio.register import selectors, services
from tequio.register.events import Event
from tequio.register.formats import verify
from tequio.register.models import Entry
from tests.conftest import sign_in

said = Event("tests.said", "%(who)s said “%(what)s”.")
bound = Event("tests.bound_again", "%(who)s bound “%(what)s”.", binding=True)


@pytest.fixture
def entry(network, beto):
    return said.record(network, by=beto, what="Rosa Quiroga")


def test_it_says_what_it_does_and_acts_on_confirmation_with_a_ground(client, network, ana, entry):
    sign_in(client, ana)
    url = f"/andina/register/{entry.pk}/erase/"
    english = {"accept-language": "en"}
    page = client.get(url, headers=english)
    assert "Beto said “Rosa Quiroga”." in page.text
    assert "for good" in page.text
    assert "recompute" not in page.text
    assert url in client.get(f"/andina/register/{entry.pk}/").text
    assert client.post(url, {"confirmed": "yes", "ground": ""}).status_code == 422
    assert client.post(url, {"ground": "x"}).status_code == 422
    assert not Entry.objects.get(pk=entry.pk).erased

    assert client.post(url, {"confirmed": "yes", "ground": "LGPD 18"}).status_code == 303
    assert Entry.objects.get(pk=entry.pk).erased
    trace = Entry.objects.get(kind="register.erased")
    assert (trace.facts["ground"], trace.facts["who"]) == ("LGPD 18", "Ana")
    assert "Quiroga" not in client.get(f"/andina/register/{entry.pk}/").text
    services.make_checkpoint(network=network)
    assert verify(selectors.export_lines(system(network.pk), network=network)).ok
    assert client.get(url).status_code == 403  # it has been erased already


def test_a_binding_decision_says_what_will_be_lost(client, network, ana, beto):
    entry = bound.record(network, by=beto, what="dues")
    sign_in(client, ana)
    page = client.get(f"/andina/register/{entry.pk}/erase/", headers={"accept-language": "en"})
    assert "nobody will be able to recompute" in page.text


def test_others_do_not_erase(client, network, beto, entry):
    sign_in(client, beto)
    url = f"/andina/register/{entry.pk}/erase/"
    assert client.get(url).status_code == 403
    assert client.post(url, {"confirmed": "yes", "ground": "x"}).status_code == 403
    assert url not in client.get(f"/andina/register/{entry.pk}/").text
    assert client.get("/andina/register/11111111-1111-4111-8111-111111111111/erase/").status_code == 404
