"""The stylesheet travels inside the first page that a device opens, and from its own address ever after.

On a slow line each round trip takes seconds: a first page that has to fetch its style paints after two of them.
Why so and not otherwise: docs/adr/0008-one-round-trip.md.
"""

import zlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

from tequio.web.immutable import fingerprint

NAME = "web/tequio.css"
YEAR = 60 * 60 * 24 * 365


@dataclass(frozen=True)
class Sheet:
    """The stylesheet in every form that a page needs; made once a process."""

    version: str
    link: bytes
    inside: bytes
    packed: bytes
    later: bytes
    source: str


@cache
def sheet() -> Sheet:
    """Return the stylesheet: as a link, as an element, deflated, and as the policy's source that allows it.

    The deflated form begins and ends on a whole byte and looks back at nothing, so that it can be laid between
    two parts of a compressed page without being compressed again. Source: RFC 1951.
    """
    path = finders.find(NAME)
    if not isinstance(path, str):
        raise FileNotFoundError(f"{NAME} is not among the static files.")
    text = Path(path).read_bytes()
    inside = b"<style>" + text + b"</style>"
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    link = f'<link rel="stylesheet" href="{static(NAME)}">'
    return Sheet(
        version=fingerprint(NAME),
        link=link.encode(),
        inside=inside,
        packed=packer.compress(inside) + packer.flush(zlib.Z_FULL_FLUSH),
        later=link.replace(">", ' media="not all">').encode(),
        source=_source(text),
    )


def carries(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether this answer is a page for a device that has not got this version of the stylesheet."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return request.COOKIES.get(cookie()) != sheet().version and sheet().link in response.content


def cookie() -> str:
    """Return the name of the cookie in which a device says which stylesheet it has: a version, nothing else."""
    return "__Host-style" if settings.SECURE else "style"


def lay_in(response: HttpResponse) -> str:
    """Put the rules that a page brings in the place of their link; return the source that allows them, or nothing."""
    link, rules = getattr(response, "brought_style", (b"", b""))
    if not link or link not in response.content:
        return ""
    response.content = response.content.replace(link, b"<style>" + rules + b"</style>", 1)
    return _source(rules)


def _source(rules: bytes) -> str:
    return f"'sha256-{b64encode(sha256(rules).digest()).decode()}'"


def welcome(request: HttpRequest, response: HttpResponse) -> None:
    """Remember that the device has the style of this page, and let it fetch the file afterwards.

    A sheet for no medium is fetched last and holds nothing up; who asked to save data is spared it.
    """
    response.set_cookie(
        cookie(), sheet().version, max_age=YEAR, secure=settings.SECURE, httponly=True, samesite="Lax"
    )
    if request.headers.get("Save-Data") != "on":
        before, end, after = response.content.rpartition(b"</body>")
        response.content = before + sheet().later + end + after
