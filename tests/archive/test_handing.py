"""The coordination goes to other hands when these accept it; it is never empty in between. Source: GOV-17, CTX-03."""

import pytest
from django.test import Client

from tequio.archive import services
from tequio.archive.models import Offer
from tequio.core.access import Refused
from tequio.notify.models import Ask
from tequio.people.models import Participant
from tequio.people.selectors import coordinators, find_actor
from tequio.people.services import end_participation
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_person

URL = "/andina/coordination/"
KEY = "7b0b6c0c-5f43-4a49-9d5e-1d6f4be02a0"


def part(actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id)


def offered(by, to, network, *, stays: bool = False) -> Offer:
    return services.offer_coordination(
        by=by, network=network, receiver=part(to), stays=stays, words="¿Puedes?"
    )


def test_it_passes_when_it_is_accepted_and_not_before(ana, beto, network):
    offer = offered(ana, beto, network)
    assert [one.pk for one in coordinators()] == [ana.participant_id]
    assert Ask.objects.filter(person_id=beto.person_id, path=f"{URL}{offer.uuid}/", closed_at=None).exists()

    services.accept_coordination(by=beto, offer=offer)

    assert [one.pk for one in coordinators()] == [beto.participant_id]
    assert "SIGNER" in part(beto).duties
    assert "SIGNER" not in part(ana).duties
    assert "ADMISSION" in part(ana).duties, "what the charter gave her stays"
    kinds = list(Entry.objects.order_by("turn").values_list("kind", flat=True))
    for kind in ("archive.coordination_offered", "people.duty_given", "people.duty_taken",
                 "archive.coordination_accepted"):  # fmt: skip
        assert kind in kinds
    assert not Ask.objects.filter(subject=f"archive.Offer:{offer.pk}", closed_at=None).exists()


def test_who_offers_it_can_stay(ana, beto, network):
    services.accept_coordination(by=beto, offer=offered(ana, beto, network, stays=True))
    assert {one.pk for one in coordinators()} == {ana.participant_id, beto.participant_id}


def test_declined_or_taken_back_nothing_changes(ana, beto, dora, network):
    services.decline_coordination(by=beto, offer=offered(ana, beto, network))
    offer = offered(ana, dora, network)
    services.withdraw_offer(by=ana, offer=offer)
    assert [one.pk for one in coordinators()] == [ana.participant_id]
    for answer in (services.accept_coordination, services.decline_coordination):
        with pytest.raises(Refused):
            answer(by=dora, offer=offer)


def test_only_who_coordinates_offers_and_only_who_was_asked_answers(ana, beto, dora, network):
    with pytest.raises(Refused):
        offered(beto, dora, network)
    offer = offered(ana, beto, network)
    with pytest.raises(Refused):
        services.accept_coordination(by=dora, offer=offer)
    with pytest.raises(Refused):
        offered(ana, beto, network)
    with pytest.raises(Refused):
        offered(ana, ana, network)


def test_an_offer_of_somebody_who_no_longer_coordinates_gives_nothing(ana, beto, dora, network):
    late = offered(ana, dora, network)
    services.accept_coordination(by=beto, offer=offered(ana, beto, network))
    with pytest.raises(Refused):
        services.accept_coordination(by=dora, offer=late)
    assert [one.pk for one in coordinators()] == [beto.participant_id]
    beto_now = find_actor(part(beto).person)
    end_participation(by=beto_now, participant=part(ana))
    assert coordinators().count() == 1


def test_the_pages_on_a_phone_without_scripts(ana, beto, dora, network, client: Client):
    sign_in(client, ana)
    page = client.get(URL)
    assert page.status_code == 200
    assert "Beto" in page.text
    assert client.post(URL, {"receiver": "", "stays": "no", "once": KEY + "1"}).status_code == 422
    answer = client.post(
        URL, {"receiver": beto.participant_id, "stays": "no", "words": "", "once": KEY + "2"}
    )
    assert answer.status_code == 303
    offer = Offer.objects.get()
    other = Client()
    sign_in(other, dora)
    assert other.get(f"{URL}{offer.uuid}/").status_code == 404
    assert other.get(URL).status_code == 403
    sign_in(other, beto)
    assert other.get(f"{URL}{offer.uuid}/").status_code == 200
    assert other.post(f"{URL}{offer.uuid}/", {"answer": "accept", "once": KEY + "3"}).status_code == 303
    assert client.get(URL).status_code == 403, "she stepped back"
    assert other.get(URL).status_code == 200


def test_the_page_asks_the_same_for_one_offer_as_for_many(ana, network, client: Client, queries):
    people = [add_person(network, f"Persona{number}") for number in range(6)]
    offered(ana, people[0], network)
    sign_in(client, ana)
    client.get(URL)
    with queries(5):
        client.get(URL)
    for person in people[1:]:
        offered(ana, person, network)
    with queries(5):
        client.get(URL)
