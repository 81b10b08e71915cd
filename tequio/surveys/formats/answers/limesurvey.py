"""The structure file of LimeSurvey (.lss) as an instrument, and what of it has no counterpart here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tequio.people.formats.tables import Unreadable
from tequio.surveys.formats.answers.options import plain
from tequio.surveys.formats.xlsform.telling import Code, Outcome, Problem
from tequio.surveys.rules.instrument import OTHER, Instrument, Kind, Option, Question, Section, Texts

_BYTES = 20_000_000
_KINDS = {
    "L": Kind.SINGLE, "!": Kind.SINGLE, "O": Kind.SINGLE, "5": Kind.SINGLE, "G": Kind.SINGLE,
    "M": Kind.MULTI, "P": Kind.MULTI, "Y": Kind.YES_NO, "N": Kind.NUMBER, "D": Kind.DATE,
    "S": Kind.OPEN, "T": Kind.OPEN, "U": Kind.OPEN,
    "F": Kind.MATRIX, "H": Kind.MATRIX, "A": Kind.MATRIX, "B": Kind.MATRIX, "C": Kind.MATRIX, "E": Kind.MATRIX,
}  # fmt: skip
_SKIPPED = frozenset({"I"})  # the choice of the language: here whoever answers has it anyway
_LEFT_OUT = {
    "X": Code.NOTE,
    "*": Code.CALCULATION,
    "R": Code.RANK,
    "|": Code.MEDIA,
}  # else there is no such question
_LIMITS = frozenset(
    {"min_answers", "em_validation_q", "em_validation_sq", "array_filter", "array_filter_exclude"}
)
_POINTS = {"5": range(1, 6), "A": range(1, 6), "B": range(1, 11)}
_WORDS: dict[str, tuple[tuple[str, Texts], ...]] = {
    "G": (
        ("F", {"es": "Mujer", "pt-br": "Mulher", "en": "Female"}),
        ("M", {"es": "Hombre", "pt-br": "Homem", "en": "Male"}),
    ),
    "C": (
        ("Y", {"es": "Sí", "pt-br": "Sim", "en": "Yes"}),
        ("U", {"es": "No hay certeza", "pt-br": "Não há certeza", "en": "Uncertain"}),
        ("N", {"es": "No", "pt-br": "Não", "en": "No"}),
    ),
    "E": (
        ("I", {"es": "Aumenta", "pt-br": "Aumenta", "en": "Increase"}),
        ("S", {"es": "Sigue igual", "pt-br": "Continua igual", "en": "Same"}),
        ("D", {"es": "Disminuye", "pt-br": "Diminui", "en": "Decrease"}),
    ),
}
_ALL_OTHER: Texts = {"es": "Otro", "pt-br": "Outro", "en": "Other"}
_LANGUAGES = {"pt-BR": "pt-br", "pt": "pt-br", "es-MX": "es", "es-AR": "es", "es-CL": "es", "es-CO": "es"}
Row = Mapping[str, str]


@dataclass(frozen=True)
class Structure:
    """What the file asks, and what of it is not taken over as it is, question by question."""

    instrument: Instrument
    problems: tuple[Problem, ...]


def read_structure(content: bytes) -> Structure:
    """Read a structure file, of versions 2 to 6; raises ``Unreadable``."""
    tables = _tables(content)
    texts = _texts(tables)
    questions = sorted(tables["questions"], key=lambda row: _number(row, "question_order"))
    asked = [row for row in _once(questions, "qid") if row.get("parent_qid", "0") in ("", "0")]
    maker = _Maker(tables, texts)
    sections = []
    for group in sorted(_once(tables["groups"], "gid"), key=lambda row: _number(row, "group_order")):
        mine = [maker.question(row) for row in asked if row.get("gid") == group.get("gid")]
        title = texts.get(("group", group.get("gid", "")), {})
        made = tuple(question for question in mine if question)
        if made:
            sections.append(Section(f"g{group.get('gid', '')}", title, made))
    languages = tuple(dict.fromkeys(maker.languages)) or ("en",)
    title = texts.get(("survey", ""), {})
    return Structure(Instrument(languages, title, tuple(sections)), tuple(maker.problems))


def _tables(content: bytes) -> dict[str, list[Row]]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if len(content) > _BYTES:
        raise Unreadable("too_large")
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("broken") from error
    if root.tag != "document" or root.find("questions") is None:
        raise Unreadable("another_kind")
    names = ("questions", "question_l10ns", "subquestions", "answers", "answer_l10ns", "groups", "group_l10ns",
             "question_attributes", "surveys", "surveys_languagesettings")  # fmt: skip
    found = {name: [_row(one) for one in root.findall(f"{name}/rows/row")] for name in names}
    found["languages"] = [{"code": one.text or ""} for one in root.findall("languages/language")]
    return found


def _row(element: Any) -> Row:
    return {child.tag: (child.text or "").strip() for child in element}


def _once(rows: Sequence[Row], key: str) -> Iterator[Row]:
    """Yield each thing once: older files repeat it for every language."""
    seen = set()
    for row in rows:
        if row.get(key) not in seen:
            seen.add(row.get(key))
            yield row


def _number(row: Row, key: str) -> int:
    text = row.get(key, "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _language(code: str) -> str:
    return _LANGUAGES.get(code, code.lower())


def _bare(text: str) -> str:
    return " ".join(re.sub(r"<[^<>]{1,500}>", " ", text.replace("&nbsp;", " ")).split())


def _texts(tables: Mapping[str, Sequence[Row]]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the texts of everything: (what, its number) -> language -> text."""
    found: dict[tuple[str, str], dict[str, str]] = {}

    def keep(what: str, number: str, row: Row, field: str) -> None:
        text = _bare(row.get(field, ""))
        if text and row.get("language"):
            found.setdefault((what, number), {})[_language(row["language"])] = text

    for name in ("questions", "question_l10ns", "subquestions"):
        for row in tables[name]:
            keep("question", row.get("qid", ""), row, "question")
            keep("help", row.get("qid", ""), row, "help")
    for row in tables["answers"]:
        keep("answer", f"{row.get('qid')}/{row.get('code')}/{row.get('scale_id', '0')}", row, "answer")
    for row in tables["answer_l10ns"]:
        keep("answer", row.get("aid", ""), row, "answer")
    for name in ("groups", "group_l10ns"):
        for row in tables[name]:
            keep("group", row.get("gid", ""), row, "group_name")
    for row in tables["surveys_languagesettings"]:
        keep("survey", "", {**row, "language": row.get("surveyls_language", "")}, "surveyls_title")
    return found


class _Maker:
    """Makes one question after the other, and keeps those that it cannot make."""

    def __init__(
        self, tables: Mapping[str, Sequence[Row]], texts: Mapping[tuple[str, str], Mapping[str, str]]
    ) -> None:
        self.tables, self.texts = tables, texts
        self.problems: list[Problem] = []
        self.count = 0
        codes = [row.get("language", "") for row in tables["surveys"]] + [
            row["code"] for row in tables["languages"]
        ]
        self.languages = [_language(code) for code in codes if code]
        parts = [*tables["subquestions"], *tables["questions"]]
        self.parts = [row for row in _once(parts, "qid") if row.get("parent_qid", "0") not in ("", "0")]

    def question(self, row: Row) -> Question | None:
        """Return the question of a row, or None for what asks nothing or has no counterpart."""
        letter, code, number = row.get("type", ""), row.get("title", ""), row.get("qid", "")
        kind = _KINDS.get(letter)
        self.count += 1
        if kind is None or not code:
            if letter not in _SKIPPED:
                self._tell(row, _LEFT_OUT.get(letter, Code.TYPE), Outcome.LEFT_OUT, f"type {letter}")
            return None
        self._tell_limits(row)
        rows = self._parts(number) if kind in (Kind.MATRIX, Kind.MULTI) else ()
        options = rows if kind is Kind.MULTI else self._options(letter, number)
        if row.get("other") == "Y" and kind in (Kind.SINGLE, Kind.MULTI):
            options = (*options, Option(OTHER, _ALL_OTHER, other=True))
        return Question(
            code,
            kind,
            self.texts.get(("question", number), {}),
            hint=self.texts.get(("help", number), {}),
            required=row.get("mandatory") == "Y",
            options=options if kind in (Kind.SINGLE, Kind.MULTI, Kind.MATRIX) else (),
            rows=rows if kind is Kind.MATRIX else (),
            at_most=self._at_most(number) if kind is Kind.MULTI else None,
            long=letter in ("T", "U"),
        )

    def _tell(self, row: Row, code: Code, outcome: Outcome, column: str, value: str = "") -> None:
        text = next(iter(self.texts.get(("question", row.get("qid", "")), {}).values()), "")
        named = row.get("title", "")
        self.problems.append(Problem(code, outcome, named, self.count, column, (value or text)[:200]))

    def _tell_limits(self, row: Row) -> None:
        """Name the conditions and limits of a question: everybody is asked, and every answer is taken."""
        if (said := row.get("relevance", "")) not in ("", "1"):
            self._tell(row, Code.CONDITION, Outcome.SIMPLIFIED, "relevance", said)
        if said := row.get("preg", ""):
            self._tell(row, Code.CONSTRAINT, Outcome.SIMPLIFIED, "preg", said)
        for one in self.tables["question_attributes"]:
            name = one.get("attribute", "")
            if one.get("qid") == row.get("qid") and name in _LIMITS and one.get("value"):
                self._tell(row, Code.CONSTRAINT, Outcome.SIMPLIFIED, name, one["value"])

    def _parts(self, number: str) -> tuple[Option, ...]:
        mine = [
            row for row in self.parts if row.get("parent_qid") == number and row.get("scale_id", "0") != "1"
        ]
        mine.sort(key=lambda row: _number(row, "question_order"))
        return tuple(
            Option(row.get("title", ""), self.texts.get(("question", row.get("qid", "")), {})) for row in mine
        )

    def _options(self, letter: str, number: str) -> tuple[Option, ...]:
        if letter in _POINTS:
            return tuple(Option(str(point), {"und": str(point)}) for point in _POINTS[letter])
        if letter in _WORDS:
            return tuple(Option(code, text) for code, text in _WORDS[letter])
        mine = [row for row in self.tables["answers"] if row.get("qid") == number]
        mine = sorted(_once(mine, "code"), key=lambda row: _number(row, "sortorder"))
        return tuple(Option(row.get("code", ""), self._answer(row, number)) for row in mine)

    def _answer(self, row: Row, number: str) -> Texts:
        old = f"{number}/{row.get('code')}/{row.get('scale_id', '0')}"
        return self.texts.get(("answer", row.get("aid", "")), {}) or self.texts.get(("answer", old), {})

    def _at_most(self, number: str) -> int | None:
        rows = self.tables["question_attributes"]
        said = next(
            (
                row.get("value", "")
                for row in rows
                if row.get("qid") == number and plain(row.get("attribute", "")) == "max_answers"
            ),
            "",
        )
        return int(said) if said.isascii() and said.isdigit() and 0 < int(said) < 1_000 else None
