"""Reading what people write about lots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.elections.models import FEATURES
from tequio.elections.rules.lots import Quota

Value = tuple[str, str, int]  # as it is kept, as it is said, how many there are
MOST = 1000


class HoldForm(Form):
    """A new lot: what for, among whom, how many seats."""

    title = forms.CharField(label=_("What are lots drawn for?"), max_length=200)
    about = forms.CharField(
        label=_("Say more"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    of = forms.ChoiceField(
        label=_("Among whom?"),
        choices=[
            ("PEOPLE", Option(_("Among the people of the network"))),
            (
                "ORGANIZATIONS",
                Option(_("Among its organizations"), help=_("Each has one place in the list.")),
            ),
        ],
        widget=forms.RadioSelect,
    )
    size = forms.IntegerField(label=_("How many seats?"), min_value=1, max_value=MOST)
    seats = forms.BooleanField(
        label=_("They are seats of the coordination"),
        help_text=_("Whoever accepts sits in it, for the time that the charter says."),
        required=False,
    )
    features = forms.MultipleChoiceField(
        label=_("What should be balanced?"),
        help_text=_("You write the quotas later. Without any, everybody has the same odds."),
        choices=FEATURES, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "grid"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why is it drawn again?"), help_text=_("Everybody reads it."), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, body: bool, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not body:
            del self.fields["seats"]
        if not again:
            del self.fields["reason"]


class RowForm(Form):
    """One's own row: a value for each feature that the lot looks at."""

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(FEATURES)
        for feature, values in choices.items():
            self.fields[feature] = forms.ChoiceField(label=labels[feature], choices=list(values))


class QuotasForm(Form):
    """The least and the most of each value; an empty cell bounds nothing."""

    def __init__(self, *args: Any, values: Mapping[str, Sequence[Value]], size: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size = size
        self.places: list[tuple[str, Value, str, str]] = []
        for feature, rows in values.items():
            for number, value in enumerate(rows):
                names = f"{feature}-{number}-min", f"{feature}-{number}-max"
                for name, label in zip(names, (_("at least"), _("at most")), strict=True):
                    self.fields[name] = forms.IntegerField(
                        label=f"{value[1]}: {label}", min_value=0, max_value=MOST, required=False,
                        widget=forms.NumberInput(attrs={"class": "short"}),
                    )  # fmt: skip
                self.places.append((feature, value, *names))

    def clean(self) -> dict[str, Any]:
        """Refuse a least that is above the most."""
        data = super().clean() or {}
        for _feature, _value, least, most in self.places:
            if data.get(least) is not None and data.get(most) is not None and data[least] > data[most]:
                self.add_error(least, _("The smallest number is above the largest."))
        return data

    def quotas(self) -> list[Quota]:
        """Return a quota for each value where one was written, and for the others of that feature an open one."""
        data = self.cleaned_data
        used = {
            feature
            for feature, _value, least, most in self.places
            if data.get(least) is not None or data.get(most) is not None
        }
        return [
            Quota(feature, value[0], data.get(least) or 0, self._most(data.get(most)))
            for feature, value, least, most in self.places
            if feature in used
        ]

    def _most(self, said: int | None) -> int:
        return self.size if said is None else said

    def rows(self) -> list[dict[str, Any]]:
        """Return the fields as lines of a table, feature by feature."""
        labels = dict(FEATURES)
        return [
            {"feature": labels[feature], "value": value[1], "count": value[2], "least": self[least], "most": self[most]}
            for feature, value, least, most in self.places
        ]  # fmt: skip


class AnnounceForm(Form):
    """When the number is to be published."""

    at = forms.DateTimeField(
        label=_("When is it drawn?"),
        help_text=_("A day ahead at least. The number is the first one published from then on."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("Write a day and an hour.")},
    )

    def __init__(self, *args: Any, promised: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if promised:
            self.fields["at"].label = _("Until when are the secrets shown?")
            self.fields["at"].help_text = _("A day ahead at least.")


class AskSecretsForm(Form):
    """Until when organizations promise their secrets."""

    at = forms.DateTimeField(
        label=_("Until when can they be promised?"),
        help_text=_("A day ahead at least. Then you announce until when they are shown."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": _("Write a day and an hour.")},
    )


class PromiseForm(Form):
    """What is published of a secret now: its SHA-256."""

    promise = forms.CharField(
        label=_("The promise: everybody sees it"),
        help_text=_("It is the SHA-256 of the secret. If you made a secret of your own, put its promise here."),
        max_length=200, widget=forms.Textarea(attrs={"rows": 3, "class": "code", "autocomplete": "off"}),
    )  # fmt: skip
    kept = forms.BooleanField(
        label=_("I have kept the secret"),
        error_messages={"required": _("Keep the secret first: nobody else has it.")},
    )


class SecretForm(Form):
    """The secret that was promised."""

    secret = forms.CharField(
        label=_("The secret that you kept"), help_text=_("64 signs, from 0 to 9 and from a to f. It is checked here."),
        max_length=200, widget=forms.Textarea(attrs={"rows": 3, "class": "code", "autocomplete": "off"}),
    )  # fmt: skip


class NumberForm(Form):
    """The signature of the announced round, as the beacon publishes it."""

    signature = forms.CharField(
        label=_("The signature of the round"),
        help_text=_("96 signs, from 0 to 9 and from a to f. It is checked here."),
        max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ReasonForm(Form):
    """Why something is called off."""

    why = forms.CharField(
        label=_("Why?"), help_text=_("Everybody reads it."), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
