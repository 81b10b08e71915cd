"""How many there are of each kind in the field, so that answers weigh as much as the field does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tequio.core.forms import Form
from tequio.surveys.rules.weights import MOST

MOST_SIZES = 300


class SizesForm(Form):
    """A number for each category; what is left empty has no weight."""

    def __init__(
        self, *args: Any, categories: Sequence[tuple[str, str]], before: Mapping[str, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _name in categories[:MOST_SIZES]]
        for key, name in categories[:MOST_SIZES]:
            self.fields[f"size.{key}"] = forms.DecimalField(
                label=name, required=False, min_value=0, max_value=MOST, decimal_places=3, max_digits=16,
                initial=before.get(key), localize=True, widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for two numbers at least: with one alone, all weigh the same."""
        cleaned = super().clean() or {}
        if not self.errors and len(self.sizes()) < 2:
            self.add_error(None, _("Give a number to two of them at least."))
        return cleaned

    def sizes(self) -> dict[str, Decimal]:
        """Return what was given, by category."""
        return {
            key: number
            for key in self.keys
            if (number := self.cleaned_data.get(f"size.{key}")) is not None and number > 0
        }
