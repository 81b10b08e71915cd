"""What is published of surveys, and what a release is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tequio.core.actor import Actor
from tequio.surveys.models import Preparation, Printout, Release, Reply, State, Survey, Thanks, Version
from tequio.surveys.rules.coded import with_codes
from tequio.surveys.rules.columns import Sheet
from tequio.surveys.rules.instrument import YES, Instrument, Values
from tequio.surveys.rules.sheeted import merged, sheet_of
from tequio.surveys.selectors.said import counting, places, resting
from tequio.surveys.selectors.said import said as read
from tequio.surveys.selectors.settled import codes_of, put, settled_of


@dataclass(frozen=True)
class Answers:
    """Everything that counts of a survey: what was asked over all versions, and what was said, as columns."""

    instrument: Instrument
    versions: tuple[int, ...]
    sheet: Sheet
    first: datetime | None
    last: datetime | None
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    names: tuple[str, ...]


def survey(slug: str) -> Survey | None:
    """Return the survey of this name that was opened once."""
    return Survey.objects.exclude(state=State.DRAFT).filter(slug=slug).first()


def prepared(slug: str) -> tuple[Survey, Preparation | None] | None:
    """Return the survey of this name that was opened once, and the release that is being prepared, in one query."""
    rows = Survey.objects.exclude(state=State.DRAFT).select_related("preparation").defer("preparation__basis")
    found = rows.filter(slug=slug).first()
    return None if found is None else (found, getattr(found, "preparation", None))


def has_report(_actor: Actor | None, found: Survey) -> bool:
    """Say whether something was published of a survey; everybody may know."""
    return Release.objects.filter(survey=found).exists()


def releases(found: Survey) -> list[Release]:
    """Return what was published of a survey, the newest first, withdrawn ones too."""
    rows = Release.objects.filter(survey=found).select_related(
        "withdrawal", "thanks", "published_by__person", "survey"
    )
    return list(rows.defer("basis").order_by("-number"))


def named(release: Release) -> list[str]:
    """Return the names that are printed with a release; an old one holds them in its document."""
    thanks: Thanks | None = getattr(release, "thanks", None)
    return list(thanks.names if thanks else release.document.get("names", []))


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
    return with_codes(merged(instruments), codes_of(found)) if instruments else None


def answers(found: Survey) -> Answers:
    """Return all that was sent and counts, in a handful of queries; for jobs. Raises ``LookupError`` where nothing was opened."""
    instrument = opened_instrument(found)
    if instrument is None:
        raise LookupError(found.slug)
    rows = list(counting(found).select_related("version").order_by("pk"))
    said = read(counting(found), instrument, answers=resting(instrument))
    put(said, settled_of(found, codes_of(found)))
    values = tuple(said.get(row.pk, {}) for row in rows)
    times = sorted(row.sent_at for row in rows if row.sent_at)
    return Answers(
        instrument,
        versions=tuple(sorted({row.version.number for row in rows})),
        sheet=sheet_of(instrument, values, places=places(instrument, values)),
        first=times[0] if times else None,
        last=times[-1] if times else None,
        languages=tuple(sorted({row.language for row in rows})),
        sources=tuple(sorted({row.source for row in rows})),
        names=_names(instrument, rows, values),
    )


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
