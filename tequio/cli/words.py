"""The language of the command: that of the person's terminal, English where it is none of ours."""

import gettext
import os
from functools import cache
from pathlib import Path

LANGUAGES = {"es": "es", "pt": "pt_BR", "en": "en"}


def language() -> str:
    """Name the language of the terminal: es, pt_BR or en."""
    said = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        "en",
    )
    return LANGUAGES.get(said[:2].lower(), "en")


@cache
def catalog(tongue: str) -> gettext.NullTranslations:
    """Open the command's own texts in one language, without Django."""
    return gettext.translation(
        "django",
        localedir=Path(__file__).parent / "locale",
        languages=[tongue],
        fallback=True,
    )


def gettext_now(message: str) -> str:
    """Say one message in the language of the terminal."""
    return catalog(language()).gettext(message)


def ngettext_now(one: str, many: str, number: int) -> str:
    """Say one counted message in the language of the terminal."""
    return catalog(language()).ngettext(one, many, number)
