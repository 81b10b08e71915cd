"""The charter as documents to carry away, and a governance model as a file that another network starts from."""

from tequio.core.printing import PressFailed, pdf_of, pdf_possible
from tequio.founding.formats.documents import docx_of, html_of
from tequio.founding.formats.models import LARGEST, Model, Unreadable, carried, read_model, write_model
from tequio.founding.formats.pages import Paper, Piece

__all__ = [
    "LARGEST",
    "Model",
    "Paper",
    "Piece",
    "PressFailed",
    "Unreadable",
    "carried",
    "docx_of",
    "html_of",
    "pdf_of",
    "pdf_possible",
    "read_model",
    "write_model",
]
