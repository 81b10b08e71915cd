"""An organization and those it is tied to: a picture of the list that stands beneath it."""

from collections.abc import Sequence
from math import cos, pi, sin
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEAF, GAP = 42, 14


def ego(name: str, around: Sequence[tuple[str, bool]], *, words: str) -> SafeString:
    """Draw one organization in the middle and others (name, whether both said so) around it; every name is written."""
    orbit = _orbit(len(around))
    size = 2 * (orbit + LEAF + 4)
    half = round(size / 2)
    lines = format_html_join("", "{}", ((_line(k, len(around), orbit),) for k in range(len(around))))
    leaves = format_html_join(
        "",
        "{}",
        ((_leaf(one, said, k, len(around), orbit),) for k, (one, said) in enumerate(around)),
    )
    return format_html(
        '<svg class="ring" width="{0}" height="{0}" viewBox="-{1} -{1} {0} {0}" role="img" aria-label="{2}">'
        '{3}<circle class="wait" r="{4}"/><circle class="mine" r="{4}"/>{5}{6}</svg>',
        2 * half, half, words, lines, LEAF, _text(name), leaves,
    )  # fmt: skip


def _orbit(count: int) -> int:
    """Return how far from the middle so many lie without touching each other."""
    spread = LEAF / sin(pi / count) + 3 if count > 1 else 0
    return round(max(2 * LEAF + GAP, spread))


def _place(k: int, count: int, orbit: int) -> tuple[int, int]:
    angle = 2 * pi * k / count - pi / 2
    return round(orbit * cos(angle)), round(orbit * sin(angle))


def _line(k: int, count: int, orbit: int) -> SafeString:
    x, y = _place(k, count, orbit)
    return format_html('<path class="base" d="M0 0L{} {}"/>', x, y)


def _leaf(name: str, said: bool, k: int, count: int, orbit: int) -> SafeString:
    x, y = _place(k, count, orbit)
    shape = "out" if said else "wait"
    return format_html(
        '<g transform="translate({} {})"><circle class="{}" r="{}"/>{}</g>', x, y, shape, LEAF, _text(name)
    )


def _text(words: str) -> SafeString:
    """Write a name in at most three lines around the middle."""
    lines = wrap(words, 11)
    if len(lines) > 3:
        lines = [*lines[:2], f"{lines[2][:9]}…"]
    start = 5 - (len(lines) - 1) * 7
    return format_html_join(
        "",
        '<text y="{}" font-size="{}">{}</text>',
        ((start + n * 14, 13 if len(line) < 10 else 12, line) for n, line in enumerate(lines)),
    )
