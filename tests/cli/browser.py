"""A small browser for the tests of the running tree: cookies, forms, no page is drawn."""

import contextlib
import http.client
import re
import uuid
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit


class Browser:
    """Keeps cookies; answers with status, address to go to, and text; comes from an address with headers of its own."""

    def __init__(self, origin: str, *, source: str = "", headers: dict[str, str] | None = None) -> None:
        self.origin = origin
        self.source = source
        self.headers = headers or {}
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: Mapping[str, str | list[str]] | None = None) -> tuple[int, str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = self.headers | {"Cookie": cookies}
        body = None
        if form is not None:
            body = urlencode(form, doseq=True)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        connection = http.client.HTTPConnection(
            urlsplit(self.origin).netloc, timeout=20, source_address=(self.source, 0) if self.source else None
        )
        with contextlib.closing(connection):
            connection.request("POST" if form is not None else "GET", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.headers.get("Location", ""), text

    def token(self, path: str) -> str:
        """Open a page with a form and take its token."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask(path)[2])
        assert found, path
        return found[1]

    def come_in(self, link: str) -> None:
        """Use a one-time link."""
        path = urlsplit(link).path
        form = {"csrfmiddlewaretoken": self.token(path), "once": str(uuid.uuid4())}
        status, where, text = self.ask(path, form)
        assert status in (302, 303), (status, text[:2000])
        assert where
