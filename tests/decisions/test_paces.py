"""What an answer really takes is told to those for whom it still waits, and nobody is watched. Source: EXPERIENCE 3.3 (6)."""

import re
from datetime import timedelta
from uuid import UUID

from django.test import Client, RequestFactory

from tequio.core import clock, once
from tequio.core.models import Once
from tequio.decisions import services
from tequio.notify.models import Ask, Pace
from tequio.notify.services.paces import count_paces
from tests.conftest import sign_in
from tests.decisions.world import crowd, delegates, propose

KEY = re.compile(r'name="once" value="([^"]+)"')


def answer_after(actor, page, seconds, *, wrong=0):
    """Open the page of a decision and answer it so many seconds later, after as many tries without an answer."""
    client, began = Client(), clock.now()
    sign_in(client, actor)
    with clock.at(began):
        key = KEY.search(client.get(page).text)[1]
    for attempt in range(wrong):
        with clock.at(began + timedelta(seconds=attempt + 1)):
            refused = client.post(page, {"once": key, "answer": "object", "harm": ""})
        assert refused.status_code == 422
        key = KEY.search(refused.text)[1]
    with clock.at(began + timedelta(seconds=seconds)):
        assert client.post(page, {"once": key, "answer": "yes"}).status_code == 303
    return key


def test_the_median_is_told_after_ten_answers(ana, network):
    people = delegates(crowd(network, 12))
    round = services.open_round(by=ana, proposal=propose(ana))
    page = f"/andina/decisions/{round.proposal.number}/"
    for number, actor in enumerate(people[:9]):
        answer_after(actor, page, 200 + number)
    assert count_paces() == 9
    assert set(Ask.objects.filter(closed_at=None).values_list("minutes", flat=True)) == {2}

    answer_after(people[9], page, 3000, wrong=2)
    assert count_paces() == 1
    waiting = Ask.objects.filter(closed_at=None)
    assert {(ask.guess, ask.minutes) for ask in waiting} == {(2, 4)}
    again = services.open_round(by=ana, proposal=propose(ana))
    assert {ask.minutes for ask in Ask.objects.filter(path__contains=f"/{again.proposal.number}/")} == {4}

    assert count_paces() == 0
    assert not Ask.objects.filter(took__isnull=False).exists()
    assert dict(Pace.objects.values_list("halves", "people")) == {7: 9, 100: 1}


def test_the_second_in_which_a_page_was_made_is_not_kept(ana, beto):
    round = services.open_round(by=ana, proposal=propose(ana))
    key = answer_after(beto, f"/andina/decisions/{round.proposal.number}/", 90)
    assert Once.objects.get(key=UUID(key.partition(".")[0]))
    assert len(key.partition(".")[2]) >= 8


def test_what_another_writes_down_tells_nothing(ana, beto):
    round = services.open_round(by=ana, proposal=propose(ana))
    request = RequestFactory().post("/", {"once": f"x.{int(clock.now().timestamp()) - 60:x}"})
    token = once.sent_by(ana.person_id, request)
    try:
        services.answer(by=beto, round=round, position="CAN_LIVE_WITH")
    finally:
        once.answered(token)
    assert not Ask.objects.filter(took__isnull=False).exists()


def test_a_page_that_lay_open_over_night_tells_nothing(ana, beto):
    round = services.open_round(by=ana, proposal=propose(ana))
    answer_after(beto, f"/andina/decisions/{round.proposal.number}/", 3601)
    assert not Ask.objects.filter(took__isnull=False).exists()
