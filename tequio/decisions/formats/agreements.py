"""Agreements as a file that another network can read, with its editions. Source: P11.

One JSON object: who wrote it, and each agreement with its texts in all languages, its matter, its term, the line to which
it belongs (``lineage``), its place in it (``edition``), and the fingerprint of its text, which the register keeps too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.decisions.rules import Matter
from tequio.decisions.rules.texts import LAID_DOWN, fingerprint

FORMAT = "tequio-agreements/1"
MOST = 200
LARGEST = 600_000
LONGEST = {"title": 300, "summary": 2_000, "body": 60_000, "cost_now": 300, "cost_then": 300}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")


class Unreadable(ValueError):
    """A file that holds no agreements that we can read; the sentence says why, for people."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


NO_FILE = _("This file holds no agreements of Tequio.")
TOO_LARGE = _("This file is too large: at most 200 agreements, and 600 KB.")
OTHER_FORMAT = _("This file was written by a newer Tequio: this one cannot read it.")
CHANGED = _("A text in this file was changed after it was written. Ask for the file again.")


@dataclass(frozen=True)
class Carried:
    """An agreement on its way: its texts by part and language, and where it comes from."""

    lineage: UUID
    edition: int
    number: int
    texts: Mapping[str, Mapping[str, str]]
    matter: str
    leading_team: str
    term_months: int | None
    decided_on: date
    fingerprint: str

    @property
    def title(self) -> Mapping[str, str]:
        return self.texts["title"]


@dataclass(frozen=True)
class Bundle:
    """What a file brings: the network that wrote it, the day, and its agreements."""

    network: UUID
    name: Mapping[str, str]
    written_on: date
    agreements: Sequence[Carried]


def write_agreements(bundle: Bundle) -> bytes:
    """Return the file: the same bytes for the same agreements, so that it can be kept under version control."""
    content = {
        "format": FORMAT,
        "network": {"uuid": str(bundle.network), "name": dict(bundle.name)},
        "written_on": bundle.written_on.isoformat(),
        "agreements": [_written(one) for one in bundle.agreements],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _written(one: Carried) -> dict[str, Any]:
    return {
        "lineage": str(one.lineage), "edition": one.edition, "number": one.number, "matter": one.matter,
        "leading_team": one.leading_team, "term_months": one.term_months, "decided_on": one.decided_on.isoformat(),
        "fingerprint": one.fingerprint, "texts": {name: dict(texts) for name, texts in one.texts.items() if texts},
    }  # fmt: skip


def read_agreements(raw: bytes) -> Bundle:
    """Read a file that came from anywhere; raise Unreadable unless all of it is as it should be."""
    if len(raw) > LARGEST:
        raise Unreadable(TOO_LARGE)
    try:
        content = json.loads(raw.decode())
        form = content["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable(NO_FILE) from None
    if form != FORMAT:
        known = isinstance(form, str) and form.startswith("tequio-agreements/")
        raise Unreadable(OTHER_FORMAT if known else NO_FILE)
    try:
        return _bundle(content)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as wrong:
        raise wrong if isinstance(wrong, Unreadable) else Unreadable(NO_FILE) from None


def _bundle(content: Mapping[str, Any]) -> Bundle:
    rows = content["agreements"]
    if not isinstance(rows, list) or not rows:
        raise Unreadable(NO_FILE)
    if len(rows) > MOST:
        raise Unreadable(TOO_LARGE)
    name = _texts(content["network"]["name"], 200)
    found = [_carried(row) for row in rows]
    return Bundle(UUID(content["network"]["uuid"]), name, date.fromisoformat(content["written_on"]), found)


def _carried(row: Mapping[str, Any]) -> Carried:
    texts = {part: _texts(row["texts"].get(part, {}), LONGEST[part]) for part in LAID_DOWN}
    if not any(texts["title"].values()) or not any(texts["summary"].values()):
        raise Unreadable(NO_FILE)
    if fingerprint(texts) != row["fingerprint"]:
        raise Unreadable(CHANGED)
    term = row["term_months"]
    return Carried(
        lineage=UUID(row["lineage"]),
        edition=_whole(row["edition"], 1, 10_000),
        number=_whole(row["number"], 1, 10**8),
        texts=texts,
        matter=Matter(row["matter"]).value,
        leading_team=_text(row["leading_team"], 120),
        term_months=None if term is None else _whole(term, 1, 120),
        decided_on=date.fromisoformat(row["decided_on"]),
        fingerprint=row["fingerprint"],
    )


def _texts(value: Any, longest: int) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > 20:
        raise TypeError("texts are a text per language")
    if not all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in value):
        raise ValueError("a language is a short code")
    return {code: _text(text, longest) for code, text in value.items()}


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise ValueError("not a text of this length")
    value.encode()
    return value


def _whole(value: Any, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError("not such a number")
    return value
