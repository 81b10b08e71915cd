"""Lots in files: two tables become a lot, odds become a document, a document with its draw can be checked."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.elections.rules.lot_facts import NotALot, commitment_of, facts_of, number, read
from tequio.elections.rules.lots import Entrant, Impossible, Lot, Panel, Quota, odds
from tequio.people.formats.tables import Unreadable, read_grid

FORMAT = "tequio/lottery/1"
_NUMBER = re.compile(r"\d{1,6}")
HEADINGS = ("feature", "value", "min", "max")


class BadLot(ValueError):
    """A file says no lot; the message says which line and column, in the active language."""

    def __init__(self, sentence: str | Promise, **values: object) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        return str(self.sentence) % self.values


@dataclass(frozen=True)
class _Line:
    """One line of a table, by its headings."""

    file: str
    number: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, sentence: str | Promise, column: str, **values: object) -> BadLot:
        what = str(sentence) % {"said": self.cells.get(column, "")[:80], **values}
        return BadLot(
            _("%(file)s, line %(line)s, column %(column)s: %(what)s"),
            file=self.file, line=self.number, column=column, what=what,
        )  # fmt: skip


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _table(content: bytes, *, name: str) -> tuple[list[str], list[_Line]]:
    """Return the headings and the lines of a table; raise BadLot."""
    try:
        rows = [row for row in read_grid(content).rows if not row.empty]
    except Unreadable:
        raise BadLot(_("%(file)s is no table with columns: use CSV."), file=name) from None
    if len(rows) < 2:
        raise BadLot(_("%(file)s has no lines below its headings."), file=name)
    headings = [_clean(cell) for cell in rows[0].cells]
    if twice := sorted({one for one in headings if one and headings.count(one) > 1}):
        raise BadLot(_("%(file)s has two columns called %(column)s."), file=name, column=twice[0])
    return headings, [_line(name, headings, row.number, row.cells) for row in rows[1:]]


def _line(name: str, headings: Sequence[str], number: int, cells: Sequence[str]) -> _Line:
    if len(cells) > len(headings):
        raise BadLot(
            _("%(file)s, line %(line)s has more cells than there are columns."), file=name, line=number
        )
    filled = [*map(_clean, cells), *[""] * (len(headings) - len(cells))]
    return _Line(name, number, dict(zip(headings, filled, strict=True)))


def read_lot(
    *, features: tuple[str, bytes] | None, pool: tuple[str, bytes], size: int, id_column: str | None = None
) -> Lot:
    """Read a lot from two tables, each with the name of its file; raise BadLot with the line and column."""
    quotas = _quotas(*features) if features else ()
    names = tuple(dict.fromkeys(one.feature for one in quotas))
    headings, lines = _table(pool[1], name=pool[0])
    identity = headings[0] if id_column is None else id_column
    for column in (identity, *names):
        if column not in headings:
            raise BadLot(_("%(file)s has no column %(column)s."), file=pool[0], column=column)
    known = {feature: {one.value for one in quotas if one.feature == feature} for feature in names}
    return Lot(size, names, quotas, tuple(_entrants(lines, identity, known)))


def _quotas(name: str, content: bytes) -> tuple[Quota, ...]:
    headings, lines = _table(content, name=name)
    for column in HEADINGS:
        if column not in headings:
            raise BadLot(_("%(file)s has no column %(column)s."), file=name, column=column)
    found: dict[tuple[str, str], Quota] = {}
    for line in lines:
        quota = _quota(line)
        if (quota.feature, quota.value) in found:
            raise line.wrong(_("this value stands there twice: “%(said)s”"), "value")
        found[quota.feature, quota.value] = quota
    return tuple(found.values())


def _quota(line: _Line) -> Quota:
    for column in ("feature", "value"):
        if not line.cells[column]:
            raise line.wrong(_("this cell is empty"), column)
    for column in ("min", "max"):
        if not _NUMBER.fullmatch(line.cells[column]):
            raise line.wrong(_("“%(said)s” is not a whole number"), column)
    quota = Quota(line.cells["feature"], line.cells["value"], int(line.cells["min"]), int(line.cells["max"]))
    if quota.least > quota.most:
        raise line.wrong(_("the smallest number is above the largest, %(most)s"), "min", most=quota.most)
    return quota


def _entrants(lines: Sequence[_Line], identity: str, known: Mapping[str, set[str]]) -> Iterator[Entrant]:
    seen: dict[str, int] = {}
    for line in lines:
        name = line.cells[identity]
        if not name:
            raise line.wrong(_("this cell is empty"), identity)
        if name in seen:
            raise line.wrong(_("“%(said)s” already stands in line %(line)s"), identity, line=seen[name])
        seen[name] = line.number
        for feature, values in known.items():
            if line.cells[feature] not in values:
                raise line.wrong(_("“%(said)s” is not one of the values with a quota"), feature)
        yield Entrant(name, tuple(line.cells[feature] for feature in known))


# --- documents ------------------------------------------------------------------------------------------------


def document(lot: Lot, panels: Sequence[Panel]) -> dict[str, Any]:
    """Return the odds of a lot with all that a draw and its check need."""
    found = odds(lot, panels)
    facts = facts_of(lot, panels)
    return {
        "format": FORMAT,
        "odds": {one: number(share) for one, share in found.items()},
        "min": number(min(found.values())),
        "commitment": commitment_of(facts),
        **facts,
    }


def load(content: bytes, *, name: str) -> dict[str, Any]:
    """Read a document; raise BadLot for what is none."""
    try:
        found = json.loads(content)
        json.dumps(found, ensure_ascii=False).encode()  # half of a letter alone is no text
    except (ValueError, RecursionError):
        raise BadLot(_("%(file)s is not JSON."), file=name) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadLot(_("%(file)s holds no lot: tequio lottery odds --json writes one."), file=name)
    return found


def lot_of(found: Mapping[str, Any], *, name: str) -> tuple[Lot, tuple[Panel, ...]]:
    """Return the lot of a document with its panels; raise BadLot."""
    try:
        return read(found)
    except NotALot as where:
        raise BadLot(_("%(file)s: its part “%(part)s” cannot be read."), file=name, part=where) from None


# --- why no panel is possible -----------------------------------------------------------------------------------

WHY = {
    "no_seats": _("A panel needs at least one seat."),
    "pool_too_small": _("The panel wants %(wanted)s, and the pool has %(found)s."),
    "least_over_most": _("%(feature)s, %(value)s: the smallest number, %(wanted)s, is above the largest, %(found)s."),
    "too_few": _("%(feature)s, %(value)s: the quota wants at least %(wanted)s, and the pool has %(found)s."),
    "least_over_size": _("%(feature)s: its quotas want at least %(wanted)s in all, and the panel has %(found)s seats."),
    "most_under_size": _("%(feature)s: its quotas fill at most %(found)s of the %(wanted)s seats."),
    "quotas_clash": _("No panel keeps all quotas together. It would work with: %(changes)s."),
    "several_types": _("This lot has quotas, so its odds have to be computed first."),
}  # fmt: skip
CHANGE = _("%(feature)s, %(value)s from %(least)s to %(most)s")


def why(problem: Impossible) -> str:
    """Say why no panel is possible, in the active language."""
    changes = "; ".join(
        str(CHANGE) % {"feature": one.feature, "value": one.value, "least": one.least, "most": one.most}
        for one in problem.changes
    )
    return str(WHY[problem.code]) % {
        "feature": problem.feature,
        "value": problem.value,
        "wanted": problem.wanted,
        "found": problem.found,
        "changes": changes,
    }
