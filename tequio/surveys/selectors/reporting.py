"""A frozen release as its readers read it: sentences and bars in their language, from nothing but its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from tequio.core.http import address
from tequio.core.texts import language_of, say
from tequio.networks.models import Network
from tequio.people.rules.countries import country_name
from tequio.surveys.models import Release
from tequio.surveys.rules.grounded import groundless
from tequio.surveys.rules.reporting import Count, count_of, first_of, more_than_half, whole_of
from tequio.surveys.rules.shares import rounded

TONES = ("indigo", "carmine", "jade", "walnut", "gold")
Document = Mapping[str, Any]
Bar = tuple[str, int, str]


@dataclass(frozen=True)
class Finding:
    """A big number and the sentence that it stands for."""

    number: str
    sentence: str
    tone: str


@dataclass(frozen=True)
class Chart:
    """One table: a heading that says what stands out, the question, its base, the bars, what is withheld and why.

    ``by`` are the same options with a figure for each column, where the columns are published too.
    """

    key: str
    heading: str
    question: str
    notes: tuple[str, ...]
    bars: tuple[Bar, ...]
    full: int
    withheld: tuple[str, ...]
    tone: str
    by: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def first_bars(self) -> list[Bar]:
        """Return the three longest bars, for what tells a report in short."""
        return sorted(self.bars, key=lambda bar: -bar[1])[:3]


@dataclass(frozen=True)
class Split:
    """One column to filter by."""

    key: str
    name: str
    size: int


@dataclass(frozen=True)
class Written:
    """What those who publish wrote, in which language, and its numbers that no table says."""

    text: str
    language: str
    groundless: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def foreign(self) -> bool:
        """Say whether it is not yet written in the reader's language."""
        return bool(self.text) and self.language != get_language()


@dataclass(frozen=True)
class Signed:
    """What a member read in the numbers, about which question."""

    text: str
    language: str
    about: str
    day: str


@dataclass(frozen=True)
class Report:
    """A whole report in one language; ``absent`` are the questions without a table, each with the reason."""

    title: str
    findings: tuple[Finding, ...]
    splits: tuple[Split, ...]
    split_name: str
    chosen: Split | None
    charts: tuple[Chart, ...]
    absent: tuple[tuple[str, str], ...]
    method: tuple[str, ...]
    own_method: Written
    own_words: Written
    signed: tuple[Signed, ...]
    changes: Written
    tiles: Mapping[str, int]
    tiles_said: str


def report(document: Document, *, column: str = "") -> Report:
    """Return a release in the active language, of everybody or of one column of those it was split by."""
    splits = tuple(_splits(document))
    at = next((index for index, one in enumerate(splits) if one.key == column), None)
    tables = {table["key"]: table for table in document["tables"]}
    tiles = _tiles(document)
    return Report(
        title=say(document["title"]),
        findings=tuple(_findings(document, tables)),
        splits=splits,
        split_name=say((document["dimension"] or {}).get("text")),
        chosen=None if at is None else splits[at],
        charts=tuple(_charts(document["tables"], at)),
        absent=tuple(_absent(document["tables"], at)),
        method=tuple(_method(document)),
        own_method=_written(document["method"], document),
        own_words=_written(document.get("words"), document),
        signed=tuple(_signed(document, tables)),
        changes=_written(document.get("corrects", {}).get("changes"), document),
        tiles=tiles,
        tiles_said=", ".join(f"{country_name(code, _tongue())} {number}" for code, number in tiles.items()),
    )


def cited(release: Release, network: Network) -> str:
    """Return how a report is cited, with its address for good."""
    document = release.document
    return _("%(who)s (%(year)s). %(title)s. Report %(number)s, %(answers)s answers. %(url)s") % {
        "who": document["authors"] or say(network.name),
        "year": timezone.localtime(release.published_at).year,
        "title": say(document["title"]),
        "number": release.number,
        "answers": number(document["respondents"]),
        "url": settings.ORIGIN.rstrip("/")
        + address("surveys:release", network.slug, release.survey.slug, release.number),
    }


def published_on(release: Release) -> str:
    """Return the day on which a report was published, with its year: papers are read later."""
    return _day(timezone.localtime(release.published_at).date().isoformat())


def number(value: Decimal | int) -> str:
    """Write a number as the reader's language does."""
    return str(format_decimal(value, locale=to_locale(get_language() or "en"), decimal_quantization=False))


def _tongue() -> str:
    return (get_language() or "en").partition("-")[0]


def _percent(share: Decimal | None, *, digits: int = 1) -> str:
    if share is None:
        return ""
    pattern = "#,##0.0" if digits else "#,##0"
    said = format_decimal(
        rounded(share, digits=digits), format=pattern, locale=to_locale(get_language() or "en")
    )
    return _("%(number)s %%") % {"number": said}


# Findings


def _findings(document: Document, tables: Mapping[str, Document]) -> Iterator[Finding]:
    for at, key in enumerate(document["findings"]):
        table = tables.get(key, {})
        row = first_of(table) if table else None
        if row is not None:
            figure = count_of(table, row)
            yield Finding(_big(figure, table), _sentence(figure, table, row), TONES[(at + 1) % 3])


def _big(figure: Count, table: Document) -> str:
    if figure.exact is None:
        return number(figure.low or 0)
    return _percent(figure.share, digits=0) if table["base"] == "MENTIONS" else number(figure.exact)


def _sentence(figure: Count, table: Document, row: Document) -> str:
    words = {
        "option": say(row["text"]), "question": say(table["text"]), "whole": number(figure.whole),
        "count": number(figure.low or 0),
    }  # fmt: skip
    if figure.exact is None:
        return _("or more of %(whole)s answered “%(option)s”. %(question)s") % words
    if table["base"] == "MENTIONS":
        return _("of %(whole)s mentions are “%(option)s”: %(count)s. %(question)s") % words
    return _("of %(whole)s answered “%(option)s”. %(question)s") % words


# Tables


def _charts(tables: Sequence[Document], at: int | None) -> Iterator[Chart]:
    shown = [table for table in tables if "rows" in table and (at is None or table.get("by"))]
    for place, table in enumerate(shown):
        counts = [(row, count_of(table, row, at)) for row in table["rows"]]
        said = [(row, figure) for row, figure in counts if figure.low is not None]
        if said:
            silent = tuple(_name(row) for row, figure in counts if figure.low is None)
            yield _chart(table, said, silent, at, TONES[place % len(TONES)])


def _chart(
    table: Document,
    said: Sequence[tuple[Document, Count]],
    silent: tuple[str, ...],
    at: int | None,
    tone: str,
) -> Chart:
    ranked = sorted(said, key=lambda one: -(one[1].low or 0)) if table["several"] else said
    row = first_of(table) if at is None else None
    row = None if row and row.get("other") else row
    return Chart(
        key=table["key"],
        heading=_heading(table, row) if row else say(table["text"]),
        question=say(table["text"]) if row else "",
        notes=tuple(_notes(table, at)),
        bars=tuple((_name(row), _length(figure), _figure(figure)) for row, figure in ranked),
        full=whole_of(table, at) if table["base"] != "MENTIONS" else 0,
        withheld=tuple(_withheld(table, silent, at)),
        tone=tone,
        by=tuple(_by(table)) if at is None and table.get("by") else (),
    )


def _by(table: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in table["rows"]:
        figures = [count_of(table, row, column) for column in range(len(table["within"]))]
        if any(figure.exact is not None for figure in figures):
            yield _name(row), tuple("·" if one.exact is None else _figure(one) for one in figures)


def _name(row: Document) -> str:
    return say(row["text"]) or country_name(row["key"], _tongue()) or row["key"]


def _heading(table: Document, row: Document) -> str:
    words = {"option": _name(row)}
    return (
        _("More than half: %(option)s") % words
        if more_than_half(table, row)
        else _("First: %(option)s") % words
    )


def _length(figure: Count) -> int:
    """The bar of a range is drawn to where it is certain."""
    return figure.low or 0


def _figure(figure: Count) -> str:
    if figure.exact is not None:
        return f"{number(figure.exact)} ({_percent(figure.share)})"
    if figure.low:
        return _("%(number)s or more") % {"number": number(figure.low)}
    return _("fewer than %(number)s") % {"number": number((figure.high or 0) + 1)}


def _notes(table: Document, at: int | None) -> Iterator[str]:
    if table["several"]:
        yield _("Several could be chosen.")
    if table["base"] == "MENTIONS" and at is None:
        yield _("Share of %(mentions)s mentions by %(answered)s who answered.") % {
            "mentions": number(table["mentions"]), "answered": number(table["answered"])
        }  # fmt: skip
    else:
        base = _("n = %(number)s") % {"number": number(whole_of(table, at))}
        yield base.replace(" ", "\u00a0")


def _withheld(table: Document, silent: Sequence[str], at: int | None) -> Iterator[str]:
    if not silent and not (table.get("hidden") and at is None):
        return
    if silent:
        yield _("Not shown: %(options)s.") % {"options": "; ".join(silent)}
    else:
        yield _("Other answers are not shown.")
    if at is None and table.get("together"):
        yield _("Together they are %(number)s.") % {"number": number(table["together"])}


def _absent(tables: Sequence[Document], at: int | None) -> Iterator[tuple[str, str]]:
    for table in tables:
        if "why" in table:
            yield say(table["text"]), str(_reason(table["why"]))
        elif at is None and not any(row["low"] is not None for row in table["rows"]):
            yield say(table["text"]), _("Too few chose one answer or the other.")


def _reason(why: str) -> str:
    return {
        "FEW": _("Too few people answered it."),
        "CONDITION": _("Who was asked it would tell what is withheld elsewhere."),
        "LINKED": _("Its numbers would give small groups away."),
        "EARLIER": _("Too few new answers came since an earlier report."),
    }[why]


# What it is split by


def _splits(document: Document) -> Iterator[Split]:
    for column in (document["dimension"] or {}).get("columns", ()):
        name = _("Others, too few each") if column["merged"] else _name(column)
        yield Split(column["key"], name, column["size"])


def _tiles(document: Document) -> dict[str, int]:
    """Return organizations by country, where that is what the tables are split by."""
    columns = (document["dimension"] or {}).get("columns", ())
    return {
        column["key"]: column["size"]
        for column in columns
        if len(column["key"]) == 2 and column["key"].isupper()
    }


# What people wrote


def _written(texts: Mapping[str, str] | None, document: Document) -> Written:
    text = say(texts)
    return Written(text, language_of(texts), tuple(groundless(text, document)) if text else ())


def _signed(document: Document, tables: Mapping[str, Document]) -> Iterator[Signed]:
    for one in document.get("signed", ()):
        about = say(tables[one["question"]]["text"]) if one["question"] in tables else ""
        yield Signed(one["text"], one["language"], about, _day(one["on"]))


# How it was made


def _method(document: Document) -> Iterator[str]:
    respondents = document["respondents"]
    yield ngettext("%(number)s answer counts.", "%(number)s answers count.", respondents) % {
        "number": number(respondents)
    }
    if document["first"]:
        days = {"first": _day(document["first"]), "last": _day(document["last"])}
        yield _("They came between %(first)s and %(last)s.") % days
    yield " ".join(str(sentence) for sentence in _ways(document["ways"]))
    if len(document["versions"]) > 1:
        yield _("The questions had %(number)s versions; what was asked alike is counted together.") % {
            "number": number(len(document["versions"]))
        }
    if document["open"]:
        yield _("The survey was still open when this was counted.")
    yield _("Percentages are rounded half up. Whoever ticked several options counts once in each.")


def _ways(sources: Sequence[str]) -> list[str]:
    said = {
        "PAGE": _("People answered on a page of their own."),
        "INTERVIEW": _("Some answers were written down in interviews."),
        "FILE": _("Some answers were read from a file."),
    }
    return [said[source] for source in said if source in sources]


def _day(iso: str) -> str:
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(iso), "long", locale=to_locale(get_language() or "en")))
