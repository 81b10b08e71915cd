"""Asking the coordination for an introduction, and answering its letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.atlas.forms.introductions import NO, YES
from tequio.core.forms import Form
from tequio.core.options import Option


class AskBridgeForm(Form):
    """What one would like to talk about."""

    words = forms.CharField(
        label=_("What would you like to talk about?"),
        help_text=_("The coordination and they read it before anybody answers."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class AnswerBridgeForm(Form):
    """Yes or no, by the link of a letter; no reason is asked."""

    answer = forms.ChoiceField(
        label=_("Do you want to get to know each other?"),
        choices=[
            (
                YES,
                Option(_("Yes"), help=_("They see the address to which this letter came. You see theirs.")),
            ),
            (NO, Option(_("Not now"), help=_("Nothing is shown. They learn no reason."))),
        ],
        widget=forms.RadioSelect,
    )
