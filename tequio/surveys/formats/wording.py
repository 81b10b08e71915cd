"""What the numbers say, as sentences. Whoever calls brings the translation, so pages and commands share them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tequio.surveys.rules.columns import Category, Column
from tequio.surveys.rules.findings import Fact, Share, Sort
from tequio.surveys.rules.instrument import Base, Texts


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogs."""
    return message


FIRST_OF_MENTIONS = gettext_noop(
    "“%(option)s” comes first, with %(percent)s of %(whole)s mentions (%(part)s)."
)
TOGETHER = gettext_noop("At least one of %(options)s: %(part)s of %(whole)s (%(percent)s).")
SENTENCES = {
    Sort.FIRST: gettext_noop("“%(option)s” comes first, with %(part)s of %(whole)s (%(percent)s)."),
    Sort.MORE_THAN_HALF: gettext_noop(
        "More than half choose “%(option)s”: %(part)s of %(whole)s (%(percent)s)."
    ),
    Sort.UNION: gettext_noop("%(options)s are more than half: %(part)s of %(whole)s (%(percent)s)."),
    Sort.GROUP: gettext_noop("%(options)s together: %(percent)s of %(whole)s mentions (%(part)s)."),
    Sort.CAPITAL: gettext_noop(
        "%(group)s: the city named most is the capital, %(option)s (%(part)s of %(whole)s)."
    ),
    Sort.NOT_CAPITAL: gettext_noop(
        "%(group)s: the city named most is %(option)s, not the capital (%(part)s of %(whole)s)."
    ),
    Sort.HIGHEST_LOWEST: gettext_noop(
        "“%(option)s”: most in %(group)s, %(part)s of %(whole)s (%(percent)s). "
        "Least in %(other)s, %(other_part)s of %(other_whole)s (%(other_percent)s)."
    ),
    Sort.DIFFERENCE: gettext_noop(
        "“%(option)s” stands out in %(group)s: %(percent)s, and %(other_percent)s elsewhere."
    ),
}
BASES = {
    Base.RESPONDENTS: gettext_noop("Base: %(number)s respondents."),
    Base.ANSWERING: gettext_noop("Base: %(number)s who answered."),
    Base.MENTIONS: gettext_noop("Base: %(number)s mentions."),
}
WEIGHTED = gettext_noop("weighted %(share)s")
WEIGHTED_BASE = gettext_noop("Weighted base: %(number)s.")
WITH_WEIGHTS = gettext_noop("With weights")
SHARE_WITH_WEIGHTS = gettext_noop("% with weights")
SEVERAL = gettext_noop("Several answers were possible: percentages do not add up.")


@dataclass(frozen=True)
class Voice:
    """The language in which numbers are told: its code and its translation of a message."""

    language: str
    say: Callable[[str], str]

    def text(self, texts: Texts, fallback: str = "") -> str:
        """Return the text in this language, else the first that has words."""
        return texts.get(self.language) or next((text for text in texts.values() if text), fallback)

    def name(self, category: Category) -> str:
        """Name a category."""
        return self.text(category.text, category.key)

    def title(self, column: Column) -> str:
        """Name a question."""
        return self.text(column.text, column.key)

    def decimal(self, value: Decimal) -> str:
        """Write a number with the language's mark."""
        return f"{value:f}" if self.language == "en" else f"{value:f}".replace(".", ",")

    def percent(self, value: Decimal | None) -> str:
        """Write a percentage; a dash where there is none."""
        if value is None:
            return "–"
        return self.decimal(value) + ("\u00a0%" if self.language == "es" else "%")

    def points(self, value: Decimal) -> str:
        """Write a difference in percentage points, with its sign."""
        return ("+" if value > 0 else "\u2212" if value < 0 else "") + self.decimal(abs(value))

    def sentence(self, fact: Fact) -> str:
        """Tell one finding."""
        if fact.sort is Sort.FIRST and fact.base is Base.MENTIONS:
            message = FIRST_OF_MENTIONS
        elif fact.sort is Sort.UNION and 2 * fact.shares[0].part <= fact.shares[0].whole:
            message = TOGETHER
        else:
            message = SENTENCES[fact.sort]
        here, there = fact.shares[0], fact.shares[-1]
        return self.say(message) % {
            "option": self.name(fact.options[0]),
            "options": self.listed([self.quoted(self.name(option)) for option in fact.options]),
            **self._numbers(here, ""),
            **self._numbers(there, "other_"),
            "other": self.name(there.group) if there.group else "",
            "group": self.name(here.group) if here.group else "",
        }

    def quoted(self, text: str) -> str:
        """Write a text between the quotes of the language."""
        return self.say(gettext_noop("“%(text)s”")) % {"text": text}

    def listed(self, names: list[str]) -> str:
        """Join names with commas, and the last one with "and"."""
        if len(names) < 2:
            return "".join(names)
        return self.say(gettext_noop("%(some)s and %(last)s")) % {
            "some": ", ".join(names[:-1]),
            "last": names[-1],
        }

    def base(self, base: Base, number: int) -> str:
        """Say of what percentages are shares."""
        return self.say(BASES[base]) % {"number": number}

    def _numbers(self, share: Share, mark: str) -> dict[str, object]:
        return {
            f"{mark}part": share.part,
            f"{mark}whole": share.whole,
            f"{mark}percent": self.percent(share.percent),
        }
