"""What is published of surveys, and what a release is counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tequio.core.actor import Actor
from tequio.people.models import Place
from tequio.surveys.models import Answer, Preparation, Printout, Release, Reply, State, Survey, Tick, Version
from tequio.surveys.rules.columns import Category, Sheet
from tequio.surveys.rules.instrument import YES, Instrument, Kind, Value, Values
from tequio.surveys.rules.sheeted import Places, merged, sheet_of


@dataclass(frozen=True)
class Answers:
    """Everything that counts of a survey: what was asked over all versions, and what each respondent said."""

    instrument: Instrument
    versions: tuple[int, ...]
    replies: tuple[Values, ...]
    sheet: Sheet
    first: datetime | None
    last: datetime | None
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    names: tuple[str, ...]


def survey(slug: str) -> Survey | None:
    """Return the survey of this name that was opened once."""
    return Survey.objects.exclude(state=State.DRAFT).filter(slug=slug).first()


def has_report(_actor: Actor | None, found: Survey) -> bool:
    """Say whether something was published of a survey; everybody may know."""
    return Release.objects.filter(survey=found).exists()


def releases(found: Survey) -> list[Release]:
    """Return what was published of a survey, the newest first, withdrawn ones too."""
    rows = Release.objects.filter(survey=found).select_related("withdrawal", "published_by__person", "survey")
    return list(rows.defer("basis").order_by("-number"))


def preparation(_actor: Actor, found: Survey) -> Preparation | None:
    """Return the release that is being prepared; its page asks first who may."""
    return Preparation.objects.filter(survey=found).defer("basis").first()


def papers(release: Release) -> dict[str, Printout]:
    """Return the PDFs of a release by language, without their content."""
    return {one.language: one for one in Printout.objects.filter(release=release).defer("content")}


def paper(release: Release, language: str) -> Printout | None:
    """Return the PDF of a release in one language, where it could be printed."""
    return Printout.objects.filter(release=release, language=language).exclude(content=b"").first()


def opened_instrument(found: Survey) -> Instrument | None:
    """Return what a survey asks over all versions that were opened."""
    versions = Version.objects.filter(survey=found, opened_at__isnull=False).order_by("-number")
    instruments = [version.instrument for version in versions]
    return merged(instruments) if instruments else None


def answers(found: Survey) -> Answers:
    """Return all that was sent and counts, in a handful of queries; for jobs. Raises ``LookupError`` where nothing was opened."""
    instrument = opened_instrument(found)
    if instrument is None:
        raise LookupError(found.slug)
    rows = list(
        Reply.objects.filter(survey=found, sent_at__isnull=False, set_aside=False)
        .select_related("version")
        .order_by("pk")
    )
    said = _values([row.pk for row in rows])
    values = tuple(said.get(row.pk, {}) for row in rows)
    times = sorted(row.sent_at for row in rows if row.sent_at)
    return Answers(
        instrument,
        versions=tuple(sorted({row.version.number for row in rows})),
        replies=values,
        sheet=sheet_of(instrument, values, places=_places(instrument, values)),
        first=times[0] if times else None,
        last=times[-1] if times else None,
        languages=tuple(sorted({row.language for row in rows})),
        sources=tuple(sorted({row.source for row in rows})),
        names=_names(instrument, rows, values),
    )


def _values(replies: Sequence[int]) -> Mapping[int, Values]:
    """Read what many replies say in two queries."""
    found: defaultdict[int, dict[str, Value]] = defaultdict(dict)
    chosen: defaultdict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    ticks = Tick.objects.filter(reply__in=replies).order_by("pk")
    for reply, question, row, option in ticks.values_list("reply_id", "question", "row", "option"):
        chosen[reply, question].append((row, option))
    for (reply, question), ticked in chosen.items():
        plain = tuple(option for row, option in ticked if not row)
        found[reply][question] = Value(plain, rows={row: option for row, option in ticked if row})
    numbers = Answer.objects.filter(reply__in=replies, number__isnull=False)
    for reply, question, number in numbers.values_list("reply_id", "question", "number"):
        found[reply].setdefault(question, Value(number=number))
    texts = Answer.objects.filter(reply__in=replies).exclude(text="")
    for reply, question in texts.values_list("reply_id", "question"):
        found[reply].setdefault(question, Value(text="…"))  # that something was said: a condition may ask it
    return found


def _places(instrument: Instrument, values: Sequence[Values]) -> Places:
    asked = [one.key for one in instrument.questions() if one.kind is Kind.CITIES]
    numbers = {
        one for said in values for key in asked if key in said for one in said[key].chosen if one.isdecimal()
    }
    rows = Place.objects.filter(pk__in=[int(number) for number in numbers])
    return Places({str(row.pk): Category(str(row.pk), {"en": row.name}, row.country) for row in rows})


def _names(instrument: Instrument, rows: Sequence[Reply], values: Sequence[Values]) -> tuple[str, ...]:
    """Return the names of those who said that theirs may be printed. Source: CTX-14."""
    question = instrument.with_role("PUBLISH")
    if question is None:
        return ()
    willing = {
        row.organization_name.strip()
        for row, said in zip(rows, values, strict=True)
        if question.key in said and YES in said[question.key].chosen
    }
    return tuple(sorted(willing - {""}, key=str.casefold))
