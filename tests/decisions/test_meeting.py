"""A decision in a meeting: its steps, the screens that follow, objections judged one at a time, ways out.

Source: GOVERNANCE 1.2, 4.3; GOV-04, GOV-07, GOV-09, GOV-10, XCT-03.
"""

import re
from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import services
from tequio.decisions.models import Choice, Judgement, Live, Objection, Proposal, Reaction, State
from tequio.decisions.rules import Matter, Position, recompute_consent
from tequio.decisions.rules.machine import Stage, WayOut
from tequio.governance import services as governance
from tequio.governance.selectors import members_of
from tequio.networks.models import Governance
from tequio.notify.models import Ask, Letter
from tequio.people.models import Membership, Participant, Voice
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, LIVE, OBJECT, YES, model, propose, state, text
from tests.world import add_member, add_person


def meet(by, proposal, facilitator=None):
    chosen = Participant.objects.get(pk=(facilitator or by).participant_id)
    return services.start_meeting(by=by, proposal=proposal, facilitator=chosen)


def step(by, live, *names):
    for name in names:
        live = services.take_step(by=by, live=live, to=Stage(name))
    return live


def test_a_proposal_from_its_presentation_to_the_agreement(client, ana, beto, dora, queries):
    """Source: GOV-09, GOV-10."""
    proposal = propose(ana)
    live = meet(ana, proposal, facilitator=dora)
    page = f"{HOME}{proposal.number}/live/"
    with pytest.raises(Refused):
        step(beto, live, "CLARIFY")
    live = step(dora, live, "CLARIFY")
    sign_in(client, beto)
    assert client.post(page, {"words": "¿Cuánto es?", "once": "a"}).status_code == 303
    with pytest.raises(Refused, match="pregunta"):
        step(dora, live, "REACT")
    services.reply(by=dora, question=proposal.questions.get(), words="60 al año.")
    live = step(dora, live, "REACT")
    assert client.post(page, {"reaction": "Me gusta", "once": "b"}).status_code == 303
    with pytest.raises(Refused, match="primera"):
        step(dora, live, "CONSENT")
    first = Membership.objects.get(pk=ana.membership_id)
    services.record_reaction(by=dora, live=live, voice=first, given="Ana", words="Bien")
    assert Reaction.objects.get(membership=first).given_name == "Ana (Dora)"
    live = step(dora, live, "CONSENT")
    assert state(proposal) == State.CONSENT
    sent = {"answer": "object", "harm": "Deja fuera a los colectivos", "mend": "", "once": "c"}
    assert client.post(page, sent).status_code == 303
    services.answer(by=ana, round=proposal.round, position=YES)
    with pytest.raises(Refused, match="objeción"):
        step(dora, live, "DECIDED")
    live = step(dora, live, "OBJECTIONS")
    assert state(proposal) == State.OBJECTED
    live = step(dora, live, "INTEGRATE")
    services.integrate(by=dora, objection=Objection.objects.get(), body={"es": "O con horas."}, why="Horas")
    live.refresh_from_db()
    assert live.stage == "CONSENT"
    with queries(7):
        shown = client.get(page)
    assert "Cuota solidaria" in shown.text
    for one in (ana, beto):
        services.answer(by=one, round=Proposal.objects.get(pk=proposal.pk).round, position=LIVE)
    live.refresh_from_db()
    assert (state(proposal), live.stage) == (State.ADOPTED, "DECIDED")
    assert live.closed_at
    kinds = list(
        Entry.objects.filter(kind__contains="meeting").order_by("turn").values_list("kind", flat=True)
    )
    assert kinds[0] == "decisions.meeting_started"
    assert len(kinds) == 6
    assert client.get(page).status_code == 200


def test_screens_follow_and_asking_often_costs_little(client, ana, beto, queries):
    proposal = propose(ana)
    live = meet(ana, proposal)
    mark = f"{HOME}{proposal.number}/live/mark/"
    sign_in(client, beto)
    first = client.get(mark)
    shown = client.get(f"{HOME}{proposal.number}/live/").text
    assert first.text.strip('"') in shown
    assert "http-equiv" in shown
    with queries(4):
        same = client.get(mark, headers={"if-none-match": first.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    seen = {first.headers["ETag"]}

    def changed():
        now = client.get(mark).headers["ETag"]
        assert now not in seen
        seen.add(now)

    live = step(ana, live, "CLARIFY")
    changed()
    question = services.ask_question(by=beto, proposal=proposal, words="¿Por qué?")
    changed()
    services.reply(by=ana, question=question, words="Por el viaje.")
    changed()
    live = step(ana, live, "REACT")
    changed()
    for one in (ana, beto):
        services.react(by=one, proposal=proposal, words="Bien")
        changed()
    sign_in(client, ana)
    page = f"{HOME}{proposal.number}/live/"
    assert re.search(r"<textarea[^>]*>\s*Bien</textarea>", client.get(page).text), "sent again, it stays"
    step(ana, live, "CONSENT")
    changed()
    assert "Falta" in client.get(page).text, "who facilitates and has not answered sees what is missing"
    proposal.refresh_from_db()
    services.answer(by=beto, round=proposal.round, position=OBJECT, reason="Daña")
    changed()
    services.withdraw_objection(by=beto, objection=Objection.objects.get())
    changed()
    services.end_meeting(by=ana, live=Live.objects.get())
    changed()
    assert client.get(f"{HOME}{propose(ana).number}/live/mark/").status_code == 404


def test_who_joined_after_the_round_opened_reads_why_instead_of_a_form(client, network, ana, beto):
    """As on the page of the decision. Source: P18."""
    proposal = propose(ana)
    step(ana, meet(ana, proposal), "CLARIFY", "REACT")
    for one in (ana, beto):
        services.react(by=one, proposal=proposal, words="Bien")
    step(ana, Live.objects.get(), "CONSENT")
    late = add_person(network, "Celia", membership=add_member(network, "Casa de la Lluvia"), voice="DELEGATE")
    page = f"{HOME}{proposal.number}/live/"
    sign_in(client, late)
    shown = client.get(page).text
    assert "la tuya no estaba" in shown
    assert 'name="answer"' not in shown
    assert client.post(page, {"answer": "object", "harm": "No."}).status_code == 403
    sign_in(client, beto)
    assert 'name="answer"' in client.get(page).text


def test_a_form_of_a_step_that_is_over_is_refused_with_the_reason(client, ana, beto):
    proposal = propose(ana)
    meet(ana, proposal)
    sign_in(client, beto)
    page = f"{HOME}{proposal.number}/live/"
    assert client.post(page, {"words": "¿Cuánto?", "once": "a"}).status_code == 403
    assert client.post(f"{page}step/", {"to": "CLARIFY", "once": "b"}).status_code == 403
    assert client.post(f"{page}step/", {"to": "NOWHERE", "once": "c"}).status_code == 404
    sign_in(client, ana)
    sent = {"to": "CLARIFY", "minutes": "mil", "once": "d"}
    assert client.post(f"{page}step/", sent).status_code == 303
    assert "Preguntas" in text(client.get(page))


# Objections that the group judges


@pytest.fixture
def tested(ana, beto, network):
    """A round where the group tests objections; Eva and Beto object, Ana does not."""
    model("HORIZONTAL", regime="TEST", records_for="COORDINATION")
    eva = add_person(network, "Eva", membership=add_member(network, "Org Eva"), voice=Voice.DELEGATE)
    proposal = propose(ana)
    opened = services.open_round(by=ana, proposal=proposal)
    services.answer(by=beto, round=opened, position=OBJECT, reason="Deja fuera")
    services.answer(by=eva, round=opened, position=OBJECT, reason="No me gusta el color")
    services.answer(by=ana, round=opened, position=YES)
    return eva, opened


def test_the_group_looks_at_one_objection_at_a_time(client, ana, beto, tested):
    """Source: GOVERNANCE 1.2, regime test."""
    _eva, opened = tested
    proposal = opened.proposal
    of_beto, of_eva = Objection.objects.order_by("pk")
    for by, one, harms, words in (
        (ana, of_eva, True, ""), (beto, of_beto, True, ""), (ana, of_beto, False, ""),
    ):  # fmt: skip
        with pytest.raises(Refused):
            services.judge(by=by, objection=one, harms=harms, words=words)
    with pytest.raises(Refused):
        services.integrate(by=ana, objection=of_beto, body={"es": "Otra"}, why="Sí")
    services.judge(by=ana, objection=of_beto, harms=True)
    of_beto.refresh_from_db()
    assert of_beto.found is True
    live = meet(ana, proposal)
    step(ana, live, "OBJECTIONS")
    sign_in(client, beto)
    page = f"{HOME}{proposal.number}/live/"
    assert "No me gusta el color" in client.get(page).text
    assert client.post(page, {"harms": "no", "words": "", "once": "a"}).status_code == 422
    assert (
        client.post(page, {"harms": "no", "words": "Un gusto no es un daño", "once": "b"}).status_code == 303
    )
    services.judge(by=ana, objection=of_eva, harms=False, words="Es un gusto")
    of_eva.refresh_from_db()
    assert (of_eva.found, of_eva.state) == (False, "NOT_QUALIFIED")
    services.withdraw_objection(by=beto, objection=of_beto)
    again = services.open_round(by=ana, proposal=Proposal.objects.get(pk=proposal.pk))
    assert again.regime == "TEST"


def test_who_facilitates_writes_down_what_a_voice_without_a_screen_says_of_it(
    client, ana, beto, dora, tested
):
    """It is told to them, marked as written for them, and their own word takes its place. Source: XCT-03; issue 4, 3."""
    eva, opened = tested
    of_beto, of_eva = Objection.objects.order_by("pk")
    services.judge(by=ana, objection=of_beto, harms=True)
    live = meet(ana, opened.proposal)
    page = f"{HOME}{opened.proposal.number}/live/"
    elector = {one.membership_id: one for one in opened.electors.all()}
    told = {"live": live, "given": "Beto, en la sala", "harms": False, "words": "Es un gusto"}
    with pytest.raises(Refused):
        services.record_judgement(by=ana, elector=elector[beto.membership_id], **told)
    step(ana, live, "OBJECTIONS")
    live.refresh_from_db()
    for by, voice in ((beto, ana), (ana, ana), (ana, eva)):
        with pytest.raises(Refused):
            services.record_judgement(by=by, elector=elector[voice.membership_id], **told)
    sign_in(client, ana)
    assert "live/judge/" in client.get(page).text
    voice = elector[beto.membership_id].pk
    said = {"voice": voice, "said_by": "Beto, en la sala", "harms": "no", "words": ""}
    assert client.post(f"{page}judge/", said).status_code == 422
    assert client.post(f"{page}judge/", said | {"words": "Es un gusto"}).status_code == 303
    written = Judgement.objects.get(objection=of_eva)
    assert (written.given_name, written.qualifies) == ("Beto, en la sala (Ana)", False)
    speak = {beto.person_id, dora.person_id}  # for the same member
    asked = Ask.objects.filter(kind="recorded", closed_at=None)
    assert set(asked.values_list("person_id", flat=True)) == speak
    letters = Letter.objects.filter(key__startswith="decisions.judged")
    assert set(letters.values_list("person_id", flat=True)) == speak
    services.judge(by=beto, objection=of_eva, harms=False, words="No hay daño")
    with pytest.raises(Refused, match="por sí misma"):
        services.record_judgement(by=ana, elector=elector[beto.membership_id], **told)
    sign_in(client, beto)
    assert client.get(f"{page}judge/").status_code == 403


def test_an_objection_in_which_nobody_sees_a_harm_falls_and_the_record_says_so(ana, beto, tested):
    eva, opened = tested
    services.withdraw_objection(by=beto, objection=Objection.objects.get(membership=beto.membership_id))
    of_eva = Objection.objects.get(membership=eva.membership_id)
    services.judge(by=ana, objection=of_eva, harms=False, words="Es un gusto")
    services.judge(by=beto, objection=of_eva, harms=False, words="Es un gusto")
    assert state(opened.proposal) == State.ADOPTED
    facts = Entry.objects.get(kind="decisions.adopted").payload.facts
    assert facts["found_no_harm"] == 1
    assert recompute_consent(facts) == []
    assert recompute_consent({**facts, "found_no_harm": 0}) != []


# Ways out


def go_round(ana, beto, proposal, times):
    opened = services.open_round(by=ana, proposal=proposal)
    for loop in range(times + 1):
        services.answer(by=ana, round=opened, position=YES)
        services.answer(by=beto, round=opened, position=OBJECT, reason="Daña")
        services.close_round(by=ana, round=opened)
        if loop < times:
            one = Objection.objects.get(proposal=proposal, state="OPEN")
            services.integrate(by=ana, objection=one, body={"es": f"Texto {loop}"}, why="Así")
            opened = Proposal.objects.get(pk=proposal.pk).round
    return Proposal.objects.get(pk=proposal.pk)


@pytest.fixture
def stuck(ana, beto):
    return go_round(ana, beto, propose(ana, matter=Matter.OPERATIONAL), 3)


def choose(by, proposal, way, **more):
    return services.choose_way_out(
        by=by, proposal=proposal, way=WayOut(way), reason="Así no avanzamos", **more
    )


def test_after_three_texts_the_facilitator_chooses(client, ana, beto, stuck):
    """Source: GOVERNANCE 4.3."""
    one = Objection.objects.get(state="OPEN")
    for act in (
        lambda: services.integrate(by=ana, objection=one, body={"es": "Otro"}, why="Así"),
        lambda: services.amend(by=ana, proposal=stuck, body={"es": "Otro"}, why="Así"),
        lambda: services.open_round(by=ana, proposal=stuck),
    ):
        with pytest.raises(Refused, match="tres vueltas"):
            act()
    with pytest.raises(Refused):
        choose(beto, stuck, "HELPING_CIRCLE")
    sign_in(client, ana)
    page = f"{HOME}{stuck.number}/way-out/"
    assert page in client.get(f"{HOME}{stuck.number}/").text
    assert client.post(page, {"way": "SHORTER_TERM", "reason": "Probemos", "once": "a"}).status_code == 422
    sent = {"way": "SHORTER_TERM", "months": "3", "reason": "Probemos", "once": "b"}
    assert client.post(page, sent).status_code == 303
    stuck.refresh_from_db()
    assert (stuck.state, stuck.term_months) == (State.CONSENT, 3)
    assert Entry.objects.filter(kind="decisions.way_out_chosen").count() == 1


def test_a_helping_circle_opens_with_who_proposed_and_who_objects(client, ana, beto, network, stuck):
    """Source: GOVERNANCE 1.2, 4.3."""
    with pytest.raises(Refused, match="Abran primero"):
        choose(ana, stuck, "HELPING_CIRCLE")
    around = governance.open_circle(by=ana, kind="COORDINATION", name={"es": "C"}, aim={"es": "Coordinar"})

    circle = choose(ana, stuck, "HELPING_CIRCLE").circle

    assert (circle.kind, circle.parent) == ("HELPING", around)
    assert circle.expires_on == clock.today() + timedelta(days=30)
    assert set(members_of(circle).values_list("pk", flat=True)) == {ana.participant_id, beto.participant_id}
    assert Ask.objects.filter(kind="task", closed_at=None, path__contains=str(circle.uuid)).count() == 2
    sign_in(client, beto)
    assert f"/circles/{circle.uuid}/" in client.get(f"{HOME}{stuck.number}/").text


def test_what_the_charter_says_without_consent_is_a_vote_or_nothing_changes(ana, beto, stuck):
    choose(ana, stuck, "FALLBACK")
    assert state(stuck) == State.VOTE
    model("HORIZONTAL")
    flat = go_round(ana, beto, propose(ana), 3)
    choose(ana, flat, "FALLBACK")
    assert state(flat) == State.NOT_ADOPTED


def test_another_way_to_decide_is_agreed_on_first(ana, beto, stuck):
    choice = choose(ana, stuck, "OTHER_METHOD")
    assert choice.follow_up.version.title["es"].startswith("¿Cómo")
    with pytest.raises(Refused, match="tres vueltas"):
        services.open_round(by=ana, proposal=stuck)
    opened = services.open_round(by=ana, proposal=choice.follow_up)
    for one in (ana, beto):
        services.answer(by=one, round=opened, position=Position.AGREE)
    services.open_round(by=ana, proposal=Proposal.objects.get(pk=stuck.pk))
    assert Choice.objects.count() == 1


def test_who_facilitates_writes_answers_down_where_the_charter_allows_it(ana, beto, dora, network):
    """Source: XCT-03."""
    Governance.objects.update(records_for="COORDINATION")
    proposal = propose(ana)
    opened = services.open_round(by=ana, proposal=proposal)
    hers = opened.electors.get(membership_id=ana.membership_id)
    with pytest.raises(Refused):
        services.record_answer(by=dora, round=opened, elector=hers, given="Ana, en la sala", position=YES)
    meet(ana, proposal, facilitator=dora)
    services.record_answer(by=dora, round=opened, elector=hers, given="Ana, en la sala", position=YES)
    assert opened.electors.get(pk=hers.pk).answer.recorded_name == "Dora"


def test_gov_27_who_signs_breaks_the_tie_and_another_of_the_coordination_only_where_nobody_signs(
    ana, network
):
    """Source: G-4."""
    from tequio.decisions import access
    from tequio.decisions.models import Outcome, Round

    other = add_person(network, "Otra", duties=("COORDINATION",))
    proposal = Proposal(state=State.TIE, matter="OPERATIONAL")
    round = Round(model="VERTICAL", matter="OPERATIONAL", purpose="general", majority_numerator=3,
        majority_denominator=4, base="CAST", silence="BLOCKS", tie_break=True)  # fmt: skip
    outcome = Outcome(step="COORDINATION_DECIDES", round=round)
    assert access.break_tie.allows(ana, proposal, outcome)
    assert not access.break_tie.allows(other, proposal, outcome)
    Participant.objects.filter(pk=ana.participant_id).update(duties=["COORDINATION"])
    assert access.break_tie.allows(other, proposal, outcome)
