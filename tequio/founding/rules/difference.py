"""Which lines of two texts belong together, so that each pair can be shown word by word."""

from difflib import SequenceMatcher


def paired(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines of both texts as pairs (old, new), in order; what has no partner is paired with nothing."""
    old, new = _lines(before), _lines(after)
    pairs: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(old[i:j], new[k:m], strict=True)
        else:
            pairs += _matched(old[i:j], new[k:m])
    return pairs


def _matched(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Pair lines that were rewritten with what they became, each with the first one left that resembles it."""
    pairs: list[tuple[str, str]] = []
    left = list(new)
    for line in old:
        alike = next((place for place, other in enumerate(left) if _alike(line, other)), None)
        if alike is None:
            pairs.append((line, ""))
            continue
        pairs += [("", other) for other in left[:alike]]
        pairs.append((line, left[alike]))
        left = left[alike + 1 :]
    return pairs + [("", other) for other in left]


def _alike(one: str, other: str) -> bool:
    return 5 * SequenceMatcher(a=one.split(), b=other.split(), autojunk=False).ratio() >= 2


def _lines(text: str) -> list[str]:
    """Return what a text in Markdown says, line by line, without its marks."""
    bare = (line.strip().replace("**", "") for line in text.splitlines())
    return [line for line in bare if line]
