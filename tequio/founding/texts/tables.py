"""The lines of an article that come from a table which founders fill together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tequio.founding.rules import Settled
from tequio.founding.texts.belonging import QUESTIONS as BELONGING

Row = Mapping[str, Any]


def lines_of(settled: Settled, code: str, language: str) -> str:
    """Return a table as a list in Markdown, in one language; rows without words in it are left out."""
    if code == "places":
        return _places(settled.rows(code))
    line = LINES.get(code, _said)
    return bullets([said for row in settled.rows(code) if (said := line(row, language))])


def _places(rows: Sequence[Row]) -> str:
    """Return places in one sentence: they are names, the same in every language."""
    names = [str(row["name"]) for row in rows if row.get("name")]
    return _("We work in: %(places)s.") % {"places": "; ".join(names)} if names else ""


def bullets(lines: Sequence[str]) -> str:
    """Return lines as a list in Markdown."""
    return "\n".join(f"- {line}" for line in lines)


def _spoken(row: Row, part: str, language: str) -> str:
    said = row.get(part)
    return str(said.get(language, "")).strip() if isinstance(said, Mapping) else ""


def _said(row: Row, language: str) -> str:
    """Return a row's words, with where, by what measure or about what, when it says so."""
    text = _spoken(row, "text", language)
    beside = _spoken(row, "where", language) or _spoken(row, "measure", language)
    about = _spoken(row, "about", language)
    return text and text + (f" ({beside})" if beside else "") + (f": {about}" if about else "")


def _pillar(row: Row, language: str) -> str:
    name, text, group = (_spoken(row, part, language) for part in ("name", "text", "group"))
    if not name:
        return ""
    said = f"**{name}.** {text}".strip()
    return said + (" " + _("For: %(group)s.") % {"group": group.rstrip(".")} if group else "")


def _area(row: Row, language: str) -> str:
    name, text, alone = (_spoken(row, part, language) for part in ("name", "text", "alone"))
    if not name:
        return ""
    said = [f"**{name}.** {text}".strip()]
    if row.get("who"):
        said.append(_("In charge: %(who)s.") % {"who": str(row["who"]).rstrip(".")})
    if alone:
        said.append(_("Decides alone: %(what)s.") % {"what": alone.rstrip(".")})
    return " ".join(said)


def _need(row: Row, language: str) -> str:
    text, kind = _spoken(row, "text", language), BELONGING["needs"].options.get(str(row.get("kind")))
    return f"{text} ({str(kind).lower()})" if text and kind else text


def _contact(row: Row, _language: str) -> str:
    outside = " " + _("(from outside the network)") if row.get("outside") else ""
    return f"{row.get('name', '')}: {row.get('reach', '')}{outside}"


def _named(row: Row, language: str) -> str:
    text = _spoken(row, "text", language)
    return str(row.get("name", "")) + (f": {text}" if text else "")


LINES: Mapping[str, Callable[[Row, str], str]] = {
    "pillars": _pillar,
    "areas": _area,
    "needs": _need,
    "contacts": _contact,
    "sources": _named,
}
