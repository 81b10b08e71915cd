"""What an import says of itself: what it did, what it left out, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tequio.people.formats.organizations import Reading
from tequio.people.models import Organization
from tequio.people.rules.words import fold
from tequio.people.selectors.duplicates import why
from tequio.people.services.import_reading import NEW, Duplicate, Plan

_KEPT = 2_000  # rejections and duplicates kept to be shown


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do."""

    read: int
    imported: int
    merged: int
    rejected: Sequence[Mapping[str, Any]]
    duplicates: Sequence[Mapping[str, Any]]
    places_found: int
    places_unknown: Sequence[str]
    unknown: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {
            "read": self.read,
            "imported": self.imported,
            "rejected": [{"row": one["row"], "reason": one["reason"]} for one in self.rejected],
            "duplicates": list(self.duplicates),
            "places_found": self.places_found,
            "places_unknown": list(self.places_unknown),
        }


def report_import(
    *,
    plan: Plan,
    imported: int,
    merged: int,
    choices: Mapping[int, str],
    made: Mapping[int, Organization] | None = None,
) -> ImportReport:
    """Return what an import did, or would do, from its plan and what was chosen."""
    unknown: dict[str, Counter[str]] = {}
    places: Counter[bool] = Counter()
    strange: dict[str, None] = {}
    for one in plan.sheet.readings:
        for name, written in one.unknown:
            unknown.setdefault(name, Counter())[written] += 1
        for city in one.details.cities:
            known = (one.details.country, city) in plan.cities
            places[known] += 1
            strange |= {} if known else {city: None}
    return ImportReport(
        read=plan.sheet.read,
        imported=imported,
        merged=merged,
        rejected=[
            {"row": one.row, "reason": reason(code=one.reason), "code": one.reason, "cells": list(one.cells)}
            for one in plan.sheet.rejections
        ],
        duplicates=[
            _duplicate(one, choices.get(number, one.proposed)) for number, one in plan.duplicates.items()
        ],
        places_found=places[True],
        places_unknown=list(strange),
        unknown={
            name: [text for text, _times in counter.most_common(20)] for name, counter in unknown.items()
        },
    )


def _duplicate(one: Duplicate, choice: str) -> dict[str, Any]:
    return {
        "row": one.row,
        "name": one.name,
        "of": one.of,
        "of_row": one.of_row,
        "certain": one.likeness.certain,
        "why": why(one.likeness) if one.of_row is None else _in_file(one),
        "done": choice,
    }


def _in_file(one: Duplicate) -> str:
    return _("Row %(row)s of the file: %(why)s") % {"row": one.of_row, "why": why(one.likeness)}


def preview_import(*, plan: Plan) -> dict[str, Any]:
    """Return what is kept of an import that waits for somebody to say yes."""
    chosen = {number: one.proposed for number, one in plan.duplicates.items()}
    left = sum(choice != NEW for choice in chosen.values())
    report = report_import(plan=plan, imported=len(plan.sheet.readings) - left, merged=0, choices=chosen)
    return kept_report(report=report, plan=plan)


def kept_report(*, report: ImportReport, plan: Plan) -> dict[str, Any]:
    """Return what of the report is kept: enough for its page, never a second copy of the file."""
    sheet = plan.sheet
    return {
        "read": report.read,
        "imported": report.imported,
        "merged": report.merged,
        "rejected": list(report.rejected[:_KEPT]),
        "rejected_count": len(report.rejected),
        "duplicates": list(report.duplicates[:_KEPT]),
        "duplicates_count": len(report.duplicates),
        "places_found": report.places_found,
        "places_unknown": list(report.places_unknown[:_KEPT]),
        "unknown": {name: list(texts) for name, texts in report.unknown.items()},
        "columns": [text[:120] for text in sheet.headings],
        "headings": {
            fold(text): sheet.mapping.get(column, "")
            for column, text in enumerate(sheet.headings)
            if fold(text)
        },
        "sheets": list(sheet.sheets),
        "sample": [_sample(one) for one in sheet.readings[:5]],
    }


def _sample(one: Reading) -> dict[str, Any]:
    said = one.details
    return {
        "row": one.row, "name": said.name, "kind": said.kind, "sector": said.sector, "country": said.country,
        "cities": list(said.cities), "website": said.website,
    }  # fmt: skip


def reason(*, code: str) -> str:
    """Say in the reader's language why a row, or a whole file, cannot be read."""
    return str(_reasons().get(code, code))


def _reasons() -> dict[str, str]:
    return {
        "no_name": _("It has no name."),
        "long_name": _("The name is longer than 200 letters."),
        "no_letters": _("The name has no letters."),
        "broken_cell": _("The name is an error of the spreadsheet."),
        "open_quote": _("A quotation mark opens here and does not close: the next rows are within this one."),
        "more_cells": _("It has more cells than the table has columns."),
        "heading_again": _("It repeats the headings."),
        "too_large": _("The file is larger than 10 MB. Part it in two."),
        "too_many_rows": _("The file has more than 50,000 rows. Part it in two."),
        "too_many_columns": _("The file has more than 200 columns. Keep those about the organizations."),
        "empty": _("There is nothing in the file."),
        "broken": _("The file is broken. Open it in a spreadsheet and save it again."),
        "another_kind": _(
            "This is no CSV, XLSX or ODS. In your spreadsheet choose “Save as” and one of these."
        ),
        "locked": _("This workbook is locked with a password. Save it without one and try again."),
        "bomb": _("The file unfolds into something far too large. It was not opened."),
    }
