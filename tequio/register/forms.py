"""On which ground an entry is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form


class Erasure(Form):
    """The legal ground, in words that everybody may read."""

    ground = forms.CharField(
        label=_("On which ground?"),
        help_text=_("All members read it, for good. Name the law or the request, and no person."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
