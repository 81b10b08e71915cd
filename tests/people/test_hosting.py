"""Who stands behind a network. Source: CTX-01, CTX-02, CTX-03."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.founding.services import start_network
from tequio.networks.models import HostKind, Network
from tequio.notify.models import Ask
from tequio.people import selectors, services
from tequio.people.models import Host, Hosting, Membership, Organization
from tequio.people.rules.hosting import Wrong, wrong_with
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_member, make_network

SPANISH = {"accept-language": "es"}


def of(actor: Actor) -> Organization:
    found = Membership.objects.get(pk=actor.membership_id).organization
    assert found is not None
    return found


def kinds() -> list[str]:
    return list(Entry.objects.order_by("turn").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("kind", "hosts", "coordinating", "wrong"),
    [
        ("ORGANIZATION", 1, False, None),
        ("ORGANIZATION", 0, False, Wrong.ONE),
        ("ORGANIZATION", 2, False, Wrong.ONE),
        ("GROUP", 2, False, None),
        ("GROUP", 1, False, Wrong.SEVERAL),
        ("CONSORTIUM", 3, True, None),
        ("CONSORTIUM", 3, False, Wrong.COORDINATION),
        ("CONSORTIUM", 1, True, Wrong.SEVERAL),
        ("NETWORK", 0, False, None),
        ("NETWORK", 1, False, Wrong.NONE),
    ],
)
def test_each_kind_of_host_has_the_organizations_it_needs(kind, hosts, coordinating, wrong) -> None:
    """Source: CTX-01."""
    assert wrong_with(kind, hosts=hosts, coordinating=coordinating) is wrong


@pytest.mark.parametrize("kind", HostKind.values)
def test_a_network_of_each_kind_is_started_with_its_first_organization(db, kind) -> None:
    """Source: CTX-01."""
    person = services.person_for(email="elena@example.org", name="Elena")
    made = start_network(
        person=person, name={"es": "Red"}, languages=["es"], organization="Casa", host_kind=kind
    )
    with network_scope(made.pk):
        row = Host.objects.get()
        assert (made.host_kind, row.organization.name) == (kind, "Casa")
        assert row.coordinates is (kind == "CONSORTIUM")


def test_a_network_of_one_person_has_organizations_and_individual_members(db) -> None:
    """Source: CTX-02."""
    person = services.person_for(email="elena@example.org", name="Elena")
    made = start_network(person=person, name={"es": "Red"}, languages=["es"], organization="")
    with network_scope(made.pk):
        assert not Host.objects.exists()
        add_member(made, "Casa")
        assert set(Membership.objects.values_list("name", "person__email")) == {
            ("Elena", "elena@example.org"),
            ("Casa", None),
        }


def test_a_consortium_has_one_coordinating_member_handed_over_with_a_trace(network, ana, beto) -> None:
    """Source: CTX-03."""
    third = add_member(network, "Casa de la Lluvia").organization
    both = [of(ana), of(beto)]
    with pytest.raises(Refused):
        services.set_hosts(by=ana, network=network, kind="CONSORTIUM", organizations=both)
    with pytest.raises(Refused):  # who coordinates is of the consortium
        services.set_hosts(by=ana, network=network, kind="CONSORTIUM", organizations=both, coordinating=third)
    services.set_hosts(by=ana, network=network, kind="CONSORTIUM", organizations=both, coordinating=of(beto))
    with pytest.raises(IntegrityError), transaction.atomic():
        Host.objects.update(coordinates=True)
    with pytest.raises(Refused):
        services.hand_over_consortium(by=beto, to=third)
    services.hand_over_consortium(by=beto, to=of(ana))  # the coordinating organization's own delegate
    with pytest.raises(Refused):
        services.hand_over_consortium(by=beto, to=of(beto))
    assert [(row.organization.name, row.coordinates) for row in selectors.hosts(ana)] == [
        ("Barrio Vivo", True),
        ("La Asamblea", False),
    ]
    told = Entry.objects.get(kind="people.consortium_handed_over").facts
    assert (told["before"], told["name"]) == ("La Asamblea", "Barrio Vivo")
    services.set_hosts(by=ana, network=network, kind="ORGANIZATION", organizations=[of(beto)])
    assert [row.organization.name for row in selectors.hosts(ana)] == ["La Asamblea"]
    assert Host.objects.filter(until_on__isnull=False).count() == 1


def test_whoever_leaves_the_network_stands_no_longer_behind_it(network, ana, beto) -> None:
    """Whether it goes by itself or the others decide it, its name is on no page as a host. Source: CTX-03, P18."""
    pair = {"organizations": [of(ana), of(beto)], "coordinating": of(beto)}
    services.set_hosts(by=ana, network=network, kind="CONSORTIUM", **pair)
    mine = Membership.objects.get(pk=beto.membership_id)
    services.end_membership(by=system(network.pk), membership=mine, status="REMOVED")
    assert [row.organization for row in selectors.hosts(ana)] == [of(ana)]
    gone = Host.objects.get(organization=mine.organization)
    assert (gone.until_on, gone.coordinates) == (mine.ended_on, False)
    services.set_hosts(by=ana, network=network, kind="ORGANIZATION", organizations=[of(ana)])


def test_a_network_hosts_another_once_its_coordination_agreed(network, ana, beto, elsewhere, carla) -> None:
    """Both registers say so, and neither network reads more of the other than name and address. Source: CTX-01, CTX-03."""
    below = elsewhere.network
    with network_scope(below.pk):
        services.ask_to_be_hosted(by=carla, network=below, host=network)
        with pytest.raises(Refused):
            services.ask_to_be_hosted(by=carla, network=below, host=network)
    row = selectors.hostings(ana).asking[0]
    assert Ask.objects.get(kind="hosting", closed_at=None).person_id == ana.person_id
    assert Client(headers=SPANISH).get("/andina/").content.decode().count("Rede Sul") == 0
    with pytest.raises(Refused):
        services.answer_hosting(by=beto, network=network, row=row, accept=True)
    with pytest.raises(Refused):
        services.answer_hosting(by=ana, network=network, row=row, accept=False)
    services.answer_hosting(by=ana, network=network, row=row, accept=True)
    assert not Ask.objects.filter(kind="hosting", closed_at=None).exists()
    assert kinds()[-2:] == ["people.hosting_requested", "people.hosting_accepted"]
    with network_scope(below.pk):
        assert kinds()[-2:] == ["people.hosting_asked", "people.hosted_now"]
        told = Entry.objects.get(kind="people.hosted_now").facts
        assert "Ana" not in str(told)
        assert selectors.hostings(carla).host.other.slug == "andina"
    assert "Rede Sul" in Client(headers=SPANISH).get("/andina/").content.decode()
    assert "Red Andina" in Client(headers=SPANISH).get("/sul/").content.decode()
    with network_scope(below.pk):
        services.end_hosting(by=carla, network=below, row=selectors.hostings(carla).host)
    assert selectors.hostings(ana).hosted == []
    assert kinds()[-1] == "people.hosting_ended"


def test_a_refusal_is_read_with_its_reason(network, ana, elsewhere, carla) -> None:
    with network_scope(elsewhere.network.pk):
        services.ask_to_be_hosted(by=carla, network=elsewhere.network, host=network)
    row = selectors.hostings(ana).asking[0]
    with pytest.raises(Refused):  # no way round the reason
        services.end_hosting(by=ana, network=network, row=row)
    services.answer_hosting(by=ana, network=network, row=row, accept=False, reason="Este año no podemos.")
    with pytest.raises(Refused, match="mientras tanto"):  # by somebody who looked before
        services.answer_hosting(by=ana, network=network, row=row, accept=True)
    with pytest.raises(Refused, match="mientras tanto"):
        services.end_hosting(by=ana, network=network, row=row)
    with network_scope(elsewhere.network.pk):
        assert Entry.objects.get(kind="people.hosting_refused").facts["reason"] == "Este año no podemos."
        services.ask_to_be_hosted(by=carla, network=elsewhere.network, host=network)


def test_nobody_hosts_their_own_host(network, ana, elsewhere, carla) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Hosting.objects.create(side="HOSTED", other=network, asked_at=network.created_at)
    services.ask_to_be_hosted(by=ana, network=network, host=elsewhere.network)
    third = make_network("tercera", "Tercera")
    with network_scope(third.pk):
        services.ask_to_be_hosted(by=system(third.pk), network=third, host=network)
    with network_scope(elsewhere.network.pk), pytest.raises(Refused):
        services.ask_to_be_hosted(by=carla, network=elsewhere.network, host=third)


def test_the_database_shows_each_network_its_own_side_only(network, ana, elsewhere, carla) -> None:
    with network_scope(elsewhere.network.pk):
        services.ask_to_be_hosted(by=carla, network=elsewhere.network, host=network)
    for inside, side in ((network.pk, "HOSTS"), (elsewhere.network.pk, "HOSTED")):
        with network_scope(inside), connection.cursor() as cursor:
            cursor.execute("SELECT side FROM people_hosting")
            assert cursor.fetchall() == [(side,)]


@pytest.mark.parametrize("hidden", [{"listed": False}, {"stage": "CLOSED"}])
def test_an_unlisted_or_closed_network_does_not_exist_for_who_asks(network, ana, elsewhere, hidden) -> None:
    Network.objects.filter(pk=elsewhere.network.pk).update(**hidden)
    client = Client(headers=SPANISH)
    sign_in(client, ana)
    answers = [client.post("/andina/hosts/ask/", {"host": slug}) for slug in ("sul", "nadie")]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.context["form"].errors.as_text() for answer in answers}) == 1


def test_hosts_are_written_down_asked_and_answered_on_pages(
    network, ana, beto, elsewhere, carla, queries
) -> None:
    andina, sul = Client(headers=SPANISH), Client(headers=SPANISH)
    sign_in(andina, ana)
    sign_in(sul, carla)
    chosen = [str(of(ana).uuid), str(of(beto).uuid)]
    sent = {"kind": "CONSORTIUM", "organizations": chosen}
    assert andina.post("/andina/hosts/set/", sent).status_code == 422
    assert andina.post("/andina/hosts/set/", sent | {"coordinating": chosen[0]}).status_code == 303
    assert andina.get("/andina/hosts/set/").status_code == 200
    assert andina.post("/andina/hosts/hand-over/", {"to": chosen[1]}).status_code == 303
    assert sul.post("/sul/hosts/ask/", {"host": "andina"}).status_code == 303
    assert sul.post("/sul/hosts/ask/", {"host": "andina"}).status_code == 422
    with queries(5):  # session, network, participant, hosts, networks
        page = andina.get("/andina/hosts/")
    assert "Rede Sul" in page.content.decode()
    answer = f"/andina/hosts/{page.context['between'].asking[0].pk}/answer/"
    assert andina.post(answer, {"answer": "no"}).status_code == 422
    assert andina.post(answer, {"answer": "yes"}).status_code == 303
    assert andina.get(answer).status_code == 303
    assert "Red Andina" in sul.get("/sul/hosts/").content.decode()
    end = answer.replace("answer", "end")
    assert andina.get(end).status_code == 200
    assert andina.post(end, {"confirmed": "yes"}).status_code == 303
    assert andina.get(end).status_code == 404
