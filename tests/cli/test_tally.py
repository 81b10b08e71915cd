"""The command that counts a file of ballots: winners and stages out, or the line that cannot be read."""

import json

import pytest

from tequio.cli.main import main
from tests.elections.test_formats import BLT, OURS, PABULIB, PREFLIB


@pytest.fixture
def files(tmp_path):
    for name, text in (("c.blt", BLT), ("c.toi", PREFLIB), ("c.pb", PABULIB), ("c.json", OURS)):
        (tmp_path / name).write_text(text)
    return tmp_path


def answer(capsys, *line) -> dict:
    assert main(["tally", *map(str, line), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "rule", "seats", "winners"),
    [
        ("c.blt", "scottish-stv", None, ["Ana", 'Beto "B"']),
        ("c.blt", "schulze", None, ["Ana"]),
        ("c.toi", "irv", None, ["Lima"]),
        ("c.toi", "approval", None, ["Lima"]),
        ("c.toi", "seq-phragmen", 2, ["Lima", "3"]),
        ("c.json", "equal-shares-seats", None, ["Ana", "Carla"]),
        ("c.pb", "equal-shares", None, ["9"]),
        ("c.pb", "equal-shares-add1", None, ["9", "7"]),
        ("c.pb", "greedy", None, ["9", "7"]),
    ],
)
def test_each_rule_answers_with_winners_as_the_file_names_them(files, capsys, name, rule, seats, winners):
    """Source: GOV-18."""
    said = answer(capsys, files / name, "--rule", rule, *(["--seats", seats] if seats else []))

    assert said["rule"] == rule
    assert said["id"].startswith("elections.")
    assert said["winners"] == winners
    assert said["stages"]
    assert (
        main(["tally", str(files / name), "--rule", rule, *(["--seats", str(seats)] if seats else [])]) == 0
    )
    table = capsys.readouterr().out
    assert all(winner in table for winner in winners)


@pytest.mark.parametrize(
    ("rule", "ballot"),
    [("approval", {"approve": ["Ana", "Beto"]}), ("score", {"points": {"Ana": 9, "Beto": 1}})],
)
def test_who_withdrew_is_not_counted_under_any_rule(files, capsys, rule, ballot):
    """Rankings say it to the rule itself (tests/elections); approvals and points are counted without them."""
    said = {
        "candidates": ["Ana", "Beto"],
        "withdrawn": ["Ana"],
        "tie_order": ["Ana", "Beto"],
        "ballots": [ballot],
    }
    (files / "gone.json").write_text(json.dumps(said))
    found = answer(capsys, files / "gone.json", "--rule", rule, "--seats", "2")
    assert found["winners"] == ["Beto"]


def test_the_lot_of_a_seed_decides_ties(files, capsys):
    (files / "tie.json").write_text(
        '{"candidates": ["Ana", "Beto"], "ballots": [{"ranking": ["Ana"]}, {"ranking": ["Beto"]}]}'
    )
    winners = {
        answer(capsys, files / "tie.json", "--rule", "schulze", "--lot", seed)["winners"][0]
        for seed in "abcdefghijklmnop"
    }

    assert winners == {"Ana", "Beto"}
    assert answer(capsys, files / "tie.json", "--rule", "schulze")["winners"] == ["Ana", "Beto"]


@pytest.mark.parametrize(
    ("name", "rule", "said"),
    [
        ("none.blt", "irv", "is not there"),
        ("c.pb", "irv", "needs ranked ballots"),
        ("c.blt", "greedy", "needs a budget"),
        ("c.toi", "scottish-stv", "--seats N"),
        ("c.blt", "score", "needs ballots with points"),
        ("bad.toi", "irv", "bad.toi, line 5: “9” is none of the candidates."),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_sentence(files, capsys, monkeypatch, name, rule, said):
    monkeypatch.setenv("LC_ALL", "C")
    (files / "bad.toi").write_text(PREFLIB.replace("3: 1,{2,3}", "3: 1,9"))

    assert main(["tally", str(files / name), "--rule", rule]) == 1

    assert said in capsys.readouterr().err


def test_the_table_speaks_to_people(files, capsys, monkeypatch):
    """Amounts with their cents, yes and no in words; nothing of a name that a terminal would obey."""
    monkeypatch.setenv("LC_ALL", "es_CO.UTF-8")
    (files / "c.pb").write_text(PABULIB.replace("Bicycles", "Bici\x1b[31m\u2028cletas"))
    assert main(["tally", str(files / "c.pb"), "--rule", "greedy"]) == 0
    told = capsys.readouterr().out
    assert "1100.50" in told
    assert ": sí" in told
    assert "9  Bici [31m cletas" in told
    assert main(["tally", str(files / "c.pb"), "--rule", "equal-shares-add1"]) == 0
    assert "4505/6 (≈ 750.83)" in capsys.readouterr().out


@pytest.mark.parametrize("rule", ["approval", "score", "scottish-stv", "equal-shares-add1"])
def test_where_all_withdrew_nothing_is_counted(files, capsys, rule):
    said = {"candidates": ["Ana"], "withdrawn": ["Ana"], "seats": 1, "ballots": [{"ranking": ["Ana"]}]}
    (files / "gone.json").write_text(json.dumps(said))
    assert main(["tally", str(files / "gone.json"), "--rule", rule]) == 1
    assert str(files / "gone.json") in capsys.readouterr().err


def test_a_file_that_says_its_rule_needs_no_other(files, capsys):
    said = json.loads((files / "c.json").read_text())
    (files / "box.json").write_text(json.dumps({**said, "rule": "seq-phragmen"}))
    assert answer(capsys, files / "box.json")["rule"] == "seq-phragmen"
    assert main(["tally", str(files / "c.json")]) == 1
    assert "--rule RULE" in capsys.readouterr().err


def test_one_seat_rules_refuse_more(files, capsys):
    assert main(["tally", str(files / "c.blt"), "--rule", "irv", "--seats", "2"]) == 1
    with pytest.raises(SystemExit):
        main(["tally", str(files / "c.blt"), "--rule", "irv", "--seats", "0"])
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["tally", str(files / "c.blt"), "--rule", "irv", "--seats", "two"])
    assert capsys.readouterr().err
    found = answer(capsys, files / "c.blt", "--rule", "scottish-stv", "--seats", "9")
    assert sorted(found["winners"]) == ["Ana", 'Beto "B"', "Carla"]
