"""Files that people bring by mistake or with bad intent: each gets a plain sentence beside the field, and nothing stays."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.core.actor import Actor
from tequio.surveys.models import Batch, Reply, Stage, Survey
from tests.conftest import sign_in
from tests.surveys.sheets import ods, zipped

HERE = "/andina/surveys/mapeo/import/"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def packed(*, how: int = zipfile.ZIP_STORED, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


REFUSED = {
    "nothing": (b"", "There is nothing in the file."),
    "blanks": (b" \r\n\r\n ", "There is nothing in the file."),
    "only-headings": (b"name;joins\n", "There are headings, but no answers under them."),
    "only-headings-in-a-workbook": (book(["name", "joins"]), "no answers under them"),
    "only-nul": (b"\0" * 40, "There is nothing in the file."),
    "a-pdf": (b"%PDF-1.7 \x00", "This is a document, not a table."),
    "a-letter": (packed(word__document_dot_xml=b"<w/>"), "This is a document, not a table."),
    "a-libreoffice-sheet-cut-short": (ods({"a": [["name", "joins"], ["A", "sí"]]})[:-90], "The file is broken."),
    "a-locked-libreoffice-sheet": (
        zipped({"content.xml": "?", "META-INF/manifest.xml": "<encryption-data/>"}), "locked with a password"
    ),
    "some-archive": (packed(a=b"b"), "This is no CSV, XLSX or ODS."),
    "an-old-workbook": (OLE, "This is an old workbook."),
    "a-locked-workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    "a-workbook-cut-short": (book(["name"], ["A"])[:-200], "The file is broken."),
    "a-workbook-without-sheets": (packed(xl__workbook_dot_xml=b"<a/>"), "The file is broken."),
    "a-bomb": (packed(how=zipfile.ZIP_DEFLATED, xl__workbook_dot_xml=b"<a>" + b" " * 3_000_000), "far too large"),
    "a-packed-bomb-cut-short": (b"\x1f\x8bzz", "The file is broken."),
    "a-picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is no CSV, XLSX or ODS."),
    "json": (b'{"name": "A"}', "This is no CSV, XLSX or ODS."),
    "five-thousand-columns": (b",".join(b"c%d" % n for n in range(5_000)) + b"\n1\n", "more than 2,000 columns"),
    "repeated-groups": (b"_parent_index,a\n1,2\n", "groups that repeat"),
}  # fmt: skip

READ = {
    "utf-16": "name;joins\nÑandú;sí\n".encode("utf-16"),
    "utf-16-without-its-mark": "name;joins\nÑandú;sí\n".encode("utf-16-be"),
    "western": "name;joins\nÑandú;sí\n".encode("cp1252"),
    "mixed-letters": "name;joins\nÑandú;sí\nPerú;sí\n".encode() + "Ñandú dos;sí\n".encode("cp1252"),
    "a-csv-called-xlsx": "name;joins\nÑandú;sí\n".encode(),
    "nul-in-cells": "name\0;joins\nÑan\0dú;s\0í\n".encode(),
    "a-million-letters": ("name;joins\nÑandú;sí\n" + "x" * 1_000_000 + ";no\n").encode(),
    "ids-that-come-twice": "_uuid;name;joins\n1;Ñandú;sí\n1;Otra;no\n".encode(),
    "formulas": "name;joins;people\nÑandú;sí;3\n=cmd|' /C calc'!A0;@SUM(1);=1+1\n".encode(),
    "unknown-options": "name;joins;themes;country\nÑandú;sí;Zzz;Atlantis\n".encode(),
    "ragged-rows": "name;joins\nÑandú;sí;1;2;3\nB\n;;;;\n".encode(),
    "an-open-quote": 'name;joins\nÑandú;sí\n"B;no\n'.encode(),
    "a-libreoffice-sheet": ods(
        {"Hoja1": [["name", "joins", None], ["Ñandú", "sí", "#REF!"], [], ["B", 3.5, "=1+1"]]}
    ),
    "a-workbook-of-odd-cells": book(["name", "joins", None], ["Ñandú", "sí", "#REF!"], [True, 3.5, "=1+1"]),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_table_of_answers_says_so_beside_the_field(
    client: Client, fields_survey: Survey, ana: Actor, kind: str
) -> None:
    """Source: SUR-05, SUR-15."""
    content, sentence = REFUSED[kind]
    sign_in(client, ana)
    answer = client.post(
        HERE, {"file": SimpleUploadedFile("a.xlsx", content)}, headers={"accept-language": "en"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert sentence in answer.text
    assert not Batch.objects.exists()


@pytest.mark.parametrize("kind", READ)
def test_what_can_be_read_of_an_odd_file_is_read_and_nothing_is_half_written(
    client: Client, fields_survey: Survey, ana: Actor, kind: str
) -> None:
    """Source: SUR-05, SUR-15."""
    sign_in(client, ana)
    answer = client.post(HERE, {"file": SimpleUploadedFile("a.xlsx", READ[kind])})
    assert answer.status_code == 303
    batch = Batch.objects.get()
    assert batch.stage in (Stage.READY, Stage.READING)
    assert client.get(answer.headers["Location"]).status_code == 200
    if batch.stage == Stage.READY:
        assert batch.report["sample"][0]["said"]["name"]["text"] == "Ñandú"
        assert batch.report["sample"][0]["said"]["joins"]["chosen"] == ["yes"]
    assert not Reply.objects.exists()
