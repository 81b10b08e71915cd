"""Every table of a survey in one file: HTML without any script, or Markdown. Source: SUR-24."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from tequio.surveys.formats.wording import SEVERAL, Voice, gettext_noop
from tequio.surveys.rules.crosstab import Group, Table
from tequio.surveys.rules.findings import by_groups, facts
from tequio.surveys.rules.instrument import Base

HEADS = (gettext_noop("Response"), gettext_noop("Count"))
OF = {
    Base.RESPONDENTS: gettext_noop("% of respondents"),
    Base.ANSWERING: gettext_noop("% of those who answered"),
    Base.MENTIONS: gettext_noop("% of mentions"),
}
BAR = gettext_noop("Bar")
HOW = gettext_noop("How to read it")
FOUND = gettext_noop("What stands out")
HALF_UP = gettext_noop("Percentages are rounded to two decimals; exactly half goes up.")
ANSWERS = gettext_noop("%(number)s answers were read from %(file)s.")
BY = gettext_noop("By: %(question)s")
NOT_COUNTED = gettext_noop("Not counted, because almost every answer is another: %(names)s.")
STYLE = """:root{color-scheme:light dark;--ink:#1d1a16;--paper:#faf6ee;--line:#dbd2c1;--muted:#5b5247;--bar:#24407d}
@media(prefers-color-scheme:dark){:root{--ink:#f2ece1;--paper:#171512;--line:#3d372e;--muted:#bbb1a1;--bar:#6f8fe0}}
body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:auto;padding:1rem}
h1,h2,h3{font-family:Georgia,serif;line-height:1.2}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
td,th{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
h1,h2,h3,li,p{overflow-wrap:anywhere}.n{text-align:right;font-variant-numeric:tabular-nums}.m{color:var(--muted)}.w{overflow-x:auto}td.b{width:30%}
svg{display:block;height:14px;background:var(--bar);border-radius:3px;min-width:2px}
section{break-inside:avoid}@media print{body{background:#fff;max-width:none}svg{print-color-adjust:exact}}"""


@dataclass(frozen=True)
class Paper:
    """What is written: a table for each question, the same by another question where one splits them."""

    title: str
    source: str
    answers: int
    tables: Sequence[Table]
    splits: Sequence[Table] = ()
    left_out: Sequence[str] = ()


def as_html(paper: Paper, voice: Voice) -> str:
    """Return the report as one HTML file that needs nothing else."""
    head = (
        f'<!doctype html><html lang="{voice.language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(paper.title)}</title><style>{STYLE}</style><body><main><h1>{escape(paper.title)}</h1>"
    )
    parts = [head, f"<h2>{escape(voice.say(HOW))}</h2>"]
    parts += [f'<p class="m">{escape(line)}</p>' for line in _method(paper, voice)]
    told = _told(paper, voice)
    if told:
        lines = "".join(f"<li>{escape(line)}</li>" for line in told)
        parts.append(f"<h2>{escape(voice.say(FOUND))}</h2><ul>{lines}</ul>")
    splits = {table.rows.key: table for table in paper.splits}
    for table in paper.tables:
        parts.append(f"<section><h2>{escape(voice.title(table.rows))}</h2>{_html(table, voice)}</section>")
        if table.rows.key in splits:
            parts.append(_split_html(splits[table.rows.key], voice))
    return "\n".join([*parts, "</main></body></html>\n"])


def as_markdown(paper: Paper, voice: Voice) -> str:
    """Return the report as Markdown."""
    lines = [f"# {_plain(paper.title)}", "", *[f"{_plain(line)}\n" for line in _method(paper, voice)]]
    told = _told(paper, voice)
    if told:
        lines += [f"## {voice.say(FOUND)}", "", *[f"- {_plain(line)}" for line in told], ""]
    splits = {table.rows.key: table for table in paper.splits}
    for table in paper.tables:
        lines += [
            f"## {_plain(voice.title(table.rows))}",
            "",
            *[f"{line}\n" for line in _notes(table, voice)],
        ]
        lines += _grid(_heads(table, voice), [cells for cells, _wide in _lines(table, voice)])
        if table.rows.key in splits:
            lines += _grid(*_split(splits[table.rows.key], voice))
    return "\n".join(lines)


def _method(paper: Paper, voice: Voice) -> Iterator[str]:
    yield voice.say(ANSWERS) % {"number": paper.answers, "file": paper.source}
    yield voice.say(HALF_UP)
    if paper.left_out:
        yield voice.say(NOT_COUNTED) % {"names": voice.listed([voice.quoted(one) for one in paper.left_out])}


def _told(paper: Paper, voice: Voice) -> list[str]:
    found = [
        f"{voice.title(table.rows)}: {voice.sentence(fact)}"
        for table in paper.tables
        for fact in facts(table)
    ]
    for table in paper.splits:
        found += [f"{voice.title(table.rows)}: {voice.sentence(fact)}" for fact in by_groups(table)]
    return found


def _notes(table: Table, voice: Voice) -> Iterator[str]:
    bases = table.whole.bases
    kinds = [Base.RESPONDENTS]
    kinds += [Base.ANSWERING] if bases.answering != bases.respondents else []
    kinds += [Base.MENTIONS] if table.rows.several else []
    yield " ".join(voice.base(base, bases.of(base)) for base in kinds)
    if table.rows.several:
        yield voice.say(SEVERAL)


def _columns(table: Table) -> list[Base]:
    bases = table.whole.bases
    wanted = [Base.RESPONDENTS]
    wanted += [Base.ANSWERING] if bases.answering != bases.respondents else []
    return wanted + ([Base.MENTIONS] if table.rows.several else [])


def _heads(table: Table, voice: Voice) -> list[str]:
    return [voice.say(head) for head in HEADS] + [voice.say(OF[base]) for base in _columns(table)]


def _lines(table: Table, voice: Voice) -> Iterator[tuple[list[str], Decimal]]:
    top = max(table.whole.weighted, default=Decimal(0)) or Decimal(1)
    for row, category in enumerate(table.rows.categories):
        shares = [voice.percent(table.whole.share(row, base=base)) for base in _columns(table)]
        wide = 100 * table.whole.weighted[row] / top
        yield [voice.name(category), str(table.whole.counts[row]), *shares], wide


def _html(table: Table, voice: Voice) -> str:
    notes = "".join(f'<p class="m">{escape(line)}</p>' for line in _notes(table, voice))
    heads = "".join(
        f'<th scope="col"{_right(at)}>{escape(head)}</th>' for at, head in enumerate(_heads(table, voice))
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(cells[0])}</th>'
        + "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells[1:])
        + f'<td class="b"><svg width="{wide:.1f}%" aria-hidden="true"></svg></td></tr>'
        for cells, wide in _lines(table, voice)
    )
    bar = f'<th scope="col">{escape(voice.say(BAR))}</th>'
    return f'{notes}<div class="w"><table><thead><tr>{heads}{bar}</tr></thead><tbody>{rows}</tbody></table></div>'


def _right(at: int) -> str:
    return ' class="n"' if at else ""


def _split(table: Table, voice: Voice) -> tuple[list[str], list[list[str]]]:
    """A row an option, a column a group: how many, and the share of those of the group who answered."""
    groups = table.groups
    heads = [voice.say(HEADS[0])] + [_named(table, group, voice) for group in groups]
    rows = [
        [voice.name(category), *[_cell(group, row, table, voice) for group in groups]]
        for row, category in enumerate(table.rows.categories)
    ]
    return heads, rows


def _named(table: Table, group: Group, voice: Voice) -> str:
    name = voice.name(table.by[0].categories[group.by[0]])
    return f"{name} ({group.bases.of(_base(table))})"


def _cell(group: Group, row: int, table: Table, voice: Voice) -> str:
    share = voice.percent(group.share(row, base=_base(table), digits=1))
    return f"{group.counts[row]} ({share})"


def _base(table: Table) -> Base:
    return Base.ANSWERING if table.rows.base is Base.ANSWERING else Base.RESPONDENTS


def _split_html(table: Table, voice: Voice) -> str:
    heads, rows = _split(table, voice)
    top = "".join(f'<th scope="col"{_right(at)}>{escape(head)}</th>' for at, head in enumerate(heads))
    body = "".join(
        f'<tr><th scope="row">{escape(cells[0])}</th>'
        + "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells[1:])
        + "</tr>"
        for cells in rows
    )
    title = voice.say(BY) % {"question": voice.title(table.by[0])}
    return f'<h3>{escape(title)}</h3><div class="w"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _grid(heads: list[str], rows: list[list[str]]) -> list[str]:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return ["| " + " | ".join(_plain(cell) for cell in line) + " |" for line in lines] + [""]


def _plain(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip().replace("|", "\\|").replace("<", "&lt;")
