"""Reading what people write about what follows an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.forms import DayInput, Form
from tequio.core.options import Option
from tequio.decisions.forms import naming, review_day
from tequio.decisions.models import Finding


def _day() -> DayInput:
    return DayInput()


class TaskForm(Form):
    """A task: what, who, until when."""

    what = forms.CharField(label=_("What is there to do?"), max_length=300)
    owner = forms.TypedChoiceField(label=_("Who does it?"), coerce=int)
    due_on = forms.DateField(label=_("Until which day?"), widget=_day())

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        naming.offer(self, people)

    def clean(self) -> dict[str, Any]:
        """Put who was named into the task."""
        data = super().clean() or {}
        naming.read(self, data)
        return data

    def clean_due_on(self) -> date:
        """Refuse a day that has passed."""
        day: date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(_("The day has passed already."))
        if day.year > clock.today().year + 10:
            raise forms.ValidationError(_("Choose a day within ten years."))
        return day


class SettleForm(Form):
    """How a task went."""

    done = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[("yes", Option(_("It is done"))), ("no", Option(_("It was not done")))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A note"),
        help_text=_("How it went. If it was not done, why: nobody is blamed for it."),
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask why something was not done."""
        data = super().clean() or {}
        if data.get("done") == "no" and not data.get("note"):
            self.add_error("note", _("Say why it was not done: the network learns from it."))
        return data


class EvaluationForm(Form):
    """What was learned, and what is to become of the agreement."""

    learned = forms.CharField(
        label=_("What did we learn?"),
        help_text=_("What worked, what did not, what surprised us."),
        max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    finding = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (Finding.KEEP.value, Option(_("We keep it"), help=_("It goes on as it is."))),
            (
                Finding.CHANGE.value,
                Option(_("It needs a change"), help=_("It goes on until another decision changes it.")),
            ),
            (
                Finding.DROP.value,
                Option(_("It should end"), help=_("It goes on until another decision ends it.")),
            ),
        ],
        widget=forms.RadioSelect,
    )
    follow_up = forms.BooleanField(
        label=_("Prepare the new proposal now"),
        help_text=_("It starts with these texts. You can change them before anybody is asked."),
        required=False,
    )
    next_on = forms.DateField(label=_("When do we look again?"), widget=_day())

    def __init__(self, *args: Any, starts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not starts:
            del self.fields["follow_up"]

    def clean_next_on(self) -> date:
        """Refuse today and any day before."""
        return review_day(self.cleaned_data["next_on"])

    def given(self) -> dict[str, Any]:
        """Return what the service asks for."""
        data = self.cleaned_data
        return {
            "finding": Finding(data["finding"]), "learned": data["learned"], "next_on": data["next_on"],
            "follow_up": data.get("follow_up", False),
        }  # fmt: skip
