"""Small pieces of the ground: texts, money, the clock, permissions, forms."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import translation

from tequio.core import clock, forms, money, texts
from tequio.core.access import Permission, Refused
from tequio.core.actor import Actor, system


def test_a_text_is_said_in_the_readers_language_or_the_first_that_has_it():
    name = {"es": "Red", "en": "Network", "pt-br": ""}
    with translation.override("en"):
        assert texts.say(name) == "Network"
    with translation.override("pt-br"):
        assert texts.say(name) == "Red"
        assert texts.language_of(name) == "es"
    assert texts.missing(name, ["es", "pt-br", "en"]) == ["pt-br"]
    assert texts.say(None) == texts.say({}) == ""


def test_money_is_exact_and_said_as_people_write_it():
    sixty = money.parse(Decimal("1234.50"), "BRL")
    assert sixty == money.Money(123450, "BRL")
    assert sixty.say("pt-br") == "R$\xa01.234,50"
    assert money.parse(Decimal("500"), "CLP").minor == 500
    assert (sixty + sixty).amount == Decimal("2469.00")
    with pytest.raises(ValueError, match="decimals"):
        money.parse(Decimal("1.234"), "USD")
    with pytest.raises(ValueError, match="add up"):
        sixty + money.Money(1, "USD")


def test_the_clock_can_be_held():
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with clock.at(noon):
        assert clock.now() == noon
        assert clock.today().isoformat() == "2026-03-01"
    assert clock.now() > noon


def test_a_permission_answers_true_or_a_reason_and_nothing_else():
    someone = Actor(1, "Ana", 1)
    assert Permission("x", lambda actor: True).allows(someone)
    with pytest.raises(Refused, match="Not today"):
        Permission("x", lambda actor: "Not today.").require(someone)
    with pytest.raises(TypeError):
        Permission("x", lambda actor: False).why_not(someone)
    assert Permission("x", lambda actor: "Not today.").why_not(system(1)) is None


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_a_text_that_cannot_be_stored_is_refused(text):
    with pytest.raises(ValidationError):
        forms.refuse_unwritable(text)


class Days(forms.Form):
    day = django_forms.DateField()
    at = django_forms.DateTimeField()


@pytest.mark.parametrize("year", ["0001", "0999", "3000", "9999"])
def test_a_day_with_which_nobody_can_reckon_is_refused_beside_its_field(year):
    form = Days({"day": f"{year}-12-31", "at": f"{year}-12-31 23:59"})
    assert set(form.errors) == {"day", "at"}
    assert "1000" in str(form.errors["day"])


def test_days_of_a_long_history_are_taken():
    assert Days({"day": "1519-11-08", "at": "2999-12-31 23:59"}).is_valid()
