"""What Google Forms, Kobo, LimeSurvey and spreadsheets write, read as answers to an instrument."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.surveys.formats.answers import values as cells
from tequio.surveys.formats.answers.doubts import NOTHING, name_unanswered, without_column
from tequio.surveys.formats.answers.guessing import guess_instrument
from tequio.surveys.formats.answers.headings import IDENTITY, SENT, Target, guess
from tequio.surveys.formats.answers.learning import learn
from tequio.surveys.formats.answers.options import Known, best_mark
from tequio.surveys.formats.answers.reading import OUT, read_answers
from tequio.surveys.rules.faults import faults
from tequio.surveys.rules.instrument import NATIONAL, YES, Clause, Condition, Kind, Operator, Question, Value
from tests.surveys.readings import (
    DATA,
    FILES,
    MAPPING,
    asks,
    guessed,
    options,
    read,
    said,
    table,
)


def test_a_file_of_google_forms_is_read_by_its_questions() -> None:
    reading = read((FILES / "google_forms.csv").read_bytes(), MAPPING)
    assert [value.chosen for value in said(reading, "themes")] == [
        ("o0", "o1"), ("o1", "other"), ("o0",), ("o0", "o1", "o2"), ("o2",),
    ]  # fmt: skip
    assert said(reading, "themes")[1].text == "Radio, prensa; y cine"
    assert [value.rows for value in said(reading, "hard")][:2] == [
        {"o0": "o0", "o1": "o1"},
        {"o0": "o1", "o1": "o1"},
    ]
    assert [value.chosen for value in said(reading, "country")] == [("CO",), (), ("CL",), ("BR",), ("PE",)]
    assert said(reading, "cities")[0].text == "Bogotá D.C.\nCali"
    assert said(reading, "cities")[3] == Value(chosen=(NATIONAL,))
    assert [value.number for value in said(reading, "people")] == [
        Decimal(12), Decimal("1.200"), None, None, Decimal(3),
    ]  # fmt: skip
    assert reading.respondents[0].sent == "2026-05-09T10:52:02-05:00"
    assert reading.respondents[1].sent == "2026-05-09T16:10:00-05:00"
    assert sorted((one.row, one.text, one.reason) for one in reading.misread) == [
        (3, "Mejico", "unknown_country"),
        (3, "Radio, prensa; y cine", "kept_as_other"),
        (4, "siete", "no_number"),
        (5, "Tal vez", "no_yes_or_no"),
    ]


def test_what_was_decided_about_a_text_is_done() -> None:
    """A typo is recoded, an unknown option mapped, a city left as it was written. Source: SUR-05, SUR-15."""
    decisions = {
        "country": {"Mejico": "MX"},
        "themes": {"Radio, prensa; y cine": "o2"},
        "joins": {"Tal vez": OUT},
        "cities": {"bolivia": OUT, "Monterrey": "3995465"},
    }
    reading = read((FILES / "google_forms.csv").read_bytes(), MAPPING, decisions)
    assert said(reading, "country")[1] == Value(chosen=("MX",))
    assert said(reading, "themes")[1] == Value(chosen=("o1", "o2"))
    assert said(reading, "cities")[1:3] == [Value(chosen=("3995465",)), Value()]
    assert [one.reason for one in reading.misread] == ["no_number"]


def test_a_guessed_instrument_counts_what_was_ticked() -> None:
    """Without the instrument the options that hold commas and semicolons are learned from the column."""
    content = google(30)
    found, reading = guessed(content)
    question = next(one for one in found.instrument.questions() if one.kind is Kind.MULTI)
    assert {option.text["es"] for option in question.options} >= {
        "Agua, saneamiento y salud", "Formación (talleres, cursos)", "Participación"
    }  # fmt: skip
    texts = {option.key: option.text["es"] for option in question.options}
    counts = Counter(texts[key] for value in said(reading, question.key) for key in value.chosen)
    assert counts == TICKED


CHOICES = ["Agua, saneamiento y salud", "Formación (talleres, cursos)", "Participación", "Redes", "Fondos"]
TICKS = [
    [choice for place, choice in enumerate(CHOICES) if (number * 7 + place * 5) % 4 in (0, 1)]
    for number in range(30)
]
TICKED = Counter(choice for row in TICKS for choice in row)


def google(rows: int, mark: str = ", ") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Marca temporal", "¿Qué necesitan?", "¿Se suman?"])
    for number in range(rows):
        writer.writerow(
            [f"9/5/2026 10:{number:02}:00", mark.join(TICKS[number]), "Sí" if number % 3 else "No"]
        )
    return out.getvalue().encode()


@pytest.mark.parametrize("mark", [";", ", ", "\n", "|"])
def test_the_mark_between_answers_is_found(mark: str) -> None:
    instrument = asks(Question("needs", Kind.MULTI, {"es": "¿Qué necesitan?"}, options=options(*CHOICES)))
    reading = read(google(30, mark), instrument)
    counts = Counter(CHOICES[int(key[1:])] for value in said(reading, "needs") for key in value.chosen)
    assert counts == TICKED
    assert reading.misread == []


WORDS = st.text("abc ,;()é", min_size=1, max_size=9).map(str.strip).filter(lambda text: text.strip(" ,;()"))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(WORDS, min_size=2, max_size=6, unique_by=lambda text: cells.fold(text)),
    st.data(),
)
def test_whatever_options_are_ticked_are_read_again(texts: Sequence[str], data: st.DataObject) -> None:
    """The longest options first: also where one option is another one and more, and holds the mark."""
    known = Known(options(*texts))
    ticked = sorted(data.draw(st.sets(st.integers(0, len(texts) - 1), min_size=1)))
    cell = ";".join(texts[place] for place in ticked)
    read = known.named(cell, ";")
    if not _ambiguous(cell, texts):
        assert read.keys == tuple(f"o{place}" for place in ticked)
        assert read.rest == ()


def _ambiguous(cell: str, texts: Sequence[str]) -> bool:
    """Say whether some other choice of options would have been written in the same way, or nearly."""
    return any(";" in text or not text[0].isalpha() or text.endswith(("(", ",")) for text in texts)


def test_the_longest_option_wins_where_options_begin_alike() -> None:
    known = Known(options("Radio", "Radio, prensa", "Prensa", "Cine"))
    assert known.named("Radio, prensa, Cine", ", ").keys == ("o1", "o3")
    assert known.named("Radio, Cine", ", ").keys == ("o0", "o3")
    assert known.named("cine, RADIO", ", ").keys == ("o0", "o3")


def test_words_of_one_s_own_stay_apart_and_whole() -> None:
    """What "other" specifies never takes the place of the option, nor is it cut at its commas (P4)."""
    known = Known(options("Radio", "Cine", other=True))
    assert known.named("Radio, teatro, danza, Cine", ", ").rest == ("teatro, danza",)
    assert known.specified("Otro: teatro, danza") == "teatro, danza"
    assert known.specified("Otros teatros") == "Otros teatros"
    assert best_mark(["Radio, teatro; danza", "Cine, Radio"], known) == ", "


def test_open_answers_are_not_taken_for_options() -> None:
    assert (
        learn([f"Trabajamos con mujeres, niñas y {number} barrios, en {number}" for number in range(20)])
        is None
    )
    assert learn(["A", "B", "A", "B", "A", "A", "B", "A", "Otra cosa distinta"] * 3) is not None


# Kobo


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), ("1,5", "1.5"), ("1.234,5", "1234.5"), ("1,234.50", "1234.50"), ("1,234", "1234"), ("0,234", "0.234"),
     ("-3", "-3"), ("1 000 000", "1000000"), ("45 %", "45"), ("1.234.567", "1234567"), ("doce", None), ("1-2", None),
     ("", None), ("9" * 40, None), ("1e5", "100000"), ("=1+1", None)],
)  # fmt: skip
def test_numbers(text: str, number: str | None) -> None:
    assert cells.number(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "first", "day"),
    [("2026-05-09", True, "2026-05-09"), ("9/5/2026", True, "2026-05-09"), ("9/5/2026 10:00", False, "2026-09-05"),
     ("31.12.26", True, "2026-12-31"), ("2026/13/01", True, ""), ("mañana", True, "")],
)  # fmt: skip
def test_days(text: str, first: bool, day: str) -> None:
    assert cells.day(text, first=first) == day


def test_the_month_stands_first_where_some_second_part_is_above_twelve() -> None:
    assert not cells.day_first(["5/9/2026", "5/13/2026"])
    assert cells.day_first(["5/9/2026", "13/5/2026"])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_cell_breaks_the_reading(text: str) -> None:
    cells.number(text), cells.day(text), cells.moment(text), cells.yes_no(text)
    rows = [[text] * 7]
    headings = [question.key for question in MAPPING.questions()]
    targets = {place: heading for place, heading in enumerate(headings) if heading != "hard"}
    reading = read_answers(headings=headings, rows=rows, targets=targets, instrument=MAPPING)
    assert reading.read == bool(text)


# What was not understood


def test_a_list_says_what_was_wrong_and_where() -> None:
    content = (
        b"name;joins;people\n#REF!;yes;1\n;;\nA;maybe;" + b"x" * 30_000 + b"\n" + b"y" * 30_000 + b";no;2\n"
    )
    reading = read(content, MAPPING)
    assert [(one.row, one.heading, one.reason) for one in reading.misread] == [
        (2, "name", "broken_cell"),
        (4, "joins", "no_yes_or_no"),
        (4, "people", "no_number"),
        (4, "people", "too_long"),
        (5, "name", "too_long"),
    ]
    assert [len(value.text) for value in said(reading, "name")] == [0, 1, 20_000]


def test_a_required_question_without_an_answer_is_named_row_by_row() -> None:
    """Rows stay unless somebody decides that they go; who was not asked owes nothing. Source: SUR-02, PAINS P5."""
    yes = Condition((Clause("joins", Operator.IS, YES),))
    form = asks(
        Question("name", Kind.OPEN, {"es": "Nombre"}, required=True),
        Question("joins", Kind.YES_NO, {"es": "¿Se suma?"}, required=True),
        Question("why", Kind.OPEN, {"es": "¿Por qué?"}, required=True, condition=yes),
        Question("mail", Kind.OPEN, {"es": "Correo"}, required=True),
    )
    content = "Nombre;¿Se suma?;¿Por qué?\nA;sí;\n;no;\n\nB;quizá;\nC;sí;porque\n;;\n"
    told = {"name": "Nombre", "joins": "¿Se suma?", "why": "¿Por qué?"}
    reading = read(content.encode(), form)
    name_unanswered(reading=reading, instrument=form, headings=told, decisions={})
    named = [(one.row, one.heading) for one in reading.misread if one.reason == "unanswered"]
    assert named == [(2, "¿Por qué?"), (3, "Nombre")]
    assert [one.row for one in reading.misread] == sorted(one.row for one in reading.misread)
    assert reading.doubts["why", NOTHING].rows == [2]
    assert [one.values.get("name", Value()).text for one in reading.respondents] == ["A", "", "B", "C"]
    assert [one.key for one in without_column(form, told)] == ["mail"]
    again = read(content.encode(), form)
    decided = {"name": {NOTHING: OUT}, "why": {NOTHING: "+"}}
    name_unanswered(reading=again, instrument=form, headings=told, decisions=decided)
    assert [one.values["name"].text for one in again.respondents] == ["A", "B", "C"]
    assert [one.row for one in again.misread if one.reason == "left_unanswered"] == [3]
    assert not [one for one in again.misread if one.reason == "unanswered"]


def test_too_many_ticks_are_kept_and_said() -> None:
    question = replace(next(one for one in MAPPING.questions() if one.key == "themes"), at_most=1)
    reading = read(
        b"themes\nParticipaci\xc3\xb3n ciudadana;Otro: radio;G\xc3\xa9nero; y diversidad\n", asks(question)
    )
    assert said(reading, "themes") == [Value(chosen=("o1", "o2", "other"), text="radio")]
    assert [one.reason for one in reading.misread] == ["too_many"]


def test_targets_are_written_and_read_again() -> None:
    for target in (Target("q"), Target("q", "a"), Target("q", "#")):
        assert Target.of(str(target)) == target


def test_headings_nearly_the_same_find_their_questions() -> None:
    found = guess(
        ["Timestamp", "Nombre de la organizacion:", "3) ¿Qué temas trabajan ustedes?", "_uuid", "Nada"],
        MAPPING,
    )
    assert found == {0: SENT, 1: "name", 2: "themes", 3: IDENTITY}


def test_what_stands_beyond_the_headings_is_told() -> None:
    """A comma inside a text cut it in two: no part is lost in silence; a column of notes is told once. Source: SUR-02."""
    content = b"name,country\nA,Chile\nB,Cali, Medellin,x\nC,Chile\n"
    told = [(one.row, one.text, one.reason) for one in read(content, MAPPING).misread]
    assert (3, "Medellin · x", "no_heading") in told
    notes = b"name,country\n" + b"".join(b"%d,Chile,note %d\n" % (n, n) for n in range(5))
    assert [one.row for one in read(notes, MAPPING).misread if one.reason == "no_heading"] == [2]


# Data sets


def test_a_plain_spreadsheet_is_guessed() -> None:
    content = (
        "Organización;Fundada;Personas;País;Tamaño;¿Quieren sumarse a la red?;Correo;a/x;a/y\n"
        + "".join(
            f"Casa {n};{n + 1}/03/2020;{n};{'Perú' if n % 2 else 'Chile'};{'chica' if n % 3 else 'grande'};{'sí' if n % 2 else 'no'};c{n}@ejemplo.org;{n % 2};1\n"
            for n in range(12)
        )
    )
    found, reading = guessed(content.encode())
    assert [(one.key, one.kind, one.role) for one in found.instrument.questions()] == [
        ("organizacion", Kind.OPEN, "ORGANIZATION"),
        ("fundada", Kind.DATE, ""),
        ("personas", Kind.NUMBER, ""),
        ("pais", Kind.COUNTRY, "COUNTRY"),
        ("tamano", Kind.SINGLE, ""),
        ("quieren_sumarse_a_la_red", Kind.YES_NO, "JOINS"),
        ("correo", Kind.OPEN, "EMAIL"),
        ("a", Kind.MULTI, ""),
    ]
    assert said(reading, "a")[1].chosen == ("x", "y")
    assert reading.misread == []
    assert not [fault for fault in faults(found.instrument) if fault.blocks]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("¿En qué país trabajan?", Kind.COUNTRY), ("Em que país?", Kind.COUNTRY), ("¿Dónde?", Kind.OPEN)],
)
def test_a_question_for_a_country_is_one_though_some_wrote_it_wrongly(heading: str, kind: Kind) -> None:
    """Where the question does not say so, what is no country counts. Source: SUR-02, SUR-05."""
    told = ["Perú", "Argentna", "México", "Mexico", "Brasil", "Bolvia", "Perú", "México", "Bolvia", "Chile"]
    rows = [[f"Casa {n}", text] for n, text in enumerate(told)]
    found = guess_instrument(headings=["Organización", heading], rows=rows, title="x", language="es")
    assert [one.kind for one in found.instrument.questions()] == [Kind.OPEN, kind]


@pytest.mark.skipif(not DATA.exists(), reason="needs the data that lies beside the repository")
def test_a_real_data_set_is_guessed() -> None:
    """One column an option for 13,947 people becomes three questions with several answers and one grid."""
    content = (DATA / "github_oss_survey/data__2024__clean_data__negative_incidents.csv").read_bytes()
    headings, rows = table(content)
    found = guess_instrument(headings=headings, rows=rows, title="x", language="en")
    assert [(one.kind, len(one.options), len(one.rows)) for one in found.instrument.questions()] == [
        (Kind.MULTI, 12, 0), (Kind.MULTI, 12, 0), (Kind.MULTI, 9, 0), (Kind.MATRIX, 5, 8), (Kind.MULTI, 11, 0),
        (Kind.SINGLE, 2, 0), (Kind.OPEN, 0, 0),
    ]  # fmt: skip
