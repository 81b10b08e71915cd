"""Django's tag ``url``, which puts an address together once: a page holds many, and each costs more than the link around it."""

from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.template.defaulttags import url as parse_url

from tequio.core.http import address
from tequio.web.escaping import safe

register = Library()


class Address(Node):
    """{% url "decisions:open" network.slug 3 %}: a page by its name, with what stands in its address."""

    child_nodelists = ()

    def __init__(self, plain: Any) -> None:
        self.plain = plain

    def render(self, context: Context) -> str:
        name = self.plain.view_name.resolve(context)
        args = tuple(arg.resolve(context) for arg in self.plain.args)
        return safe(address(name, *args))


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    """Parse as Django does; what is named for later, or has named parts, stays Django's."""
    plain: Any = parse_url(parser, token)
    return plain if plain.asvar or plain.kwargs else Address(plain)
