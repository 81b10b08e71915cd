"""What somebody chooses about the look of the pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option

AS_DEVICE = "device"
BY_DAY = _("Light by day and dark at night, if your device does that.")


class ColorsForm(Form):
    """Light, dark, or as the device is set."""

    theme = forms.ChoiceField(
        label=_("Colors of the pages"),
        choices=[
            (AS_DEVICE, Option(_("As on my device"), help=BY_DAY)),
            ("light", Option(_("Light"))),
            ("dark", Option(_("Dark"))),
        ],
        widget=forms.RadioSelect,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_theme(self) -> str:
        """Return what the cookie keeps: nothing, when the device decides."""
        return "" if self.cleaned_data["theme"] == AS_DEVICE else str(self.cleaned_data["theme"])
