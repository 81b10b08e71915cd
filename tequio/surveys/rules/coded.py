"""Open answers that people put into codes, as a question like any other: its options are the codes. Source: SUR-15."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tequio.surveys.rules.instrument import Base, Instrument, Kind, Option, Question, Section, Texts, Value

Codes = Mapping[str, Sequence[tuple[str, str]]]  # open question -> its codes: key and words
SUFFIX = ".codes"  # no key of a question has a dot
NONE = "none.fits"  # what is settled where no code fits; no key of a code has a dot
NONE_FITS: Texts = {
    "en": "None of the codes fits",
    "es": "Ningún código corresponde",
    "pt-br": "Nenhum código corresponde",
}
WORDS: Texts = {"en": "codes", "es": "códigos", "pt-br": "códigos"}


def with_codes(instrument: Instrument, codes: Codes) -> Instrument:
    """Return an instrument in which the codes of each open question are the question that follows it."""
    if not codes:
        return instrument
    return replace(
        instrument,
        sections=tuple(_section(section, instrument.languages, codes) for section in instrument.sections),
    )


def key_of(question: str) -> str:
    """Return the key under which the codes of an open question are counted."""
    return question + SUFFIX


def said(given: Collection[str], known: Collection[str]) -> Value:
    """Return codes that are settled of one answer as something chosen; codes that were dropped count no more."""
    kept = tuple(key for key in known if key in given)
    return Value(chosen=kept or (NONE,))


def _section(section: Section, languages: Sequence[str], codes: Codes) -> Section:
    questions: list[Question] = []
    for question in section.questions:
        questions.append(question)
        if question.key in codes and question.kind is Kind.OPEN:
            questions.append(_coded(question, languages, codes[question.key]))
    return replace(section, questions=tuple(questions))


def _coded(question: Question, languages: Sequence[str], codes: Sequence[tuple[str, str]]) -> Question:
    """Of several codes each answer has some: shares are of the answers that are settled."""
    options = [Option(key, dict.fromkeys(languages, words)) for key, words in codes]
    none = Option(NONE, {code: NONE_FITS.get(code, NONE_FITS["en"]) for code in languages}, alone=True)
    return Question(
        key_of(question.key),
        Kind.MULTI,
        {code: f"{text} ({WORDS.get(code, WORDS['en'])})" for code, text in question.text.items()},
        options=(*options, none),
        base=Base.ANSWERING,
        condition=question.condition,
    )
