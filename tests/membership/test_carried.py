"""The same organization joins a second network without typing again, and nobody learns that it is in two. Source: CTX-02,
XCT-02, MEM-02."""

import pytest
from django.test import Client

from tequio.core.scoping import network_scope
from tequio.founding import services as founding
from tequio.membership import services as membership
from tequio.membership.models import Application
from tequio.people import services as people
from tequio.people.models import Organization, Person
from tequio.people.rules.organizations import Details
from tequio.people.selectors import carried, carried_details, carried_one, find_actor
from tests.conftest import sign_in

KEY = "8b0b6c0c-5f43-4a49-9d5e-1d6f4be02a0"


@pytest.fixture
def casa(elsewhere, carla) -> Organization:
    """Carla's organization in the other network, with all that it wrote there."""
    with network_scope(elsewhere.network.pk):
        row = Organization.objects.get(name="Casa Comum")
        details = Details(
            name="Casa Comum", kind="NGO", country="BR", cities=("Recife",), themes=("agua",), languages=("pt-br",),
            aliases=("CC",), about={"pt-br": "Cuidamos da água.", "es": "Cuidamos el agua."},
            website="https://casa.example", email="casa@casa.example", phone="+55 81 1",
        )  # fmt: skip
        return people.change_organization(by=carla, organization=row, details=details)


def person(actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def test_who_takes_part_elsewhere_finds_the_form_filled(client: Client, network, carla, casa):
    sign_in(client, carla)
    page = client.get("/andina/join/bring/")
    assert "Casa Comum" in page.text
    page = client.get(f"/andina/join/?bring={casa.uuid}")
    assert 'value="Casa Comum"' in page.text
    assert "Recife" in page.text
    assert "https://casa.example" in page.text
    assert "carla@example.org" in page.text


def test_it_is_admitted_under_its_own_uuid_with_what_no_form_asks(client, andina, network, ana, carla, casa):
    sign_in(client, carla)
    answer = client.post(
        f"/andina/join/?bring={casa.uuid}",
        {"name": "Casa Comum", "kind": "NGO", "country": "BR", "cities": "Recife", "about": "Cuidamos el agua.",
         "why": "Por el río", "contact_name": "Carla", "contact_email": "carla@example.org", "language": "es",
         "once": KEY + "1"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text[:3000]
    with network_scope(andina.network.pk):
        application = Application.objects.get(name="Casa Comum")
        membership.admit(by=ana, network=andina.network, application=application)
        row = Organization.objects.get(name="Casa Comum")
        assert row.uuid == casa.uuid
        assert row.pk != casa.pk
        assert row.themes == ["agua"]
        assert row.about["pt-br"] == "Cuidamos da água."


def test_nobody_sees_that_it_is_in_two(client, andina, network, ana, beto, carla, casa):
    """Source: XCT-02. Neither the coordination that reads the request, nor a stranger who guesses the portable UUID."""
    sign_in(client, beto)
    assert "Casa Comum" not in client.get("/andina/join/bring/").text
    page = client.get(f"/andina/join/?bring={casa.uuid}").text
    assert "Casa Comum" not in page
    stranger = Client()
    assert "Casa Comum" not in stranger.get(f"/andina/join/?bring={casa.uuid}").text
    assert stranger.get("/andina/join/bring/").status_code == 302
    with network_scope(andina.network.pk):
        application = membership.apply(
            network=andina.network, name="Casa Comum", kind="NGO", why="Por el río", contact_name="Carla",
            contact_email="carla@example.org", language="es", carried={"uuid": str(casa.uuid)},
        )  # fmt: skip
    sign_in(client, ana)
    read = client.get(f"/andina/applications/{application.uuid}/").text
    assert str(casa.uuid) not in read
    assert "Rede Sul" not in read


def test_one_carries_only_what_one_acts_for(elsewhere, network, beto, carla, casa):
    """Row-level security lets each read inside their own networks, and nowhere else."""
    assert [one.name for one in carried(person_id=carla.person_id)] == ["Casa Comum"]
    assert carried(person_id=carla.person_id, besides=elsewhere.network) == []
    assert carried_one(person_id=beto.person_id, uuid=casa.uuid) is None
    [one] = carried(person_id=carla.person_id)
    assert carried_details(one=one).aliases == ("CC",)
    assert Organization.objects.filter(uuid=casa.uuid).count() == 0, "still inside our own network"


def test_what_is_for_the_coordination_alone_stays_where_it_was_written(elsewhere, carla, casa):
    """Source: XCT-02. In the next network all members would read it, and no form shows that it goes along."""
    with network_scope(elsewhere.network.pk):
        people.show_organization(
            by=carla, organization=casa, levels={"aliases": "COORDINATION", "cities": "COORDINATION"}
        )
    [one] = carried(person_id=carla.person_id)
    details = carried_details(one=one)
    assert (details.aliases, details.cities) == ((), ())
    assert (details.themes, details.email) == (("agua",), "casa@casa.example")


def test_a_founder_brings_the_organization_into_a_network_of_its_own(client, carla, casa):
    sign_in(client, carla)
    assert "Casa Comum" in client.get("/start/bring/").text
    assert 'value="Casa Comum"' in client.get(f"/start/?bring={casa.uuid}").text
    [one] = carried(person_id=carla.person_id)
    network = founding.start_network(
        person=person(carla),
        name={"es": "Red Nueva"},
        languages=["es"],
        organization="Casa Comum",
        carried=one,
    )
    with network_scope(network.pk):
        row = Organization.objects.get()
        assert (row.uuid, row.website, row.themes) == (casa.uuid, "https://casa.example", ["agua"])
        assert find_actor(person(carla)).has("COORDINATION")
