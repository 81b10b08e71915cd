"""Forms that keep what was typed, say what to do beside the field, and refuse what PostgreSQL cannot hold."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

YEARS = (1000, 2999)


class Form(forms.Form):
    """Base of every form: our templates, no placeholder tricks, surrogates and control marks refused."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        _settle(type(self))
        super().__init__(*args, **kwargs)


class DayInput(forms.DateInput):
    """A field for a day: browsers take its value as year, month and day alone, in whatever language the page speaks."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


PLAIN: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("This is still missing.")},
    forms.ChoiceField: {"invalid_choice": _("This is not one of the answers. Choose one of the list.")},
    forms.IntegerField: {"invalid": _("Write a whole number.")},
    forms.DateField: {"invalid": _("Write a date: day, month and year.")},
    forms.EmailField: {"invalid": _("Write an address such as name@place.org.")},
    forms.URLField: {"invalid": _("Write an address such as https://place.org.")},
}


@cache
def _settle(form: type[Form]) -> None:
    """Put the fields of a form in order, once: each form that is made copies them."""
    settle(form.base_fields.values())


def settle(fields: Iterable[forms.Field]) -> None:
    """Let fields speak plainly, and refuse what PostgreSQL cannot hold; for forms whose fields depend on what they show."""
    for field in fields:
        _speak_plainly(field)
        if (
            isinstance(field, forms.DateField | forms.DateTimeField)
            and refuse_far_away not in field.validators
        ):
            field.validators.append(refuse_far_away)
        if isinstance(field, forms.CharField) and refuse_unwritable not in field.validators:
            field.validators.append(refuse_unwritable)
            if field.max_length is None:
                field.max_length = 20_000
                field.validators.append(shorter_than_a_book)


def _speak_plainly(field: forms.Field) -> None:
    """Say what to do in our own words, where the form did not choose its own."""
    for kind, texts in PLAIN.items():
        if isinstance(field, kind):
            for code, text in texts.items():
                if field.error_messages.get(code) == _of_django(kind, code):
                    field.error_messages[code] = text


def _of_django(kind: type[forms.Field], code: str) -> Any:
    for each in kind.__mro__:
        texts = getattr(each, "default_error_messages", {})
        if code in texts:
            return texts[code]
    return None


def refuse_unwritable(value: str) -> None:
    """Refuse lone surrogates: they cannot be written in UTF-8. (Django refuses the NUL mark itself.)"""
    try:
        str(value).encode()
    except UnicodeEncodeError as error:
        raise ValidationError(_("This text has a mark that cannot be stored. Type it again.")) from error


def refuse_far_away(day: date) -> None:
    """Refuse days with which nobody can reckon: one day after the last that a calendar has is none."""
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ValidationError(
            _("Write a year between %(first)s and %(last)s."), params={"first": YEARS[0], "last": YEARS[1]}
        )


def shorter_than_a_book(value: str) -> None:
    """Refuse a free text of more than 20,000 characters."""
    if len(str(value)) > 20_000:
        raise ValidationError(_("This text is too long: 20,000 characters at most."))
