"""How easy a Spanish text is: the perspicuity of Szigriszt-Pazos (1993), read on the INFLESZ scale.

206.835 − 62.3 × syllables / words − words / sentences. Over 65 fairly easy, 55 to 65 normal, under 55 somewhat hard.
"""

import re
from dataclasses import dataclass
from html import unescape

SHORTEST = 4  # words: labels and names are no sentences
STRONG, STRESSED, WEAK = "aeoáéó", "íú", "iuü"
BLOCKS = re.compile(
    r"</?(?:p|li|h[1-6]|div|section|dt|dd|legend|label|td|th|tr|summary|button|a|b|span|caption|time)\b[^>]*>"
)
SILENT = re.compile(r"<(svg|style|script|textarea|select|table)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Reading:
    """What was counted in a text, and how easy that makes it."""

    ease: float
    words: int


def syllables(word: str) -> int:
    """Count the nuclei of a word: two strong vowels part, a weak one leans on its neighbor unless stressed."""
    word = re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.lower())
    word = re.sub(r"y(?![aeiouáéíóú])", "i", word)
    count, before = 0, ""
    for letter in word:
        is_vowel = letter in STRONG + STRESSED + WEAK
        leans = before in WEAK or letter in WEAK
        if is_vowel and not (before and leans and letter not in STRESSED and before not in STRESSED):
            count += 1
        before = letter if is_vowel else ""
    return max(1, count)


def reading(text: str) -> Reading | None:
    """Weigh a text, a line or a mark of punctuation ending each sentence; nothing, when it holds no sentence."""
    found = [re.findall(r"[^\W\d_]+", part) for part in re.split(r"[.!?:;…\n]+", text)]
    sentences = [words for words in found if len(words) >= SHORTEST]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    spoken = sum(syllables(word) for word in words)
    ease = 206.835 - 62.3 * spoken / len(words) - len(words) / len(sentences)
    return Reading(ease=ease, words=len(words))


def text_of(html: str) -> str:
    """Return what stands in the main part of a page, each block on a line of its own, without tables and drawings."""
    main = re.search(r"<main\b[^>]*>(.*)</main>", html, re.DOTALL)
    text = BLOCKS.sub("\n", SILENT.sub("\n", main[1] if main else ""))
    return unescape(re.sub(r"<[^>]+>", "", text))
