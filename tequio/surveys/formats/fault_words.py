"""What keeps an instrument from being asked, as sentences. Whoever calls brings the translation."""

from __future__ import annotations

from tequio.surveys.rules.faults import Code


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogs."""
    return message


SENTENCES = {
    Code.NO_LANGUAGE: gettext_noop("It has no language."),
    Code.BAD_LANGUAGE: gettext_noop("“%(language)s” is no code of a language."),
    Code.LANGUAGE_TWICE: gettext_noop("The language “%(language)s” is there twice."),
    Code.NO_QUESTION: gettext_noop("It asks nothing yet."),
    Code.BAD_KEY: gettext_noop("The short name “%(about)s” cannot be used: letters, digits, - and _ only."),
    Code.KEY_TWICE: gettext_noop("The short name “%(about)s” is there twice."),
    Code.NO_TEXT: gettext_noop("Its text is missing."),
    Code.NOT_TRANSLATED: gettext_noop("Its text is missing in %(language)s."),
    Code.TEXT_TOO_LONG: gettext_noop("Its text is too long: 5,000 letters at most."),
    Code.TOO_MANY: gettext_noop("There are too many of them."),
    Code.TOO_FEW_OPTIONS: gettext_noop("It needs options to choose from."),
    Code.NO_ROWS: gettext_noop("It needs rows."),
    Code.TAKES_NO_OPTIONS: gettext_noop("A question of this kind takes no options."),
    Code.NO_COUNTRY: gettext_noop("“%(about)s” is no code of a country, such as CO or BR."),
    Code.OTHER_TWICE: gettext_noop("Only one option can ask which."),
    Code.AT_MOST: gettext_noop("That many cannot be chosen: %(about)s."),
    Code.BOUNDS: gettext_noop("No number lies between these: %(about)s."),
    Code.UNKNOWN_ROLE: gettext_noop("There is nothing called “%(about)s” that its answers could feed."),
    Code.ROLE_TWICE: gettext_noop("Another question already feeds the same."),
    Code.ROLE_KIND: gettext_noop("A question of this kind cannot feed that."),
    Code.CONDITION_EMPTY: gettext_noop("Its condition says nothing."),
    Code.CONDITION_QUESTION: gettext_noop(
        "Its condition hangs on a question that is not there: “%(about)s”."
    ),
    Code.CONDITION_FORWARD: gettext_noop("Its condition hangs on a question that comes later: “%(about)s”."),
    Code.CONDITION_OPTION: gettext_noop("Its condition hangs on an option that is not there: “%(about)s”."),
    Code.CONDITION_OPERATOR: gettext_noop("Its condition compares what cannot be compared: “%(about)s”."),
    Code.CONDITION_NUMBER: gettext_noop("Its condition needs a number, not “%(about)s”."),
}
