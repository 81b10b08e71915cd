"""Escaping for what is drawn in the program: a list escapes some hundred texts, and Django's way takes six calls each."""

from html import escape
from typing import Any

from django.utils.functional import Promise


def safe(said: Any) -> str:
    """Escape a text, as ``conditional_escape`` does: what is markup already stays as it is."""
    if type(said) is str:
        return escape(said)
    if isinstance(said, Promise):
        said = str(said)
    markup = getattr(said, "__html__", None)
    return str(markup()) if markup else escape(str(said))
