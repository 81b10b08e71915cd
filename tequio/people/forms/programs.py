"""What is asked about a joint program."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import DayInput, Form
from tequio.people.models import Organization, ProgramRole
from tequio.people.rules.programs import Stage, Wrong, wrong_with

STAGES = range(1, 6)
REASONS = {
    Wrong.BACKWARDS: _("The last day comes after the first one."),
    Wrong.OUTSIDE: _("Every stage lies within the days of the program, the first day first."),
}


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = DayInput(attrs={"class": "short"})
    return forms.DateField(label=label, widget=widget, required=required)


class ProgramForm(Form):
    """A title, the days, and up to five stages; an empty stage is none."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    about = forms.CharField(
        label=_("What is it about?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first_on = _day(_("First day"))
    last_on = _day(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in STAGES:
            self.fields[f"stage_{place}"] = forms.CharField(
                label=_("Stage %(number)s") % {"number": place}, max_length=200, required=False
            )
            self.fields[f"stage_{place}_first"] = _day(_("Its first day"), required=False)
            self.fields[f"stage_{place}_last"] = _day(_("Its last day"), required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for place in STAGES:
            days = [said.get(f"stage_{place}_{end}") for end in ("first", "last")]
            if said.get(f"stage_{place}") and not all(days):
                self.add_error(f"stage_{place}", _("Say from which day to which."))
            if any(days) and not said.get(f"stage_{place}"):
                self.add_error(f"stage_{place}", _("Say what happens in this stage."))
        if not self.errors and (wrong := wrong_with(said["first_on"], said["last_on"], self.stages())):
            self.add_error("last_on", REASONS[wrong])
        return said

    def stages(self) -> list[Stage]:
        """Return the stages that were written down."""
        said = self.cleaned_data
        return [
            Stage(said[f"stage_{place}"], _date(said, place, "first"), _date(said, place, "last"))
            for place in STAGES
            if said.get(f"stage_{place}")
        ]


def _date(said: dict[str, Any], place: int, end: str) -> date:
    found: date = said[f"stage_{place}_{end}"]
    return found


class PartForm(Form):
    """An organization by its name, and its role."""

    name = forms.CharField(
        label=_("Which organization?"),
        help_text=_("By its name, or another name of it, as in the directory."),
        max_length=200,
    )
    role = forms.ChoiceField(label=_("As what?"), choices=ProgramRole.choices, widget=forms.RadioSelect)
    organization: Organization | None = None
