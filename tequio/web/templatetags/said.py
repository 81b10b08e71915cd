"""Django's library ``i18n``, whose texts without variables are looked up once a process for each language.

Under that name in the settings: ``{% load i18n %}`` loads it.
"""

from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Said(Node):
    """{% translate "A text" %}, or the same ``as`` a variable."""

    child_nodelists = ()

    def __init__(self, translated: Any) -> None:
        self.name, translated.asvar = translated.asvar, None
        self.translated = translated
        self.said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = get_language(), context.autoescape
        if key not in self.said:
            self.said[key] = self.translated.render(context)
        if not self.name:
            return self.said[key]
        context[self.name] = self.said[key]
        return ""


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Parse as Django does, and keep what says the same each time."""
    found: Any = i18n.do_translate(parser, token)
    what = found.filter_expression
    constant = isinstance(what.var, Variable) and what.var.literal is not None and not what.filters
    return Said(found) if constant and found.message_context is None else found
