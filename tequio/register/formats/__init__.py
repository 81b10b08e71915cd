"""The export of a register: one file of JSON lines that anybody can check, and the check itself."""

from tequio.register.formats.kept import kept_text
from tequio.register.formats.proving import NotProved, check_proof, is_proof, write_proof
from tequio.register.formats.report import Finding, Report
from tequio.register.formats.verifying import verify
from tequio.register.formats.writing import FORMAT, Record, write_export

__all__ = [
    "FORMAT",
    "Finding",
    "NotProved",
    "Record",
    "Report",
    "check_proof",
    "is_proof",
    "kept_text",
    "verify",
    "write_export",
    "write_proof",
]
