"""How the command `tequio survey` is asked; what it does is loaded when it is called."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tequio.cli.words import gettext_now as _

Command = Callable[..., argparse.ArgumentParser]
LANGUAGES = ("es", "pt-br", "en")


def describe(every: Any, command: Command) -> None:
    """Add the command `survey` with its steps."""
    survey = command(
        every, "survey", _("count answers of a survey from files; needs no database"),
        "tequio survey crosstab --answers answers.csv --rows themes --by country --multi ';'", _crosstab,
    )  # fmt: skip
    steps = survey.add_subparsers(dest="step", required=True, metavar=_("STEP"))
    _describe_check(steps, command)
    _describe_crosstab(steps, command)
    _describe_report(steps, command)


def _describe_check(steps: Any, command: Command) -> None:
    check = command(
        steps, "check", _("read a form in XLSForm and say row by row what is not taken over"),
        "tequio survey check form.xlsx\ntequio survey check form.xlsx --json", _check,
    )  # fmt: skip
    check.add_argument(
        "file", type=Path, metavar="F.xlsx", help=_("the form: a workbook of ODK or KoboToolbox")
    )
    check.add_argument("--json", action="store_true", help=_("print it as JSON"))


def _describe_crosstab(steps: Any, command: Command) -> None:
    table = command(
        steps, "crosstab", _("count a question, alone or by up to three others"),
        "tequio survey crosstab --answers answers.csv --rows themes --by country --by size --multi ';' --format json\n"
        "tequio survey crosstab --answers answers.csv.xz --rows age --weight w --where country=CO",
        _crosstab,
    )  # fmt: skip
    table.description = "\n".join([f"{table.description}\n", *map(_, COUNTED)])
    _reading(table)
    table.add_argument("--rows", required=True, metavar="COLUMN", help=_("the question that is counted"))
    table.add_argument(
        "--by", action="append", default=[], metavar="COLUMN", help=_("split by this question; up to three times")
    )  # fmt: skip
    table.add_argument("--weight", metavar="COLUMN", help=_("how much each answer weighs: numbers"))
    table.add_argument(
        "--where", action="append", default=[], metavar="COLUMN=VALUE",
        help=_("only who answered this; the same column again adds a value, another column narrows further"),
    )  # fmt: skip
    table.add_argument(
        "--base", choices=("answering", "respondents"),
        help=_("of whom of_respondents is a share: of those who answered the question, or of everybody"),
    )  # fmt: skip
    table.add_argument(
        "--format", choices=("csv", "json"), default="csv", help=_("how it answers (default: csv)")
    )


def _describe_report(steps: Any, command: Command) -> None:
    report = command(
        steps, "report", _("write every table of a survey, with bases, bars and findings, into one file"),
        "tequio survey report --answers answers.csv --instrument form.xlsx --out report.html --language es", _report,
    )  # fmt: skip
    _reading(report)
    report.add_argument(
        "--by", metavar="COLUMN", help=_("split every table by this question too, such as the country")
    )
    report.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("the report: .html or .md"))
    report.add_argument("--title", default="", help=_("its title (default: what the form says)"))
    report.add_argument(
        "--language", choices=LANGUAGES, help=_("its language (default: that of the terminal)")
    )


def _reading(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--answers", type=Path, required=True, metavar="FILE",
        help=_("CSV, XLSX or ODS, CSV also packed as .gz or .xz; marks and letters are guessed"),
    )  # fmt: skip
    one.add_argument("--instrument", type=Path, metavar="F.xlsx", help=_("the form that was asked: XLSForm"))
    one.add_argument(
        "--multi", metavar="SEPARATOR", help=_("what parts several answers in one cell, such as ; or a comma")
    )


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogs."""
    return message


COUNTED = (
    gettext_noop("base: who answered the question of --rows, within --where. An empty cell is no answer."),
    gettext_noop("Where each option has a column of 0 and 1, whoever has anything there answered."),
    gettext_noop("respondents: everybody within --where. With --base respondents, they are the base."),
    gettext_noop("mentions: all ticks. Who ticks three options makes three."),
    gettext_noop("of_respondents: percent of the base. of_mentions: percent of the ticks."),
    gettext_noop("Half goes up: 15.625 is 15.63."),
    gettext_noop("With --by, each percent is of its own group; groups says the base of each."),
    gettext_noop("With --weight, percents are of weights. Counts and bases stay people."),
    gettext_noop("Options stand in the order of the form, else the most frequent first."),
)


def _check(asked: argparse.Namespace) -> int:
    from tequio.cli import surveying_check

    return surveying_check.check(asked.file, as_json=asked.json)


def _crosstab(asked: argparse.Namespace) -> None:
    from tequio.cli import surveying

    surveying.crosstab(
        surveying.Asked(asked.answers, asked.instrument, asked.multi),
        rows=asked.rows,
        by=asked.by,
        weight=asked.weight,
        where=asked.where,
        base=asked.base,
        as_json=asked.format == "json",
    )


def _report(asked: argparse.Namespace) -> None:
    from tequio.cli.surveying import Asked
    from tequio.cli.surveying_report import report

    report(
        Asked(asked.answers, asked.instrument, asked.multi),
        out=asked.out,
        by=asked.by,
        title=asked.title,
        language=asked.language,
    )
