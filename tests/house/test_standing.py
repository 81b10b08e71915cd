"""Worlds that stand under many tests: what one test does to them no other one sees."""

import asyncio

import pytest
from django.db import connection, connections, transaction

from tequio.networks.models import Network
from tests import standing
from tests.standing import stand, take_down
from tests.world import build_network


def slugs():
    return sorted(Network.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_changes_is_as_before_for_the_next(andina, turn):
    kept = Network.objects.get(pk=andina.network.pk)
    assert (andina.network.slug, kept.slug) == ("andina", "andina")
    andina.network.slug = "otra"
    andina.network.save()
    Network.objects.create(
        slug=f"n{turn}", name={"es": "x"}, languages=["es"], created_at="2026-01-01T00:00Z"
    )
    assert slugs() == [f"n{turn}", "otra"]


def test_only_what_a_test_asks_for_stands(elsewhere):
    assert slugs() == ["sul"]


def test_whoever_asks_for_two_worlds_has_both(andina, elsewhere):
    assert slugs() == ["andina", "sul"]


def test_whoever_asks_for_none_has_none(db):
    assert slugs() == []


def test_worlds_whose_connection_was_closed_are_built_anew(committing):
    stand(["andina"])
    connection.close()
    stand(["andina", "elsewhere"])
    assert slugs() == ["andina", "sul"]
    take_down()
    assert slugs() == []


def test_worlds_keep_no_lock_once_a_browser_brings_another_connection(committing, monkeypatch):
    """A browser's loop gives the thread a connection of its own; what stood on the one before was forgotten."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    stand(["andina"])
    before = connections["default"]

    async def build_again():
        assert connections["default"] is not before
        take_down()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        with transaction.atomic():
            build_network()
        found = slugs()
        connection.close()
        return found

    assert asyncio.run(build_again()) == ["andina"]
    stand(["elsewhere"])
    assert slugs() == ["andina", "sul"]


def test_no_other_fixture_has_the_name_of_a_world(request):
    """A test that asked for the other one would have the world built under it for nothing."""
    manager = request._fixturemanager
    known = (manager._arg2node2fixturedefs, manager._arg2nodeid2fixturedefs)
    made = {
        name: sum(len(all_) for table in known for all_ in table.get(name, {}).values())
        for name in standing.names()
    }
    assert made["andina"] == 1
    assert not [name for name, times in made.items() if times > 1]
