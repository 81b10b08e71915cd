"""Decide, execute, evaluate: the three moments of an agreement. Source: GOV-01."""

import re
from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import selectors, services, tasks
from tequio.decisions.models import Evaluation, Finding, Proposal, Task
from tequio.notify.models import Ask
from tequio.people.models import Participant
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, LIVE, YES, propose, text


def adopt(ana, beto, proposal):
    opened = services.open_round(by=ana, proposal=proposal)
    services.answer(by=ana, round=opened, position=YES)
    services.answer(by=beto, round=opened, position=LIVE)
    proposal.refresh_from_db()
    assert proposal.state == "ADOPTED"
    return proposal


@pytest.fixture
def agreement(ana, beto):
    return adopt(ana, beto, propose(ana))


def who(actor):
    return Participant.objects.get(pk=actor.participant_id)


def later(days):
    return clock.today() + timedelta(days=days)


def give(ana, agreement, to, **more):
    told = {"what": "Escribir a las nuevas", "due_on": later(10), **more}
    return services.plan_task(by=ana, proposal=agreement, owner=who(to), **told)


def test_a_task_waits_for_its_owner_and_is_told(ana, beto, agreement):
    """Source: GOV-01: executing."""
    task = give(ana, agreement, beto)
    ask = Ask.objects.get(kind="task", person_id=beto.person_id, closed_at=None)
    assert ask.path == f"/andina/decisions/{agreement.number}/after/{task.pk}/"
    services.settle_task(by=beto, task=task, done=True, note="Escribimos a 12")
    assert not Ask.objects.filter(kind="task", closed_at=None).exists()
    kinds = list(Entry.objects.order_by("turn").values_list("kind", flat=True))
    assert kinds[-2:] == ["decisions.task_planned", "decisions.task_settled"]


def test_what_was_not_done_says_why(ana, beto, agreement):
    task = give(ana, agreement, beto)
    with pytest.raises(Refused, match="aprende"):
        services.settle_task(by=beto, task=task, done=False)
    services.settle_task(by=beto, task=task, done=False, note="No hubo señal")
    with pytest.raises(Refused):
        services.settle_task(by=beto, task=task, done=True)


def test_only_who_leads_gives_tasks_and_evaluates_and_only_of_agreements(ana, beto, dora, agreement):
    with pytest.raises(Refused):
        give(dora, agreement, beto)
    with pytest.raises(Refused):
        services.evaluate(by=beto, proposal=agreement, finding=Finding.KEEP, learned="Bien")
    with pytest.raises(Refused, match="acuerdos"):
        give(ana, propose(ana), beto)
    task = give(ana, agreement, beto)
    with pytest.raises(Refused):
        services.settle_task(by=dora, task=task, done=True)


def test_an_agreement_comes_due_by_itself_and_its_owner_is_asked_once(network, ana, agreement):
    """Source: GOV-01: evaluating."""
    tasks.reviews(0)
    assert not Ask.objects.filter(kind="review").exists()
    with clock.at(clock.now() + timedelta(days=366)):
        tasks.reviews(0)
        ask = Ask.objects.get(kind="review")
        assert (ask.person_id, ask.path) == (ana.person_id, f"{HOME}{agreement.number}/evaluate/")
        Ask.objects.update(closed_at=clock.now(), closed_because="DECLINED")
        tasks.reviews(0)
        assert Ask.objects.filter(kind="review").count() == 1
        assert [row["number"] for row in selectors.in_force(ana) if row["review_on"] <= clock.today()] == [
            agreement.number
        ]
        found = services.evaluate(
            by=ana, proposal=agreement, finding=Finding.KEEP, learned="Funcionó", next_on=later(180)
        )
    agreement.refresh_from_db()
    assert found.follow_up is None
    assert agreement.review_on == found.next_on
    assert agreement.in_force_until is None


def test_an_evaluation_ends_nothing_but_starts_the_decision_that_does(
    network, ana, beto, agreement, run_jobs
):
    found = services.evaluate(
        by=ana,
        proposal=agreement,
        finding=Finding.DROP,
        learned="Nadie lo usa",
        next_on=later(90),
        follow_up=True,
    )
    start = found.follow_up
    assert start.replaces == agreement
    assert start.version.title == {"es": "Terminar: Cuota solidaria", "en": "End it: Solidarity dues"}
    assert start.version.summary["es"] == "Nadie lo usa"
    agreement.refresh_from_db()
    assert agreement.in_force_until is None
    adopt(ana, beto, start)
    run_jobs()
    agreement.refresh_from_db()
    assert agreement.in_force_until == clock.today()
    assert agreement.number not in [row["number"] for row in selectors.in_force(ana)]
    told = Entry.objects.get(kind="decisions.replaced").payload.facts
    assert (told["number"], told["by_number"]) == (agreement.number, start.number)
    assert services.end_what_it_replaces(proposal=start) is None
    with pytest.raises(Refused, match="terminó"):
        services.evaluate(by=ana, proposal=agreement, finding=Finding.KEEP, learned="Otra vez")


@pytest.mark.parametrize("more", [{"kind": "charter"}, {"kind": "admission"}, {"subject": "charter/rounds"}])
def test_what_follows_from_something_else_is_evaluated_but_changes_there(client, ana, beto, more):
    agreed = adopt(ana, beto, propose(ana, **more))
    told = {"finding": Finding.DROP, "learned": "Nadie lo usa"}
    with pytest.raises(Refused, match="otro lugar"):
        services.evaluate(by=ana, proposal=agreed, follow_up=True, **told)
    assert services.evaluate(by=ana, proposal=agreed, **told).follow_up is None
    sign_in(client, ana)
    assert 'name="follow_up"' not in client.get(f"{HOME}{agreed.number}/evaluate/").text


def test_the_pages_walk_through_the_three_moments(client, ana, beto, agreement):
    """Source: GOV-01."""
    sign_in(client, ana)
    page = f"{HOME}{agreement.number}/after/"
    assert page in client.get(f"{HOME}{agreement.number}/").text
    wrong = client.post(page, {"what": "Llamar", "owner": ana.participant_id, "due_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert 'value="Llamar"' in wrong.text
    given = client.post(
        page, {"what": "Llamar", "owner": beto.participant_id, "due_on": later(5).isoformat()}
    )
    assert given.status_code == 303
    task = Task.objects.get()
    assert "Llamar" in text(client.get(page))
    sign_in(client, beto)
    assert client.get(page).status_code == 200
    assert "Dar la tarea" not in text(client.get(page))
    assert client.post(page, {"what": "x"}).status_code == 403
    how = f"{page}{task.pk}/"
    assert client.post(how, {"done": "no", "note": ""}).status_code == 422
    assert client.post(how, {"done": "yes", "note": "Listo"}).status_code == 303
    assert client.get(f"{HOME}{agreement.number}/evaluate/").status_code == 403
    sign_in(client, ana)
    learn = f"{HOME}{agreement.number}/evaluate/"
    assert client.post(learn, {"finding": "KEEP"}).status_code == 422
    told = {"learned": "Sirvió", "finding": "CHANGE", "next_on": later(60).isoformat(), "follow_up": "on"}
    taken = client.post(learn, told)
    follow_up = Evaluation.objects.get().follow_up
    assert taken.url == f"{HOME}{follow_up.number}/edit/"
    assert "Cambiar: Cuota solidaria" in client.get(taken.url).text
    assert "Sirvió" in text(client.get(page))
    listed = text(client.get(f"{HOME}in-force/"))
    assert "Cuota solidaria" in listed
    assert "1 de 1 tarea" in listed


def test_the_pages_cost_the_same_for_three_and_for_thirty(client, ana, beto, agreement, queries):
    sign_in(client, ana)
    page = f"{HOME}{agreement.number}/after/"
    for path, cost in ((page, 7), (f"{HOME}in-force/", 5), (f"{HOME}{agreement.number}/evaluate/", 5)):
        client.get(path)
        with queries(cost):
            client.get(path)
    for number in range(12):
        give(ana, agreement, beto, what=f"Tarea {number}")
        adopt(ana, beto, propose(ana))
        services.evaluate(by=ana, proposal=agreement, finding=Finding.KEEP, learned="Bien", next_on=later(90))
    for path, cost in ((page, 7), (f"{HOME}in-force/", 5), (f"{HOME}{agreement.number}/evaluate/", 5)):
        with queries(cost):
            client.get(path)


def test_agreements_of_others_networks_are_not_there(client, carla, agreement):
    sign_in(client, carla)
    for path in ("in-force/", f"{agreement.number}/after/", f"{agreement.number}/evaluate/"):
        assert client.get(f"{HOME}{path}").status_code == 404
    assert Proposal.objects.filter(replaces=None).exists()
    assert not re.findall("Cuota", client.get("/sul/decisions/in-force/").text)
