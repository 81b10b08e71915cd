"""Looking into the book of agreements, and bringing agreements of another network."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.forms import DayInput, Form
from tequio.decisions.formats.agreements import LARGEST, Bundle, Unreadable, read_agreements


class BookForm(Form):
    """Words, and the day on which the book is read."""

    words = forms.CharField(label=gettext_lazy("Search the agreements"), required=False, max_length=100)
    on = forms.DateField(label=gettext_lazy("As it stood on"), required=False, widget=DayInput())

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not 1900 <= day.year <= 2200:
            raise forms.ValidationError(_("Choose a day between 1900 and 2200."))
        return day


class FileForm(Form):
    """The file that another network wrote."""

    file = forms.FileField(
        label=gettext_lazy("File with agreements"),
        help_text=gettext_lazy("It ends in .json, and the other network downloads it from its book."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    content: bytes = b""
    bundle: Bundle | None = None

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        self.content = sent.read(LARGEST + 1)
        self.bundle = _read(self.content)
        return sent


class TakeForm(Form):
    """The same file again, once somebody looked at it."""

    content = forms.CharField(widget=forms.HiddenInput, strip=False)
    bundle: Bundle | None = None

    def clean_content(self) -> str:
        content: str = self.cleaned_data["content"]
        self.bundle = _read(content.encode("utf-8", "replace"))
        return content


def _read(content: bytes) -> Bundle:
    try:
        return read_agreements(content)
    except Unreadable as wrong:
        raise forms.ValidationError(str(wrong)) from wrong
