"""The one stylesheet that is served, joined from one file a component: `python -m tequio.web.stylesheet build|check`.

Beside it lies the same, compressed: WhiteNoise sends that one to every browser that can read it.
"""

import gzip
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "web"
SERVED = FOLDER / "tequio.css"
PACKED = FOLDER / "tequio.css.gz"
ORDER = ("tokens", "base", "shell", "buttons", "forms", "cards", "threads", "charts", "print")


def minified(css: str) -> str:
    """Return the rules without comments and without the white space that means nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r"(?<=[\w)\-]):\s+", ":", css)
    return css.replace(";}", "}").strip() + "\n"


def joined() -> str:
    """Return the stylesheet as it must be now; a component that ORDER does not name is an error."""
    parts = {path.stem: path for path in (FOLDER / "css").glob("*.css")}
    if set(parts) != set(ORDER):
        raise SystemExit(f"Name every file of {FOLDER / 'css'} in ORDER: {set(parts) ^ set(ORDER)}")
    return minified("".join(parts[name].read_text(encoding="utf-8") for name in ORDER))


def is_fresh() -> bool:
    """Say whether the served file is what its components make."""
    if not (SERVED.exists() and PACKED.exists()):
        return False
    wanted = joined().encode()
    return SERVED.read_bytes() == wanted and gzip.decompress(PACKED.read_bytes()) == wanted


def main(command: str) -> int:
    """Write the served file, or say whether it is stale; return the exit code."""
    if command == "build":
        SERVED.write_text(joined(), encoding="utf-8")
        PACKED.write_bytes(gzip.compress(joined().encode(), 9, mtime=0))
        return 0
    if command == "check":
        return 0 if is_fresh() else _stale()
    sys.stderr.write("usage: python -m tequio.web.stylesheet build|check\n")
    return 2


def _stale() -> int:
    sys.stderr.write("tequio.css is stale: run python -m tequio.web.stylesheet build\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
