"""Reading to whom a voice is given, and for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import DayInput, Form
from tequio.core.texts import Texts, say


class ProxyForm(Form):
    """To whom, and for which decision or which day."""

    holder = forms.TypedChoiceField(label=_("To whom do you give it?"), coerce=int)
    decision = forms.TypedChoiceField(
        label=_("For the vote on which decision?"), coerce=int, required=False, empty_value=None
    )
    on_day = forms.DateField(
        label=_("Or for all votes that open on a day"),
        help_text=_("For example, the day of a meeting."),
        required=False,
        widget=DayInput(),
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[tuple[int, str]],
        decisions: Sequence[tuple[int, Texts]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        holder, decision = self.fields["holder"], self.fields["decision"]
        assert isinstance(holder, forms.TypedChoiceField)
        assert isinstance(decision, forms.TypedChoiceField)
        holder.choices = [("", "—"), *members]
        decision.choices = [("", "—"), *((number, say(title)) for number, title in decisions)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_bound and not self.errors and bool(cleaned["decision"]) == bool(cleaned["on_day"]):
            self.add_error("decision", _("Choose a decision or a day, one of the two."))
        return cleaned
