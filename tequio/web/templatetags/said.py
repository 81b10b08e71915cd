"""Django's library ``i18n``, whose texts are put together once a process, and looked up once for each language.

Under that name in the settings: ``{% load i18n %}`` loads it.
"""

from collections.abc import Mapping
from typing import Any

from django.template import Context, Library, Node
from django.template.base import FilterExpression, Parser, Token, Variable
from django.templatetags import i18n
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from tequio.web import quick

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


class SaidWith(Node):
    """{% blocktranslate with name=… %}…{% endblocktranslate %}: a text with values in it, or one for each number."""

    child_nodelists = ()

    def __init__(self, plain: Any) -> None:
        self.plain = plain
        self.values: Mapping[str, FilterExpression] = plain.extra_context
        self.text, self.names = plain.render_token_list(plain.singular)
        self.many: str | None = None
        if plain.plural and plain.countervar and plain.counter:
            self.many, names = plain.render_token_list(plain.plural)
            self.names = list(dict.fromkeys([*self.names, *names]))
        self.said: dict[tuple[str | None, int | None], str] = {}

    def render(self, context: Context) -> str:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        count = None
        if self.many is not None:
            count = values[self.plain.countervar] = self.plain.counter.resolve(context)
            if type(count) is not int:
                return self._as_django_does(context)
        if any(name not in values and name not in context for name in self.names):
            return self._as_django_does(context)
        written = {
            name: quick.write(values[name] if name in values else context[name], context)
            for name in self.names
        }
        try:
            said = self._look_up(count) % written
        except (KeyError, ValueError):  # a translation with a name that is none
            return self._as_django_does(context)
        if not self.plain.asvar:
            return said
        context[self.plain.asvar] = SafeString(said)
        return ""

    def _look_up(self, count: int | None) -> str:
        key = get_language(), count
        if key not in self.said:
            if len(self.said) > MOST:
                self.said.clear()
            self.said[key] = (
                gettext(self.text) if count is None else ngettext(self.text, self.many or "", count)
            )
        return self.said[key]

    def _as_django_does(self, context: Context) -> str:
        written: str = self.plain.render(context)
        return written


MOST = 1000  # numbers that one text is kept for


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """Parse as Django does, and look up no more than once what hangs on the language and the number alone."""
    found: Any = i18n.do_block_translate(parser, token)
    return found if found.message_context else SaidWith(found)
