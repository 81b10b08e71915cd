"""Decisions inside a circle: who facilitates and who leads, on what a seat can rest, and the pages."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import access, services
from tequio.decisions.models import Outcome
from tequio.decisions.rules.machine import Stage
from tequio.governance import services as governance
from tequio.governance.rules import Role
from tequio.people.models import Participant, Person
from tequio.people.selectors import find_actor
from tests.conftest import sign_in
from tests.decisions.world import HOME, OBJECT, YES, inside, propose, text


@pytest.fixture
def emi(circles):
    return find_actor(Person.objects.get(pk=circles.people["emi"].person_id))


@pytest.fixture
def proposal(circles, beto):
    return inside(beto, circles.learning)


@pytest.fixture
def opened(beto, proposal):
    return services.open_round(by=beto, proposal=proposal)


# Who facilitates, and who leads


def test_whoever_facilitates_a_meeting_takes_its_steps_and_leads_nothing_else(
    circles, beto, dora, emi, proposal
):
    """Source: GOVERNANCE 1.2, 4.3; GOV-07."""
    live = services.start_meeting(by=beto, proposal=proposal, facilitator=circles.people["emi"])
    proposal.refresh_from_db()
    for stage in (Stage.CLARIFY, Stage.REACT):
        live = services.take_step(by=emi, live=live, to=stage)
    services.record_reaction(by=emi, live=live, voice=circles.people["dora"], given="Dora", words="Bien")
    for each in (beto, emi):
        services.react(by=each, proposal=proposal, words="Bien")
    live = services.take_step(by=emi, live=live, to=Stage.CONSENT)
    proposal.refresh_from_db()
    opened = proposal.round
    led = [access.attach, access.relate, access.plan_task, access.evaluate, access.restate, access.open_round]
    assert [each.code for each in led if each.allows(emi, proposal)] == []
    assert not access.extend_round.allows(emi, opened)
    assert not access.close_round.allows(emi, opened, True)
    assert access.amend.allows(emi, proposal)
    assert not access.leads(emi, proposal)
    services.answer(by=emi, round=opened, position=YES)
    services.answer(by=beto, round=opened, position=YES)
    services.answer(by=dora, round=opened, position=OBJECT, reason="Es de noche")
    live.refresh_from_db()
    services.take_step(by=emi, live=live, to=Stage.OBJECTIONS)
    services.end_meeting(by=emi, live=live)
    proposal.refresh_from_db()
    assert proposal.facilitator is None
    assert not access.amend.allows(emi, proposal)


def test_whoever_facilitates_for_the_whole_network_leads_nothing(ana, beto):
    """Source: GOVERNANCE 1.2."""
    proposal = propose(ana)
    services.start_meeting(
        by=ana, proposal=proposal, facilitator=Participant.objects.get(pk=beto.participant_id)
    )
    proposal.refresh_from_db()
    assert access.change_proposal.allows(beto, proposal)  # what of the talk enters the text
    assert not access.open_round.allows(beto, proposal)
    assert not access.attach.allows(beto, proposal)
    assert not access.leads(beto, proposal)


def test_whoever_writes_begins_in_their_own_language(client, circles, beto):
    """A network's first language is not everybody's: the first fields are the reader's. Source: XCT-01."""
    sign_in(client, beto)
    for language, first in (("es", "title_es"), ("pt-br", "title_pt-br")):
        page = client.get(f"{HOME}new/", headers={"accept-language": language}).text
        assert page.index(f'name="{first}"') < page.index("<details", page.index("<form method"))


# On what it can rest


def test_a_seat_rests_on_a_decision_of_its_circle_and_not_of_any_other(circles, beto, dora, emi, opened):
    """Source: GOV-16, C4."""
    for each in (beto, dora, emi):
        services.answer(by=each, round=opened, position=YES)
    entry = Outcome.objects.get(round=opened).entry_id
    until = clock.today() + timedelta(days=300)
    seated = governance.seat(
        by=beto, circle=circles.learning, participant=circles.people["dora"], role=Role.SECRETARY, until=until,
        entry=entry,
    )  # fmt: skip
    assert seated.entry == entry
    other = governance.open_circle(
        by=system(beto.network_id), name={"es": "Cuidados"}, aim={"es": "Cuidarnos"}, parent=circles.general,
        members=[circles.people["beto"]],
    )  # fmt: skip
    with pytest.raises(Refused, match="otro círculo"):
        governance.seat(
            by=system(beto.network_id), circle=other, participant=circles.people["beto"], role=Role.SECRETARY,
            until=until, entry=entry,
        )  # fmt: skip


# Its pages


def test_the_pages_of_a_decision_inside_a_circle(client, circles, ana, beto, dora, emi, queries):
    """From the circle's page to the record. Source: GOV-11, GOV-12."""
    sign_in(client, beto)
    circle, work = (
        f"/andina/circles/{circles.learning.uuid}/",
        f"/andina/circles/{circles.learning.uuid}/work/",
    )
    new = f"/andina/decisions/new/?in={circles.learning.uuid}"
    assert new in client.get(circle).text
    assert new in client.get(work).text
    assert "Formación" in client.get(new).text
    said = {"title_es": "Horario", "summary_es": "De tarde", "matter": "OPERATIONAL", "owner": beto.participant_id,
            "review_on": (clock.today() + timedelta(days=90)).isoformat(), "touches": "none"}  # fmt: skip
    refused = client.post(new, said)
    assert refused.status_code == 422
    assert "Horario" in refused.text
    assert client.post(new, {**said, "touches": "0"}).status_code == 303
    page = f"{HOME}1/"
    opened = client.post(f"{page}round/", {"hours": "72"})
    assert opened.status_code in (302, 303)
    shown = client.get(page)
    assert "Aprendizaje" in shown.text
    assert shown.text.count('name="answer"') == 4
    with queries(7):
        client.get(page)
    client.post(page, {"answer": "yes"})
    assert "1" in text(client.get(page))
    sign_in(client, ana)
    seen = client.get(page)
    assert 'name="answer"' not in seen.text
    assert "asiento" in seen.text
    sign_in(client, dora)
    client.post(page, {"answer": "yes"})
    sign_in(client, emi)
    client.post(page, {"answer": "concern", "concern": "Los lunes no"})
    record = client.get(f"{page}record/")
    assert "una voz por persona" in record.text
    assert "Los lunes no" in record.text
    assert "Horario" in client.get(work).text
    assert "Aprendizaje: " in client.get(HOME).text
    assert client.get(f"/andina/decisions/new/?in={uuid4()}").status_code == 404
    assert client.get("/andina/decisions/new/?in=x").status_code == 404
    assert client.get(f"/andina/decisions/new/?in={circles.general.uuid}").status_code == 200
