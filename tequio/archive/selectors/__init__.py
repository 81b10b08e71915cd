"""Every read of the archive."""

from tequio.archive.selectors.copies import (
    closing_asked,
    copies,
    copy,
    expired,
    offer,
    offers,
    receivers,
    way_of_closing,
)
from tequio.archive.selectors.tables import (
    Table,
    blobs,
    is_own,
    job_rows,
    rows_of,
    schema_of,
    tables,
)

__all__ = [
    "Table",
    "blobs",
    "closing_asked",
    "copies",
    "copy",
    "expired",
    "is_own",
    "job_rows",
    "offer",
    "offers",
    "receivers",
    "rows_of",
    "schema_of",
    "tables",
    "way_of_closing",
]
