"""Files of ballots are read whole, and what is wrong in one is said with its line."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.elections.formats import Unreadable, read
from tequio.elections.rules.ballots import Rankings, approved_by_rank

BLT = """4 2
[withdrawn 4] # she moved away
[tie 3 2 1 4]
(a1) 2 1 0
3 1 2=3 0
1 - 2 0
0
"Ana"
"Beto \\"B\\""
"Carla"
"Dora"
"Two seats"
"""
PREFLIB = """# TITLE: Where to meet
# NUMBER ALTERNATIVES: 3
# ALTERNATIVE NAME 1: Lima
# ALTERNATIVE NAME 2: Quito
3: 1,{2,3}
1: {1, 3}
"""
PABULIB = """META
key;value
description;A fund
budget;1100.50
vote_type;approval
PROJECTS
project_id;cost;name
7;400.25;"A garden; with a bench"
9;700;Bicycles
VOTES
voter_id;vote
1;7,9
2;9
3;
"""
OURS = """{"format": "tequio-ballots/1", "seats": 2, "candidates": ["Ana", "Beto", "Carla"],
 "ballots": [
  {"count": 2, "ranking": ["Ana", ["Beto", "Carla"]]},
  {"ranking": ["Carla"]}
 ]}"""


def test_blt_says_seats_names_withdrawals_and_the_order_for_ties():
    sheet = read(BLT.encode(), name="circle.blt")

    assert (sheet.names, sheet.seats, sheet.title) == (("Ana", 'Beto "B"', "Carla", "Dora"), 2, "Two seats")
    assert sheet.withdrawn == ("Dora",)
    assert sheet.order == ("Carla", 'Beto "B"', "Ana", "Dora")
    assert sheet.rankings == ((3, ((0,), (1, 2))), (1, ((1,),)), (1, ((1,), (0,))))


def test_preflib_says_equal_places_and_numbers_without_a_name():
    sheet = read(PREFLIB.encode(), name="meet.toi")

    assert (sheet.names, sheet.title) == (("Lima", "Quito", "3"), "Where to meet")
    assert sheet.rankings == ((3, ((0,), (1, 2))), (1, ((0, 2),)))


def test_pabulib_says_exact_amounts_and_names_with_semicolons():
    sheet = read(PABULIB.encode(), name="fund.pb")

    assert (sheet.names, sheet.budget) == (("7", "9"), Fraction(2201, 2))
    assert sheet.costs == (Fraction(1601, 4), Fraction(700))
    assert sheet.names_by_key["7"] == "A garden; with a bench"
    assert sheet.approvals == ((1, ()), (1, (0, 1)), (1, (1,)))


def test_a_name_may_break_its_line_or_hold_the_breaks_of_other_alphabets():
    for broken in ("garden;\n with", "garden;\u2028 with", "garden;\x85 with"):
        for text in (PABULIB, PABULIB.replace("\n", "\r\n")):
            sheet = read(text.replace("garden; with", broken).encode(), name="fund.pb")
            assert (sheet.names_by_key["7"], sheet.names) == (f"A {broken} a bench", ("7", "9"))


def test_pabulib_orders_and_points_are_read_too():
    ordinal = read(PABULIB.replace("approval", "ordinal").replace("7,9", "9,7").encode(), name="fund.pb")
    points = PABULIB.replace("approval", "scoring").replace("voter_id;vote", "voter_id;vote;points")
    scored = read(points.replace("1;7,9", "1;7,9;0,5").replace("2;9", "2;9;3").encode(), name="fund.pb")

    assert ordinal.rankings == ((1, ()), (1, ((1,),)), (1, ((1,), (0,))))
    assert scored.scores == ((1, ()), (1, ((0, 0), (1, 5))), (1, ((1, 3),)))
    assert scored.approvals == ((1, ()), (2, (1,)))


def test_ours_is_read_by_name_or_by_look():
    for name in ("box.json", "box"):
        sheet = read(OURS.encode(), name=name)
        assert (sheet.names, sheet.seats) == (("Ana", "Beto", "Carla"), 2)
        assert sheet.rankings == ((2, ((0,), (1, 2))), (1, ((2,),)))


def test_a_ranking_approves_all_above_the_last_place():
    read_so = approved_by_rank(
        Rankings(("a", "b", "c"), ((1, ((0,), (1,))), (2, ((0,), (1,), (2,))), (4, ((0, 1),))))
    )

    assert read_so.papers == ((7, (0, 1)),)


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("a.blt", BLT.replace("3 1 2=3 0", "3 1 9 0"), "candidate", 5),
        ("a.blt", BLT.replace("3 1 2=3 0", "3 1 2 1 0"), "twice", 5),
        ("a.blt", BLT.replace("3 1 2=3 0", "x 1 2 0"), "number", 5),
        ("a.blt", BLT.replace("[tie 3 2 1 4]", "[tie 3 2]"), "tie", 3),
        ("a.blt", BLT.replace('"Ana"', "Ana"), "quotes", 8),
        ("a.blt", '2 1\n1 2 0\n1 1\n"A"\n"B"\n', "zero", 3),
        ("a.blt", "3 1\n1 2 0\n", "ends", 3),
        ("a.blt", BLT.replace("1 - 2 0\n0", "1 - 2 0"), "over", 7),
        ("a.blt", BLT.replace("3 1 2=3 0", "-3 1 2=3 0"), "number", 5),
        ("a.blt", BLT.replace("[tie 3 2 1 4]\n(a1) 2 1 0\n", "-3 1 2 0\n"), "number", 3),
        ("a.toi", PREFLIB.replace("3: 1,{2,3}", "3: 1,{2,3"), "order", 5),
        ("a.toi", PREFLIB.replace("3: 1,{2,3}", "3: 1,5"), "candidate", 5),
        ("a.toi", PREFLIB.replace("3: 1,{2,3}", "3: 1,1"), "twice", 5),
        ("a.toi", "1: 1,2\n", "head", 1),
        ("a.pb", PABULIB.replace("2;9", "2;8"), "candidate", 13),
        ("a.pb", PABULIB.replace("9;700", "9;seven"), "amount", 9),
        ("a.pb", PABULIB.replace("9;700", "7;700"), "twice", 9),
        ("a.pb", PABULIB.replace("approval", "smiles"), "votes", 5),
        ("a.pb", PABULIB.replace("9;700", "9;0"), "number", 9),
        ("a.pb", PABULIB.replace('bench"', "bench"), "table", 8),
        ("a.pb", PABULIB[: PABULIB.index("VOTES")], "missing", 10),
        ("a.pb", "hello;there\n", "section", 1),
        ("a.json", OURS.replace('["Carla"]', '["Dora"]'), "candidate", 4),
        ("a.json", OURS.replace('"count": 2', '"count": -2'), "number", 3),
        ("a.json", OURS.replace('"Ana", ["Beto"', '"Ana" ["Beto"'), "json", 3),
        ("a.json", OURS.replace('{"ranking": ["Carla"]}', '{"approve": ["Carla"]}'), "kinds", 3),
        ("a.json", OURS.replace('"Beto"', '"Beto \\ud800"'), "encoding", 1),
        ("a.json", "[1]", "json", 1),
        ("a", "hello", "format", 1),
        ("a.blt", "", "nothing", 1),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(name, text, code, line):
    with pytest.raises(Unreadable) as refused:
        read(text.encode(), name=name)

    assert (refused.value.code, refused.value.line) == (code, line)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Unreadable) as refused:
        read(b"3 1\n1 \xff 0\n", name="a.blt")

    assert (refused.value.code, refused.value.line) == ("encoding", 2)


@settings(deadline=None, max_examples=50)
@given(st.sampled_from([BLT, PREFLIB, PABULIB, OURS]), st.data())
def test_no_damage_to_a_file_gives_anything_but_ballots_or_a_reason(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.text(max_size=3)) + text[at + data.draw(st.integers(0, 6)) :]
    name = data.draw(st.sampled_from(["a.blt", "a.toi", "a.pb", "a.json", "a"]))
    with suppress(Unreadable):
        assert read(damaged.encode("utf-8", "surrogatepass"), name=name).names
