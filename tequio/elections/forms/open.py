"""Reading what is written in an open election."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.elections.rules.open_election import Word

People = Sequence[tuple[int, str]]
ANSWERS = [
    (Word.CONSENT.value, Option(_("Yes, I can live with it"), help=_("Good enough for now, safe enough to try."))),
    (Word.CONCERN.value, Option(_("Yes, and I leave a concern"), help=_("It stops nothing."), reveal="1")),
    (Word.OBJECT.value, Option(_("I see a harm: I have an objection"), help=_("We look for what mends it."), reveal="1")),
]  # fmt: skip


def area(rows: int = 3) -> forms.Textarea:
    """Return a box for words."""
    return forms.Textarea(attrs={"rows": rows})


def months() -> forms.IntegerField:
    """Return a field for a term."""
    return forms.IntegerField(
        label=_("For how many months?"), min_value=1, max_value=120,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip


def whom(field: forms.Field, people: People, *, none: str) -> None:
    assert isinstance(field, forms.TypedChoiceField)
    field.choices = [("", none), *people]


class BeginForm(Form):
    """Which role, and who facilitates."""

    role = forms.ChoiceField(label=_("Which role?"), widget=forms.RadioSelect)
    facilitator = forms.TypedChoiceField(label=_("Who facilitates?"), coerce=int)

    def __init__(self, *args: Any, roles: Sequence[tuple[str, Any]], people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, facilitator = self.fields["role"], self.fields["facilitator"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(facilitator, forms.TypedChoiceField)
        role.choices, facilitator.choices = list(roles), list(people)


class DescribeForm(Form):
    """What the role is, for how long, and what it needs."""

    about = forms.CharField(
        label=_("What is the role?"), help_text=_("Who holds it now says it in three sentences."), required=False,
        max_length=2000, widget=area(),
    )  # fmt: skip
    months = months()
    qualifications = forms.CharField(
        label=_("What does it need?"), help_text=_("A line each. For example: two free hours a week."),
        required=False, max_length=2000, widget=area(4),
    )  # fmt: skip


class NominateForm(Form):
    """Whom one names, and why; no name passes."""

    nominee = forms.TypedChoiceField(
        label=_("Whom do you name?"), coerce=int, required=False, empty_value=None,
        help_text=_("Yourself too. Nobody sees it until all names are opened."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What do you see in this person?"), required=False, max_length=1000, widget=area(2)
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom(self.fields["nominee"], people, none=str(_("I pass")))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("nominee") and not data.get("reason"):
            self.add_error("reason", _("Say what you see in this person."))
        return data


class ChangeForm(Form):
    """Whom one names now, and what moved one."""

    nominee = forms.TypedChoiceField(label=_("Whom do you name now?"), coerce=int)
    reason = forms.CharField(label=_("What moved you?"), max_length=1000, widget=area(2))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom(self.fields["nominee"], people, none="—")


class ProposeForm(ChangeForm):
    """Who is proposed, why, for how long, and what answers the objections."""

    nominee = forms.TypedChoiceField(label=_("Whom do you propose?"), coerce=int)
    reason = forms.CharField(
        label=_("For which reasons?"), help_text=_("The reasons that were heard, not how many said them."),
        max_length=2000, widget=area(),
    )  # fmt: skip
    months = months()
    measures = forms.CharField(
        label=_("What answers the objections?"),
        help_text=_("For example: somebody goes along for two months. Leave it empty if nobody objected."),
        required=False, max_length=2000, widget=area(2),
    )  # fmt: skip


class AnswerForm(Form):
    """What one answers."""

    word = forms.ChoiceField(label=_("Can you live with it?"), choices=ANSWERS, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your words"), required=False, max_length=2000, widget=area(2))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("word") not in (None, Word.CONSENT) and not data.get("words"):
            self.add_error("words", _("Say it in words: what would be harmed?"))
        return data


class ExcuseForm(Form):
    """Who is absent, and why nobody waits for them."""

    voice = forms.TypedChoiceField(label=_("Who is absent?"), coerce=int)
    why = forms.CharField(
        label=_("Why?"), help_text=_("Everybody reads it. Who comes back is asked again."), max_length=300
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom(self.fields["voice"], people, none="—")


class EndForm(Form):
    """Why it ends without anybody chosen."""

    why = forms.CharField(
        label=_("Why?"), help_text=_("It is written into the register."), max_length=300, widget=area(2)
    )
