"""The program that strangers run: ``single_file.py``, and behind it, word for word, the rules that Tequio itself runs.

Nothing is written twice and nothing can be out of date: which functions compute outcomes again is read in the registry,
and their modules are taken along with all that they import.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tequio.register import recompute

HOUSE = "tequio"
Places = dict[str, tuple[str, str]]
"""In which module the function for each stands, and its name."""
END = '\n\nif __name__ == "__main__":\n'


@cache
def verifier() -> bytes:
    """Return the program that checks an export: one file that needs nothing but Python; call it once all apps are there."""
    program = Path(__file__).with_name("single_file.py").read_text(encoding="utf-8")
    before, end, after = program.partition(END)
    rules, followers = _ours(recompute.REGISTRY), _ours(recompute.FOLLOWERS)
    modules = _modules([*rules.values(), *followers.values()])
    parts = [
        _table("RULES", rules),
        _table("FOLLOWERS", followers),
        *(f'MODULES["{name}"] = {_quoted(_source(name))}\n' for name in modules),
    ]
    return (before + "\n" + "\n".join(parts) + end + after).encode()


def _ours(functions: Mapping[str, Callable[..., Any]]) -> Places:
    return {key: (one.__module__, one.__name__) for key, one in functions.items() if _is_ours(one.__module__)}


def _table(name: str, places: Places) -> str:
    lines = [f'    "{key}": ("{module}", "{word}"),\n' for key, (module, word) in sorted(places.items())]
    return f"{name}.update({{\n{''.join(lines)}}})\n"


def _modules(places: Iterable[tuple[str, str]]) -> list[str]:
    """Return the modules of these functions and all of the house's that they import, in order of their names."""
    found: set[str] = set()
    waiting = {module for module, _function in places}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= {one for one in _imported(_source(name)) if _is_ours(one)} - found
    return sorted(found)


def _is_ours(module: str) -> bool:
    return module.startswith(f"{HOUSE}.")


def _imported(source: str) -> Iterator[str]:
    """Yield the modules that a module imports; what a package gives by itself has no place in a single file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = importlib.import_module(node.module) if _is_ours(node.module) else None
            if module is not None and hasattr(module, "__path__"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def _source(name: str) -> str:
    return inspect.getsource(importlib.import_module(name))


def _quoted(source: str) -> str:
    """Write a module as a text that reads as it stands; raise ValueError where it would not."""
    quoted = f"r'''\n{source}'''"
    if ast.literal_eval(quoted) != "\n" + source:
        raise ValueError("A module with three single quotes in a row does not fit into the single file.")
    return quoted
