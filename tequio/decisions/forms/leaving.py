"""Who would leave a circle, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.decisions.forms import area


class LeavingForm(Form):
    """One of the people of the circle, and the reason."""

    who = forms.TypedChoiceField(label=_("Who would leave?"), coerce=int)
    why = forms.CharField(
        label=_("Why?"), help_text=_("The circle reads it first."), max_length=400, widget=area(3)
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(people)
