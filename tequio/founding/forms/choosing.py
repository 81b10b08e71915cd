"""Choosing between what two founders wrote at the same time: a text as a whole, a table row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.founding import rules

ROW = "row_"


class ChooseForm(Form):
    """Which of two texts stands, or both joined. ``here`` and ``there`` are the versions that were read."""

    here = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    there = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    choice = forms.ChoiceField(choices=[("here", ""), ("there", ""), ("both", "")], widget=forms.RadioSelect)
    joined = forms.CharField(required=False, max_length=8_000, widget=forms.Textarea({"rows": 8}))


@dataclass(frozen=True)
class RowAsked:
    """A row that two founders changed differently: its name, and what each says of it."""

    key: str
    name: str
    here: Option
    there: Option
    both: bool


class RowsForm(Form):
    """For each row that two founders changed differently: which one stands, or both."""

    here = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    there = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, data: Any = None, *, asked: Sequence[RowAsked], initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        for row in asked:
            choices = [(rules.HERE, row.here), (rules.THERE, row.there)]
            if row.both:
                choices.append((rules.BOTH, Option(_("Both rows stand"))))
            self.fields[ROW + row.key] = forms.ChoiceField(
                label=row.name,
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one.")},
            )

    def choices(self) -> dict[str, str]:
        """What was chosen, by the name of the row."""
        return {
            name.removeprefix(ROW): value for name, value in self.cleaned_data.items() if name.startswith(ROW)
        }
