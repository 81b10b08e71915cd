"""The words of every question of the path, by its code."""

from tequio.founding.texts.belonging import QUESTIONS as _BELONGING
from tequio.founding.texts.changing import QUESTIONS as _CHANGING
from tequio.founding.texts.governance import QUESTIONS as _GOVERNANCE
from tequio.founding.texts.purposes import QUESTIONS as _PURPOSES
from tequio.founding.texts.reach import QUESTIONS as _REACH
from tequio.founding.texts.words import Words

QUESTIONS: dict[str, Words] = {**_REACH, **_GOVERNANCE, **_CHANGING, **_BELONGING, **_PURPOSES}
