"""What the charter promises to do regularly, beside what was done."""

from datetime import date, timedelta

import pytest

from tequio.atlas.rules.rhythms import State, told, told_letter
from tequio.atlas.selectors import promises
from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.founding.models import Article, Charter, CharterState
from tequio.founding.services.workshops import Facts, hold_workshop
from tequio.membership import services as membership
from tequio.networks.models import Gathering, Rhythm
from tequio.people.models import Participant
from tests.conftest import sign_in
from tests.decisions.world import propose

SINCE, TODAY = date(2026, 1, 10), date(2026, 7, 10)


@pytest.mark.parametrize(
    ("times", "days", "since", "promised", "done", "state"),
    [
        (12, [], TODAY, 0, 0, State.EARLY),
        (12, [], SINCE, 5, 0, State.MISSED),
        (12, [date(2026, month, 9) for month in range(2, 7)], SINCE, 5, 5, State.KEPT),
        (12, [date(2026, 6, 1), date(2026, 6, 1)], SINCE, 5, 1, State.MISSED),
        (2, [TODAY], TODAY, 0, 1, State.KEPT),
        (2, [date(2026, 7, 11)], SINCE, 0, 0, State.EARLY),
        (4, [date(2025, 7, 9), date(2025, 7, 10)], date(2020, 1, 1), 4, 1, State.MISSED),
    ],
)
def test_whole_times_of_the_last_year_are_promised(times, days, since, promised, done, state):
    """Source: XCT-06."""
    found = told(times, days, since=since, on=TODAY)
    assert (found.promised, found.done, found.state) == (promised, done, state)


def test_the_next_one_is_due_after_the_last():
    assert told(12, [date(2026, 7, 1)], since=SINCE, on=TODAY).due_on == date(2026, 7, 31)
    assert told(2, [], since=SINCE, on=TODAY).due_on == date(2026, 7, 11)
    assert told_letter(52, None, since=TODAY, on=TODAY).state == State.EARLY
    assert told_letter(52, date(2026, 7, 6), since=SINCE, on=TODAY).state == State.KEPT
    assert told_letter(52, date(2026, 6, 29), since=SINCE, on=TODAY).state == State.MISSED


@pytest.mark.parametrize(
    ("times", "last", "on", "due", "state"),
    [
        (
            12,
            date(2026, 8, 3),
            date(2026, 9, 7),
            date(2026, 9, 7),
            State.KEPT,
        ),  # five weeks lie between the two
        (12, date(2026, 8, 3), date(2026, 9, 8), date(2026, 9, 7), State.MISSED),
        (12, None, date(2026, 9, 4), date(2026, 9, 7), State.EARLY),  # that of August is forgotten by then
        (12, None, date(2026, 9, 8), date(2026, 9, 7), State.MISSED),
        (26, date(2026, 7, 6), date(2026, 7, 20), date(2026, 7, 20), State.KEPT),
        (4, date(2026, 7, 6), date(2026, 7, 31), date(2026, 10, 5), State.KEPT),
    ],
)
def test_a_letter_is_due_on_the_monday_on_which_it_leaves(times, last, on, due, state):
    """Source: COM-04."""
    found = told_letter(times, last, since=SINCE, on=on)
    assert (found.due_on, found.state) == (due, state)


@pytest.fixture
def agreed(andina):
    """A charter that has promised four rhythms for seven months."""
    with network_scope(andina.network.pk):
        since = clock.now() - timedelta(days=210)
        charter = Charter.objects.create(
            version=1, state=CharterState.IN_FORCE, drafted_at=since, in_force_at=since, languages=["es"]
        )
        Article.objects.create(charter=charter, number=1, key="rhythms", since=1)
        for kind, times in (("DIGEST", 52), ("MEETING", 12), ("FACE_TO_FACE", 2), ("WORKSHOP", 0)):
            Rhythm.objects.update_or_create(kind=kind, defaults={"times_a_year": times})
        yield andina


def meet(by, *, days_ago, online, written=True):
    """Call the members, and note who came unless nobody did."""
    at = clock.now() - timedelta(days=days_ago)
    with clock.at(at - timedelta(days=1)):
        held = membership.call_members(
            by=by, kind="MEETING", title="Reunión", at=at, place="aquí", language="es", online=online
        )
    if written:
        membership.write_attendance(by=by, occasion=held, came=[])


def test_only_what_was_written_down_counts(agreed, client, queries):
    """Source: XCT-06, COM-06, COM-08."""
    for days_ago in (20, 50, 80):
        meet(agreed.ana, days_ago=days_ago, online=True)
    meet(agreed.ana, days_ago=5, online=True, written=False)
    meet(agreed.ana, days_ago=30, online=False)
    _since, found = promises(agreed.ana, network=agreed.network)
    assert [(one.kind, one.told.done, one.told.state) for one in found] == [
        (Gathering.DIGEST, 0, State.MISSED),
        (Gathering.MEETING, 3, State.MISSED),
        (Gathering.FACE_TO_FACE, 1, State.KEPT),
    ]
    sign_in(client, agreed.ana)
    # session, network, participant, charter, rhythms, dates, meetings and workshops, letter
    with queries(8):
        page = client.get("/andina/atlas/kept/", headers={"accept-language": "en"})
    assert "3 of 6 until today" in page.text
    assert "Once a month" in page.text
    assert "missed" in page.text


def test_a_day_on_which_all_took_a_decision_step_by_step_is_a_meeting(agreed):
    """Two on one day are one meeting; one that is still to be held is none. Source: COM-06."""
    facilitator = Participant.objects.get(pk=agreed.ana.participant_id)
    for _turn in range(2):
        decisions.start_meeting(by=agreed.ana, proposal=propose(agreed.ana), facilitator=facilitator)
    with clock.at(clock.now() - timedelta(days=1)):
        membership.call_members(
            by=agreed.ana, kind="MEETING", title="Otra", at=clock.now() + timedelta(days=3), place="aquí",
            language="es", online=True,
        )  # fmt: skip
    _since, found = promises(agreed.ana, network=agreed.network)
    assert {one.kind: one.told.done for one in found}[Gathering.MEETING] == 1


def test_a_workshop_with_a_place_is_a_day_in_person_too(agreed):
    day = clock.today() - timedelta(days=9)
    hold_workshop(
        by=agreed.ana,
        title={"es": "Taller"},
        questions={},
        language="es",
        facts=Facts(held_on=day, place="Bogotá"),
    )
    _since, found = promises(agreed.ana, network=agreed.network)
    assert {one.kind: one.told.last_on for one in found}[Gathering.FACE_TO_FACE] == day


def test_without_a_charter_nothing_was_promised(andina, client):
    sign_in(client, andina.ana)
    page = client.get("/andina/atlas/kept/", headers={"accept-language": "en"})
    assert "The charter promises no rhythm yet" in page.text


def test_nothing_is_held_against_a_promise_of_today(agreed, client):
    Charter.objects.update(in_force_at=clock.now())
    sign_in(client, agreed.ana)
    page = client.get("/andina/atlas/kept/", headers={"accept-language": "en"}).text
    assert "not due yet" in page
    assert "of 0 until today" not in page
