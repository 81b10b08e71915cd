"""The language of the command: that of the person's terminal, English where it is none of ours."""

import gettext
import os
from argparse import ArgumentTypeError
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


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogs that somebody else says."""
    return message


def whole(said: str) -> int:
    """Read a whole number that was asked for on the command line; anything else is refused in words."""
    try:
        return int(said)
    except ValueError:
        raise ArgumentTypeError(gettext_now("“%(said)s” is not a whole number") % {"said": said}) from None


def plain(text: str) -> str:
    """Leave out what a terminal would obey instead of showing it, such as colors and line breaks in a name of a file."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else " " for mark in text)


ARGPARSE = (
    gettext_noop("usage: "),
    gettext_noop("positional arguments"),
    gettext_noop("options"),
    gettext_noop("show this help message and exit"),
    gettext_noop("show program's version number and exit"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("expected one argument"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
)
