"""Reading why something cannot wait, and what somebody without a device answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.decisions.forms import AnswerForm, VoteForm


class UrgentForm(Form):
    """Why it cannot wait."""

    why = forms.CharField(
        label=_("Why can it not wait?"),
        help_text=_("Everybody reads it first."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhoseForm(Form):
    """Whose answer is written down, and who said it."""

    elector = forms.TypedChoiceField(label=_("Whose voice is it?"), coerce=int)
    said_by = forms.CharField(
        label=_("Who said it?"),
        help_text=_("The name of the person who called or was visited."),
        max_length=120,
    )

    def __init__(self, *args: Any, voices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        elector = self.fields["elector"]
        assert isinstance(elector, forms.TypedChoiceField)
        elector.choices = list(voices)


class RecordAnswerForm(WhoseForm, AnswerForm):
    """An answer of a consent round, as somebody said it."""


class RecordVoteForm(WhoseForm, VoteForm):
    """A vote, as somebody said it."""
