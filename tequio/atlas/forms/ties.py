"""What is asked about a tie."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.forms import DayInput, Form
from tequio.core.options import Option


class TieForm(Form):
    """With whom one works, on what, since when, and who may know."""

    name = forms.CharField(
        label=_("With which organization?"),
        help_text=_("By its name, or another name of it, as in the directory."),
        max_length=200,
    )
    what = forms.CharField(
        label=_("What do you do together?"),
        help_text=_("One line: both sides stand behind it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    since_on = forms.DateField(
        label=_("Since when?"),
        required=False,
        widget=DayInput(attrs={"class": "short"}),
    )
    public = forms.BooleanField(
        label=_("Everybody may know it, strangers too, once both have said yes"), required=False
    )

    def clean_since_on(self) -> Any:
        day = self.cleaned_data["since_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class AnswerTieForm(Form):
    """Whether it is so."""

    answer = forms.ChoiceField(
        label=_("Do you work together?"),
        choices=[
            ("yes", Option(_("Yes, it is so"), help=_("From now on the people of the network see it."))),
            ("no", Option(_("No"), help=_("Only who asked learns it. The words go."))),
        ],
        widget=forms.RadioSelect,
    )
