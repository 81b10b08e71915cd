"""A document keeps what people wrote and loses what it tells of them besides. Source: XCT-02."""

import io
import zipfile

import docx
import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from tequio.core import documents
from tests.core.test_pictures import photo

TOLD = b"Secreto"
SAID = TOLD.decode()
META = (
    f'<office:document-meta xmlns:office="o" xmlns:dc="d"><office:meta><dc:creator>{SAID}</dc:creator>'
    "</office:meta></office:document-meta>"
)
MANIFEST = (
    '<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"/>'
    '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type=""/></manifest:manifest>'
)
SETTINGS = (
    f'<a><config:config-item config:name="PrinterName" config:type="string">{SAID}</config:config-item></a>'
)


def packed(**parts: bytes | str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return held.getvalue()


def all_of(content: bytes) -> bytes:
    """Return every byte of a document, unpacked, with those of what lies inside it."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        found = [parts.read(name) for name in parts.namelist()]
    return content + b"".join(all_of(one) if one.startswith(b"PK\x03\x04") else one for one in found)


def text_document() -> bytes:
    made = docx.Document()
    made.add_paragraph("Lo que escribimos")
    made.add_picture(io.BytesIO(photo("jpg")))
    made.core_properties.author = made.core_properties.last_modified_by = SAID
    made.core_properties.title = SAID
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def table() -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = "Lo que contamos"  # type: ignore[index]
    made.properties.creator = SAID
    held = io.BytesIO()
    made.save(held)
    with zipfile.ZipFile(held) as parts:
        found = {name: parts.read(name) for name in parts.namelist()}
    place = f'<x15ac:absPath url="C:\\Users\\{SAID}\\x\\" xmlns:x15ac="a"/></workbook>'.encode()
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace(b"</workbook>", place)
    found["docProps/thumbnail.jpeg"] = TOLD
    lead = f'<Relationship Id="r9" Type="x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/><Relationship Id="r8" Type="x" Target="file:///C:/Users/{SAID}/a.dotx" TargetMode="External"/></Relationships>'
    found["_rels/.rels"] = found["_rels/.rels"].replace(b"</Relationships>", lead.encode())
    return packed(**found)


def slides() -> bytes:
    """OpenDocument, with a picture and a document inside that tell something too."""
    return packed(**{
        "mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<a>Lo que mostramos</a>",
        "meta.xml": META, "settings.xml": SETTINGS, "Object 1/meta.xml": META, "META-INF/manifest.xml": MANIFEST,
        "Thumbnails/thumbnail.png": TOLD, "Pictures/1.jpg": photo("jpg"), "Object 2": text_document(),
    })  # fmt: skip


@pytest.mark.parametrize(("made", "kind"), [(text_document, "docx"), (table, "xlsx"), (slides, "odp")])
def test_an_office_document_loses_who_made_it_and_where(made, kind):
    told = made()
    assert TOLD in all_of(told)
    plain = documents.plain(told, kind=kind)
    assert TOLD not in all_of(plain)
    assert b"Lo que " in all_of(plain)
    assert b"Thumbnails" not in all_of(plain)
    assert documents.plain(plain, kind=kind) == plain


def test_an_office_document_can_still_be_opened():
    made = docx.Document(io.BytesIO(documents.plain(text_document(), kind="docx")))
    assert made.paragraphs[0].text == "Lo que escribimos"
    assert (made.core_properties.author, len(made.inline_shapes)) == ("", 1)
    book = openpyxl.load_workbook(io.BytesIO(documents.plain(table(), kind="xlsx")))
    assert book.active["A1"].value == "Lo que contamos"


def test_what_is_signed_stays_whole_and_what_is_locked_is_refused():
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "meta.xml": META}
    signed = packed(**odt, **{"META-INF/documentsignatures.xml": "<a/>"})
    assert documents.plain(signed, kind="odt") == signed
    signed = packed(**{"_rels/.rels": "<a/>", "_xmlsignatures/sig1.xml": "<a/>"})
    assert documents.plain(signed, kind="docx") == signed
    with pytest.raises(documents.Locked):
        documents.plain(packed(**odt, **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), kind="odt")
    with pytest.raises(documents.Locked):
        documents.plain(paper(password="cerrado"), kind="pdf")


BROKEN = [
    (packed(**{"word/document.xml": "<a/>"}), "docx"), (packed(**{"_rels/.rels": "<a"}), "docx"),
    (packed(**{"_rels/.rels": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "docx"), (b"PK\x03\x04", "odt"),
    (packed(**{"_rels/.rels": "<a/>", "_RELS/.rels": "<a/>"}), "docx"),
    (b"%PDF-1.7", "pdf"), (b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind"), BROKEN)
def test_a_broken_document_is_refused(content, kind):
    with pytest.raises(documents.Unreadable):
        documents.plain(content, kind=kind)


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("tequio.core.office.UNPACKED", 1000)
    with pytest.raises(documents.Unreadable):
        documents.plain(packed(mimetype="a" * 1001), kind="odt")


def paper(*, password: str = "", signed: bool = False) -> bytes:
    """A PDF with an author, an XMP packet and a photo that tells where it was taken."""
    made = PdfWriter()
    page = made.add_blank_page(200, 200)
    made.add_metadata({"/Author": SAID, "/Producer": SAID})
    packet = DecodedStreamObject()
    packet.set_data(f"<x>{SAID}</x>".encode())
    packet.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    made.root_object[NameObject("/Metadata")] = made._add_object(packet)
    shown = StreamObject()
    shown._data = photo("jpg")
    shown.update(
        {
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    drawn = DictionaryObject({NameObject("/Im0"): made._add_object(shown)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    if signed:
        page[NameObject("/ByteRange")] = NameObject("/x")
    if password:
        made.encrypt(password)
    held = io.BytesIO()
    made.write(held)
    return held.getvalue()


def test_a_pdf_loses_who_made_it_and_what_its_photos_tell():
    told = paper()
    assert told.count(TOLD) > 2
    plain = documents.plain(told, kind="pdf")
    assert TOLD not in plain
    read = PdfReader(io.BytesIO(plain))
    assert (len(read.pages), read.metadata, read.xmp_metadata) == (1, None, None)
    assert documents.plain(plain, kind="pdf") == plain
    signed = paper(signed=True)
    assert documents.plain(signed, kind="pdf") == signed


def test_a_pdf_that_opens_for_everybody_is_kept_without_its_lock():
    made = PdfWriter(clone_from=io.BytesIO(paper()))
    made.encrypt("", owner_password="solo Ana")
    held = io.BytesIO()
    made.write(held)
    plain = documents.plain(held.getvalue(), kind="pdf")
    assert not PdfReader(io.BytesIO(plain)).is_encrypted


def test_other_files_stay_as_they_are():
    assert documents.plain(b"Hola", kind="txt") == b"Hola"
