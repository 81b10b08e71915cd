"""Finding, among many names, the one that another may be; quick enough for tens of thousands."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tequio.people.rules.names import KIN, LIKELY, Likeness, Why, compare
from tequio.people.rules.words import likeness, misspellings, words_of

Id = TypeVar("Id", bound=Hashable)
_COMMON = 60  # a word that more names hold than this tells none of them apart
_COMPARED = 60


@dataclass
class Names(Generic[Id]):
    """Known organizations by every folded name, by website, and by the words of their names."""

    names: dict[Id, list[str]] = field(default_factory=dict)
    whole: dict[str, Id] = field(default_factory=dict)
    sites: dict[str, Id] = field(default_factory=dict)
    words: defaultdict[str, list[Id]] = field(default_factory=lambda: defaultdict(list))
    near: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, number: Id, folded: str, *, site: str = "") -> None:
        """Learn a name of an organization; its own name first."""
        self.names.setdefault(number, []).append(folded)
        self.whole.setdefault(folded, number)
        if site:
            self.sites.setdefault(site, number)
        for word in set(words_of(folded)):
            if word not in self.words and len(word) >= 5:
                for key in misspellings(word):
                    self.near[key].add(word)
            if len(self.words[word]) <= _COMMON:
                self.words[word].append(number)

    def find(self, folded: str, *, site: str = "") -> tuple[Id, Likeness] | None:
        """Return the likeliest organization for a folded name, and why."""
        if folded in self.whole:
            number = self.whole[folded]
            return number, Likeness(Why.SAME if self.names[number][0] == folded else Why.ALIAS, 100)
        if site and site in self.sites:
            number = self.sites[site]
            if (percent := max(likeness(folded, name) for name in self.names[number])) >= KIN:
                return number, Likeness(Why.SITE, percent)
        found = ((number, compare(folded, self.names[number])) for number in self._worth_comparing(folded))
        likely = [(number, alike) for number, alike in found if alike and alike.percent >= LIKELY]
        return max(likely, key=lambda pair: pair[1].percent, default=None)

    def _worth_comparing(self, folded: str) -> Iterable[Id]:
        words = set(words_of(folded))
        words |= {
            other
            for word in words
            if len(word) >= 5
            for key in misspellings(word)
            for other in self.near.get(key, ())
        }
        rare = sorted(
            (word for word in words if 0 < len(self.words.get(word, ())) <= _COMMON),
            key=lambda w: len(self.words[w]),
        )
        found = dict.fromkeys(number for word in rare for number in self.words[word])
        return list(found)[:_COMPARED]
