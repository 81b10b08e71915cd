"""Ninety-six made-up answers that respect every count published of the regional mapping. Source: spec/SURVEY.md.

Where the source contradicts itself, this follows its totals, and says so:

* Citizen participation has 27, but its countries add up to 25. One more is put in Colombia and one in Mexico.
* Lack of resources has 104 mentions of 96 respondents. It is the group of two options, money and people.
* "Bolivia" stands among the cities of Chile. It is no city: that answer names none.
* Three organizations of Mexico and two of Argentina name no city: they work in the whole country.
* Options without a published count (the rest of each list) have numbers of our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tequio.surveys.rules.columns import Category, Sheet
from tequio.surveys.rules.instrument import NATIONAL, Instrument, Value, Values
from tequio.surveys.rules.sheeted import Places, sheet_of
from tequio.surveys.rules.templates import REGIONAL_MAPPING, template

SIZE = 96
COUNTRIES = {"CO": 29, "MX": 21, "CL": 18, "AR": 17, "BR": 11}

TYPES = {  # organization type -> country -> how many
    "citizen_participation": {"CO": 9, "MX": 9, "CL": 5, "AR": 2, "BR": 2},
    "political_activism": {"CO": 1, "MX": 4, "CL": 1, "AR": 4, "BR": 5},
    "human_rights": {"CO": 3, "MX": 3, "CL": 3, "AR": 2, "BR": 1},
    "environment": {"CO": 4, "MX": 2, "CL": 2, "AR": 3, "BR": 1},
    "research": {"CO": 3, "MX": 1, "CL": 2, "AR": 1, "BR": 1},
    "womens_rights": {"CO": 4, "MX": 1, "CL": 1, "AR": 1},
    "innovation_technology": {"CO": 2, "CL": 1, "AR": 1, "BR": 1},
    "anti_corruption": {"CO": 1, "CL": 1},
    "cooperativism": {"CO": 1, "MX": 1},
    "culture": {"CL": 1, "AR": 2},
    "sports": {"CO": 1, "AR": 1},
    "animal_rights": {"CL": 1},
}
IN_NETWORK = {"MX": 13, "CO": 9, "AR": 11, "BR": 10, "CL": 9}
DID_NOT_LEAD = {"CL": 10, "CO": 19, "MX": 12, "BR": 4, "AR": 5}

CITIES = {  # country of the organization -> number of GeoNames -> how many
    "CL": {"3871336": 13, "3897322": 1, "3894426": 1, "3870011": 1, "3868192": 1},
    "AR": {"3435910": 10, "3838583": 2, "3429577": 1, "3429886": 1, "3848950": 1, NATIONAL: 2},
    "MX": {
        "3530597": 10, "3995465": 2, "3530757": 1, "4014338": 1, "4000900": 1, "3522507": 1, "3514783": 1, "3979770": 1,
        NATIONAL: 3,
    },
    "BR": {"3448439": 3, "3451190": 2, "3450554": 1, "3390760": 1, "3399415": 1, "3464975": 1, "3405870": 1, "3452925": 1},
    "CO": {
        "3688689": 8, "3674962": 4, "3687925": 2, "3646738": 1, "3689147": 1, "3687238": 1, "3688465": 1, "3672486": 1,
        "3675443": 1, "3680656": 1, "3668605": 1, "3672778": 1, "3673899": 1, "3689560": 1, "3665900": 1, "3674453": 1,
        "3671916": 1, "3666608": 1,
    },
}  # fmt: skip
NAMES = {
    "3871336": ("Santiago", "CL"), "3435910": ("Buenos Aires", "AR"), "3530597": ("Ciudad de México", "MX"),
    "3688689": ("Bogotá", "CO"), "3674962": ("Medellín", "CO"), "3448439": ("São Paulo", "BR"),
    "3451190": ("Rio de Janeiro", "BR"), "3995465": ("Monterrey", "MX"), "3838583": ("Rosario", "AR"),
    "3687925": ("Cali", "CO"), "3646738": ("Caracas", "VE"),
}  # fmt: skip

SEVERAL = {  # question -> option -> how many; in brackets of the source, except the last of some
    "population": {"women": 37, "lgbtiq": 21, "indigenous": 18, "youth": 11, "other": 20},
    "respondent_role": {
        "manager": 56, "coordination": 34, "communications": 6, "institutional_relations": 4, "secretariat": 3,
        "projects": 3, "international_relations": 2, "consultant": 2, "founding_partner": 1,
    },
    "opportunities": {"articulation": 83, "advocacy_reach": 71, "exchange": 66, "joint_funding": 41},
    "difficulties": {
        "lack_of_money": 62, "lack_of_people": 42, "governance_decisions": 31, "priority_changes": 30, "distance": 24,
        "communication": 22, "trust": 20, "other": 17,
    },
    "fundamental_elements": {
        "funding": 63, "collaborative_design": 60, "strategic_planning": 53, "clear_roles": 46, "action_agenda": 37,
        "transparent_decisions": 34, "democratic_governance": 32, "human_resources": 27,
    },
    "good_governance": {
        "transparent_decisions": 60, "transparent_resources": 48, "collaboration": 44, "representativeness": 36,
        "formal_model": 36,
    },
    "financing_elements": {"joint_calls": 79, "joint_fundraising": 72, "productive_projects": 53},
    "lines_of_action": {
        "political_advocacy": 65, "participation_deliberation": 61, "inclusion_gender": 53, "public_innovation": 49,
    },
    "project_themes": {
        "political_advocacy": 58, "public_innovation": 43, "participatory_democracy": 41, "direct_democracy": 12,
        "deliberative_democracy": 12,
    },
    "initiative_areas": {"participation": 47, "human_rights": 31, "youth": 28, "gender_equity": 25},
    "initiative_format": {"laboratories": 29, "campaigns": 44, "dialogue_spaces": 51, "leadership_programmes": 37},
    "public_agenda_challenges": {
        "political_will": 56, "budget": 55, "bureaucracy": 36, "non_binding": 30, "social_interest": 17, "time": 14,
        "technical_spaces": 12,
    },
    "support_needed": {"funding_networks": 42, "connection": 25, "capacities": 23},
    "offers": {"training": 58, "volunteers": 31, "advisory_hours": 39},
}  # fmt: skip
ONE = {
    "pillar": {"diverse": 42, "innovative": 31, "environmental": 19},
    "initiative_objective": {
        "promote_participation": 28, "civic_capacities": 15, "influence_decisions": 13, "influence_agenda": 12,
        "train_public_agents": 11, "solve_problem": 10, "monitor": 4, "improve_services": 1,
    },
}  # fmt: skip
YES_OF = {"join_network": 93, "consent_publication": 95}
MOST_AREAS = 4  # "some even selected 4 themes"


@cache
def choices() -> dict[str, list[tuple[str, ...]]]:
    """Return for each question what each of the ninety-six chose, in the order of the countries."""
    countries = [code for code, many in COUNTRIES.items() for _one in range(many)]
    found: dict[str, list[tuple[str, ...]]] = {"country": [(code,) for code in countries]}
    found["cities"] = _in_countries(CITIES, countries, shift=0)
    kinds = {code: {kind: many.get(code, 0) for kind, many in TYPES.items()} for code in COUNTRIES}
    found["organisation_type"] = _in_countries(kinds, countries, shift=3)
    found["participates_in_regional_network"] = _yes_no(IN_NETWORK, countries, shift=1)
    led = {code: many - DID_NOT_LEAD[code] for code, many in COUNTRIES.items()}
    found["led_network_process"] = _yes_no(led, countries, shift=2)
    for key, counts in SEVERAL.items():
        found[key] = _spread(counts, four_at_once=key == "initiative_areas")
    for key, counts in ONE.items():
        row = [(option,) for option, many in counts.items() for _one in range(many)]
        found[key] = [*row, *[()] * (SIZE - len(row))]
    for key, yes in YES_OF.items():
        found[key] = [("yes",) if at < yes else ("no",) for at in range(SIZE)]
    return found


def _in_countries(
    counts: Mapping[str, Mapping[str, int]], countries: Sequence[str], *, shift: int
) -> list[tuple[str, ...]]:
    """Deal the options out within each country, turned about so that questions do not run in step."""
    hands = {}
    for code, size in COUNTRIES.items():
        hand = [(option,) for option, many in counts[code].items() for _one in range(many)]
        hand += [()] * (size - len(hand))
        hands[code] = hand[shift:] + hand[:shift]
    return [hands[code].pop() for code in countries]


def _yes_no(yes: Mapping[str, int], countries: Sequence[str], *, shift: int) -> list[tuple[str, ...]]:
    counts = {code: {"yes": yes[code], "no": size - yes[code]} for code, size in COUNTRIES.items()}
    return _in_countries(counts, countries, shift=shift)


def _spread(counts: Mapping[str, int], *, four_at_once: bool) -> list[tuple[str, ...]]:
    """Deal each option to as many, one after the other round the table, so that everybody has some."""
    chosen: list[list[str]] = [[] for _one in range(SIZE)]
    if four_at_once:
        chosen[0] = list(counts)
    turn = 1 if four_at_once else 0
    for option, many in counts.items():
        for _one in range(many - four_at_once):
            chosen[turn].append(option)
            turn = turn + 1 if turn + 1 < SIZE else int(four_at_once)
    return [tuple(one) for one in chosen]


def replies(*, keys: Mapping[str, str] | None = None) -> Iterator[Values]:
    """Yield what each of the ninety-six said; ``keys`` renames questions."""
    names = keys or {}
    for at in range(SIZE):
        said = {names.get(key, key): Value(chosen=rows[at]) for key, rows in choices().items() if rows[at]}
        said[names.get("organisation_name", "organisation_name")] = Value(text=f"Organización {at + 1:02}")
        yield said


def instrument() -> Instrument:
    """Return the regional mapping as it can be begun from."""
    return template(REGIONAL_MAPPING)


@cache
def sheet() -> Sheet:
    """Return the answers as columns."""
    cities = {key: Category(key, {"en": name}, country) for key, (name, country) in NAMES.items()}
    return sheet_of(instrument(), list(replies()), places=Places(cities))
