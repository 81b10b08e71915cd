"""The published tables of the regional mapping, to the digit, from answers that respect their counts."""

from decimal import Decimal

import pytest

from tequio.surveys.rules.crosstab import count, cross
from tequio.surveys.rules.instrument import Base
from tequio.surveys.rules.ranking import cities
from tequio.surveys.rules.shares import percent
from tequio.surveys.rules.unions import by_groups, compare, grouped, leading, paired, ticked, union
from tests.surveys import golden

SHEET = golden.sheet()


def table(key: str):
    return count(SHEET.column(key))


def figures(key: str, *, base: Base, digits: int = 2) -> list[str]:
    found = table(key)
    return [str(found.whole.share(row, base=base, digits=digits)) for row in found.ranked()]


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        ("country", [29, 21, 18, 17, 11]),
        ("organisation_type", [27, 15, 12, 12, 8, 7, 5]),
        ("population", [37, 21, 20, 18, 11]),
        ("respondent_role", [56, 34, 6, 4]),
        ("participates_in_regional_network", [52, 44]),
        ("led_network_process", [50, 46]),
        ("opportunities", [83, 71, 66]),
        ("fundamental_elements", [63, 60, 53, 46, 37, 34, 32, 27]),
        ("good_governance", [60, 48, 44, 36, 36]),
        ("financing_elements", [79, 72, 53]),
        ("lines_of_action", [65, 61, 53, 49]),
        ("project_themes", [58, 43, 41, 12, 12]),
        ("pillar", [42, 31, 19]),
        ("initiative_objective", [28, 15, 13, 12, 11, 10, 4, 1]),
        ("initiative_areas", [47, 31, 28, 25]),
        ("public_agenda_challenges", [56, 55, 36, 30, 17, 14, 12]),
        ("join_network", [93, 3]),
        ("support_needed", [42, 25]),
    ],
)
def test_each_question_counts_as_published(key, counts):
    """Options are counted, never their combinations. Source: SUR-03, SUR-07, SUR-09, SUR-10, SUR-12, PAINS P2."""
    found = table(key)
    assert sorted(found.whole.counts, reverse=True)[: len(counts)] == counts
    assert found.whole.bases.respondents == 96


def test_shares_are_printed_half_up():
    """Source: SUR-03, SUR-07: 27/96 = 28.125 is 28.13, 15/96 = 15.625 is 15.63."""
    assert figures("country", base=Base.RESPONDENTS, digits=1) == ["30.2", "21.9", "18.8", "17.7", "11.5"]
    kinds = figures("organisation_type", base=Base.RESPONDENTS)
    assert kinds[:7] == ["28.13", "15.63", "12.50", "12.50", "8.33", "7.29", "5.21"]
    assert sum(sorted(table("organisation_type").whole.counts, reverse=True)[7:]) == 10


def test_the_top_three_together_are_more_than_half():
    """Source: SUR-07."""
    found = table("organisation_type")
    keys = leading(found)
    together = union(found.rows, keys)
    assert (keys[0], together.respondents) == ("citizen_participation", 54)
    assert str(percent(together.respondents, found.whole.bases.respondents)) == "56.25"


def test_population_is_of_mentions_and_of_respondents():
    """Source: SUR-09."""
    found = table("population")
    assert found.whole.bases.mentions == 107
    keys = ("women", "lgbtiq", "indigenous", "youth")
    assert [str(found.share(key)) for key in keys] == ["34.58", "19.63", "16.82", "10.28"]
    of_people = [str(found.share(key, base=Base.RESPONDENTS)) for key in keys]
    assert of_people == ["38.54", "21.88", "18.75", "11.46"]


def test_difficulties_are_of_mentions():
    """Source: SUR-13: lack of resources is two options; 104 of its mentions are more than 96 respondents."""
    found = SHEET.column("difficulties")
    bases = count(found).whole.bases
    resources = grouped(found)["lack_of_resources"]
    assert (resources.mentions, bases.mentions) == (104, 248)
    assert resources.respondents <= 96
    assert str(percent(resources.mentions, bases.mentions)) == "41.94"
    assert [
        str(table("difficulties").share(key)) for key in ("governance_decisions", "priority_changes")
    ] == [
        "12.50",
        "12.10",
    ]


def test_networks_by_country():
    """Source: SUR-11."""
    found = cross(SHEET, rows="participates_in_regional_network", by=["country"])
    yes = {code: (found.count("yes", code), found.count("no", code)) for code in golden.COUNTRIES}
    assert yes == {"MX": (13, 8), "CO": (9, 20), "AR": (11, 6), "BR": (10, 1), "CL": (9, 9)}
    assert str(found.share("yes")) == "54.17"
    shares = {code: str(found.share("yes", code, digits=1)) for code in golden.COUNTRIES}
    assert shares == {"BR": "90.9", "AR": "64.7", "MX": "61.9", "CL": "50.0", "CO": "31.0"}
    led = cross(SHEET, rows="led_network_process", by=["country"])
    assert {code: led.count("no", code) for code in golden.COUNTRIES} == golden.DID_NOT_LEAD
    assert str(led.share("no")) == "52.08"


def test_types_by_country():
    """Source: SUR-08."""
    found = cross(SHEET, rows="organisation_type", by=["country"])
    assert [found.count("political_activism", code) for code in ("AR", "BR", "MX")] == [4, 5, 4]
    assert [found.count("human_rights", code) for code in ("AR", "CL")] == [2, 3]
    assert [found.count("environment", code) for code in ("CL", "CO")] == [2, 4]
    assert (found.count("womens_rights", "CO"), found.count("culture", "AR")) == (4, 2)
    for code in ("AR", "BR"):
        group = found.group(code)
        assert found.rows.categories[group.counts.index(max(group.counts))].key == "political_activism"


def test_bases_of_those_who_answered():
    """Source: SUR-09, SUR-15."""
    assert table("pillar").whole.bases.answering == 92
    assert figures("pillar", base=Base.ANSWERING, digits=1) == ["45.7", "33.7", "20.7"]
    goals = ["29.79", "15.96", "13.83", "12.77", "11.70", "10.64", "4.26", "1.06"]
    assert table("initiative_objective").whole.bases.answering == 94
    assert figures("initiative_objective", base=Base.ANSWERING) == goals
    short = figures("initiative_objective", base=Base.ANSWERING, digits=1)
    assert short[:5] == ["29.8", "16.0", "13.8", "12.8", "11.7"]


def test_most_themes_that_one_selected():
    """Source: SUR-16."""
    found = ticked(SHEET.column("initiative_areas"))
    assert (found.most, found.mean) == (4, Decimal("1.36"))
    assert dict(found.spread)[4] == 1


def test_groups_of_challenges():
    """Source: SUR-24: 177 mentions of the public sector, 43 of the individual."""
    column = SHEET.column("public_agenda_challenges")
    found = grouped(column)
    assert {key: one.mentions for key, one in found.items()} == {"public_sector": 177, "individual": 43}
    people = count(by_groups(column))
    assert people.count("public_sector") == found["public_sector"].respondents <= 96


def test_would_join():
    """Source: SUR-17."""
    assert str(table("join_network").share("yes")) == "96.88"


def test_cities_and_capitals():
    """Source: SUR-04, SUR-05, SUR-06."""
    everybody, *countries = cities(SHEET, cities="cities", country="country")
    published = [
        ("Santiago", 13),
        ("Buenos Aires", 10),
        ("Ciudad de México", 10),
        ("Bogotá", 8),
        ("Medellín", 4),
    ]
    assert [(one.text.get("en"), number) for one, number in everybody.ranked[:5]] == published
    rest = {(one.text.get("en"), number) for one, number in everybody.ranked[5:10]}
    assert rest == {("São Paulo", 3), ("Rio de Janeiro", 2), ("Monterrey", 2), ("Rosario", 2), ("Cali", 2)}
    capitals = {one.country.key: one.top_is_capital for one in countries}
    assert capitals == {"CO": True, "MX": True, "CL": True, "AR": True, "BR": False}
    placed = {one.country.key: (one.placed, one.national) for one in countries}
    assert placed == {"CO": (29, 0), "MX": (18, 3), "CL": (17, 0), "AR": (15, 2), "BR": (11, 0)}
    abroad = next(one for one in countries if one.country.key == "CO")
    assert ("Caracas", 1) in [(one.text.get("en"), number) for one, number in abroad.ranked]


def test_the_same_themes_in_two_questions():
    """Source: SUR-14."""
    elements, governance = SHEET.column("fundamental_elements"), SHEET.column("good_governance")
    pairs = paired(elements, governance)
    assert pairs == {"transparent_decisions": "transparent_decisions"}
    rows = compare(elements, governance, pairs=pairs)
    same = next(row for row in rows if row.both is not None)
    assert (same.count_here, same.count_there, str(same.difference)) == (34, 60, "27.08")
    assert len(rows) == 9 + 6 - 1
    hard = SHEET.column("difficulties")
    by_hand = {"lack_of_money": "funding", "lack_of_people": "human_resources"}
    rows = compare(hard, elements, pairs=by_hand)
    assert [(row.count_here, row.count_there) for row in rows[:2]] == [(62, 63), (42, 27)]
