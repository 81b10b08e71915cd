"""Under which keys the directory lists an organization, and which organizations a search asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tequio.people.rules.names import folded_name, site_of
from tequio.people.rules.words import fold, misspellings, stem, stems_of, words_of

ALL = ""
FACETS = ("country", "city", "kind", "sector", "theme", "population", "pillar", "scope", "standing")
MEMBER, RECORDED = "standing:member", "standing:recorded"
WHOLE = "WHOLE"  # beside the values of people.models.Scope: "it works in the whole country"
_AMONG_MEMBERS = "m:"
_LONGEST = 110  # with what comes before it, a key has 120
_MOST_WORDS = 80


@dataclass(frozen=True)
class Listed:
    """What of an organization the directory knows: every name, its own first; cities as (number or 0, name).

    ``scopes`` says how far it works; ``member`` whether it belongs to the network, or is only recorded.
    """

    names: Sequence[str]
    country: str = ""
    kind: str = ""
    sector: str = ""
    themes: Sequence[str] = ()
    populations: Sequence[str] = ()
    cities: Sequence[tuple[int, str]] = ()
    texts: Sequence[str] = ()
    website: str = ""
    scopes: Sequence[str] = ()
    pillars: Sequence[int] = ()
    member: bool = False


@dataclass(frozen=True)
class Key:
    """A key, and what people read where the key does not say it."""

    key: str
    label: str = ""


def facet_keys(listed: Listed) -> list[Key]:
    """Return the keys one can filter by, and the one under which all are listed."""
    keys = [Key(ALL)]
    single = {"country": listed.country, "kind": listed.kind, "sector": listed.sector}
    keys += [Key(f"{facet}:{value}") for facet, value in single.items() if value]
    keys += [Key(f"city:{number}", name) for number, name in listed.cities if number]
    keys += [Key(f"pillar:{number}") for number in listed.pillars]
    keys += [Key(f"scope:{value}") for value in listed.scopes]
    keys += [Key(MEMBER if listed.member else RECORDED)]
    keys += [*_written("theme", listed.themes), *_written("population", listed.populations)]
    return list({key.key: key for key in keys}.values())


def counted_keys(listed: Listed) -> list[Key]:
    """Return the keys that are counted: each one can filter by, and, for members, the same among members."""
    keys = facet_keys(listed)
    if not listed.member:
        return keys
    parted = [key for key in keys if key.key not in (ALL, MEMBER)]
    return [*keys, *[Key(among_members(key.key), key.label) for key in parted]]


def among_members(key: str) -> str:
    """Return the key under which those members are counted that stand under this one."""
    return f"{_AMONG_MEMBERS}{key}"


def _written(facet: str, values: Sequence[str]) -> Iterator[Key]:
    for value in values:
        if folded := fold(value):
            yield Key(f"{facet}:{folded}"[:_LONGEST], value[:200])


def found_by(listed: Listed) -> list[str]:
    """Return the keys of search: words without endings, whole names, the site."""
    texts = [
        *listed.names,
        *(name for _number, name in listed.cities),
        *listed.themes,
        *listed.populations,
        *listed.texts,
    ]
    stems = dict.fromkeys(found for text in texts for found in stems_of(text))
    words = [f"word:{found}" for found in list(stems)[:_MOST_WORDS]]
    names = [name_key(folded_name(name)) for name in listed.names]
    site = site_of(listed.website)
    return list(dict.fromkeys([*words, *names, *([f"site:{site}"[:_LONGEST]] if site else [])]))


def name_key(folded: str) -> str:
    """Return the key under which a folded name is found."""
    return f"name:{folded}"[:_LONGEST]


def spellings_of(listed: Listed) -> set[tuple[str, str]]:
    """Return, as (key, word), what each word of the names and cities becomes with one letter dropped."""
    texts = [*listed.names, *(name for _number, name in listed.cities)]
    words = {word[:40] for text in texts for word in words_of(text) if len(word) >= 4}
    return {(key, word) for word in words for key in misspellings(word)}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words, one value per facet, and where the page begins."""

    words: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    after: tuple[str, int] | None = None
    before: tuple[str, int] | None = None
    keys: tuple[str, ...] = field(default=(), compare=False)

    def value(self, facet: str) -> str:
        """Return the value chosen for a facet, or ""."""
        return dict(self.chosen).get(facet, "")

    @property
    def facet_keys(self) -> list[str]:
        return [f"{facet}:{value}" for facet, value in self.chosen]

    @property
    def word_keys(self) -> list[str]:
        # The longest word is as a rule the rarest: it leads.
        return [f"word:{found}" for found in sorted(stems_of(self.words)[:8], key=len, reverse=True)]

    def with_words(self, words: str) -> "Wanted":
        """Return the same search for other words."""
        return replace(self, words=words, after=None, before=None)


def corrected(words: str, known: dict[str, str]) -> str:
    """Return the query with each unknown word replaced by the known one it resembles."""
    return " ".join(known.get(word, word) for word in words_of(words))


def stem_key(word: str) -> str:
    """Return the key under which a word is found."""
    return f"word:{stem(word)[:40]}"


def cursor(folded: str, number: int) -> str:
    """Write a place in the directory as it stands in an address: "12.casa comun"."""
    return f"{number}.{folded}"


def read_cursor(text: str) -> tuple[str, int] | None:
    """Read a place in the directory, or return None for anything that is not one."""
    number, dot, folded = text.partition(".")
    if not dot or not number.isascii() or not number.isdigit() or len(number) > 18 or len(folded) > 200:
        return None
    return (folded, int(number)) if "\0" not in folded and folded.isprintable() else None
