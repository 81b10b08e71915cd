"""Answers drawn with a seed, and what is counted of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tequio.surveys.rules.protection import Counted, parts


@dataclass(frozen=True)
class Asked:
    """One question of a drawn survey and what each respondent ticked; None was not asked."""

    key: str
    options: int
    several: bool
    most: int | None
    alone: int | None
    ticks: tuple[tuple[int, ...] | None, ...]
    leans: tuple[str, ...] = ()
    on: int = -1  # the option of the question it leans on


@dataclass(frozen=True)
class Field:
    """A drawn survey: the column (country) of each respondent, and the questions."""

    columns: tuple[int, ...]
    countries: int
    asked: tuple[Asked, ...]
    names: tuple[str, ...] = ()  # of the columns, as documents call them; "" is who said no country

    @property
    def size(self) -> int:
        return len(self.columns)

    def first(self, size: int) -> Field:
        """Return what the first respondents answered."""
        asked = tuple(
            Asked(q.key, q.options, q.several, q.most, q.alone, q.ticks[:size], q.leans, q.on)
            for q in self.asked
        )
        return Field(self.columns[:size], self.countries, asked, self.names)


def drawn(seed: int, *, size: int = 0) -> Field:
    """Draw a survey: some options rare, some ticked by nearly all, some left empty, some asked of a part."""
    chance = Random(seed)
    size = size or chance.randint(20, 140)
    countries = chance.randint(2, 6)
    weights = [chance.choice((1, 2, 4, 8)) for _ in range(countries)]
    columns = tuple(chance.choices(range(countries), weights, k=size))
    asked: list[Asked] = []
    for number in range(5):
        asked.append(_question(chance, f"q{number}", columns))
    first = next((each for each in asked if not each.several), None)
    if first is not None:
        on = chance.randrange(first.options)
        reached = tuple(ticks is not None and on in ticks for ticks in first.ticks)
        asked.append(_question(chance, "after", columns, reached=reached, leans=(first.key,), on=on))
    return Field(columns, countries, tuple(asked))


def _question(
    chance: Random,
    key: str,
    columns: Sequence[int],
    *,
    reached: Sequence[bool] | None = None,
    leans: tuple[str, ...] = (),
    on: int = -1,
) -> Asked:
    several = chance.random() < 0.6
    options = chance.randint(2, 8)
    most = chance.choice((None, None, 1, 2, 3)) if several else None
    alone = options - 1 if several and chance.random() < 0.3 else None
    odds = [chance.choice((0.01, 0.05, 0.2, 0.5, 0.8, 0.97)) for _ in range(options)]
    tilt = {
        (option, column): chance.uniform(0.5, 1.5) for option in range(options) for column in set(columns)
    }
    silence = chance.choice((0, 0, 0.03, 0.2))
    ticks: list[tuple[int, ...] | None] = []
    for at, column in enumerate(columns):
        if reached is not None and not reached[at]:
            ticks.append(None)
        elif chance.random() < silence:
            ticks.append(())
        else:
            here = [odds[option] * tilt[option, column] for option in range(options)]
            ticks.append(_ticked(chance, here, several, most, alone))
    return Asked(key, options, several, most, alone, tuple(ticks), leans, on)


def _ticked(
    chance: Random, odds: Sequence[float], several: bool, most: int | None, alone: int | None
) -> tuple[int, ...]:
    one = chance.choices(range(len(odds)), odds)[0]
    if not several or one == alone:
        return (one,)
    found = {one} | {at for at, odd in enumerate(odds) if at != alone and chance.random() < odd}
    kept = [one, *(at for at in sorted(found) if at != one)][: most or len(odds)]
    return tuple(sorted(kept))


def counted(field: Field, *, fixed: tuple[tuple[int, ...], ...] | None = None) -> list[Counted]:
    """Count a drawn survey, by country where that is possible."""
    sizes = [field.columns.count(country) for country in range(field.countries)]
    columns = fixed if fixed is not None else parts(sizes)
    return [_counted(field, question, columns) for question in field.asked]


def _counted(field: Field, question: Asked, columns: tuple[tuple[int, ...], ...] | None) -> Counted:
    there = [set(part) for part in (() if question.leans else columns or ())]  # as releases do
    answers = [(ticks, field.columns[at]) for at, ticks in enumerate(question.ticks) if ticks is not None]
    options = range(question.options)
    return Counted(
        question.key,
        counts=tuple(sum(option in ticks for ticks, _ in answers) for option in options),
        asked=len(answers),
        answered=sum(bool(ticks) for ticks, _ in answers),
        several=question.several,
        most=question.most,
        alone=() if question.alone is None else (question.alone,),
        by=tuple(
            tuple(sum(option in ticks and column in part for ticks, column in answers) for part in there)
            for option in options
        )
        if there
        else (),
        within=tuple(sum(bool(ticks) and column in part for ticks, column in answers) for part in there),
        leans=question.leans,
    )
