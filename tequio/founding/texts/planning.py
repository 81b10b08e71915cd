"""The strategic planning document: what the six steps hold, put together once more, and typed once only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.founding.rules import Settled
from tequio.founding.texts.articles import written
from tequio.founding.texts.headings import HEADINGS
from tequio.founding.texts.reach import QUESTIONS as REACH
from tequio.founding.texts.steps import TOPICS
from tequio.founding.texts.tables import bullets
from tequio.founding.texts.words import Said, Word, said

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A part of the document: the question it comes from, its heading, and its words; ``said`` is None while open."""

    code: str
    heading: Word
    said: Said | None


@dataclass(frozen=True)
class Chapter:
    heading: Word
    parts: Sequence[Part]


# Heading -> the questions whose answers stand under it, in the order of the manual. Source: STR-09 to STR-12.
CHAPTERS: Sequence[tuple[Word, Sequence[str]]] = (
    (TOPICS["context"], ("politics", "economy", "actors", "outlook")),
    (TOPICS["why"], ("purpose", "mission", "vision", "values", "pillars")),
    (TOPICS["goal"], ("objective", "specific", "longlist")),
    (TOPICS["plan"], ("actions",)),
    (HEADINGS["reach"], ("territory", "places", "audience")),
    (HEADINGS["areas"], ("areas", "needs", "sources")),
)


def planning(settled: Settled, *, languages: Sequence[str]) -> list[Chapter]:
    """Return the strategic planning document of what is settled. Source: STR-11, REA-11."""
    return [
        Chapter(heading, [Part(code, _heading(code), _said(settled, code, languages)) for code in codes])
        for heading, codes in CHAPTERS
    ]


def _heading(code: str) -> Word:
    return PARTS.get(code) or HEADINGS[code]


def _said(settled: Settled, code: str, languages: Sequence[str]) -> Said | None:
    spoken: dict[str, str] = {}
    for language in languages:
        with translation.override(language):
            body = COMPOSED.get(code, written)(settled, code, language)
        if body:
            spoken[language] = body
    return said(spoken)


def _actors(settled: Settled, code: str, language: str) -> str:
    """Say who is involved, how it touches them, and how much they can change."""
    words, lines = REACH[code], []
    for row in settled.rows(code):
        name, text = (_spoken(row, part, language) for part in ("name", "text"))
        effect, influence = (words.options.get(str(row.get(part))) for part in ("effect", "influence"))
        said = [f"**{name}.**", text, f"{effect}." if effect else ""]
        if influence:
            said.append(f"{words.parts['influence']}: {str(influence).lower()}.")
        lines += [" ".join(filter(None, said))] if name else []
    return bullets(lines)


def _outlook(settled: Settled, code: str, language: str) -> str:
    options, lines = REACH[code].options, []
    for row in settled.rows(code):
        text, kind = _spoken(row, "text", language), options.get(str(row.get("kind")))
        lines += [f"{kind}: {text}" if kind else text] if text else []
    return bullets(lines)


def _actions(settled: Settled, code: str, language: str) -> str:
    """Say what is done for each objective, by whom, until when and with what. Source: REA-10."""
    goals = {row["id"]: _spoken(row, "text", language) for row in settled.rows("specific")}
    return _grouped(settled.rows(code), "objective", {**goals, "": str(HEADINGS["objective"])}, language)


def _longlist(settled: Settled, code: str, language: str) -> str:
    """Say which objectives answer to which pillar. Source: STR-12."""
    pillars = {row["id"]: _spoken(row, "name", language) for row in settled.rows("pillars")}
    return _grouped(settled.rows(code), "pillar", {**pillars, "": _("Not tied to a pillar yet")}, language)


def _grouped(rows: Sequence[Row], by: str, groups: Mapping[str, str], language: str) -> str:
    parts = []
    for key, heading in groups.items():
        under = [row for row in rows if (row.get(by) if row.get(by) in groups else "") == key]
        lines = [line for row in under if (line := _line(row, language))]
        if lines:
            parts.append(f"**{heading}**\n\n{bullets(lines)}")
    return "\n\n".join(parts)


def _line(row: Row, language: str) -> str:
    text = _spoken(row, "text", language)
    until = row.get("until")
    day = format_date(date.fromisoformat(until), "long", locale=language.replace("-", "_")) if until else ""
    beside = [str(row.get("who") or ""), day, _spoken(row, "means", language)]
    return text and " ".join(filter(None, (text, _in_brackets(beside))))


def _in_brackets(facts: Sequence[str]) -> str:
    named = [fact for fact in facts if fact]
    return f"({'; '.join(named)})" if named else ""


def _spoken(row: Row, part: str, language: str) -> str:
    value = row.get(part)
    return str(value.get(language, "")).strip() if isinstance(value, Mapping) else ""


PARTS: Mapping[str, Word] = {
    "politics": gettext_lazy("Society and politics"),
    "economy": gettext_lazy("The economy"),
    "actors": TOPICS["actors"],
    "outlook": TOPICS["work"],
    "purpose": gettext_lazy("Purpose"),
    "specific": gettext_lazy("Specific objectives"),
    "longlist": TOPICS["longlist"],
    "actions": TOPICS["plan"],
    "territory": TOPICS["where"],
    "places": gettext_lazy("Places"),
    "audience": TOPICS["whom"],
}
COMPOSED: Mapping[str, Callable[[Settled, str, str], str]] = {
    "actors": _actors,
    "outlook": _outlook,
    "actions": _actions,
    "longlist": _longlist,
}
