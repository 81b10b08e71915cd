"""How a survey is answered: by whom, how often, how many of each, until when; and a form from a file."""

from __future__ import annotations

import re
from datetime import datetime, time
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from tequio.core.forms import DayInput, Form, settle
from tequio.core.options import Option
from tequio.core.texts import quoted, say
from tequio.people.rules.countries import names as countries
from tequio.people.rules.words import fold
from tequio.surveys.models import Access, Survey
from tequio.surveys.rules.changes import Sort
from tequio.surveys.rules.instrument import NO, YES, Instrument, Kind
from tequio.surveys.rules.shown import K
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
_MOST_NAMED = 20  # answers that a mistake lists
MOST_LIMITED = 6  # questions with quotas
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
        widget=DayInput(),
        required=False,
    )
    quorum_cell = forms.IntegerField(
        label=gettext_lazy("Smallest group that a public table shows"),
        help_text=gettext_lazy("Five at least: in smaller groups one could guess who said what."),
        min_value=5, max_value=1000, widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, survey: Survey, asked: Instrument, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey, self.zone = survey, ZoneInfo(zone)
        self.names = _names(asked)
        self.initial = {
            "access": survey.access,
            "once_per_organization": survey.once_per_organization,
            "closes_at": survey.closes_at.astimezone(self.zone).date() if survey.closes_at else None,
            "quorum_cell": survey.quorum_cell,
        }
        self._add_quotas({one.key: say(one.text) for one in asked.questions()})
        settle(self.fields.values())

    def _add_quotas(self, texts: dict[str, str]) -> None:
        """Add two fields for each question that has quotas, and for one more."""
        limited = list(dict.fromkeys(row["question"] for row in self.survey.quotas))
        limited = [key for key in limited if key in self.names]
        choices = [("", _("No limit")), *((key, texts[key]) for key in self.names)]
        self.places = range(min(len(limited) + 1, len(self.names), MOST_LIMITED))
        for place, on in zip(self.places, [*limited, ""], strict=False):
            self.fields[f"quota_on_{place}"] = forms.ChoiceField(
                label=_("Take only so many of each") if not place else _("And only so many of each"),
                choices=choices, initial=on, required=False,
            )  # fmt: skip
            self.fields[f"quotas_{place}"] = forms.CharField(
                label=_("How many of each answer"),
                help_text=_(
                    "One answer a line, with its number: “Colombia: 40”. Who is not named has no limit."
                ),
                initial=self._lines(on), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000, required=False,
            )  # fmt: skip

    def _lines(self, on: str) -> str:
        rows = [row for row in self.survey.quotas if on and row["question"] == on]
        return "\n".join(f"{self.names[on].get(row['option'], row['option'])}: {row['most']}" for row in rows)

    def clean(self) -> dict[str, Any]:
        """Read the quotas of each question line by line."""
        said = super().clean() or {}
        found: dict[tuple[str, str], int] = {}
        for place in self.places:
            if on := said.get(f"quota_on_{place}"):
                try:
                    found |= _quotas(on, said.get(f"quotas_{place}", ""), self.names[on])
                except ValidationError as wrong:
                    self.add_error(f"quotas_{place}", wrong)
        if len(found) > MOST_QUOTAS:
            self.add_error(None, _("A survey has at most %(most)s quotas.") % {"most": MOST_QUOTAS})
        self.read = tuple(
            {"question": question, "option": option, "most": most}
            for (question, option), most in found.items()
        )
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
        elif one.kind is Kind.COUNTRY and not one.options:
            names[one.key] = countries(get_language() or "en")
        elif one.kind in (Kind.SINGLE, Kind.MULTI, Kind.COUNTRY) and one.options:
            names[one.key] = {option.key: say(option.text) for option in one.options}
    return names


def _quotas(question: str, lines: str, names: dict[str, str]) -> dict[tuple[str, str], int]:
    by_name = {fold(name): key for key, name in names.items()} | {key.casefold(): key for key in names}
    found: dict[tuple[str, str], int] = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        match = _QUOTA.match(line)
        if match is None or not int(match[2]):
            raise ValidationError(_("“%(line)s” is no answer with a number.") % {"line": line[:60]})
        key = by_name.get(match[1].casefold()) or by_name.get(fold(match[1]))
        if key is None:
            raise ValidationError(_strange(match[1], list(names.values())))
        if int(match[2]) < K:
            raise ValidationError(
                _("“%(line)s”: a quota of fewer than %(least)s would tell strangers who answered.")
                % {"line": line[:60], "least": K}
            )
        found[question, key] = int(match[2])
    return found


def _strange(written: str, names: list[str]) -> str:
    """Say which answers there are, or the likeliest of very many, where none is called so."""
    near = get_close_matches(written, names, n=4, cutoff=0.5) if len(names) > _MOST_NAMED else names
    said = _("“%(line)s” is none of the answers.") % {"line": written[:60]}
    listed = _("There are: %(names)s.") % {"names": ", ".join(quoted(name) for name in near)}
    return f"{said} {listed}" if near else said


class FormFile(Form):
    """A workbook in XLSForm."""

    file = forms.FileField(
        label=gettext_lazy("The form, as XLSX or .lss"),
        help_text=gettext_lazy(
            "From KoboToolbox, ODK or LimeSurvey. Nothing begins yet: first you see what was read."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.lss"}),
    )
