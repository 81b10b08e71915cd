"""What somebody says to one article of a charter that is being ratified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option


class StanceForm(Form):
    """Three answers to an article; two of them need words."""

    stance = forms.ChoiceField(
        label=_("Can you live with this article?"),
        widget=forms.RadioSelect,
        choices=[
            ("CONSENT", Option(_("Yes, I can live with this article"))),
            ("CONCERN", Option(_("Yes, and I leave a concern"), help=_("It is written down. It stops nothing."), reveal="1")),
            ("OBJECT", Option(_("I see a harm: I have an objection"), help=_("It stops the charter until it is mended."), reveal="1")),
        ],
    )  # fmt: skip
    words = forms.CharField(
        label=_("What worries you, or what would be harmed? What would mend it?"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words that a concern and an objection need."""
        data = super().clean() or {}
        if data.get("stance") in ("CONCERN", "OBJECT") and not data.get("words"):
            self.add_error("words", _("A concern or an objection needs words."))
        return data
