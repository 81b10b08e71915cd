"""Reads whose SQL is kept: the same rows as Django's own, and no network but the one we are in."""

import pytest
from django.db import connection
from django.db.models import CharField, Count
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tequio.core import clock
from tequio.core.prepared import prepared, slot
from tequio.core.scoping import NoNetwork, network_scope
from tequio.networks.models import Network
from tequio.people.models import Alias, Membership, Organization


@pytest.fixture
def two(db):
    networks = []
    for slug in ("a", "b"):
        network = Network.objects.create(
            slug=slug, name={"es": slug}, languages=["es"], created_at=timezone.now()
        )
        with network_scope(network.pk):
            for name in ("Agua", "Barrio"):
                row = Organization.objects.create(
                    name=f"{name} {slug}", folded=name.lower(), created_at=timezone.now()
                )
                Alias.objects.create(organization=row, name=f"{name}s", folded=f"{name.lower()}s")
        networks.append(network)
    return networks


def by_name():
    return prepared(lambda: Organization.objects.filter(folded=slot("folded", CharField())).order_by("pk"))


def test_a_prepared_read_finds_what_it_is_asked_in_the_network_it_is_asked_in(two):
    find = by_name()
    for network in (*two, *two):
        for folded in ("agua", "barrio"):
            with network_scope(network.pk):
                found = find(folded=folded)
                assert found == list(Organization.objects.filter(folded=folded))
                assert [row.network_id for row in found] == [network.pk]
                assert find.first(folded="nobody") is None


def test_it_returns_models_with_their_links_values_and_counts_as_django_does(two):
    reads = [
        lambda: Alias.objects.select_related("organization").order_by("pk"),
        lambda: Organization.objects.values("name", names=Count("aliases")).order_by("name"),
        lambda: Organization.objects.values_list("name", "created_at").order_by("name"),
        lambda: Organization.objects.values_list("uuid", flat=True).order_by("pk"),
    ]
    for network in two:
        for read in reads:
            with network_scope(network.pk):
                assert prepared(read)() == list(read())
    with network_scope(two[0].pk), CaptureQueriesContext(connection) as asked:
        (first, _second) = prepared(reads[0])()
        assert first.organization.name == "Agua a"
    assert len([each for each in asked if "people_alias" in each["sql"]]) == 1


def test_outside_a_network_it_raises_even_after_it_was_put_together_inside_one(two):
    find = by_name()
    with network_scope(two[0].pk):
        find(folded="agua")
    with pytest.raises(NoNetwork):
        find(folded="agua")


def test_a_read_of_which_a_part_remembers_a_network_is_refused(two):
    with network_scope(two[0].pk):
        rows = Organization.objects.order_by("pk")
        with pytest.raises(NoNetwork, match="inside the function"):
            prepared(lambda: rows)()


def test_a_value_that_was_not_given_is_missed(two):
    with network_scope(two[0].pk), pytest.raises(KeyError):
        by_name()()


def test_a_kind_of_read_that_nobody_has_prepared_is_refused(two):
    named = prepared(lambda: Organization.objects.values_list("name", named=True))
    with network_scope(two[0].pk), pytest.raises(TypeError):
        named()


def test_what_it_makes_is_what_django_makes(two):
    reads = [
        lambda: Alias.objects.select_related("organization").order_by("pk"),
        lambda: Alias.objects.only("name").order_by("pk"),
        lambda: Membership.objects.select_related("organization", "person").order_by("pk"),
        lambda: Organization.objects.annotate(names=Count("aliases")).order_by("pk"),
    ]
    with network_scope(two[0].pk):
        agua = Organization.objects.first()
        Membership.objects.create(name="Agua", organization=agua, joined_on=clock.today())
        for read in reads:
            for ours, theirs in zip(prepared(read)(), read(), strict=True):
                assert told(ours) == told(theirs)
                assert type(ours) is type(theirs)
        (one, _other) = prepared(reads[1])()
        assert one.get_deferred_fields() == {"network_id", "organization_id", "folded"}
        assert one.folded == "aguas"
        one.name = "Fuentes"
        one.save()
        assert Alias.objects.get(pk=one.pk).name == "Fuentes"


def told(row):
    """Say all that an object holds, with the objects that its links have brought."""
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    state = row._state
    links = {name: end and told(end) for name, end in state.fields_cache.items()}
    return own, state.adding, state.db, links


def test_a_model_that_wants_to_be_there_when_it_is_made_is_made_by_django(two):
    heard = []

    def listen(sender, instance, **rest):
        heard.append(instance.name)

    post_init.connect(listen, sender=Organization)
    try:
        with network_scope(two[0].pk):
            found = prepared(lambda: Organization.objects.order_by("pk"))()
    finally:
        post_init.disconnect(listen, sender=Organization)
    assert heard == [row.name for row in found] == ["Agua a", "Barrio a"]


def test_json_that_was_read_before_can_be_changed_without_anybody_else_seeing_it(two):
    read = prepared(lambda: Network.objects.filter(slug=slot("slug", CharField())))
    read.first(slug="a").name["es"] = "Otra"
    assert read.first(slug="a").name == {"es": "a"}
    read.first(slug="a").languages.append("pt-br")
    assert read.first(slug="a").languages == ["es"]
    shows = prepared(lambda: Organization.objects.values_list("shows", flat=True))
    with network_scope(two[0].pk):
        Organization.objects.update(shows={"name": "EVERYBODY", "more": {"deep": [1]}})
        shows()[0]["more"]["deep"].append(2)
        assert shows()[0] == {"name": "EVERYBODY", "more": {"deep": [1]}}
