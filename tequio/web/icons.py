"""Small line drawings on a grid of 24, drawn in the color of the text; none says anything that a word does not say."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "alert": '<path d="M12 3 22 20H2zM12 9v5M12 16.5v1.5"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "care": '<path d="M12 20C5 15 3 11 5 7.5s5-2.5 7 .5c2-3 5-4 7-.5S19 15 12 20z"/>',
    "check": '<path d="M4 12.5l5 5L20 6"/>',
    "circle": '<path d="M12 3v2M19 9h1M16 18l1 2M8 18l-1 2M4 9h1" stroke-width="4.5" stroke-linecap="round"/>',
    "coin": '<path d="M3 17c4-5 8 3 18-4M12 3a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM3 21h18"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "date": '<path d="M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v5h4"/>',
    "globe": '<path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18"/>',
    "lock": '<path d="M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<path d="M3 6h18v13H3zM3 7l9 7 9-7"/>',
    "open": '<circle cx="12" cy="12" r="8"/>',
    "pen": '<path d="M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"/>',
    "people": '<path d="M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-8 12-8 12 0M16 4.5a3.5 3.5 0 0 1 0 6M18 14c2 1 3 3 3 6"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "search": '<path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21"/>',
    "time": '<path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l4 3"/>',
}

# A plain weave, three ends by three picks: over, under, over.
MARK = mark_safe(
    '<svg width="36" height="36" viewBox="0 0 36 36" aria-hidden="true"><g stroke-width="7">'
    '<path stroke="var(--d1)" d="M7.5 1v34M18 1v34M28.5 1v34"/>'
    '<path stroke="var(--surface)" stroke-width="9.5" d="M3 7.5h9M24 7.5h9M13.5 18h9M3 28.5h9M24 28.5h9"/>'
    '<path stroke="var(--d2)" d="M1 7.5h12M23 7.5h12M12 18h12M1 28.5h12M23 28.5h12M1 18h2M33 18h2"/></g></svg>'
)


@cache
def icon(name: str) -> SafeString:
    """Return one icon as inline SVG, silent for screen readers; ``KeyError`` when there is none of that name."""
    shape = mark_safe(PATHS[name])  # noqa: S308
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', shape)
