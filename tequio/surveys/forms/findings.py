"""The form of a finding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.actor import Actor
from tequio.core.forms import Form
from tequio.decisions import selectors as decisions


class FindingForm(Form):
    """What somebody found, about which question, and the decision it led to."""

    text = forms.CharField(
        label=gettext_lazy("What do these numbers say?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    question = forms.ChoiceField(label=gettext_lazy("About which question?"), required=False)
    decision = forms.IntegerField(
        label=gettext_lazy("Number of the decision that it led to"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, actor: Actor, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        choice = self.fields["question"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("The whole survey")), *questions]

    def clean_decision(self) -> Any:
        """Return the UUID of the proposal of this number."""
        number = self.cleaned_data["decision"]
        if number is None:
            return None
        proposal = decisions.proposal(self.actor, number)
        if proposal is None:
            raise forms.ValidationError(_("There is no decision of this number."))
        return proposal.uuid
