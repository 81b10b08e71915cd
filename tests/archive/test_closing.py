"""A network is closed by its members, is read from then on, and can be opened again. Source: GOV-25, GOV-28, XCT-04."""

import pytest
from django.test import Client

from tequio.archive import selectors, services
from tequio.core.access import Refused
from tequio.decisions import services as decisions
from tequio.decisions.models import Objection, Proposal, Round
from tequio.decisions.rules import Position
from tequio.decisions.tasks import close as close_round
from tequio.networks.models import Governance, Network, Stage
from tequio.notify.models import Ask
from tequio.people.selectors import coordinators
from tequio.register.models import Entry
from tests.conftest import sign_in

URL = "/andina/closing/"
KEY = "6b0b6c0c-5f43-4a49-9d5e-1d6f4be02a0"


def stage() -> str:
    return Network.objects.get(slug="andina").stage


@pytest.fixture
def closed(ana, beto, network, run_jobs) -> Network:
    """The network, closed by its members."""
    proposal = services.propose_closing(by=ana, why="Cumplimos lo que queríamos.")
    opened = Round.objects.get(proposal=proposal)
    for actor in (ana, beto):
        decisions.answer(by=actor, round=opened, position=Position.AGREE)
    decisions.close_round(by=ana, round=opened)
    run_jobs()
    network.refresh_from_db()
    return network


def test_the_members_close_it_and_the_register_says_by_which_decision(closed, ana):
    """Source: GOV-25, GOV-28: a strategic matter, by the network's own ladder."""
    assert stage() == Stage.CLOSED
    proposal = Proposal.objects.get(subject="network/closing")
    assert proposal.matter == "STRATEGIC"
    entry = Entry.objects.select_related("payload").get(kind="networks.closed")
    assert str(proposal.number) in entry.facts["why"]
    assert not Ask.objects.filter(closed_at=None).exists(), "nothing waits for anybody"


def test_without_the_members_nothing_closes(ana, beto, network, run_jobs):
    """Source: GOV-26: the coordination alone does not close a network in force; an objection is heard first."""
    from tequio.networks import services as networks

    with pytest.raises(Refused):
        networks.close(by=ana, network=network, why="Porque sí")
    with pytest.raises(Refused):
        services.propose_closing(by=beto, why="Porque sí")
    proposal = services.propose_closing(by=ana, why="Ya cumplimos.")
    opened = Round.objects.get(proposal=proposal)
    decisions.answer(by=ana, round=opened, position=Position.AGREE)
    decisions.answer(by=beto, round=opened, position=Position.OBJECT, reason="Falta un año", mend="Esperar")
    decisions.close_round(by=ana, round=opened)
    run_jobs()
    assert stage() == Stage.IN_FORCE
    assert selectors.closing_asked() == proposal
    with pytest.raises(Refused):
        services.propose_closing(by=ana, why="Otra vez")


@pytest.mark.parametrize(("charter_change", "votes"), [("CONSENT", False), ("TWO_WAYS", True)])
def test_it_closes_as_its_charter_changes(ana, beto, network, charter_change, votes):
    """Source: GOV-25, GOV-26: where the charter changes by consent alone, no vote closes the network either."""
    Governance.objects.update(model="VERTICAL", charter_change=charter_change)
    proposal = services.propose_closing(by=ana, why="Ya cumplimos.")
    opened = Round.objects.get(proposal=proposal)
    decisions.answer(by=ana, round=opened, position=Position.AGREE)
    decisions.answer(by=beto, round=opened, position=Position.OBJECT, reason="Falta un año", mend="Esperar")
    decisions.close_round(by=ana, round=opened)
    proposal.refresh_from_db()
    if votes:
        assert decisions.open_vote(by=ana, proposal=proposal).is_vote
    else:
        with pytest.raises(Refused, match="consentimiento"):
            decisions.open_vote(by=ana, proposal=proposal)


def test_what_closes_a_network_is_never_called_something_else(ana, beto, network):
    """Source: GOV-25: its text can be amended in its round; what it does when it is adopted stays its name."""
    proposal = services.propose_closing(by=ana, why="Ya cumplimos.")
    title = proposal.version.title
    with pytest.raises(Refused):
        decisions.amend(by=ana, proposal=proposal, why="Mejor así", title={"es": "Pintar la sala"})
    with pytest.raises(Refused):
        decisions.amend(by=ana, proposal=proposal, why="Mejor así", summary={"es": "De azul"})
    opened = Round.objects.get(proposal=proposal, closed_at=None)
    decisions.answer(by=beto, round=opened, position=Position.OBJECT, reason="Falta un año", mend="Esperar")
    given = {
        "title": {"es": title["es"]},
        "body": {"es": "Ya cumplimos. Las copias quedan en la biblioteca."},
    }
    decisions.integrate(by=ana, objection=Objection.objects.get(), why="Para no perder nada", **given)
    proposal.refresh_from_db()
    assert proposal.version.number == 2
    assert proposal.version.title == title
    assert "biblioteca" in proposal.version.body["es"]


def test_a_closed_network_is_read_and_not_changed(closed, ana, beto, client: Client):
    """Source: XCT-04. Everything stays readable; every form says why it does nothing."""
    sign_in(client, beto)
    for page in ("home", "decisions", "organizations", "people", "register"):
        assert client.get(f"/andina/{page}/").status_code == 200
    assert "cerrada" in client.get("/andina/home/").text
    answer = client.post("/andina/decisions/new/", {"once": KEY + "1", "title": "Otra"})
    assert answer.status_code == 403
    assert "cerrada" in answer.text
    assert client.post("/andina/organizations/new/", {"once": KEY + "2"}).status_code == 403
    stranger = Client()
    assert "cerrada" in stranger.get("/andina/").text
    assert stranger.post("/andina/join/", {"once": KEY + "3"}).status_code == 403


def test_copies_are_still_made_and_accounts_still_close(closed, ana, beto, client: Client, run_jobs):
    """Source: XCT-02."""
    sign_in(client, ana)
    assert client.post("/andina/copies/", {"kind": "PRIVATE", "once": KEY + "4"}).status_code == 303
    run_jobs()
    assert "Descargar" in client.get("/andina/copies/").text
    sign_in(client, beto)
    assert client.post("/cuenta/irme/", {"confirmed": "yes", "once": KEY + "5"}).status_code == 303


def test_it_is_opened_again_where_it_stood_with_a_trace(closed, ana, beto, client: Client):
    with pytest.raises(Refused):
        services.reopen(by=beto, network=closed, why="Quiero")
    sign_in(client, ana)
    assert client.post(URL, {"confirmed": "yes", "why": "", "once": KEY + "6"}).status_code == 422
    assert stage() == Stage.CLOSED
    answer = client.post(URL, {"confirmed": "yes", "why": "Llegó otro proyecto", "once": KEY + "7"})
    assert answer.status_code == 303
    assert stage() in (Stage.IN_FORCE, Stage.FOUNDING)
    assert Entry.objects.filter(kind="networks.reopened").count() == 1
    assert client.post("/andina/organizations/new/", {"once": KEY + "8"}).status_code != 403


def test_a_network_that_is_being_founded_is_closed_by_its_coordination(ana, beto, network, client: Client):
    Network.objects.update(stage=Stage.FOUNDING)
    sign_in(client, beto)
    assert client.get(URL).status_code == 403
    sign_in(client, ana)
    page = client.get(URL)
    assert page.status_code == 200
    answer = client.post(URL, {"confirmed": "yes", "why": "No seguimos", "once": KEY + "9"})
    assert answer.status_code == 303
    assert stage() == Stage.CLOSED
    network.refresh_from_db()
    services.reopen(by=ana, network=network, why="Sí seguimos")
    assert stage() == Stage.FOUNDING


def test_no_round_ends_in_a_closed_network(ana, beto, network):
    proposal = services.propose_closing(by=ana, why="Ya")
    opened = Round.objects.get(proposal=proposal)
    services.follow_decision(network=network, number=proposal.number)
    close_round.func(network_id=network.pk, round_id=opened.pk)
    opened.refresh_from_db()
    assert opened.closed_at is None
    assert coordinators().count() == 1


def test_the_page_of_closing_asks_the_same_however_much_there_is(ana, network, client: Client, queries):
    sign_in(client, ana)
    client.get(URL)
    with queries(5):
        client.get(URL)
