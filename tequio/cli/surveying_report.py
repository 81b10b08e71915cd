"""The command ``survey report``: every table of a file of answers, in one file that anybody can open."""

from __future__ import annotations

import gettext
from dataclasses import replace
from pathlib import Path

import tequio.surveys
from tequio.cli.surveying import Asked, NoColumnTrouble, instrument_of, ordered, sheet_of
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _
from tequio.cli.words import language as of_terminal
from tequio.people.rules.words import fold
from tequio.surveys.formats.paper import Paper, as_html, as_markdown
from tequio.surveys.formats.wording import Voice
from tequio.surveys.rules.columns import Column, Sheet
from tequio.surveys.rules.crosstab import cross
from tequio.surveys.rules.instrument import CHOOSING, Instrument

MOST_OPTIONS = 60  # a column of more different answers is no question with options
WRITERS = {".html": as_html, ".htm": as_html, ".md": as_markdown}


def report(asked: Asked, *, out: Path, by: str | None, title: str, language: str | None) -> None:
    """Write the report; raise Trouble where the answers, the form or the file cannot be used."""
    write = WRITERS.get(out.suffix.lower())
    if write is None:
        raise Trouble(_("The report is written as .html or .md: %(file)s is neither.") % {"file": out})
    form = instrument_of(asked)
    voice = _voice(language or {"pt_BR": "pt-br"}.get(of_terminal(), of_terminal()))
    sheet = _read(asked, form)
    if by is not None:
        extra = sheet_of(asked, form, columns=[by]).columns
        rest = [one for one in sheet.columns if fold(one.key) != fold(by)]
        sheet = replace(sheet, columns=(*extra, *rest))
    counted = [one.key for one in sheet.columns if one.key == by or _countable(one)]
    sheet = Sheet(sheet.size, tuple(ordered(one, form) for one in sheet.columns))
    named = voice.text(form.title) if form else ""
    paper = Paper(
        title=title or named or asked.answers.name,
        source=asked.answers.name,
        answers=sheet.size,
        tables=[cross(sheet, rows=key) for key in counted],
        splits=[cross(sheet, rows=key, by=[by]) for key in counted if key != by] if by else [],
        left_out=[voice.title(one) for one in sheet.columns if one.key not in counted],
    )
    out.write_text(write(paper, voice), encoding="utf-8")


def _read(asked: Asked, form: Instrument | None) -> Sheet:
    """Read every column; with a form, each of its questions with options that the file holds, in its order."""
    if form is None:
        return sheet_of(asked, None, columns=None)
    keys = [question.key for question in form.questions() if question.kind in CHOOSING]
    while keys:
        try:
            return sheet_of(asked, form, columns=keys)
        except NoColumnTrouble as missing:
            keys.remove(missing.wanted)
    raise Trouble(_("The file holds no question of this form."))


def _voice(language: str) -> Voice:
    folder = Path(tequio.surveys.__file__).parent / "locale"
    wanted = {"pt-br": "pt_BR"}.get(language, language)
    catalog = gettext.translation("django", localedir=folder, languages=[wanted], fallback=True)
    return Voice(language, catalog.gettext)


def _countable(column: Column) -> bool:
    """Say whether answers repeat: names, texts and numbers of rows are no options."""
    answered = sum(1 for ticks in column.ticks if ticks)
    used = len({tick for ticks in column.ticks for tick in ticks})
    return 0 < len(column.categories) <= MOST_OPTIONS and (
        column.several or used <= 2 or 2 * used <= answered
    )
