"""Surveys of every state behind the addresses of a network, each with a mark of that network."""

from collections.abc import Iterator
from typing import Any

from tequio.core.actor import Actor
from tequio.surveys.models import Survey
from tequio.surveys.rules.instrument import Instrument, Kind, Operator, Option, Question, Section
from tequio.surveys.services import building
from tests.surveys.instruments import when


def surveys(by: Actor, taken: Iterator[str]) -> dict[str, list[Any]]:
    """Return what stands in the addresses of surveys."""
    draft, opened, closed, again = (_survey(by, taken) for _state in range(4))
    for one in (opened, closed, again):
        building.open_survey(by=by, survey=one)
    building.close_survey(by=by, survey=closed)
    building.new_version(by=by, survey=again)
    return {
        "survey": [draft.slug, opened.slug, closed.slug, again.slug],
        **{f"surveys:{name} survey": [draft.slug] for name in ("open", "drop")},
        "surveys:close survey": [opened.slug],
        "surveys:reopen survey": [closed.slug],
        "surveys:drop-version survey": [again.slug],
    }


def _survey(by: Actor, taken: Iterator[str]) -> Survey:
    color = Question(
        "color", Kind.SINGLE, {"es": next(taken)},
        options=(Option("red", {"es": next(taken)}), Option("other", {"es": "Otro"}, other=True)),
    )  # fmt: skip
    why = Question("why", Kind.OPEN, {"es": next(taken)}, condition=when("color", Operator.IS, "red"))
    title = {"es": f"Encuesta {next(taken)}"}
    more = Question("more", Kind.OPEN, {"es": next(taken)}, long=True)
    sections = (Section("first", {"es": next(taken)}, (color, why)), Section("last", {}, (more,)))
    asked = Instrument(("es", "en"), title, sections)
    return building.create_survey(by=by, title=title, languages=["es", "en"], instrument=asked)
