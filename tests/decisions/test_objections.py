"""Objections stop an agreement until they are integrated or withdrawn."""

import pytest

from tequio.core.access import Refused
from tequio.decisions import services
from tequio.decisions.models import Answer, Objection, State
from tequio.decisions.rules import (
    recompute_consent,
)
from tequio.register.models import Entry
from tests.decisions.world import BODY, LIVE, OBJECT, YES, object_and_close, state


def test_an_objection_stops_the_agreement(ana, beto, proposal, opened):
    object_and_close(ana, beto, opened)

    assert state(proposal) == State.OBJECTED
    entry = Entry.objects.get(kind="decisions.objected")
    assert recompute_consent(entry.facts) == []


def test_an_objection_needs_words(beto, opened):
    """Source: EXPERIENCE 3.4 (1)."""
    with pytest.raises(Refused):
        services.answer(by=beto, round=opened, position=OBJECT, reason="   ")


def test_an_objection_is_integrated_only_when_its_voice_agrees(ana, beto, proposal, opened):
    """Source: EXPERIENCE 3.4 (1)."""
    objection = object_and_close(ana, beto, opened)
    version = services.integrate(
        by=ana,
        objection=objection,
        body={"es": "También se aporta en horas."},
        why="Horas en lugar de dinero",
    )
    proposal.refresh_from_db()
    second = proposal.round
    objection.refresh_from_db()
    assert (version.number, objection.state, objection.offered_in) == (2, "OFFERED", version)

    services.answer(by=ana, round=second, position=YES)
    assert state(proposal) == State.CONSENT
    services.answer(by=beto, round=second, position=LIVE)

    objection.refresh_from_db()
    assert objection.state == "INTEGRATED"
    assert objection.settled_by_id == beto.participant_id
    assert state(proposal) == State.ADOPTED


def test_an_amendment_that_does_not_mend_it_is_objected_again(ana, beto, proposal, opened):
    objection = object_and_close(ana, beto, opened)
    services.integrate(by=ana, objection=objection, body={"es": "Casi igual"}, why="Nada")
    proposal.refresh_from_db()
    services.answer(by=beto, round=proposal.round, position=OBJECT, reason="Sigue igual")

    assert list(Objection.objects.order_by("pk").values_list("state", flat=True)) == ["RAISED_AGAIN", "OPEN"]


def test_the_open_round_on_the_old_text_ends_when_an_objection_is_integrated(ana, beto, proposal, opened):
    services.answer(by=beto, round=opened, position=OBJECT, reason="Daño")
    services.integrate(by=ana, objection=Objection.objects.get(), body={"es": "Nuevo"}, why="Cambia")

    opened.refresh_from_db()
    assert opened.superseded
    with pytest.raises(Refused):
        services.answer(by=beto, round=opened, position=LIVE)
    with pytest.raises(Refused):
        services.close_round(by=ana, round=opened)


def test_the_same_text_integrates_nothing(ana, beto, opened):
    objection = object_and_close(ana, beto, opened)
    with pytest.raises(Refused):
        services.integrate(by=ana, objection=objection, why="Nada", body=BODY)


def test_amendments_are_written_only_by_who_leads(ana, beto, opened):
    objection = object_and_close(ana, beto, opened)
    with pytest.raises(Refused):
        services.integrate(by=beto, objection=objection, body={"es": "Mío"}, why="Porque sí")


def test_only_its_own_voice_withdraws_an_objection(ana, beto, dora, opened):
    services.answer(by=beto, round=opened, position=OBJECT, reason="Daño")
    objection = Objection.objects.get()
    with pytest.raises(Refused):
        services.withdraw_objection(by=ana, objection=objection)

    services.withdraw_objection(by=dora, objection=objection)
    objection.refresh_from_db()
    assert objection.state == "WITHDRAWN"
    assert Answer.objects.get().position == LIVE


def test_an_objection_withdrawn_after_the_round_lets_a_new_round_open(ana, beto, proposal, opened):
    objection = object_and_close(ana, beto, opened)
    services.withdraw_objection(by=beto, objection=objection)
    with pytest.raises(Refused):
        services.open_vote(by=ana, proposal=proposal)

    again = services.open_round(by=ana, proposal=proposal)
    services.answer(by=ana, round=again, position=YES)
    services.answer(by=beto, round=again, position=YES)
    assert state(proposal) == State.ADOPTED
