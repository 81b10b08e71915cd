"""The open data of a release: one long table as CSV and XLSX, and all of it as a data package.

Source: frictionless Data Package 1; RFC 4180. One line a figure: whole numbers as they were published, nothing besides.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from tequio.surveys.rules.reporting import count_of

RISKY = ("=", "+", "-", "@", "\t", "\r")
DAY = (1980, 1, 1, 0, 0, 0)
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "question": {
        "en": "The short name of the question; of a matrix with its row.",
        "es": "El nombre corto de la pregunta; en una matriz, con su fila.",
        "pt-br": "O nome curto da pergunta; em uma matriz, com a linha.",
    },
    "question_text": {"en": "What was asked.", "es": "Lo que se preguntó.", "pt-br": "O que foi perguntado."},
    "several": {
        "en": "true where several options could be chosen: percentages then add up to more than 100.",
        "es": "true si se podía elegir varias opciones: los porcentajes suman más de 100.",
        "pt-br": "true se era possível escolher várias opções: as porcentagens somam mais de 100.",
    },
    "option": {
        "en": "The short name of the option.",
        "es": "El nombre corto de la opción.",
        "pt-br": "O nome curto da opção.",
    },
    "option_text": {"en": "The option.", "es": "La opción.", "pt-br": "A opção."},
    "column": {
        "en": "Of whom: empty for everybody, else the group (for example a country).",
        "es": "De quiénes: vacío si son todas las respuestas; si no, el grupo (por ejemplo, un país).",
        "pt-br": "De quem: vazio se são todas as respostas; senão, o grupo (por exemplo, um país).",
    },
    "at_least": {
        "en": "The number, or the least it can be. Empty where it is withheld.",
        "es": "El número, o lo menos que puede ser. Vacío si no se publica.",
        "pt-br": "O número, ou o mínimo que pode ser. Vazio se não é publicado.",
    },
    "at_most": {
        "en": "The number, or the most it can be. Empty where it is withheld.",
        "es": "El número, o lo más que puede ser. Vacío si no se publica.",
        "pt-br": "O número, ou o máximo que pode ser. Vazio se não é publicado.",
    },
    "base": {
        "en": "Of how many the percentage is a share.",
        "es": "De cuántas respuestas es parte el porcentaje.",
        "pt-br": "De quantas respostas a porcentagem é uma parte.",
    },
    "base_kind": {
        "en": "What the base counts: RESPONDENTS asked, those ANSWERING, or MENTIONS (ticks).",
        "es": "Qué cuenta la base: RESPONDENTS, a quienes se preguntó; ANSWERING, quienes respondieron; MENTIONS, menciones.",
        "pt-br": "O que a base conta: RESPONDENTS, a quem se perguntou; ANSWERING, quem respondeu; MENTIONS, menções.",
    },
    "percent": {
        "en": "The percentage with two decimals, rounded half up. Empty where the number is not said.",
        "es": "El porcentaje con dos decimales; la mitad se redondea hacia arriba. Vacío si no se dice el número.",
        "pt-br": "A porcentagem com duas casas; a metade se arredonda para cima. Vazio se o número não é dito.",
    },
}
BOOK: Mapping[str, Mapping[str, str]] = {
    "question": {
        "en": "The short name of a question, or of what the tables are split by.",
        "es": "El nombre corto de una pregunta, o de aquello por lo que se dividen las tablas.",
        "pt-br": "O nome curto de uma pergunta, ou daquilo pelo que se dividem as tabelas.",
    },
    "code": {
        "en": "The short name of an option. Empty: the line is the question itself.",
        "es": "El nombre corto de una opción. Vacío: la línea es la pregunta misma.",
        "pt-br": "O nome curto de uma opção. Vazio: a linha é a própria pergunta.",
    },
    "part": {
        "en": "What the line names: QUESTION, OPTION, or COLUMN (a group of answers).",
        "es": "Qué nombra la línea: QUESTION, pregunta; OPTION, opción; COLUMN, un grupo de respuestas.",
        "pt-br": "O que a linha nomeia: QUESTION, pergunta; OPTION, opção; COLUMN, um grupo de respostas.",
    },
    "text_en": {"en": "The text in English.", "es": "El texto en inglés.", "pt-br": "O texto em inglês."},
    "text_es": {"en": "The text in Spanish.", "es": "El texto en español.", "pt-br": "O texto em espanhol."},
    "text_pt": {
        "en": "The text in Portuguese.",
        "es": "El texto en portugués.",
        "pt-br": "O texto em português.",
    },
}
MERGED = {
    "en": "The smaller groups together",
    "es": "Los grupos menores, juntos",
    "pt-br": "Os grupos menores, juntos",
}
TYPES = {
    "several": "boolean",
    "at_least": "integer",
    "at_most": "integer",
    "base": "integer",
    "percent": "number",
}
HEADINGS = {"en": "English", "es": "Español", "pt-br": "Português"}
ABOUT = {
    "en": "Open data of a survey. Each line of tables.csv is one figure. Groups of fewer than five people are not "
    "shown, nor what would tell them. report.json is the whole report; its SHA-256 stands in the register of the network.",
    "es": "Datos abiertos de una encuesta. Cada línea de tables.csv es una cifra. No se muestran grupos de menos de "
    "cinco personas, ni lo que permitiría conocerlos. report.json es el informe completo; su SHA-256 está en el registro de la red.",
    "pt-br": "Dados abertos de uma pesquisa. Cada linha de tables.csv é um número. Não se mostram grupos de menos de "
    "cinco pessoas, nem o que permitiria conhecê-los. report.json é o relatório completo; seu SHA-256 está no registro da rede.",
}
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}

Document = Mapping[str, Any]


def lines(document: Document, language: str, *, table: str = "") -> Iterator[list[Any]]:
    """Yield the figures of a release, or of one of its tables, in the order of ``COLUMNS``."""
    columns = [None, *range(len((document["dimension"] or {}).get("columns", ())))]
    for one in document["tables"]:
        if "rows" in one and table in ("", one["key"]):
            for column in columns if one.get("by") else [None]:
                yield from _lines(document, one, column, language)


def _lines(document: Document, table: Document, column: int | None, language: str) -> Iterator[list[Any]]:
    group = "" if column is None else document["dimension"]["columns"][column]["key"]
    for row in table["rows"]:
        figure = count_of(table, row, column)
        yield [
            table["key"], _say(table["text"], language), table["several"], row["key"], _say(row["text"], language),
            group, figure.low, figure.high, figure.whole, table["base"] if column is None else "ANSWERING", figure.share,
        ]  # fmt: skip


def csv_of(document: Document, language: str, *, table: str = "") -> bytes:
    """Return figures as CSV; a text that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in line] for line in lines(document, language, table=table))
    return out.getvalue().encode()


def xlsx_of(document: Document, language: str, *, table: str = "") -> bytes:
    """Return the same as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("tables")
    sheet.append(list(COLUMNS))
    for line in lines(document, language, table=table):
        sheet.append([_cell(value) if isinstance(value, str) else value for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def codebook_of(document: Document) -> bytes:
    """Return what each short name stands for, in every language: questions, options, columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(BOOK)
    for table in document["tables"]:
        writer.writerow(_named(table["key"], "", "QUESTION", table["text"]))
        writer.writerows(
            _named(table["key"], row["key"], "OPTION", row["text"]) for row in table.get("rows", ())
        )
    dimension = document["dimension"] or {"key": "", "columns": ()}
    for column in dimension["columns"]:
        texts = MERGED if column["merged"] else column["text"]
        writer.writerow(_named(dimension["key"], column["key"], "COLUMN", texts))
    return out.getvalue().encode()


def _named(question: str, code: str, part: str, texts: Mapping[str, str]) -> list[str]:
    return [
        _cell(one) for one in (question, code, part, *(texts.get(each, "") for each in ("en", "es", "pt-br")))
    ]


def package_of(document: Document, report: bytes, *, digest: str) -> bytes:
    """Return a data package: the same bytes whenever it is made. ``report`` are the bytes that the digest is of."""
    languages = [code for code in document["languages"] if code in HEADINGS] or ["en"]
    files = {f"tables.{code}.csv": csv_of(document, code) for code in languages}
    files |= {
        "codebook.csv": codebook_of(document),
        "report.json": report,
        "README.md": _readme(document, digest),
    }
    resources = [_resource(name, content) for name, content in files.items() if name.endswith(".csv")]
    about = {
        "profile": "tabular-data-package",
        "name": f"survey-{document['survey']}-{document['number']}",
        "title": _say(document["title"], languages[0]),
        "description": ABOUT[languages[0]],
        "version": str(document["number"]),
        "licenses": [{"name": document["licence"], "path": LICENCES[document["licence"]]}],
        "resources": resources,
    }
    if document["authors"]:
        about["contributors"] = [{"title": document["authors"], "role": "author"}]
    files["datapackage.json"] = (
        json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    ).encode()
    return _zipped(files)


def _resource(name: str, content: bytes) -> dict[str, Any]:
    columns, language = (BOOK, "en") if name == "codebook.csv" else (COLUMNS, name.split(".")[1])
    fields = [
        {"name": column, "type": TYPES.get(column, "string"), "description": _say(help_, language)}
        for column, help_ in columns.items()
    ]
    return {
        "name": name.removesuffix(".csv").replace(".", "-"),
        "path": name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "bytes": len(content),
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _readme(document: Document, digest: str) -> bytes:
    parts: list[str] = []
    for code, heading in HEADINGS.items():
        parts += [f"# {_say(document['title'], code)} ({heading})", "", ABOUT[code], ""]
        parts += [
            "## tables.*.csv",
            "",
            *(f"- `{column}`: {help_[code]}" for column, help_ in COLUMNS.items()),
            "",
        ]
        parts += [
            "## codebook.csv",
            "",
            *(f"- `{column}`: {help_[code]}" for column, help_ in BOOK.items()),
            "",
        ]
    return "\n".join([*parts, f"SHA-256 report.json: {digest}", ""]).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DAY)
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return out.getvalue()


def _say(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next((text for text in texts.values() if text), "")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(RISKY) else text
