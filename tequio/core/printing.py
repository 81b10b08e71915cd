"""A page as a tagged PDF (PDF/UA-1), printed by a process of its own so that its memory goes when it ends."""

import subprocess
import sys
from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PRESS = Path(__file__).with_name("press.py")
NEEDED = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
SECONDS = 120


class PressFailed(RuntimeError):
    """The page could not be printed."""


@cache
def pdf_possible() -> bool:
    """Say whether this computer has what printing PDFs needs; nothing heavy is loaded to find out."""
    return find_spec("weasyprint") is not None and all(find_library(name) for name in NEEDED)


def pdf_of(html: str) -> bytes:
    """Return a page of HTML as a tagged PDF. Raises PressFailed when it cannot be printed."""
    try:
        done = subprocess.run(  # noqa: S603 - our own file, no shell, no words of anybody in the command
            [sys.executable, "-I", str(PRESS)],
            input=html.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PressFailed("printing took too long") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise PressFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
