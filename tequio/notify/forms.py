"""How often to be written to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise

from tequio.core.forms import Form
from tequio.core.options import Option
from tequio.notify.models import HowOften
from tequio.notify.selectors import Choice


class Letters(Form):
    """One question for each kind of letter that can be switched off."""

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for choice in choices:
            if choice.said.always:
                continue
            self.fields[choice.kind] = forms.ChoiceField(
                label=str(choice.said.label),
                help_text=str(choice.said.help),
                choices=[(value, Option(label)) for value, label in _offered(choice)],
                widget=forms.RadioSelect(attrs={"class": "grid"}),
                initial=choice.how_often,
            )


def _offered(choice: Choice) -> list[tuple[str, str | Promise]]:
    """Return how often a kind can come: a weekly letter never comes at once."""
    return [
        (value, label) for value, label in HowOften.choices if not (choice.said.weekly and value == "NOW")
    ]
