"""Ties: said by one side and confirmed by the other; programs and circles that organizations share; the matrix."""

import gzip
from datetime import timedelta

import pytest

from tequio.atlas import selectors, services
from tequio.atlas.drawing import ego
from tequio.atlas.models import Tie, TieState
from tequio.atlas.rules.ties import Reason, Why, among, neighbors
from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.governance import services as governance
from tequio.governance.rules import Role
from tequio.notify.models import Ask
from tequio.people import services as people
from tequio.people.models import Organization, Program, ProgramPart
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.governance.world import in_days


def declared(andina, **more):
    other = Organization.objects.get(name="La Asamblea")
    asked = {"what": "Un laboratorio ciudadano", "language": "es"} | more
    return services.declare_tie(by=andina.ana, network=andina.network, other=other, **asked)


def reasons(actor):
    own = selectors.own_organization(actor)
    return [
        (one.organization.name, [why.why for why in one.reasons])
        for one in selectors.around(actor, own, on=clock.today())
    ]


def test_groups_become_pairs_with_their_reasons():
    """Source: CTX-04."""
    program, circle = Reason(Why.PROGRAM, "Residencias", 1), Reason(Why.CIRCLE, "Cuidado", 2)
    edges = among([(circle, [3, 1, 2, 2]), (program, [2, 1])])
    assert edges == {(1, 2): [program, circle], (1, 3): [circle], (2, 3): [circle]}
    assert [one for one, _why in neighbors(edges, 2)] == [1, 3]


def test_nobody_else_sees_a_tie_before_both_said_yes(andina, network):
    """Source: XCT-02."""
    tie = declared(andina, public=True)
    assert reasons(andina.ana) == reasons(andina.beto) == []
    told = Entry.objects.get(kind="atlas.tie_declared").payload.facts
    assert "La Asamblea" not in str(told)
    assert set(Ask.objects.filter(kind="tie", closed_at=None).values_list("person_id", flat=True)) == {
        andina.beto.person_id,
        andina.dora.person_id,
    }
    services.answer_tie(by=andina.beto, tie=tie, agree=True)
    assert reasons(andina.ana) == [("La Asamblea", [Why.DECLARED])]
    assert reasons(andina.beto) == [("Barrio Vivo", [Why.DECLARED])]
    assert not Ask.objects.filter(kind="tie", closed_at=None).exists()
    assert selectors.public_ties() == []  # neither lets strangers know its name
    Organization.objects.update(shows={"name": "EVERYBODY"})
    assert selectors.public_ties() == [tie]


def test_a_no_takes_the_words_away_and_a_new_one_may_be_asked(andina, network):
    """Source: XCT-02."""
    tie = services.answer_tie(by=andina.dora, tie=declared(andina), agree=False)
    assert (tie.state, tie.what) == (TieState.DECLINED, "")
    with pytest.raises(Refused):
        services.answer_tie(by=andina.beto, tie=tie, agree=True)
    assert declared(andina).state == TieState.ASKED


def test_who_may_not_is_refused_with_a_reason(andina, network, carla):
    tie = declared(andina)
    with pytest.raises(Refused):
        declared(andina)
    with pytest.raises(Refused):
        services.answer_tie(by=andina.ana, tie=tie, agree=True)
    with pytest.raises(Refused):
        services.end_tie(by=andina.beto, tie=tie)
    alone = people.record_organization(by=andina.ana, name="Sin gente")
    with pytest.raises(Refused):
        services.declare_tie(by=andina.ana, network=andina.network, other=alone, what="x", language="es")
    assert selectors.tie(andina.beto, tie.uuid) == tie


def test_either_side_undoes_it(andina, network):
    tie = services.answer_tie(by=andina.beto, tie=declared(andina), agree=True)
    services.end_tie(by=andina.beto, tie=tie)
    assert reasons(andina.ana) == []
    assert Entry.objects.filter(kind="atlas.tie_ended").count() == 1
    back = services.end_tie(by=andina.ana, tie=declared(andina))
    assert (back.state, back.what) == (TieState.TAKEN_BACK, "")


def in_a_program(andina, *names):
    from datetime import date

    made = people.record_program(
        by=andina.ana, title={"es": "Residencias"}, about={}, first_on=date(2026, 1, 1), last_on=date(2026, 3, 31),
        stages=[], language="es",
    )  # fmt: skip
    for name in names:
        people.join_program(
            by=andina.ana, program=made, organization=Organization.objects.get(name=name), role="HOST"
        )


def test_programs_tie_organizations(andina, network):
    """Source: CTX-04, CTX-05."""
    in_a_program(andina, "Barrio Vivo", "La Asamblea")
    assert reasons(andina.ana) == [("La Asamblea", [Why.PROGRAM])]
    named, edges, more = selectors.matrix(
        andina.ana, selectors.tied(andina.ana, on=clock.today()), on=clock.today(), page=1
    )
    assert ([one.name for one in named], len(edges), more) == (["Barrio Vivo", "La Asamblea"], 1, False)


def test_circles_in_common_tie_the_organizations_of_their_people(client, circles, andina):
    """Once a circle, however many sit there; not the circle around all; until a seat ends. Source: CTX-04, CTX-05."""
    assert reasons(andina.ana) == reasons(andina.beto) == []  # they share nothing but the circle around all
    governance.seat(
        by=system(andina.network.pk), circle=circles.learning, participant=circles.people["ana"],
        role=Role.MEMBER, until=in_days(30), entry=circles.decision,
    )  # fmt: skip
    assert reasons(andina.ana) == [("La Asamblea", [Why.CIRCLE])]  # two of its people, one of them leading
    assert reasons(andina.beto) == [("Barrio Vivo", [Why.CIRCLE])]
    own = selectors.own_organization(andina.ana)
    assert selectors.around(andina.ana, own, on=in_days(31)) == []
    in_a_program(andina, "Barrio Vivo", "La Asamblea")
    assert reasons(andina.ana) == [("La Asamblea", [Why.PROGRAM, Why.CIRCLE])]
    sign_in(client, andina.ana)
    page = client.get("/andina/atlas/ties/").text
    assert "En el mismo círculo: Aprendizaje" in page
    assert "En el mismo programa: Residencias" in page
    narrowed = f"?circle={circles.learning.uuid}"
    assert "2 vínculos" in client.get(f"/andina/atlas/matrix/{narrowed}").text
    rows = client.get(f"/andina/atlas/tables/matrix.csv{narrowed}").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == ["Barrio Vivo,0,2", "La Asamblea,2,0"]
    told = client.get("/andina/atlas/tables/ties.json").json()["rows"]
    assert [(row["why"], row["words"]) for row in told] == [
        ("CIRCLE", "Aprendizaje"),
        ("PROGRAM", "Residencias"),
    ]


def test_every_name_is_written_in_the_picture():
    """At 320 px too: eight names around one are drawn no wider than that."""
    drawn = ego("Barrio Vivo", [(f"Organización {n}", n % 2 == 0) for n in range(8)], words="…")
    assert all(f">{n}<" in drawn or f" {n}<" in drawn for n in range(8))
    width = int(drawn.split('width="')[1].split('"')[0])
    assert width <= 330


def test_the_pages_take_a_tie_from_one_side_to_the_other(client, andina, network, queries):
    """Source: XCT-02, CTX-04."""
    sign_in(client, andina.ana)
    refused = client.post("/andina/atlas/ties/new/", {"name": "Nadie", "what": "Algo"})
    assert refused.status_code == 422
    sent = {"name": "la asamblea", "what": "Un laboratorio", "since_on": "2025-03-01"}
    assert client.post("/andina/atlas/ties/new/", sent).status_code == 303
    tie = Tie.objects.get()
    assert client.get(f"/andina/atlas/ties/{tie.uuid}/end/").status_code == 200
    assert client.get(f"/andina/atlas/ties/{tie.uuid}/answer/").status_code == 403
    sign_in(client, andina.beto)
    page = client.get(f"/andina/atlas/ties/{tie.uuid}/answer/").content.decode()
    assert "Un laboratorio" in page
    assert client.post(f"/andina/atlas/ties/{tie.uuid}/answer/", {}).status_code == 422
    assert client.post(f"/andina/atlas/ties/{tie.uuid}/answer/", {"answer": "yes"}).status_code == 303
    with queries(7):
        client.get("/andina/atlas/ties/")
    for path in ("ties/", "matrix/", f"ties/of/{tie.one.uuid}/", "matrix/?country=CO&page=2&circle=x"):
        assert client.get(f"/andina/atlas/{path}").status_code == 200
    page = client.get("/andina/atlas/matrix/").content.decode()
    assert 'scope="row"' in page
    assert "1 vínculo" in page
    done = client.post(f"/andina/atlas/ties/{tie.uuid}/end/", {"confirmed": "yes"})
    assert done.status_code == 303


def test_a_hundred_organizations_of_all_kinds_of_ties_fit_one_small_page(client, circles, andina, network):
    """Declared, in a program, in a circle: each counts one; the picture has its list, the page 14 KB. Source: CTX-04, CTX-05."""
    tie = declared(andina)
    services.answer_tie(by=andina.beto, tie=tie, agree=True)
    ours = Organization.objects.get(name="Barrio Vivo")
    on = clock.today()
    program = Program.objects.create(
        title={"es": "Residencias"}, starts_on=on, ends_on=on + timedelta(days=30)
    )
    made = [
        Organization(name=f"Organización comunitaria {n}", folded=f"organizacion {n}", created_at=clock.now())
        for n in range(100)
    ]
    Organization.objects.bulk_create(made)
    ProgramPart.objects.bulk_create(ProgramPart(program=program, organization=one) for one in [ours, *made])
    sign_in(client, andina.ana)
    pages = {name: client.get(f"/andina/atlas/{name}/") for name in ("ties", "matrix")}
    for page in pages.values():
        assert (
            len(gzip.compress(page.content)) <= 14 * 1024
        )  # with the stylesheet, which a first visit brings along
    assert pages["matrix"].context["after"]
    rows = selectors.around(andina.ana, ours, on=on)
    kinds = {reason.why for row in rows for reason in row.reasons}
    assert {Why.DECLARED, Why.PROGRAM} <= kinds
    assert len(rows) >= 101
