"""How the words of a question are held together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from babel.lists import format_list
from django.conf import settings
from django.utils import translation

from tequio.core.texts import language_of, say

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Word = str | StrPromise
else:
    Word = object


@dataclass(frozen=True)
class Choice:
    """An option, and its consequence in one sentence."""

    label: Word
    help: Word = ""

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True)
class Words:
    """A question in plain words, why it matters, and an example from the field."""

    ask: Word
    why: Word
    example: Word = ""
    options: Mapping[str, Choice] = field(default_factory=dict)
    parts: Mapping[str, Word] = field(default_factory=dict)


def in_each(languages: Iterable[str], say: Callable[[str], str]) -> dict[str, str]:
    """Return a text per language: ``say`` is called with each language, while it is active."""
    texts = {}
    for language in languages:
        with translation.override(language):
            texts[language] = say(language)
    return texts


def in_languages(word: Word) -> dict[str, str]:
    """Return a translated word in every language of the interface: the register speaks its reader's."""
    return in_each([code for code, _name in settings.LANGUAGES], lambda _language: str(word))


@dataclass(frozen=True)
class Said:
    """A text that the network has per language, as this reader gets it; ``foreign`` when in another language.

    ``whole`` is the same in another language where the reader's lacks a part of it.
    """

    body: str
    language: str
    foreign: bool
    whole: "Said | None" = None


def said(texts: Mapping[str, str] | None, *, missing: Iterable[str] = ()) -> Said | None:
    """Return a text in the reader's language, or in the first that has it; None when there is none.

    ``missing`` are the languages that lack a part of it.
    """
    body = say(texts)
    if not body:
        return None
    language = language_of(texts)
    other = whole_in(texts or {}, language, missing)
    whole = Said((texts or {})[other], other, True) if other else None
    return Said(body, language, language != translation.get_language(), whole)


def whole_in(texts: Mapping[str, str], language: str, missing: Iterable[str]) -> str:
    """Return the language in which a text is whole that is not in this one; "" where nothing is missing in it."""
    lacking = set(missing)
    others = [code for code, text in texts.items() if text and code != language]
    if language not in lacking:
        return ""
    return next((code for code in others if code not in lacking), others[0] if others else "")


def listed(names: Sequence[str]) -> str:
    """Return names as one says them in the language that is active: "Ana, João and Luz"."""
    locale = (translation.get_language() or "en").replace("-", "_")
    return str(format_list([str(name) for name in names], locale=locale)) if names else ""


def own_names(languages: Iterable[str]) -> str:
    """Return languages by their own names: "Español, Português"."""
    names = dict(settings.LANGUAGES)
    return ", ".join(str(names.get(code, code)) for code in languages)


def named(languages: Iterable[str]) -> list[tuple[str, str]]:
    """Return languages with their own names: [("es", "Español")]."""
    return [(code, own_names([code])) for code in languages]
