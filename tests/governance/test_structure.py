"""Circles and seats: what they hold, what is refused and why, and what the register says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.governance import selectors, services
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import Ended, Kind, Role
from tequio.people import services as people
from tequio.people.models import Duty, Membership, Status
from tequio.register.models import Entry
from tests.governance.world import Circles, decided, in_days, of, open_body
from tests.world import add_person


def roles(circle: Circle) -> set[tuple[str, str]]:
    return set(selectors.active().filter(circle=circle).values_list("participant__name", "role"))


def test_a_circle_has_an_aim_a_domain_and_members(circles: Circles, ana):
    """Source: GOV-11, GOV-07."""
    learning = circles.learning
    assert learning.title == "Aprendizaje"
    assert [item.of.circle_id for item in learning.domain.all()] == [circles.general.pk]
    assert [one.name for one in selectors.members_of(learning)] == ["Beto", "Dora", "Emi"]
    opened = Entry.objects.get(kind="governance.circle_opened", ref=f"governance.Circle:{learning.pk}")
    assert opened.facts["aim"] == {"es": "Que aprendamos unas de otras"}
    with pytest.raises(Refused, match="nombre"):
        services.open_circle(by=ana, name={"es": " "}, aim={"es": "x"}, parent=circles.general)


def test_two_circles_never_claim_the_same_part(circles: Circles, ana):
    taken = list(circles.general.domain.all())[1]
    with pytest.raises(Refused, match="Otro círculo"):
        services.open_circle(
            by=ana, name={"es": "Otro"}, aim={"es": "x"}, parent=circles.general, handed_down=[taken]
        )


def test_a_circle_never_lies_inside_itself(circles: Circles, ana):
    """Source: C5 of the circle's invariants."""
    by = system(ana.network_id)
    inner = services.open_circle(by=by, name={"es": "Talleres"}, aim={"es": "x"}, parent=circles.learning)
    with pytest.raises(IntegrityError), transaction.atomic():
        Circle.objects.filter(pk=inner.pk).update(parent=inner)


def test_where_a_group_may_lie(circles: Circles, ana):
    said = {"name": {"es": "Ayuda"}, "aim": {"es": "Probar"}}
    with pytest.raises(Refused, match="no va ahí"):
        services.open_circle(by=ana, kind=Kind.HELPING, expires_on=in_days(30), **said)
    with pytest.raises(Refused, match="termina"):
        services.open_circle(by=system(ana.network_id), kind=Kind.HELPING, parent=circles.learning, **said)
    with pytest.raises(Refused, match="ya reúne"):
        services.open_circle(by=ana, **said)
    with pytest.raises(Refused, match="número"):
        services.open_circle(by=ana, kind=Kind.RING, **said)
    helping = services.open_circle(
        by=system(ana.network_id), kind=Kind.HELPING, parent=circles.learning, expires_on=in_days(30),
        members=[circles.people["emi"]], **said,
    )  # fmt: skip
    assert selectors.members_of(helping).count() == 1
    assert selectors.members_of(helping, in_days(30)).count() == 0


def test_leader_and_delegate_are_two_people(circles: Circles, ana, network):
    """Source: GOV-13, GOV-14."""
    by = system(network.pk)
    with pytest.raises(Refused, match="dos personas"):
        services.seat(
            by=by, circle=circles.learning, participant=circles.people["beto"], role=Role.DELEGATE,
            until=in_days(30), entry=circles.decision,
        )  # fmt: skip


def test_a_leader_rests_on_consent_and_on_nothing_else(circles: Circles, network):
    """Never by a majority. Source: GOV-16."""
    said = {"by": system(network.pk), "circle": circles.learning, "participant": circles.people["dora"],
            "role": Role.LEADER, "until": in_days(30)}  # fmt: skip
    with pytest.raises(Refused, match="sin objeciones"):
        services.seat(**said, entry=decided(network, step="ADOPTED_BY_MAJORITY"))
    opened = Entry.objects.filter(kind="governance.circle_opened").first()
    with pytest.raises(Refused, match="primeras"):
        services.seat(**said, entry=opened.pk)
    with pytest.raises(Refused, match="decisión"):
        services.seat(**said, entry=Entry.objects.filter(kind="people.joined").first().pk)
    with pytest.raises(Refused, match="decisión"):
        services.seat(**said)
    services.seat(**said, entry=decided(network, step="ELECTED"))
    assert ("Dora", Role.LEADER) in roles(circles.learning)
    assert ("Beto", Role.LEADER) not in roles(circles.learning)
    before = Seat.objects.get(circle=circles.learning, participant=circles.people["beto"], role=Role.LEADER)
    assert before.ended_why == Ended.REPLACED


def test_a_role_has_an_end_and_is_for_members(circles: Circles, network, ana):
    """Source: C6, GOV-19."""
    said = {"by": system(network.pk), "circle": circles.learning, "role": Role.SECRETARY}
    with pytest.raises(Refused, match="hasta cuándo"):
        services.seat(**said, participant=circles.people["dora"])
    with pytest.raises(Refused, match="por venir"):
        services.seat(**said, participant=circles.people["dora"], until=in_days(0))
    with pytest.raises(Refused, match="integrantes"):
        services.seat(**said, participant=circles.people["ana"], until=in_days(5))
    services.seat(**said, participant=circles.people["dora"], until=in_days(5))
    assert ("Dora", Role.SECRETARY) in roles(circles.learning)
    with clock.at(clock.now() + timedelta(days=5)):  # the end date closes the role by itself
        assert ("Dora", Role.SECRETARY) not in roles(circles.learning)


def test_the_database_alone_holds_one_open_mandate_a_role(circles: Circles):
    seat = Seat.objects.get(circle=circles.learning, role=Role.LEADER)
    for participant in ("beto", "dora"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(
                circle=circles.learning, participant=circles.people[participant], role=Role.LEADER,
                since=seat.since, until=seat.until,
            )  # fmt: skip


def test_who_leaves_a_circle_leaves_its_roles_and_the_circle_around_it(circles: Circles, network, emi):
    seat = Seat.objects.get(circle=circles.learning, participant=circles.people["emi"], role=Role.MEMBER)
    services.end_seat(by=emi, seat=seat, why=Ended.RESIGNED)
    services.end_seat(by=emi, seat=seat, why=Ended.RESIGNED)  # twice acts once
    assert not selectors.active().filter(participant=circles.people["emi"]).exists()
    assert Entry.objects.filter(kind="governance.seat_ended").count() == 3


def test_giving_a_seat_back_needs_nobody_and_removing_needs_a_decision(circles: Circles, network, beto, emi):
    seat = Seat.objects.get(circle=circles.learning, role=Role.DELEGATE)
    with pytest.raises(Refused, match="decisión"):
        services.end_seat(by=beto, seat=seat, why=Ended.REMOVED)
    with pytest.raises(Refused):
        services.end_seat(
            by=emi, seat=Seat.objects.get(circle=circles.learning, role=Role.LEADER), why=Ended.LEFT
        )
    services.end_seat(by=beto, seat=seat, why=Ended.REMOVED, entry=decided(network))
    assert Seat.objects.get(pk=seat.pk).ended_why == Ended.REMOVED


def test_nothing_has_to_be_written_for_a_seat_to_rest(circles: Circles, network, ana, beto):
    """A pause, the end of a membership and a person who left silence a seat at once. Source: GOV-14."""
    member = Membership.objects.get(pk=beto.membership_id)
    people.pause(by=beto, membership=member, from_on=in_days(0))
    assert ("Beto", Role.LEADER) not in roles(circles.learning)
    people.resume(by=beto, membership=member)
    assert ("Beto", Role.LEADER) in roles(circles.learning)
    people.end_participation(by=ana, participant=of(beto))
    assert ("Beto", Role.LEADER) not in roles(circles.learning)
    member.refresh_from_db()
    people.end_membership(by=system(network.pk), membership=member, status=Status.REMOVED)
    assert not {name for name, _role in roles(circles.learning)} & {"Beto", "Dora"}


def test_a_closed_group_seats_nobody(circles: Circles, ana, beto, network):
    with pytest.raises(Refused, match="otros grupos"):
        services.close_circle(by=ana, circle=circles.general, why="x")
    with pytest.raises(Refused, match="por qué"):
        services.close_circle(by=beto, circle=circles.learning, why=" ")
    services.close_circle(by=beto, circle=circles.learning, why="Terminó su trabajo")
    assert not selectors.active().filter(circle=circles.learning).exists()
    assert roles(circles.general) == {("Ana", Role.MEMBER)}  # who came for it goes with it
    with pytest.raises(Refused, match="cerrado"):
        services.seat(by=system(network.pk), circle=circles.learning, participant=of(ana), role=Role.MEMBER)


def test_the_coordination_is_a_body_whose_members_have_mandates(network, ana, beto):
    """First among equals: its people hold the duty that permissions rest on. Source: P25, GOV-17, GOV-19."""
    body = open_body(network, members=[of(ana), of(beto)])
    assert body.ring == 0
    assert Duty.COORDINATION in of(beto).duties
    seat = Seat.objects.get(circle=body, participant=of(beto))
    assert seat.until is not None
    services.end_seat(by=ana, seat=seat, why=Ended.RESIGNED)
    assert Duty.COORDINATION not in of(beto).duties
    with pytest.raises(Refused, match="coordinación"):
        open_body(network, members=[of(ana)])


def test_renewal_is_a_new_selection_and_only_as_often_as_the_charter_says(network, ana, beto):
    """Source: GOV-19, GOV-20."""
    body = open_body(network, members=[of(ana), of(beto)])

    def renew(*, until):
        return services.seat(
            by=ana, circle=body, participant=of(beto), role=Role.MEMBER, until=until, entry=decided(network)
        )

    with pytest.raises(Refused, match="12"):
        renew(until=in_days(800))
    with clock.at(clock.now() + timedelta(days=330)):
        assert renew(until=in_days(300)).renewals == 1
    with clock.at(clock.now() + timedelta(days=600)):
        assert selectors.barred(body, on=in_days(0)).keys() == {beto.participant_id}
        with pytest.raises(Refused, match="seguidos"):
            renew(until=in_days(300))
        with pytest.raises(Refused, match="decisión"):
            services.seat(by=ana, circle=body, participant=of(ana), role=Role.MEMBER, until=in_days(300))


def test_a_stranger_changes_nothing(circles: Circles, network):
    zoe = add_person(network, "Zoe")
    refused = [
        lambda: services.open_circle(by=zoe, name={"es": "x"}, aim={"es": "x"}, parent=circles.general),
        lambda: services.seat(by=zoe, circle=circles.general, participant=of(zoe), role=Role.MEMBER),
        lambda: services.close_circle(by=zoe, circle=circles.learning, why="x"),
        lambda: services.end_seat(by=zoe, seat=Seat.objects.first(), why=Ended.REMOVED),
    ]
    for act in refused:
        with pytest.raises(Refused):
            act()
