"""One more language for a survey: those of the interface first, then others of the region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form
from tequio.surveys.forms.answering import own_name

# Spoken where the networks of the region work; the interface around the questions stays in one of its own languages.
REGION = ("qu", "gn", "ay", "nah", "quc", "yua", "arn", "ht", "fr")


class AddLanguage(Form):
    """Which language is added."""

    language = forms.ChoiceField(
        label=_("Add a language"),
        help_text=_("Buttons and hints around the questions speak Spanish, Portuguese or English."),
    )

    def __init__(self, *args: Any, taken: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        known = [code for code, _name in settings.LANGUAGES]
        field.choices = [(code, own_name(code)) for code in (*known, *REGION) if code not in taken]
