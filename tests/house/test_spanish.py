"""The interface speaks plain Spanish: every screen and every message is read by the measure of INFLESZ."""

import re
from collections.abc import Iterator
from statistics import median

import pytest
from babel.messages.pofile import read_po

from tequio.core import messages
from tests.house.rich import Opened
from tests.house.spanish import reading, syllables, text_of

SCREEN_MEDIAN, SCREEN_LEAST = 70, 55
MESSAGE_LEAST = 55
FEW_WORDS = 25


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("red", 1),
        ("acta", 2),
        ("guía", 2),
        ("quien", 1),
        ("siguiente", 3),
        ("pingüino", 3),
        ("leer", 2),
        ("día", 2),
        ("cooperación", 5),
        ("muy", 1),
        ("ya", 1),
        ("organizaciones", 6),
        ("país", 2),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_measure_tells_plain_from_hard() -> None:
    plain = "Lee la propuesta. Di si puedes vivir con ella. Si ves un daño, dilo sin pena."
    hard = (
        "La implementación de procedimientos administrativos interinstitucionales posibilita la "
        "operacionalización de mecanismos participativos representativos."
    )
    easy, heavy = reading(plain), reading(hard)
    assert easy is not None
    assert easy.ease > 80
    assert heavy is not None
    assert heavy.ease < 10


def screens(pages_opened: list[Opened]) -> Iterator[tuple[str, float]]:
    """Yield the address of every Spanish page that holds some sentences, and how easy it is to read."""
    for page in pages_opened:
        if page.reader not in ("nobody", "ana") or not page.first or page.status != 200:
            continue
        if page.html and "/components" not in page.path:
            found = reading(text_of(page.html))
            if found and found.words >= FEW_WORDS:
                yield page.path, found.ease


def test_every_screen_reads_easily(pages_opened: list[Opened]) -> None:
    """EXPERIENCE 5: INFLESZ of the screens, median 70 or more, none under 55."""
    found = dict(screens(pages_opened))
    assert len(found) > 40
    hard = {path: round(ease) for path, ease in found.items() if ease < SCREEN_LEAST}
    assert not hard, f"say these plainly: {hard}"
    assert median(found.values()) >= SCREEN_MEDIAN


def sayings() -> Iterator[tuple[str, str]]:
    """Yield the app and the text of every Spanish message."""
    for app in messages.apps():
        path = messages.catalog_path(app, "es")
        if not path.exists():
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale="es"):
                texts = [message.string] if isinstance(message.string, str) else message.string
                yield from ((app.name, text) for text in texts if message.id and text)


def spoken(text: str) -> str:
    """Return a message as it is read: a short name where one is filled in, no marks of the page."""
    return re.sub(r"<[^>]+>", "", re.sub(r"%\(\w+\)[sd]|%[sd]", "Ana", text))


def test_every_message_reads_easily() -> None:
    """Every message of four words or more reads easily, none excepted; shorter ones are names and labels."""
    found = [(one.ease, app, text) for app, text in sayings() if (one := reading(spoken(text)))]
    hard = [f"{ease:.0f} {app}: {text}" for ease, app, text in sorted(found) if ease < MESSAGE_LEAST]
    assert len(found) > 2000
    assert not hard, "say these plainly:\n" + "\n".join(hard)
    assert median(ease for ease, _app, _text in found) >= SCREEN_MEDIAN
