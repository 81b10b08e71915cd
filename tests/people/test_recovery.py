"""Lost access."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.notify.models import Letter
from tequio.people import selectors, services
from tequio.people.models import Person
from tequio.register.models import Entry
from tests.people.entering import enter, last_code


def ask_recovery(client: Client, old: str, new: str, where: str = "andina") -> None:
    client.post("/entrar/sin-acceso/", {"old": old, "email": new, "network": where})
    page = client.post("/entrar/sin-acceso/codigo/", {"code": last_code(new)})
    assert page.headers["Location"] == "/entrar/sin-acceso/pedido/"


@pytest.mark.django_db
def test_two_people_bring_somebody_back(
    client: Client, network: Network, ana: Actor, beto: Actor, dora: Actor, run_jobs
) -> None:  # type: ignore[no-untyped-def]
    phone = Client()
    enter(phone, "beto@example.org")
    ask_recovery(client, "beto@example.org", "beto.nuevo@example.org")
    [found] = selectors.open_recoveries()
    address = f"/andina/people/recovery/{found.uuid}/"
    readers = {name: Client() for name in ("ana", "beto", "dora")}
    for name, reader in readers.items():
        enter(reader, f"{name}@example.org")
    assert readers["beto"].get(address).status_code == 404
    assert readers["ana"].get(address).status_code == 200
    for _ in range(3):
        readers["ana"].post(address, {"answer": "yes"})
    found.refresh_from_db()
    assert found.ready_at is None
    readers["dora"].post(address, {"answer": "yes"})
    found.refresh_from_db()
    assert found.ready_at is not None
    assert not services.finish_recovery(recovery=found)
    with clock.at(found.ready_at + timedelta(minutes=1)):
        assert services.finish_recovery(recovery=found)
    assert Person.objects.get(pk=beto.person_id).email == "beto.nuevo@example.org"
    assert phone.get("/cuenta/").status_code == 302
    told = set(
        Letter.objects.filter(key__startswith=f"people.recovery_done:{found.uuid}").values_list(
            "address", flat=True
        )
    )
    assert told == {"beto@example.org", "beto.nuevo@example.org"}
    kinds = list(Entry.objects.order_by("turn").values_list("kind", flat=True))
    assert [kind for kind in kinds if "recover" in kind] == [
        "people.recovery_asked", "people.recovery_vouched", "people.recovery_vouched", "people.recovered",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_old_address_can_say_no(client: Client, network: Network, ana: Actor, beto: Actor) -> None:
    ask_recovery(client, "beto@example.org", "thief@example.org")
    letter = Letter.objects.get(address="beto@example.org")
    [link] = re.findall(r"/entrar/sin-acceso/no/\S+", letter.text)
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 200
    assert not selectors.open_recoveries().exists()
    assert client.get(link).status_code == 404


@pytest.mark.django_db
def test_asking_for_nobody_looks_the_same(client: Client, network: Network, ana: Actor) -> None:
    ask_recovery(client, "nobody@example.org", "new@example.org")
    ask_recovery(Client(), "ana@example.org", "new2@example.org", where="nowhere")
    assert not selectors.open_recoveries().exists()
