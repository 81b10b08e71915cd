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


def test_a_criterion_says_how_it_is_answered_and_a_benefit_how_it_is_seen(network):
    """Source: REA-09, MEM-02, COM-01, COM-02."""
    criterion = {"texts": {"es": "¿Cuántas personas son?"}, "answer": "NUMBER", "required": False}
    benefit = {"reason": "FUNDING", "texts": {"es": "Dos fondos"}, "measure": {"es": "en un año"}}
    rules = Rules(criteria=[criterion, {"es": "Como antes"}], benefits=[benefit])
    services.put_rules_in_force(by=system(network.pk), network=network, rules=rules, version=1)
    kept = list(selectors.criteria().values_list("answer", "required"))
    assert kept == [("NUMBER", False), ("YES_NO", True)]
    assert list(selectors.benefits().values_list("reason", "position")) == [("FUNDING", 1)]


def test_a_list_that_says_the_same_is_left_alone(network):
    by = system(network.pk)
    rules = Rules(criteria=[{"texts": {"es": "A"}}], statements={"vision": {"es": "Agua"}})
    services.put_rules_in_force(by=by, network=network, rules=rules, version=1)
    kept = [row.pk for row in selectors.criteria()]
    services.put_rules_in_force(by=by, network=network, rules=rules, version=2)
    assert [row.pk for row in selectors.criteria()] == kept


def test_a_text_that_the_charter_no_longer_holds_says_nothing(network):
    by = system(network.pk)
    services.put_rules_in_force(
        by=by, network=network, rules=Rules(statements={"vision": {"es": "Agua"}}), version=1
    )
    services.put_rules_in_force(by=by, network=network, rules=Rules(), version=2)
    row = selectors.statements("vision")["vision"]
    assert (row.texts, row.version) == ({}, 2)
