"""`tequio lottery`: odds, draw and verify with files alone."""

import json

import pytest
from django.utils import translation

from tequio.cli.main import main

QUOTAS = "feature,value,min,max\nplace,rural,1,2\nplace,urban,1,2\n"
POOL = "id,name,place\na,Ana,rural\nb,Beto,rural\nc,Carla,urban\nd,Dora,urban\ne,Eva,urban\n"
NUMBER = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path / "never"))
    monkeypatch.setenv("TEQUIO_SECRET_KEY", "kept")
    monkeypatch.setattr("tequio.cli.lottery.speak", lambda: None)
    monkeypatch.setattr("tequio.cli.exchanging.speak", lambda: None)
    (tmp_path / "quotas.csv").write_text(QUOTAS)
    (tmp_path / "pool.csv").write_text(POOL)
    with translation.override("en"):
        yield tmp_path


def asked(capsys, *words):
    status = main(["lottery", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


ODDS = ("odds", "--features", "quotas.csv", "--pool", "pool.csv", "--size", "3")


def test_odds_are_drawn_and_verified_from_files(room, capsys):
    """Source: GOV-18."""
    status, text, _err = asked(capsys, *ODDS, "--json")
    found = json.loads(text)
    assert status == 0
    assert set(found["odds"]) == set("abcde")
    assert found["tickets"] == sum(one["tickets"] for one in found["panels"]) == 10_000
    assert found["min"] == min(found["odds"].values()) == pytest.approx(0.6, abs=0.001)
    assert "60.00 %" in asked(capsys, *ODDS)[1]
    (room / "odds.json").write_text(text)

    drawing = ("draw", "--odds", "odds.json", "--randomness", NUMBER, "--bundle", "drawn.json", "--json")
    status, text, _err = asked(capsys, *drawing)
    drawn = json.loads(text)
    assert status == 0
    assert sorted([*drawn["panel"], *drawn["reserves"]]) == list("abcde")
    assert json.loads(asked(capsys, *drawing)[1]) == drawn
    piped = asked(capsys, *drawing[:-1])[1]
    assert json.loads(piped) == drawn

    (room / "packed.json").write_text(
        json.dumps(json.loads((room / "drawn.json").read_text()), sort_keys=True)
    )
    for file in ("odds.json", "drawn.json", "packed.json"):
        assert asked(capsys, "verify", file)[0] == 0
        assert main(["verify", file]) == 0
    capsys.readouterr()
    assert json.loads(asked(capsys, "verify", "drawn.json", "--json")[1])["ok"] is True
    whole = json.loads((room / "drawn.json").read_text())
    for change in (
        {"odds": whole["odds"] | {"a": 0.9}},
        {"min": 0.1},
        {"commitment": "00" * 32},
        {"panels": whole["panels"][:-1]},
        {"draw": whole["draw"] | {"panel": drawn["panel"][::-1]}},
        {"draw": whole["draw"] | {"randomness": "00"}},
        {"draw": "nothing"},
    ):
        (room / "changed.json").write_text(json.dumps(whole | change))
        assert asked(capsys, "verify", "changed.json")[0] == 1, change


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        ("es", "lo que se selló antes es otro sorteo"),
        ("pt-br", "o que foi selado antes é outro sorteio"),
        ("en", "what was promised before the draw is another lot"),
    ],
)
def test_what_does_not_hold_is_said_in_the_readers_language(room, capsys, tongue, said):
    (room / "odds.json").write_text(asked(capsys, *ODDS, "--json")[1])
    asked(capsys, "draw", "--odds", "odds.json", "--randomness", NUMBER, "--bundle", "drawn.json", "--json")
    whole = json.loads((room / "drawn.json").read_text())
    (room / "drawn.json").write_text(
        json.dumps(whole | {"draw": whole["draw"] | {"commitment": "00" * 32, "beacon": {}}})
    )
    with translation.override(tongue):
        status, _out, err = asked(capsys, "verify", "drawn.json")
    assert status == 1
    assert said in err


def test_a_lot_without_quotas_needs_one_file(room, capsys):
    status, text, _err = asked(capsys, "odds", "--pool", "pool.csv", "--size", "2", "--id", "name", "--json")

    assert status == 0
    assert set(json.loads(text)["odds"].values()) == {0.4}
    assert "Eva" in json.loads(text)["odds"]


@pytest.mark.parametrize(
    ("quotas", "pool", "words", "said"),
    [
        (QUOTAS, POOL.replace("urban", "sea"), (), ["pool.csv", "line 4", "place", "sea"]),
        (QUOTAS.replace("rural,1", "rural,x"), POOL, (), ["quotas.csv", "line 2", "min", "x"]),
        (QUOTAS.replace("rural,1,2", "rural,3,2"), POOL, (), ["quotas.csv", "line 2"]),
        (QUOTAS + "place,rural,0,1\n", POOL, (), ["quotas.csv", "line 4", "rural"]),
        (QUOTAS + ",x,0,1\n", POOL, (), ["quotas.csv", "line 4", "feature"]),
        (QUOTAS.replace("min", "least"), POOL, (), ["quotas.csv", "min"]),
        (QUOTAS, POOL.replace("b,", "a,"), (), ["pool.csv", "line 3", "“a”", "line 2"]),
        (QUOTAS, POOL.replace("c,", ",", 1), (), ["pool.csv", "line 4", "id"]),
        (QUOTAS, POOL.replace("place", "where"), (), ["pool.csv", "place"]),
        (QUOTAS, POOL.replace("name", "id"), (), ["pool.csv", "id"]),
        (QUOTAS, POOL + "f,Flor,urban,more\n", (), ["pool.csv", "line 7"]),
        (QUOTAS, "id,place\n", (), ["pool.csv"]),
        (QUOTAS, "", (), ["pool.csv"]),
        (QUOTAS, POOL, ("--id", "number"), ["pool.csv", "number"]),
        (QUOTAS, POOL, ("--size", "9"), ["9", "5"]),
        (QUOTAS, POOL, ("--size", "0"), ["seat"]),
        (QUOTAS, POOL, ("--size", "1"), ["place", "2", "1"]),
        (QUOTAS.replace("rural,1,2", "rural,3,5"), POOL, (), ["rural", "3", "2"]),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_column(room, capsys, quotas, pool, words, said):
    (room / "quotas.csv").write_text(quotas)
    (room / "pool.csv").write_text(pool)

    status, out, err = asked(capsys, *ODDS, *words)

    assert status == 1
    assert not out
    assert all(word in err for word in said), err


def test_a_draw_refuses_what_is_no_number_and_no_odds(room, capsys):
    (room / "odds.json").write_text(asked(capsys, *ODDS, "--json")[1])
    broken = json.loads((room / "odds.json").read_text())
    (room / "broken.json").write_text(json.dumps(broken | {"panels": [{"tickets": 10_000, "seats": [3, 0]}]}))
    (room / "cut.json").write_text(json.dumps(broken | {"pool": 7}))

    for file, number in (
        ("odds.json", "xyz"), ("odds.json", "abc"), ("odds.json", ""), ("never.json", NUMBER),
        ("quotas.csv", NUMBER), ("broken.json", NUMBER), ("cut.json", NUMBER),
    ):  # fmt: skip
        status, out, err = asked(capsys, "draw", "--odds", file, "--randomness", number)
        assert (status, out) == (1, "")
        assert err
