"""Pictures of what founders put into tables: the map of actors, the plan of each objective, the map of areas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tequio.founding import rules, texts
from tequio.founding.selectors import Path
from tequio.founding.views.tables import RowSaid, as_texts, rows_said, table
from tequio.networks.models import Effect, Influence

COLUMNS = ("HARMED", "MIXED", "HELPED")
BANDS = ("HIGH", "MEDIUM", "LOW")
WIDE, HIGH, TOP, STEP = 106, 92, 26, 30
A_LINE = 3


@dataclass(frozen=True)
class Spot:
    """An actor on the map: its number in the table, and where it stands."""

    number: int
    x: int
    y: int
    effect: str


@dataclass(frozen=True)
class ActorMap:
    """Who is affected how, and who can change how much, as a picture and a table. Source: REA-05."""

    spots: Sequence[Spot]
    rows: Sequence[RowSaid]
    columns: Sequence[tuple[int, texts.Word]]
    bands: Sequence[tuple[int, texts.Word]]


def actor_map(path: Path) -> ActorMap | None:
    """Return the map of actors, or None while nobody is on it."""
    rows = table(path, "actors")
    if not rows:
        return None
    return ActorMap(
        spots=_spots(rows),
        rows=rows,
        columns=[(place * WIDE + WIDE // 2 + 1, Effect(code).label) for place, code in enumerate(COLUMNS)],
        bands=[(place * HIGH + TOP + 14, Influence(code).label) for place, code in enumerate(BANDS)],
    )


def _spots(rows: Sequence[RowSaid]) -> list[Spot]:
    """Put each actor into its cell, three beside one another; who has no place yet stands in the table alone."""
    taken: dict[tuple[str, str], int] = {}
    spots = []
    for number, row in enumerate(rows, start=1):
        effect, influence = row.plain.get("effect"), row.plain.get("influence")
        if effect not in COLUMNS or influence not in BANDS:
            continue
        place = taken.get((effect, influence), 0)
        taken[effect, influence] = place + 1
        line, column = divmod(place, A_LINE)
        x = COLUMNS.index(effect) * WIDE + 24 + column * STEP
        y = BANDS.index(influence) * HIGH + TOP + 34 + min(line, 1) * 26
        spots.append(Spot(number, x, y, effect))
    return spots


@dataclass(frozen=True)
class Planned:
    """An objective and what is planned for it; ``general`` is the one that all others lead to."""

    objective: Any
    actions: Sequence[RowSaid]
    general: bool = False


def plan(path: Path) -> list[Planned]:
    """Return each specific objective with its actions, and what serves the general one. Source: REA-10."""
    actions = [
        replace(one, facts=one.facts[1:] if one.plain.get("objective") else one.facts)
        for one in table(path, "actions")
    ]
    specific = path.settled.rows("specific")
    keys = {row["id"] for row in specific}
    found = [
        Planned(as_texts(row["text"]), [one for one in actions if one.plain.get("objective") == row["id"]])
        for row in specific
    ]
    rest = [one for one in actions if one.plain.get("objective") not in keys]
    return [*found, Planned(None, rest, general=True)] if rest else found


@dataclass(frozen=True)
class Carried:
    """Something written in step 1 that step 6 builds on. Source: REA-11."""

    topic: str
    ask: texts.Word
    said: texts.Said | None
    rows: Sequence[RowSaid]


CARRIED = {
    "mission": ("purpose", "objective"),
    "values": ("purpose",),
    "pillars": ("objective", "audience"),
    "longlist": ("objective", "specific", "pillars"),
}


def carried(path: Path, topic: str) -> list[Carried]:
    """Return what was written before and flows into a topic, without being typed again."""
    found = [_carried(path, rules.BY_CODE[code]) for code in CARRIED.get(topic, ())]
    return [each for each in found if each.said or each.rows]


def _carried(path: Path, question: rules.Question) -> Carried:
    is_table = question.kind is rules.Kind.ROWS
    return Carried(
        topic=question.topic,
        ask=texts.QUESTIONS[question.code].ask,
        said=None if is_table else texts.said(path.settled.text(question.code)),
        rows=rows_said(question, path.settled.rows(question.code), path) if is_table else [],
    )
