"""Tables as people save them: bytes in, organizations out."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.people.formats.columns import field_of
from tequio.people.formats.organizations import Sheet, read_sheet
from tequio.people.formats.tables import Layout, Unreadable, guess_delimiter, read_grid, write_csv
from tequio.people.formats.values import cities_of, find_kind, find_scope, find_sector, several, site

ROWS = [
    ["Organización", "País", "Ciudades"],
    ["Huerta Ñandú", "Colombia", "Bogotá; Cali"],
    ["Año Nuevo", "Brasil", ""],
]


def text(delimiter: str = ",", ending: str = "\n") -> str:
    return ending.join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS
    )


def book(rows: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes, **known: object) -> Sheet:
    return read_sheet(content, language="es", **known)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_any_saving_reads_the_same(encoding: str, delimiter: str, ending: str) -> None:
    sheet = read(text(delimiter, ending).encode(encoding))
    assert [one.details.name for one in sheet.readings] == ["Huerta Ñandú", "Año Nuevo"]
    assert sheet.readings[0].details.cities == ("Bogotá", "Cali")
    assert [one.details.country for one in sheet.readings] == ["CO", "BR"]


@pytest.mark.parametrize(("encoding", "ending"), [("mac-roman", "\r"), ("cp850", "\r\n")])
def test_letters_of_old_machines_are_guessed(encoding: str, ending: str) -> None:
    sheet = read(text(";", ending).encode(encoding))
    assert sheet.layout.encoding == encoding
    assert [one.details.name for one in sheet.readings] == ["Huerta Ñandú", "Año Nuevo"]


def test_a_table_behind_a_sheet_of_notes_is_found() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book([["Léeme: la lista está en la otra hoja"]])))
    table = made.create_sheet("Lista")
    for row in ROWS:
        table.append(row)
    out = io.BytesIO()
    made.save(out)
    assert read(out.getvalue()).layout.sheet == "Lista"
    (note,) = read(out.getvalue(), layout=Layout("", sheet="Sheet")).readings
    assert note.details.name.startswith("Léeme")


def test_a_first_row_that_holds_a_country_is_no_heading() -> None:
    sheet = read("Casa Sol,Perú,Lima\nCasa Luna,Chile,Arica\n".encode())
    assert [(one.details.name, one.details.country) for one in sheet.readings] == [
        ("Casa Sol", "PE"),
        ("Casa Luna", "CL"),
    ]
    assert read(b"ID,QQ\n1,Casa Sol\n2,Casa Luna\n").layout.header == 1  # no word for Indonesia


def test_rows_within_a_quotation_mark_that_does_not_close_are_told() -> None:
    sheet = read('nombre,país,ciudad\n"Casa Sol,Perú,Lima\nCasa Luna,Chile,Arica\n'.encode())
    assert [(one.row, one.reason) for one in sheet.rejections] == [(2, "open_quote")]
    whole = read('nombre,país,ciudad\n"Casa\nSol",Perú,"Lima\nCusco"\n'.encode())
    assert [one.details.name for one in whole.readings] == ["Casa Sol"]


def test_a_workbook_reads_as_its_table_does() -> None:
    title = [["Directorio 2024", None, None], [None, None, None]]
    sheet = read(book([*title, *ROWS, [None, None, None], ["#REF!", "", ""], [42.0, "", ""]]))
    assert sheet.layout.header == 3
    assert [one.row for one in sheet.readings] == [4, 5, 8]
    assert sheet.readings[-1].details.name == "42"
    assert [(one.row, one.reason) for one in sheet.rejections] == [(7, "broken_cell")]


def test_rows_that_cannot_be_read_say_why() -> None:
    rows = [
        "nombre,país",
        "Casa,Chile",
        ",Chile",
        "x" * 201 + ",Chile",
        "!!!,Chile",
        "Casa,Chile,sobra",
        "nombre,país",
        "",
        "Mesa,Perú",
    ]
    sheet = read("\n".join(rows).encode())
    assert [(one.row, one.reason) for one in sheet.rejections] == [
        (3, "no_name"), (4, "long_name"), (5, "no_letters"), (6, "more_cells"), (7, "heading_again"),
    ]  # fmt: skip
    assert [one.row for one in sheet.readings] == [2, 9]
    assert sheet.read == 7


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Nombre de la organización", "name"),
        ("Nome da organização", "name"),
        ("Organisation", "name"),
        ("¿En qué país está constituida tu organización?", "country"),
        ("In which country is your organisation incorporated?", "country"),
        ("Em que cidade ou cidades atua?", "cities"),
        ("¿En qué ciudad o ciudades opera?", "cities"),
        ("Correo electrónico", "email"),
        ("E-mail", "email"),
        ("Sitio web", "website"),
        ("description_en", "about:en"),
        ("Descrição", "about"),
        ("Otros nombres", "aliases"),
        ("Público-alvo", "populations"),
        ("ID", ""),
    ],
)
def test_headings_in_three_languages(heading: str, target: str) -> None:
    assert field_of(heading) == target


def test_a_list_of_names_alone_is_a_table() -> None:
    sheet = read("Casa Común\nBarrio Vivo\nVecinos\n".encode())
    assert [one.details.name for one in sheet.readings] == ["Casa Común", "Barrio Vivo", "Vecinos"]


def test_columns_are_corrected_and_remembered() -> None:
    content = "clave;apodo\nCasa Común;CC\nMesa;M".encode()
    sheet = read(content, mapping={0: "name", 1: "aliases"})
    assert sheet.readings[0].details.aliases == ("CC",)
    again = read(content, remembered={"clave": "name", "apodo": "aliases"})
    assert again.mapping == {0: "name", 1: "aliases"}
    assert (
        next(
            one.details.name for one in read(content, layout=Layout("csv", delimiter=",", header=0)).readings
        )
        == "clave;apodo"
    )


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("ONG", "NGO"),
        ("Colectivos", "COLLECTIVE"),
        ("Universidade", "UNIVERSITY"),
        ("Red", "NETWORK"),
        ("NETWORK", "NETWORK"),
        ("???", ""),
    ],
)
def test_kinds_are_recognized(written: str, kind: str) -> None:
    assert find_kind(written) == kind


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Organización comunitaria", "COMMUNITY"),
        ("Grupos cívicos", "COLLECTIVE"),
        ("Institución académica", "UNIVERSITY"),
        ("Agencia regional", "AGENCY"),
        ("Experta", "PERSON"),
        ("Politician", "PERSON"),
        ("Líder empresarial", "PERSON"),
        ("Empreendedora", "PERSON"),
        ("Tech company", "COMPANY"),
        ("Multinacionales", "COMPANY"),
        ("Fondo de inversión", "FUND"),
        ("Instituição local", "GOVERNMENT"),
        ("Gobierno nacional", "GOVERNMENT"),
        ("Partidos políticos", "PARTY"),
        ("Medios digitales", "OUTLET"),
        ("Traditional media", "OUTLET"),
    ],
)
def test_each_kind_of_each_sector_is_recognized(written: str, kind: str) -> None:
    """Social, private, public and media, with their kinds, in three languages. Source: DIG-01 to DIG-04."""
    assert find_kind(written) == kind


def test_other_values_are_recognized() -> None:
    assert find_sector("Sociedad civil") == "SOCIAL"
    assert find_scope("Internacional") == "GLOBAL"
    assert several("mujeres; juventudes, LGBTIQ+ | campesinas/indígenas") == [
        "mujeres",
        "juventudes",
        "LGBTIQ+",
        "campesinas",
        "indígenas",
    ]
    assert cities_of("Washington, DC; Bogotá, D.C. | Caracas, Venezuela") == [
        "Washington, DC",
        "Bogotá, D.C.",
        "Caracas, Venezuela",
    ]
    assert cities_of("Cali, Medellín y más") == ["Cali", "Medellín y más"]
    assert site("casa.org") == "https://casa.org"
    assert site("javascript:alert(1)") == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\0\0\0", "empty"),
        (b"%PDF-1.7", "another_kind"),
        (b"\xd0\xcf\x11\xe0rest", "another_kind"),
        (b"PK\x03\x04broken", "broken"),
        (b"nombre\n", "empty"),
        (b"a" * 10_000_001, "too_large"),
        (b"nombre\n" + b"x\n" * 50_100, "too_many_rows"),
        (b"," * 300 + b"\nx", "too_many_columns"),
    ],
)
def test_what_is_no_table_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content) if code != "too_many_columns" else read(b"x," * 300 + b"x")
    assert caught.value.code == code


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_archive_that_unfolds_too_far_is_not_opened() -> None:
    for parts in (
        {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000},
        {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'},
    ):
        with pytest.raises(Unreadable) as caught:
            read_grid(packed(parts))
        assert caught.value.code == "bomb"
    with pytest.raises(Unreadable) as caught:
        read_grid(packed({"word/document.xml": b"<x/>"}))
    assert caught.value.code == "another_kind"


def test_a_handed_out_table_runs_nothing() -> None:
    assert b"'=1+1" in write_csv(["a"], [["=1+1"]])
    assert b"'@x" in write_csv(["a"], [["@x"]])


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_a_table_or_unreadable(content: bytes) -> None:
    try:
        read(content)
    except Unreadable:
        return


@given(st.text(max_size=300))
def test_any_text_is_a_table_or_unreadable(content: str) -> None:
    try:
        sheet = read(("nombre;ciudad\n" + content).encode("utf-8", errors="ignore"))
    except Unreadable:
        return
    assert all(0 < len(one.details.name) <= 200 for one in sheet.readings)
    assert guess_delimiter(content) in ",;\t|"


@pytest.mark.parametrize(
    "content",
    [b'{"a": 1}', b'[{"name": "Agua"}]', bytes(range(256)) * 8, b"\x7fELF" + bytes(range(1, 32)) * 4],
    ids=["object", "list", "bytes", "program"],
)
def test_what_is_no_table_is_not_read_as_one(content):
    with pytest.raises(Unreadable, match="another_kind"):
        read_grid(content)
