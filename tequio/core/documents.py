"""Files without what they tell besides: one door for pictures, sounds, PDF and office documents. Source: XCT-02."""

from tequio.core import office, pdfs, pictures, sounds
from tequio.core.office import Locked
from tequio.core.pictures import Unreadable

__all__ = ["Locked", "Unreadable", "plain"]


def plain(content: bytes, *, kind: str) -> bytes:
    """Return a file without what it tells of who made it, where and with what; other sorts stay as they are.

    ``kind`` is what ``files.format_of`` says. Raises ``Unreadable`` for what cannot be read to its end, and ``Locked``
    for what opens with a password only.
    """
    if kind == "pdf":
        return pdfs.plain(content)
    if kind in office.OFFICE:
        return office.plain(content, kind=kind)
    if kind in sounds.SORTS:
        sort, kept = sounds.plain(content)
        if sort != kind:
            raise Unreadable(kind)
        return kept
    return pictures.plain(content, kind=kind)
