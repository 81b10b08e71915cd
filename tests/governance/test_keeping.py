"""What keeps a structure: broken links that are told, what flows, reports, rights of rings, mandates that end."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import services as decisions
from tequio.decisions.rules import Matter
from tequio.governance import selectors, services
from tequio.governance.models import Circle, FlowNote, Report, Seat
from tequio.governance.rules import Ended, Kind, Role
from tequio.notify.models import Ask, Letter
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.governance.world import Circles, decided, in_days, is_red, of, open_body
from tests.world import add_person


def at(circle: Circle, rest: str = "") -> str:
    return f"/andina/circles/{circle.uuid}/{rest}"


def test_both_circles_are_told_of_a_broken_link_once_and_the_task_closes(
    client, circles: Circles, network, ana, beto, emi, run_jobs
):
    """Source: GOV-13, GOV-14."""
    run_jobs()
    services.end_seat(by=emi, seat=Seat.objects.get(role=Role.DELEGATE), why=Ended.RESIGNED)
    run_jobs()
    services.mind_links(network=network)
    broken = Entry.objects.get(kind="governance.link_broken")
    assert broken.facts["reasons"]["es"] == "El círculo no tiene delegada."
    ask = Ask.objects.get(kind="link")
    assert ask.person_id == beto.person_id  # who leads the circle
    told = Letter.objects.filter(kind="ask", subject__contains="enlace")
    assert set(told.values_list("person_id", flat=True)) == {one.person_id for one in circles.people.values()}
    sign_in(client, beto)
    assert "El círculo no tiene delegada." in client.get(ask.path).text
    for circle, role in ((circles.learning, Role.DELEGATE), (circles.general, Role.MEMBER)):
        services.seat(
            by=system(network.pk), circle=circle, participant=circles.people["dora"], role=role,
            until=in_days(90), entry=decided(network),
        )  # fmt: skip
    run_jobs()
    assert Ask.objects.get(pk=ask.pk).closed_because == "DONE"
    assert Entry.objects.filter(kind="governance.link_mended").count() == 1


def test_what_went_down_and_came_up_is_written_by_the_two_who_carry(client, circles: Circles, beto, dora):
    """Source: GOV-14, GOV-15."""
    sign_in(client, dora)
    said = {"direction": "UP", "words": "Pedimos un presupuesto"}
    assert client.post(at(circles.learning, "flow/"), said).status_code == 403
    sign_in(client, beto)
    assert client.post(at(circles.learning, "flow/"), {**said, "words": ""}).status_code == 422
    assert client.post(at(circles.learning, "flow/"), said).status_code == 303
    assert (
        client.post(at(circles.learning, "flow/"), {"direction": "DOWN", "words": "Hay fondos"}).status_code
        == 303
    )
    page = client.get(at(circles.learning)).text
    assert "Pedimos un presupuesto" in page
    assert "Hay fondos" in page
    assert FlowNote.objects.count() == 2
    assert client.get(at(circles.general, "flow/")).status_code == 404


def test_one_person_for_a_time_only_by_a_decision_and_with_its_end(client, circles: Circles, beto, network):
    """Source: C9."""
    services.end_seat(by=system(network.pk), seat=Seat.objects.get(role=Role.DELEGATE), why=Ended.RESIGNED)
    sign_in(client, beto)
    said = {"reason": "Buscamos a alguien", "until": in_days(30).isoformat(), "entry": ""}
    assert client.post(at(circles.learning, "waive/"), said).status_code == 422
    said["entry"] = str(circles.decision)
    assert client.post(at(circles.learning, "waive/"), {**said, "until": in_days(900)}).status_code == 422
    assert client.post(at(circles.learning, "waive/"), said).status_code == 303
    assert not is_red(circles.learning)
    assert "por una decisión y por un tiempo" in client.get(at(circles.learning)).text
    assert is_red(circles.learning, in_days(30))
    assert client.post(at(circles.learning, "waive/end/"), {"confirmed": "yes"}).status_code == 303
    assert is_red(circles.learning)


def test_working_groups_report_on_a_rhythm_and_a_missing_one_shows(client, network, ana, beto):
    """Source: GOV-23, GOV-21, XCT-06."""
    body = open_body(network, members=[of(ana)])
    group = services.open_circle(
        by=ana, kind=Kind.WORKING_GROUP, parent=body, name={"es": "Crecimiento"}, aim={"es": "x"},
        members=[of(beto)], reports_every=1,
    )  # fmt: skip
    sign_in(client, beto)
    assert "falta" not in client.get("/andina/circles/").text
    with clock.at(clock.now() + timedelta(days=32)):
        assert services.ask_for_reports(network=network) == 1
        assert services.ask_for_reports(network=network) == 0
        assert Ask.objects.get(kind="report").person_id == beto.person_id
        sign_in(client, beto)
        assert "falta un informe" in client.get("/andina/circles/").text
        page = client.get(at(group, "reports/"))
        assert page.status_code == 200
        said = {"starts_on": group.opened_on.isoformat(), "words": "Recibimos a tres"}
        assert client.post(at(group, "reports/"), {**said, "starts_on": "2001-01-01"}).status_code == 422
        assert client.post(at(group, "reports/"), said).status_code == 303
        assert "Recibimos a tres" in client.get(at(group)).text
        assert "falta un informe" not in client.get("/andina/circles/").text
    assert Report.objects.count() == 1


def test_the_table_of_rings_can_be_read_and_is_written_by_the_coordination(client, network, ana, beto):
    """The further in, the more one may. Source: GOV-22."""
    sign_in(client, beto)
    page = client.get("/andina/rings/").text
    assert "2: las integrantes" in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]
    said = {f"{verb}_{matter}": "2" for verb in ("OPEN", "VOTE") for matter in ("STRATEGIC", "OPERATIONAL")}
    said |= {"SEE_STRATEGIC": "3", "SEE_OPERATIONAL": "3"}
    assert client.post("/andina/rings/", said).status_code == 403
    sign_in(client, ana)
    assert client.post("/andina/rings/", {**said, "VOTE_OPERATIONAL": "7"}).status_code == 422
    assert client.post("/andina/rings/", {**said, "VOTE_OPERATIONAL": "1"}).status_code == 303
    assert selectors.ring_rights()["VOTE", "OPERATIONAL"] == 1
    assert selectors.ring_of_actor(ana) == 0
    assert selectors.ring_of_actor(beto) == 2
    assert "asuntos estratégicos" in client.get("/andina/rings/").text


def test_the_rings_say_who_opens_and_who_decides(client, network, ana, beto):
    """Whoever is further out is told why not; the electorate holds the rings that were named. Source: GOV-22."""
    said = {
        "title": {"es": "Otra sala"}, "summary": {"es": "Una"}, "body": {"es": ""}, "matter": Matter.OPERATIONAL,
    }  # fmt: skip
    first = decisions.propose(by=beto, **said)
    assert decisions.open_round(by=ana, proposal=first).electors.count() == 2
    services.set_ring_rights(by=ana, rights={("OPEN", "OPERATIONAL"): 1, ("VOTE", "OPERATIONAL"): 1})
    with pytest.raises(Refused, match="anillos"):
        decisions.propose(by=beto, **said)
    sign_in(client, beto)
    answer = client.post(
        "/andina/decisions/new/",
        {"title": "Otra", "summary": "Una", "matter": "OPERATIONAL", "language": "es"},
    )
    assert answer.status_code in (403, 422)
    second = decisions.propose(by=ana, **said)
    assert [one.membership_id for one in decisions.open_round(by=ana, proposal=second).electors.all()] == [
        ana.membership_id
    ]
    services.open_circle(
        by=ana, kind=Kind.WORKING_GROUP, name={"es": "Salas"}, aim={"es": "x"}, members=[of(beto)]
    )
    assert selectors.ring_of_actor(beto) == 1
    third = decisions.propose(by=beto, **said)
    assert decisions.open_round(by=ana, proposal=third).electors.count() == 2
    strategic = decisions.propose(by=beto, **{**said, "matter": Matter.STRATEGIC})
    assert decisions.open_round(by=ana, proposal=strategic).electors.count() == 2


def test_a_mandate_that_nears_its_end_opens_the_next_selection_once(network, ana, beto, run_jobs):
    """60 days before for the coordination; whoever had it stays 90 days at most. Source: GOV-19, GOV-20."""
    body = open_body(network, members=[of(ana), of(beto)])
    until = Seat.objects.filter(circle=body).first().until
    start = clock.now()
    days = (until - in_days(0)).days
    with clock.at(start + timedelta(days=days - 61)):
        assert services.look_after_terms(network=network) == 0
    with clock.at(start + timedelta(days=days - 60)):
        assert services.look_after_terms(network=network) == 2
        assert services.look_after_terms(network=network) == 0
    assert set(Ask.objects.filter(kind="mandate").values_list("person_id", flat=True)) == {
        ana.person_id, beto.person_id,
    }  # fmt: skip
    with clock.at(start + timedelta(days=days)):
        assert selectors.members_of(body).count() == 0  # the end date closes the role by itself
        assert services.turn_mandates(network=network) == 2
        assert selectors.members_of(body).count() == 2
        assert Seat.objects.filter(circle=body, interim=True, ended_at=None).count() == 2
        assert services.turn_mandates(network=network) == 0
        assert "COORDINATION" in of(ana).duties
    with clock.at(start + timedelta(days=days + 90)):
        assert selectors.members_of(body).count() == 0
        services.turn_mandates(network=network)
        assert sum("COORDINATION" in of(one).duties for one in (ana, beto)) == 1  # never nobody
    with clock.at(start + timedelta(days=days + 30)):
        Seat.objects.filter(interim=True).update(ended_at=None, ended_why="")
        zoe = of(add_person(network, "Zoe"))
        services.seat(
            by=system(network.pk), circle=body, participant=zoe, role=Role.MEMBER, until=in_days(300),
            entry=decided(network),
        )  # fmt: skip
        assert [one.name for one in selectors.members_of(body)] == ["Zoe"]
        assert [one.name for one in selectors.without_mandate(body)] == []


def test_the_terms_of_a_circle_are_brought_up_30_7_and_0_days_before(circles: Circles, network, beto):
    """Source: C6."""
    seat = Seat.objects.get(circle=circles.learning, role=Role.LEADER)
    start = clock.now()
    for before, asked in ((31, 0), (30, 2), (29, 0), (7, 2), (1, 2), (0, 0)):
        with clock.at(start + timedelta(days=(seat.until - in_days(0)).days - before)):
            assert services.look_after_terms(network=network) == asked, before


def test_the_coordination_shows_who_has_the_duty_without_a_mandate(client, network, ana, beto):
    """Source: P25, GOV-17, GOV-19."""
    body = open_body(network, members=[of(beto)])
    sign_in(client, beto)
    page = client.get(at(body)).text
    assert "Coordinan sin mandato" in page
    assert "Ana" in page
