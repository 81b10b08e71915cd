"""Circles in circles, and rings around a coordination: pictures of the table that stands beside them."""

from collections.abc import Sequence
from math import cos, pi, sin
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tequio.governance.rules import Kind
from tequio.governance.rules.rings import ALLIES, MEMBERS
from tequio.governance.selectors import Group, Structure

LEAF, GAP = 54, 46
AROUND = 52.0
HOLDS = mark_safe('<circle class="yes" r="15"/><path d="M-6 0l4 5 8-9"/>')
BROKEN = mark_safe('<path class="no" d="M0-17 17 12H-17z"/><path d="M0-7V2M0 5v3"/>')
RINGS = (56, 166, 196, 222)  # how far out the coordination, the groups, the members and the allies reach


def circles(structure: Structure) -> SafeString:
    """Draw the circle around all with those inside it, each with its link, whole or broken."""
    roots = [group for group in structure.roots if group.circle.kind == Kind.CIRCLE]
    return format_html_join("", "{}", ((_circle(root),) for root in roots))


def _circle(root: Group) -> SafeString:
    inside = [group for group in root.inside if group.circle.kind != Kind.WORKING_GROUP]
    orbit = _orbit(len(inside))
    size = orbit + LEAF + 14 if inside else LEAF + 20
    red = sum(group.is_red for group in inside)
    words = _("%(name)s, with %(count)s circles inside it. Broken links: %(red)s.") % {
        "name": root.title, "count": len(inside), "red": red,
    }  # fmt: skip
    return _picture(
        2 * size,
        words,
        format_html('<circle class="base" r="{}"/>{}', size - 4, _text(root.title, 16)),
        format_html_join("", "{}", ((_inner(g, k, len(inside), orbit),) for k, g in enumerate(inside))),
    )


def _orbit(count: int) -> int:
    """Return how far from the middle so many circles lie without touching each other or the name."""
    spread = LEAF / sin(pi / count) + 5 if count > 1 else 0
    return round(max(LEAF + GAP, spread))


def _inner(group: Group, k: int, count: int, orbit: int) -> SafeString:
    angle = 2 * pi * k / count - pi / 2
    x, y = orbit * cos(angle), orbit * sin(angle)
    mark = SafeString()
    if group.link is not None:
        at = (orbit - LEAF) / orbit
        mark = format_html(
            '<g transform="translate({} {}) scale(.62)">{}</g>',
            round(x * at), round(y * at), BROKEN if group.is_red else HOLDS,
        )  # fmt: skip
    dots = format_html_join(
        "",
        '<circle class="out" cx="{}" cy="30" r="6"/>',
        ((i * 15 - 7 * min(len(group.inside) - 1, 4),) for i in range(min(len(group.inside), 5))),
    )
    return format_html(
        '<g transform="translate({} {})"><circle class="wait" r="{}"/>{}{}</g>{}',
        round(x), round(y), LEAF, _text(group.title, 15, up=8 if group.inside else 0), dots, mark,
    )  # fmt: skip


def rings(structure: Structure) -> SafeString:
    """Draw the coordination in the middle, the working groups around it, then the members and the allies."""
    bodies, groups = structure.of(Kind.COORDINATION), structure.of(Kind.WORKING_GROUP)
    if not bodies and not groups:
        return SafeString()
    named = {group.circle.ring: group.title for group in structure.of(Kind.RING)}
    outer = [
        (named.get(number, word), RINGS[number])
        for number, word in ((MEMBERS, _("Members")), (ALLIES, _("Allies")))
    ]
    title = bodies[0].title if bodies else _("Coordination")
    words = _("%(name)s in the middle, %(count)s working groups around it, then the members, then the allies.") % {
        "name": title, "count": len(groups),
    }  # fmt: skip
    return _picture(
        2 * RINGS[-1] + 8,
        words,
        format_html('<circle class="base" r="{}"/><circle class="wait" r="{}"/>{}', RINGS[1], RINGS[0], _text(title, 15)),
        format_html_join("", "{}", ((_around(group, k, len(groups)),) for k, group in enumerate(groups))),
        format_html_join(
            "", '<circle class="base" r="{}"/><text y="{}" font-size="15">{}</text>',
            ((radius, -radius + 16, word) for word, radius in outer),
        ),
    )  # fmt: skip


def _around(group: Group, k: int, count: int) -> SafeString:
    angle = 2 * pi * k / count - pi / 2
    middle = (RINGS[0] + RINGS[1]) / 2
    radius = min(AROUND, middle * sin(pi / count) - 2) if count > 1 else AROUND
    return format_html(
        '<g transform="translate({} {})"><circle class="out" r="{}"/>{}</g>',
        round(middle * cos(angle)), round(middle * sin(angle)), round(radius),
        _text(group.title, 15 if radius > 45 else 12) if radius > 30 else _text(str(k + 1), 15),
    )  # fmt: skip


def _text(words: str, size: int, *, up: int = 0) -> SafeString:
    """Write a name in at most three lines around the middle."""
    lines = wrap(words, 13)[:3] or [words]
    size = size - 2 if max(map(len, lines)) > 11 else size
    start = size // 3 - up - (len(lines) - 1) * (size + 2) / 2
    return format_html_join(
        "", '<text y="{}" font-size="{}">{}</text>',
        ((round(start + n * (size + 2)), size, line) for n, line in enumerate(lines)),
    )  # fmt: skip


def _picture(size: float, words: str, *parts: SafeString) -> SafeString:
    half = round(size / 2)
    return format_html(
        '<svg class="ring" width="{0}" height="{0}" viewBox="-{1} -{1} {0} {0}" role="img" aria-label="{2}">{3}</svg>',
        2 * half, half, words, format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


def picture(structure: Structure) -> Sequence[SafeString]:
    """Return the pictures of a network: its circles, its rings, or both."""
    return [drawn for drawn in (circles(structure), rings(structure)) if drawn]
