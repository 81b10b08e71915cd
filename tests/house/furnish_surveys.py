"""Surveys of every state behind the addresses of a network, each with a mark of that network."""

from collections.abc import Iterator
from typing import Any

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.surveys.models import Batch, Preparation, Printout, Reply, Survey, Tick
from tequio.surveys.rules.instrument import Instrument, Kind, Operator, Option, Question, Section
from tequio.surveys.rules.reporting import Wishes
from tequio.surveys.services import building, findings, importing, recipes, recoding, releasing
from tests.surveys.instruments import when

WRITING = (
    "write", "title", "new-section", "section", "new-question", "question", "condition", "remove",
    "languages", "drop-language",
)  # fmt: skip
REPORTS = ("report", "release", "tables", "package", "paper", "withdraw", "correct")
RESULTS = (
    "results", "results-table", "results-file", "results-cities", "results-compare", "results-words", "results-question",
    "results-weights", "results-findings", "results-finding", "results-take-back", "results-codes", "results-coding", "results-agreeing",
)  # fmt: skip
IMPORTS = ("import", "import-misread", "undo-import", "drop-import")


def surveys(by: Actor, taken: Iterator[str]) -> dict[str, list[Any]]:
    """Return what stands in the addresses of surveys."""
    draft, opened, closed, again = (_survey(by, taken) for _state in range(4))
    for one in (opened, closed, again):
        building.open_survey(by=by, survey=one)
    building.close_survey(by=by, survey=closed)
    building.new_version(by=by, survey=again)
    reported, ready = _answered(by, 1), _answered(by, 2)
    release = releasing.publish_release(by=by, survey=reported, preparation=_prepared(by, reported))
    Printout.objects.create(release=release, language="es", content=b"%PDF-1.7", made_at=release.published_at)
    _prepared(by, ready)
    finding = findings.sign_finding(by=by, survey=reported, text=next(taken), language="es")
    recoding.list_codes(by=by, survey=reported, question="more", texts=[next(taken)])
    brought = _brought(by, opened, taken)
    return {
        **{f"surveys:{name} survey": [reported.slug] for name in REPORTS},
        **{f"surveys:{name} number": [1] for name in REPORTS},
        "surveys:tables kind": ["csv", "xlsx"],
        "surveys:publish survey": [ready.slug, reported.slug],
        "surveys:freeze survey": [ready.slug],
        **{f"surveys:{name} survey": [reported.slug] for name in RESULTS},
        "surveys:results-question column": ["color"],
        **{f"surveys:results-{name} column": ["more"] for name in ("codes", "coding", "agreeing")},
        **{f"surveys:results-{name} thread": [finding.thread] for name in ("finding", "take-back")},
        "surveys:results-file sort": ["csv", "xlsx"],
        **{f"surveys:{name} survey": [opened.slug] for name in ("imports", "forget-recipe", *IMPORTS)},
        **{f"surveys:{name} uuid": [brought.uuid] for name in IMPORTS},
        "surveys:forget-recipe uuid": [brought.survey.recipes.get().uuid],
        "surveys:export survey": [reported.slug],
        "survey": [draft.slug, opened.slug, closed.slug, again.slug],
        **{f"surveys:{name} survey": [draft.slug] for name in ("open", "drop")},
        "surveys:close survey": [opened.slug],
        "surveys:reopen survey": [closed.slug],
        "surveys:drop-version survey": [again.slug],
        **{f"surveys:{name} survey": [draft.slug] for name in WRITING},
        **{f"surveys:{name} key": ["first"] for name in ("section", "new-question")},
        "surveys:question key": ["color"],
        "surveys:drop-language code": ["en"],
        "surveys:condition key": ["why", "last"],
        "surveys:remove key": ["more"],
    }


def _survey(by: Actor, taken: Iterator[str]) -> Survey:
    color = Question(
        "color", Kind.SINGLE, {"es": next(taken)},
        options=(Option("red", {"es": next(taken)}), Option("other", {"es": "Otro"}, other=True)),
    )  # fmt: skip
    why = Question("why", Kind.OPEN, {"es": next(taken)}, condition=when("color", Operator.IS, "red"))
    title = {"es": f"Encuesta {next(taken)}"}
    more = Question("more", Kind.OPEN, {"es": next(taken)}, long=True)
    where = Question("where", Kind.CITIES, {"es": next(taken)}, role="CITIES")
    sections = (Section("first", {"es": next(taken)}, (color, why)), Section("last", {}, (more, where)))
    asked = Instrument(("es", "en"), title, sections)
    return building.create_survey(by=by, title=title, languages=["es", "en"], instrument=asked)


def _answered(by: Actor, number: int) -> Survey:
    """Return an open survey that twelve answered, half of them one way; what its report says is for everybody."""
    survey = _survey(by, (f"Dicho en público {number}.{place}" for place in range(20)))
    survey = building.open_survey(by=by, survey=survey)
    version, now = survey.versions.get(), clock.now()
    replies = Reply.objects.bulk_create(
        Reply(survey=survey, version=version, language="es", began_at=now, changed_at=now, sent_at=now)
        for _one in range(12)
    )
    Tick.objects.bulk_create(
        Tick(reply=reply, question="color", option="red" if at % 2 else "other")
        for at, reply in enumerate(replies)
    )
    return survey


def _brought(by: Actor, survey: Survey, taken: Iterator[str]) -> Batch:
    """Return a file of answers that waits for somebody's word."""
    content = f"color;why\nred;{next(taken)}\n{next(taken)};\n".encode()
    batch = importing.start_batch(by=by, survey=survey, name=f"{next(taken)}.csv", content=content)
    batch = importing.read_batch(by=by, batch=batch)
    recipes.keep(by=by, batch=batch)
    return batch


def _prepared(by: Actor, survey: Survey) -> Preparation:
    wishes = Wishes(("color",), authors=str(survey.slug))
    found = releasing.prepare_release(by=by, survey=survey, wishes=wishes)
    releasing.make_release(network_id=found.network_id, preparation_id=found.pk)
    return Preparation.objects.get(pk=found.pk)
