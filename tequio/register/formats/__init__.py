"""The export of a register: one file of JSON lines that anybody can check, and the check itself."""

from tequio.register.formats import single_file
from tequio.register.formats.assembling import verifier
from tequio.register.formats.bundle import is_public_copy, lines_of, report_digest, write_bundle
from tequio.register.formats.kept import kept_text
from tequio.register.formats.proving import (
    CONSISTENCY,
    PROOF,
    NotProved,
    check_consistency,
    check_proof,
    form_of,
    write_consistency,
    write_proof,
)
from tequio.register.formats.report import Finding, Report, Since
from tequio.register.formats.verifying import verify
from tequio.register.formats.writing import FORMAT, Record, write_export

__all__ = [
    "CONSISTENCY",
    "FORMAT",
    "PROOF",
    "Finding",
    "NotProved",
    "Record",
    "Report",
    "Since",
    "check_consistency",
    "check_proof",
    "form_of",
    "is_public_copy",
    "kept_text",
    "lines_of",
    "report_digest",
    "single_file",
    "verifier",
    "verify",
    "write_bundle",
    "write_consistency",
    "write_export",
    "write_proof",
]
