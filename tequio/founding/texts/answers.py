"""An answer in words, in the language that is active."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tequio.core.texts import say
from tequio.founding import rules
from tequio.founding.rules import Settled
from tequio.founding.texts.articles import lacks
from tequio.founding.texts.questions import QUESTIONS
from tequio.founding.texts.tables import lines_of


def in_words(settled: Settled, code: str) -> str:
    """Return what stands for a question, in words; texts and tables as Markdown."""
    question = rules.BY_CODE[code]
    if question.kind is rules.Kind.ROWS:
        return _table(settled, code)
    if question.shared:
        return say(settled.text(code))
    return closed_in_words(question, settled.values.get(code), currency=settled.values.get("currency"))


def closed_in_words(question: rules.Question, value: Any, *, currency: Any) -> str:
    """Return the answer to a closed question in words."""
    options = QUESTIONS[question.code].options
    if value is None:
        return _("still open")
    if isinstance(value, list):
        return ", ".join(str(options.get(code, code)) for code in value)
    if question.kind is rules.Kind.MONEY:
        return f"{value} {currency}"
    return str(options.get(str(value), value))


def _table(settled: Settled, code: str) -> str:
    """Return a table in the reader's language, or in the first that has it whole."""
    rows = settled.rows(code)
    spoken = sorted(rules.spoken_in(rules.BY_CODE[code], rows))
    reader = translation.get_language() or ""
    whole = [language for language in (reader, *spoken) if not lacks(settled, code, language)]
    return lines_of(settled, code, (whole or [reader])[0])
