"""What the coordination chooses for its network outside the charter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option


class Listing(Form):
    """Whether strangers find the network."""

    listed = forms.ChoiceField(
        label=_("Who finds this network?"),
        choices=[
            (
                "yes",
                Option(_("Anybody"), help=_("It has a public page, and organizations ask to join there.")),
            ),
            (
                "no",
                Option(
                    _("Only those who take part"),
                    help=_("For strangers it does not exist. Links that you give to somebody go on working."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
