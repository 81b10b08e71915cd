"""What cannot wait: a short round with its own rule, told as urgent, confirmed by an ordinary one. Source: GOV-04."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import rules, services
from tequio.decisions.models import Finding, Outcome, Proposal
from tequio.decisions.rules import Matter, Step
from tequio.networks.models import Governance
from tequio.notify.models import Ask, Letter
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, LIVE, OBJECT, crowd, propose, text

WHY = "La inundación es esta noche"


@pytest.fixture
def hurried(network):
    Governance.objects.update(urgent_hours=24)


def operational(by, **more):
    return propose(by, matter=Matter.OPERATIONAL, leading_team="Agua", **more)


def call(by, proposal):
    return services.call_urgent(by=by, proposal=proposal, why=WHY)


def test_urgent_matters_have_a_rule_of_their_own(ana, beto, hurried, network):
    """Source: GOV-04."""
    crowd(network, 4)
    opened = call(ana, operational(ana))
    assert timedelta(hours=24) <= opened.closes_at - opened.opened_at < timedelta(hours=25)
    rule = opened.rule
    assert (rule.urgent, rule.consent_only, rule.silence, rule.quorum_percent) == (True, True, "CONSENTS", 50)
    services.answer(by=ana, round=opened, position=LIVE)
    services.answer(by=beto, round=opened, position=LIVE)
    with clock.at(opened.closes_at):
        assert services.close_when_over(by=ana, round=opened) is None  # 2 of 6: half have not answered
    assert rules.after_consent(rules.Voices(6, agree=3), rule, over=True) is Step.ADOPTED_BY_CONSENT
    assert rules.after_consent(rules.Voices(6, agree=2), rule, over=True) is Step.NO_QUORUM
    against = rules.Voices(6, agree=5, object=1, objections=1)
    assert rules.after_consent(against, rule, over=True) is Step.INTEGRATE_OBJECTIONS
    told = Entry.objects.get(kind="decisions.called_urgent").payload.facts
    assert (told["why"], told["hours"]) == (WHY, 24)


def test_everybody_is_asked_by_letter_at_once_whatever_the_day(ana, hurried):
    with clock.at(clock.now().replace(year=2026, month=11, day=20)):
        opened = call(ana, operational(ana))
        assert services.ask_by_letter(round=opened) == 3
    letter = Letter.objects.filter(key__startswith="decisions.asked:").first()
    assert letter.subject.startswith("Urgente")
    assert WHY in letter.text


def test_it_is_refused_with_its_reason(ana, beto, hurried):
    with pytest.raises(Refused, match="coordinación"):
        call(beto, operational(beto))
    with pytest.raises(Refused, match="operativ"):
        call(ana, propose(ana))
    with pytest.raises(Refused, match="apuro"):
        call(ana, operational(ana, kind="charter"))
    with pytest.raises(Refused, match="apuro"):
        call(ana, operational(ana, subject="charter/rounds"))
    asked = operational(ana)
    services.open_round(by=ana, proposal=asked)
    with pytest.raises(Refused):
        call(ana, asked)
    with pytest.raises(Refused):
        services.call_urgent(by=ana, proposal=operational(ana), why=" ")
    Governance.objects.update(urgent_by="ANYBODY")
    assert call(beto, operational(beto)).urgent
    Governance.objects.update(urgent_hours=None)
    with pytest.raises(Refused, match="apuro"):
        call(ana, operational(ana))


def decided(ana, beto, proposal):
    opened = call(ana, proposal)
    services.answer(by=ana, round=opened, position=LIVE)
    services.answer(by=beto, round=opened, position=LIVE)
    proposal.refresh_from_db()
    assert proposal.state == "ADOPTED"
    return proposal


def test_it_holds_thirty_days_and_an_ordinary_round_takes_its_place(ana, beto, hurried, run_jobs):
    """Source: GOV-04."""
    proposal = decided(ana, beto, operational(ana))
    assert proposal.in_force_until == clock.today() + timedelta(days=30)
    assert Ask.objects.filter(kind="review", person_id=ana.person_id, closed_at=None).exists()
    outcome = Outcome.objects.get()
    facts = Entry.objects.get(pk=outcome.entry_id).payload.facts
    assert facts["urgent"] is True
    assert rules.recompute_consent(facts) == []
    learned = {"finding": Finding.CHANGE, "learned": "Falta gente", "follow_up": True}
    draft = services.evaluate(by=ana, proposal=proposal, **learned).follow_up
    with pytest.raises(Refused, match="apuro"):
        call(ana, draft)  # what takes the place of an agreement takes its time
    again = services.confirm_urgent(by=ana, proposal=proposal)  # a draft asks nobody: this does
    assert not Ask.objects.filter(kind="review", closed_at=None).exists()
    assert not again.urgent
    assert again.rule.silence == "BLOCKS"
    with pytest.raises(Refused):
        services.confirm_urgent(by=ana, proposal=proposal)
    for actor in (ana, beto):
        services.answer(by=actor, round=again, position=LIVE)
    run_jobs()
    proposal.refresh_from_db()
    assert proposal.in_force_until == clock.today()
    confirmed = Proposal.objects.get(replaces=proposal, round=again)
    assert (confirmed.state, confirmed.in_force_until) == ("ADOPTED", None)


def test_an_objection_stops_it_and_no_vote_follows(ana, beto, hurried):
    proposal = operational(ana)
    opened = call(ana, proposal)
    services.answer(by=ana, round=opened, position=LIVE)
    services.answer(by=beto, round=opened, position=OBJECT, reason="Pone en riesgo a quienes van")
    services.close_round(by=ana, round=opened)
    proposal.refresh_from_db()
    assert proposal.state == "OBJECTED"
    with pytest.raises(Refused):
        services.open_vote(by=ana, proposal=proposal)


def test_the_pages_show_it_plainly(client, ana, beto, hurried):
    sign_in(client, ana)
    proposal = operational(ana)
    page = f"{HOME}{proposal.number}/"
    assert f"{page}urgent/" in client.get(page).text
    assert "24 horas" in text(client.get(f"{page}urgent/"))
    assert client.post(f"{page}urgent/", {"why": ""}).status_code == 422
    assert client.post(f"{page}urgent/", {"why": WHY}).status_code == 303
    said = text(client.get(page))
    assert "Urgente" in said
    assert WHY in said
    assert "Vale por 30 días" in said
    assert "Urgente" in text(client.get(HOME))
    sign_in(client, beto)
    assert client.get(f"{HOME}{operational(beto).number}/urgent/").status_code == 403
    adopted = decided(ana, beto, operational(ana))
    assert client.get(f"{HOME}{adopted.number}/confirm/").status_code == 403
    sign_in(client, ana)
    assert f"{HOME}{adopted.number}/confirm/" in client.get(f"{HOME}{adopted.number}/").text
    assert client.get(f"{HOME}{adopted.number}/confirm/").status_code == 200
    assert client.post(f"{HOME}{adopted.number}/confirm/", {"confirmed": "yes"}).status_code == 303
