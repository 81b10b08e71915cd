"""What every count keeps, whatever the ballots say."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.elections.rules import (
    approval,
    committees,
    counting,
    drawing_ties,
    equal_shares,
    greedy,
    irv,
    schulze,
    scottish_stv,
)
from tequio.elections.rules.ballots import Approvals, CannotCount, Rankings, Scores, grouped

NAMES = ("Abeja", "Búho", "Cóndor", "Delfín", "Erizo")
calm = settings(deadline=None, max_examples=30)

orders = st.permutations(range(5)).flatmap(
    lambda order: st.integers(0, 5).map(lambda length: tuple((one,) for one in order[:length]))
)
boxes = st.lists(st.tuples(st.integers(1, 9), orders), min_size=1, max_size=12).filter(
    lambda papers: any(places for _many, places in papers)
)
chosen = st.sets(st.integers(0, 4)).map(lambda one: tuple(sorted(one)))
approving = st.lists(st.tuples(st.integers(1, 4), chosen), min_size=1, max_size=10).filter(
    lambda papers: any(options for _many, options in papers)
)
prices = st.lists(st.integers(1, 40).map(Fraction), min_size=5, max_size=5).map(tuple)


def rankings(papers):
    return Rankings(NAMES, grouped(papers))


@calm
@given(boxes, st.integers(1, 4))
def test_no_vote_appears_or_vanishes_at_any_stage(papers, seats):
    outcome = scottish_stv.count(rankings(papers), seats=seats)

    cast = sum(many for many, places in papers if places)
    for stage in outcome.stages:
        held = sum(map(Fraction, stage["votes"].values()))
        assert held + Fraction(stage["non_transferable"]) + Fraction(stage["lost_to_fractions"]) == cast
        assert Fraction(stage["lost_to_fractions"]) >= 0
    assert len(outcome.winners) == len(set(outcome.winners)) == seats
    elected = [name for stage in outcome.stages for name in stage["elected"]]
    assert elected == list(outcome.winners)


@calm
@given(boxes, st.integers(5, 9))
def test_where_seats_are_enough_whoever_stands_is_elected(papers, seats):
    """More seats than candidates fill as far as there are any; a seat stays empty. Source: GOV-18."""
    outcome = scottish_stv.count(rankings(papers), seats=seats)

    assert sorted(outcome.winners) == sorted(NAMES)


@calm
@given(boxes, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_changes_nothing(papers, seats, chance):
    shuffled = [(1, places) for many, places in papers for _one in range(many)]
    chance.shuffle(shuffled)

    for rule in ("scottish-stv", "schulze", "irv"):
        wanted = seats if rule == "scottish-stv" else 1
        assert counting.count_ranked(rule, rankings(papers), seats=wanted) == counting.count_ranked(
            rule, rankings(shuffled), seats=wanted
        )


@calm
@given(boxes)
def test_who_beats_everybody_one_to_one_wins_by_schulze(papers):
    preferred = schulze.preferences(rankings(papers))

    best = schulze.condorcet_winner(preferred, range(5))

    if best is not None:
        assert schulze.count(rankings(papers)).winners == (NAMES[best],)


@calm
@given(boxes)
def test_more_than_half_of_the_first_places_wins_one_seat_by_every_rule(papers):
    first = [sum(many for many, places in papers if places and places[0] == (one,)) for one in range(5)]
    for one, votes in enumerate(first):
        if 2 * votes > sum(many for many, _places in papers):
            assert schulze.count(rankings(papers)).winners == (NAMES[one],)
            assert irv.count(rankings(papers)).winners == (NAMES[one],)
            assert scottish_stv.count(rankings(papers), seats=1).winners == (NAMES[one],)


@calm
@given(approving, prices, st.integers(1, 120))
def test_equal_shares_spends_no_more_than_there_is_and_leaps_over_nothing(papers, costs, budget):
    approvals = Approvals(NAMES, grouped(papers), costs, Fraction(budget))
    market = equal_shares.Market(approvals)

    steps, best = 0, market.run(0)
    while len(best.bought) < market.wanted and steps < 200:
        further = market.run(steps + 1)
        if sum(costs[one.option] for one in further.bought) > budget:
            break
        steps, best = steps + 1, further

    outcome = equal_shares.count_add1(approvals)
    assert sum(costs[NAMES.index(name)] for name in outcome.winners) <= budget
    if steps < 200:
        assert outcome.winners == tuple(NAMES[one.option] for one in best.bought)
    assert sum(costs[NAMES.index(name)] for name in equal_shares.count(approvals).winners) <= budget


@calm
@given(approving, st.integers(1, 4))
def test_a_group_large_enough_that_agrees_is_not_left_without_a_seat(papers, seats):
    """Everybody who approves the same option, and is a seat's part of all, sees one elected whom they approve."""
    approvals = Approvals(NAMES, grouped(papers))
    voters = sum(many for many, _options in papers)

    for count in (committees.count_seats, committees.count_phragmen):
        winners = {NAMES.index(name) for name in count(approvals, seats=seats).winners}
        assert len(winners) == min(seats, sum(1 for votes in approval.support(approvals) if votes))
        for option in range(5):
            without = sum(
                many for many, options in papers if option in options and not winners.intersection(options)
            )
            assert without * seats < voters, (count, option)


@calm
@given(approving, st.randoms(use_true_random=False))
def test_the_order_of_approvals_changes_nothing(papers, chance):
    shuffled = [(1, options) for many, options in papers for _one in range(many)]
    chance.shuffle(shuffled)
    one, two = Approvals(NAMES, grouped(papers)), Approvals(NAMES, grouped(shuffled))

    for rule in ("approval", "seq-phragmen", "equal-shares-seats", "objectives"):
        assert counting.count_approved(rule, one, seats=2) == counting.count_approved(rule, two, seats=2)


def test_a_larger_surplus_goes_first_and_fractions_are_cut():
    papers = [(9, ((0,), (2,))), (7, ((1,), (3,))), (1, ((2,),)), (1, ((3,),))]

    outcome = scottish_stv.count(Rankings(NAMES[:4], grouped(papers)), seats=3)

    assert outcome.notes["quota"] == "5.00000"
    assert [stage.get("candidate") for stage in outcome.stages[:3]] == [None, "Abeja", "Búho"]
    assert outcome.stages[1]["votes"]["Cóndor"] == "4.99996"  # nine papers at 4/9, cut after five decimals
    assert outcome.winners == ("Abeja", "Búho", "Cóndor")


def test_a_tie_goes_by_the_last_stage_that_tells_apart_then_by_the_lot():
    papers = [(3, ((0,),)), (2, ((1,),)), (2, ((2,),))]
    three = Rankings(NAMES[:3], grouped(papers))

    by_file = scottish_stv.count(three, seats=1)
    by_lot = scottish_stv.count(three, seats=1, order=("Cóndor", "Búho", "Abeja"))

    assert by_file.stages[1]["candidate"] == "Búho"
    assert by_file.stages[1]["tie"] == {"between": ["Búho", "Cóndor"], "decided_by": "lot"}
    assert by_lot.stages[1]["candidate"] == "Cóndor"


def test_schulze_names_all_who_tie_unless_a_lot_decides():
    cycle = Rankings(NAMES[:3], ((1, ((0,), (1,), (2,))), (1, ((1,), (2,), (0,))), (1, ((2,), (0,), (1,)))))

    assert schulze.count(cycle).winners == NAMES[:3]
    assert schulze.count(cycle, order=("Búho", "Abeja", "Cóndor")).winners == ("Búho",)


def test_runoff_and_schulze_name_each_other_where_they_differ():
    papers = [(4, ((0,), (1,), (2,))), (3, ((2,), (1,), (0,))), (2, ((1,), (2,), (0,)))]

    counted = counting.count_ranked("schulze", Rankings(NAMES[:3], grouped(papers)))

    assert counted.winners == ("Búho",)
    assert counted.notes["differs"] == {"irv": ["Cóndor"]}


def test_schulze_counts_what_leaves_the_runoff_nothing_to_count():
    papers = rankings([(2, ((1, 2),)), (1, ())])
    counted = counting.count_ranked("schulze", papers)
    assert (counted.winners, counted.notes) == (NAMES[1:3], {"votes": 2})
    with pytest.raises(CannotCount):
        counting.count_ranked("irv", papers)


def test_equal_shares_gives_a_third_of_the_people_a_third_of_the_money():
    """Two thirds approve the dear projects; greedy gives them all. Source: GOVERNANCE 3."""
    papers = ((20, (0, 1, 2)), (10, (3,)))
    approvals = Approvals(NAMES[:4], papers, tuple(map(Fraction, (10, 10, 10, 10))), Fraction(30))

    assert greedy.count(approvals).winners == ("Abeja", "Búho", "Cóndor")
    counted = counting.count_fund("equal-shares", approvals)
    assert counted.winners == ("Abeja", "Búho", "Delfín")
    assert counted.notes["greedy"] == ["Abeja", "Búho", "Cóndor"]


def test_of_equal_projects_the_cheaper_then_the_more_approved_goes_first():
    approvals = Approvals(NAMES[:3], ((1, (0, 1)), (1, (0, 2))), tuple(map(Fraction, (6, 3, 3))), Fraction(6))

    assert equal_shares.count(approvals).winners == ("Abeja",)
    dear = Approvals(NAMES[:2], ((2, (0, 1)),), (Fraction(4), Fraction(2)), Fraction(4))
    assert equal_shares.count(dear).winners == ("Búho",)


def test_objectives_are_as_few_as_serve_four_in_five():
    """Source: GOVERNANCE 4.5, GOV-18."""
    papers = ((40, (0,)), (30, (1,)), (20, (2,)), (10, (3, 4)))

    three = committees.choose_objectives(Approvals(NAMES, papers))

    assert (three.outcome.winners, three.enough) == (NAMES[:3], True)
    split = committees.choose_objectives(Approvals(NAMES, tuple((20, (one,)) for one in range(5))))
    assert (len(split.outcome.winners), split.enough) == (4, True)
    torn = committees.choose_objectives(Approvals(NAMES, ((50, (0,)), (40, ()), (10, (1,)))))
    assert not torn.enough


def test_points_are_added_and_a_boundary_tie_is_said():
    scores = Scores(NAMES[:3], ((2, ((0, 5), (1, 3))), (1, ((1, 4), (2, 5)))))

    outcome = approval.count_scores(scores, seats=1)

    assert outcome.winners == ("Abeja",)
    assert outcome.stages[0]["tie"] == {"between": ["Abeja", "Búho"]}


def test_the_lot_of_ties_needs_both_the_secret_and_the_ballots():
    secret = "0f" * 32
    seed = drawing_ties.seed_of(secret=secret, codes=["b", "a"])

    assert seed == drawing_ties.seed_of(secret=secret, codes=["a", "b"])
    assert seed != drawing_ties.seed_of(secret=secret, codes=["a", "c"])
    assert seed != drawing_ties.seed_of(secret="1f" * 32, codes=["a", "b"])
    assert sorted(drawing_ties.drawn_order(NAMES, seed=seed)) == sorted(NAMES)
    firsts = {drawing_ties.drawn_order(NAMES, seed=str(one))[0] for one in range(60)}
    assert firsts == set(NAMES)


@pytest.mark.parametrize("papers", [(), ((3, ()),)])
def test_nothing_to_count_is_refused(papers):
    empty = Rankings(NAMES, papers)

    for count in (
        lambda: scottish_stv.count(empty, seats=1),
        lambda: schulze.count(empty),
        lambda: irv.count(empty),
    ):
        with pytest.raises(CannotCount, match="empty"):
            count()
    with pytest.raises(CannotCount, match="one_seat"):
        counting.count_ranked("schulze", Rankings(NAMES, ((1, ((0,),)),)), seats=2)
    with pytest.raises(CannotCount, match="order"):
        irv.count(Rankings(NAMES, ((1, ((0,),)),)), order=("Abeja",))


def test_every_pair_of_names_has_its_place_in_the_table_of_preferences():
    table = schulze.count(Rankings(NAMES, ((1, ((0,), (1, 2))),))).stages[0]["preferred"]

    assert all(table[one][two] + table[two][one] <= 1 for one, two in combinations(NAMES, 2))
    assert table["Abeja"]["Erizo"] == 1
    assert table["Búho"]["Cóndor"] == 0
