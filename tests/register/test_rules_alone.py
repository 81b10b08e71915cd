"""The rules in the program that strangers get: whole, and the same answers in a Python that knows nothing of Tequio.

Everything is asked of that one file in an empty environment, as on an older Python too.
"""

import ast
import json
import os
import random
import subprocess
import sys
from fractions import Fraction
from itertools import chain
from pathlib import Path

import pytest

from tequio.decisions import rules
from tequio.elections.rules import beacon, counting, drawing_ties, lot_facts, lots, named, papers
from tequio.elections.rules.ballots import Approvals, Rankings, Scores
from tequio.elections.rules.drawing import seated
from tequio.register import recompute
from tequio.register.formats import verifier
from tests.elections.lots_world import ROUND, SIGNATURE
from tests.register.strangers import program

PROOF = bool(os.environ.get("PROOF"))
ALONE = """
import json, runpy, sys
said = json.load(sys.stdin)
if said["old"]:  # as Python 3.9 is
    import builtins, enum
    del enum.StrEnum
    sys.version_info, quick = (3, 9, 2, "final", 0), zip
    builtins.zip = lambda *columns: quick(*columns)
verify = runpy.run_path("verify.py")
verify["unpack_rules"]()
answers = []
for rule, facts in said["outcomes"]:
    answers.append(verify["ask"](verify["RULES"][rule], facts))
for kind, stories in said["stories"]:
    past = {}
    answers.append([verify["ask"](verify["FOLLOWERS"][kind], facts, at, past) for kind, facts, at in stories])
from tequio.elections.rules import counting
from tequio.elections.rules.ballots import Approvals, Rankings, Scores
from fractions import Fraction
answers.append([
    eval(one, {"counting": counting, "Approvals": Approvals, "Rankings": Rankings, "Scores": Scores, "Fraction": Fraction})
    for one in said["counts"]
])
json.dump(answers, sys.stdout)
"""


def alone(folder, *, outcomes=(), stories=(), counts=(), old=False):
    """What the single file answers in a Python of its own."""
    (folder / "verify.py").write_bytes(verifier())
    said = {"outcomes": outcomes, "stories": stories, "counts": counts, "old": old}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ALONE], cwd=folder, input=json.dumps(said), capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- what is in it --------------------------------------------------------------------------------------------


def test_every_rule_of_the_house_is_in_it_word_for_word():
    """Source: GOV-24; nothing is written a second time, so nothing can differ."""
    ours = {name for name, one in recompute.REGISTRY.items() if one.__module__.startswith("tequio.")}
    assert program.RULES.keys() == ours
    assert program.FOLLOWERS.keys() == recompute.FOLLOWERS.keys()
    assert {papers.RULES[kind] for kind in papers.KINDS} <= program.RULES.keys()
    for name, source in program.MODULES.items():
        assert source == "\n" + Path(sys.modules[name].__file__).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("name", ["", *sorted(program.MODULES)])
def test_it_needs_nothing_but_a_python_of_some_years(name):
    source = program.MODULES[name] if name else verifier().decode()
    tree = ast.parse(source, feature_version=(3, 9))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            known = module.split(".")[0] in (*sys.stdlib_module_names, "tequio", "cryptography")
            assert known, module
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("from_bytes", "to_bytes"):
                assert len(node.args) == 2, f"{name}: Python 3.9 wants to be told which end comes first"
            assert node.func.attr not in ("total", "bit_count", "pairwise", "batched", "is_integer"), name


# --- the same answers -----------------------------------------------------------------------------------------


def ballot(dice, kind):
    """The facts of a closed ballot as the register holds them, with papers by chance."""
    count = dice.randrange(2, 6)
    options = [{"number": n, "name": f"Opción {n}"} for n in range(1, count + 1)]
    if kind == papers.FUND:
        options = [one | {"cost": str(dice.randrange(10, 90))} for one in options]
    numbers, cast = [one["number"] for one in options], []
    for voter in range(dice.randrange(1, 12)):
        some = dice.sample(numbers, dice.randrange(1, count + 1))
        says = {
            "answer": {"answer": dice.choice(["yes", "no", "abstain"])},
            "approve": {"approve": sorted(some)},
            "points": {"points": {str(one): dice.randrange(1, 6) for one in sorted(some)}},
            "ranking": {"ranking": some},
        }[papers.SAID[kind]]
        if kind != papers.YES_NO and dice.random() < 0.1:
            says = {"blank": True}
        cast.append({"code": papers.code_of(says, receipt=f"{voter:032x}"), "says": says})
    secret, codes = "a word", [one["code"] for one in cast]
    facts = {
        "rule": papers.RULES[kind], "kind": kind, "secret": True, "options": options, "seats": 1, "most": 0, "highest": 5,
        "majority": [1, 2], "entitled": 12, "cast": len(cast), "papers": cast, "step": "1", "budget": "100",
        "took_part": [{"uuid": str(n), "name": f"Voz {n}"} for n in range(len(cast))],
        "tie": {"secret": secret, "sealed": drawing_ties.sealed(secret),
                "seed": drawing_ties.seed_of(secret=secret, codes=codes)},
    }  # fmt: skip
    return facts | {"winners": list(papers.outcome_of(facts).winners)}


def draw(dice):
    """The facts of a draw: two countries, quotas, the number of a real round of the beacon."""
    pool = tuple(lots.Entrant(f"p{n}", (dice.choice(["CO", "MX"]),)) for n in range(12))
    quotas = (lots.Quota("country", "CO", 0, 3), lots.Quota("country", "MX", 0, 3))
    lot = lots.Lot(3, ("country",), quotas, pool)
    panels = (lots.Panel((1, 2), 6000), lots.Panel((2, 1), 4000))
    if len(lot.types) < 2 or not all(lots.fits(lot, one.counts) for one in panels):
        return draw(dice)
    facts = {
        "rule": "elections.lot/1", "lot": lot_facts.facts_of(lot, panels), "uuid": "u", "turn": 1, "secrets": {},
        "beacon": {"chain": beacon.QUICKNET.hash, "round": ROUND, "signature": SIGNATURE, "previous": ""},
        "randomness": beacon.randomness_of(bytes.fromhex(SIGNATURE)), "promises": {},
    }  # fmt: skip
    facts["commitment"] = lot_facts.commitment_of(facts["lot"])
    drawn = lot_facts.drawn_from(facts)
    return facts | {"ticket": drawn.ticket, "panel": list(drawn.panel), "reserves": list(drawn.reserves)}


def spoiled(dice, facts):
    """The same facts with one of them changed, or none."""
    name = dice.choice([*facts, None])
    other = dice.choice([None, 0, 1, "YES", "ADOPTED_BY_CONSENT", "VERTICAL", [], {}, True, [3, 4], [1, 0]])
    return {**facts, name: other} if name and name != "rule" else facts


def decision(dice):
    """The facts of a decision as the services record them, from voices at random."""
    vote = dice.random() < 0.6
    rule = rules.Rule(
        model=dice.choice(list(rules.Model)), matter=dice.choice(list(rules.Matter)), kind=dice.choice(list(rules.Kind)),
        majority=dice.choice([Fraction(3, 4), Fraction(1, 2), Fraction(2, 3)]), base=dice.choice(list(rules.Base)),
        quorum_percent=dice.choice([None, 30, 50, 100]), silence=dice.choice(list(rules.Silence)),
        tie_break=dice.random() < 0.7, urgent=dice.random() < 0.2, strict=dice.random() < 0.3,
        least_yes=dice.choice([0, 0, 2, 5]),
    )  # fmt: skip
    said = rules.VOTE_POSITIONS if vote else rules.CONSENT_POSITIONS
    voices = [
        {"member": str(number), "answer": dice.choice([None, *said]), "left": dice.random() < 0.1}
        for number in range(dice.randrange(7))
    ]
    answers = [voice["answer"] for voice in voices if not voice["left"]]
    facts = {**rules.facts_of(rule), "voices": voices}
    if dice.random() < 0.2:  # inside a circle
        kind = dice.choice(["CIRCLE", "HELPING", "COORDINATION", "WORKING_GROUP"])
        facts |= {"circle": {"uuid": "c", "kind": kind, "name": {}}, "concerns": str(dice.randrange(9))}
    if not vote:
        found = rules.count_consent(answers, objections=answers.count("OBJECT"))
        step = rules.after_consent(found, rule, over=True)
        return {**facts, "rule": rules.CONSENT, "numbers": rules.numbers_of_consent(found, rule),
                "open_objections": found.objections, "step": step.value}  # fmt: skip
    tally = rules.count_vote(answers)
    try:
        step = rules.after_vote(tally, rule, over=True)
    except ValueError:
        step = rules.Step.NOT_ADOPTED
    name = rule.vote_id.replace("/2", dice.choice(["/1", "/2", "/2"]))
    return {**facts, "rule": name, "numbers": rules.numbers_of_vote(tally, rule), "step": step.value}


@pytest.mark.parametrize("old", [False, True], ids=["today", "older"])
def test_outcomes_come_out_the_same(tmp_path, old):
    """Consent and votes, ballots of each kind, draws with quotas. Source: GOV-09, GOV-10, GOV-18, GOV-25 to GOV-28."""
    dice, outcomes = random.Random(14 + old), []
    for _turn in range(40 if PROOF else 4):
        clean = [*(decision(dice) for _each in range(40)), *(ballot(dice, kind) for kind in papers.KINDS)]
        outcomes += [*clean, *(spoiled(dice, one) for one in clean)]
    drawn = draw(dice)
    outcomes += [drawn, *(drawn | change for change in (
        {"ticket": drawn["ticket"] + 1}, {"panel": drawn["panel"][::-1]}, {"reserves": drawn["reserves"][1:]},
        {"randomness": "00"}, {"lot": drawn["lot"] | {"tickets": 9999}},
    ))]  # fmt: skip
    asked = [(facts["rule"], facts) for facts in outcomes]

    theirs = alone(tmp_path, outcomes=asked, old=old)[: len(asked)]

    ours = [ask_here(rule, facts) for rule, facts in asked]
    assert [bool(one) for one in theirs] == [bool(one) for one in ours]
    assert [bool(one) for one in theirs[-6:]] == [False] + [True] * 5
    assert ours.count([]) > 100
    assert sum(map(bool, ours)) > 50


def ask_here(rule, facts):
    try:
        return recompute.REGISTRY[rule](facts)
    except Exception as error:  # noqa: BLE001
        return [repr(error)]


def test_each_of_the_rules_counts_the_same_there(tmp_path):
    dice = random.Random(16)
    names = tuple("ABCDE")
    ranked = Rankings(
        names,
        tuple((dice.randrange(1, 9), tuple((one,) for one in dice.sample(range(5), 3))) for _n in range(9)),
    )
    chosen = Approvals(
        names, tuple((dice.randrange(1, 9), tuple(sorted(dice.sample(range(5), 2)))) for _n in range(9)),
        tuple(Fraction(dice.randrange(9, 40)) for _n in names), Fraction(80),
    )  # fmt: skip
    points = Scores(names, tuple((1, ((dice.randrange(5), 3),)) for _n in range(9)))
    counts = [
        *(f"list(counting.count_ranked({rule!r}, {ranked!r}).winners)" for rule in named.RANKED),
        *(f"list(counting.count_approved({rule!r}, {chosen!r}, seats=3).winners)" for rule in named.APPROVED),
        *(f"list(counting.count_fund({rule!r}, {chosen!r}).winners)" for rule in named.FUNDED),
        f"list(counting.count_scored({points!r}).winners)",
    ]
    there = alone(tmp_path, counts=counts)[-1]
    assert len(there) == len(named.RULES)
    assert there == [eval(one, {**globals(), "counting": counting}) for one in counts]


# --- what came before -----------------------------------------------------------------------------------------


def story_of_a_lot(dice):
    """A list that is announced, drawn, and left by two: as the register holds it."""
    drawn = draw(dice)
    lot, _panels = lot_facts.read(drawn["lot"])
    refused = [drawn["panel"][1], drawn["panel"][0]]
    came = [
        seated(lot, lot_facts.drawn_from(drawn), refused=refused[: n + 1])[1].get(refused[n], "")
        for n in (0, 1)
    ]
    announced = {"commitment": drawn["commitment"], "chain": beacon.QUICKNET.hash, "round": ROUND}
    return [
        ["elections.lot_opened", {"uuid": "u", "turn": 1, "reason": ""}, "2023-08-20T00:00:00Z"],
        ["elections.draw_announced", announced, "2023-08-22T00:00:00Z"],
        ["elections.lot_drawn", drawn, "2023-10-22T00:00:00Z"],
        *(["elections.seat_refused", {"lot": "u", "refused": refused[n], "came": came[n]}, "2023-10-23T00:00:00Z"]
          for n in (0, 1)),
    ]  # fmt: skip


def story_of_a_ballot(dice):
    counted = ballot(dice, papers.RANKED_SEATS) | {"uuid": "b"}
    opened = {name: counted[name] for name in counted if name in
              ("kind", "secret", "options", "seats", "most", "highest", "majority", "budget", "entitled", "uuid")}  # fmt: skip
    opened |= {"counted_by": counted["rule"], "tie_sealed": counted["tie"]["sealed"],
               "electorate": [{"uuid": str(n), "name": ""} for n in range(12)]}  # fmt: skip
    return [
        ["elections.ballot_opened", opened, "2026-01-01T00:00:00Z"],
        ["elections.ballot_counted", counted, "2026-01-02T00:00:00Z"],
    ]


def changed(story, place, **facts):
    return [[kind, said | facts if at == place else said, day] for at, (kind, said, day) in enumerate(story)]


def test_a_draw_and_a_count_are_held_against_what_was_frozen(tmp_path):
    """Source: GOV-18; announced before it could be known, drawn once, reserves in order, counted as it was opened."""
    dice = random.Random(17)
    lot, poll = story_of_a_lot(dice), story_of_a_ballot(dice)
    late = [lot[0], [*lot[1][:2], "2026-01-01T00:00:00Z"], *lot[2:]]
    other = lot[3][1] | {"came": lot[2][1]["reserves"][-1]}
    wrong = [
        late, [lot[0], *lot[2:]], changed(lot, 1, round=ROUND + 1), changed(lot, 1, chain="00"), [*lot, lot[2]],
        [lot[0], lot[1], changed(lot, 1, round=5)[1], *lot[2:]], [*lot[:3], [lot[3][0], other, lot[3][2]]],
        changed(changed(lot, 0, turn=2), 2, turn=2),
        poll[1:], [*poll, poll[1]], changed(poll, 0, seats=2), changed(poll, 0, tie_sealed="x"),
        changed(poll, 0, electorate=[]), changed(poll, 0, counted_by="x"), changed(poll, 0, options=[]),
    ]  # fmt: skip
    fine = [lot, poll, [*lot, *poll], changed(changed(lot, 0, turn=2, reason="why"), 2, turn=2)]
    # What was erased by law is held against nobody.
    fine += [[[kind, None, day] if at == gone else [kind, said, day] for at, (kind, said, day) in enumerate(lot)]
             for gone in range(5)] + [[[poll[0][0], None, poll[0][2]], poll[1]]]  # fmt: skip
    stories = [("", story) for story in [*fine, *wrong]]

    found = [list(chain(*story)) for story in alone(tmp_path, stories=stories)[:-1]]

    assert found[: len(fine)] == [[]] * len(fine)
    assert [at for at, one in enumerate(found[len(fine) :]) if not one] == []
