"""Words that are kept in every language of the interface, because nobody knows yet who will read them."""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from tequio.core.texts import Texts, say

Words = Texts | str | Promise


def phrase(words: Words, **facts: Any) -> dict[str, str]:
    """Return words as a text per language of the interface; ``%(name)s`` is filled with the fact of that name.

    A fact may itself be a text per language.
    """
    if isinstance(words, str):
        return {settings.LANGUAGE_CODE: _filled(words, facts, settings.LANGUAGE_CODE)}
    if not isinstance(words, Promise):
        return {code: _filled(text, facts, code) for code, text in words.items()}
    texts = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts[code] = _filled(str(words), facts, code)
    return texts


def _filled(words: str, facts: dict[str, Any], language: str) -> str:
    if not facts:
        return words
    return words % {
        name: say(fact, language) if isinstance(fact, dict) else fact for name, fact in facts.items()
    }
