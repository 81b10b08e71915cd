"""The first wall: rows of a network cannot be touched outside it, in any way Django offers."""

import pytest
from django.db import models
from django.utils import timezone

from tequio.core.scoping import NoNetwork, WrongNetwork, everywhere, network_scope
from tequio.networks.models import Criterion, Network, Pillar
from tequio.people.models import Membership, Organization, Participant, Person


@pytest.fixture
def two(db):
    networks, rows = [], []
    for slug in ("a", "b"):
        network = Network.objects.create(
            slug=slug, name={"es": slug}, languages=["es"], created_at=timezone.now()
        )
        with network_scope(network.pk):
            rows.append(Organization.objects.create(name="o", folded="o", created_at=timezone.now()))
        networks.append(network)
    return networks, rows


def fresh(**more):
    return Organization(name="x", folded="x", created_at=timezone.now(), **more)


OUTSIDE = {
    "all": lambda o: list(Organization.objects.all()),
    "exists": lambda o: Organization.objects.exists(),
    "exclude exists": lambda o: Organization.objects.exclude(pk=0).exists(),
    "count": lambda o: Organization.objects.count(),
    "distinct count": lambda o: Organization.objects.distinct().count(),
    "values": lambda o: list(Organization.objects.values_list("pk", flat=True)),
    "aggregate": lambda o: Organization.objects.aggregate(models.Max("pk")),
    "iterator": lambda o: list(Organization.objects.iterator()),
    "in_bulk": lambda o: Organization.objects.in_bulk(),
    "contains": lambda o: Organization.objects.contains(o),
    "get_or_create": lambda o: Organization.objects.get_or_create(name="x"),
    "update": lambda o: Organization.objects.update(name="x"),
    "filter update": lambda o: Organization.objects.filter(pk=1).update(name="x"),
    "delete": lambda o: Organization.objects.all().delete(),
    "bulk_update": lambda o: Organization.objects.bulk_update([o], ["name"]),
    "bulk_create": lambda o: Organization.objects.bulk_create([fresh()]),
    "create": lambda o: Organization.objects.create(name="x", folded="x", created_at=timezone.now()),
    "raw": lambda o: list(Organization.objects.raw("select * from people_organization")),
    "explain": lambda o: Organization.objects.explain(),
    "save": lambda o: o.save(),
    "instance delete": lambda o: o.delete(),
    "related manager": lambda o: list(o.aliases.all()),
    "related create": lambda o: o.aliases.create(name="x", folded="x"),
    "union": lambda o: list(Organization.objects.all().union(Organization.objects.all())),
    "dates": lambda o: list(Organization.objects.datetimes("created_at", "year")),
    "select_for_update": lambda o: list(Organization.objects.select_for_update()),
    "subquery": lambda o: list(Network.objects.filter(pk__in=Organization.objects.values("network"))),
    "exists subquery": lambda o: list(Network.objects.filter(models.Exists(Organization.objects.all()))),
    "refresh": lambda o: o.refresh_from_db(),
    "forward link": lambda o: Membership(organization_id=o.pk).organization,
}


@pytest.mark.parametrize("way", OUTSIDE)
def test_nothing_works_outside_a_network(two, way):
    with pytest.raises(NoNetwork):
        OUTSIDE[way](two[1][0])


def test_inside_one_sees_only_ones_own(two):
    (a, b), (mine, theirs) = two
    with network_scope(a.pk):
        assert list(Organization.objects.all()) == [mine]
        assert Organization.objects.filter(pk=theirs.pk).update(name="x") == 0
        for way in (
            lambda: Organization.objects.update(network=b),
            lambda: Organization.objects.update(merged_into=theirs),
            theirs.save,
            theirs.delete,
            lambda: Organization.objects.bulk_create([fresh(network=b)]),
            lambda: fresh(merged_into=theirs).save(),
            lambda: fresh(merged_into_id=theirs.pk).save(),
            lambda: Criterion(network=b, position=1).save(),
        ):
            with pytest.raises(WrongNetwork):
                way()


def test_a_link_given_by_its_number_alone_is_checked_too(two):
    (a, _b), (mine, theirs) = two
    with network_scope(a.pk):
        mine.merged_into_id = theirs.pk
        with pytest.raises(WrongNetwork):
            mine.save()
        member = Membership.objects.create(organization=mine, name="o", joined_on=timezone.localdate())
        person = Person.objects.create_user("z@example.org")
        Participant.objects.create(
            person=person, name="z", membership_id=member.pk, since_on=timezone.localdate()
        )


def test_everywhere_needs_a_reason_and_does_not_lift_the_second_wall(two):
    with everywhere(because="a test counts every organization"):
        assert Organization.objects.count() == 0
    with pytest.raises(TypeError), everywhere(because=""):
        pass


def write_and_fail(network):
    with network_scope(network.pk):
        Pillar.objects.create(position=1)
        raise ZeroDivisionError


def test_the_scope_is_restored_also_after_a_fault(two):
    (a, b), (mine, theirs) = two
    with network_scope(a.pk):
        with network_scope(b.pk):
            assert Organization.objects.get() == theirs
        assert Organization.objects.get() == mine
        with pytest.raises(ZeroDivisionError):
            write_and_fail(b)
        assert Organization.objects.get() == mine
        assert not Pillar.objects.exists()
    with pytest.raises(NoNetwork):
        Organization.objects.get()
