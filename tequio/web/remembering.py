"""Addresses that were found once are found again at once: trying one after the other costs more than a read."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

LONGEST = 300  # letters: a longer address is looked for each time


class Remembering(URLResolver):
    """Holds addresses; a class because Django's resolvers are. What is found hangs on the address alone."""

    def __init__(self, addresses: Sequence[URLPattern | URLResolver]) -> None:
        super().__init__(RoutePattern(""), list(addresses))
        self._found = lru_cache(maxsize=4096)(super().resolve)

    def resolve(self, path: Any) -> ResolverMatch:
        """Return what answers at an address, with values that the caller may change; raise ``Resolver404``."""
        if len(path) > LONGEST:
            return super().resolve(path)
        known = self._found(str(path))
        found = ResolverMatch.__new__(ResolverMatch)  # it may not be copied, only made again
        found.__dict__.update(vars(known), kwargs=dict(known.kwargs), tried=[])
        return found
