"""Words compared without accents, case and endings, in Spanish, Portuguese and English alike."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters that Unicode does not take apart into a base and a mark.
_WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_BETWEEN = re.compile(r"[\W_]+")
_STOP = frozenset(
    "a al ao aos as con com da das de del do dos e el em en for in la las lo los na nas no nos o of os para pela "  # noqa: SIM905
    "pelo por que the to um uma un una y and or ou su sus se".split()
)
_LONGEST = 40


def fold(text: str) -> str:
    """Return the text in small letters without accents, its words apart by one space; "" when nothing is left."""
    return _folded_again(text) if len(text) <= 100 else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return _BETWEEN.sub(" ", text.lower()).strip()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_WHOLE)
    bare = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return _BETWEEN.sub(" ", bare).strip()


_folded_again = lru_cache(maxsize=50_000)(_folded)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a folded word without its ending: number, gender, and -ção/-ções, in the three languages at once.

    One form for all languages, since a name does not say in which it is written.
    """
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (2 if ending == "ces" else 3):
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > 3 and word[-1] in "aeo":
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


_ENDINGS = (
    ("coes", "cao"), ("oes", "ao"), ("aes", "ao"), ("ings", ""), ("ing", ""), ("ies", "i"), ("ces", "z"), ("ais", "al"),
    ("eis", "el"), ("les", "l"), ("res", "r"), ("nes", "n"), ("des", "d"), ("zes", "z"), ("ss", "ss"), ("s", ""),
)  # fmt: skip


def words_of(text: str) -> Iterator[str]:
    """Yield the folded words of a text, without the little ones that join the others."""
    for word in fold(text).split():
        if word not in _STOP:
            yield word


def stems_of(text: str) -> list[str]:
    """Return the distinct stems of a text in order; what is longer than 40 letters is cut."""
    return list(dict.fromkeys(stem(word)[:_LONGEST] for word in words_of(text)))


def misspellings(word: str) -> set[str]:
    """Return the word and all it becomes when one letter is dropped.

    Two words that differ by one letter (put in, left out, changed, or two changed about) share one of these.
    """
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


@lru_cache(maxsize=50_000)
def trigrams(text: str) -> frozenset[str]:
    """Return the three-letter pieces of a folded text, each word padded as PostgreSQL's pg_trgm does."""
    return frozenset(
        padded[place : place + 3]
        for word in text.split()
        for padded in [f"  {word} "]
        for place in range(len(padded) - 2)
    )


def likeness(one: str, other: str) -> int:
    """Return how alike two folded texts are, in whole percents of the trigrams they share."""
    here, there = trigrams(one), trigrams(other)
    whole = len(here | there)
    return 100 * len(here & there) // whole if whole else 0
