"""Our rules against elections that were really held and against other programs. Source: GOV-18."""

import csv
import json
from pathlib import Path

import pytest

from tequio.elections.rules import approval, committees, equal_shares, greedy, irv, schulze, scottish_stv
from tequio.elections.rules.ballots import Approvals, grouped
from tests.elections.oracles import PUBLISHED, approved, ranked, sheet

COUNTS = sorted((PUBLISHED / "stv/ref").rglob("*-scotland-fixed-p5-d5.txt"))
COMMITTEES = sorted((PUBLISHED / "abc").glob("*.abc.yaml"))
ORDERS = sorted((PUBLISHED / "ranked").glob("*.[st]o[ic]"))
FUNDS = PUBLISHED / "pb"

pytestmark = pytest.mark.skipif(not COUNTS, reason="the published counts are not at hand")


def golden(path: Path) -> dict:
    return json.loads(path.read_text()) if path.is_file() else {}


def stages_of(path: Path) -> tuple[list[tuple[str, dict[str, str]]], set[str]]:
    """Read what another program counted: after each stage what does not transfer and what each holds."""
    stages, elected = [], set()
    for row in csv.reader(path.read_text().splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE):
        cells = row[4:]
        if row[1] in ("begin", "transfer"):
            stages.append((row[3], dict(zip(cells[::3], cells[2::3], strict=True))))
        if row[1] == "end":
            elected = {cells[at] for at in range(0, len(cells), 3) if cells[at + 1] == "E"}
    return stages, elected


@pytest.mark.parametrize("path", COUNTS, ids=lambda path: path.name.split("-scotland")[0])
def test_real_wards_are_counted_to_the_same_votes_at_every_stage(path):
    name = path.name.split("-scotland-fixed")[0] + ".blt"
    found = sheet(PUBLISHED / "stv/blt" / path.parent.relative_to(PUBLISHED / "stv/ref") / name)

    outcome = scottish_stv.count(
        ranked(found), seats=found.seats, order=found.order, withdrawn=found.withdrawn
    )

    stages, elected = stages_of(path)
    assert [(one["non_transferable"], one["votes"]) for one in outcome.stages] == stages
    assert set(outcome.winners) == elected


@pytest.mark.parametrize("path", ORDERS, ids=lambda path: path.name)
def test_schulze_and_condorcet_are_those_of_another_program(path):
    expected = golden(PUBLISHED / "ranked/golden_pref_voting_1.18.2.json")[path.name]
    found = sheet(path)

    outcome = schulze.count(ranked(found))

    assert sorted(outcome.winners) == sorted(found.names[one - 1] for one in expected["schulze_margins"])
    beats_all = [found.names[one - 1] for one in expected["condorcet"]]
    assert outcome.stages[1]["condorcet_winner"] == (beats_all[0] if beats_all else None)
    assert outcome.notes["votes"] == expected["ballots"]


def test_burlington_2009_has_one_winner_by_runoff_and_another_one_to_one():
    found = sheet(PUBLISHED / "ranked/00005-00000002.toi")

    assert irv.count(ranked(found)).winners == ("Bob Kiss",)
    assert schulze.count(ranked(found)).winners == ("Andy Montroll",)


def test_committees_are_among_those_of_another_program():
    checked = 0
    for path in COMMITTEES:
        text = path.read_text()
        seats = _first(text, "committeesize: ")
        names = tuple(map(str, range(_first(text, "num_cand: "))))
        papers = grouped((1, tuple(sorted(one))) for one in _first(text, "profile: "))
        approvals = Approvals(names, papers)
        if sum(1 for votes in approval.support(approvals) if votes) < seats:
            continue  # they seat somebody whom nobody approved
        outcomes = {
            "av": approval.count(approvals, seats=seats),
            "seqphragmen": committees.count_phragmen(approvals, seats=seats),
            "equal-shares": committees.count_seats(approvals, seats=seats),
        }
        for rule, outcome in outcomes.items():
            assert sorted(map(int, outcome.winners)) in _committees(text, rule), (path.name, rule)
        checked += 1
    assert checked > 100


def _first(text: str, key: str):
    return json.JSONDecoder().raw_decode(text, text.index(key) + len(key))[0]


def _committees(text: str, rule: str) -> list[list[int]]:
    """Return every committee that the other program finds when ties stay open."""
    parts = [part for part in text.split("- rule_id: ")[1:] if part.split("\n", 1)[0] == rule]
    return [sorted(one) for part in parts if "resolute: false" in part for one in _first(part, "result: ")]


# The other program breaks one tie between equal costs and votes by the project's number.
TIED = {"Worldwide_Mechanical_Turk_Knapsack_8.pb"}


@pytest.mark.parametrize("name", sorted(golden(FUNDS / "golden_pabutools_1.2.3.json")))
def test_funds_are_spent_as_another_program_spends_them(name):
    expected = golden(FUNDS / "golden_pabutools_1.2.3.json")[name]
    approvals = approved(sheet(FUNDS / name))

    assert sorted(equal_shares.count(approvals).winners) == sorted(expected["mes_cost_plain"])
    if name not in TIED:
        assert sorted(greedy.count(approvals).winners) == sorted(expected["greedy_cost"])


def exhausted(approvals: Approvals) -> list[str]:
    """Add steps only until nothing more would fit, as the other program does; ours goes on, and may then find better."""
    market, steps = equal_shares.Market(approvals), 0
    best = market.run(0)
    while best.leap is not None:
        bought = {one.option for one in best.bought}
        left = approvals.budget - sum(approvals.costs[one] for one in bought)
        if all(cost > left for option, cost in enumerate(approvals.costs) if option not in bought):
            break
        further = market.run(steps + best.leap)
        if sum(approvals.costs[one.option] for one in further.bought) > approvals.budget:
            break
        steps, best = steps + best.leap, further
    return sorted(approvals.options[one.option] for one in best.bought)


@pytest.mark.parametrize("name", sorted(golden(FUNDS / "golden_pabutools_1.2.3.json")))
def test_parts_that_grow_buy_what_another_program_buys(name):
    wanted = golden(FUNDS / "golden_pabutools_1.2.3.json")[name]["mes_cost_add1_stop_at_exhaustive"]
    if wanted is None:
        pytest.skip("the other program took too long")
    assert exhausted(approved(sheet(FUNDS / name))) == sorted(wanted)


@pytest.mark.parametrize("name", ["Netherlands_Assen_2024.pb", "Poland_Swiecie_2023.pb"])
def test_towns_that_used_equal_shares_get_the_projects_they_announced(name):
    """Add steps until the fund would not suffice, also when nothing more fits for a while."""
    text = (FUNDS / name).read_text()
    rows = list(csv.DictReader(text.split("PROJECTS\n")[1].split("VOTES\n")[0].splitlines(), delimiter=";"))

    outcome = equal_shares.count_add1(approved(sheet(FUNDS / name)))

    assert set(outcome.winners) == {row["project_id"] for row in rows if row["selected"] == "1"}
