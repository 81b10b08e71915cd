"""What follows a round: asks, letters, the clock, and records that show tampering."""

from datetime import timedelta

from django.db import connection

from tequio.core import clock
from tequio.decisions import services, tasks
from tequio.decisions.models import Outcome, State
from tequio.decisions.rules import (
    recompute_consent,
)
from tequio.notify.models import Ask, Letter
from tequio.register.models import Entry
from tests.decisions.world import LIVE, OBJECT, YES, state

# What waits for people, and what reaches them


def test_a_round_asks_delegates_and_substitutes_until_the_voice_is_given(ana, beto, dora, opened):
    waiting = Ask.objects.filter(closed_at=None, kind="consent").values_list("person_id", flat=True)
    assert set(waiting) == {ana.person_id, beto.person_id, dora.person_id}

    services.answer(by=dora, round=opened, position=LIVE)
    assert set(waiting.all()) == {ana.person_id}


def test_one_reminder_reaches_only_those_who_have_not_answered(ana, beto, dora, opened):
    """Source: EXPERIENCE 3.4 (9)."""
    services.answer(by=ana, round=opened, position=YES)
    assert services.remind(round=opened) == 0
    with clock.at(opened.closes_at - timedelta(hours=24)):
        assert services.remind(round=opened) == 2
        assert services.remind(round=opened) == 0

    reached = Letter.objects.filter(key__startswith="decisions.reminder").values_list("person_id", flat=True)
    assert set(reached) == {beto.person_id, dora.person_id}


def test_the_result_reaches_everybody_once_with_each_voice_s_words(ana, beto, dora, opened, run_jobs):
    """Source: EXPERIENCE 3.4 (8)."""
    services.answer(by=ana, round=opened, position=YES)
    services.answer(by=beto, round=opened, position=LIVE, concern="Que sea antes de junio")
    run_jobs()
    run_jobs()

    letters = Letter.objects.filter(key__startswith="decisions.outcome")
    assert {letter.person_id for letter in letters} == {ana.person_id, beto.person_id, dora.person_id}
    assert letters.count() == 3
    for said in ("Barrio Vivo", "La Asamblea", "Que sea antes de junio", "/record/"):
        assert all(said in letter.text for letter in letters), said


# Tampering


def test_any_change_of_the_exported_facts_is_found(ana, beto, opened):
    services.answer(by=ana, round=opened, position=YES)
    services.answer(by=beto, round=opened, position=YES)
    facts = Entry.objects.get(kind="decisions.adopted").facts

    assert recompute_consent({**facts, "step": "NOT_ADOPTED"})
    assert recompute_consent({**facts, "open_objections": 1})
    assert recompute_consent({**facts, "numbers": {**facts["numbers"], "agree": 1}})
    assert recompute_consent({**facts, "voices": [*facts["voices"], facts["voices"][0]]})
    assert recompute_consent({**facts, "voices": facts["voices"][:1]})
    assert recompute_consent({})


# The clock


def scheduled(round):
    """The jobs that wait for their hour: {task: hour}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, scheduled_at FROM procrastinate_jobs WHERE args->>'round_id' = %s",
            [str(round.pk)],
        )
        return {task.rpartition(".")[2]: at for task, at in cursor.fetchall()}


def test_the_reminder_and_the_end_are_scheduled_with_the_round(opened):
    assert scheduled(opened) == {"remind": opened.closes_at - timedelta(hours=24), "close": opened.closes_at}


def test_a_round_of_a_few_hours_has_no_reminder(ana, proposal):
    assert set(scheduled(services.open_round(by=ana, proposal=proposal, hours=12))) == {"close"}


def test_rounds_end_on_a_full_hour(opened):
    assert (opened.closes_at.minute, opened.closes_at.second) == (0, 0)
    assert opened.closes_at - opened.opened_at >= timedelta(hours=72)


def test_the_clock_reminds_and_closes(ana, beto, proposal, opened):
    services.answer(by=beto, round=opened, position=OBJECT, reason="Daño")
    known = {"network_id": ana.network_id, "round_id": opened.pk}
    tasks.close(**known)
    assert state(proposal) == State.CONSENT
    with clock.at(opened.closes_at - timedelta(hours=24)):
        tasks.remind(**known)
    assert Letter.objects.filter(key__startswith="decisions.reminder", person_id=ana.person_id).exists()
    with clock.at(opened.closes_at):
        tasks.close(**known)
        tasks.close(**known)
    assert state(proposal) == State.OBJECTED
    assert Outcome.objects.get().numbers["open_objections"] == 1
