"""Every table travels, or says why it stays; every column that sounds like a secret is looked at."""

from django.apps import apps

from tequio.archive import rules, selectors
from tequio.archive.formats import describe
from tequio.people.models import Participant, Person, Place
from tests.each import each

OWN = [model for model in apps.get_models() if selectors.is_own(model)]
TABLES = {table.label: table for table in selectors.tables()}


@each(OWN, named=lambda model: model._meta.label)
def test_a_table_of_a_network_travels_or_says_why_it_stays(model):
    label = model._meta.label
    assert (label in TABLES) != (label in rules.STAYS), "see tequio/archive/rules.py"
    assert not model._meta.local_many_to_many or label in rules.STAYS


def test_every_reason_is_about_a_table_that_there_is():
    labels = {model._meta.label for model in apps.get_models()}
    assert rules.STAYS.keys() <= labels
    assert all(len(reason) > 10 for reason in rules.STAYS.values())
    assert rules.PUBLIC.keys() <= TABLES.keys()
    for label, columns in rules.PUBLIC.items():
        assert set(columns) <= set(TABLES[label].columns)


@each(TABLES)
def test_a_column_that_travels_can_be_written_and_holds_no_secret(label):
    for field in TABLES[label].fields:
        assert describe(field)["name"] == field.attname
        if rules.secret_sounding(field.attname):
            assert f"{label}.{field.attname}" in rules.NO_SECRETS, "a secret stays behind: rules.STAYS"


@each(TABLES)
def test_what_a_row_points_to_travels_too(label):
    for field in TABLES[label].fields:
        if field.is_relation:
            target = field.related_model
            assert target is Place or target._meta.label in TABLES, f"{field} would point to nothing"


@each(TABLES)
def test_a_column_that_names_a_person_without_a_foreign_key_is_called_person_id(label):
    """Otherwise the person would be left behind, and ``my data`` would miss the row."""
    for field in TABLES[label].fields:
        if (
            "person" in field.name
            and not field.is_relation
            and field.get_internal_type() == "BigIntegerField"
        ):
            assert field.attname == "person_id"
        if field.is_relation and "person" in field.name:
            assert field.related_model in (Person, Participant)


def test_what_nobody_was_to_read_is_in_no_copy():
    """Source: P27, XCT-05."""
    assert "gender" not in TABLES["people.Participant"].columns
    assert rules.KEPT_BACK["people.Participant"] == {"gender": ""}
