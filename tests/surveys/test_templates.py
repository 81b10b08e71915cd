"""The instruments that one can begin from."""

import json
from pathlib import Path

import pytest

from tequio.surveys.rules import templates
from tequio.surveys.rules.checking import checked, faults
from tequio.surveys.rules.conditions import asked
from tequio.surveys.rules.instrument import ROLES, Base, Kind, Value
from tequio.surveys.rules.templates import template
from tequio.surveys.rules.written import as_json, from_json

MAPPING = template(templates.REGIONAL_MAPPING)


@pytest.mark.parametrize("key", templates.KEYS)
def test_a_template_is_whole_in_three_languages_and_holds_nothing_counted(key: str) -> None:
    """Source: XCT-01: complete in Spanish, Portuguese and English."""
    found = template(key)
    assert found.languages == ("es", "pt-br", "en")
    assert faults(found) == ()
    assert from_json(json.loads(json.dumps(as_json(found)))) == found
    written = (Path(templates.__file__).parent / f"{key}.json").read_text(encoding="utf-8")
    assert not any(f'"{word}"' in written for word in ("count", "pct", "by_country"))


def test_there_is_no_other_template() -> None:
    with pytest.raises(KeyError):
        template("../regional_mapping")


def test_the_regional_mapping_asks_what_was_asked() -> None:
    """Source: SUR-01, SUR-17, SUR-20 to SUR-22: 25 questions, and the address of who would join."""
    questions = list(MAPPING.questions())
    assert len([one for one in questions if one.role != "EMAIL"]) == 25
    assert {one.role for one in questions if one.role} == set(ROLES)
    assert {one.key for one in questions if one.base is Base.MENTIONS} == {"population", "difficulties"}
    answering = {one.key for one in questions if one.base is Base.ANSWERING}
    assert answering == {"pillar", "initiative_objective"}
    assert all(any(o.other for o in one.options) for one in questions if one.kind is Kind.MULTI)


def test_what_was_counted_oftener_than_people_answered_is_a_group_of_options() -> None:
    """Source: SUR-13: 104 of 248 mentions by 96 respondents; the challenges have two groups besides."""
    groups: dict[str, list[str]] = {}
    for one in MAPPING.questions():
        for option in one.options:
            groups.setdefault(option.group, []).append(option.key)
    assert groups["lack_of_resources"] == ["lack_of_money", "lack_of_people"]
    assert groups["public_sector"] == ["political_will", "budget", "bureaucracy", "non_binding"]
    assert groups["individual"] == ["social_interest", "time", "technical_spaces"]


def test_an_address_is_asked_only_of_who_would_join() -> None:
    """Source: SUR-17: consented, and nobody else is asked for it."""

    def is_asked(answer: str) -> bool:
        shown = asked(MAPPING, {"join_network": Value(chosen=(answer,))})
        return "contact_email" in {one.key for one in shown}

    assert is_asked("yes")
    assert not is_asked("no")


def test_the_interview_has_six_aspects() -> None:
    """Source: CTX-09."""
    keys = [section.key for section in template(templates.INTERVIEW).sections]
    assert keys[1:] == ["background", "innovation", "governance", "sustainability", "inclusion", "value"]


def test_needs_and_offers_begin_with_what_organizations_named() -> None:
    """Source: SUR-20, SUR-21, SUR-22, COM-02, COM-03, COM-19."""
    found = template(templates.NEEDS_AND_OFFERS)
    needs, offers = found.with_role("NEEDS"), found.with_role("OFFERS")
    assert needs
    assert offers
    assert {"funding_networks", "connection", "capacities"} < {option.key for option in needs.options}
    assert {"training", "volunteers", "advisory_hours"} < {option.key for option in offers.options}
    assert found.question("benefits")
    assert found.question("lacking")


def test_an_event_counts_people_countries_cities_hours_and_sectors() -> None:
    """Source: CTX-16, CTX-17."""
    found = template(templates.EVENT_FEEDBACK)
    kinds = {
        key: question.kind
        for key in ("country", "city", "hours", "sector")
        if (question := found.question(key))
    }
    assert kinds == {
        "country": Kind.COUNTRY, "city": Kind.CITIES, "hours": Kind.NUMBER, "sector": Kind.SINGLE,
    }  # fmt: skip
    sector = found.question("sector")
    assert sector
    assert {"public_officials", "local_government", "civil_society", "academia"} < {
        o.key for o in sector.options
    }


def test_a_network_looks_at_how_it_governs_itself() -> None:
    """Source: SUR-26, SUR-27."""
    found = template(templates.GOOD_GOVERNANCE)
    elements, practices = found.question("key_elements"), found.question("practices_defined")
    assert elements
    assert practices
    assert len(elements.rows) == len(practices.rows) == 5
    said = {"key_elements": Value(rows={row.key: "begun" for row in elements.rows})}
    assert checked(found, said) == (said, {})
