"""Who listens to those who suffered violence: named by the charter, changed by the coordination. Source: GOV-29, GOV-31."""

import pytest

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.networks.models import ContactPerson
from tequio.notify.models import Ask
from tequio.people import selectors, services
from tequio.people.models import Contact, Duty, Participant, Person
from tequio.people.services import Listener
from tests.conftest import sign_in

INES = Listener("Inés Gómez", "ines@example.org", outside=True)


@pytest.fixture
def charter(network, beto, dora):
    """A charter that names Beto (in other letters) and somebody from outside."""
    ContactPerson.objects.create(name="BETO", reach="+57 300", position=1)
    ContactPerson.objects.create(name="Inés Gómez", reach="ines@example.org", outside=True, position=2)
    services.follow_charter(
        by=system(network.pk), network=network, listeners=[Listener("BETO", "+57 300"), INES]
    )


def duties(actor):
    return Participant.objects.get(pk=actor.participant_id).duties


def test_the_charter_gives_the_duty_to_whom_it_names_and_takes_it_from_others(charter, beto, dora):
    assert duties(beto) == [Duty.CONTACT]
    assert duties(dora) == []
    first, second = selectors.contacts()
    assert (first.participant_id, first.reach) == (beto.participant_id, "+57 300")
    assert (second.participant_id, second.outside) == (None, True)


def test_somebody_whom_nobody_knows_here_is_shown_all_the_same(network):
    services.follow_charter(by=system(network.pk), network=network, listeners=[Listener("Luz", "x"), INES])
    assert [row.name for row in selectors.contacts()] == ["Luz", "Inés Gómez"]


def test_the_coordination_changes_them_on_a_page_and_the_help_page_shows_it(
    client, charter, network, ana, dora
):
    sign_in(client, ana)
    page = client.get("/andina/people/contacts/")
    assert "ines@example.org" in page.text
    sent = {
        "name_1": "dora",
        "reach_1": "+57 311",
        "name_2": "Inés Gómez",
        "reach_2": "nuevo@example.org",
        "outside_2": "on",
    }
    assert client.post("/andina/people/contacts/", sent).status_code == 303
    assert duties(dora) == [Duty.CONTACT]
    care = client.get("/andina/care/").text
    assert "+57 311" in care
    assert "nuevo@example.org" in care
    assert "+57 300" not in care


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name_2": "", "reach_2": ""}, "al menos dos"),
        ({"name_1": "Nadie Así"}, "Nadie participa"),
        ({"reach_1": ""}, "cómo contactar"),
        ({"name_1": ""}, "Di quién es"),
    ],
)
def test_what_cannot_be_is_sent_back_with_what_was_typed(client, charter, ana, change, said):
    sign_in(client, ana)
    sent = {
        "name_1": "Dora",
        "reach_1": "+57 311",
        "name_2": "Inés",
        "reach_2": "i@example.org",
        "outside_2": "on",
    }
    page = client.post("/andina/people/contacts/", sent | change)
    assert page.status_code == 422
    assert said in page.text
    assert Contact.objects.get(position=1).name == "BETO"


def test_only_the_coordination_changes_them(client, charter, network, beto):
    sign_in(client, beto)
    assert client.get("/andina/people/contacts/").status_code == 403
    with pytest.raises(Refused):
        services.set_contacts(by=beto, network=network, listeners=[INES, INES])


def test_two_who_share_a_name_are_nobody(charter, network, ana):
    from tests.world import add_person

    Participant.objects.filter(pk=add_person(network, "Flor").participant_id).update(name="Ana")
    with pytest.raises(services.UnknownName):
        services.set_contacts(by=ana, network=network, listeners=[Listener("Ana", "x"), INES])


def test_who_leaves_is_shown_no_more_and_the_coordination_is_asked(charter, ana, beto, run_jobs):
    services.end_participation(by=ana, participant=Participant.objects.get(pk=beto.participant_id))
    run_jobs()
    assert [row.name for row in selectors.contacts()] == ["Inés Gómez"]
    ask = Ask.objects.get(kind="contact", closed_at=None)
    assert (ask.person_id, ask.path) == (ana.person_id, "/andina/people/contacts/")


def test_who_leaves_for_good_leaves_no_number_behind(charter, beto):
    services.leave(by=Person.objects.get(pk=beto.person_id))
    assert not Contact.objects.filter(reach="+57 300").exists()


def test_a_team_that_the_charter_names_admits_and_nobody_else(network, ana, beto, dora):
    services.follow_charter(by=system(network.pk), network=network, listeners=[], team=["beto", "Dora"])
    assert Duty.ADMISSION in duties(beto)
    assert Duty.ADMISSION in duties(dora)
    assert Duty.ADMISSION not in duties(ana)
    assert not Ask.objects.filter(kind="team").exists()
    services.follow_charter(by=system(network.pk), network=network, listeners=[], team=["beto", "Nadie"])
    assert Duty.ADMISSION not in duties(dora)
    assert Ask.objects.get(kind="team").person_id == ana.person_id
