"""The list of codes for an open question, one a line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form

MOST_CODES = 40
LONGEST = 120


class CodesForm(Form):
    """What answers are put into; an empty list takes the codes away."""

    codes = forms.CharField(
        label=gettext_lazy("One code a line"),
        help_text=gettext_lazy("Whoever changes the words of a code makes a new one."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_codes(self) -> list[str]:
        """Return the codes, each once, in the order in which they were written."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["codes"].splitlines()]
        codes = list(dict.fromkeys(line for line in lines if line))
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(_("At most %(most)s codes. There are %(count)s.") % {"most": MOST_CODES, "count": len(codes)})  # fmt: skip
        if long := [code for code in codes if len(code) > LONGEST]:
            raise forms.ValidationError(
                _("This code is too long: “%(code)s”.") % {"code": f"{long[0][:60]}…"}
            )
        return codes
