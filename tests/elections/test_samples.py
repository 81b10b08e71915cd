"""Our rules against small openly licensed samples that lie in this folder, so that a fresh clone tests each of them too.

``samples/`` says where each comes from: published ones by name and licence; ours were counted when our rules agreed with
every published ward and fund (tests/elections/test_oracles.py, where those are at hand). Source: GOV-18.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from tequio.elections.rules import approval, committees, equal_shares, greedy, irv, schulze, scottish_stv
from tequio.elections.rules.ballots import Approvals, Rankings, grouped
from tests.elections.test_oracles import exhausted

SAMPLES = Path(__file__).parent / "samples"


def sample(name):
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def orders(names, ballots):
    """Rankings from a count and the names in order, each written by its first letters."""
    return Rankings(
        tuple(names),
        grouped((many, tuple((names.index(one),) for one in said.split())) for many, said in ballots),
    )


def test_a_ward_of_three_seats_is_counted_to_the_same_votes_at_every_stage():
    told = sample("ward")
    ballots = grouped((many, tuple((int(one),) for one in said.split())) for many, said in told["ballots"])

    outcome = scottish_stv.count(Rankings(tuple(told["candidates"]), ballots), seats=told["seats"])

    assert list(outcome.winners) == told["winners"]
    assert [[one["non_transferable"], one["votes"]] for one in outcome.stages] == told["stages"]


def test_burlington_among_the_three_who_came_furthest():
    """The figures of Burlington's election of 2009, added up for the last three: runoff and one to one differ."""
    names = ("K", "W", "M")
    said = {"K": 568, "K M": 1081, "K M W": 962, "K W": 118, "K W M": 253, "M": 455, "M K": 639, "M K W": 693, "M W": 279,
            "M W K": 488, "W": 1289, "W M K": 887, "W K M": 342, "W K": 153, "W M": 626}  # fmt: skip
    rankings = orders(names, [(many, one) for one, many in said.items()])
    assert irv.count(rankings).winners == ("K",)
    assert schulze.count(rankings).winners == ("M",)


def test_the_example_of_45_voters_that_schulze_published():
    said = {"A C B E D": 5, "A D E C B": 5, "B E D A C": 8, "C A B E D": 3, "C A E B D": 7, "C B A D E": 2, "D C E B A": 7,
            "E B A D C": 8}  # fmt: skip
    outcome = schulze.count(orders(tuple("ABCDE"), [(many, one) for one, many in said.items()]))
    assert outcome.winners == ("E",)


@pytest.mark.parametrize("told", sample("committees")["instances"], ids=lambda told: told["name"])
def test_committees_are_among_those_of_another_program(told):
    names = tuple(map(str, range(told["candidates"])))
    approvals = Approvals(names, grouped((1, tuple(sorted(one))) for one in told["profile"]))
    outcomes = {
        "av": approval.count(approvals, seats=told["seats"]),
        "seqphragmen": committees.count_phragmen(approvals, seats=told["seats"]),
        "equal-shares": committees.count_seats(approvals, seats=told["seats"]),
    }
    for rule, outcome in outcomes.items():
        assert sorted(map(int, outcome.winners)) in told["committees"][rule], rule


def slowly(costs, ballots, purse):
    """Equal Shares as its paper tells it, with nothing clever: whoever approves pays, the smallest part of the cost first."""
    purses, bought = [Fraction(purse)] * len(ballots), []
    while True:
        offers = []
        for project in {*range(len(costs))} - {*bought}:
            payers = [voter for voter, said in enumerate(ballots) if project in said]
            if sum(purses[one] for one in payers) < costs[project]:
                continue
            missing, poor = Fraction(costs[project]), sorted(payers, key=purses.__getitem__)
            for place, voter in enumerate(poor):
                if purses[voter] * (len(poor) - place) >= missing:
                    each = missing / (len(poor) - place)
                    offers.append(
                        (each / costs[project], costs[project], -len(payers), project, each, payers)
                    )
                    break
                missing -= purses[voter]
        if not offers:
            return bought
        *_order, project, each, payers = min(offers)
        bought.append(project)
        for voter in payers:
            purses[voter] -= min(purses[voter], each)


def test_a_fund_is_spent_as_the_slow_way_spends_it():
    told = sample("fund")
    names, costs, ballots = "ABCDEFGHI", told["costs"], told["ballots"]
    fund = Approvals(
        tuple(names),
        grouped((1, tuple(one)) for one in ballots),
        tuple(map(Fraction, costs)),
        Fraction(told["budget"]),
    )

    def named(projects):
        return sorted(names[one] for one in projects)

    start = Fraction(told["budget"], len(ballots))
    best, steps, further = [], 0, slowly(costs, ballots, start)
    while sum(costs[one] for one in further) <= told["budget"] and len(best) < len(costs):
        best, steps = further, steps + 20
        further = slowly(costs, ballots, start + steps)

    assert sorted(equal_shares.count(fund).winners) == named(slowly(costs, ballots, start)) == told["plain"]
    assert sorted(equal_shares.count_add1(fund, step=Fraction(20)).winners) == named(best)
    assert sorted(equal_shares.count_add1(fund).winners) == told["add1"]
    assert sorted(greedy.count(fund).winners) == told["greedy"]
    left = told["budget"] - sum(costs[names.index(one)] for one in exhausted(fund))
    assert all(cost > left for name, cost in zip(names, costs, strict=True) if name not in exhausted(fund))
