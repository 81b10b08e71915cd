"""A charter that comes into force gives the duties that it gives by name. Source: GOV-29, GOV-31."""

from tequio.founding import rules, services
from tequio.founding.models import CharterState
from tequio.networks.models import Governance
from tequio.people import selectors
from tequio.people import services as people
from tequio.people.models import Contact, Duty, Participant
from tequio.people.services import Listener


def put_in_force(network, *, contacts, **values):
    settled = rules.settled_from({"values": {"model": "VERTICAL", **values}, "texts": {}})
    settled = rules.with_answers(settled, {"code": {"es": "Nos cuidamos."}, **contacts})
    charter = services.write_charter(network=network, settled=settled, state=CharterState.RETURNED)
    services.rule(network=network, charter=charter, proposal=None)
    return charter


def named(*names):
    return [{"id": str(place), "name": name} for place, name in enumerate(names)]


def listeners(*names):
    return [{**row, "reach": f"+57 {row['id']}", "outside": False} for row in named(*names)]


def duties(actor):
    return Participant.objects.get(pk=actor.participant_id).duties


def test_contact_persons_get_the_duty_and_the_help_page_shows_them(client, network, ana, beto, dora):
    put_in_force(network, contacts={"contacts": listeners("Beto", "Luz")})
    assert Duty.CONTACT in duties(beto)
    assert Duty.CONTACT not in duties(dora)
    page = client.get("/andina/care/")
    assert "Luz" in page.text
    assert "+57 0" in page.text


def test_a_charter_that_names_the_same_leaves_what_the_coordination_changed(network, ana, beto, dora):
    put_in_force(network, contacts={"contacts": listeners("Beto", "Dora")})
    people.set_contacts(by=ana, network=network, listeners=[Listener("Ana", "a"), Listener("Dora", "b")])
    put_in_force(network, contacts={"contacts": listeners("Beto", "Dora")}, round_hours=48)
    assert [row.name for row in selectors.contacts()] == ["Ana", "Dora"]
    put_in_force(network, contacts={"contacts": listeners("Beto", "Luz")})
    assert [row.name for row in Contact.objects.all()] == ["Beto", "Luz"]


def test_the_team_that_it_names_admits(network, ana, beto):
    team = {"contacts": listeners("Beto", "Luz"), "team": named("Beto")}
    charter = put_in_force(network, contacts=team, admission="TEAM")
    assert Governance.objects.get().admission == "TEAM"
    assert Duty.ADMISSION in duties(beto)
    assert Duty.ADMISSION not in duties(ana)
    assert "Beto" in charter.articles.get(key="admission").texts["es"]
