"""What a template does some hundred times a page, in fewer steps; whatever is out of the ordinary is left to Django.

A name is looked up in each layer of the context, then in what it leads to; a text is escaped. Django does both for every
case there may be: a list, something to be called, a lazy text, an error that is not to be seen. ADR 14 says why this is here.
"""

from html import escape
from typing import Any

from django.middleware import csrf
from django.template import base, library
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from tequio.core.keys import letters

_NOTHING = object()
_NOT_SUCH = (TypeError, AttributeError, KeyError, ValueError, IndexError)

_look_up_as_django_does: Any = base.Variable._resolve_lookup  # type: ignore[attr-defined]  # noqa: SLF001
_resolve_as_django_does: Any = base.FilterExpression.resolve
_write_as_django_does: Any = base.render_value_in_context


def look_up(variable: Any, context: Any) -> Any:
    """Return what a variable of a template stands for."""
    if isinstance(context, dict):
        return _look_up_as_django_does(variable, context)
    names = variable.lookups
    found = _first(context.dicts, names[0])
    for name in names[1:]:
        if found is _NOTHING or callable(found):
            break
        found = _inside(found, name)
    if found is _NOTHING or callable(found):
        return _look_up_as_django_does(variable, context)
    return found


def _first(layers: Any, name: str) -> Any:
    for layer in reversed(layers):
        if name in layer:
            return layer[name]
    return _NOTHING


def _inside(found: Any, name: str) -> Any:
    if hasattr(type(found), "__getitem__"):
        try:
            return found[name]
        except _NOT_SUCH:
            pass
    return getattr(found, name, _NOTHING)


def resolve(expression: Any, context: Any, ignore_failures: bool = False) -> Any:
    """Return what stands between a template's braces; without filters it is a value or a variable."""
    if expression.filters or not expression.is_var:
        return _resolve_as_django_does(expression, context, ignore_failures)
    variable = expression.var
    if variable.lookups is None or variable.translate:
        return _resolve_as_django_does(expression, context, ignore_failures)
    try:
        return look_up(variable, context)
    except base.VariableDoesNotExist:
        return _resolve_as_django_does(expression, context, ignore_failures)


def write(value: Any, context: Any) -> str:
    """Write a value into a page."""
    if context.autoescape:
        if type(value) is SafeString:
            return value
        if type(value) is str:
            return SafeString(escape(value))
    written: str = _write_as_django_does(value, context)
    return written


def safe_string(said: Any) -> str:
    """Escape what a tag returned, unless it is markup already."""
    return said if type(said) is SafeString else conditional_escape(said)


def be_quick() -> None:
    """Let Django's templates, and the key of each page's forms, take the short ways; before the first page."""
    base.Variable._resolve_lookup = look_up  # type: ignore[attr-defined]  # noqa: SLF001
    base.FilterExpression.resolve = resolve  # type: ignore[method-assign,assignment]
    base.render_value_in_context = write
    library.conditional_escape = safe_string  # type: ignore[attr-defined]
    csrf.get_random_string = letters  # type: ignore[attr-defined]
