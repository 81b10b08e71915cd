"""The archive of a network: its cells, its data package, and the file that holds them."""

from tequio.archive.formats.cells import NotTaken, decode, describe, encode, spreadsheet
from tequio.archive.formats.reading import Broken, Reading, open_archive
from tequio.archive.formats.writing import Writing, seal_text

__all__ = [
    "Broken",
    "NotTaken",
    "Reading",
    "Writing",
    "decode",
    "describe",
    "encode",
    "open_archive",
    "seal_text",
    "spreadsheet",
]
