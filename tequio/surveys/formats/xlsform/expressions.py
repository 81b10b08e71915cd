"""The conditions of XLSForm, as far as they say what ours can say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*[^}]+?\s*\})|(?P<text>'[^']*'|\"[^\"]*\"|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”])"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<op>>=|<=|!=|=|>|<)|(?P<mark>[(),])|(?P<name>[A-Za-z_][\w:-]*)|(?P<here>\.{1,2}))"
)
MIRRORED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "=", "!=": "!="}
OPPOSITE = {"=": "!=", "!=": "=", ">": "<=", "<": ">=", ">=": "<", "<=": ">"}
LONGEST, DEEPEST = 4_000, 30


class NotSaid(ValueError):
    """The expression says something that a condition of ours cannot say."""


@dataclass(frozen=True)
class Compare:
    """``ref op value``; the ref "." is the question itself. ``counted`` compares how many were chosen."""

    ref: str
    op: str
    value: str
    counted: bool = False
    number: bool = False


@dataclass(frozen=True)
class Joined:
    """Expressions joined by "and", or by "or"."""

    parts: tuple[Node, ...]
    any_of: bool


Node = Compare | Joined


@dataclass(frozen=True)
class _Term:
    sort: str  # ref, count, length, text, number
    said: str


def parse(expression: str) -> Node:
    """Return what an expression says; raise ``NotSaid`` for what is more than comparisons, and, or, not."""
    if len(expression) > LONGEST:
        raise NotSaid(expression[:80])
    parser = _Parser(_tokens(expression))
    node = parser.any()
    if parser.left:
        raise NotSaid(expression[:80])
    return node


def negated(node: Node) -> Node:
    """Return the opposite of an expression."""
    if isinstance(node, Joined):
        return Joined(tuple(negated(part) for part in node.parts), not node.any_of)
    return Compare(node.ref, OPPOSITE[node.op], node.value, node.counted, node.number)


def flat(node: Node) -> tuple[tuple[Compare, ...], bool]:
    """Return the comparisons of an expression and whether one of them is enough; raise ``NotSaid`` where both mix."""
    if isinstance(node, Compare):
        return (node,), False
    parts: list[Compare] = []
    for part in node.parts:
        inner, any_of = flat(part)
        if len(inner) > 1 and any_of != node.any_of:
            raise NotSaid("mixed")
        parts += inner
    return tuple(parts), node.any_of


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, place = [], 0
    text = expression.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise NotSaid(text[place : place + 40])
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
        while place < len(text) and text[place].isspace():
            place += 1
    return found


class _Parser:
    """A descent through or, and, not, comparisons."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    @property
    def left(self) -> bool:
        return self.place < len(self.tokens)

    def any(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotSaid("deep")
        node = self._joined("or", lambda: self._joined("and", self._one))
        self.depth -= 1
        return node

    def _joined(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._takes("name", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), word == "or")

    def _one(self) -> Node:
        if self._takes("name", "not"):
            return negated(self._in_brackets())
        if self._takes("name", "selected"):
            return self._selected()
        if self._at("mark", "("):
            return self._in_brackets()
        return self._comparison()

    def _in_brackets(self) -> Node:
        self._need("mark", "(")
        node = self.any()
        self._need("mark", ")")
        return node

    def _selected(self) -> Node:
        self._need("mark", "(")
        ref = self._term()
        self._need("mark", ",")
        value = self._term()
        self._need("mark", ")")
        if ref.sort != "ref" or value.sort not in ("text", "number"):
            raise NotSaid("selected")
        return Compare(ref.said, "=", value.said)

    def _comparison(self) -> Node:
        one = self._term()
        if not self.left or self.tokens[self.place][0] != "op":
            raise NotSaid(one.said)
        op = self.tokens[self.place][1]
        self.place += 1
        other = self._term()
        if one.sort in ("text", "number"):
            one, op, other = other, MIRRORED[op], one
        return _compare(one, op, other)

    def _term(self) -> _Term:
        sort, said = self._next()
        if sort == "ref":
            return _Term("ref", said[2:-1].strip())
        if sort == "here" and said == ".":
            return _Term("ref", ".")
        if sort == "text":
            return _Term("text", said[1:-1])
        if sort == "number":
            return _Term("number", said)
        if sort == "name" and said in _FUNCTIONS:
            self._need("mark", "(")
            inner = self._term()
            self._need("mark", ")")
            return _called(said, inner)
        raise NotSaid(said)

    def _next(self) -> tuple[str, str]:
        if not self.left:
            raise NotSaid("end")
        self.place += 1
        return self.tokens[self.place - 1]

    def _at(self, sort: str, said: str) -> bool:
        return self.left and self.tokens[self.place] == (sort, said)

    def _takes(self, sort: str, said: str) -> bool:
        taken = self._at(sort, said)
        self.place += taken
        return taken

    def _need(self, sort: str, said: str) -> None:
        if not self._takes(sort, said):
            raise NotSaid(said)


_FUNCTIONS = {
    "count-selected": "count",
    "string-length": "length",
    "number": "ref",
    "int": "ref",
    "string": "ref",
}


def _called(name: str, inner: _Term) -> _Term:
    if inner.sort != "ref":
        raise NotSaid(name)
    return _Term(_FUNCTIONS[name], inner.said)


def _compare(one: _Term, op: str, other: _Term) -> Node:
    if other.sort not in ("text", "number") or one.sort in ("text", "number"):
        raise NotSaid(other.said)
    number = other.sort == "number"
    if one.sort == "length":
        if (op, other.said) not in ((">", "0"), ("!=", "0"), (">=", "1")):
            raise NotSaid("string-length")
        return Compare(one.said, "!=", "")
    if one.sort == "count" and not number:
        raise NotSaid(other.said)
    return Compare(one.said, op, other.said, counted=one.sort == "count", number=number)
