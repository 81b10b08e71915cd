"""Surveys are written, opened, changed by versions, closed. Source: SUR-01, SUR-02."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.register.models import Entry
from tequio.surveys import tasks
from tequio.surveys.models import Reply, State, Survey, Version
from tequio.surveys.rules.changes import Sort, changes
from tequio.surveys.rules.instrument import Instrument, Kind, Operator
from tequio.surveys.services import building
from tests.surveys.instruments import instrument, question, when

ASKED = instrument(question("color", Kind.SINGLE, "red", "blue"), question("why"))
TITLE = {"en": "Asked"}


def begin(by, asked: Instrument = ASKED, **more) -> Survey:
    return building.create_survey(by=by, title=TITLE, languages=["en"], instrument=asked, **more)


def told(kind: str) -> int:
    return Entry.objects.filter(kind=f"surveys.{kind}").count()


def test_a_survey_is_written_opened_closed_and_opened_again(network, ana):
    """Each step twice is one step, and each stands in the register once."""
    survey = begin(ana)
    assert (survey.state, survey.slug, survey.versions.get().number) == (State.DRAFT, "asked", 1)
    assert begin(ana).slug == "asked-2"
    for step in (building.open_survey, building.close_survey, building.reopen_survey):
        for _ in range(2):
            survey = step(by=ana, survey=survey)
    assert (survey.state, survey.closed_at) == (State.OPEN, None)
    assert [told(kind) for kind in ("created", "opened", "closed", "reopened")] == [2, 1, 1, 1]


def test_what_is_asked_follows_the_draft_until_it_opens(network, ana):
    survey = begin(ana)
    draft = survey.versions.get()
    asked = instrument(question("shape"))
    building.change_draft(by=ana, survey=survey, instrument=asked, seen=draft.stamp)
    draft.refresh_from_db()
    assert draft.instrument == asked
    building.change_draft(by=ana, survey=survey, instrument=ASKED, seen=draft.stamp)
    assert told("draft_changed") == 1  # within an hour, by the same hand
    building.open_survey(by=ana, survey=survey)
    with pytest.raises(Refused, match=r"[Vv]ersi"):
        building.change_draft(by=ana, survey=survey, instrument=asked, seen=draft.stamp)


def test_nobody_writes_over_what_somebody_else_changed(network, ana):
    survey = begin(ana)
    seen = survey.versions.get().stamp
    building.change_draft(by=ana, survey=survey, instrument=instrument(question("hers")), seen=seen)
    with pytest.raises(building.Changed):
        building.change_draft(by=ana, survey=survey, instrument=instrument(question("mine")), seen=seen)
    assert survey.versions.get().instrument.question("hers")


def test_an_answer_stays_with_the_version_it_answered(network, ana):
    """Source: SUR-02: a version that was opened never changes."""
    survey = building.open_survey(by=ana, survey=begin(ana))
    first = survey.versions.get()
    now = clock.now()
    reply = Reply.objects.create(survey=survey, version=first, language="en", began_at=now, changed_at=now)
    second = building.new_version(by=ana, survey=survey)
    assert building.new_version(by=ana, survey=survey) == second
    asked = instrument(question("color", Kind.SINGLE, "red", "green"), question("since"))
    building.change_draft(by=ana, survey=survey, instrument=asked, seen=second.stamp)
    building.open_survey(by=ana, survey=survey)
    reply.refresh_from_db()
    assert reply.version.instrument == ASKED
    assert Version.objects.filter(survey=survey, opened_at=None).count() == 0
    assert (told("version_begun"), told("version_opened"), told("opened")) == (1, 1, 1)


def test_a_new_version_can_be_dropped_and_the_first_cannot(network, ana):
    survey = begin(ana)
    with pytest.raises(Refused):
        building.drop_version(by=ana, survey=survey)
    survey = building.open_survey(by=ana, survey=survey)
    building.new_version(by=ana, survey=survey)
    for _ in range(2):
        building.drop_version(by=ana, survey=survey)
    assert survey.versions.get().number == 1
    assert told("version_dropped") == 1


def test_nothing_opens_while_something_has_to_be_mended(network, ana):
    survey = begin(ana, instrument(question("a", condition=when("b", Operator.ANSWERED))))
    with pytest.raises(Refused):
        building.open_survey(by=ana, survey=survey)
    assert Survey.objects.get(pk=survey.pk).state == State.DRAFT


def test_who_may(network, ana, beto, dora):
    """Whoever has a duty makes surveys; whoever began one and the coordination look after it."""
    with pytest.raises(Refused):
        begin(beto)
    survey = begin(dora)
    seen = survey.versions.get().stamp
    for refused in (
        building.open_survey,
        building.close_survey,
        building.reopen_survey,
        building.new_version,
    ):
        with pytest.raises(Refused):
            refused(by=beto, survey=survey)
    with pytest.raises(Refused):
        building.change_draft(by=beto, survey=survey, instrument=instrument(question("b")), seen=seen)
    with pytest.raises(Refused):
        building.arrange_survey(by=beto, survey=survey, arrangement=building.Arrangement())
    building.open_survey(by=dora, survey=survey)
    building.close_survey(by=ana, survey=survey)


def test_a_survey_closes_on_its_last_day(network, ana, monkeypatch):
    end = clock.now() + timedelta(days=3)
    survey = building.open_survey(by=ana, survey=begin(ana), closes_at=end)
    facts = {"network_id": network.pk, "survey_id": survey.pk}
    tasks.close(**facts)
    assert Survey.objects.get().state == State.OPEN
    monkeypatch.setattr(clock, "now", lambda: end)
    tasks.close(**facts)
    assert Survey.objects.get().state == State.CLOSED
    assert building.close_when_due(by=ana, survey=survey).state == State.CLOSED
    with pytest.raises(Refused):
        building.reopen_survey(by=ana, survey=survey, closes_at=end - timedelta(days=1))
    assert building.reopen_survey(by=ana, survey=survey).closes_at is None


def test_who_answers_can_be_arranged_while_it_is_open(network, ana):
    survey = building.open_survey(by=ana, survey=begin(ana))
    quotas = ({"question": "color", "option": "red", "most": 10},)
    said = building.Arrangement(access="MEMBERS", once_per_organization=True, quotas=quotas)
    for _ in range(2):
        survey = building.arrange_survey(by=ana, survey=survey, arrangement=said)
    assert (survey.access, survey.once_per_organization, survey.quotas) == ("MEMBERS", True, list(quotas))
    assert told("arranged") == 1
    late = building.Arrangement(closes_at=clock.now() - timedelta(minutes=1))
    with pytest.raises(Refused):
        building.arrange_survey(by=ana, survey=survey, arrangement=late)


def test_what_changed_between_versions_is_told():
    old = instrument(
        question("color", Kind.SINGLE, "red", "blue"),
        question("why"),
        question("age", Kind.NUMBER),
        question("gone"),
    )
    new = instrument(
        question("age", Kind.NUMBER, required=True),
        question("color", Kind.MULTI, "red", "green"),
        question("why", condition=when("color", Operator.IS, "red")),
        question("new"),
    )
    assert {(one.sort, one.key) for one in changes(old, new)} == {
        (Sort.REMOVED, "gone"),
        (Sort.RULES, "age"),
        (Sort.MOVED, "age"),
        (Sort.KIND, "color"),
        (Sort.OPTIONS_ADDED, "color"),
        (Sort.OPTIONS_REMOVED, "color"),
        (Sort.CONDITION, "why"),
        (Sort.ADDED, "new"),
    }
    assert changes(old, old) == ()
