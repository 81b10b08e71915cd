"""The table of the decision engine, row by row, as an outsider computes it again from an export.

Each row is written into a register as the services write it, and checked by ``tequio verify`` and by the single file; with
another outcome in its place, both refuse it. Source: GOV-09, GOV-10, GOV-16, GOV-25 to GOV-28.
"""

import pytest

from tequio.decisions import rules
from tequio.decisions.rules import Kind, Matter, Model, Rule, Step
from tequio.register.formats import verify
from tests.register.exports import export, record
from tests.register.strangers import program

FLAT, STEEP = {"model": Model.HORIZONTAL}, {"model": Model.VERTICAL}
OPERATIONAL, STRATEGIC = {"matter": Matter.OPERATIONAL}, {"matter": Matter.STRATEGIC}
ELECTION = {"kind": Kind.ELECTION}

# The rule, the answers (A agree, L can live with it, S stands aside, O objects; Y yes, N no, - abstains), the outcome.
TABLE = [
    ("horizontal, no objections", {**FLAT, **STRATEGIC}, "AALS", Step.ADOPTED_BY_CONSENT),
    ("horizontal, an objection", {**FLAT, **OPERATIONAL}, "AAAO", Step.INTEGRATE_OBJECTIONS),
    ("horizontal, a leader, no objections", {**FLAT, **STRATEGIC, **ELECTION}, "AAA", Step.ELECTED),
    ("vertical, a leader, an objection", {**STEEP, **STRATEGIC, **ELECTION}, "AAO", Step.INTEGRATE_OBJECTIONS),
    ("vertical, no objections", {**STEEP, **STRATEGIC}, "AAL", Step.ADOPTED_BY_CONSENT),
    ("vertical, an objection stays", {**STEEP, **STRATEGIC}, "AAO", Step.OPEN_VOTE),
    ("vertical, exactly three quarters", {**STEEP, **STRATEGIC}, "YYYN", Step.ADOPTED_BY_MAJORITY),
    ("vertical, three quarters without abstentions", {**STEEP, **OPERATIONAL}, "YYYN--", Step.ADOPTED_BY_MAJORITY),
    ("vertical, operational, a tie", {**STEEP, **OPERATIONAL}, "YYNN", Step.COORDINATION_DECIDES),
    ("vertical, strategic, a tie", {**STEEP, **STRATEGIC}, "YYNN", Step.NOT_ADOPTED),
    ("vertical, operational, neither", {**STEEP, **OPERATIONAL}, "YYYNN", Step.RULE_GAP),
    ("vertical, strategic, neither", {**STEEP, **STRATEGIC}, "YYYNN", Step.NOT_ADOPTED),
]  # fmt: skip
WORDS = {
    "A": "AGREE",
    "L": "CAN_LIVE_WITH",
    "S": "STAND_ASIDE",
    "O": "OBJECT",
    "Y": "YES",
    "N": "NO",
    "-": "ABSTAIN",
}


def facts_of(given, answers):
    """What the register keeps of such a round."""
    rule, said = Rule(**given), [WORDS[letter] for letter in answers]
    voices = [
        {"member": str(n), "name": f"Voz {n}", "answer": one, "left": False} for n, one in enumerate(said)
    ]
    if set(answers) <= set("ALSO"):
        count = rules.count_consent(said, objections=said.count("OBJECT"))
        more = {
            "rule": rules.CONSENT,
            "numbers": rules.numbers_of_consent(count, rule),
            "open_objections": count.objections,
        }
    else:
        tally = rules.count_vote(said)
        more = {"rule": rule.vote_id, "numbers": rules.numbers_of_vote(tally, rule)}
    return {"who": "Tequio", **rules.facts_of(rule), "voices": voices, **more}


def both(facts):
    """What the command and the single file say of a register with this outcome: they agree."""
    lines = export([record(0, kind="decisions.adopted", facts=facts)])
    ours, theirs = verify(lines), program.check(lines)
    assert sum(ours.recomputed.values()) == theirs.recomputed == 1
    assert ours.ok is not bool(theirs.problems)
    return ours.ok


@pytest.mark.parametrize(("name", "given", "answers", "step"), TABLE, ids=[row[0] for row in TABLE])
def test_each_row_comes_out_again(name, given, answers, step):
    facts = facts_of(given, answers)
    outcomes = [one for one in Step if both({**facts, "step": one.value})]
    assert outcomes == [step]


@pytest.mark.parametrize("matter", Matter)
def test_the_coordination_breaks_a_tie_in_operational_matters_alone(matter):
    facts = {
        **facts_of({**STEEP, "matter": matter}, "YYNN"),
        "rule": rules.TIE_BREAK,
        "decided_by": "Ana",
        "reason": "Urge",
    }
    broken = {
        step
        for step in (Step.ADOPTED_BY_COORDINATION, Step.REJECTED_BY_COORDINATION)
        if both({**facts, "step": step.value})
    }
    assert bool(broken) is (matter is Matter.OPERATIONAL)
    assert not both({**facts, "step": "ADOPTED_BY_COORDINATION", "reason": ""})
    assert not both({**facts, "step": "ADOPTED_BY_COORDINATION", "decided_by": ""})


def test_a_vote_is_never_held_where_only_consent_decides():
    for given in (
        {**FLAT, **STRATEGIC},
        {**STEEP, **STRATEGIC, **ELECTION},
        {**STEEP, **STRATEGIC, "kind": Kind.CHARTER},
    ):
        facts = facts_of(given, "YYYY")
        assert not any(both({**facts, "step": step.value}) for step in Step)
