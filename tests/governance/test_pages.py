"""The pages of circles: who holds what, one circle, opening, joining, changing, closing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import services as decisions
from tequio.decisions.rules import Matter, Position
from tequio.governance import selectors, services
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import Ended, Kind, Role
from tequio.networks.models import Governance, Model
from tequio.notify.models import Ask
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.governance.world import Circles, in_days, of
from tests.world import add_person


def at(circle: Circle, rest: str = "") -> str:
    return f"/andina/circles/{circle.uuid}/{rest}"


def test_everybody_sees_who_holds_what_as_a_picture_and_a_table(client, circles: Circles, dora):
    """Source: GOV-02, GOV-15, GOV-11."""
    sign_in(client, dora)
    page = client.get("/andina/circles/").text
    for words in (
        "Círculo general",
        "Aprendizaje",
        "Beto",
        "Emi",
        "enlace firme",
        '<svg class="ring"',
        "<table",
    ):
        assert words in page
    assert "Enlaces rotos: 0." in page
    services.end_seat(
        by=system(circles.general.network_id), seat=Seat.objects.get(role=Role.DELEGATE), why=Ended.RESIGNED
    )
    page = client.get("/andina/circles/").text
    assert "enlace roto" in page
    assert "Enlaces rotos: 1." in page
    client.cookies["language"] = "pt-br"
    assert "vínculo rompido" in client.get("/andina/circles/").text


def test_a_circle_shows_its_aim_domain_people_terms_and_what_must_hold(client, circles: Circles, emi):
    """Source: GOV-11, GOV-14, C1 to C9."""
    sign_in(client, emi)
    page = client.get(at(circles.learning)).text
    for words in (
        "Que aprendamos unas de otras", "Formación", "Delegación (hacia arriba)", "Lo que debe cumplirse",
        "Todo rol tiene un final.", "Todavía hay tiempo.", "Devolverlo", "Círculo general",
    ):  # fmt: skip
        assert words in page, words
    Circle.objects.update(opened_on=in_days(-61))
    assert "Ahora no." in client.get(at(circles.learning)).text  # nobody facilitates after 60 days


def test_a_stranger_sees_nothing_and_a_circle_of_others_does_not_exist(client, circles: Circles, carla):
    assert client.get(at(circles.learning)).status_code == 302
    sign_in(client, carla)
    assert client.get(at(circles.learning)).status_code == 404
    assert client.get(f"/sul/circles/{circles.learning.uuid}/").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_pages_ask_the_same_for_3_circles_as_for_30(client, circles: Circles, network, ana, queries, count):
    by = system(network.pk)
    for number in range(count):
        inner = services.open_circle(
            by=by, name={"es": f"Círculo {number}"}, aim={"es": "x"}, parent=circles.general,
            members=[circles.people["dora"]],
        )  # fmt: skip
        services.open_circle(
            by=by, kind=Kind.WORKING_GROUP, name={"es": f"Grupo {number}"}, aim={"es": "x"}, parent=inner,
            reports_every=1,
        )  # fmt: skip
    sign_in(client, ana)
    with queries(7):  # session, network, participant, groups, seats, reports, model
        page = client.get("/andina/circles/")
    assert page.text.count("Círculo ") > count
    with queries(7):  # session, network, participant, groups, seats, domain, what flows
        client.get(at(circles.learning))
    with queries(6):
        client.get(at(circles.general))


def test_opening_a_group_from_a_pattern(client, circles: Circles, ana, network):
    """Growth, learning, communication and care are there to begin from. Source: GOV-24, GOV-21."""
    sign_in(client, ana)
    page = client.get(f"/andina/circles/open/?in={circles.general.uuid}").text
    for pattern in ("growth", "learning", "communication", "care"):
        assert f"?pattern={pattern}" in page
    page = client.get(f"/andina/circles/open/?pattern=growth&in={circles.general.uuid}").text
    assert "Crecimiento" in page
    address = f"/andina/circles/open/?in={circles.general.uuid}"
    said = {
        "kind": "CIRCLE",
        "name": "Crecimiento",
        "aim": "Que lleguen",
        "domain": "Cómo invitamos\nCómo recibimos",
    }
    late = client.post(address, {**said, "kind": "HELPING"})
    assert late.status_code == 422
    assert "Cómo recibimos" in late.text
    part = selectors.free_parts(circles.general)[0]
    answer = client.post(
        address, {**said, "handed_down": part.pk, "joins": "on", "entry": str(circles.decision)}
    )
    assert answer.status_code == 303
    made = Circle.objects.get(name__es="Crecimiento")
    assert answer.url == at(made)
    assert made.domain.count() == 3
    assert [one.name for one in selectors.members_of(made)] == ["Ana"]
    assert client.post(address, {**said, "kind": "RING"}).status_code == 422
    assert client.get("/andina/circles/open/?in=nonsense").status_code == 200


def test_a_helping_circle_ends_by_itself(client, circles: Circles, ana, beto):
    """Source: C7."""
    sign_in(client, beto)
    address = f"/andina/circles/open/?in={circles.learning.uuid}"
    said = {
        "kind": "HELPING",
        "name": "Elegir sala",
        "aim": "Una sala",
        "expires_on": in_days(10).isoformat(),
    }
    assert client.post(address, said).status_code == 303
    gone = {**said, "name": "Otra sala", "expires_on": in_days(-10).isoformat()}
    assert "termina un día que está por venir" in client.post(address, gone).text
    assert client.post(address, {**gone, "kind": "WORKING_GROUP", "name": "Mesa"}).status_code == 303
    assert Circle.objects.get(name__es="Mesa").expires_on is None  # only a helping circle ends by itself
    made = Circle.objects.get(kind=Kind.HELPING)
    page = client.get(at(made)).text
    assert "Es para una tarea y hasta un día." in page
    assert f"/circles/open/?in={made.uuid}" not in page  # nothing lies in it
    assert client.get(f"/andina/circles/open/?in={made.uuid}").status_code == 403
    with clock.at(clock.now() + timedelta(days=11)):
        sign_in(client, beto)
        assert "cerrado" in client.get(at(made)).text
        assert "Elegir sala" not in client.get("/andina/circles/").text


def test_what_a_group_is_for_is_changed_by_those_who_keep_it(client, circles: Circles, beto, dora):
    sign_in(client, dora)
    assert client.get(at(circles.learning, "change/")).status_code == 403
    sign_in(client, beto)
    said = {
        "name": "Aprender", "aim": "Que aprendamos", "domain": "Talleres", "policies": "Nos vemos los martes",
        "regime": "TEST", "term_months": "6", "reports_every": "",
    }  # fmt: skip
    assert client.post(at(circles.learning, "change/"), {**said, "term_months": "x"}).status_code == 422
    assert client.post(at(circles.learning, "change/"), said).status_code == 303
    page = client.get(at(circles.learning)).text
    for words in ("Aprender", "Nos vemos los martes", "Talleres", "Formación"):
        assert words in page
    assert "no es" not in page
    assert Entry.objects.filter(kind="governance.circle_changed").exists()


def test_joining_leaving_and_resigning(client, circles: Circles, network, beto, emi):
    """Whoever wants in asks; the circle's people answer; a seat is given back by whoever holds it."""
    zoe = add_person(network, "Zoe")
    sign_in(client, zoe)
    assert client.post(at(circles.learning, "join/")).status_code == 303
    ask = Ask.objects.get(kind="seat")
    assert ask.person_id == beto.person_id
    sign_in(client, beto)
    page = client.get(ask.path)
    assert 'value="Zoe"' in page.text
    said = {"who": "nobody", "role": "MEMBER", "until": "", "entry": ""}
    assert client.post(at(circles.learning, "seat/"), said).status_code == 422
    assert client.post(at(circles.learning, "seat/"), {**said, "who": "zoe"}).status_code == 303
    assert Ask.objects.get(pk=ask.pk).closed_because == "DONE"
    assert client.post(at(circles.learning, "seat/"), {**said, "who": "zoe"}).status_code == 422
    sign_in(client, emi)
    delegate = Seat.objects.get(role=Role.DELEGATE)
    address = f"/andina/circles/seats/{delegate.uuid}/end/"
    assert "Devolver" in client.get(address).text
    assert client.post(address, {"confirmed": "yes"}).status_code == 303
    assert Seat.objects.get(pk=delegate.pk).ended_why == Ended.RESIGNED
    sign_in(client, beto)
    mine = Seat.objects.get(role=Role.MEMBER, circle=circles.learning, participant=of(zoe))
    address = f"/andina/circles/seats/{mine.uuid}/end/"
    assert client.post(address, {"confirmed": "yes"}).status_code == 422  # removed only by a decision
    assert client.post(address, {"confirmed": "yes", "entry": str(circles.decision)}).status_code == 303


def test_closing_a_group_asks_first_and_keeps_its_page(client, circles: Circles, beto):
    sign_in(client, beto)
    assert "¿Cerrar este grupo?" in client.get(at(circles.learning, "close/")).text
    assert client.post(at(circles.learning, "close/"), {"why": ""}).status_code == 422
    assert client.post(at(circles.learning, "close/"), {"why": "Ya está"}).status_code == 303
    assert "cerrado" in client.get(at(circles.learning)).text
    assert client.get(at(circles.learning, "change/")).status_code == 403


def test_a_horizontal_network_begins_with_a_circle_around_all(client, network, ana):
    """Source: GOV-07."""
    Governance.objects.update(model=Model.HORIZONTAL)
    sign_in(client, ana)
    said = {"kind": "CIRCLE", "name": "General", "aim": "Todo", "domain": "", "joins": "on", "entry": ""}
    assert client.post("/andina/circles/open/", said).status_code == 303
    assert client.post("/andina/circles/open/", {**said, "name": "Otro"}).status_code == 303
    assert Circle.objects.get(name__es="Otro").parent == Circle.objects.get(name__es="General")


def test_the_four_rules_stand_together_in_a_horizontal_network(client, circles: Circles, network, ana):
    """Consensus, circles, double linkage and open choice: all four or none. Source: GOV-08, GOV-07."""
    sign_in(client, ana)
    assert "Las cuatro reglas" not in client.get("/andina/circles/").text
    Governance.objects.update(model=Model.HORIZONTAL)
    page = client.get("/andina/circles/").text
    assert "Las cuatro reglas" in page
    assert "Ahora no." not in page
    services.end_seat(by=system(network.pk), seat=Seat.objects.get(role=Role.LEADER), why=Ended.RESIGNED)
    assert client.get("/andina/circles/").text.count("Ahora no.") == 1
    proposal = decisions.propose(
        by=ana, title={"es": "x"}, summary={"es": "y"}, body={"es": ""}, matter=Matter.STRATEGIC
    )
    opened = decisions.open_round(by=ana, proposal=proposal)
    assert opened.model == Model.HORIZONTAL
    with pytest.raises(Refused):
        decisions.open_vote(by=ana, proposal=proposal)


def test_a_circle_decides_does_and_evaluates_as_three_lists(client, circles: Circles, ana, queries):
    """Source: GOV-12, GOV-28."""
    said = {
        "summary": {"es": "y"},
        "body": {"es": ""},
        "matter": Matter.OPERATIONAL,
        "leading_team": "aprendizaje",
    }
    decisions.propose(by=ana, title={"es": "Taller de mapas"}, **said)
    decisions.propose(by=ana, title={"es": "De otra"}, **{**said, "leading_team": "Otra"})
    done = decisions.propose(by=ana, title={"es": "Una biblioteca"}, **said)
    opened = decisions.open_round(by=ana, proposal=done)
    for elector in opened.electors.select_related("membership"):
        actor = replace(ana, membership_id=elector.membership_id)
        decisions.answer(by=actor, round=opened, position=Position.AGREE)
    done.refresh_from_db()
    decisions.plan_task(
        by=ana, proposal=done, what="Juntar las guías", owner=circles.people["beto"], due_on=in_days(9)
    )
    sign_in(client, ana)
    with queries(8):  # session, network, participant, circle, proposals, tasks, agreements
        page = client.get(at(circles.learning, "work/")).text
    for words in ("Taller de mapas", "Juntar las guías", "Una biblioteca", "Decide", "Hace", "Evalúa"):
        assert words in page, words
    assert "De otra" not in page
    assert 'value="Aprendizaje"' in client.get("/andina/decisions/new/?team=Aprendizaje").text
