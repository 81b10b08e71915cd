"""Lots: quotas, fair odds, tickets, the beacon and the draw, against published numbers and against brute force."""

import csv
import json
import os
import subprocess
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.elections.rules import beacon, drawing, leximin, lot_facts, pairing
from tequio.elections.rules.lots import (
    TICKETS,
    Entrant,
    Impossible,
    Lot,
    Panel,
    Quota,
    faults,
    fits,
    odds,
    plain_panels,
    require_possible,
    tickets,
)

PUBLISHED = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / "data/governance"
published = pytest.mark.skipif(not PUBLISHED.exists(), reason="the published numbers are not here")
# A round of quicknet as drand's own documentation shows it.
ROUND = 657413
SIGNATURE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"


def lot_of(size, features, quotas, rows):
    """Build a lot from rows such as "woman rural"; quotas as (feature, value, least, most)."""
    pool = tuple(Entrant(f"e{at:02}", tuple(row.split())) for at, row in enumerate(rows))
    return Lot(size, tuple(features), tuple(Quota(*one) for one in quotas), pool)


TWO = lot_of(
    2, ["place"], [("place", "rural", 1, 1), ("place", "urban", 1, 1)], ["rural", "rural", "rural", "urban"]
)
# Any two of the first three exclude each other: half a seat for each would keep every quota, no panel does.
ODD_CIRCLE = lot_of(
    2,
    ["one", "two", "three"],
    [("one", "x", 0, 1), ("one", "-", 0, 9), ("two", "x", 0, 1), ("two", "-", 0, 9), ("three", "x", 0, 1), ("three", "-", 0, 9)],
    ["x - x", "x x -", "- x x", "- - -", "- - -"],
)  # fmt: skip


def table(folder, name):
    with (PUBLISHED / "sortition" / folder / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def published_lot(folder, *, size, quotas, pool, feature="feature", value="value", identity=None):
    rules = tuple(
        Quota(row[feature], row[value], int(row["min"]), int(row["max"])) for row in table(folder, quotas)
    )
    names = tuple(dict.fromkeys(one.feature for one in rules))
    entrants = tuple(
        Entrant(row[identity] if identity else f"p{at}", tuple(row[name] for name in names))
        for at, row in enumerate(table(folder, pool))
    )
    return Lot(size, names, rules, entrants)


# --- odds -----------------------------------------------------------------------------------------------------


@published
def test_odds_of_a_real_assembly_are_those_of_the_reference():
    """150 people, 22 seats, against a proprietary solver. Source: GOV-18."""
    lot = published_lot(
        "sf_150_k22", size=22, quotas="features.csv", pool="candidates.csv", identity="nationbuilder_id"
    )
    expected = json.loads(
        (PUBLISHED / "sortition/sf_150_k22/expected_leximin_marginals_gurobi.json").read_text()
    )

    panels = leximin.panels(lot)

    assert list(faults(lot, panels)) == []
    found = odds(lot, panels)
    assert max(abs(float(found[one]) - share) for one, share in expected.items()) < 0.001
    assert sum(found.values()) == 22


@published
def test_odds_are_the_same_for_everybody_where_quotas_allow_it():
    small = published_lot(
        "example_small_k20", size=20, quotas="categories.csv", pool="respondents.csv",
        feature="category", value="feature",
    )  # fmt: skip
    cila = published_lot("cila96_k9_synthetic", size=9, quotas="features.csv", pool="pool.csv", identity="id")
    for lot, fair in ((small, Fraction(1, 10)), (cila, Fraction(9, 96))):
        found = odds(lot, leximin.panels(lot))
        assert max(abs(share - fair) for share in found.values()) < Fraction(5, 10_000)


def test_odds_are_as_fair_as_whole_seats_allow():
    found = odds(ODD_CIRCLE, leximin.panels(ODD_CIRCLE))

    assert [round(float(share), 3) for share in found.values()] == [0.333, 0.333, 0.333, 0.5, 0.5]
    assert [*odds(TWO, leximin.panels(TWO)).values()] == [*[Fraction(3333, 9999)] * 3, 1]


def every_panel(lot):
    ranges = [range(room + 1) for room in lot.room]
    return [counts for counts in product(*ranges) if fits(lot, counts)]


@st.composite
def small_lots(draw):
    rows = draw(st.lists(st.sampled_from(["a x", "a y", "b x", "b y", "c x", "c y"]), min_size=4, max_size=9))
    size = draw(st.integers(1, min(4, len(rows))))
    values = [("f", "a"), ("f", "b"), ("f", "c"), ("g", "x"), ("g", "y")]
    quotas = [(*one, draw(st.integers(0, 1)), draw(st.integers(1, 3))) for one in values]
    return lot_of(size, ["f", "g"], quotas, rows)


@settings(max_examples=25, deadline=None)
@given(small_lots())
def test_both_ways_agree_and_refuse_exactly_what_is_impossible(lot):
    """Taking apart what divisible seats allow, and searching panel by panel among all there are. Source: GOV-18."""
    possible = every_panel(lot)
    try:
        found = odds(lot, leximin.panels(lot))
    except Impossible:
        assert not possible
        return
    assert possible
    search = leximin.Search(lot)
    search.seen.update(dict.fromkeys(possible))
    slow = odds(lot, tickets(leximin.generate(search, lambda done, of: None)))
    assert max(abs(found[one] - slow[one]) for one in found) < Fraction(8, 10_000)


# --- what is impossible says why --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "quotas", "code"),
    [
        (0, [], "no_seats"),
        (5, [], "pool_too_small"),
        (2, [("place", "rural", 2, 1)], "least_over_most"),
        (2, [("place", "urban", 2, 2)], "too_few"),
        (2, [("place", "rural", 2, 2), ("place", "urban", 1, 1)], "least_over_size"),
        (3, [("place", "rural", 0, 1), ("place", "urban", 0, 3)], "most_under_size"),
    ],
)
def test_what_counting_shows_to_be_impossible(size, quotas, code):
    with pytest.raises(Impossible) as problem:
        require_possible(Lot(size, TWO.features, tuple(Quota(*one) for one in quotas), TWO.pool))
    assert problem.value.code == code


def test_quotas_that_clash_name_the_smallest_change():
    quotas = [("f", "a", 1, 1), ("f", "b", 1, 1), ("g", "x", 2, 2), ("g", "y", 0, 0)]
    clash = lot_of(2, ["f", "g"], quotas, ["a x", "a x", "b y", "b y"])

    with pytest.raises(Impossible) as problem:
        leximin.panels(clash)

    assert problem.value.code == "quotas_clash"
    changed = {(one.feature, one.value): one for one in problem.value.changes}
    eased = tuple(changed.get((one.feature, one.value), one) for one in clash.quotas)
    assert leximin.panels(Lot(2, clash.features, eased, clash.pool))


def test_a_lot_without_quotas_needs_no_solver():
    lot = lot_of(2, [], [], ["", "", ""])

    assert plain_panels(lot) == (Panel((2,), TICKETS),)
    assert set(odds(lot, plain_panels(lot)).values()) == {Fraction(2, 3)}
    with pytest.raises(Impossible):
        plain_panels(TWO)


def test_the_solver_is_loaded_only_when_it_is_called():
    code = (
        "import sys; sys.modules['highspy'] = None\n"
        "from tequio.elections.rules import leximin\n"
        "from tequio.elections.rules.lots import Entrant, Lot\n"
        "assert 'numpy' not in sys.modules\n"
        "try: leximin.panels(Lot(1, ('f',), (), (Entrant('a', ('x',)), Entrant('b', ('y',)))))\n"
        "except leximin.NoSolver: print('said')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "said"


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=40))
def test_tickets_add_up_and_no_panel_is_off_by_a_whole_one(shares):
    whole = sum(shares)
    given_out = tickets([((at,), Fraction(share, whole)) for at, share in enumerate(shares)])

    assert sum(one.tickets for one in given_out) == TICKETS
    got = {one.counts[0]: one.tickets for one in given_out}
    assert all(abs(got.get(at, 0) - Fraction(share * TICKETS, whole)) < 1 for at, share in enumerate(shares))


def test_a_panel_that_breaks_a_rule_is_found_without_a_solver():
    good = leximin.panels(TWO)
    assert list(faults(TWO, good)) == []
    assert list(faults(TWO, [Panel((2, 0), TICKETS)]))
    assert list(faults(TWO, [Panel((1, 1), TICKETS - 1)]))
    assert list(faults(TWO, [Panel((1, 1), 5_000), Panel((1, 1), 5_000)]))
    assert list(faults(TWO, [Panel((1,), TICKETS)]))


# --- chance ---------------------------------------------------------------------------------------------------


CHANCE = json.loads((Path(__file__).parent / "samples/chance.json").read_text())


def test_seed_ticket_and_ranking_are_those_of_the_vectors():
    for vector in CHANCE["draws"]["vectors"]:
        seed = drawing.seed_of(
            commitment=vector["commitment_hex"],
            chain=vector["chain_hash"],
            round_number=vector["round"],
            randomness=vector["randomness_hex"],
            secrets=vector["reveals"],
        )
        assert seed.hex() == vector["seed_hex"]
        for said, number in vector["below"].items():
            label, limit = said.split(",")
            assert drawing.below(seed, label=label, limit=int(limit)) == number
        everybody = [f"org-{number:03}" for number in range(1, 97)]
        ranked = drawing.rank(seed, label="rank", ids=everybody)
        assert ranked[:9] == vector["rank_org-001..org-096_first9"]


def test_numbers_that_others_publish_are_read_as_rfc_3797_says():
    key = beacon.source_key([9319, [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]])

    assert key == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert beacon.select(key, pool=25, count=10) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_a_round_of_the_beacon_is_its_own_and_no_other():
    holds = beacon.round_holds
    assert holds(beacon.QUICKNET, round_number=ROUND, signature=SIGNATURE)
    assert not holds(beacon.QUICKNET, round_number=ROUND + 1, signature=SIGNATURE)
    turned = pairing.read_point(bytes.fromhex(SIGNATURE), group=pairing.G1)
    assert pairing.times(turned, lot_curve_order()) is None
    for bad in ("", "zz", "00" * 48, "c0" + "00" * 47, SIGNATURE[:-2], "80" + "ff" * 47, "a" + SIGNATURE[1:]):
        assert not holds(beacon.QUICKNET, round_number=ROUND, signature=bad)
    assert not holds(beacon.QUICKNET, round_number=0, signature=SIGNATURE)
    at = beacon.time_of(beacon.QUICKNET, round_number=ROUND)
    assert [beacon.round_at(beacon.QUICKNET, seconds=at + late) for late in (-1, 0, 2, 3)] == [
        ROUND - 1, ROUND, ROUND, ROUND + 1,
    ]  # fmt: skip


def lot_curve_order():
    from tequio.elections.rules.pairing_constants import ORDER

    return ORDER


def test_rounds_of_both_beacons_are_judged_as_published():
    for vector in CHANCE["rounds"]["vectors"]:
        chain = {"quicknet": beacon.QUICKNET, "default": beacon.DEFAULT}[vector["chain"]]
        assert vector["public_key"] == chain.public_key
        assert vector["valid"] is beacon.round_holds(
            chain,
            round_number=vector["round"],
            signature=vector["signature"],
            previous=vector.get("previous_signature", ""),
        )
        if vector["valid"]:
            assert beacon.randomness_of(bytes.fromhex(vector["signature"])) == vector["randomness"]


def test_a_promise_is_kept_by_its_own_secret_only():
    secret = "5e" * 32
    promises = {"Ollin": beacon.promise_of(secret), "Minga": beacon.promise_of("00" * 32)}

    assert beacon.broken_promises(promises, {"Ollin": secret, "Minga": "00" * 32}) == []
    assert beacon.broken_promises(promises, {"Ollin": secret, "Minga": "nothing"}) == ["Minga"]
    assert beacon.broken_promises(promises, {}) == ["Minga", "Ollin"]


# --- the draw -------------------------------------------------------------------------------------------------


def facts_of_a_draw(lot, panels, **chance):
    facts = {"rule": drawing.RULE, "lot": lot_facts.facts_of(lot, panels), "beacon": None, **chance}
    facts["commitment"] = lot_facts.commitment_of(facts["lot"])
    drawn = lot_facts.drawn_from(facts)
    return facts | {
        "ticket": drawn.ticket,
        "panel": list(drawn.panel),
        "reserves": list(drawn.reserves),
    }


def test_whoever_recomputes_a_draw_finds_every_change():
    """Source: GOV-18: a third party can draw again from what was published."""
    announced = {"chain": beacon.QUICKNET.hash, "round": ROUND, "signature": SIGNATURE}
    number = beacon.randomness_of(bytes.fromhex(SIGNATURE))
    facts = facts_of_a_draw(ODD_CIRCLE, leximin.panels(ODD_CIRCLE), randomness=number, beacon=announced)
    assert lot_facts.recompute(facts) == []

    other = facts_of_a_draw(TWO, leximin.panels(TWO), randomness=number)
    for change in (
        {"ticket": facts["ticket"] + 1},
        {"panel": facts["panel"][::-1]},
        {"reserves": facts["reserves"][1:]},
        {"randomness": "11" * 32},
        {"beacon": {**announced, "round": ROUND + 1}},
        {"commitment": "00" * 32},
        {"lot": other["lot"]},
        {"lot": {**facts["lot"], "size": 1}},
        {"promises": {"Ollin": "00" * 32}, "secrets": {"Ollin": "11" * 32}},
        {"secrets": {"Ollin": "00" * 32}},
        {"randomness": "", "beacon": None},
        {"lot": None},
        {"panel": None},
    ):
        assert lot_facts.recompute(facts | change), change


def test_a_draw_by_promises_needs_every_secret():
    secrets = {"Ollin": "01" * 32, "Minga": "02" * 32, "Raíces": "03" * 32}
    promises = {who: beacon.promise_of(secret) for who, secret in secrets.items()}
    facts = facts_of_a_draw(TWO, leximin.panels(TWO), randomness="", promises=promises, secrets=secrets)

    assert lot_facts.recompute(facts) == []
    silent = {who: secret for who, secret in secrets.items() if who != "Minga"}
    assert lot_facts.recompute(facts | {"secrets": silent})


@given(st.binary(min_size=32, max_size=32))
def test_every_draw_keeps_the_quotas_and_names_everybody_once(seed):
    panels = (Panel((0, 0, 0, 1, 1), 4_000), Panel((1, 1, 0, 0, 0), 6_000))
    lot = lot_of(2, ["f"], [("f", "a", 0, 2)], ["a", "b", "c", "d", "e"])

    drawn = drawing.draw(lot, panels, seed=seed)

    assert sorted([*drawn.panel, *drawn.reserves]) == [one.id for one in lot.pool]
    assert drawn.counts == panels[0 if drawn.ticket < 4_000 else 1].counts


def test_a_reserve_of_the_same_type_comes_in_then_whoever_keeps_the_quotas():
    lot = lot_of(
        2,
        ["place"],
        [("place", "rural", 1, 2), ("place", "urban", 0, 1)],
        ["rural", "rural", "urban", "rural"],
    )
    drawn = drawing.Drawn("", 0, (1, 1), ("e02", "e00"), ("e01", "e03"))

    assert drawing.seated(lot, drawn, refused=[]) == (("e02", "e00"), {})
    assert drawing.seated(lot, drawn, refused=["e00"]) == (("e02", "e01"), {"e00": "e01"})
    assert drawing.seated(lot, drawn, refused=["e00", "e01"]) == (
        ("e02", "e03"), {"e00": "e01", "e01": "e03"},
    )  # fmt: skip
    assert drawing.seated(lot, drawn, refused=["e02"]) == (("e01", "e00"), {"e02": "e01"})
    # Nobody is left with whom the quotas hold: the seat stays empty, and no name comes in for the last.
    everybody = drawing.seated(lot, drawn, refused=["e00", "e01", "e03"])
    assert everybody == (("e02",), {"e00": "e01", "e01": "e03"})
    # Whoever refused before being asked never comes in.
    assert drawing.seated(lot, drawn, refused=["e01", "e00"]) == (("e02", "e03"), {"e00": "e03"})


def test_chance_is_even():
    """A thousand draws of one out of four: each between 200 and 300 times."""
    counted = [0] * 4
    for turn in range(1000):
        counted[drawing.below(b"seed", label=f"turn/{turn}", limit=4)] += 1
    assert all(200 < number < 300 for number in counted)
