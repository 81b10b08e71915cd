"""What somebody chooses about the look of the pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option


class ColorsForm(Form):
    """Light, dark, or as the device is set."""

    theme = forms.ChoiceField(
        label=_("Colors of the pages"),
        choices=[
            (
                "",
                Option(
                    _("As on my device"), help=_("Light by day and dark at night, if your device does that.")
                ),
            ),
            ("light", Option(_("Light"))),
            ("dark", Option(_("Dark"))),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
