from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.notify import selectors, services
from tequio.notify.models import Ask, Closed


def ask(actor, **changes):
    values = {
        "person_id": actor.person_id, "kind": "consent", "title": {"es": "Cuota solidaria"}, "why": "¿Vale?",
        "minutes": 2, "path": "/andina/decisions/", "subject": "decisions.Round:1",
    }  # fmt: skip
    return services.ask(**{**values, **changes})


def test_what_closes_soonest_comes_first_then_what_waits_for_me_alone(ana):
    """Source: EXPERIENCE 3.3 (2)."""
    soon, later = clock.now() + timedelta(hours=1), clock.now() + timedelta(days=3)
    whenever = ask(ana, subject="a")
    mine = ask(ana, subject="b", due_at=later, alone=True)
    ours = ask(ana, subject="c", due_at=later)
    first = ask(ana, subject="d", due_at=soon)
    waiting = selectors.waiting(ana, minutes=20)
    assert list(waiting.now) == [first, mine, ours, whenever]
    assert waiting.total_minutes == 8


def test_asked_again_the_same_ask_is_renewed(ana):
    ask(ana)
    ask(ana, minutes=5)
    assert Ask.objects.get().minutes == 5


def test_many_are_asked_in_four_queries(ana, beto, dora, queries):
    people = [ana.person_id, beto.person_id, dora.person_id]
    with queries(4):  # what it takes others, renew, who is asked already, ask the others
        asked = services.ask_each(
            person_ids=people, kind="vote", title=_("Vote"), minutes=1, path="/andina/", subject="x"
        )
    assert asked == 3
    assert set(Ask.objects.first().title) == {"es", "pt-br", "en"}


def test_answering_closes_mine_and_the_end_closes_all(ana, beto):
    ask(ana)
    ask(beto)
    assert services.close_asks(subject="decisions.Round:1", person_id=ana.person_id) == 1
    assert services.close_asks(subject="decisions.Round:1") == 1
    assert sorted(Ask.objects.values_list("closed_because", flat=True)) == ["DONE", "OVER"]


def test_not_this_time_is_noted_and_can_be_taken_back_or_handed_on(beto, dora):
    """Source: EXPERIENCE 3.3 (4)."""
    mine = ask(beto)
    services.decline_ask(by=beto, ask=mine)
    assert selectors.said_no_this_time(beto, subject=mine.subject) == {beto.person_id}
    assert not selectors.waiting(beto, minutes=5).now

    services.reopen_ask(by=beto, ask=mine)
    assert list(selectors.waiting(beto, minutes=5).now) == [mine]

    services.decline_ask(by=beto, ask=mine)
    mine.refresh_from_db()
    handed = services.hand_ask(by=beto, ask=mine, to_person_id=dora.person_id)
    assert list(selectors.waiting(dora, minutes=5).now) == [handed]
    assert Ask.objects.get(pk=mine.pk).closed_because == Closed.HANDED


def test_nobody_answers_for_somebody_else(ana, beto):
    with pytest.raises(Refused):
        services.decline_ask(by=beto, ask=ask(ana))
    only_me = ask(ana, handable=False)
    with pytest.raises(Refused):
        services.hand_ask(by=ana, ask=only_me, to_person_id=beto.person_id)


def test_asks_stay_in_their_network(ana, elsewhere):
    ask(ana)
    with network_scope(elsewhere.network.pk):
        assert not Ask.objects.exists()
        assert selectors.ask_of(SimpleNamespace(person_id=ana.person_id), uuid4()) is None


def test_a_phrase_is_said_in_every_language():
    said = services.phrase({"es": "%(a)s pide entrar", "en": "%(a)s asks"}, a={"es": "Agua", "en": "Water"})
    assert said == {"es": "Agua pide entrar", "en": "Water asks"}


def test_of_what_is_for_another_time_only_the_first_are_read(ana, queries):
    asked = [ask(ana, subject=name, minutes=9, due_at=clock.now() + timedelta(days=1)) for name in "abcde"]
    short = ask(ana, subject="f", minutes=2)
    with queries(2):  # the minutes of all, what is shown of some
        waiting = selectors.waiting(ana, minutes=5, most_later=2)
    assert (list(waiting.now), list(waiting.later), waiting.further) == ([short], asked[:2], 3)
