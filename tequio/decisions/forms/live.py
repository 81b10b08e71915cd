"""Reading what is said in a meeting, and who drives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.decisions.forms import area
from tequio.decisions.models import WAYS_OUT
from tequio.decisions.rules.machine import WayOut

HARMS = [
    ("yes", Option(_("Yes, I see that harm too"), help=_("It is an objection, and is mended."))),
    ("no", Option(_("No, it names none"), help=_("It falls only if all the others say so."), reveal="1")),
]


class JudgeForm(Form):
    """What another voice finds of an objection."""

    harms = forms.ChoiceField(
        label=_("Would this harm what we are for?"), choices=HARMS, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Why do you see no harm?"), required=False, max_length=500, widget=area(2)
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("harms") == "no" and not data.get("words"):
            self.add_error("words", _("Say why you see no harm: it goes into the record."))
        return data


class RecordJudgementForm(JudgeForm):
    """What somebody in the room finds of the objection."""

    voice = forms.TypedChoiceField(label=_("Whose voice is it?"), coerce=int)
    said_by = forms.CharField(label=_("Who said it?"), max_length=60)
    field_order = ("voice", "said_by", "harms", "words")

    def __init__(self, *args: Any, voices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["voice"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(voices)


class FacilitatorForm(Form):
    """Who drives the steps."""

    facilitator = forms.TypedChoiceField(label=_("Who facilitates?"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["facilitator"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(people)


class RecordReactionForm(Form):
    """What somebody in the room said."""

    voice = forms.TypedChoiceField(label=_("Whose voice is it?"), coerce=int)
    said_by = forms.CharField(label=_("Who said it?"), max_length=100)
    said = forms.CharField(label=_("What was said?"), max_length=300, widget=area(2))

    def __init__(self, *args: Any, voices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["voice"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(voices)


HELP = {
    WayOut.HELPING_CIRCLE: _("A few people work on a new text and bring it back."),
    WayOut.SHORTER_TERM: _("Everybody is asked at once about the same text for fewer months."),
    WayOut.OTHER_METHOD: _("A new proposal asks how to decide this. It needs consent too."),
    WayOut.FALLBACK: _("Where the charter has votes, a vote opens. Where it has none, nothing changes."),
}


class WayOutForm(Form):
    """The way out, why, and for how many months where it is a shorter term."""

    way = forms.ChoiceField(
        label=_("How do we go on?"),
        choices=[
            (way, Option(label, help=HELP[WayOut(way)], reveal="1" if way == WayOut.SHORTER_TERM else ""))
            for way, label in WAYS_OUT
        ],
        widget=forms.RadioSelect,
    )
    months = forms.IntegerField(
        label=_("For how many months?"), required=False, min_value=1, max_value=119,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why?"), help_text=_("The reason goes into the record."), max_length=500, widget=area(2)
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == WayOut.SHORTER_TERM and not data.get("months"):
            self.add_error("months", _("Say for how many months, fewer than now."))
        return data
