"""Asking for an introduction, and answering one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option

YES, NO = "yes", "no"


class AskIntroductionForm(Form):
    """What one would like to talk about."""

    words = forms.CharField(
        label=_("What would you like to talk about?"),
        help_text=_("They read it before they answer."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class AnswerIntroductionForm(Form):
    """Yes or no; no reason is asked."""

    answer = forms.ChoiceField(
        label=_("Do you want to get to know each other?"),
        choices=[
            (
                YES,
                Option(_("Yes"), help=_("Your name and your e-mail are shown to them, and theirs to you.")),
            ),
            (NO, Option(_("Not now"), help=_("Nothing is shown. They learn no reason."))),
        ],
        widget=forms.RadioSelect,
    )
