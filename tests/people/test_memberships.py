"""Who belongs, who acts, who speaks."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import selectors, services
from tequio.people.models import Duty, Membership, Organization, Participant, Person, Session, Voice
from tequio.people.sessions import SessionStore
from tequio.register.models import Entry
from tests.world import add_member, add_person


def participant_of(actor: Actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("turn").values_list("kind", flat=True))


def test_who_joins_in_the_evening_joins_that_day_where_the_network_lives(network: Network) -> None:
    """A job or a command is in no time zone; what is counted by day would miss who joined tomorrow. Source: XCT-05."""
    with clock.at(datetime(2026, 3, 2, 2, 0, tzinfo=UTC)):  # nine in the evening, in Bogotá
        member = add_member(network, "Tarde")
        actor = add_person(network, "Luz", membership=member)
        services.end_membership(by=system(network.pk), membership=member)
    participant = participant_of(actor)
    assert {member.joined_on, member.ended_on, participant.since_on, participant.until_on} == {
        date(2026, 3, 1)
    }


def test_a_member_has_one_delegate_in_the_database(ana: Actor, beto: Actor) -> None:
    dora = Participant.objects.get(name="Dora")
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.filter(pk=dora.pk).update(voice=Voice.DELEGATE)


def test_naming_a_delegate_hands_the_voice_over(ana: Actor, beto: Actor, dora: Actor) -> None:
    member = Membership.objects.get(pk=beto.membership_id)
    services.name_delegate(by=beto, membership=member, participant=participant_of(dora))
    voices = dict(Participant.objects.filter(membership=member).values_list("name", "voice"))
    assert voices == {"Beto": Voice.NONE, "Dora": Voice.DELEGATE}
    assert kinds()[-2:] == ["people.voice_ended", "people.delegate_named"]


def test_another_member_names_no_delegate_here(beto: Actor, dora: Actor, ana: Actor) -> None:
    mine = Membership.objects.get(pk=ana.membership_id)
    with pytest.raises(Refused):
        services.name_delegate(by=beto, membership=mine, participant=participant_of(ana))
    theirs = Membership.objects.get(pk=beto.membership_id)
    with pytest.raises(Refused):
        services.name_delegate(by=ana, membership=theirs, participant=participant_of(ana))


def test_the_last_coordinator_hands_it_on_first(ana: Actor, beto: Actor) -> None:
    with pytest.raises(services.NeedsSuccessor):
        services.take_duty(by=ana, participant=participant_of(ana), duty=Duty.COORDINATION)
    with pytest.raises(services.NeedsSuccessor):
        services.end_participation(by=ana, participant=participant_of(ana))
    services.give_duty(by=ana, participant=participant_of(beto), duty=Duty.COORDINATION)
    services.take_duty(by=ana, participant=participant_of(ana), duty=Duty.COORDINATION)
    assert Duty.COORDINATION in participant_of(beto).duties
    assert Duty.COORDINATION not in participant_of(ana).duties
    assert kinds()[-2:] == ["people.duty_given", "people.duty_taken"]


def test_duties_are_given_by_the_coordination_alone(ana: Actor, beto: Actor) -> None:
    with pytest.raises(Refused):
        services.give_duty(by=beto, participant=participant_of(beto), duty=Duty.SIGNER)
    services.give_duty(by=ana, participant=participant_of(beto), duty=Duty.SIGNER)
    assert participant_of(beto).duties == [Duty.SIGNER]


def test_who_leaves_is_signed_out_and_asked_nothing(ana: Actor, dora: Actor) -> None:
    store = SessionStore()
    store["_auth_user_id"] = str(dora.person_id)
    store.create()
    waiting = notify.ask(
        person_id=dora.person_id, kind="consent", title="?", minutes=1, path="/andina/", subject="x:1"
    )
    services.end_participation(by=ana, participant=participant_of(dora))
    waiting.refresh_from_db()
    assert waiting.closed_at is not None
    assert not Session.objects.filter(person_id=dora.person_id).exists()
    assert selectors.find_actor(Person.objects.get(pk=dora.person_id)) is None
    assert kinds()[-1] == "people.participation_ended"


def test_seating_somebody_who_is_here_adds_to_what_they_have(network: Network, ana: Actor) -> None:
    person = Person.objects.get(pk=ana.person_id)
    services.seat(by=system(network.pk), person=person, name="Other", duties=[Duty.CONTACT])
    assert Duty.CONTACT in participant_of(ana).duties
    assert Duty.COORDINATION in participant_of(ana).duties
    assert participant_of(ana).name == "Ana"


def test_addresses_are_found_whatever_their_capitals(db: None) -> None:
    one = services.person_for(email="Luz@Example.org", name="Luz")
    assert services.person_for(email=" luz@example.ORG ") == one


def test_networks_of_reads_own_rows_through_the_wall(ana: Actor, carla: Actor, network: Network) -> None:
    assert [each.slug for each in selectors.networks_of(ana.person_id)] == ["andina"]
    assert [each.slug for each in selectors.networks_of(carla.person_id)] == ["sul"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_participant WHERE network_id <> %s", [network.pk])
        assert cursor.fetchone()[0] == 0


def test_each_table_of_a_network_has_its_wall(ana: Actor, network: Network) -> None:
    add_person(network, "Flor")
    for model in (Organization, Membership, Participant):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tequio.network', '', true)")
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 0
            cursor.execute("SELECT set_config('tequio.network', %s, true)", [str(network.pk)])


def test_two_networks_keep_their_people_apart(ana: Actor, carla: Actor, network: Network) -> None:
    assert selectors.find_participant(carla.person_id) is None
    with network_scope(carla.network_id):
        assert selectors.find_participant(ana.person_id) is None
