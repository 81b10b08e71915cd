"""Devices, links, another address."""

from datetime import timedelta

import pytest
from django.test import Client

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.notify.models import Letter
from tequio.people import services
from tequio.people.models import OneTimeLink, Person, Session
from tests.people.entering import CODE, device_of, enter, last_code

# Devices


@pytest.mark.django_db
def test_my_devices_can_be_named_and_signed_out(client: Client, ana: Actor) -> None:
    phone = Client()
    enter(client, "ana@example.org")
    enter(phone, "ana@example.org")
    key = device_of(phone)
    client.post(f"/cuenta/dispositivos/{key}/", {"label": "Teléfono"})
    assert "Teléfono" in client.get("/cuenta/").text
    phone.post("/cuenta/", {"name": "Ana", "language": "pt-br", "theme": "dark"})
    assert Session.objects.get(session_key=key).label == "Teléfono"
    client.post(f"/cuenta/dispositivos/{key}/", {"do": "sign-out"})
    assert phone.get("/cuenta/").status_code == 302
    assert client.get("/cuenta/").status_code == 200


@pytest.mark.django_db
def test_nobody_signs_out_the_devices_of_others(client: Client, ana: Actor, beto: Actor) -> None:
    other = Client()
    enter(other, "beto@example.org")
    enter(client, "ana@example.org")
    assert client.post(f"/cuenta/dispositivos/{device_of(other)}/", {"do": "sign-out"}).status_code == 404
    assert other.get("/cuenta/").status_code == 200


@pytest.mark.django_db
def test_sign_out_everywhere_else_and_everywhere(client: Client, ana: Actor) -> None:
    phone = Client()
    enter(client, "ana@example.org")
    enter(phone, "ana@example.org")
    client.post("/cuenta/dispositivos/otros/")
    assert phone.get("/cuenta/").status_code == 302
    assert client.get("/cuenta/").status_code == 200
    enter(phone, "ana@example.org")
    client.post("/cuenta/dispositivos/todos/")
    assert phone.get("/cuenta/").status_code == 302
    assert client.get("/cuenta/").status_code == 302


@pytest.mark.django_db
def test_the_account_page_costs_the_same_for_many_devices(client: Client, ana: Actor, queries) -> None:  # type: ignore[no-untyped-def]
    enter(client, "ana@example.org")
    client.get("/cuenta/")
    with queries(7):  # session, person, authenticators, participations (3), devices
        client.get("/cuenta/")
    for number in range(30):
        Session.objects.create(
            session_key=f"s{number}", session_data="", expire_date=clock.now() + timedelta(days=1),
            person_id=ana.person_id, created_on=clock.today(), seen_on=clock.today(),
        )  # fmt: skip
    with queries(7):
        client.get("/cuenta/")


# Links


@pytest.mark.django_db
def test_demo_links_open_in_demo_mode_only(client: Client, ana: Actor, settings) -> None:  # type: ignore[no-untyped-def]
    link = services.demo_link(person=Person.objects.get(pk=ana.person_id))
    settings.DEMO = False
    assert client.get(link).status_code == 404
    settings.DEMO = True
    assert client.get(link).headers["Location"] == "/andina/home/"
    assert Client().get(link).status_code == 302
    assert Client().get(link, REMOTE_ADDR="203.0.113.5").status_code == 404
    assert Client().get(f"{link[:-2]}x/").status_code == 404


@pytest.mark.django_db
def test_a_one_time_link_waits_for_the_button_and_works_once(client: Client, ana: Actor) -> None:
    link = services.one_time_link(person=Person.objects.get(pk=ana.person_id))
    assert link.split("/")[-2] not in str(OneTimeLink.objects.values_list("token_hash", flat=True))
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 302
    assert client.get("/cuenta/").status_code == 200
    assert Client().get(link).status_code == 404
    assert Client().post(link).status_code == 404
    late = services.one_time_link(person=Person.objects.get(pk=ana.person_id))
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        assert Client().get(late).status_code == 404
        assert Client().post(late).status_code == 404


# Another address


@pytest.mark.django_db
def test_an_address_changes_with_codes_from_both(client: Client, ana: Actor) -> None:
    phone = Client()
    enter(phone, "ana@example.org")
    enter(client, "ana@example.org")
    client.post("/cuenta/direccion/", {"email": "ana.nueva@example.org"})
    old, new = last_code("ana@example.org"), last_code("ana.nueva@example.org")
    assert client.post("/cuenta/direccion/codigos/", {"old": new, "new": old}).status_code == 422
    assert client.post("/cuenta/direccion/codigos/", {"old": old, "new": new}).status_code == 303
    assert Person.objects.get(pk=ana.person_id).email == "ana.nueva@example.org"
    assert client.get("/cuenta/").status_code == 200
    assert phone.get("/cuenta/").status_code == 302
    assert (
        Letter.objects.filter(address="ana@example.org")
        .order_by("-pk")
        .first()
        .key.startswith("people.address_changed")
    )


@pytest.mark.django_db
def test_an_address_that_is_taken_stays_a_secret(client: Client, ana: Actor, beto: Actor) -> None:
    enter(client, "ana@example.org")
    page = client.post("/cuenta/direccion/", {"email": "beto@example.org"})
    assert page.headers["Location"] == "/cuenta/direccion/codigos/"
    old = last_code("ana@example.org")
    assert not CODE.search(Letter.objects.filter(address="beto@example.org").order_by("-pk").first().text)
    assert client.post("/cuenta/direccion/codigos/", {"old": old, "new": "AAAA-AAAA"}).status_code == 422
    assert Person.objects.get(pk=beto.person_id).email == "beto@example.org"
