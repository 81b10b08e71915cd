"""What every answer carries: the security headers, its language, its weight."""

import secrets
import struct
import zlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tequio.core.catalogs import gather
from tequio.web import first_visit
from tequio.web.first_visit import Sheet

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
MARK = b"<!--weight-->"


class HeadersMiddleware:
    """Put the security headers on everything, files and errors too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        host = request.META.get("HTTP_HOST", "")
        if settings.SECURE_HSTS_SECONDS and not host.endswith(".onion"):
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class LanguageMiddleware:
    """Speak the language that the reader chose, else one that their browser asks for, else Spanish."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        gather(language)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class WordsMiddleware:
    """Give a page to answers that have none: an address that only a form may open, or that cannot be."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:  # no name holds it, and PostgreSQL cannot look for it
            return render(request, "404.html", status=404)
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class WeighMiddleware:
    """Compress pages, write in each what it weighed on its way, and lay the style into a device's first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or not response.content or response.has_header("Content-Encoding"):
            return response
        if not response.headers.get("Content-Type", "").startswith(("text/", "application/json")):
            return response
        sheet = first_visit.sheet() if first_visit.carries(request, response) else None
        if sources := " ".join(filter(None, (first_visit.lay_in(response), sheet.source if sheet else ""))):
            response.headers["Content-Security-Policy"] = POLICY.replace("style-src", f"style-src {sources}")
        if sheet:
            first_visit.welcome(request, response)
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            response.content = _said(response.content, sheet)
            response.headers["Content-Length"] = str(len(response.content))
            return response
        response.content = _packed(response.content, sheet)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        patch_vary_headers(response, ("Accept-Encoding",))
        return response


def _said(content: bytes, sheet: Sheet | None) -> bytes:
    if sheet:
        content = content.replace(sheet.link, sheet.inside, 1)
    return content.replace(MARK, _kilobytes(len(content)), 1)


def _kilobytes(weight: int) -> bytes:
    return str(max(1, round(weight / 1024))).encode()


def _packed(content: bytes, sheet: Sheet | None) -> bytes:
    """Compress in one pass: the weight is known when the page's foot, where it is written, comes up.

    A file name of random length in the header hides how well a secret in the page compresses (BREACH).
    The style comes compressed already and takes the place of its link. Source: RFC 1952.
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body, check, size = b"", 0, 0
    if sheet:
        top, _link, content = content.partition(sheet.link)
        body = packer.compress(top) + packer.flush(zlib.Z_FULL_FLUSH) + sheet.packed
        check, size = zlib.crc32(sheet.inside, zlib.crc32(top)), len(top) + len(sheet.inside)
    head, mark, foot = content.partition(MARK)
    body += packer.compress(head)
    if mark:
        body += packer.flush(zlib.Z_SYNC_FLUSH)
        foot = _kilobytes(len(body) + len(foot) // 3) + foot
    body += packer.compress(foot) + packer.flush()
    name = b"x" * (secrets.randbelow(64) + 1) + b"\0"
    check = zlib.crc32(foot, zlib.crc32(head, check))
    size = (size + len(head) + len(foot)) & 0xFFFFFFFF
    return b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + name + body + struct.pack("<LL", check, size)
