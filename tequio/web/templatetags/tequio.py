"""The components of the design system. Blocks escape what people wrote; arguments are escaped here.

Tones are the five threads: indigo, carmine, gold, jade, walnut. Shapes are shown on the page of components.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from unicodedata import normalize
from zlib import crc32

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Parser, Token
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from tequio.core.money import Money
from tequio.core.once import FIELD, new_key
from tequio.core.texts import language_of, say
from tequio.core.texts import quoted as between_quotes
from tequio.web import drawings, fields, icons, words
from tequio.web.escaping import safe

register = template.Library()

TONES = ("", "indigo", "carmine", "gold", "jade", "walnut")
ENDONYMS = {"pt-br": "Português"}  # Django says "Português Brasileiro", longer than a small screen is wide


@register.simple_tag
def once() -> SafeString:
    """Put the key that makes a form sent twice act once."""
    return SafeString(f'<input type="hidden" name="{FIELD}" value="{new_key()}">')


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a small icon, silent for screen readers; names in ``tequio.web.icons``."""
    return icons.icon(name)


@register.simple_tag
def brand_mark() -> SafeString:
    """Draw the mark: a plain weave, three ends by three picks."""
    return icons.MARK


@register.simple_tag
def endonyms() -> list[tuple[str, str]]:
    """List the languages of the interface as (code, its own name)."""
    return [
        (code, ENDONYMS.get(code) or get_language_info(code)["name_local"].capitalize())
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag
def own_language() -> tuple[str, str]:
    """Return the language of this page as (short sign such as ES, its own name)."""
    code = get_language() or settings.LANGUAGE_CODE
    return code[:2].upper(), dict(endonyms()).get(code, code)


@register.simple_tag
def has_more(navigation: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether there are sections that the tabs of a phone do not show."""
    return any(not item["tab"] for group in navigation for item in group["items"])


class Kept(template.Node):
    """A part of a page that is drawn once a process for each language and each value of what it hangs on."""

    MOST = 2_000_000  # letters

    def __init__(self, part: template.NodeList, hangs_on: Sequence[FilterExpression]) -> None:
        self.part, self.hangs_on = part, hangs_on
        self.drawn: dict[tuple[Any, ...], SafeString] = {}
        self.letters = 0

    def render(self, context: template.Context) -> SafeString:
        values = [each.resolve(context, ignore_failures=True) for each in self.hangs_on]
        if values and values[0] is None:
            return self.part.render(context)
        key = (get_language(), *values)
        if key not in self.drawn:
            drawn = self.part.render(context)
            if self.letters + len(drawn) > self.MOST:
                self.drawn.clear()
                self.letters = 0
            self.drawn[key] = drawn
            self.letters += len(drawn)
        return self.drawn[key]


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Draw a part once and keep it: {% kept network.slug %}…{% endkept %} may use nothing but what it names.

    Never put a form's keys, a person or a moment inside. What hangs on None first is drawn each time.
    """
    hangs_on = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    part = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(part, hangs_on)


@register.filter(is_safe=True)
@stringfilter
def truncatechars(text: str, most: int) -> str:
    """Shorten as Django's filter does, which looks at each letter of a text even where all of it is kept."""
    return normalize("NFC", text) if len(text) <= most else Truncator(text).chars(most)


@register.filter(is_safe=True)
@stringfilter
def quoted(text: str) -> str:
    """Put somebody's words between the quotation marks of the reader's language."""
    return between_quotes(text)


# Blocks


@register.simple_block_tag
def tag(content: str, tone: str = "") -> SafeString:
    """Mark a state in a word or two: {% tag "jade" %}{% icon "check" %}Agreed{% endtag %}."""
    return SafeString(f'<span class="{_classes("tag", tone)}">{content.strip()}</span>')


@register.simple_block_tag
def ask(content: str, tone: str = "indigo", element: str = "li") -> SafeString:
    """Hold what waits for a person, with its running stitch; inside <ol class="asks">, or element="section"."""
    return _wrap(content, element, _classes("ask", tone))


@register.simple_block_tag
def note(content: str, tone: str = "", element: str = "div") -> SafeString:
    """Say something beside the main thread: {% note "gold" %}<p>…</p>{% endnote %}."""
    return _wrap(content, element, _classes("note", tone))


@register.simple_block_tag
def box(content: str, title: str = "", level: int = 2, id: str = "") -> SafeString:
    """Hold a part of a page on its own surface: {% box _("Who founds") %}…{% endbox %}, a section named by its title."""
    if not title:
        return _wrap(content, "div", "box")
    name = id or f"box-{crc32(str(title).encode())}"
    named = f'aria-labelledby="{safe(name)}"><h{level} id="{safe(name)}">{safe(title)}</h{level}>'
    return SafeString(f'<section class="box" {named}{content}</section>')


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """Fold a text under a line that says what it holds and how long it takes."""
    return SafeString(
        f"<details{' open' if open else ''}><summary>{safe(summary)}</summary>{content}</details>"
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Say that there is nothing here yet, and what would put something here."""
    return format_html('<div class="empty"><h2>{}</h2>{}</div>', title, SafeString(content))


@register.simple_block_tag
def beside(content: str) -> SafeString:
    """Make the second column of a page, or nothing when there is nothing to put there."""
    return SafeString(f"<aside>{content}</aside>" if content.strip() else "")


def _wrap(content: str, element: str, classes: str) -> SafeString:
    if element not in ("div", "section", "li", "article"):
        raise template.TemplateSyntaxError(f"No component is a <{element}>.")
    return SafeString(f'<{element} class="{classes}">{content}</{element}>')


def _classes(name: str, tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"{tone} is none of the threads {TONES[1:]}.")
    return f"{name} {tone}".strip()


# Drawings that are lists or tables


@register.simple_tag
def steps(labels: Sequence[str], current: int, title: str = "") -> SafeString:
    """Show the stages of a process: ``labels`` in order, ``current`` counted from 1 (0: not begun, past the last: done)."""
    drawn = SafeString("".join([_step(label, k - current) for k, label in enumerate(labels, 1)]))
    name = format_html(' aria-label="{}"', title) if title else ""
    listed = format_html('<ol class="steps"{}>{}</ol>', name, drawn)
    if not 1 <= current <= len(labels):
        return listed
    stage = _("Stage %(current)s of %(count)s:") % {"current": current, "count": len(labels)}
    spoken = '{}<p class="stage" aria-hidden="true">{} <b>{}</b></p>'
    return format_html(spoken, listed, stage, labels[current - 1])


def _step(label: str, ahead: int) -> str:
    state = ' class="done"' if ahead < 0 else "" if ahead else ' aria-current="step"'
    word = _("done")
    done = f'<span class="vh"> ({word})</span>' if ahead < 0 else ""
    return f"<li{state}><span>{safe(label)}{done}</span></li>"


@register.simple_tag
def ring(seats: Sequence[str], center: str = "", under: str = "", key: bool = True) -> SafeString:
    """Draw a circle of seats with its key; each seat is consent, concern, objection, aside, waiting or you;
    the reader's own seat is "you" until they answer, then their answer with "+you", such as "consent+you".

    ``center`` and ``under`` are the words in the middle, such as "7" and "of 12 voices".
    """
    return _ring(tuple(seats), str(center), str(under), key, get_language())


@lru_cache(maxsize=512)
def _ring(seats: tuple[str, ...], center: str, under: str, key: bool, _language: str | None) -> SafeString:
    shown = list(seats)
    drawn = drawings.ring(shown, center=center, under=under)
    lines = "".join([_ring_line(line) for line in drawings.key(shown)] if key else [])
    if not lines:
        return drawn
    yours = drawings.yours(shown)
    words_ = _("Your seat")
    mine = f"<li>{yours}{safe(words_)}</li>" if yours else ""
    return SafeString(f'{drawn}<ul class="key">{lines}{mine}</ul>')


def _ring_line(line: drawings.Line) -> str:
    return f"<li>{line.picture}{safe(line.word)} <b>{line.count}</b></li>"


@register.simple_tag
def seat(state: str) -> SafeString:
    """Draw one seat, for a list beside a name; the state's word must stand beside it."""
    return drawings.seat(state)


@register.simple_tag
def barlist(
    rows: Iterable[Sequence[Any]],
    caption: str,
    tone: str = "indigo",
    first: str = "",
    last: str = "",
    top: int = 0,
) -> SafeString:
    """Draw a table as bars. Each row is (label, count), (label, count, words) or (label, count, words, whole).

    ``words`` is what is written at the end (default: the number); ``whole`` draws the rest as an outline. ``top`` is
    the count of a full bar (default: the greatest). ``first`` and ``last`` head the columns, for the ear.
    """
    bars = [_bar(*row) for row in rows]
    full = top or max((max(bar["count"], bar["whole"]) for bar in bars), default=0) or 1
    return format_html(
        '<table class="{}"><caption class="vh">{}</caption><thead class="vh"><tr><th scope="col">{}</th>'
        '<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
        _classes("bars", tone), caption, first or _("What is counted"), _("Bar"), last or _("Count"),
        SafeString("".join([_drawn_bar(bar, full) for bar in bars])),
    )  # fmt: skip


def _drawn_bar(bar: Mapping[str, Any], full: int) -> str:
    rest = max(bar["whole"] - bar["count"], 0)
    width = '<svg width="{}" height="16" aria-hidden="true"></svg>'
    parts = (bar["count"], rest) if rest else (bar["count"],)  # what is none at all shows no stitch
    drawn = "".join([width.format(_share(each, full, of=95, least=2 if each else 0)) for each in parts])
    pair = ' class="pair"' if bar["whole"] else ""
    label, words_ = safe(bar["label"]), safe(bar["words"])
    return f'<tr><th scope="row">{label}</th><td{pair}>{drawn}</td><td class="n">{words_}</td></tr>'


def _bar(label: str, count: int, words_: str = "", whole: int = 0) -> dict[str, Any]:
    return {"label": label, "count": count, "words": words_ or words.number(count), "whole": whole}


def _share(count: int, full: int, *, of: int = 100, least: int = 0) -> str:
    return f"{max(min(Decimal(count) * of / Decimal(full), Decimal(of)), Decimal(least)):.1f}%"


@register.simple_tag
def tilemap(counts: Mapping[str, int], label: str, many: int = 0) -> SafeString:
    """Draw counts by country (ISO code -> whole number) as tiles; ``label`` says the same in words."""
    return drawings.tilemap(counts, label=label, many=many)


@register.simple_tag
def cloth(rows: Sequence[Sequence[bool]], label: str, mine: int | None = None) -> SafeString:
    """Draw the living cloth: per organization, a truth per week; ``mine`` is the reader's row, from 0."""
    return drawings.cloth(rows, label=label, mine=mine)


@register.simple_tag
def meter(value: int, top: int, tone: str = "jade") -> SafeString:
    """Draw how far something is, in stitches; the sentence beside it says the same, so the ear gets only that."""
    return format_html(
        '<span class="{}" aria-hidden="true"><svg width="{}" height="12"></svg></span>',
        _classes("meter", tone), _share(value, top or 1),
    )  # fmt: skip


@register.simple_tag
def field(field: Any) -> SafeString:
    """Draw a field of a form as ``as_field_group`` does, without the word that it may be left empty."""
    return fields.drawn(field, bare=True)


# Words


@register.simple_tag
def moment(when: datetime | date | None, shape: str = "long") -> SafeString:
    """Say an instant or a day in the reader's language and time zone; shapes in ``tequio.web.words.moment``."""
    return SafeString() if when is None else words.moment_element(when, shape)


@register.simple_tag
def number(value: int | Decimal) -> str:
    """Write a number as the reader's language does."""
    return words.number(value)


@register.simple_tag
def money(amount: Money | None) -> SafeString:
    """Write an amount with its currency as the reader's language does."""
    if amount is None:
        return SafeString()
    return format_html('<span class="n">{}</span>', words.money(amount))


@register.simple_tag
def texts(value: Mapping[str, str] | None, mark: bool = True) -> SafeString:
    """Write a text that a network has per language; in another language it says so, and which one is missing."""
    if not (said := say(value)):
        return format_html('<span class="m">{}</span>', _("Nothing written yet"))
    language = language_of(value)
    if language == get_language():
        return SafeString(safe(said))
    spoken = f'<span lang="{safe(language)}">{safe(said)}</span>'
    return SafeString(f"{spoken} {_missing()}" if mark else spoken)


def _missing() -> SafeString:
    words_ = _("not yet in %(language)s") % {"language": own_language()[1]}
    return format_html('<span class="tag gold">{}</span>', words_)


@register.simple_tag
def worddiff(before: str, after: str) -> SafeString:
    """Show what changed between two texts, word by word."""
    return words.worddiff(before, after)


@register.simple_tag
def markdown(text: str) -> SafeString:
    """Show people's Markdown, safely; put it inside <div class="prose">."""
    return words.markdown(text)
