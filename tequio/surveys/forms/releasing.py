"""What those who publish a report choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import Form, settle
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.surveys.models import LICENCES
from tequio.surveys.rules.grounded import groundless
from tequio.surveys.rules.instrument import Instrument, Question
from tequio.surveys.rules.releases import publishable, splitting
from tequio.surveys.rules.reporting import MOST_FINDINGS, Correction, Wishes

METHOD, WORDS, CHANGES = "method_", "words_", "changes_"
LONGEST = 5000
LANGUAGES = dict(settings.LANGUAGES)


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
    signed = forms.MultipleChoiceField(
        label=gettext_lazy("Which findings of members are printed?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without their names, and only those whose numbers the public tables say."),
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
        signed: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Offer what can be published; ``fixed`` is what the first report was split by, ``signed`` findings of members."""
        open_ = publishable(instrument)
        super().__init__(data, initial=_initial(before, open_, splitting(instrument), authors))
        for name in ("questions", "findings"):
            self._choose(
                name, [(one.key, _label(one)) for one in open_ if name == "questions" or not one.rows]
            )
        ways = [one for one in splitting(instrument) if fixed is None or one.key == fixed]
        everybody = [("", Option(_("Nothing: only the numbers of everybody")))]
        self._choose("by", [*((one.key, _label(one)) for one in ways), *everybody])
        if signed:
            self._choose("signed", [(key, Option(text)) for key, text in signed])
        else:
            del self.fields["signed"]
        add_texts(self, WORDS, languages, before.words if before else {})
        add_texts(self, METHOD, languages, before.method if before else {})

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
        return Wishes(
            questions=tuple(said["questions"]),
            by=said["by"],
            findings=tuple(said["findings"]),
            method=texts_of(said, METHOD),
            words=texts_of(said, WORDS),
            signed=tuple(said.get("signed", ())),
            authors=said["authors"],
            licence=said["licence"],
            names=said["names"],
        )


def add_texts(form: Form, name: str, languages: Sequence[str], before: Mapping[str, str]) -> None:
    """Give a form a text in each language of a survey."""
    for code in languages:
        field = forms.CharField(
            label=_asked(name) % {"language": LANGUAGES.get(code, code)},
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
            initial=before.get(code, ""),
        )
        settle([field])
        form.fields[name + code] = field


def _asked(name: str) -> str:
    return {
        METHOD: _("How it was done, and what was left out (%(language)s)"),
        WORDS: _("What you read in these numbers (%(language)s)"),
        CHANGES: _("What changed, and why (%(language)s)"),
    }[name]


def texts_of(said: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return what was written in each language."""
    found = {key.removeprefix(name): text for key, text in said.items() if key.startswith(name)}
    return {code: text for code, text in found.items() if text}


def _label(question: Question) -> Option:
    return Option(say(question.text) or question.key)


def _initial(
    before: Wishes | None, open_: Sequence[Question], ways: Sequence[Question], authors: str
) -> dict[str, Any]:
    if before is not None:
        return {
            "questions": list(before.questions), "by": before.by, "names": before.names,
            "findings": list(before.findings), "signed": list(before.signed),
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


class CorrectForm(Form):
    """Other words for a report whose tables stay, and what changed. Numbers that no table says are told."""

    authors = forms.CharField(label=gettext_lazy("Who made it"), max_length=300, required=False)
    sure = forms.BooleanField(
        label=gettext_lazy("The numbers that no table shows come from elsewhere"), required=False
    )

    def __init__(self, data: Any = None, *, document: Mapping[str, Any], languages: Sequence[str]) -> None:
        """Begin with what the report says now."""
        super().__init__(data, initial={"authors": document["authors"]})
        self.document, self.languages = document, languages
        add_texts(self, CHANGES, languages, {})
        add_texts(self, WORDS, languages, document.get("words", {}))
        add_texts(self, METHOD, languages, document["method"])
        self.order_fields([*(CHANGES + code for code in languages), *(WORDS + code for code in languages)])
        self.order_fields([name for name in self.fields if name not in ("authors", "sure")])

    def clean(self) -> dict[str, Any]:
        """Ask for what changed, and tell the numbers that are in no table unless they were looked at."""
        said = super().clean() or self.cleaned_data
        if not texts_of(said, CHANGES):
            self.add_error(
                CHANGES + self.languages[0], _("Say what changed, so that readers can tell what was wrong.")
            )
        for name, text in list(said.items()):
            wrong = groundless(text, self.document) if name.startswith((WORDS, METHOD)) else []
            if wrong and not said.get("sure"):
                self.add_error(
                    name, _("No table of the report shows: %(numbers)s.") % {"numbers": "; ".join(wrong)}
                )
        return said

    def correction(self) -> Correction:
        """Return the correction."""
        said = self.cleaned_data
        return Correction(
            words=texts_of(said, WORDS),
            method=texts_of(said, METHOD),
            authors=said["authors"],
            changes=texts_of(said, CHANGES),
        )
