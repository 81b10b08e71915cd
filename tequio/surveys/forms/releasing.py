"""What those who publish a report choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.surveys.models import LICENCES
from tequio.surveys.rules.instrument import Instrument, Question
from tequio.surveys.rules.releases import publishable, splitting
from tequio.surveys.rules.reporting import MOST_FINDINGS, Wishes

METHOD = "method_"


class WishesForm(Form):
    """Which questions, split by what, with which words and under which licence."""

    questions = forms.MultipleChoiceField(
        label=gettext_lazy("Which questions are published?"), widget=forms.CheckboxSelectMultiple
    )
    findings = forms.MultipleChoiceField(
        label=gettext_lazy("What comes first, in large numbers?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("At most three. Without a choice, what most people said comes first."),
    )
    by = forms.ChoiceField(
        label=gettext_lazy("Split the tables by"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The first report decides it for all that follow."),
    )
    names = forms.BooleanField(
        label=gettext_lazy("Print the names of the organizations that allowed it"),
        required=False,
        initial=True,
    )
    authors = forms.CharField(label=gettext_lazy("Who made it"), max_length=300, required=False)
    licence = forms.ChoiceField(
        label=gettext_lazy("What others may do with it"), choices=LICENCES, widget=forms.RadioSelect
    )

    def __init__(
        self,
        data: Any = None,
        *,
        instrument: Instrument,
        languages: Sequence[str],
        before: Wishes | None,
        authors: str,
        fixed: str | None,
    ) -> None:
        """Offer what can be published; ``fixed`` is what the first report was split by."""
        open_ = publishable(instrument)
        super().__init__(data, initial=_initial(before, open_, splitting(instrument), authors))
        for name in ("questions", "findings"):
            self._choose(
                name, [(one.key, _label(one)) for one in open_ if name == "questions" or not one.rows]
            )
        ways = [one for one in splitting(instrument) if fixed is None or one.key == fixed]
        everybody = [("", Option(_("Nothing: only the numbers of everybody")))]
        self._choose("by", [*((one.key, _label(one)) for one in ways), *everybody])
        for code in languages:
            self.fields[METHOD + code] = forms.CharField(
                label=_("How it was done, and what was left out (%(language)s)") % {"language": code},
                required=False,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 4}),
                initial=before.method.get(code, "") if before else "",
            )

    def clean_findings(self) -> list[str]:
        """Take three at most: what is said of everything stands out nowhere."""
        found: list[str] = self.cleaned_data["findings"]
        if len(found) > MOST_FINDINGS:
            raise forms.ValidationError(_("Choose at most three."))
        return found

    def _choose(self, name: str, choices: list[tuple[str, Option]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def wishes(self) -> Wishes:
        """Return what was chosen."""
        said = self.cleaned_data
        method = {name.removeprefix(METHOD): text for name, text in said.items() if name.startswith(METHOD)}
        return Wishes(
            questions=tuple(said["questions"]),
            by=said["by"],
            findings=tuple(said["findings"]),
            method={code: text for code, text in method.items() if text},
            authors=said["authors"],
            licence=said["licence"],
            names=said["names"],
        )


def _label(question: Question) -> Option:
    return Option(say(question.text) or question.key)


def _initial(
    before: Wishes | None, open_: Sequence[Question], ways: Sequence[Question], authors: str
) -> dict[str, Any]:
    if before is not None:
        return {
            "questions": list(before.questions), "by": before.by, "names": before.names,
            "findings": list(before.findings),
            "authors": before.authors, "licence": before.licence,
        }  # fmt: skip
    country = next((one.key for one in ways if one.role == "COUNTRY"), "")
    return {
        "questions": [one.key for one in open_],
        "by": country,
        "authors": authors,
        "licence": "CC-BY-4.0",
    }


class ReasonForm(Form):
    """Why a report is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why? Everybody who opens the report reads it."),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
