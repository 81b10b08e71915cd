"""What could not be taken over, as sentences. Whoever calls brings the translation, so pages and commands share them."""

from __future__ import annotations

from tequio.surveys.formats.xlsform.telling import Code, Outcome


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogs."""
    return message


OUTCOMES = {
    Outcome.KEPT: gettext_noop("kept"),
    Outcome.SIMPLIFIED: gettext_noop("simplified"),
    Outcome.LEFT_OUT: gettext_noop("left out"),
}

REASONS = {
    Code.FORMULA: gettext_noop(
        "A formula is never computed: what the program that saved it last saw counts."
    ),
    Code.CELL_TOO_LONG: gettext_noop("This text is too long. It was cut."),
    Code.COLUMN: gettext_noop("This column says nothing to us."),
    Code.MEDIA: gettext_noop("Pictures, sound and film are not shown."),
    Code.TYPE: gettext_noop("There is no question of this type here."),
    Code.RECORDED: gettext_noop("What a device records by itself is not kept here."),
    Code.CALCULATION: gettext_noop("Nothing is computed while somebody answers."),
    Code.REPEAT: gettext_noop("Questions cannot be repeated here."),
    Code.NOTE: gettext_noop("A text between questions has no place here."),
    Code.NESTED: gettext_noop("A group inside a group became a section of its own."),
    Code.UNBALANCED: gettext_noop("A group does not begin or does not end."),
    Code.NO_NAME: gettext_noop("This row has no name."),
    Code.NAME: gettext_noop("This name cannot be used. It was changed."),
    Code.NAME_TWICE: gettext_noop("Another row has this name. The second one was changed."),
    Code.NO_LABEL: gettext_noop("This row has no text. Its name stands in its place."),
    Code.REFERENCE: gettext_noop(
        "The text shows what somebody answered before. Here it stays as it is written."
    ),
    Code.NO_LIST: gettext_noop("The sheet “choices” has no such list."),
    Code.OTHER_FILE: gettext_noop("The options lie in another file."),
    Code.TOO_MANY_OPTIONS: gettext_noop("There are more than 500 options."),
    Code.OPTION_TWICE: gettext_noop("The list has this name already."),
    Code.OPTION_NAME: gettext_noop("This name cannot be used. It was changed."),
    Code.CHOICE_FILTER: gettext_noop("Options are not filtered: all of them are shown."),
    Code.CONDITION: gettext_noop("This condition cannot be said here. Everybody is asked."),
    Code.CONSTRAINT: gettext_noop("This limit cannot be said here. Every answer is taken."),
    Code.REQUIRED: gettext_noop("Whether it is needed hangs on a condition. Here it is not needed."),
    Code.APPEARANCE: gettext_noop("It is drawn in our own way."),
    Code.DEFAULT: gettext_noop("Nothing is filled in beforehand."),
    Code.READ_ONLY: gettext_noop("Here it can be changed."),
    Code.RANK: gettext_noop("Options are chosen, not put in order."),
    Code.AS_TEXT: gettext_noop("It is asked as a text."),
    Code.AS_DATE: gettext_noop("The day is asked, without the hour."),
    Code.AS_YES_NO: gettext_noop("It is asked as a yes or no."),
    Code.AS_MULTI: gettext_noop("One single option is a box that may stay empty."),
}

UNUSABLE = {
    "another_kind": gettext_noop("This is no workbook: a file in XLSX is expected."),
    "old_workbook": gettext_noop("This is an old workbook. Save it as XLSX and try again."),
    "bomb": gettext_noop("It unpacks to far more than a form holds."),
    "broken": gettext_noop("The file is broken."),
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is too large: 10 MB at most."),
    "no_survey_sheet": gettext_noop("There is no sheet “survey” in it."),
    "no_type_column": gettext_noop("The sheet “survey” has no column “type” in its first row."),
}
