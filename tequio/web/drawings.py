"""Drawings made on the server: each one is a picture of a list that stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.web.tiles import Region, regions_of

STATES: Mapping[str, tuple[str, str | Promise]] = {
    "consent": (
        '<circle class="yes" r="15"/><path d="M-6 0l4 5 8-9"/>',
        gettext_lazy("Consenting"),
    ),
    "concern": (
        '<circle class="but" r="13.5"/><path d="M-6-3H6M-6 3H2"/>',
        gettext_lazy("With a concern"),
    ),
    "objection": (
        '<path class="no" d="M0-17 17 12H-17z"/><path d="M0-7V2M0 5v3"/>',
        gettext_lazy("Objecting"),
    ),
    "aside": (
        '<circle class="out" r="13.5"/><path d="M-6 0H6"/>',
        gettext_lazy("Standing aside"),
    ),
    "waiting": (
        '<circle class="wait" r="13.5"/>',
        gettext_lazy("Still to answer"),
    ),
}
YOU = mark_safe(
    '<circle class="you" r="16"/><path d="M0-9a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M-8 10c0-11 16-11 16 0z"/>'
)
MINE = mark_safe('<circle class="mine" r="19.5"/>')
RADIUS, MIDDLE = 92, 120


@dataclass(frozen=True)
class Line:
    """One line of the key of a ring: the seat's picture, its word, how many."""

    picture: SafeString
    word: str
    count: int


def seat(state: str) -> SafeString:
    """Return the picture of one seat for a key or a list."""
    return _picture(_seat(state))


def key(states: Sequence[str]) -> list[Line]:
    """Count the seats by what they answered, in a fixed order; who reads and has not answered waits too."""
    plain = [_answer(state) for state in states]
    return [
        Line(seat(name), str(word), plain.count(name))
        for name, (_shape, word) in STATES.items()
        if name in plain
    ]


def yours(states: Sequence[str]) -> SafeString:
    """Return the picture of the reader's own seat, or nothing when none of these is theirs."""
    return next((_picture(_seat(state)) for state in states if "you" in state), SafeString())


def _answer(state: str) -> str:
    return state.removesuffix("+you").replace("you", "waiting")


def _seat(state: str) -> SafeString:
    """Draw a seat: a state, ``you`` (waiting for the reader) or a state with ``+you`` (the reader's answer)."""
    if state == "you":
        return YOU
    shape = mark_safe(STATES[_answer(state)][0])  # noqa: S308 - our own drawing
    return format_html("{}{}", shape, MINE) if state.endswith("+you") else shape


def _picture(drawn: SafeString) -> SafeString:
    return format_html(
        '<svg width="24" height="24" viewBox="-21 -21 42 42" aria-hidden="true">{}</svg>', drawn
    )


def ring(states: Sequence[str], *, center: str = "", under: str = "") -> SafeString:
    """Draw a circle of seats, the first on top, with the counts as its text alternative."""
    told = ", ".join(f"{line.word}: {line.count}" for line in key(states))
    words = _("%(count)d seats. %(told)s") % {"count": len(states), "told": told}
    return format_html(
        '<svg class="ring" width="250" height="250" viewBox="0 0 240 240" role="img" aria-label="{}">'
        '<circle class="base" cx="120" cy="120" r="92"/>{}{}</svg>',
        words,
        format_html_join("", "{}", ((_placed(state, k, len(states)),) for k, state in enumerate(states))),
        _middle(center, under),
    )


def _placed(state: str, k: int, count: int) -> SafeString:
    angle = 2 * pi * k / count - pi / 2
    scale = min(1.0, 2 * pi * RADIUS / count / 35)
    place = f"translate({MIDDLE + RADIUS * cos(angle):.0f} {MIDDLE + RADIUS * sin(angle):.0f})"
    place += f" scale({scale:.2f})" if scale < 1 else ""
    return format_html('<g transform="{}">{}</g>', place, _seat(state))


def _middle(center: str, under: str) -> SafeString:
    if not center:
        return SafeString()
    return format_html(
        '<text x="120" y="120" font-size="40" font-weight="600">{}</text><text x="120" y="145" font-size="17">{}</text>',
        center,
        under,
    )


def tilemap(counts: Mapping[str, int], *, label: str, many: int = 0) -> SafeString:
    """Draw a tile a country with its count, in each region where one was counted.

    ``many`` (default: two thirds of the most) fills the tile. A country that has no tile is left to the list that
    stands beside the map.
    """
    many = many or -(-2 * max(counts.values(), default=0) // 3)
    regions = regions_of(counts)
    if len(regions) == 1:
        said = format_html('role="img" aria-label="{}"', label)
        return _tiles(regions[0], counts, many, said)
    hidden = SafeString('aria-hidden="true"')
    drawn = format_html_join("", "{}", ((_tiles(one, counts, many, hidden),) for one in regions))
    return format_html('<div class="row" role="img" aria-label="{}">{}</div>', label, drawn)


def _tiles(region: Region, counts: Mapping[str, int], many: int, said: SafeString) -> SafeString:
    tiles = format_html_join(
        "", "{}", ((_tile(code, counts.get(code, 0), many, region),) for code in region.places)
    )
    width, height = region.width * region.pitch - 2, region.height * region.pitch - 2
    return format_html(
        '<svg class="tilemap" viewBox="0 0 {} {}" width="{}" {}>{}</svg>',
        width, height, round(width * 1.154), said, tiles,
    )  # fmt: skip


def _tile(code: str, count: int, many: int, region: Region) -> SafeString:
    column, row = region.places[code]
    side = region.pitch - 4
    middle, kind = side // 2 + 1, "many" if count and count >= many else "some" if count else "none"
    words = format_html('<text x="{}" y="{}">{}</text>', middle, middle + 6, code)
    if count:
        words = format_html(
            '<text class="n" x="{0}" y="{1}">{2}</text><text x="{0}" y="{3}">{4}</text>',
            middle, middle - 3, count, middle + 15, code,
        )  # fmt: skip
    return format_html(
        '<g class="{}" transform="translate({} {})"><rect x="1" y="1" width="{}" height="{}" rx="5"/>{}</g>',
        kind, column * region.pitch, row * region.pitch, side, side, words,
    )  # fmt: skip


def cloth(rows: Sequence[Sequence[bool]], *, label: str, mine: int | None = None) -> SafeString:
    """Draw the living cloth: a row an organization, a column a week, a stitch where it took part."""
    width, height = max((len(row) for row in rows), default=0) * 12, len(rows) * 11
    warp = "".join(f"M{x + 6} 0V{height}" for x in range(0, width, 12))
    stitched = format_html_join(
        "",
        '<path class="t{}" d="{}"/>',
        ((1 + y * 5 // max(len(rows), 1), _stitches(row, y)) for y, row in enumerate(rows)),
    )
    arrow = format_html('<path class="me" d="M-9 {}l6 4-6 4z"/>', mine * 11 + 1.5) if mine is not None else ""
    return format_html(
        '<svg class="cloth" viewBox="-11 -2 {} {}" role="img" aria-label="{}"><path class="warp" d="{}"/>{}{}</svg>',
        width + 13, height + 4, label, warp, stitched, arrow,
    )  # fmt: skip


def _stitches(row: Sequence[bool], y: int) -> str:
    path, week = "", 0
    while week < len(row):
        run = 0
        while run < 3 and week + run < len(row) and row[week + run]:
            run += 1
        if run:
            path += f"M{week * 12 + 4} {y * 11 + 5.5}h{(run - 1) * 12 + 4}"
        week += max(run, 1)
    return path
