"""What a candidate says, in each language of the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.elections.models import Option


def _own_name(code: str) -> str:
    """Return what a language calls itself."""
    return str(get_language_info(code)["name_local"])


class StatementForm(Form):
    """Why somebody stands, in their own words."""

    statement = forms.CharField(
        label=_("Why do you stand?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody reads it before they choose. It is frozen when the ballot opens."),
    )  # fmt: skip

    def __init__(self, *args: Any, option: Option, languages: Sequence[str], **kwargs: Any) -> None:
        """Ask for the words in the language in which they were begun, and for the same in the network's others."""
        begun = {"statement": option.statement} | {f"in_{c}": text for c, text in option.translations.items()}
        super().__init__(*args, initial=begun, **kwargs)
        self.language = option.language or get_language() or languages[0]
        self.others = [code for code in languages if code != self.language]
        if self.others:
            first = self.fields["statement"]
            first.label = gettext("Why do you stand? In %(language)s") % {
                "language": _own_name(self.language)
            }
            first.widget.attrs["lang"] = self.language
        for code in self.others:
            label = gettext("The same in %(language)s") % {"language": _own_name(code)}
            self.fields[f"in_{code}"] = forms.CharField(
                label=label, max_length=2000, required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                help_text=_("Left empty, people read the other one, and see that it is missing."),
            )  # fmt: skip

    def written(self) -> dict[str, Any]:
        """Return the words with their language, and the same in others."""
        said = self.cleaned_data
        return {
            "statement": said["statement"],
            "language": self.language,
            "translations": {code: said.get(f"in_{code}") or "" for code in self.others},
        }
