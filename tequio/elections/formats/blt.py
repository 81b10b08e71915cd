"""BLT: how many candidates and seats, one ballot after another that ends with 0, a 0, then the names in quotes.

Also: ``-4`` or ``[withdrawn 4]`` before the ballots, ``[tie 3 1 2]``, ``2=3`` for equal places, ``-`` for a place left
empty, ``(42)`` as a ballot's own number, ``#`` for a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tequio.elections.formats.sheet import Count, Sheet, Unreadable, put_together, told_apart, whole
from tequio.elections.rules.ballots import Places

WORD = re.compile(r'#.*|"(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|\([^)]*\)?|[^\s"\[(#]+')
SPECIAL = frozenset('#"[(')

Word = tuple[str, int]


def read(text: str) -> Sheet:
    """Read a BLT file; raise Unreadable."""
    words = _words(text)
    number = _number(words, least=1)
    seats = _number(words, least=1)
    if number > 10_000:
        raise Unreadable("candidate", line=1, about=number)
    options, first = _options(words)
    papers = list(_ballots(words, first, number))
    called = told_apart([_text(words) for _one in range(number)])
    title = next((word.strip('"') for word, _line in words), "")
    gone, order = _asked(options, called)
    return Sheet(called, rankings=put_together(papers), title=title, seats=seats, withdrawn=gone, order=order)


def _words(text: str) -> Iterator[Word]:
    for line, said in enumerate(text.splitlines(), start=1):
        found = WORD.findall(said) if SPECIAL.intersection(said) else said.split()
        for word in found:
            if word.startswith("#"):
                break
            yield word, line
    yield "", text.count("\n") + 1


def _take(words: Iterator[Word]) -> Word:
    word, line = next(words, ("", 0))
    if not word:
        raise Unreadable("ends", line=line)
    return word, line


def _number(words: Iterator[Word], *, least: int) -> int:
    word, line = _take(words)
    return whole(word, line=line, least=least)


def _text(words: Iterator[Word]) -> str:
    word, line = _take(words)
    if not (len(word) > 1 and word.startswith('"') and word.endswith('"')):
        raise Unreadable("quotes", line=line, about=word)
    return word[1:-1].replace('\\"', '"')


def _options(words: Iterator[Word]) -> tuple[list[Word], Word]:
    options: list[Word] = []
    while True:
        word, line = _take(words)
        if options and options[-1][1] == line and not word.startswith(("[", "-")):
            # A ballot begins on a line of its own: this would be one that counts less than nothing.
            raise Unreadable("number", line=line, about=f"-{options[-1][0].rpartition(' ')[2]}")
        if word.startswith("["):
            options.append((word.strip("[]"), line))
        elif word.startswith("-") and len(word) > 1:
            options.append((f"withdrawn {word[1:]}", line))
        else:
            return options, (word, line)


def _asked(options: list[Word], called: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    gone: list[str] = []
    order: tuple[str, ...] | None = None
    for option, line in options:
        what, *numbers = option.split()
        if what.lower() not in ("withdrawn", "tie"):
            continue  # such as short names: nothing that changes a count
        named = [called[_candidate(one, len(called), line) - 1] for one in numbers]
        if what.lower() == "withdrawn":
            gone += named
        elif sorted(named) == sorted(called):
            order = tuple(named)
        else:
            raise Unreadable("tie", line=line, about=option)
    return tuple(gone), order


def _ballots(words: Iterator[Word], first: Word, number: int) -> Iterator[Count]:
    word, line = first
    while word != "0":
        if word.startswith('"'):
            raise Unreadable("over", line=line)
        many = 1 if word.startswith("(") else whole(word, line=line, least=1)
        places: list[tuple[int, ...]] = []
        seen: set[int] = set()
        begun = line
        word, line = _take(words)
        while word != "0":
            if line != begun and word.startswith('"'):
                raise Unreadable("zero", line=begun)
            if word != "-":
                places.append(_place(word, number, line, seen))
            word, line = _take(words)
        paper: Places = tuple(places)
        yield many, paper
        word, line = _take(words)


def _place(word: str, number: int, line: int, seen: set[int]) -> tuple[int, ...]:
    here = tuple(sorted(_candidate(one, number, line) - 1 for one in word.split("=")))
    if len(set(here)) < len(here) or seen.intersection(here):
        raise Unreadable("twice", line=line, about=word)
    seen.update(here)
    return here


def _candidate(word: str, number: int, line: int) -> int:
    one = whole(word, line=line)
    if not 1 <= one <= number:
        raise Unreadable("candidate", line=line, about=word)
    return one
