"""Three thousand voices in one decision: opening, asking, answering, closing and telling stay bounded. Source: GOV-04."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.core import clock
from tequio.decisions import reactions, selectors, services
from tequio.decisions.models import Answer, AnswerLink, Elector, Outcome
from tequio.decisions.rules import Voices
from tequio.decisions.selectors import counting
from tequio.notify.models import Ask, Letter
from tequio.people.models import Membership
from tequio.people.models.memberships import Status
from tequio.people.selectors import actor_of
from tequio.register.models import Entry
from tests.conftest import is_data, sign_in
from tests.decisions.world import ASIDE, HOME, LIVE, OBJECT, YES, answer_all, crowd, delegates, propose

PROOF = os.environ.get("PROOF") == "1"
MANY = 3000 if PROOF else 300
TUESDAY = datetime(2026, 11, 17, 15, tzinfo=UTC)  # no weekly letter before the end of three days


class Counted:
    """How many queries something took, and how many seconds."""

    def __enter__(self):
        self.captured = CaptureQueriesContext(connection)
        self.captured.__enter__()
        self.start = time.perf_counter()
        return self

    def __exit__(self, *error):
        self.seconds = time.perf_counter() - self.start
        self.captured.__exit__(*error)
        self.queries = sum(is_data(each["sql"]) for each in self.captured.captured_queries)


@pytest.fixture
def voices(network):
    return delegates(crowd(network, MANY))


@pytest.fixture
def opened(ana, voices):
    proposal = propose(ana)
    with clock.at(TUESDAY), Counted() as opening:
        opened = services.open_round(by=ana, proposal=proposal, hours=72)
    assert opening.queries <= 30
    assert opening.seconds < 30
    return opened


def test_a_round_opens_for_thousands_in_few_queries(opened):
    """Source: GOV-04."""
    assert Elector.objects.filter(round=opened).count() == MANY + 2
    assert Ask.objects.filter(kind="consent", closed_at=None).count() == MANY + 3


def test_thousands_are_asked_by_letter_in_few_queries(opened, voices):
    """Source: GOV-04, XCT-03."""
    with clock.at(TUESDAY), Counted() as asking:
        assert services.ask_by_letter(round=opened) == MANY + 3
    assert asking.queries <= 12 + 3 * (MANY // 500 + 1)
    assert asking.seconds < 60
    assert AnswerLink.objects.filter(round=opened).count() == MANY + 3
    written = Letter.objects.filter(key__startswith="decisions.asked:")
    assert written.values("subject").distinct().count() == 3  # one a language
    assert written.values("text").distinct().count() == MANY + 3  # its own links


def test_an_answer_costs_the_same_among_thousands(client, opened, voices):
    """Source: GOV-04."""
    with clock.at(TUESDAY):
        with Counted() as answering:
            for one in voices[:10]:
                services.answer(by=actor_of(one), round=opened, position=LIVE)
        assert answering.queries <= 10 * 14
        sign_in(client, actor_of(voices[20]))
        with Counted() as reading:
            page = client.get(f"{HOME}{opened.proposal.number}/")
    assert reading.queries <= 8
    assert len(page.content) < 60_000


def test_the_numbers_of_a_round_are_those_of_its_voices_less_those_that_left(ana, beto, voices):
    """Also for objections, which are counted from their own side: no voice is looked up for them. Source: GOV-04, G-6."""
    opened = services.open_round(by=ana, proposal=propose(ana), hours=72)
    answers = (YES, LIVE, ASIDE, OBJECT, OBJECT, OBJECT, YES, LIVE)
    for one, position in zip(voices, answers, strict=False):
        services.answer(
            by=actor_of(one), round=opened, position=position, reason="Nos deja fuera", concern="Ojo"
        )
    for one in (voices[1], voices[3], voices[20]):
        Membership.objects.filter(pk=one.membership_id).update(status=Status.LEFT, ended_on="2026-11-18")
    reader = actor_of(voices[4])
    told = selectors.count_round(opened, over=False, reader=reader)
    assert told.result == Voices(
        entitled=MANY + 2 - 3, agree=2, can_live_with=1, stand_aside=1, object=2, objections=2
    )
    assert (told.left, told.mine, told.concern) == (3, "OBJECT", "Ojo")


def test_a_large_round_is_counted_once_a_second_and_at_once_for_whoever_just_answered(
    ana, voices, monkeypatch
):
    """What decides asks for no reader, and counts at the moment. Source: GOV-04."""
    monkeypatch.setattr(counting, "LATELY", 600)  # a busy machine may take more than a second in between
    with clock.at(TUESDAY):
        opened = services.open_round(by=ana, proposal=propose(ana), hours=72)
        reader, other = actor_of(voices[0]), actor_of(voices[1])
        assert selectors.count_round(opened, over=False, reader=reader).result.answered == 0
    with clock.at(TUESDAY + timedelta(seconds=1)):
        services.answer(by=other, round=opened, position=LIVE)
        with Counted() as again:
            assert selectors.count_round(opened, over=False, reader=reader).result.answered == 0
        assert again.queries == 1
        told = selectors.count_round(opened, over=False, reader=other)
        assert (told.result.answered, told.mine) == (1, LIVE.value)
        services.answer(by=reader, round=opened, position=YES)
        assert selectors.count_round(opened, over=False).result.answered == 2


def test_who_left_a_round_just_opened_is_looked_for_voice_by_voice(ana, opened, voices):
    """A server that has not yet measured the tables compared each voice with each answer for that. Source: GOV-04."""
    answer_all(opened, [one.membership for one in voices[: MANY // 2]])
    with CaptureQueriesContext(connection) as asked:
        selectors.count_round(opened, over=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (ANALYZE, FORMAT JSON) " + asked.captured_queries[0]["sql"].replace("%", "%%"), []
        )
        plan = cursor.fetchone()[0][0]["Plan"]
    asides = [step for step in plan["Plans"] if step.get("Parent Relationship") == "InitPlan"]
    assert len(asides) == 2  # who left, and the objections
    assert max(number for step in asides for number in looked_at(step)) <= 10 * (MANY + 2)


def looked_at(node):
    """Yield how many rows each step of a plan looked at, in all its turns."""
    removed = sum(number for name, number in node.items() if name.startswith("Rows Removed"))
    yield (node["Actual Rows"] + removed) * node["Actual Loops"]
    for step in node.get("Plans", ()):
        yield from looked_at(step)


def test_a_round_of_thousands_closes_and_everybody_is_told_in_few_queries(network, ana, opened, voices):
    """Source: GOV-04, EXPERIENCE 3.4 (8)."""
    answer_all(opened, [one.membership for one in voices])
    assert Answer.objects.count() == MANY
    with clock.at(opened.closes_at):
        services.extend_round(by=ana, round=opened, reason="Faltan voces")
        opened.refresh_from_db()
    with clock.at(opened.closes_at), Counted() as closing:
        outcome = services.close_round(by=ana, round=opened)
    assert closing.queries <= 25
    assert closing.seconds < 30
    assert len(outcome.voices) == MANY + 2
    assert outcome.numbers["answered"] == MANY
    entry = Entry.objects.get(pk=Outcome.objects.get().entry_id)
    with Counted() as telling:
        reactions.tell_everybody(entry)
    assert telling.queries <= 12 + 3 * (MANY // 500 + 1)
    assert telling.seconds < 60
    assert Letter.objects.filter(key__startswith="decisions.outcome:").count() == MANY + 3
