"""Decisions inside a circle: one voice a person seated there, by consent, recomputed by a stranger."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import selectors, services
from tequio.decisions.models import Answer, Elector, Objection, Outcome, Round, State
from tequio.decisions.rules import (
    Kind,
    model_inside,
    recompute_consent,
    recompute_tie_break,
    recompute_vote,
)
from tequio.governance import services as governance
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import Role
from tequio.networks.models import RecordsFor, Regime
from tequio.notify.models import Ask
from tequio.people.models import Person
from tequio.people.selectors import find_actor
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, LEARNING, LIVE, OBJECT, YES, inside, state
from tests.register.strangers import program


@pytest.fixture
def emi(circles):
    return find_actor(Person.objects.get(pk=circles.people["emi"].person_id))


@pytest.fixture
def proposal(circles, beto):
    return inside(beto, circles.learning)


@pytest.fixture
def opened(beto, proposal):
    return services.open_round(by=beto, proposal=proposal)


def facts_of(round):
    return Entry.objects.get(pk=Outcome.objects.get(round=round).entry_id).facts


# Whose voice, by which rule


def test_people_seated_in_a_circle_decide_with_one_voice_each(
    circles, ana, beto, dora, emi, proposal, opened
):
    """Beto and Dora are of one member and have a voice each; Ana coordinates the network and has none here.

    Source: GOV-07, GOV-09, GOV-11, GOV-15, G-6.
    """
    assert set(Elector.objects.filter(round=opened).values_list("participant__name", "membership")) == {
        ("Beto", None), ("Emi", None), ("Dora", None),
    }  # fmt: skip
    assert (opened.rule.consent_only, opened.proxies_at_most, opened.voices) == (True, 0, 3)
    services.answer(by=beto, round=opened, position=YES)
    services.answer(by=dora, round=opened, position=LIVE, concern="Que sea de tarde")
    with pytest.raises(Refused, match="asiento"):
        services.answer(by=ana, round=opened, position=YES)
    assert state(proposal) == State.CONSENT
    services.answer(by=emi, round=opened, position=YES)

    assert state(proposal) == State.ADOPTED
    facts = facts_of(opened)
    assert facts["circle"] == {
        "uuid": str(circles.learning.uuid),
        "kind": "CIRCLE",
        "name": {"es": "Aprendizaje"},
    }
    assert {voice["member"] for voice in facts["voices"]} == {
        str(circles.people[name].uuid) for name in ("beto", "dora", "emi")
    }
    assert not any("name" in voice for voice in facts["voices"])  # what binds is never erased
    assert recompute_consent(facts) == []


def test_no_vote_opens_in_a_circle_also_where_the_network_votes(
    circles, ana, beto, dora, emi, proposal, opened
):
    """Source: GOV-08, GOV-09, GOV-16."""
    services.answer(by=beto, round=opened, position=YES)
    services.answer(by=emi, round=opened, position=YES)
    services.answer(by=dora, round=opened, position=OBJECT, reason="No llego")
    services.close_round(by=beto, round=opened)
    assert state(proposal) == State.OBJECTED
    for by in (ana, beto):
        with pytest.raises(Refused):
            services.open_vote(by=by, proposal=proposal)

    objection = Objection.objects.get(participant=dora.participant_id)
    with pytest.raises(Refused):
        services.withdraw_objection(by=beto, objection=objection)
    services.integrate(by=beto, objection=objection, why="Los jueves", summary={"es": "Los jueves"})
    again = Round.objects.get(proposal=proposal, closed_at=None)
    assert Ask.objects.filter(kind="consent", closed_at=None).count() == 3
    for each in (beto, emi, dora):
        services.answer(by=each, round=again, position=LIVE)
    assert (state(proposal), Objection.objects.get().state) == (State.ADOPTED, "INTEGRATED")


@pytest.mark.parametrize(
    ("kind", "in_vertical"),
    [("CIRCLE", "HORIZONTAL"), ("HELPING", "HORIZONTAL"), ("COORDINATION", "HORIZONTAL"), ("WORKING_GROUP", "VERTICAL"),
     ("RING", "VERTICAL")],
)  # fmt: skip
def test_a_working_group_takes_the_steps_of_the_network_the_others_decide_by_consent(kind, in_vertical):
    """Source: GOV-25 to GOV-28, G-4."""
    assert model_inside(kind, "VERTICAL") == in_vertical
    assert model_inside(kind, "HORIZONTAL") == "HORIZONTAL"


def test_in_a_working_group_the_whole_ladder_is_climbed_by_its_people(client, circles, ana, beto, dora, emi):
    """Consent, objection, vote, tie, and who signs for the coordination. Source: GOV-25 to GOV-28, G-4; issue 4, 5."""
    body = governance.open_circle(
        by=system(ana.network_id), kind="COORDINATION", name={"es": "Coordinación"}, aim={"es": "Cuidar"},
        members=[circles.people["ana"]], entry=circles.decision,
    )  # fmt: skip
    group = governance.open_circle(
        by=ana, kind="WORKING_GROUP", parent=body, name={"es": "Talleres"}, aim={"es": "Dar talleres"},
        domain=[LEARNING], members=[circles.people["beto"], circles.people["emi"]],
    )  # fmt: skip
    proposal = inside(beto, group)
    opened = services.open_round(by=beto, proposal=proposal)
    services.answer(by=beto, round=opened, position=YES)
    services.answer(by=emi, round=opened, position=OBJECT, reason="Es caro")
    services.close_round(by=beto, round=opened)
    vote = services.open_vote(by=beto, proposal=proposal)
    assert vote.electors.count() == 2
    page = f"{HOME}{proposal.number}/"
    for by, word in ((beto, "YES"), (emi, "NO")):
        sign_in(client, by)
        assert client.get(page).status_code == 200
        assert client.post(page, {"answer": word, "once": word}).status_code == 303
    assert state(proposal) == State.TIE

    with pytest.raises(Refused):
        services.break_tie(by=beto, proposal=proposal, adopt=True, reason="Quiero")
    sign_in(client, beto)
    assert f"{page}tie/" not in client.get(page).text
    sign_in(client, ana)
    assert client.get(page).status_code == 200
    services.break_tie(by=ana, proposal=proposal, adopt=True, reason="Empieza el jueves")
    assert state(proposal) == State.ADOPTED
    outcome = Outcome.objects.get(round=vote)
    assert (outcome.decided_name, outcome.reason) == ("Ana", "Empieza el jueves")
    assert client.get(f"{page}record/").status_code == 200
    assert recompute_tie_break(Entry.objects.get(pk=outcome.tie_entry_id).facts) == []
    assert recompute_vote(Entry.objects.get(pk=outcome.entry_id).facts) == []


def test_a_record_that_breaks_the_rules_of_circles_is_found(circles, beto, dora, emi, opened):
    """The program that strangers run takes the same rules along. Source: GOV-09, C8."""
    assert "tequio.decisions.rules.circles" in program.MODULES
    for each in (beto, dora, emi):
        services.answer(by=each, round=opened, position=YES)
    facts = facts_of(opened)
    voiced = facts["voices"][0]["member"]
    for wrong in (
        {"model": "VERTICAL"},
        {"kind": "removal", "concerns": voiced},
        {"kind": "charter"},
        {"voices": [{**facts["voices"][0], "proxy": voiced}, *facts["voices"][1:]]},
    ):
        assert recompute_consent({**facts, **wrong})


# The circle and its domain


def test_only_whoever_is_seated_proposes_and_only_what_is_the_circles(circles, ana, beto):
    """What it handed down, or never had, goes to the circle around it. Source: GOV-11, GOV-15, C2."""
    with pytest.raises(Refused, match="asiento"):
        inside(ana, circles.learning)
    with pytest.raises(Refused, match="rodea"):
        inside(beto, circles.learning, touches={"es": "El presupuesto"})
    with pytest.raises(Refused, match="rodea"):  # learning has it now
        inside(beto, circles.general, touches=LEARNING)
    with pytest.raises(Refused):
        inside(beto, circles.learning, kind=Kind.CHARTER)
    found = inside(beto, circles.general, touches={"es": "Todo lo común"})
    assert (found.circle, found.leading_team) == (circles.general, "Círculo general")


def test_objections_are_judged_as_the_circle_agreed(circles, beto, dora, emi, proposal):
    """The network explores them, this circle tests them: each other voice is asked. Source: GOVERNANCE 1.2."""
    Circle.objects.filter(pk=circles.learning.pk).update(regime=Regime.TEST)
    opened = services.open_round(by=beto, proposal=proposal)
    services.answer(by=dora, round=opened, position=OBJECT, reason="No me gusta")
    objection = Objection.objects.get()
    for each in (beto, emi):
        services.judge(by=each, objection=objection, harms=False, words="No toca el fin")
        services.answer(by=each, round=opened, position=YES)

    assert (opened.regime, Objection.objects.get().state) == (Regime.TEST, "NOT_QUALIFIED")
    assert state(proposal) == State.ADOPTED
    assert recompute_consent(facts_of(opened)) == []


# Those who leave, come late, or have no device


def test_whoever_leaves_the_circle_is_not_counted_and_is_asked_no_more(
    circles, beto, dora, emi, proposal, opened
):
    """Who comes later has no voice in it: the electorate is that of the opening. Source: P18."""
    seat = Seat.objects.get(circle=circles.learning, participant=dora.participant_id)
    governance.end_seat(by=dora, seat=seat, why="RESIGNED")
    services.ask_no_more(seat=seat)
    governance.seat(by=beto, circle=circles.learning, participant=circles.people["ana"], role=Role.MEMBER)
    asked = Ask.objects.filter(kind="consent", closed_at=None).values_list("person_id", flat=True)
    assert set(asked) == {beto.person_id, emi.person_id}
    for late in (dora, find_actor(Person.objects.get(pk=circles.people["ana"].person_id))):
        with pytest.raises(Refused, match="asiento"):
            services.answer(by=late, round=opened, position=YES)

    services.answer(by=beto, round=opened, position=YES)
    services.answer(by=emi, round=opened, position=YES)
    outcome = Outcome.objects.get(round=opened)
    assert state(proposal) == State.ADOPTED
    assert {voice["name"]: voice["left"] for voice in outcome.voices} == {
        "Beto": False,
        "Dora": True,
        "Emi": False,
    }
    assert recompute_consent(facts_of(opened)) == []


def test_the_reminder_goes_only_to_seated_people_who_have_not_answered(circles, beto, dora, emi, opened):
    """Source: EXPERIENCE 3.4 (9)."""
    services.answer(by=beto, round=opened, position=YES)
    with clock.at(opened.closes_at - timedelta(hours=3)):
        assert services.remind(round=opened) == 2
        tokens = services.answer_links(round=opened, person_ids=[dora.person_id, emi.person_id])
        link = selectors.link_of(services.hash_of(token=tokens[dora.person_id]))
        services.answer_from_letter(by=dora, link=link, position=LIVE)
        with pytest.raises(Refused):
            services.answer_from_letter(by=emi, link=link, position=LIVE)
    assert Answer.objects.filter(elector__participant=dora.participant_id).exists()


def test_whoever_keeps_the_circle_writes_down_an_answer_and_the_coordination_does_not(
    circles, ana, beto, emi, opened
):
    """Beto leads the circle. Source: GOV-15, XCT-03."""
    Round.objects.filter(pk=opened.pk).update(records_for=RecordsFor.COORDINATION)
    opened.refresh_from_db()
    elector = Elector.objects.get(round=opened, participant=emi.participant_id)
    told = {"round": opened, "elector": elector, "given": "Emi", "position": YES}
    with pytest.raises(Refused):
        services.record_answer(by=ana, **told)
    services.record_answer(by=beto, **told)
    assert Answer.objects.get().recorded_name == "Beto"


def test_whoever_would_leave_has_no_answer_and_the_seat_ends_by_itself(circles, beto, dora, emi):
    """Source: C8, P18, GOV-15."""
    for who, named in ((beto, "beto"), (beto, "ana")):
        with pytest.raises(Refused):
            services.propose_leaving(
                by=who, circle=circles.learning, participant=circles.people[named], why="Falta"
            )
    proposal = services.propose_leaving(
        by=beto, circle=circles.learning, participant=circles.people["dora"], why="No vino en un año."
    )
    opened = services.open_round(by=beto, proposal=proposal)
    assert (opened.voices, opened.version.title["en"]) == (2, "Somebody would leave the circle: Aprendizaje")
    with pytest.raises(Refused):
        services.answer(by=dora, round=opened, position=OBJECT, reason="Yo")
    services.answer(by=beto, round=opened, position=YES)
    services.answer(by=emi, round=opened, position=YES)
    facts = facts_of(opened)
    assert facts["concerns"] == str(circles.people["dora"].uuid)
    assert recompute_consent(facts) == []

    entry = Entry.objects.get(pk=Outcome.objects.get(round=opened).entry_id)
    for _again in range(2):
        services.end_the_seat(entry=entry, facts=entry.facts)
    seat = Seat.objects.get(circle=circles.learning, participant=dora.participant_id, role=Role.MEMBER)
    assert seat.ended_why == "REMOVED"
