"""Who carries a member's voice for some days."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import DayInput, Form
from tequio.people.models import Participant

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST = timedelta(days=366)


def _day(label: Any) -> forms.DateField:
    widget = DayInput(attrs={"class": "short"})
    return forms.DateField(label=label, widget=widget)


class StandInForm(Form):
    """Somebody, and the days."""

    participant: "forms.ModelChoiceField[Participant]" = forms.ModelChoiceField(
        None, label=_("Who?"), to_field_name="uuid", empty_label=_("Choose somebody")
    )
    first_on = _day(_("First day"))
    last_on = _day(_("Last day"))

    def __init__(self, *args: Any, people: "QuerySet[Participant]", today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["participant"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = _named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first_on"), said.get("last_on")
        if first and first < self.today:
            self.add_error("first_on", _("Choose today or a later day."))
        if first and last and last < first:
            self.add_error("last_on", _("The last day comes after the first one."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_on", _("A year at most. For longer, name another delegate."))
        return said


def _named(participant: Participant) -> str:
    return participant.name
