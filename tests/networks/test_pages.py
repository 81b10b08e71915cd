"""The coordination shows its network to strangers, or hides it."""

from tequio.networks.models import Network
from tequio.register.models import Entry
from tests.conftest import sign_in


def test_the_coordination_takes_the_network_off_the_list_and_back(client, network, ana):
    from django.test import Client

    sign_in(client, ana)
    assert "/andina/settings/" in client.get("/andina/home/").text
    page = client.get("/andina/settings/")
    assert page.status_code == 200
    assert client.post("/andina/settings/", {"listed": "no"}).status_code == 303
    assert not Network.objects.get(pk=network.pk).listed
    assert Client().get("/andina/").status_code == 404
    client.post("/andina/settings/", {"listed": "no"})  # nothing changes, nothing is entered
    client.post("/andina/settings/", {"listed": "yes"})
    assert Client().get("/andina/").status_code == 200
    kinds = Entry.objects.filter(kind__startswith="networks.").order_by("turn").values_list("kind", flat=True)
    assert list(kinds) == ["networks.unlisted", "networks.listed"]
    assert "Guardado" in client.get("/andina/settings/?kept=1").text


def test_nonsense_is_sent_back_and_others_read_why_not(client, network, ana, beto):
    sign_in(client, ana)
    assert client.post("/andina/settings/", {"listed": "maybe"}).status_code == 422
    assert client.post("/andina/settings/", {}).status_code == 422
    sign_in(client, beto)
    assert client.get("/andina/settings/").status_code == 403
    assert "/andina/settings/" not in client.get("/andina/home/").text
