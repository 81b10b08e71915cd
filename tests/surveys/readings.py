"""Files of answers for tests: read against an instrument, or with one that is guessed."""

import os
from pathlib import Path

from tequio.surveys.formats.answers.files import open_table
from tequio.surveys.formats.answers.guessing import Guess, guess_instrument
from tequio.surveys.formats.answers.headings import guess
from tequio.surveys.formats.answers.reading import Decisions, Reading, read_answers
from tequio.surveys.rules.instrument import Instrument, Kind, Option, Question, Section, Value

FILES = Path(__file__).parent / "files"
DATA = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / "data/surveys"


def options(*texts: str, other: bool = False) -> tuple[Option, ...]:
    made = tuple(Option(f"o{place}", {"es": text}) for place, text in enumerate(texts))
    return (*made, Option("other", {"es": "Otro"}, other=True)) if other else made


def asks(*questions: Question, languages: tuple[str, ...] = ("es",)) -> Instrument:
    return Instrument(languages, {"es": "Mapeo"}, (Section("s", {}, questions),))


THEMES = options("Agua, saneamiento y salud", "Participación ciudadana", "Género; y diversidad", other=True)
HARD = options("Mucho", "Poco", "Regular")
MAPPING = asks(
    Question("name", Kind.OPEN, {"es": "Nombre de la organización"}, role="ORGANIZATION"),
    Question("country", Kind.COUNTRY, {"es": "¿En qué país está constituida?"}),
    Question("cities", Kind.CITIES, {"es": "¿En qué ciudades trabajan?"}),
    Question("themes", Kind.MULTI, {"es": "¿Qué temas trabajan?"}, options=THEMES),
    Question(
        "hard", Kind.MATRIX, {"es": "¿Qué tan difícil es?"}, options=HARD,
        rows=options("Conseguir fondos, donaciones", "Encontrar personas"),
    ),
    Question("joins", Kind.YES_NO, {"es": "¿Se sumarían a la red?"}),
    Question("people", Kind.NUMBER, {"es": "¿Cuántas personas son?"}),
)  # fmt: skip


def table(content: bytes) -> tuple[list[str], list[list[str]]]:
    with open_table(content) as found:
        return found.headings, list(found.rows)


def read(content: bytes, instrument: Instrument, decisions: Decisions | None = None) -> Reading:
    headings, rows = table(content)
    targets = guess(headings, instrument)
    return read_answers(
        headings=headings, rows=rows, targets=targets, instrument=instrument, decisions=decisions
    )


def guessed(content: bytes) -> tuple[Guess, Reading]:
    headings, rows = table(content)
    found = guess_instrument(headings=headings, rows=rows, title="Una", language="es")
    reading = read_answers(
        headings=headings, rows=rows, targets=found.targets, instrument=found.instrument, marks=found.marks
    )
    return found, reading


def said(reading: Reading, key: str) -> list[Value]:
    return [one.values.get(key, Value()) for one in reading.respondents]


# Google Forms
