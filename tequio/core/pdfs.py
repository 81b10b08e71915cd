"""PDF without what it tells besides: who made it, when, with what, and what its pictures tell of place and device.

What people wrote stays, also the names beside remarks. A signed PDF stays whole, since any change would break its
signature. Source: XCT-02. Format: ISO 32000-2.
"""

from io import BytesIO
from typing import Any

from tequio.core import pictures
from tequio.core.office import Locked
from tequio.core.pictures import Unreadable

_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RecursionError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip


def plain(content: bytes) -> bytes:
    """Return a PDF without what it tells besides. Raises ``Unreadable``, ``Locked``."""
    from pypdf.errors import PyPdfError  # nothing that a web worker loads before it is needed

    try:
        return _plain(_plain(content))  # the second time, what was emptied goes, and nothing moves any more
    except Unreadable:
        raise
    except (PyPdfError, *_BROKEN) as problem:
        raise Unreadable("pdf") from problem


def _plain(content: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked("pdf")
    writer = PdfWriter(clone_from=reader)
    if not writer.pages:
        raise Unreadable("no page")
    told = [one for one in _all(writer) if isinstance(one, DictionaryObject)]
    if any("/ByteRange" in one for one in told):
        return content
    writer.metadata, writer._ID = None, None  # noqa: SLF001 (an identifier follows a file wherever it goes)
    for one in told:
        _tell_less(one)
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def _all(writer: Any) -> list[Any]:
    return [one for one in writer._objects if one is not None]  # noqa: SLF001 (there is no other way to every object)


def _tell_less(one: Any) -> None:
    from pypdf.generic import StreamObject

    for name in ("/Metadata", "/PieceInfo"):
        if name in one:
            del one[name]
    if not isinstance(one, StreamObject):
        return
    if one.get("/Type") == "/Metadata":
        one.clear()
        one._data = b""  # noqa: SLF001 (a stream whose bytes were compressed cannot be set otherwise)
    elif one.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        one._data = pictures.plain(one._data, kind="jpg")  # noqa: SLF001
