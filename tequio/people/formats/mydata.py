"""Everything about a person as one file: a page to read, JSON for programs, a CSV for each table."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

Rows = Mapping[str, list[dict[str, Any]]]
RISKY = ("=", "+", "-", "@", "\t", "\r")
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "dl{border:1px solid #999;border-radius:.5rem;padding:.5rem 1rem;margin:0 0 1rem}"
    "dt{font-weight:600}dd{margin:0 0 .4rem;overflow-wrap:anywhere}"
)


def pack(
    data: Mapping[str, Any], *, title: str, said: str, language: str, name: Callable[[str], str]
) -> bytes:
    """Return a ZIP of ``index.html``, ``data.json`` and ``tables/…csv``; ``name`` says a table in people's words."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("index.html", _page(data, title=title, said=said, language=language, name=name))
        file.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))
        for place, rows in _places(data):
            for label, lines in rows.items():
                file.writestr(f"tables/{place}{label}.csv", _csv(lines))
    return out.getvalue()


def _places(data: Mapping[str, Any]) -> Iterator[tuple[str, Rows]]:
    yield "", data["rows"]
    for slug, network in data["networks"].items():
        yield f"{slug}/", network["rows"]


def _page(
    data: Mapping[str, Any], *, title: str, said: str, language: str, name: Callable[[str], str]
) -> str:
    parts = [_facts(data["person"]), *_tables(data["rows"], name)]
    for network in data["networks"].values():
        parts += [f"<h2>{escape(network['name'])}</h2>", *_tables(network["rows"], name)]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(title)}</h1><p>{escape(said)}</p>"
        f"{''.join(parts)}</body></html>"
    )


def _tables(rows: Rows, name: Callable[[str], str]) -> Iterator[str]:
    for label, lines in rows.items():
        yield f"<h3>{escape(name(label))} <small>({len(lines)})</small></h3>"
        yield from map(_facts, lines)


def _facts(row: Mapping[str, Any]) -> str:
    told = [(key, value) for key, value in row.items() if value not in (None, "", [], {})]
    pairs = "".join(f"<dt>{escape(key)}</dt><dd>{escape(_cell(value))}</dd>" for key, value in told)
    return f"<dl>{pairs}</dl>"


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows[0])
    writer.writerows([_safe(_cell(value)) for value in row.values()] for row in rows)
    return out.getvalue()


def _safe(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
