"""Instruments for tests: one small by hand, and as many as Hypothesis makes."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st

from tequio.surveys.rules.conditions import simple
from tequio.surveys.rules.faults import operators
from tequio.surveys.rules.instrument import (
    NATIONAL,
    NO,
    YES,
    Base,
    Clause,
    Condition,
    Instrument,
    Kind,
    Operator,
    Option,
    Question,
    Section,
    Value,
    Values,
)


def question(key: str, kind: Kind = Kind.OPEN, *options: str, **more: object) -> Question:
    """Return a question whose texts are its keys, in English."""
    return Question(
        key, kind, {"en": f"{key}?"}, options=tuple(Option(one, {"en": one}) for one in options), **more
    )


def instrument(*questions: Question) -> Instrument:
    return Instrument(("en",), {"en": "Asked"}, (Section("all", {"en": "All"}, questions),))


def when(key: str, operator: Operator = Operator.ANSWERED, value: str = "") -> Condition:
    return Condition((Clause(key, operator, value),))


LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp", "Zs"), include_characters=" "
)
WORDS = st.text(LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
LANGUAGES = ("es", "pt-br", "en")


@st.composite
def _texts(draw: st.DrawFn, languages: Sequence[str], empty: bool = False) -> dict[str, str]:
    if empty and draw(st.booleans()):
        return {}
    first = {languages[0]: draw(WORDS)}
    return first | {
        language: text for language in languages[1:] if (text := draw(st.one_of(st.just(""), WORDS)))
    }


@st.composite
def _options(
    draw: st.DrawFn, languages: Sequence[str], keys: Sequence[str], special: bool
) -> tuple[Option, ...]:
    chosen = draw(st.lists(st.sampled_from(keys), min_size=2, max_size=4, unique=True))
    other = draw(st.sampled_from([*chosen, ""])) if special else ""
    return tuple(
        Option(
            key,
            draw(_texts(languages)),
            group=draw(st.sampled_from(("", "public", "own"))) if special else "",
            other=key == other,
            alone=special and draw(st.integers(0, 4)) == 0,
        )
        for key in chosen
    )


@st.composite
def _condition(draw: st.DrawFn, before: Sequence[Question]) -> Condition | None:
    if not before or draw(st.booleans()):
        return None
    return simple(_group(draw, before, deep=2))


def _group(draw: st.DrawFn, before: Sequence[Question], *, deep: int) -> Condition:
    parts = tuple(
        _group(draw, before, deep=deep - 1)
        if deep and draw(st.integers(0, 3)) == 0
        else _clause(draw, draw(st.sampled_from(before)))
        for _ in range(draw(st.integers(1, 3)))
    )
    return Condition(parts, any_of=draw(st.booleans()))


def _clause(draw: st.DrawFn, on: Question) -> Clause:
    operator = draw(st.sampled_from(operators(on)))
    if operator is Operator.ANSWERED:
        return Clause(on.key, operator)
    if operator in (Operator.AT_LEAST, Operator.AT_MOST):
        return Clause(on.key, operator, str(draw(st.integers(0, 9))))
    return Clause(on.key, operator, draw(st.sampled_from(_choices(on))))


def _choices(on: Question) -> list[str]:
    if on.kind is Kind.YES_NO:
        return [YES, NO]
    if on.kind is Kind.CITIES:
        return [NATIONAL, "3435910"]
    if on.kind is Kind.MATRIX:
        return [f"{row.key}/{option.key}" for row in on.rows for option in on.options]
    return [option.key for option in on.options] or ["CO"]


@st.composite
def _question(draw: st.DrawFn, key: str, languages: Sequence[str], before: Sequence[Question]) -> Question:
    kind = draw(st.sampled_from(Kind))
    keys = ("AR", "BR", "CL", "CO", "MX") if kind is Kind.COUNTRY else ("a", "b", "1", "-99", "Other")
    options: tuple[Option, ...] = ()
    if kind in (Kind.SINGLE, Kind.MULTI, Kind.MATRIX) or (kind is Kind.COUNTRY and draw(st.booleans())):
        options = draw(_options(languages, keys, kind in (Kind.SINGLE, Kind.MULTI)))
    low, high = sorted(
        draw(st.tuples(st.decimals("-99", "99", places=2), st.decimals("-99", "99", places=2)))
    )
    bounded = kind is Kind.NUMBER
    return Question(
        key,
        kind,
        draw(_texts(languages)),
        hint=draw(_texts(languages, True)),
        required=draw(st.booleans()),
        options=options,
        rows=draw(_options(languages, ("r1", "r2", "r3"), False)) if kind is Kind.MATRIX else (),
        at_most=draw(st.sampled_from((None, 1, 2))) if kind is Kind.MULTI else None,
        lowest=draw(st.sampled_from((None, low))) if bounded else None,
        highest=draw(st.sampled_from((None, high))) if bounded else None,
        long=kind is Kind.OPEN and draw(st.booleans()),
        base=draw(st.sampled_from(Base)),
        condition=draw(_condition(before)),
    )


@st.composite
def instruments(draw: st.DrawFn, most: int = 6) -> Instrument:
    """Instruments without faults but for missing translations."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    before: list[Question] = []
    sections: list[Section] = []
    for number in range(draw(st.integers(1, 3))):
        condition = draw(_condition(before))
        first = len(before)
        for place in range(draw(st.integers(1, max(1, most // 3)))):
            before.append(draw(_question(f"q{number}_{place}", languages, tuple(before))))
        sections.append(
            Section(
                f"s{number}",
                draw(_texts(languages, True)),
                tuple(before[first:]),
                draw(_texts(languages, True)),
                condition,
            )
        )
    return Instrument(languages, draw(_texts(languages)), tuple(sections), draw(_texts(languages, True)))


@st.composite
def answers(draw: st.DrawFn, asking: Instrument) -> Values:
    """What somebody might say, asked or not, all of it possible."""
    return {one.key: draw(_value(one)) for one in asking.questions() if draw(st.integers(0, 3))}


@st.composite
def _value(draw: st.DrawFn, one: Question) -> Value:
    if one.kind is Kind.OPEN:
        return Value(text=draw(WORDS))
    if one.kind is Kind.NUMBER:
        low, high = one.lowest or Decimal(-99), one.highest or Decimal(99)
        return Value(number=draw(st.decimals(min(low, high), max(low, high), places=2)))
    if one.kind is Kind.DATE:
        return Value(date=draw(st.dates()).isoformat())
    if one.kind is Kind.MATRIX:
        keys = [option.key for option in one.options]
        return Value(rows={row.key: draw(st.sampled_from(keys)) for row in one.rows})
    return _choice(draw, one)


def _choice(draw: st.DrawFn, one: Question) -> Value:
    keys = _choices(one)
    most = (one.at_most or len(keys)) if one.kind in (Kind.MULTI, Kind.CITIES) else 1
    chosen = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=most, unique=True))
    alone = {option.key for option in one.options if option.alone}
    if len(chosen) > 1:
        chosen = [key for key in chosen if key not in alone] or chosen[:1]
    return Value(
        chosen=tuple(sorted(chosen, key=keys.index)) if one.kind is not Kind.CITIES else tuple(chosen)
    )
