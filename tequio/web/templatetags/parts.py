"""Django's tag ``include``, for the plain case: a part named once and for all is drawn without a state of its own."""

from collections.abc import Mapping
from typing import Any

from django.template import Context, Library, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode, do_include

register = Library()


class Part(Node):
    """{% include "web/pages.html" %}, or the same ``with`` values of its own."""

    child_nodelists = ()

    def __init__(self, plain: IncludeNode, name: str) -> None:
        self.plain, self.name = plain, name
        self.values: Mapping[str, FilterExpression] = plain.extra_context
        self.drawn: NodeList | None = None

    def render(self, context: Context) -> str:
        drawn = self.drawn or self._find(context)
        values = {name: value.resolve(context) for name, value in self.values.items()}
        with context.push(**values):
            return drawn.render(context)

    def _find(self, context: Any) -> NodeList:
        """Return what the part is made of; a part with blocks needs all that Django does around it."""
        found = context.template.engine.get_template(self.name)
        blocks = found.nodelist.get_nodes_by_type((BlockNode, ExtendsNode))
        self.drawn = NodeList([self.plain]) if blocks else found.nodelist
        return self.drawn


@register.tag("include")
def include(parser: Parser, token: Token) -> Node:
    """Parse as Django does; a name that is found out later, or a context of its own, stays Django's."""
    plain: Any = do_include(parser, token)
    named = isinstance(plain.template.var, Variable) or plain.template.filters
    if named or plain.isolated_context:
        return plain  # type: ignore[no-any-return]  # a node
    return Part(plain, str(plain.template.var))
