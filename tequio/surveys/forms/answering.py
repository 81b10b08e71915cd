"""A survey as a page shows it: each question with its words, what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from babel import Locale, UnknownLocaleError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, to_locale
from django.utils.translation import gettext as _

from tequio.core.texts import Texts, language_of, say
from tequio.people.rules.words import fold
from tequio.surveys.rules.checking import LONG, SHORT, Wrong
from tequio.surveys.rules.instrument import (
    NATIONAL,
    NO,
    YES,
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
from tequio.surveys.rules.posted import name_of, national_of, row_of, which_of
from tequio.surveys.rules.showing import minutes, place

WORDS: Mapping[Wrong, str | Promise] = {
    Wrong.MISSING: gettext_lazy("This is still missing."),
    Wrong.UNKNOWN_OPTION: gettext_lazy("This is not one of the answers. Choose one of the list."),
    Wrong.TOO_MANY: gettext_lazy("You chose more than fit. Take some away."),
    Wrong.ALONE: gettext_lazy("One of these goes alone: leave only that one, or take it away."),
    Wrong.TOO_LONG: gettext_lazy("This text is too long. Say it in fewer words."),
    Wrong.NO_NUMBER: gettext_lazy("Write a number, in digits."),
    Wrong.TOO_LOW: gettext_lazy("This number is too low."),
    Wrong.TOO_HIGH: gettext_lazy("This number is too high."),
    Wrong.NO_DATE: gettext_lazy("Write a date: day, month and year."),
    Wrong.NO_EMAIL: gettext_lazy("Write an address such as name@place.org."),
}


@dataclass(frozen=True)
class Words:
    """A text as it is shown, and its language where that is not the page's."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Choice:
    """One option to tick."""

    value: str
    words: Words
    checked: bool
    asks_which: bool = False
    full: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a matrix."""

    name: str
    words: Words
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Asked:
    """One question on the page."""

    number: int
    question: Question
    text: Words
    hint: Words
    only: str
    how: str
    error: str
    name: str
    place: str
    typed: str = ""
    which: str = ""
    choices: Sequence[Choice] = ()
    rows: Sequence[Row] = ()
    lines: Sequence[str] = ()
    national: bool = False

    @property
    def kind(self) -> str:
        """Which kind it is, for the template."""
        return self.question.kind.value

    @property
    def which_name(self) -> str:
        """The field that asks which other."""
        return which_of(self.question)

    @property
    def national_name(self) -> str:
        """The field that says "in the whole country"."""
        return national_of(self.question)

    @property
    def longest(self) -> int:
        """How many letters an open answer may have."""
        return LONG if self.question.long else SHORT

    @property
    def from_list(self) -> bool:
        """Whether one is chosen from a long list that folds away."""
        return self.question.kind is Kind.COUNTRY and not self.question.options

    @property
    def blanks(self) -> list[int]:
        """The numbers of the empty fields for cities."""
        return list(range(len(self.lines) + 1, max(len(self.lines) + 1, 3) + 1))

    @property
    def is_email(self) -> bool:
        """Whether a phone shows the letters of addresses."""
        return self.question.role == "EMAIL"


@dataclass(frozen=True)
class Part:
    """The questions under one heading."""

    place: str
    title: Words
    about: Words
    only: str
    questions: Sequence[Asked]


@dataclass(frozen=True)
class Questionnaire:
    """Everything a page for answering shows of an instrument, in one language of it."""

    instrument: Instrument
    language: str
    values: Values = field(default_factory=dict)
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    full: Collection[tuple[str, str]] = ()
    cities: Mapping[str, str] = field(default_factory=dict)
    reasons: Sequence[str] = ()

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Which number each question has."""
        return {question.key: number for number, question in enumerate(self.instrument.questions(), 1)}

    @cached_property
    def parts(self) -> list[Part]:
        """The sections with their questions, in order."""
        return [self._part(section) for section in self.instrument.sections if section.questions]

    @property
    def errors(self) -> list[tuple[str, int, str]]:
        """What has to be mended: (place, number of the question, why)."""
        asked = [one for part in self.parts for one in part.questions if one.error]
        return [(one.place, one.number, one.error) for one in asked]

    @property
    def foreign(self) -> bool:
        """Whether some question is not yet in the language of the page."""
        return any(
            language_of(one.text, self.language) != self.language for one in self.instrument.questions()
        )

    @property
    def how_many(self) -> int:
        """How many questions there are."""
        return len(self.numbers)

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes(self.instrument)

    def say(self, texts: Texts) -> Words:
        """Return a text in the language of the page, or in another one, marked as such."""
        spoken = language_of(texts, self.language)
        return Words(say(texts, self.language), "" if spoken == get_language() else spoken)

    def option_text(self, question: Question, key: str) -> str:
        """Return how an option is called."""
        return next((one.words.text for one in self._choices(question, ()) if one.value == key), key)

    def _part(self, section: Section) -> Part:
        return Part(
            place=place("s", section.key),
            title=self.say(section.title),
            about=self.say(section.about),
            only=self.condition_words(section.condition),
            questions=[self._asked(question) for question in section.questions],
        )

    def _asked(self, question: Question) -> Asked:
        value = self.values.get(question.key, Value())
        wrong = self.wrong.get(question.key)
        return Asked(
            number=self.numbers[question.key],
            question=question,
            text=self.say(question.text),
            hint=self.say(question.hint),
            only=self.condition_words(question.condition),
            how=_how(question),
            error=str(WORDS.get(wrong, "")) if wrong else "",
            name=name_of(question),
            place=place("q", question.key),
            typed=_typed(value),
            which=value.text if question.options else "",
            choices=self._choices(question, value.chosen),
            rows=[self._row(question, row, value) for row in question.rows],
            lines=self._lines(value) if question.kind is Kind.CITIES else (),
            national=NATIONAL in value.chosen,
        )

    def _choices(self, question: Question, chosen: Collection[str]) -> list[Choice]:
        if question.kind is Kind.YES_NO:
            return [Choice(YES, Words(_("Yes")), YES in chosen), Choice(NO, Words(_("No")), NO in chosen)]
        if question.kind is Kind.COUNTRY and not question.options:
            return [Choice(code, Words(name), code in chosen) for code, name in countries()]
        return [self._choice(question, option, chosen) for option in question.options]

    def _choice(self, question: Question, option: Option, chosen: Collection[str]) -> Choice:
        return Choice(
            option.key,
            self.say(option.text),
            option.key in chosen,
            asks_which=option.other,
            full=(question.key, option.key) in self.full,
        )

    def _row(self, question: Question, row: Option, value: Value) -> Row:
        said = value.rows.get(row.key, "")
        choices = [self._choice(question, option, (said,)) for option in question.options]
        return Row(row_of(question, row.key), self.say(row.text), choices)

    def _lines(self, value: Value) -> list[str]:
        known = [self.cities.get(key, key) for key in value.chosen if key != NATIONAL]
        return [*known, *(line for line in value.text.split("\n") if line)]

    def condition_words(self, condition: Condition | None) -> str:
        """Say in words when something is asked."""
        if condition is None or not condition.clauses:
            return ""
        return _("Only if %(condition)s.") % {"condition": self._joined(condition)}

    def _joined(self, condition: Condition) -> str:
        said = [
            f"({self._joined(one)})" if isinstance(one, Condition) else self.clause_words(one)
            for one in condition.clauses
        ]
        return str(_(", or ") if condition.any_of else _(", and ")).join(said)

    def clause_words(self, clause: Clause | Condition) -> str:
        """Say one comparison in words, or several that belong together."""
        if isinstance(clause, Condition):
            return self._joined(clause)
        number = {"number": self.numbers.get(clause.question, 0), "answer": self._answer(clause)}
        said = {
            Operator.IS: _("question %(number)s says “%(answer)s”"),
            Operator.IS_NOT: _("question %(number)s does not say “%(answer)s”"),
            Operator.ANSWERED: _("you answered question %(number)s"),
            Operator.AT_LEAST: _("question %(number)s says %(answer)s or more"),
            Operator.AT_MOST: _("question %(number)s says %(answer)s or less"),
        }
        return said[clause.operator] % number

    def _answer(self, clause: Clause) -> str:
        question = self.instrument.question(clause.question)
        if question is None or clause.operator not in (Operator.IS, Operator.IS_NOT):
            return clause.value
        found = {choice.value: choice.words.text for choice in self._choices(question, ())}
        row, _slash, option = clause.value.partition("/")
        rows = {one.key: self.say(one.text).text for one in question.rows}
        said = found.get(option, option)
        return f"{rows[row]}: {said}" if row in rows else found.get(clause.value, clause.value)


def spoken_in(languages: Sequence[str], button: str, wanted: str) -> str:
    """Return the language of a survey that somebody chose by a button, has on the page, or reads; else its first."""
    for code in (button.removeprefix("language:"), wanted, get_language() or ""):
        if code in languages:
            return code
    return languages[0] if languages else ""


# What speakers call languages that the tables of Unicode do not name.
OWN_NAMES = {"ay": "Aymar aru", "nah": "Nāhuatl", "yua": "Maayaʼ tʼàan"}


def own_name(code: str) -> str:
    """Return what a language is called by those who speak it."""
    if code in OWN_NAMES:
        return OWN_NAMES[code]
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return code
    return (locale.get_language_name() or code).capitalize()


def written_out(asked: Questionnaire, cities: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what was answered as (question, answer), to be read and copied."""
    shown = replace(asked, cities=cities)
    found = [(one, _said(one)) for part in shown.parts for one in part.questions]
    return [(one.text.text, said) for one, said in found if said]


def _said(one: Asked) -> str:
    if one.rows:
        ticked = [(row, choice) for row in one.rows for choice in row.choices if choice.checked]
        return "\n".join(f"{row.words}: {choice.words}" for row, choice in ticked)
    if one.question.kind is Kind.CITIES:
        return "\n".join([*one.lines, *([_("We work in the whole country")] if one.national else [])])
    if one.choices:
        said = [choice.words.text for choice in one.choices if choice.checked]
        return "\n".join([*said, *([one.which] if one.which else [])])
    return one.typed


def _typed(value: Value) -> str:
    return value.date or value.text or ("" if value.number is None else f"{value.number:f}")


def _how(question: Question) -> str:
    """Say in words how to answer, where that is not plain to see."""
    if question.kind is Kind.MULTI and question.at_most and question.at_most < len(question.options):
        most = {"most": question.at_most}
        return ngettext("Choose one at most.", "Choose up to %(most)s.", question.at_most) % most
    if question.kind is Kind.MULTI:
        return _("You can choose several.")
    if question.kind is Kind.NUMBER and question.lowest is not None and question.highest is not None:
        ends = {"lowest": f"{question.lowest:f}", "highest": f"{question.highest:f}"}
        return _("A number from %(lowest)s to %(highest)s.") % ends
    return _("One city in each field.") if question.kind is Kind.CITIES else ""


def countries() -> list[tuple[str, str]]:
    """Return (ISO 3166-1 code, name) of every country, in the order of the reader's language."""
    names: Mapping[str, Any] = Locale.parse(to_locale(get_language() or "en")).territories
    found = [(code, str(name)) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return sorted((pair for pair in found if pair[0] not in _NO_COUNTRY), key=lambda pair: fold(pair[1]))


_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"})
