"""Lists, drawn here and not by templates: they are the pages where the time goes. What people wrote is escaped here."""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.web import words
from tequio.web.escaping import safe
from tequio.web.templatetags.tequio import TONES, texts

register = template.Library()


@register.simple_tag
def cards(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """List what waits for the reader: ``label``, ``title``, ``text`` (per language), ``stands``, ``until``, ``url``, ``verb``."""
    drawn = "".join([_card(row) for row in rows])
    return SafeString(f'<ol class="asks">{drawn}</ol>' if drawn else "")


def _card(row: Mapping[str, Any]) -> str:
    title, until = safe(row["title"]), row["until"]
    stands = f"<p>{safe(row['stands'])}</p>" if row["stands"] else ""
    closes = _("Closes")
    end, left = words.moment_element(until, "end"), words.moment_element(until, "left")
    return (
        f'<li class="ask carmine"><span class="tag carmine">{safe(row["label"])}</span>'
        f"<h3>{title}</h3><p>{texts(row['text'], mark=False)}</p>{stands}"
        f'<p class="s m">{closes} {end} ({left}).</p><div class="row"><a class="btn" href="{safe(row["url"])}">'
        f'{safe(row["verb"])}<span class="vh">: {title}</span></a></div></li>'
    )


@register.simple_tag
def lines(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """List things that lead somewhere: ``url`` and ``title``; at will ``note`` after the title, at the end ``day`` and ``aside``."""
    drawn = "".join([_line(row) for row in rows])
    return SafeString(f'<ul class="lines">{drawn}</ul>' if drawn else "")


def _line(row: Mapping[str, Any]) -> str:
    note, day, aside = row.get("note"), row.get("day"), row.get("aside")
    told = [str(words.moment_element(day, "short"))] if day else []
    told += [safe(aside)] if aside else []
    after = f'<span class="m s">\u00a0· {safe(note)}</span>' if note else ""
    end = f'<span class="m n">{" · ".join(told)}</span>' if told else ""
    title = safe(row["title"])
    return f'<li><a href="{safe(row["url"])}"><span>{title}{after}</span>{end}</a></li>'


@register.simple_tag
def faces(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """List people: ``url``, ``name``, ``what`` they are here, and ``me`` for the reader."""
    threads = itertools.cycle(("indigo", "jade", "carmine", "walnut"))
    drawn = "".join([_face(row, thread) for row, thread in zip(rows, threads, strict=False)])
    return SafeString(f'<ul class="people">{drawn}</ul>')


def _face(row: Mapping[str, Any], thread: str) -> str:
    name = str(row["name"])
    you = _("you")
    me = f' <span class="tag">{you}</span>' if row.get("me") else ""
    return (
        f'<li><span class="face {thread}" aria-hidden="true">{safe(name[:1])}</span>'
        f'<a href="{safe(row["url"])}">{safe(name)}</a>{me} '
        f'<span class="m">{safe(row["what"])}</span></li>'
    )


@register.simple_tag
def timeline(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """List what happened: ``said``, ``at``, where it leads as ``url`` and ``label``; at will ``note`` and ``tone``."""
    return SafeString(f'<ol class="timeline">{"".join([_happened(row) for row in rows])}</ol>')


def _happened(row: Mapping[str, Any]) -> str:
    tone = f' class="{row["tone"]}"' if row.get("tone") in TONES[1:] else ""
    note = f" ·\u00a0{safe(row['note'])}" if row.get("note") else ""
    link = f'<a href="{safe(row["url"])}">{safe(row["label"])}</a>'
    said = safe(row["said"])
    return f'<li{tone}><b>{said}</b><p class="s m">{words.moment_element(row["at"], "long")} ·\u00a0{link}{note}</p></li>'
