"""Tables that founders share: merged row by row; what other apps need of them kept in ``networks``."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.founding import rules
from tequio.founding.models import SharedText, TextState
from tequio.networks import services as networks
from tequio.people.rules.countries import find_country
from tequio.people.rules.places import after_comma
from tequio.people.selectors.places import find_places

Row = dict[str, Any]


@transaction.atomic
def save_rows(
    *, by: Actor, question: str, language: str, base: int, rows: Sequence[Mapping[str, Any]]
) -> SharedText | None:
    """Keep a new version of a table, merged with what others did since ``base``; None when nothing changed.

    Where two people changed the same words, both tables stay until somebody chooses or joins them.
    """
    asked = rules.BY_CODE[question]
    versions = SharedText.objects.filter(question=question)
    current, before, stood = _standing(asked, versions, base)
    laid = rules.lay_over(asked, before, rows, language=language, known=stood, name=_name)
    try:
        kept, state = rules.merge(before, stood, laid), TextState.CURRENT
    except rules.Clash:
        kept, state = laid, TextState.APART
    kept = located(rows=kept) if question == "places" else kept
    if kept == stood and (current is not None or not kept):
        return None
    if current is not None and state is TextState.CURRENT:
        current.state = TextState.OLD
        current.save(update_fields=["state"])
    if state is TextState.CURRENT and question in networks.GROUND:
        networks.keep_ground(table=question, rows=kept)
    last = versions.filter(language="").aggregate(last=Max("version"))["last"]
    return SharedText.objects.create(
        question=question,
        language="",
        version=(last or 0) + 1,
        base=base,
        rows=kept,
        state=state,
        participant_id=founder_of(by=by),
        at=clock.now(),
    )


@transaction.atomic
def add_row(*, by: Actor, question: str, language: str, row: Mapping[str, Any]) -> str:
    """Add one row to a table as it stands, and return its name; what anybody else wrote stays."""
    versions = SharedText.objects.filter(question=question)
    current = versions.filter(language="", state=TextState.CURRENT).first()
    base = current.version if current else 0
    _current, before, _stood = _standing(rules.BY_CODE[question], versions, base)
    key = _name()
    rows = [*before, {"id": key, **row}]
    save_rows(by=by, question=question, language=language, base=base, rows=rows)
    return key


def founder_of(*, by: Actor) -> int:
    """Return the participant who acts; raise ``Refused`` for who is none."""
    if by.participant_id is None:
        raise Refused(_("Only the founders answer here. You can read everything."))
    return by.participant_id


def _standing(
    asked: rules.Question, versions: models.QuerySet[SharedText], base: int
) -> tuple[SharedText | None, list[Row], list[Row]]:
    """Return the version that stands, the rows that the writer had in front of them, and those that stand."""
    known = list(versions.filter(Q(state=TextState.CURRENT) | Q(language="", version=base)))
    current = next((row for row in known if row.language == "" and row.state == TextState.CURRENT), None)
    # Kept once as one text or list per language.
    earlier = {
        row.language: rules.Written(row.version, row.body, tuple(row.rows)) for row in known if row.language
    }
    woven = rules.rows_of(asked, earlier)
    old = next((row for row in known if row.language == "" and row.version == base), None)
    return current, list(old.rows) if old else woven, list(current.rows) if current else woven


def _name() -> str:
    """Return a name for a new row."""
    return secrets.token_hex(5)


def located(*, rows: Sequence[Row]) -> list[Row]:
    """Return places with their country, and the city's number where the table of places holds it."""
    found = [_in_country(row) for row in rows]
    wanted = {(row["country"], row["name"]) for row in found if row["level"] == "CITY"}
    cities = find_places(wanted) if wanted else {}
    for row in found:
        city = cities.get((row["country"], row["name"])) if row["level"] == "CITY" else None
        row["city"] = city.id if city else None
        row["country"] = city.country if city else row["country"]
    return found


def _in_country(row: Row) -> Row:
    written = str(row["name"])
    place = written if row["level"] == "COUNTRY" else after_comma(written)
    return {**row, "country": find_country(place) if place else ""}
