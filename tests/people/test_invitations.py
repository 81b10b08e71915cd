"""Letters that invite: one address, one network, one part, once, for two weeks."""

import os
import random
import re
import secrets
from datetime import timedelta

import pytest
from django.test import Client

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.networks.models import Network, Stage
from tequio.notify.models import Letter
from tequio.people import services
from tequio.people.models import Duty, Invitation, Membership, Organization, Participant, Person, Voice
from tequio.people.rules.accounts import hashed
from tests.conftest import sign_in


def link_of(invitation: Invitation) -> str:
    letter = Letter.objects.filter(address=invitation.email).order_by("-pk").first()
    [link] = re.findall(r"/entrar/invitacion/\S+", letter.text)
    return link


def organization_of(actor: Actor) -> Organization:
    return Membership.objects.get(pk=actor.membership_id).organization


def test_a_letter_carries_the_token_and_the_database_its_hash(network: Network, ana: Actor) -> None:
    invitation = services.invite(by=ana, email="Luz@Example.org", name="Luz", language="pt-br")
    token = link_of(invitation).split("/")[-2]
    assert len(token) >= 43
    assert invitation.token_hash == hashed(token)
    assert invitation.email == "luz@example.org"
    assert invitation.expires_at - invitation.sent_at == timedelta(days=14)


def test_somebody_signed_out_accepts_and_is_in(
    client: Client, network: Network, ana: Actor, beto: Actor
) -> None:
    invitation = services.invite(
        by=beto,
        email="luz@example.org",
        organization=organization_of(beto),
        voice=Voice.SUBSTITUTE,
        role="Tesorera",
    )
    link = link_of(invitation)
    assert client.get(link).status_code == 200
    page = client.post(link, {"name": "Lucecita"})
    assert page.headers["Location"] == "/andina/home/"
    luz = Participant.objects.get(name="Lucecita")
    assert (luz.membership_id, luz.voice, luz.role) == (beto.membership_id, Voice.SUBSTITUTE, "Tesorera")
    assert client.get("/andina/people/").status_code == 200
    assert client.post(link, {"name": "Otra"}).status_code == 404
    assert Client().get(link).status_code == 404


def test_somebody_signed_in_otherwise_acts_as_the_invited_address(
    client: Client, network: Network, ana: Actor, beto: Actor
) -> None:
    link = link_of(services.invite(by=ana, email="luz@example.org"))
    sign_in(client, beto)
    assert "luz@example.org" in client.get(link).text
    client.post(link, {"name": "Luz"})
    assert client.session["_auth_user_id"] == str(Person.objects.get(email="luz@example.org").pk)
    assert Participant.objects.filter(person_id=beto.person_id).count() == 1


def test_another_person_does_not_take_it_through_the_service(
    network: Network, ana: Actor, beto: Actor
) -> None:
    token = link_of(services.invite(by=ana, email="luz@example.org")).split("/")[-2]
    assert services.accept(token=token, person=Person.objects.get(pk=beto.person_id), name="Beto") is None


def test_an_unlisted_network_takes_its_letters_too(client: Client, network: Network, ana: Actor) -> None:
    Network.objects.filter(pk=network.pk).update(listed=False)
    assert client.get(link_of(services.invite(by=ana, email="luz@example.org"))).status_code == 200


def test_a_delegate_invites_for_their_own_organization_only(ana: Actor, beto: Actor, dora: Actor) -> None:
    services.invite(by=beto, email="one@example.org", organization=organization_of(beto))
    with pytest.raises(Refused):
        services.invite(by=beto, email="two@example.org", organization=organization_of(ana))
    with pytest.raises(Refused):
        services.invite(
            by=beto, email="two@example.org", organization=organization_of(beto), duties=[Duty.SIGNER]
        )
    with pytest.raises(Refused):
        services.invite(by=beto, email="two@example.org")


def test_an_invited_founder_brings_their_organization(network: Network, ana: Actor) -> None:
    Network.objects.filter(pk=network.pk).update(stage=Stage.FOUNDING)
    group = services.record_organization(by=system(network.pk), name="Nueva")
    invitation = services.invite(
        by=ana, email="flor@example.org", organization=group, voice=Voice.DELEGATE, duties=[Duty.FOUNDER]
    )
    flor = services.accept(
        token=link_of(invitation).split("/")[-2],
        person=services.person_for(email="flor@example.org"),
        name="Flor",
    )
    assert flor is not None
    assert flor.membership.status == "FOUNDING"
    assert flor.voice == Voice.DELEGATE
    assert flor.duties == [Duty.FOUNDER]


def test_a_second_letter_takes_the_place_of_the_first(network: Network, ana: Actor) -> None:
    first = link_of(services.invite(by=ana, email="luz@example.org"))
    second = link_of(services.invite(by=ana, email="luz@example.org"))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_invitations_are_listed_and_taken_back(
    client: Client, network: Network, ana: Actor, beto: Actor
) -> None:
    invitation = services.invite(by=ana, email="luz@example.org")
    link = link_of(invitation)
    address = f"/andina/people/invitations/{invitation.pk}/revoke/"
    other = Client()
    sign_in(other, beto)
    assert "luz@example.org" not in other.get("/andina/people/invitations/").text
    assert other.post(address, {"confirmed": "yes"}).status_code == 404
    sign_in(client, ana)
    assert "luz@example.org" in client.get("/andina/people/invitations/").text
    assert client.get(address).status_code == 200
    client.post(address, {"confirmed": "yes"})
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"name": "Luz"}).status_code == 404


@pytest.mark.django_db
def test_no_dead_letter_opens_anything(network: Network, ana: Actor, carla: Actor) -> None:
    """Foreign, expired, used, taken back, made up: all the same page, and nobody gets in."""
    chance = random.Random(20_261)
    living = link_of(services.invite(by=ana, email="here@example.org"))
    used = link_of(services.invite(by=ana, email="used@example.org"))
    Client().post(used, {"name": "Used"})
    revoked = services.invite(by=ana, email="revoked@example.org")
    gone = link_of(revoked)
    services.revoke(by=ana, invitation=revoked)
    with clock.at(clock.now() - timedelta(days=15)):
        expired = link_of(services.invite(by=ana, email="expired@example.org"))
    with network_scope(carla.network_id):
        foreign = link_of(services.invite(by=carla, email="foreign@example.org")).replace("/sul/", "/andina/")
    before = Participant.objects.count()
    pages = set()
    for _ in range(2000 if os.environ.get("PROOF") else 120):
        made_up = living.replace(living.split("/")[-2], secrets.token_urlsafe(chance.choice([8, 32, 33])))
        elsewhere = living.replace("/andina/", chance.choice(["/sul/", "/nowhere/"]))
        link = chance.choice([used, gone, expired, foreign, made_up, elsewhere])
        client = Client()
        page = client.get(link) if chance.random() < 0.3 else client.post(link, {"name": "X"})
        assert "_auth_user_id" not in client.session
        shown = re.sub(r'value="[^"]*"|\b\d+ KB', "", page.text)
        pages.add((page.status_code, shown.replace(link.rstrip("/"), "")))
    assert {status for status, _text in pages} == {404}
    assert len({re.sub(r'name="next"[^>]*', "", text) for _status, text in pages}) == 1
    assert Participant.objects.count() == before
    assert Client().get(living).status_code == 200


def test_an_invitation_for_one_that_was_merged_leads_to_the_one_that_stayed(network, ana: Actor) -> None:
    """Source: CTX-19."""
    member = Organization.objects.get(name="La Asamblea")
    double = services.record_organization(by=ana, name="La Asamblea A.C.")
    invitation = services.invite(by=ana, email="nora@example.org", organization=double)
    services.merge_organizations(by=ana, keep=member, gone=double)
    token = link_of(invitation).split("/")[-2]
    person = services.person_for(email="nora@example.org", name="Nora")
    part = services.accept(token=token, person=person, name="Nora")
    assert part is not None
    assert part.membership == Membership.objects.get(organization=member)
