"""PrefLib's orders (``.soc .soi .toc .toi``): a head of ``# KEY: value``, then ``count: 1,{2,3},4`` a line."""

from __future__ import annotations

import re

from tequio.elections.formats.sheet import Count, Sheet, Unreadable, put_together, told_apart, whole
from tequio.elections.rules.ballots import Places

NAME = re.compile(r"ALTERNATIVE NAME (\d+)$")
PLACE = re.compile(r"\{([^{}]*)\}|([^,{}]+)")
SHAPE = re.compile(r"\s*(?:\{[^{}]*\}|[^,{}]+)(?:\s*,\s*(?:\{[^{}]*\}|[^,{}]+))*\s*$")


def read(text: str) -> Sheet:
    """Read a PrefLib file of orders; raise Unreadable."""
    head: dict[str, str] = {}
    names: dict[int, str] = {}
    papers: list[Count] = []
    wanted: int | None = None
    for line, said in enumerate(text.splitlines(), start=1):
        if not said.strip():
            continue
        if said.startswith("#"):
            key, colon, value = said[1:].partition(":")
            key, value = key.strip().upper(), value.strip()
            if not colon:
                continue
            if found := NAME.match(key):
                names[whole(found[1], line=line, least=1)] = value or found[1]
            elif key == "NUMBER ALTERNATIVES":
                wanted = whole(value, line=line, least=1)
            else:
                head[key] = value
            continue
        if wanted is None:
            raise Unreadable("head", line=line)
        papers.append(_paper(said, wanted, line))
    if wanted is None or not papers:
        raise Unreadable("ends", line=text.count("\n") + 1)
    if wanted > 10_000:
        raise Unreadable("candidate", line=1, about=wanted)
    called = told_apart([names.get(number, str(number)) for number in range(1, wanted + 1)])
    return Sheet(called, rankings=put_together(papers), title=head.get("TITLE", ""))


def _paper(said: str, number: int, line: int) -> Count:
    count, colon, order = said.partition(":")
    if not colon or not SHAPE.match(order):
        raise Unreadable("order", line=line, about=said)
    seen: set[int] = set()
    return whole(count.strip(), line=line, least=1), _places(order, number, line, seen)


def _places(order: str, number: int, line: int, seen: set[int]) -> Places:
    places = []
    for together, alone in PLACE.findall(order.replace(" ", "")):
        here = []
        for word in (together or alone).split(","):
            one = whole(word.strip(), line=line)
            if not 1 <= one <= number:
                raise Unreadable("candidate", line=line, about=word)
            if one in seen:
                raise Unreadable("twice", line=line, about=word)
            seen.add(one)
            here.append(one - 1)
        places.append(tuple(sorted(here)))
    return tuple(places)
