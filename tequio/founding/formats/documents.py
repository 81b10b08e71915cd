"""A paper as HTML for print, and as a text document (Office Open XML)."""

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tequio.founding.formats.pages import Paper, Piece, language_tag, printable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

STYLE = """
@page { size: A4; margin: 22mm 20mm 24mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt } }
body { font: 11pt/1.5 "DejaVu Serif", "Noto Serif", serif; color: #1d1a16; hyphens: auto }
h1 { font-size: 22pt; line-height: 1.2; margin: 0 0 4mm }
h2 { font-size: 13.5pt; line-height: 1.3; margin: 8mm 0 2mm; break-after: avoid }
h3, h4, h5, h6 { font-size: 11pt }
p { margin: 0 0 2.5mm; orphans: 2; widows: 2 }
p.said { color: #5b5248 }
"""


def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")


def html_of(paper: Paper) -> str:
    """Return a paper as one HTML page that asks for nothing from outside."""
    read = _reader()
    sections = "".join(_section(read, piece, paper.language) for piece in paper.pieces)
    return (
        f'<!doctype html><html lang="{language_tag(paper.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(printable(paper.title))}</title>"
        f'<meta name="author" content="{escape(printable(paper.author))}">'
        f"<style>{STYLE}</style></head><body><h1>{escape(printable(paper.title))}</h1>"
        f'<p class="said">{escape(printable(paper.said))}</p>{sections}</body></html>'
    )


def _section(read: "MarkdownIt", piece: Piece, language: str) -> str:
    told = "" if piece.language == language else f' lang="{language_tag(piece.language)}"'
    heading = f"{piece.number}. {escape(printable(piece.heading))}"
    whole = ""
    if piece.whole:
        whole = f"<p><em>{escape(printable(piece.mark))}</em></p>"
        whole += (
            f'<div lang="{language_tag(piece.whole_language)}">{read.render(printable(piece.whole))}</div>'
        )
    return (
        f"<section><h2>{heading}</h2><div{told}>{read.render(printable(piece.body))}</div>{whole}</section>"
    )


def docx_of(paper: Paper) -> bytes:
    """Return a paper as a text document with true headings and lists, its language and its title."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = Document()
    document.core_properties.title = printable(paper.title)[:250]
    document.core_properties.author = printable(paper.author)[:250]
    document.core_properties.language = language_tag(paper.language)
    document.core_properties.comments = ""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), language_tag(paper.language))
    defaults.append(language)
    document.add_heading(printable(paper.title), level=0)
    document.add_paragraph(printable(paper.said))
    read = _reader()
    for piece in paper.pieces:
        document.add_heading(f"{piece.number}. {printable(piece.heading)}", level=1)
        _write(document, read.parse(printable(piece.body)))
        if piece.whole:
            document.add_paragraph().add_run(printable(piece.mark)).italic = True
            _write(document, read.parse(printable(piece.whole)))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


LISTS = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}


def _write(document: Any, tokens: Sequence["Token"]) -> None:
    """Write the paragraphs, headings and lists of a text in Markdown."""
    lists: list[str] = []
    style = ""
    for token in tokens:
        if token.type in LISTS:
            lists.append(LISTS[token.type])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "heading_open":
            style = "Heading 2"
        elif token.type == "heading_close":
            style = ""
        elif token.type == "blockquote_open":
            style = "Quote"
        elif token.type == "blockquote_close":
            style = ""
        elif token.type in ("fence", "code_block"):
            document.add_paragraph(token.content.rstrip("\n"))
        elif token.type == "inline":
            _runs(document.add_paragraph(style=lists[-1] if lists else style or None), token.children or ())


def _runs(paragraph: Any, children: Sequence["Token"]) -> None:
    for text, bold, italic in _spoken(children):
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None


def _spoken(children: Sequence["Token"]) -> Iterator[tuple[str, bool, bool]]:
    """Yield the pieces of a line with their weight; a link is followed by its address."""
    bold = italic = False
    address = ""
    for token in children:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type in ("em_open", "em_close"):
            italic = token.type == "em_open"
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            yield f" ({address})", bold, italic
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n", bold, italic
        elif token.content:
            yield token.content, bold, italic
