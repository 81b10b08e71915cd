"""Files of answers as other programs write them: bytes in, columns or what each respondent said out."""

from tequio.surveys.formats.answers.sheet import read_sheet

__all__ = ["read_sheet"]
