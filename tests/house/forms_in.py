"""The forms of a page, as a browser would see them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


@dataclass
class FormSeen:
    """A form: where it goes, how, and what it would send if nobody touched it."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def offer(self, name: str, kind: str, value: str) -> None:
        """Note a choice of a field; of buttons too, of which one is pressed."""
        self.kinds[name] = kind
        self.choices.setdefault(name, []).append(value)

    def put(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormSeen] = []
        self._open: FormSeen | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = FormSeen(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        if self._open is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "button" and name:
            self._open.put(name, given.get("value", ""))
            self._open.offer(name, "button", given.get("value", ""))
        elif tag == "select" and name:
            self._select = name
            self._open.values.setdefault(name, [])
        elif tag == "option" and self._select:
            self._open.offer(self._select, "select", given.get("value", ""))
            if "selected" in given or not self._open.values[self._select]:
                self._open.values[self._select] = [given.get("value", "")]
        elif tag == "textarea" and name:
            self._area = name
            self._open.free.add(name)
            self._open.kinds[name] = "textarea"
            self._open.values[name] = [""]

    def _input(self, name: str, given: dict[str, str]) -> None:
        assert self._open is not None
        kind = given.get("type", "text")
        self._open.kinds[name] = kind
        if kind in ("radio", "checkbox"):
            known = self._open.values.setdefault(name, [])
            self._open.offer(name, kind, given.get("value", "on"))
            if "checked" in given or (kind == "radio" and not known):
                self._open.values[name] = [given.get("value", "on")]
            return
        self._open.put(name, given.get("value", ""))
        if kind not in ("hidden", "submit"):
            self._open.free.add(name)

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open.values[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def forms_in(html: str) -> list[FormSeen]:
    """Return the forms of a page, in order; what stands outside them is passed over."""
    reader = _Reader()
    for form in _FORM.findall(html):
        reader.feed(form)
    return reader.forms
