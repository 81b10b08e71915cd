"""Forms of whoever writes surveys: how one begins, and how it is answered."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tequio.core.forms import DayInput, Form
from tequio.core.options import Option
from tequio.core.texts import Texts
from tequio.surveys.forms.answering import own_name
from tequio.surveys.rules import templates

BEGINNINGS = {
    "": (gettext_lazy("Blank"), gettext_lazy("You write every question.")),
    templates.REGIONAL_MAPPING: (
        gettext_lazy("Map the organizations of a region"),
        gettext_lazy("25 questions: who they are, how they work, whether they would join."),
    ),
    templates.INTERVIEW: (
        gettext_lazy("Interview in depth"),
        gettext_lazy("A guide for a conversation, on six matters."),
    ),
    templates.NEEDS_AND_OFFERS: (
        gettext_lazy("Needs and offers of members"),
        gettext_lazy("Who needs what, and who can give it."),
    ),
    templates.EVENT_FEEDBACK: (
        gettext_lazy("After an event"),
        gettext_lazy("Who came, for how long, and what they thought."),
    ),
    templates.GOOD_GOVERNANCE: (
        gettext_lazy("How we govern ourselves"),
        gettext_lazy("Each member says what the network has and what it lacks."),
    ),
}


def named_languages(codes: list[str]) -> list[tuple[str, str]]:
    """Return languages with the name that each has in itself."""
    names = dict(settings.LANGUAGES)
    return [(code, names.get(code) or own_name(code)) for code in codes]


class Begin(Form):
    """How a survey begins."""

    begin = forms.ChoiceField(
        label=gettext_lazy("Begin from"),
        choices=[(key, Option(label, help=about)) for key, (label, about) in BEGINNINGS.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Who answers reads it first. A template brings one, if you leave this empty."),
        max_length=200,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages do you ask?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "grid"}),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = named_languages(languages)
        field.initial = languages

    def clean_languages(self) -> list[str]:
        """Return the languages, the reader's own first."""
        return sorted(self.cleaned_data["languages"], key=lambda code: code != get_language())

    def clean(self) -> dict[str, Any]:
        """Without a template, a survey has a title of its own."""
        said = super().clean() or {}
        if not said.get("begin") and not said.get("title") and "title" not in self.errors:
            self.add_error("title", _("This is still missing."))
        return said

    def title_texts(self) -> Texts:
        """Return the title: what was typed in the reader's language, and what the template says in the others."""
        said = self.cleaned_data
        brought = templates.template(said["begin"]).title if said["begin"] else {}
        if not said["title"]:
            return {code: brought[code] for code in said["languages"] if code in brought}
        return {said["languages"][0]: said["title"]}


class UntilWhen(Form):
    """The last day on which a survey takes answers."""

    closes_at = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy(
            "It closes by itself when that day ends. Leave it empty to close it yourself."
        ),
        widget=DayInput(),
        required=False,
    )

    def __init__(self, *args: Any, closes_at: datetime | None, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        self.initial["closes_at"] = closes_at.astimezone(self.zone).date() if closes_at else None

    def clean_closes_at(self) -> datetime | None:
        """Return the instant at which that day ends where the network is, if there is one."""
        day = self.cleaned_data["closes_at"]
        return datetime.combine(day, time(23, 59), self.zone) if day else None
