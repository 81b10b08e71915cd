"""The operator closes an account and opens it again."""

import pytest

from tequio.core.scoping import network_scope
from tequio.people import services
from tequio.people.models import OneTimeLink, Person, Session
from tequio.people.sessions import SessionStore
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_person


def test_a_closed_account_is_out_at_once_and_the_network_knows_without_a_name(client, network, beto):
    person = Person.objects.get(pk=beto.person_id)
    sign_in(client, beto)
    services.one_time_link(person=person)
    assert client.get("/andina/home/").status_code == 200

    assert services.close_account(person=person, because="Asked by its network") == 1

    assert client.get("/andina/home/").status_code == 302
    assert not Session.objects.filter(person_id=person.pk).exists()
    assert not OneTimeLink.objects.filter(person=person).exists()
    entry = Entry.objects.get(kind="people.account_closed")
    assert entry.facts == {"who": "Tequio", "because": "Asked by its network"}
    assert "Beto" not in str(entry.private)
    with pytest.raises(services.NothingToDo):
        services.close_account(person=person, because="again")


def test_it_is_undone_and_written_down_again(client, network, beto):
    person = Person.objects.get(pk=beto.person_id)
    with pytest.raises(services.NothingToDo):
        services.open_account(person=person, because="x")
    services.close_account(person=person, because="x")
    assert services.open_account(person=person, because="It was a mistake") == 1
    assert Entry.objects.filter(kind="people.account_opened").exists()
    sign_in(client, beto)
    assert client.get("/andina/home/").status_code == 200


def test_every_network_of_the_person_knows(network, elsewhere, beto):
    person = Person.objects.get(pk=beto.person_id)
    with network_scope(elsewhere.network.pk):
        add_person(elsewhere.network, "Beto")
    assert services.close_account(person=person, because="x") == 2
    with network_scope(elsewhere.network.pk):
        assert Entry.objects.filter(kind="people.account_closed").count() == 1
    assert Entry.objects.filter(kind="people.account_closed").count() == 1


def test_a_session_that_was_made_before_is_gone(network, beto):
    store = SessionStore()
    store["_auth_user_id"] = str(beto.person_id)
    store.create()
    services.close_account(person=Person.objects.get(pk=beto.person_id), because="x")
    assert not Session.objects.filter(person_id=beto.person_id).exists()
