"""Every address of the program, read from the program itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

OURS = "tequio."


@dataclass(frozen=True)
class Address:
    """A route as the URL configuration writes it, its full name and its view."""

    route: str
    name: str
    view: Callable[..., Any]
    parameters: tuple[str, ...]

    @property
    def ends_session(self) -> bool:
        """The quick exit signs out whoever opens it, on purpose; it is tried with a browser of its own."""
        return self.route == "/salir/"

    @property
    def scoped(self) -> bool:
        return "network" in self.parameters


def patterns() -> list[Address]:
    """Return every address, in the order in which they are matched."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def staying() -> list[Address]:
    """Return every address that leaves a session as it was."""
    return [address for address in patterns() if not address.ends_session]


def _walk(found: Any, prefix: str, space: str) -> Iterator[Address]:
    for pattern in found:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            parameters = tuple(pattern.pattern.converters)
            inherited = ("network",) if "<slug:network>" in route else ()
            names = tuple(dict.fromkeys((*inherited, *parameters)))
            yield Address(route, f"{space}{pattern.name}", pattern.callback, names)
