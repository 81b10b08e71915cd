"""How a survey is answered: by whom, how often, how many of each, until when; and a form from a file."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.surveys.models import Access, Survey
from tequio.surveys.rules.changes import Sort
from tequio.surveys.rules.instrument import NO, YES, Instrument, Kind
from tequio.surveys.services.building import MOST_QUOTAS, Arrangement

HELP = {
    Access.PUBLIC: gettext_lazy("One address for everybody, to send or to show."),
    Access.PERSONAL: gettext_lazy("You send a link to each organization."),
    Access.MEMBERS: gettext_lazy("They sign in first."),
}
CHANGES = {
    Sort.ADDED: pgettext_lazy("question", "new"),
    Sort.REMOVED: pgettext_lazy("question", "taken out"),
    Sort.REWORDED: pgettext_lazy("question", "said otherwise"),
    Sort.KIND: pgettext_lazy("question", "takes something else"),
    Sort.MOVED: pgettext_lazy("question", "stands elsewhere"),
    Sort.CONDITION: pgettext_lazy("question", "asked of others"),
    Sort.OPTIONS_ADDED: pgettext_lazy("question", "options added"),
    Sort.OPTIONS_REMOVED: pgettext_lazy("question", "options taken out"),
    Sort.OPTIONS_REWORDED: pgettext_lazy("question", "options said otherwise"),
    Sort.RULES: pgettext_lazy("question", "other limits"),
}
_QUOTA = re.compile(r"(.+?)\s*[:=]\s*([0-9]{1,6})\s*\Z")


class Arrange(Form):
    """Who answers, and until when."""

    access = forms.ChoiceField(
        label=gettext_lazy("Who can answer"),
        choices=[(value, Option(label, help=HELP[Access(value)])) for value, label in Access.choices],
        widget=forms.RadioSelect,
    )
    once_per_organization = forms.BooleanField(
        label=gettext_lazy("One answer from each organization"), required=False
    )
    closes_at = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy(
            "It closes by itself when that day ends. Leave it empty to close it yourself."
        ),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    quorum_cell = forms.IntegerField(
        label=gettext_lazy("Smallest group that a public table shows"),
        help_text=gettext_lazy("Five at least: in smaller groups one could guess who said what."),
        min_value=5, max_value=1000, widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    quota_on = forms.ChoiceField(label=gettext_lazy("Take only so many of each"), required=False)
    quotas = forms.CharField(
        label=gettext_lazy("How many of each answer"),
        help_text=gettext_lazy(
            "One answer a line, with its number: “Colombia: 40”. Who is not named has no limit."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )

    def __init__(self, *args: Any, survey: Survey, asked: Instrument, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey, self.zone = survey, ZoneInfo(zone)
        self.names = _names(asked)
        field = self.fields["quota_on"]
        assert isinstance(field, forms.ChoiceField)
        texts = {one.key: say(one.text) for one in asked.questions()}
        field.choices = [("", _("No limit")), *((key, texts[key]) for key in self.names)]
        on = next((row["question"] for row in survey.quotas if row.get("question") in self.names), "")
        self.initial = {
            "access": survey.access,
            "once_per_organization": survey.once_per_organization,
            "closes_at": survey.closes_at.astimezone(self.zone).date() if survey.closes_at else None,
            "quorum_cell": survey.quorum_cell,
            "quota_on": on,
            "quotas": "\n".join(
                f"{self.names[on].get(row['option'], row['option'])}: {row['most']}"
                for row in survey.quotas
                if row["question"] == on
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Read the quotas line by line."""
        said = super().clean() or {}
        self.read: tuple[dict[str, Any], ...] = ()
        if said.get("quota_on"):
            try:
                self.read = _quotas(said["quota_on"], said.get("quotas", ""), self.names[said["quota_on"]])
            except ValidationError as wrong:
                self.add_error("quotas", wrong)
        return said

    def arrangement(self) -> Arrangement:
        """Return what was said; the last day ends where the network is."""
        said = self.cleaned_data
        day = said["closes_at"]
        return Arrangement(
            access=said["access"],
            once_per_organization=said["once_per_organization"],
            quotas=self.read,
            quorum_cell=said["quorum_cell"],
            closes_at=datetime.combine(day, time(23, 59), self.zone) if day else None,
        )


def _names(asked: Instrument) -> dict[str, dict[str, str]]:
    """Return, for each question that can have quotas, what its options are called."""
    names: dict[str, dict[str, str]] = {}
    for one in asked.questions():
        if one.kind is Kind.YES_NO:
            names[one.key] = {YES: _("Yes"), NO: _("No")}
        elif one.kind in (Kind.SINGLE, Kind.MULTI, Kind.COUNTRY) and one.options:
            names[one.key] = {option.key: say(option.text) for option in one.options}
    return names


def _quotas(question: str, lines: str, names: dict[str, str]) -> tuple[dict[str, Any], ...]:
    by_name = {name.casefold(): key for key, name in names.items()} | {key.casefold(): key for key in names}
    found: dict[str, int] = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        match = _QUOTA.match(line)
        key = by_name.get(match[1].strip().casefold()) if match else None
        if match is None or key is None or not int(match[2]):
            raise ValidationError(_("“%(line)s” is no answer with a number.") % {"line": line[:60]})
        found[key] = int(match[2])
    if len(found) > MOST_QUOTAS:
        raise ValidationError(_("A survey has at most %(most)s quotas.") % {"most": MOST_QUOTAS})
    return tuple({"question": question, "option": key, "most": most} for key, most in found.items())


class FormFile(Form):
    """A workbook in XLSForm."""

    file = forms.FileField(
        label=gettext_lazy("The form, as XLSX"),
        help_text=gettext_lazy("From KoboToolbox or ODK. Nothing begins yet: first you see what was read."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
