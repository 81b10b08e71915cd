"""A form with texts in each language of the network: the reader's own first, the others folded beneath."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tequio.core.forms import Form, settle


class SpokenForm(Form):
    """``spoken`` makes the fields of each language; those of ``needed`` say something in one language at least.

    ``languages`` are those of the network, the reader's own first.
    """

    spoken: ClassVar[Mapping[str, Callable[[], forms.CharField]]] = {}
    needed: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for code in self.languages:
            made = {f"{name}_{code}": make() for name, make in self.spoken.items()}
            settle(made.values())
            self.fields.update(made)
        for name in self.spoken:
            self.fields[f"{name}_{self.languages[0]}"].required = name in self.needed and not any(
                self.initial.get(f"{name}_{code}") for code in self.languages[1:]
            )

    def clean(self) -> dict[str, Any]:
        """Ask for what is said in no language."""
        data = super().clean() or self.cleaned_data
        for name in self.needed:
            first = f"{name}_{self.languages[0]}"
            if first not in self.errors and not any(data.get(f"{name}_{code}") for code in self.languages):
                self.add_error(first, _("This is still missing."))
        return data

    @property
    def leading(self) -> list[BoundField]:
        """The texts in the reader's own language."""
        return [self[f"{name}_{self.languages[0]}"] for name in self.spoken]

    @property
    def lead_language(self) -> str:
        """What the leading language calls itself, where there are several."""
        return _own_name(self.languages[0]) if len(self.languages) > 1 else ""

    @property
    def others(self) -> list[tuple[str, str, list[BoundField]]]:
        """The texts in the other languages: code, its own name, fields."""
        return [
            (code, _own_name(code), [self[f"{name}_{code}"] for name in self.spoken])
            for code in self.languages[1:]
        ]

    @property
    def shared(self) -> list[BoundField]:
        """All that is the same in every language."""
        texts = {f"{name}_{code}" for name in self.spoken for code in self.languages}
        return [self[name] for name in self.fields if name not in texts]

    def said(self, name: str) -> dict[str, str]:
        """Return a text in every language of the form; one that was left empty is empty."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in self.languages}


def first_in(texts: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> dict[str, str]:
    """Return texts as the fields of a form show them."""
    return {f"{name}_{code}": said.get(code, "") for name, said in texts.items() for code in languages}


def _own_name(code: str) -> str:
    return dict(settings.LANGUAGES).get(code, code)
