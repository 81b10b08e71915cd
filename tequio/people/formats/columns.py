"""What each column of somebody's table means, guessed from its heading and from what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence

from tequio.people.formats.tables import Grid, Row
from tequio.people.formats.values import (
    find_kind,
    find_scope,
    find_sector,
    find_size,
    looks_like_mail,
    looks_like_site,
)
from tequio.people.rules.countries import find_country, is_region
from tequio.people.rules.words import fold

FIELDS = (
    "name", "aliases", "kind", "sector", "country", "cities", "scope", "size", "themes", "populations", "languages",
    "about:es", "about:pt-br", "about:en", "website", "email", "phone",
)  # fmt: skip
ABOUT = "about"  # without a language: that of the network

# Words of headings in our three languages, and some of French, German and Italian; what stands first is tried first, on the whole heading and then within it.
_HEADINGS: dict[str, str] = {
    "name": "nombre|nome|name|organizacion|organizacao|organization|organisation|entidad|entidade|razon social|razao social"
    "|nombre de la organizacion|nome da organizacao|organization name|organisation name|name of the organization|instituicao"
    "|institucion|nombre organizacion|nome organizacao|colectivo|ong|hub|titulo|title|nom",
    "aliases": "otros nombres|outros nomes|other names|alias|aliases|sigla|siglas|acronimo|acronym|nombre corto|tambien conocida como"
    "|short name|nome curto|apelido|abreviatura",
    "kind": "tipo|tipo de organizacion|tipo de organizacao|type|kind|organization type|naturaleza|natureza|nature|figura juridica|clase",
    "sector": "sector|setor|sectores",
    "country": "pais|country|pais de constitucion|pais de incorporacion|pais de origen|pais de origem|pais de registro|country of"
    " incorporation|constituida|incorporated|nacion|placesoforiginnames|pays|land|paese",
    "cities": "ciudad|ciudades|cidade|cidades|city|cities|municipio|municipios|localidad|localidade|location|ubicacion|donde opera"
    "|ciudad de operacion|ciudades de operacion|cidade de atuacao|city of operation|sede|lugar|local de atuacao|ville|villes|stadt|citta",
    "scope": "alcance|abrangencia|scope|reach|nivel|ambito|incidencyreach|cobertura|escala",
    "size": "tamano|tamanho|size|porte",
    "themes": "tema|temas|theme|themes|topic|topics|tags|area de trabajo|areas de trabajo|tematica|tematicas|area tematica|causas"
    "|areas tematicas|areas de atuacao|linea de trabajo|eixos|ejes|themen|temi",
    "populations": "poblacion|poblaciones|populacao|populacoes|population|populations|publico|publicos|beneficiarios|grupos|beneficiaries"
    "|poblacion objetivo|publico alvo|con quien trabaja",
    "languages": "idioma|idiomas|lengua|lenguas|lingua|linguas|language|languages|langue|langues|sprachen",
    "website": "web|sitio|sitio web|site|website|pagina|pagina web|url|homepage|enlace|link|web site|webseite",
    "email": "correo|correo electronico|email|e mail|mail|contacto|contato|contact|courriel",
    "phone": "telefono|telefone|phone|tel|celular|whatsapp|movil|telephone|telefon",
    "about": "descripcion|descricao|description|about|quienes son|que hacen|resumen|resumo|mision|missao|mission|sobre|objetivo|summary",
}  # fmt: skip
_WORDS = {field: [fold(text) for text in texts.split("|")] for field, texts in _HEADINGS.items()}
_SPEECH = {
    "es": "es",
    "spanish": "es",
    "espanol": "es",
    "pt": "pt-br",
    "portugues": "pt-br",
    "en": "en",
    "english": "en",
}
_HEADING_ROWS = 20


def find_header(rows: Sequence[Row]) -> int:
    """Return the number of the row of headings, or 0: titles and merged junk above it are passed over."""
    first = [row for row in rows[:_HEADING_ROWS] if not row.empty]
    if not first:
        return 0
    known = {row.number: sum(bool(field_of(cell)) for cell in row.cells) for row in first}
    best = max(first, key=lambda row: (known[row.number], -row.number))
    if known[best.number] and (known[best.number] > 1 or len([cell for cell in best.cells if cell]) <= 3):
        return best.number
    full = max(len([cell for cell in row.cells if cell]) for row in first)
    if full == 1:
        return 0
    wide = next(row for row in first if len([cell for cell in row.cells if cell]) * 2 > full)
    return 0 if any(map(_is_content, wide.cells)) else wide.number


def _is_content(cell: str) -> bool:
    """Tell whether no heading says this: a long text, a country (short ones may be "ID"), an address."""
    country = len(cell) > 3 and find_country(cell)
    return bool(country) or len(cell) >= 120 or looks_like_mail(cell) or cell.startswith(("http:", "https:"))


def field_of(heading: str) -> str:
    """Return the field that a heading names, or ""."""
    spoken = fold(re.sub(r"([a-z])([A-Z])", r"\1 \2", heading))
    folded = fold(heading)
    if not folded or len(folded) > 200:
        return ""
    for field, words in _WORDS.items():
        if folded in words or spoken in words:
            return field
    words_here = f" {spoken} "
    found = [
        (words_here.index(f" {word} "), -len(word), field)
        for field, words in _WORDS.items()
        for word in words
        if f" {word} " in words_here
    ]
    if " constituida " in words_here or " incorporated " in words_here:
        return "country"
    field = min(found)[2] if found else ""
    return _with_language(field, words_here) if field == ABOUT else field


def _with_language(field: str, words: str) -> str:
    spoken = next((code for word, code in _SPEECH.items() if f" {word} " in words), "")
    return f"{field}:{spoken}" if spoken else field


def guess_columns(grid: Grid, *, language: str) -> dict[int, str]:
    """Return the field of each column that seems to hold one; each field is taken once. Columns count from 0."""
    header = next((row for row in grid.rows if row.number == grid.layout.header), Row(0, ()))
    body = [row for row in grid.rows if row.number > grid.layout.header and not row.empty][:200]
    width = max((len(row.cells) for row in [header, *body]), default=0)
    columns: dict[int, str] = {}
    named = [(column, field_of(text)) for column, text in enumerate(header.cells)]
    for column, field in sorted(
        named, key=lambda pair: pair[1] == ABOUT
    ):  # "description_es" before "description"
        field = f"about:{language}" if field == ABOUT else field
        if field and field not in columns.values() and _credible(field, values(body, column)):
            columns[column] = field
    for column in range(width):
        field = "" if column in columns else field_by_content(values(body, column))
        if field and field not in columns.values():
            columns[column] = field
    if "name" not in columns.values() and (likeliest := _names(body, width, columns)) is not None:
        columns[likeliest] = "name"
    return columns


def values(rows: Sequence[Row], column: int) -> list[str]:
    """Return what stands in a column, without the empty cells."""
    return [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]


def _credible(field: str, cells: Sequence[str]) -> bool:
    """Doubt a heading whose cells are all something else: "contact" may hold names, "name" numbers."""
    if not cells:
        return True
    if field == "name":
        return _share(cells, lambda cell: cell.isdigit() or "/" in cell) < 50
    return field not in _TESTS or _share(cells, _TESTS[field]) >= 30


def _is_country(cell: str) -> bool:
    return bool(find_country(cell)) or is_region(cell)


_TESTS: dict[str, Callable[[str], object]] = {
    "email": looks_like_mail,
    "website": looks_like_site,
    "country": _is_country,
    "kind": find_kind,
    "scope": find_scope,
    "sector": find_sector,
    "size": find_size,
}


def field_by_content(cells: Sequence[str]) -> str:
    """Return the field that most of a column's cells look like, or ""."""
    if len(cells) < 2:
        return ""
    tests = {field: test for field, test in _TESTS.items() if field != "size"}
    shares = {field: _share([cell for cell in cells if len(cell) > 2], test) for field, test in tests.items()}
    best = max(shares, key=lambda field: shares[field])
    return best if shares[best] >= 60 else ""


def _share(cells: Sequence[str], test: Callable[[str], object]) -> int:
    return 100 * sum(bool(test(cell)) for cell in cells) // max(len(cells), 1)


def _names(body: Sequence[Row], width: int, taken: Mapping[int, str]) -> int | None:
    """Return the free column with the most different short texts."""

    def different(column: int) -> int:
        cells = [cell for cell in values(body, column) if len(cell) <= 200 and not cell.isdigit()]
        return len(set(cells))

    free = [column for column in range(width) if column not in taken and different(column)]
    return max(free, key=lambda column: (different(column), -column), default=None)
