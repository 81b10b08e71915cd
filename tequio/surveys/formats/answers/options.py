"""Which options a cell names, when several stand in it and the options themselves hold the marks between them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tequio.people.rules.words import fold
from tequio.surveys.rules.instrument import Option

MARKS = (";", ", ", ",", "\n", "|", " ")  # what programs put between answers, the surest first
_PATTERNS = {
    ";": r"\s*;\s*",
    ", ": r",\s+",
    ",": r"\s*,\s*",
    "\n": r"\s*\n\s*",
    "|": r"\s*\|\s*",
    " ": r"\s+",
}
_TAGS = re.compile(r"<[^<>]{1,200}>")


@dataclass(frozen=True)
class Named:
    """The keys of the options that a cell names, and the texts in it that are none of them."""

    keys: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return a text as it is compared: one space between words, small letters, no tags."""
    return " ".join(_TAGS.sub(" ", unicodedata.normalize("NFC", text)).casefold().split())


class Known:
    """The options of a question by their keys and by their texts in every language.

    ``also`` are other spellings that somebody decided upon: text -> key.
    """

    def __init__(self, options: Sequence[Option], *, also: Mapping[str, str] | None = None) -> None:
        self.options = options
        self.order = {option.key: place for place, option in enumerate(options)}
        self.other = next((option for option in options if option.other), None)
        self.texts: dict[str, str] = {}
        for option in options:
            for text in (*option.text.values(), option.key):
                self.texts.setdefault(plain(text), option.key)
        self.texts.update({plain(text): key for text, key in (also or {}).items()})
        if self.other:
            self.texts.setdefault("-oth-", self.other.key)  # LimeSurvey's own code for it
        self.texts.pop("", None)

    @cached_property
    def folded(self) -> dict[str, str]:
        """The options by their texts without accents and marks, as far as these tell them apart."""
        found: dict[str, set[str]] = {}
        for text, key in self.texts.items():
            found.setdefault(fold(text), set()).add(key)
        return {text: next(iter(keys)) for text, keys in found.items() if text and len(keys) == 1}

    def find(self, text: str) -> str:
        """Return the key of the option that a text is, or ""."""
        return self.texts.get(plain(text)) or self.folded.get(fold(text), "")

    def named(self, cell: str, mark: str) -> Named:
        """Part a cell at a mark, the longest options first; what lies between options and is none stays whole."""
        whole = self.find(cell)
        if whole or not mark:
            return Named((whole,)) if whole else Named((), (cell,))
        keys: list[str] = []
        rest: list[str] = []
        start = begun = 0
        pattern, between = self._pattern(mark), re.compile(_PATTERNS.get(mark) or re.escape(mark))
        while start < len(cell):
            found = pattern.match(cell, start)
            key = self.texts.get(plain(found[1]), "") if found else ""
            end = found.end() if found else 0
            if not key:
                following = between.search(cell, start)
                stop, end = (following.start(), following.end()) if following else (len(cell), len(cell))
                key = self.folded.get(fold(cell[start:stop]), "")
            if key:
                self._keep(rest, cell[begun:start], between)
                keys.append(key)
                begun = end
            start = max(end, start + 1)
        self._keep(rest, cell[begun:], between)
        return self._named(keys, rest)

    def _keep(self, rest: list[str], text: str, between: re.Pattern[str]) -> None:
        """Keep a text that is no option, without the mark at its end."""
        last = next((found for found in between.finditer(text) if found.end() == len(text)), None)
        text = (text[: last.start()] if last else text).strip(" \t\n;,|")
        if text:
            rest.append(text)

    def _named(self, keys: Iterable[str], rest: Iterable[str]) -> Named:
        ordered = sorted(dict.fromkeys(keys), key=lambda key: self.order.get(key, len(self.order)))
        return Named(tuple(ordered), tuple(rest))

    def _pattern(self, mark: str) -> re.Pattern[str]:
        if mark not in self._patterns:
            longest = sorted(self.texts, key=len, reverse=True)
            texts = "|".join(r"\s+".join(re.escape(word) for word in text.split(" ")) for text in longest)
            end = _PATTERNS.get(mark) or re.escape(mark)
            self._patterns[mark] = re.compile(rf"\s*({texts or '(?!)'})\s*(?:{end}|$)", re.IGNORECASE)
        return self._patterns[mark]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    def specified(self, text: str) -> str:
        """Return what somebody wrote after the words of "other", or the text itself: "Otro: radio" -> "radio"."""
        for said in self.other.text.values() if self.other else ():
            start = plain(said).rstrip(" :.…")
            if start and plain(text).startswith(start):
                after = text.strip()[len(start) :]
                if re.match(r"\s*[:(–—-]", after):
                    return after.strip(" :()–—-") or text
        return text


def best_mark(cells: Iterable[str], known: Known) -> str:
    """Return the mark that leaves the fewest cells of a question with something that is no option."""
    sample = [cell for cell in dict.fromkeys(cells) if cell and not known.find(cell)][:400]

    def score(mark: str) -> tuple[int, int]:
        read = [known.named(cell, mark) for cell in sample]
        return sum(not one.rest for one in read), sum(len(one.keys) for one in read)

    return max(MARKS, key=score) if sample else MARKS[0]
