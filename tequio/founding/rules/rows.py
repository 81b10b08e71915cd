"""Tables that founders fill together: laid over what stood, merged with what others did, never lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tequio.founding.rules.agreement import Written
from tequio.founding.rules.questions import Part, PartKind, Question

Row = Mapping[str, Any]
_WORDS = (PartKind.LINE, PartKind.LONG)
_NOTHING: tuple[Any, ...] = (None, "", {}, [])


class Clash(ValueError):
    """Two people changed the same part of the same row."""


def rows_of(question: Question, languages: Mapping[str, Written]) -> list[dict[str, Any]]:
    """Return the rows of a table as they stand, each spoken part as a text per language.

    Tables were once kept as one text or list per language: such are woven, row by row.
    """
    if "" in languages:
        return [dict(row) for row in languages[""].rows]
    spoken = {language: _earlier(question, each) for language, each in languages.items() if not each.empty}
    longest = max((len(rows) for rows in spoken.values()), default=0)
    return [_woven(question, spoken, place) for place in range(longest)]


def _earlier(question: Question, written: Written) -> Sequence[Row]:
    """Return what was a text or a list as rows, a line each."""
    if written.rows:
        return written.rows
    part = next(part.code for part in question.parts if part.spoken)
    return [{part: line.strip()} for line in written.body.splitlines() if line.strip()]


def _woven(question: Question, spoken: Mapping[str, Sequence[Row]], place: int) -> dict[str, Any]:
    rows = {language: rows[place] for language, rows in spoken.items() if place < len(rows)}
    woven: dict[str, Any] = {"id": f"row{place}"}
    for part in question.parts:
        if part.spoken:
            woven[part.code] = {
                language: row[part.code] for language, row in rows.items() if row.get(part.code)
            }
        else:
            woven[part.code] = next(iter(rows.values())).get(part.code, "")
    return woven


def lay_over(
    question: Question,
    before: Sequence[Row],
    sent: Sequence[Row],
    *,
    language: str,
    known: Sequence[Row],
    name: Callable[[], str],
) -> list[dict[str, Any]]:
    """Return the rows that were sent in one language, with what stood in the others; empty rows fall out.

    ``before`` is what the writer had in front of them, ``name`` names a new row; one that says the same as a row
    that came meanwhile (``known``) is that row.
    """
    stood = {row["id"]: row for row in before}
    fresh = {
        row["id"]: {key: row[key] for key in row if key != "id"} for row in known if row["id"] not in stood
    }
    laid = [_laid(question, stood.get(row.get("id", ""), {}), row, language) for row in sent]
    return [
        {"id": row.get("id") or _same_as(row, fresh) or name(), **row}
        for row in laid
        if says_something(question, row)
    ]


def _same_as(row: Row, fresh: Mapping[str, Row]) -> str:
    return next((key for key, other in fresh.items() if other == row), "")


def _laid(question: Question, stood: Row, sent: Row, language: str) -> dict[str, Any]:
    laid: dict[str, Any] = {"id": sent["id"]} if sent.get("id") else {}
    for part in question.parts:
        value = sent.get(part.code)
        laid[part.code] = _spoken(part, stood, value, language) if part.spoken else value or ""
    return laid


def _spoken(part: Part, stood: Row, value: Any, language: str) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {code: text for code, text in value.items() if text}
    known = {**(stood.get(part.code) or {}), language: value or ""}
    return {code: text for code, text in known.items() if text}


def says_something(question: Question, row: Row) -> bool:
    """Say whether a row holds words; a choice alone says nothing."""
    return any(row.get(part.code) for part in question.parts if part.kind in _WORDS)


def merge(base: Sequence[Row], current: Sequence[Row], mine: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows with what two people did to them since ``base``, in the order of mine.

    Raises Clash where both changed the same part of the same row.
    """
    was, now, own = ({row["id"]: dict(row) for row in rows} for rows in (base, current, mine))
    found = [_merged(was.get(key), now.get(key), own.get(key)) for key in {**own, **now}]
    return [row for row in found if row]


def _merged(was: Any, now: Any, own: Any) -> Any:
    if own == now or (now in _NOTHING and own in _NOTHING):
        return own
    if own == was:
        return now
    if now == was:
        return own
    if all(isinstance(each, Mapping) for each in (now, own)):
        was = was if isinstance(was, Mapping) else {}
        parts = {key: _merged(was.get(key), now.get(key), own.get(key)) for key in {**now, **own}}
        return {key: value for key, value in parts.items() if value is not None}
    raise Clash


@dataclass(frozen=True)
class Met:
    """A row of two tables: what both make of it (``one``), or what each says where they clash (None: removed)."""

    key: str
    one: Row | None = None
    here: Row | None = None
    there: Row | None = None

    @property
    def clashes(self) -> bool:
        return self.one is None


def meet(base: Sequence[Row], here: Sequence[Row], there: Sequence[Row]) -> list[Met]:
    """Lay two tables beside one another, row by row, in the order of ``here``; a row that both removed falls out."""
    was, now, own = ({row["id"]: dict(row) for row in rows} for rows in (base, here, there))
    return [
        met
        for key in {**now, **own}
        if (met := _met(key, was.get(key), now.get(key), own.get(key))) is not None
    ]


def _met(key: str, was: Any, now: Any, own: Any) -> Met | None:
    try:
        one = _merged(was, now, own)
    except Clash:
        return Met(key, here=now, there=own)
    return Met(key, one=one) if one else None


HERE, THERE, BOTH = "here", "there", "both"


def settled_rows(met: Sequence[Met], choices: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return one table: where rows clash, the one that was chosen, or both of them under names of their own."""
    found: list[dict[str, Any]] = []
    for each in met:
        chosen = choices.get(each.key, BOTH)
        sides = {HERE: [each.here], THERE: [each.there], BOTH: [each.here, each.there]}
        rows = [dict(row) for row in (sides[chosen] if each.clashes else [each.one]) if row]
        found += [*rows[:1], *({**row, "id": ""} for row in rows[1:])]
    return found


def spoken_in(question: Question, rows: Sequence[Row]) -> set[str]:
    """Return the languages in which at least one row says something."""
    return {
        language
        for row in rows
        for part in question.parts
        if part.spoken
        for language, text in (row.get(part.code) or {}).items()
        if text
    }


def untold_in(question: Question, rows: Sequence[Row], language: str) -> int:
    """Return how many rows lack, in a language, a part that they have in another."""
    return sum(
        any(row.get(part.code) and not row[part.code].get(language) for part in question.parts if part.spoken)
        for row in rows
    )
