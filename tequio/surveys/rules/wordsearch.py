"""Words looked up in open answers: without accents, by their beginnings. Source: SUR-15."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tequio.people.rules.words import fold, stem, words_of

_WORD = re.compile(r"\w+")


def wanted(asked: str) -> list[str]:
    """Return the folded words of a search."""
    return fold(asked).split()


def found(text: str, words: Sequence[str]) -> bool:
    """Say whether each word of the search begins a word of the text."""
    there = fold(text).split()
    return all(any(one.startswith(word) for one in there) for word in words)


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether it is a word that was looked for."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(text):
        if any(part.startswith(word) for part in fold(match[0]).split() for word in words):
            pieces += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    pieces.append((text[end:], False))
    return [(piece, hit) for piece, hit in pieces if piece]


def frequent(texts: Iterable[str], most: int = 20) -> list[tuple[str, int]]:
    """Return the words that most texts hold, each text counted once, and each word as it is written most."""
    stems: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for text in texts:
        there = {stem(word): word for word in words_of(text) if len(word) > 3}
        stems.update(there.keys())
        for root, word in there.items():
            written.setdefault(root, Counter())[word] += 1
    best = sorted(stems.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return [(written[root].most_common(1)[0][0], times) for root, times in best]
