"""Who is here, seen by ordinary requests; and coming back to the same question. Source: EXPERIENCE 3.2 (1)."""

from datetime import timedelta

import pytest
from django.test import Client

from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.founding.models import Place
from tequio.people.models import Person
from tests.founding.test_pages import in_force, signed_in
from tests.founding.world import save


@pytest.fixture
def client(rosa):
    return signed_in(rosa)


@pytest.fixture
def joao(second):
    return signed_in(Person.objects.get(pk=second.person_id))


def test_founders_see_who_is_on_the_same_page(client, joao, started):
    address = f"/{started.slug}/found/needs/"
    joao.get(address)
    page = client.get(address).text
    assert "João también está en esta página." in page
    assert "está aquí" in page
    assert "João también" not in client.get(f"/{started.slug}/found/why/").text


def test_who_went_is_no_longer_here(client, joao, started):
    with clock.at(clock.now() - timedelta(minutes=4)):
        joao.get(f"/{started.slug}/found/needs/")
    page = client.get(f"/{started.slug}/found/needs/").text
    assert ">está aquí<" not in page
    assert "João también" not in page


def test_being_here_costs_a_write_a_minute_and_keeps_no_address(client, started, queries):
    address = f"/{started.slug}/found/needs/"
    client.get(address)
    with queries(7):
        client.get(address)
    with network_scope(started.pk):
        place = Place.objects.get()
        assert (place.seen_topic, place.topic) == ("needs", "")
    names = {field.name for field in Place._meta.get_fields()}
    assert names == {"id", "network", "participant", "topic", "at", "seen_at", "seen_topic"}


def test_presence_is_forgotten_when_the_network_is_founded(client, started, first, run_jobs):
    client.get(f"/{started.slug}/found/needs/")
    in_force(started, first, run_jobs)
    with network_scope(started.pk):
        assert Place.objects.get().seen_at is None


def test_whoever_only_reads_the_path_is_not_noted(client, started, first):
    started.stage = "IN_FORCE"
    started.save()
    client.get(f"/{started.slug}/found/needs/")
    with network_scope(started.pk):
        assert not Place.objects.exists()


def test_the_mailed_link_leads_to_the_same_question_after_signing_in(rosa, started, first):
    save(first, started, "rounds", {"round_hours": "72", "silence": "BLOCKS"})
    stranger = Client()
    address = f"/{started.slug}/found/"
    assert stranger.get(address).url.endswith(f"next={address}")
    stranger.force_login(rosa, backend="allauth.account.auth_backends.AuthenticationBackend")
    back = stranger.get(address)
    assert back.url == f"/{started.slug}/found/rounds/#id_quorum"
    assert 'id="id_quorum"' in stranger.get(back.url).text


def test_whoever_leaves_is_told_that_it_is_kept(client, started):
    sent = client.post(
        f"/{started.slug}/found/needs/",
        {"language": "es", "needs_0_text": "Un bote", "needs_0_kind": "PROJECT", "leave": "yes"},
    )
    assert sent.url == f"/{started.slug}/found/?left=1"
    assert "Queda guardado." in client.get(sent.url).text
