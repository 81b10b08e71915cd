"""The open data of a release. Source: frictionless Data Package 1 (profile ``tabular-data-package``), CWE-1236."""

import csv
import hashlib
import io
import json
import re
import zipfile
from decimal import Decimal

import pytest

from tequio.register.rules.canonical import canonical
from tequio.surveys.formats import opendata

HARM = '=HYPERLINK("http://x")'
TABLE = {
    "key": "needs", "text": {"en": HARM, "es": "+1", "pt-br": "@x"}, "several": True, "asked": 96, "answered": 92,
    "base": "MENTIONS", "mentions": 140, "by": True, "within": [60, 29],
    "rows": [
        {"key": "money", "text": {"en": "-money"}, "low": 83, "high": 83, "by": [54, 29]},
        {"key": "people", "text": {"en": "People\r\n, more"}, "low": 0, "high": 4},
        {"key": "else", "text": {"en": "Else"}, "low": None, "high": None},
    ],
}  # fmt: skip
COLUMNS = [
    {"key": "CO", "text": {"en": "Colombia"}, "merged": False, "size": 67},
    {"key": "other", "text": {}, "merged": True, "size": 29},
]
DOCUMENT = {
    "survey": "d3b5cc0f", "number": 2, "title": {"es": "Mapeo"}, "languages": ["es", "pt-br", "en"], "authors": "",
    "licence": "CC0-1.0", "dimension": {"key": "country", "columns": COLUMNS},
    "tables": [TABLE, {"key": "gone", "text": {"en": "Gone"}, "several": False, "why": "FEW"}],
}  # fmt: skip
READ = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": lambda text: {"true": 1, "false": 0}[text],
}


@pytest.fixture(scope="module")
def archive():
    report = canonical(DOCUMENT)
    made = opendata.package_of(DOCUMENT, report, digest=hashlib.sha256(report).hexdigest())
    assert made == opendata.package_of(DOCUMENT, report, digest=hashlib.sha256(report).hexdigest())
    return zipfile.ZipFile(io.BytesIO(made))


def test_the_package_keeps_what_the_profile_asks(archive):
    """Source: issue 5 section 4: what the JSON schema of the profile requires, and each row as its schema says."""
    about = json.loads(archive.read("datapackage.json"))

    assert about["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", about["name"])
    assert "contributors" not in about  # an empty list is none
    assert re.fullmatch(r"[-a-zA-Z0-9._]+", about["licenses"][0]["name"])
    assert len({resource["name"] for resource in about["resources"]}) == len(about["resources"]) == 4
    for resource in about["resources"]:
        content = archive.read(resource["path"])
        assert (resource["profile"], resource["encoding"]) == ("tabular-data-resource", "utf-8")
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        assert re.fullmatch(r"[^./~](?!.*\.\.).*", resource["path"])
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        fields = resource["schema"]["fields"]
        rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
        assert rows
        for row in rows:
            assert list(row) == [field["name"] for field in fields]
            for field in fields:
                assert row[field["name"]] in resource["schema"]["missingValues"] or [
                    READ[field["type"]](row[field["name"]])
                ]


def test_no_cell_is_a_formula(archive):
    """Source: SECURITY S12, CWE-1236: a spreadsheet runs nothing of what somebody wrote."""
    for name in archive.namelist():
        if name.endswith(".csv"):
            cells = [
                cell
                for line in csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
                for cell in line
            ]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], name
    assert f"'{HARM}" in [line[3] for line in csv.reader(io.StringIO(archive.read("codebook.csv").decode()))]


def test_help_and_codebook_speak_three_languages(archive):
    """Source: issue 5 section 4."""
    help_ = archive.read("README.md").decode()
    book = list(csv.DictReader(io.StringIO(archive.read("codebook.csv").decode(), newline="")))

    for heading in ("English", "Español", "Português"):
        assert heading in help_
    for column in (*opendata.COLUMNS, *opendata.BOOK):
        assert help_.count(f"- `{column}`: ") >= 3
    assert [row["code"] for row in book if row["part"] == "OPTION"] == ["money", "people", "else"]
    assert [(row["code"], row["text_es"]) for row in book if row["part"] == "COLUMN"] == [
        ("CO", ""),
        ("other", "Los grupos menores, juntos"),
    ]
