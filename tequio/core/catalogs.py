"""The texts of all apps in one place: Django keeps one layer an app, and looks a text up in each until it finds it."""

from functools import cache
from typing import Any

from django.utils.translation import trans_real


@cache
def gather(language: str) -> None:
    """Lay over the layers of a language one that holds all their texts; plurals stay, each with its layer's rule."""
    catalog: Any = trans_real.translation(language)._catalog  # type: ignore[attr-defined]  # noqa: SLF001
    layers = catalog._catalogs  # noqa: SLF001
    texts = {
        text: said for layer in reversed(layers) for text, said in layer.items() if isinstance(text, str)
    }
    layers.insert(0, texts)
    catalog._plurals.insert(0, catalog._plurals[0])  # noqa: SLF001
