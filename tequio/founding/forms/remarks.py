"""What people say about an article."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option


class RemarkForm(Form):
    """A comment, other words for an article, or an answer to one of these."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        initial="COMMENT",
        choices=[
            ("COMMENT", Option(_("A comment"), help=_("A question, a doubt, something that works well."))),
            (
                "PROPOSAL",
                Option(_("Other words"), help=_("How you would write it. Anybody can make it a change.")),
            ),
        ],
    )
    body = forms.CharField(label=_("Your words"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))
    under = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)
