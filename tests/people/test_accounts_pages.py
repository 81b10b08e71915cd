"""Pages of the people of a network, and the second step."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.notify.models import Letter
from tequio.people import services
from tequio.people.models import Duty, Participant, Person, Session, Voice
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.people.entering import enter
from tests.world import add_person


def page_of(actor: Actor, rest: str = "") -> str:
    return f"/andina/people/{Participant.objects.get(pk=actor.participant_id).uuid}/{rest}"


def fresh(actor: Actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id)


def six_digits(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def switch_on(client: Client) -> str:
    client.get("/cuenta/aplicacion/")
    secret = client.session["mfa.totp.secret"]
    assert client.post("/cuenta/aplicacion/", {"code": six_digits(secret)}).status_code == 302
    return secret


# The second step


@pytest.mark.django_db
def test_the_second_step_stands_between_the_code_and_the_account(
    client: Client, ana: Actor, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    enter(client, "ana@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        secret = switch_on(client)
    stored = Authenticator.objects.get(user_id=ana.person_id, type="totp").data
    assert secret not in str(stored)
    assert "people.ways" in str(list(Letter.objects.values_list("key", flat=True)))
    phone = Client()
    assert enter(phone, "ana@example.org", target="/cuenta/").headers["Location"] == "/entrar/segundo-paso/"
    assert phone.get("/cuenta/").status_code == 302
    assert phone.get("/entrar/segundo-paso/").status_code == 200
    phone.post("/entrar/segundo-paso/", {"code": "000000"})
    assert phone.get("/cuenta/").status_code == 302
    spare = (
        Authenticator.objects.get(user_id=ana.person_id, type="recovery_codes").wrap().get_unused_codes()[0]
    )
    assert phone.post("/entrar/segundo-paso/", {"code": spare}).headers["Location"] == "/cuenta/"
    assert phone.get("/cuenta/").status_code == 200
    again = Client()
    enter(again, "ana@example.org")
    again.post("/entrar/segundo-paso/", {"code": spare})
    assert again.get("/cuenta/").status_code == 302


@pytest.mark.django_db
def test_the_pages_of_the_second_step_render(client: Client, ana: Actor) -> None:
    enter(client, "ana@example.org")
    switch_on(client)
    for path in (
        "/cuenta/aplicacion/quitar/", "/cuenta/codigos-de-repuesto/", "/cuenta/codigos-de-repuesto/nuevos/",
        "/cuenta/confirmar/", "/cuenta/",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
    assert client.post("/cuenta/codigos-de-repuesto/nuevos/").status_code == 302
    assert client.post("/cuenta/aplicacion/quitar/").status_code == 302
    assert not Authenticator.objects.filter(user_id=ana.person_id).exists()


@pytest.mark.django_db
def test_odd_passkeys_open_nothing(client: Client, ana: Actor) -> None:
    client.get("/entrar/llave/", headers={"accept": "application/json"})
    for odd in ("", "{}", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', "x" * 10_000):
        assert client.post("/entrar/llave/", {"credential": odd}).status_code < 500, odd
        assert "_auth_user_id" not in client.session


# People


@pytest.mark.django_db
def test_the_list_of_people_costs_the_same_for_three_and_thirty(
    client: Client, network: Network, ana: Actor, queries
) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, ana)
    client.get("/andina/people/")
    with queries(5):  # session, network, participant, people, my membership
        client.get("/andina/people/")
    for number in range(30):
        add_person(network, f"Person{number}")
    with queries(5):
        client.get("/andina/people/")


@pytest.mark.django_db
def test_a_delegate_hands_the_voice_over_on_the_page(
    client: Client, beto: Actor, dora: Actor, ana: Actor
) -> None:
    sign_in(client, beto)
    assert client.post(page_of(dora, "voice/"), {"voice": "LOUD"}).status_code == 422
    client.post(page_of(dora, "voice/"), {"voice": Voice.DELEGATE})
    assert (fresh(dora).voice, fresh(beto).voice) == (Voice.DELEGATE, Voice.NONE)
    assert client.post(page_of(ana, "voice/"), {"voice": Voice.NONE}).status_code == 403
    assert fresh(ana).voice == Voice.DELEGATE


@pytest.mark.django_db
def test_the_coordination_gives_and_takes_duties_with_a_trace(
    client: Client, ana: Actor, beto: Actor
) -> None:
    sign_in(client, ana)
    client.post(page_of(beto, "duties/"), {"duties": [Duty.SIGNER, Duty.CONTACT]})
    assert set(fresh(beto).duties) == {Duty.SIGNER, Duty.CONTACT}
    client.post(page_of(beto, "duties/"), {"duties": [Duty.CONTACT]})
    assert fresh(beto).duties == [Duty.CONTACT]
    kinds = list(Entry.objects.order_by("turn").values_list("kind", flat=True))
    assert kinds[-3:] == ["people.duty_given", "people.duty_given", "people.duty_taken"]
    other = Client()
    sign_in(other, beto)
    assert other.post(page_of(ana, "duties/"), {"duties": []}).status_code == 403


@pytest.mark.django_db
def test_the_last_coordinator_is_led_to_offer_it(client: Client, ana: Actor, beto: Actor) -> None:
    sign_in(client, ana)
    offers = "/andina/coordination/?first=yes"
    assert client.post(page_of(ana, "duties/"), {"duties": [Duty.SIGNER]}).headers["Location"] == offers
    assert client.post(page_of(ana, "end/"), {"confirmed": "yes"}).headers["Location"] == offers
    assert fresh(ana).until_on is None
    assert "Nadie más coordina esta red." in client.get(offers).text  # it says why it leads here
    client.post(page_of(beto, "duties/"), {"duties": [Duty.COORDINATION]})
    assert client.get(page_of(ana, "end/")).status_code == 200
    client.post(page_of(ana, "end/"), {"confirmed": "yes"})
    assert fresh(ana).until_on is not None


@pytest.mark.django_db
def test_removing_somebody_signs_their_devices_out(
    client: Client, ana: Actor, beto: Actor, dora: Actor
) -> None:
    phone = Client()
    sign_in(phone, dora)
    sign_in(client, beto)
    assert client.get(page_of(dora, "end/")).status_code == 200
    address = page_of(dora, "end/")
    client.post(address, {"confirmed": "yes"})
    assert not Session.objects.filter(person_id=dora.person_id).exists()
    assert phone.get("/andina/people/").status_code == 302
    assert client.post(address, {"confirmed": "yes"}).status_code == 404


@pytest.mark.django_db
def test_a_chosen_name_is_for_this_network_and_tells_nobody_the_old_one(client: Client, ana: Actor) -> None:
    sign_in(client, ana)
    client.post(page_of(ana, "name/"), {"name": "Luna"})
    assert fresh(ana).name == "Luna"
    assert Person.objects.get(pk=ana.person_id).name == "Ana"
    entry = Entry.objects.select_related("payload").get(kind="people.renamed")
    assert "Luna" not in str(entry.facts)


@pytest.mark.django_db
def test_strangers_see_no_people(client: Client, ana: Actor, carla: Actor) -> None:
    sign_in(client, carla)
    for path in ("/andina/people/", page_of(ana), page_of(ana, "end/"), "/andina/people/invite/"):
        assert client.get(path).status_code == 404
    assert Client().get("/andina/people/").status_code == 302


@pytest.mark.django_db
def test_inviting_on_the_page(client: Client, ana: Actor, beto: Actor) -> None:
    sign_in(client, beto)
    page = client.get("/andina/people/invite/")
    assert "La Asamblea" in page.text
    assert "Barrio Vivo" not in page.text
    assert client.post("/andina/people/invite/", {"email": "no"}).status_code == 422
    form = {"email": "luz@example.org", "voice": Voice.NONE, "language": "es"}
    theirs = page.context["form"].fields["organization"].queryset.get()
    assert client.post("/andina/people/invite/", {**form, "organization": theirs.pk}).status_code == 303
    assert services is not None
    assert client.post("/andina/people/invite/", form).status_code == 403
