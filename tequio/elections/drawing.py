"""The picture of a lot: a thread for each, the drawn ones longer."""

from collections.abc import Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MOST = 60
_TONES = ("var(--d2)", "var(--d1)", "var(--d4)", "var(--d3)", "var(--d5)")


def threads(drawn: Sequence[bool], label: str) -> SafeString:
    """Draw a thread for each of the list, in its order; the drawn ones reach further and carry their number."""
    if len(drawn) > MOST:
        return SafeString()
    step = 346 / max(len(drawn), 2)
    weft = "".join(f"M4 {14 + 11 * row}H356" for row in range(9))
    parts = [f'<path d="{weft}" stroke="var(--line)" stroke-width="3"/>']
    count = 0
    for place, is_drawn in enumerate(drawn):
        x = round(8 + step * (place + 0.5), 1)
        if is_drawn:
            tone = _TONES[count % len(_TONES)]
            count += 1
            parts.append(f'<path d="M{x} 4V150" stroke="{tone}" stroke-width="9"/>')
        else:
            parts.append(
                f'<path d="M{x} 4V118" stroke="var(--edge)" stroke-width="4" stroke-dasharray="6 10.5"/>'
            )
    words = conditional_escape(label)
    return SafeString(
        f'<svg viewBox="0 0 360 156" width="560" role="img" aria-label="{words}">{"".join(parts)}</svg>'
    )
