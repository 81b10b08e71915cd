"""Experience that follows from answers, and whom it proposes. No database."""

from hypothesis import given
from hypothesis import strategies as st

from tequio.surveys.rules.candidates import Cell, Willing, coordinators, crossed
from tequio.surveys.rules.experience import RANK, Experience, Level, Point, experience
from tests.each import each

LEVELS = {
    "led and works on a theme": (True, False, 1, Level.HIGH),
    "in a network, three themes": (False, True, 3, Level.HIGH),
    "led, no theme": (True, None, 0, Level.MEDIUM),
    "in a network, two themes": (None, True, 2, Level.MEDIUM),
    "two themes alone": (False, False, 2, Level.MEDIUM),
    "one theme alone": (False, False, 1, Level.LOW),
    "nothing": (False, False, 0, Level.LOW),
}


@each(LEVELS)
def test_a_level_follows_from_three_answers(case):
    """Source: SUR-18."""
    led, in_network, themes, level = LEVELS[case]
    assert experience(led=led, in_network=in_network, themes=themes).level is level


def test_a_level_says_what_it_rests_on_and_nothing_said_is_no_level():
    """Source: SUR-18."""
    told = experience(led=True, in_network=False, themes=2)
    assert told.points == (Point.LED, Point.NOT_IN_NETWORK, Point.THEMES)
    assert told.themes == 2
    assert experience(led=None, in_network=None, themes=None) == Experience(None)
    assert experience(led=None, in_network=True, themes=None).points == (Point.IN_NETWORK,)


@given(st.booleans(), st.booleans(), st.integers(0, 6))
def test_more_experience_never_lowers_the_level(led, in_network, themes):
    """Source: SUR-18."""
    told = RANK[experience(led=led, in_network=in_network, themes=themes).level]
    for more in ((True, in_network, themes), (led, True, themes), (led, in_network, themes + 1)):
        assert RANK[experience(led=more[0], in_network=more[1], themes=more[2]).level] >= told


def willing(key, country, themes, *, led=False, in_network=False):
    told = experience(led=led, in_network=in_network, themes=len(themes))
    return Willing(key, f"Organization {key}", country, tuple(themes), told)


ONE = willing(1, "CO", ["advocacy", "innovation"], led=True)
TWO = willing(2, "CO", ["advocacy"], in_network=True)
THREE = willing(3, "MX", ["advocacy", "innovation"], led=True)


def test_who_would_join_is_counted_by_theme_experience_and_country():
    """Who works on two themes counts in both. Source: SUR-17."""
    assert crossed([ONE, TWO, THREE]) == [
        Cell("advocacy", Level.HIGH, "CO", 1),
        Cell("advocacy", Level.HIGH, "MX", 1),
        Cell("advocacy", Level.MEDIUM, "CO", 1),
        Cell("innovation", Level.HIGH, "CO", 1),
        Cell("innovation", Level.HIGH, "MX", 1),
    ]


def test_experience_proposes_who_coordinates_a_line_of_work_and_ties_are_shown():
    """Source: SUR-19."""
    advocacy, innovation = coordinators([THREE, TWO, ONE])
    assert (advocacy.theme, advocacy.willing, advocacy.proposed, advocacy.tied) == (
        "advocacy",
        3,
        (ONE, THREE),
        True,
    )
    alone = coordinators([TWO, ONE])[0]
    assert (alone.proposed, alone.tied) == ((ONE,), False)
    assert innovation.willing == 2


def test_nobody_is_proposed_where_nothing_is_known_of_anybody():
    """Source: SUR-19."""
    unknown = Willing(4, "Organization 4", "", ("water",), Experience(None))
    assert coordinators([unknown])[0].proposed == ()
