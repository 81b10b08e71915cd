"""One row of the sheet "survey" as a question."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tequio.surveys.formats.xlsform.book import Book, Line
from tequio.surveys.formats.xlsform.choices import MEDIA, SURE, Lists, Tongue
from tequio.surveys.formats.xlsform.conditions import Known, Limits, condition_of, limits_of, relevant
from tequio.surveys.formats.xlsform.expressions import DEEPEST, NotSaid
from tequio.surveys.formats.xlsform.telling import Code, Outcome, Problem
from tequio.surveys.formats.xlsform.writing import YES_NO_LIST
from tequio.surveys.rules.conditions import depth, number_of
from tequio.surveys.rules.faults import ISO_COUNTRY, MOST_OPTIONS, QUESTION_KEY
from tequio.surveys.rules.instrument import (
    NO,
    OTHER,
    ROLES,
    YES,
    Base,
    Condition,
    Kind,
    Option,
    Question,
)
from tequio.surveys.rules.written import from_json

TEXT, WHOLE, NUMBER = ("text", "string", "note"), ("integer", "int"), ("decimal", "range", "number")
RECORDED = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "start-geopoint", "background-audio", "background-geopoint", "imei",
}  # fmt: skip
NOT_TAKEN = {
    "geopoint",
    "geotrace",
    "geoshape",
    "image",
    "photo",
    "audio",
    "video",
    "file",
    "osm",
    "signature",
}
COMPUTED = {"calculate", "hidden", "calculate_here"}
AS_TEXT = {"time", "barcode"}
OTHER_FILE = {
    "select_one_from_file", "select_multiple_from_file", "select_one_external", "csv-external", "xml-external",
    "xls-external", "select_one_from_map",
}  # fmt: skip
SELECTS = {"select_one": Kind.SINGLE, "select1": Kind.SINGLE, "select_multiple": Kind.MULTI, "rank": Kind.MULTI,
           "select_all_that_apply": Kind.MULTI}  # fmt: skip
READ = {
    "type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", "choice_filter", "default",
    "read_only", "readonly", "calculation", "parameters", "disabled", "constraint_message", "required_message",
    "repeat_count", "trigger", "guidance_hint", "relevance",
}  # fmt: skip
PLAIN = {"", "minimal", "multiline", "horizontal", "horizontal-compact", "compact", "quick", "likert", "columns",
         "columns-pack", "autocomplete", "field-list", "no-buttons", "no-calendar"}  # fmt: skip
_REFERENCE = re.compile(r"\$\{[^}]*\}")
_SPEC = re.compile(
    r"(select[ _]one|select[ _]multiple|select[ _]all[ _]that[ _]apply|rank|select1)[ _]+(?:from[ _]+)?(.*)",
    re.IGNORECASE,
)


@dataclass
class Reader:
    """What has been read so far: keys given, questions that conditions can rest on, names of what was left out."""

    book: Book
    tongue: Tongue
    lists: Lists
    keys: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    known: dict[str, Known] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)


def tell(reader: Reader, code: Code, outcome: Outcome, line: Line, column: str, value: str = "") -> None:
    """Write down what could not be taken over."""
    reader.book.problems.append(Problem(code, outcome, "survey", line.number, column, value[:80]))


def tell_columns(reader: Reader) -> None:
    """Tell of columns that say nothing to us, once each."""
    for heading in reader.book.headings["survey"]:
        base = heading.partition("::")[0]
        if base in READ or base.startswith("tequio_"):
            continue
        if any(line.get(heading) for line in reader.book.sheets["survey"]):
            code = Code.MEDIA if base in MEDIA else Code.COLUMN
            reader.book.problems.append(Problem(code, Outcome.KEPT, "survey", 1, heading))


def key_for(reader: Reader, line: Line, *, fallback: str) -> str:
    """Return a key that no other question or section has, as near as can be to the name of the row."""
    name = line.get("name")
    key = name if QUESTION_KEY.match(name) else _fitting(name) or fallback
    if not name:
        if fallback.startswith("question"):
            tell(reader, Code.NO_NAME, Outcome.SIMPLIFIED, line, "name", key)
    elif key != name:
        tell(reader, Code.NAME, Outcome.SIMPLIFIED, line, "name", name)
    if key in reader.keys:
        if name:
            tell(reader, Code.NAME_TWICE, Outcome.SIMPLIFIED, line, "name", name)
        key = next(f"{key[:55]}_{n}" for n in range(2, 100_000) if f"{key[:55]}_{n}" not in reader.keys)
    reader.keys.add(key)
    return key


def _fitting(name: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9_-]", "_", name)[:60]
    return kept if QUESTION_KEY.match(kept) else f"_{kept}"[:60] if kept else ""


def question_of(reader: Reader, line: Line) -> Known | None:
    """Return the question of a row, or None where it was left out, which is told."""
    if _passed_over(reader, line):
        reader.gone.add(line.get("name"))
        return None
    kind, options, whole = _sort(reader, line)
    if kind is None:
        reader.gone.add(line.get("name"))
        return None
    key = key_for(reader, line, fallback=f"question_{line.number}")
    question = Question(
        key,
        kind,
        label_of(reader, line),
        hint=reader.tongue.texts(line, "hint"),
        required=required_in(reader, line),
        options=options,
        long="multiline" in line.get("appearance"),
        base=base_in(line),
        condition=condition_in(reader, line),
        role=role_in(reader, line),
    )
    question = _limited(reader, line, replace(question, long=question.long and kind is Kind.OPEN), whole)
    _tell_rest(reader, line)
    known = Known(question, whole=whole)
    reader.known[line.get("name") or key] = known
    return known


def _passed_over(reader: Reader, line: Line) -> bool:
    sort = line.get("type").split()[0].casefold() if line.get("type") else ""
    if line.get("disabled").casefold() in SURE:
        return True
    if not sort:
        if line.get("name") or reader.tongue.texts(line, "label"):
            tell(reader, Code.TYPE, Outcome.LEFT_OUT, line, "type", line.get("name"))
        return True
    name = line.get("name")
    if sort in RECORDED:
        tell(reader, Code.RECORDED, Outcome.LEFT_OUT, line, "type", line.get("type"))
    elif sort in COMPUTED or (line.get("calculation") and not reader.tongue.texts(line, "label")):
        tell(reader, Code.CALCULATION, Outcome.LEFT_OUT, line, "type", name or sort)
    elif sort in OTHER_FILE:
        tell(reader, Code.OTHER_FILE, Outcome.LEFT_OUT, line, "type", line.get("type"))
    elif name.endswith(".other") and _is_other(reader, name.removesuffix(".other")):
        pass  # what "other" is belongs to the option itself
    else:
        return False
    return True


def _is_other(reader: Reader, key: str) -> bool:
    return key in reader.known and any(option.other for option in reader.known[key].question.options)


def _sort(reader: Reader, line: Line) -> tuple[Kind | None, tuple[Option, ...], bool]:
    """Return the kind of a row, its options, and whether its numbers are whole."""
    said = " ".join(line.get("type").split())
    sort = said.casefold().split(" ")[0]
    if found := _SPEC.match(said):
        return (*_select(reader, line, found[1].casefold().replace(" ", "_"), found[2].strip()), False)
    if sort in TEXT:
        named = line.get("tequio_kind")
        return (Kind(named) if named in ("CITIES", "COUNTRY") else Kind.OPEN), (), False
    if sort in WHOLE or sort in NUMBER:
        return Kind.NUMBER, (), sort in WHOLE
    if sort == "date":
        return Kind.DATE, (), False
    simple = {"datetime": (Kind.DATE, Code.AS_DATE), "acknowledge": (Kind.YES_NO, Code.AS_YES_NO),
              "trigger": (Kind.YES_NO, Code.AS_YES_NO)} | dict.fromkeys(AS_TEXT, (Kind.OPEN, Code.AS_TEXT))  # fmt: skip
    if sort in simple:
        tell(reader, simple[sort][1], Outcome.SIMPLIFIED, line, "type", said)
        return simple[sort][0], (), False
    tell(reader, Code.TYPE, Outcome.LEFT_OUT, line, "type", said)
    return None, (), False


def _select(reader: Reader, line: Line, sort: str, named: str) -> tuple[Kind | None, tuple[Option, ...]]:
    """Return the kind of a question of choice and its options."""
    or_other = named.endswith((" or_other", " or other"))
    name = named.removesuffix(" or_other").removesuffix(" or other").strip()
    options = list(reader.lists.options.get(name, ()))
    if not options:
        tell(reader, Code.NO_LIST, Outcome.LEFT_OUT, line, "type", line.get("type"))
        return None, ()
    if len(options) > MOST_OPTIONS:
        tell(reader, Code.TOO_MANY_OPTIONS, Outcome.LEFT_OUT, line, "type", name)
        return None, ()
    kind = SELECTS[sort]
    if sort == "rank":
        tell(reader, Code.RANK, Outcome.SIMPLIFIED, line, "type", line.get("type"))
    if kind is Kind.SINGLE and _is_yes_no(line, name, options) and not or_other:
        return Kind.YES_NO, ()
    if or_other and not any(option.other for option in options):
        options.append(_other(reader, {option.key for option in options}))
    if kind is Kind.SINGLE and len(options) == 1:
        tell(reader, Code.AS_MULTI, Outcome.SIMPLIFIED, line, "type", line.get("type"))
        return Kind.MULTI, tuple(options)
    countries = line.get("tequio_kind") == "COUNTRY" and all(
        o.other or ISO_COUNTRY.match(o.key) for o in options
    )
    return (Kind.COUNTRY if countries and kind is Kind.SINGLE else kind), tuple(options)


def _is_yes_no(line: Line, name: str, options: list[Option]) -> bool:
    """Say whether it is a yes or no; a list of ours, or of others whose two options are called so."""
    if line.get("tequio_kind"):
        return line.get("tequio_kind") == "YES_NO" and name == YES_NO_LIST
    return [option.key for option in options] in ([YES, NO], [NO, YES])


def _other(reader: Reader, taken: set[str]) -> Option:
    words = {"es": "Otra (¿cuál?)", "pt-br": "Outra (qual?)", "en": "Other (which?)"}
    key = OTHER if OTHER not in taken else "other_"
    return Option(key, {code: words.get(code, words["en"]) for code in reader.tongue.codes}, other=True)


def label_of(reader: Reader, line: Line) -> dict[str, str]:
    """Return the texts of a row; its name where it has none."""
    texts = reader.tongue.texts(line, "label")
    if not texts:
        tell(reader, Code.NO_LABEL, Outcome.SIMPLIFIED, line, "label", line.get("name"))
        return {reader.tongue.codes[0]: line.get("name") or line.get("type")}
    if any(_REFERENCE.search(text) for text in texts.values()):
        tell(reader, Code.REFERENCE, Outcome.SIMPLIFIED, line, "label", next(iter(texts.values())))
    return texts


def required_in(reader: Reader, line: Line) -> bool:
    """Say whether an answer is needed; where that is an expression, it is not."""
    said = line.get("required").strip().casefold()
    if said and said not in (*SURE, "no", "false", "false()", "0"):
        tell(reader, Code.REQUIRED, Outcome.SIMPLIFIED, line, "required", said)
    return said in SURE


def condition_in(reader: Reader, line: Line) -> Condition | None:
    """Return when a row is asked; where ours cannot say it, everybody is asked, which is told."""
    said = line.get("relevant") or line.get("relevance")
    if not said or said.strip().casefold() in ("true()", "true", "1"):
        return None
    if ours := _as_written(reader, line, said):
        return ours
    try:
        return condition_of(said, reader.known)
    except NotSaid:
        tell(reader, Code.CONDITION, Outcome.SIMPLIFIED, line, "relevant", said)
        return None


def _as_written(reader: Reader, line: Line, said: str) -> Condition | None:
    """Return the condition that we wrote beside the expression, if that is still what the expression says."""
    if not line.get("tequio_condition"):
        return None
    try:
        section = {"key": "s", "condition": json.loads(line.get("tequio_condition"))}
        condition = from_json({"languages": ["en"], "sections": [section]}).sections[0].condition
        same = relevant(condition, lambda key: reader.known[key].question) == said
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return condition if same and condition and depth(condition) <= DEEPEST else None


def _limited(reader: Reader, line: Line, question: Question, whole: bool) -> Question:
    limits = Limits()
    if said := line.get("constraint"):
        try:
            limits = limits_of(said, whole=whole)
        except (NotSaid, ValueError):
            tell(reader, Code.CONSTRAINT, Outcome.SIMPLIFIED, line, "constraint", said)
    if line.get("type").casefold().startswith("range"):
        limits = _range(line.get("parameters"), limits)
    if question.kind is Kind.NUMBER and not (limits.at_most or limits.alone):
        if None not in (limits.lowest, limits.highest) and limits.lowest > limits.highest:  # type: ignore[operator]
            tell(reader, Code.CONSTRAINT, Outcome.SIMPLIFIED, line, "constraint", said)
            return question
        return replace(question, lowest=limits.lowest, highest=limits.highest)
    if question.kind is Kind.MULTI and limits.lowest is None is limits.highest:
        return _few(question, limits)
    if limits != Limits():
        tell(reader, Code.CONSTRAINT, Outcome.SIMPLIFIED, line, "constraint", said)
    return question


def _few(question: Question, limits: Limits) -> Question:
    most = limits.at_most if limits.at_most and 1 <= limits.at_most <= len(question.options) else None
    options = tuple(replace(one, alone=one.alone or one.key in limits.alone) for one in question.options)
    return replace(question, at_most=most, options=options)


def _range(parameters: str, limits: Limits) -> Limits:
    said = dict(re.findall(r"(start|end)\s*=\s*(-?[\d.]+)", parameters))
    low, high = number_of(said.get("start", "")), number_of(said.get("end", ""))
    return Limits(
        lowest=limits.lowest if limits.lowest is not None else low if low is not None else Decimal(1),
        highest=limits.highest if limits.highest is not None else high if high is not None else Decimal(10),
    )


def base_in(line: Line) -> Base:
    """Return of what its percentages are shares, as we wrote it."""
    said = line.get("tequio_base")
    return Base(said) if said in tuple(Base) else Base.RESPONDENTS


def role_in(reader: Reader, line: Line) -> str:
    """Return what its answers feed, as we wrote it; each once."""
    said = line.get("tequio_role")
    if said not in ROLES or said in reader.roles:
        return ""
    reader.roles.add(said)
    return said


def _tell_rest(reader: Reader, line: Line) -> None:
    """Tell of what other programs do with this row and we do not."""
    cells: Mapping[str, tuple[Code, Outcome]] = {
        "choice_filter": (Code.CHOICE_FILTER, Outcome.SIMPLIFIED),
        "default": (Code.DEFAULT, Outcome.SIMPLIFIED),
        "calculation": (Code.CALCULATION, Outcome.SIMPLIFIED),
        "trigger": (Code.CALCULATION, Outcome.SIMPLIFIED),
    }
    for column, (code, outcome) in cells.items():
        if line.get(column):
            tell(reader, code, outcome, line, column, line.get(column))
    if (line.get("read_only") or line.get("readonly")).casefold() in SURE:
        tell(reader, Code.READ_ONLY, Outcome.SIMPLIFIED, line, "read_only")
    tell_appearance(reader, line)


def tell_appearance(reader: Reader, line: Line) -> None:
    """Tell of a way to draw that is another one here."""
    words = {re.sub(r"\d+$", "", word).rstrip("-") for word in line.get("appearance").casefold().split()}
    if not words <= PLAIN and not any(word.startswith("w") and len(word) < 4 for word in words):
        tell(reader, Code.APPEARANCE, Outcome.KEPT, line, "appearance", line.get("appearance"))
