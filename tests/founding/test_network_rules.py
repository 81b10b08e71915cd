"""The rules of a network: only a charter writes them, and each change of a text counts."""

import pytest

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.networks import selectors, services
from tequio.networks.services import Rules


def test_nobody_writes_the_rules_by_hand(ana, network):
    with pytest.raises(Refused):
        services.put_rules_in_force(by=ana, network=network, rules=Rules(), version=1)


def test_new_rules_take_the_place_of_the_old_ones(network):
    by = system(network.pk)
    first = Rules(
        statements={"code": {"es": "Uno"}}, criteria=[{"es": "A"}, {"es": "B"}], rhythms={"MEETING": 12}
    )
    services.put_rules_in_force(by=by, network=network, rules=first, version=1)
    second = Rules(statements={"code": {"es": "Dos"}}, criteria=[{"es": "C"}], rhythms={"MEETING": 4})
    services.put_rules_in_force(by=by, network=network, rules=second, version=2)
    assert selectors.statements()["code"].version == 2
    assert [row.texts for row in selectors.criteria()] == [{"es": "C"}]
    assert selectors.rhythms() == {"MEETING": 4}
    services.put_rules_in_force(by=by, network=network, rules=second, version=3)
    assert selectors.statements("code")["code"].version == 2


def test_only_the_coordination_hides_a_network(ana, beto, network):
    with pytest.raises(Refused):
        services.show(by=beto, network=network, listed=False)
    assert not services.show(by=ana, network=network, listed=False).listed
