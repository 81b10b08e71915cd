"""The lists of options of a form, and the texts of its cells in each language."""

from __future__ import annotations

from dataclasses import dataclass, field

from tequio.surveys.formats.xlsform.book import Book, Line
from tequio.surveys.formats.xlsform.languages import code_of
from tequio.surveys.formats.xlsform.telling import Code, Outcome, Problem
from tequio.surveys.formats.xlsform.writing import APART
from tequio.surveys.rules.faults import OPTION_KEY
from tequio.surveys.rules.instrument import Option

KNOWN = {
    "list_name",
    "list",
    "name",
    "value",
    "label",
    "order",
    "tequio_group",
    "tequio_other",
    "tequio_alone",
}
MEDIA = {"image", "audio", "video", "big-image", "media"}
SURE = ("yes", "true", "true()", "1")


@dataclass
class Tongue:
    """In which languages a form speaks: the columns of each, and the one of columns that name none."""

    default: str
    codes: tuple[str, ...]

    def texts(self, line: Line, column: str) -> dict[str, str]:
        """Return what a cell and its translations say; what is only a dash is none."""
        found: dict[str, str] = {}
        for name, text in line.cells.items():
            base, _mark, language = name.partition("::")
            if base == column:
                code = code_of(language) or language.casefold() if language else self.default
                if code in self.codes and text != "-":
                    found.setdefault(code, text.replace(APART, ""))
        return {code: found[code] for code in self.codes if code in found}


def tongue_of(book: Book, default: str) -> Tongue:
    """Return the languages of a form: first the one that its settings name, or of texts that name none, then as they stand."""
    named = code_of((book.sheets.get("settings") or [Line(1, {})])[0].get("default_language"))
    headings = [heading for sheet in ("survey", "choices") for heading in book.headings.get(sheet, ())]
    labels = [heading.partition("::") for heading in headings if heading.partition("::")[0] == "label"]
    codes = dict.fromkeys(_code(language) for _base, mark, language in labels if mark)
    plain = any(not mark for _base, mark, _language in labels)
    first = named or (default if plain or not codes else next(iter(codes)))
    if plain or not codes:
        codes[first] = None
    first = first if first in codes else next(iter(codes))
    return Tongue(first, tuple(sorted(codes, key=lambda code: code != first)))


def _code(language: str) -> str:
    return code_of(language) or language.casefold()


@dataclass
class Lists:
    """The lists by name, and the names of options that had to change."""

    options: dict[str, list[Option]] = field(default_factory=dict)
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)


def lists_of(book: Book, tongue: Tongue) -> Lists:
    """Return the options of each list, each once; what was wrong with them goes to the problems of the book."""
    lists = Lists()
    _tell_columns(book)
    for line in book.sheets.get("choices", ()):
        name = line.get("list_name") or line.get("list")
        key = line.get("name") or line.get("value")
        if not name or not key:
            if tongue.texts(line, "label"):
                _tell(book, Code.NO_NAME, Outcome.LEFT_OUT, line, "name")
            continue
        _add(book, lists, tongue, line, name, key)
    return lists


def _add(book: Book, lists: Lists, tongue: Tongue, line: Line, name: str, key: str) -> None:
    options = lists.options.setdefault(name, [])
    fit = key if OPTION_KEY.match(key) else _fitting(key)
    if any(option.key == fit for option in options):
        return _tell(book, Code.OPTION_TWICE, Outcome.LEFT_OUT, line, "name", key)
    if fit != key:
        lists.renamed[(name, key)] = fit
        _tell(book, Code.OPTION_NAME, Outcome.SIMPLIFIED, line, "name", key)
    text = tongue.texts(line, "label")
    if not text:
        _tell(book, Code.NO_LABEL, Outcome.SIMPLIFIED, line, "label", key)
        text = {tongue.codes[0]: key}
    options.append(
        Option(
            fit,
            text,
            group=line.get("tequio_group"),
            other=line.get("tequio_other") == "yes",
            alone=line.get("tequio_alone") == "yes",
        )
    )
    return None


def _fitting(key: str) -> str:
    return "".join(mark if OPTION_KEY.match(mark) else "_" for mark in key)[:60]


def _tell_columns(book: Book) -> None:
    for heading in book.headings.get("choices", ()):
        base = heading.partition("::")[0]
        used = any(line.get(heading) for line in book.sheets["choices"])
        if base in KNOWN or not used:
            continue
        code = Code.MEDIA if base in MEDIA else Code.COLUMN
        book.problems.append(Problem(code, Outcome.KEPT, "choices", 1, heading))


def _tell(book: Book, code: Code, outcome: Outcome, line: Line, column: str, value: str = "") -> None:
    book.problems.append(Problem(code, outcome, "choices", line.number, column, value[:80]))
