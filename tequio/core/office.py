"""Office documents without what they tell besides: who wrote them, where, with what, and how they looked before.

What people wrote stays as it is: comments and tracked changes keep the names beside them. A signed document stays whole,
since any change would break its signature. Source: XCT-02. Formats: ECMA-376 part 2 (OOXML), OpenDocument 1.3 part 2.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tequio.core import files, pictures
from tequio.core.pictures import Unreadable

UNPACKED = 10 * files.LARGEST
DEPTH = 3  # documents inside documents
DAWN = (1980, 1, 1, 0, 0, 0)
Parts = dict[str, bytes]

# Of OOXML, what a relationship of the package leads to: emptied, or left out.
_EMPTIED = ("/core-properties", "/extended-properties", "/custom-properties")
_LEFT_OUT = ("/thumbnail", "/classificationlabels")
_PATHS = re.compile(
    rb'(<(?:\w+:)?absPath\b[^>]*?\burl=")[^"]*|(<(?:\w+:)?fileSharing\b[^>]*?\buserName=")[^"]*'
)
_PLACES = re.compile(rb'(\bTarget=")file:[^"]*?([^"/\\]*")')
# Of OpenDocument.
_PRINTER = re.compile(rb'(<config:config-item\b[^>]*"Printer(?:Name|Setup)"[^>]*>)[^<]*')
_SMALL_PICTURE = re.compile(rb'<manifest:file-entry\b[^>]*"Thumbnails/[^>]*?/>')
_NO_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta office:version="1.2"'
    b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:meta/></office:document-meta>'
)


class Locked(Unreadable):
    """The document opens with a password only, so that nothing can be taken out of it."""


def plain(content: bytes, *, kind: str, depth: int = 0) -> bytes:
    """Return an office document without what it tells besides. Raises ``Unreadable``, ``Locked``."""
    try:
        parts = _unpacked(content)
        kept = _odf(parts, depth) if kind.startswith("od") else _ooxml(parts, depth)
    except (*files.BROKEN, ParseError, DefusedXmlException, KeyError, RecursionError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise Unreadable(kind) from problem
    return content if kept is None else _packed(kept)


def _unpacked(content: bytes) -> Parts:
    """Return the parts by name, in their order; what is too large, or there twice, is not read."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        listed = packed.infolist()
        if sum(one.file_size for one in listed) > UNPACKED:
            raise Unreadable("too large")
        if len({one.filename.lower() for one in listed}) < len(listed):
            raise Unreadable("a part is there twice")
        if any(one.flag_bits & 1 for one in listed):
            raise Locked("zip")
        return {one.filename: packed.read(one) for one in listed}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts with no time, no system and no remark; the same parts make the same bytes."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in parts.items():
            one = zipfile.ZipInfo(name, DAWN)
            one.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            one.create_system = 0
            packed.writestr(one, content)
    return held.getvalue()


def _inside(name: str, content: bytes, depth: int) -> bytes:
    """Return a picture or a document that lies inside another one as plain as the one around it."""
    kind = files.format_of(content) if content[:4] in _STARTS or content.startswith(b"\xff\xd8\xff") else None
    if kind in ("png", "jpg", "webp"):
        return pictures.plain(content, kind=kind)
    if kind in OFFICE:
        if depth >= DEPTH:
            raise Unreadable(name)
        return plain(content, kind=kind, depth=depth + 1)
    return content


_STARTS = (b"\x89PNG", b"RIFF", b"PK\x03\x04")
OFFICE = ("odt", "ods", "odp", "docx", "xlsx", "pptx")


def _ooxml(parts: Parts, depth: int) -> Parts | None:
    if any(name.lower().startswith("_xmlsignatures/") for name in parts):
        return None
    names = {name.lower(): name for name in parts}
    leads = [dict(one.attrib) for one in fromstring(parts["_rels/.rels"], forbid_dtd=True)]
    emptied = {names.get(_target(one), "") for one in leads if one["Type"].endswith(_EMPTIED)}
    gone = {names.get(_target(one), "") for one in leads if one["Type"].endswith(_LEFT_OUT)}
    kept: Parts = {}
    for name, content in parts.items():
        if name in emptied:
            kept[name] = _empty(content)
        elif name == "_rels/.rels":
            stay = [one for one in leads if not one["Type"].endswith(_LEFT_OUT)]
            kept[name] = _told_no_place(name, _relationships(stay))
        elif name == "[Content_Types].xml":
            kept[name] = _without(content, {f"/{each}" for each in gone})
        elif name not in gone:
            kept[name] = _told_no_place(name, _inside(name, content, depth))
    return kept


def _target(relationship: Mapping[str, str]) -> str:
    return posixpath.normpath(relationship["Target"].lstrip("/")).lower()


def _told_no_place(name: str, content: bytes) -> bytes:
    """Blank the folders of whoever wrote it: they hold names of people."""
    if name.endswith(".rels"):
        return _PLACES.sub(rb"\1file:///\2", content)
    if name.lower() == "xl/workbook.xml":
        return _PATHS.sub(lambda found: found[1] or found[2], content)
    return content


def _empty(content: bytes) -> bytes:
    """Return the same element with nothing in it."""
    return _written(Element(fromstring(content, forbid_dtd=True).tag))


def _relationships(leads: list[dict[str, str]]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    lines = "".join(f"<Relationship{_attributes(one)}/>" for one in leads)
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def _without(content: bytes, gone: set[str]) -> bytes:
    """Return the list of what parts are, without those that were left out."""
    types = fromstring(content, forbid_dtd=True)
    for one in [each for each in types if each.get("PartName") in gone]:
        types.remove(one)
    return _written(types)


def _written(element: Element) -> bytes:
    space, _end, local = element.tag.removeprefix("{").rpartition("}")
    inside = "".join(f"<{_local(one)}{_attributes(one.attrib)}/>" for one in element)
    return f'<?xml version="1.0" encoding="UTF-8"?><{local} xmlns="{space}">{inside}</{local}>'.encode()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attributes(said: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in said.items())


def _odf(parts: Parts, depth: int) -> Parts | None:
    if "META-INF/documentsignatures.xml" in parts:
        return None
    manifest = parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        raise Locked("odf")
    return dict(_odf_parts(parts, depth))


def _odf_parts(parts: Parts, depth: int) -> Iterator[tuple[str, bytes]]:
    for name, content in parts.items():
        last = posixpath.basename(name)
        if name.startswith("Thumbnails/"):
            continue
        if last == "meta.xml":
            yield name, _NO_META
        elif last == "settings.xml":
            yield name, _PRINTER.sub(rb"\1", content)
        elif name == "META-INF/manifest.xml":
            yield name, _SMALL_PICTURE.sub(b"", content)
        else:
            yield name, _inside(name, content, depth)
