"""The pages of a lot, from its list to its seats, and what a stranger takes along."""

import json
from datetime import timedelta

from tequio.cli.main import main
from tequio.core import clock
from tequio.elections import services
from tequio.elections.models import Entrant, Lot
from tequio.elections.rules import drawing, lot_facts
from tequio.governance.models import Seat
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.elections.lots_world import (
    CLOSED_AT,
    DRAWN_AT,
    OPENED_AT,
    PUBLISHED_AT,
    SIGNATURE,
    actor,
    address,
    body,
    close_lot_jobs,
    drawn,
    entrant,
    open_lot,
)
from tests.register.strangers import program
from tests.world import add_member, add_person


def test_a_stranger_verifies_the_download(client, seven, ana, tmp_path, monkeypatch, capsys):
    """Source: GOV-18."""
    lot = drawn(ana, open_lot(ana))
    for page in ("", "steps/"):
        response = client.get(address(lot, page))
        assert response.status_code == 200
        for name in ("Elsa", "Fabio", "Hugo"):
            assert name not in response.text, "strangers see codes"
    file = client.get(address(lot, "lot.json"))
    (tmp_path / "lot.json").write_bytes(file.content)
    monkeypatch.setenv("TEQUIO_HOME", str(tmp_path))
    monkeypatch.setattr("tequio.cli.lottery.speak", lambda: None)
    assert main(["lottery", "verify", str(tmp_path / "lot.json")]) == 0
    assert program.main([str(tmp_path / "lot.json"), "--lang", "en"]) == 0
    assert "its signature was checked" in capsys.readouterr().out
    changed = json.loads(file.content)
    for change in (
        {"draw": changed["draw"] | {"panel": changed["draw"]["panel"][::-1]}},
        {"min": 0.9},
        *({"draw": with_beacon(changed, source)} for source in ({}, [], "", 0, False, ["quicknet"])),
    ):
        (tmp_path / "lot.json").write_text(json.dumps(changed | change))
        assert main(["lottery", "verify", str(tmp_path / "lot.json")]) == 1, change
        assert program.main([str(tmp_path / "lot.json")]) == 1, change


def with_beacon(document, source):
    """Return the draw of a document as it comes out when its number is said to be of this source."""
    draw = document["draw"] | {"beacon": source}
    lot = {key: document[key] for key in lot_facts.LOT_KEYS}
    frozen, panels = lot_facts.read(lot)
    found = drawing.draw(
        frozen, panels, seed=drawing.seed_of(commitment=draw["commitment"], randomness=draw["randomness"])
    )
    return draw | {"ticket": found.ticket, "panel": list(found.panel), "reserves": list(found.reserves)}


def test_members_read_names_in_the_register_where_codes_are_sealed(client, seven, ana, network, queries):
    """Who may open the lot sees who was drawn; what is sealed, and goes out in the export, holds codes alone."""
    lot = open_lot(ana)
    with clock.at(OPENED_AT):
        services.correct_row(by=actor("Elsa"), entrant=entrant(lot, "Elsa"), values={})
    drawn(ana, lot)
    first = Entrant.objects.get(lot=lot, place=1)
    with clock.at(DRAWN_AT):
        services.answer_seat(by=actor(first.participant.name), entrant=first, accepts=False)
    sign_in(client, ana)
    english = {"accept-language": "en"}
    with queries(6):  # session, network, participant, entries, names, checkpoint
        page = client.get("/andina/register/", headers=english)
    corrected = entrant(lot, "Elsa").code
    assert f"{first.participant.name} did not accept the seat" in page.text
    assert f"{corrected} corrected their row" in page.text, "who was not drawn yet stays a code"
    assert first.code not in page.text
    refusal = Entry.objects.get(kind="elections.seat_refused")
    page = client.get(f"/andina/register/{refusal.pk}/", headers=english)
    assert f"{first.participant.name} did not accept the seat" in page.text
    assert f"refused: &quot;{first.code}&quot;" in page.text
    sealed = Entry.objects.get(kind="elections.row_corrected").payload.facts
    assert sealed == {"who": corrected, "code": corrected, "title": lot.title}
    assert refusal.payload.facts["who"] == first.code


def test_the_pages_walk_from_the_list_to_the_seat(client, seven, ana, beto, queries):
    coordination = body(ana)
    sign_in(client, ana)
    with clock.at(OPENED_AT):
        page = client.get("/andina/lots/new/", headers={"accept-language": "en"})
        assert page.status_code == 200
        assert client.post("/andina/lots/new/", {"title": "", "size": "x"}).status_code == 422
        assert (
            client.post("/andina/lots/new/", {"title": "A", "of": "PEOPLE", "size": "99"}).status_code == 422
        )
        made = client.post(
            "/andina/lots/new/",
            {"title": "Coordination", "of": "PEOPLE", "size": "3", "seats": "on", "features": ["country", "gender"]},
        )  # fmt: skip
        lot = Lot.objects.get()
        assert made.status_code == 303
        assert lot.body == coordination
        with queries(6):  # session, network, participant, lot, list, own row
            assert client.get(address(lot)).status_code == 200
        assert client.post(address(lot, "row/"), {"country": "XX", "gender": "WOMAN"}).status_code == 422
        assert client.post(address(lot, "row/"), {"country": "MX", "gender": "WOMAN"}).status_code == 303
        assert client.get(address(lot, "leave/")).status_code == 200
        assert client.get(address(lot, "close/")).status_code == 403
        quotas = client.get(address(lot, "quotas/"))
        assert "country-0-min" in quotas.text
        assert (
            client.post(address(lot, "quotas/"), {"country-0-min": "2", "country-0-max": "1"}).status_code
            == 422
        )
        assert (
            client.post(address(lot, "quotas/"), {"country-0-min": "1", "country-0-max": "2"}).status_code
            == 303
        )
        sign_in(client, beto)
        assert client.get(address(lot, "quotas/")).status_code == 403
        assert client.post(address(lot, "leave/")).status_code == 303
        assert client.post(address(lot, "row/"), {"country": "MX", "gender": "-"}).status_code == 303
    sign_in(client, ana)
    with clock.at(CLOSED_AT):
        assert client.get(address(lot, "close/")).status_code == 200
        assert client.post(address(lot, "close/")).status_code == 303
        assert client.get(address(lot)).status_code == 200
        assert client.get(address(lot, "lot.json")).status_code == 404
        close_lot_jobs(lot)
        assert client.get(address(lot, "announce/")).status_code == 200
        assert client.post(address(lot, "announce/"), {"at": "2023-09-13T12:00"}).status_code == 422
        assert client.post(address(lot, "announce/"), {"at": "x"}).status_code == 422
        services.announce_draw(by=ana, lot=lot, at=PUBLISHED_AT)
        assert "657413" in client.get(address(lot)).text
        assert client.get(address(lot, "draw/")).status_code == 403
    with clock.at(DRAWN_AT):
        assert client.post(address(lot, "draw/"), {"signature": "00"}).status_code == 422
        assert client.post(address(lot, "draw/"), {"signature": SIGNATURE}).status_code == 303
        with queries(7):  # and whether it was drawn again
            page = client.get(address(lot), headers={"accept-language": "en"})
        assert "<svg" in page.text
        first = Entrant.objects.get(lot=lot, place=1).participant
        sign_in(client, actor(first.name))
        assert "Do you accept" in client.get(address(lot), headers={"accept-language": "en"}).text
        assert client.get(address(lot, "leave-seat/")).status_code == 200
        assert client.get(address(lot, "accept/")).status_code == 200
        assert client.post(address(lot, "accept/")).status_code == 303
        assert client.get(address(lot, "accept/")).status_code == 403
    assert Seat.objects.filter(circle=coordination, participant=first).exists()
    with clock.at(DRAWN_AT + timedelta(days=9)):
        sign_in(client, ana)
        second = Entrant.objects.get(lot=lot, place=2)
        assert client.get(address(lot, f"next/{second.code}/")).status_code == 200
        assert client.post(address(lot, f"next/{second.code}/")).status_code == 303
        assert client.get(address(lot, "next/none/")).status_code == 404
        assert client.get(address(lot, "again/")).status_code == 200
        assert client.get(address(lot, "call-off/")).status_code == 403
        assert (
            client.post(address(lot, "again/"), {"title": "A", "of": "PEOPLE", "size": "3"}).status_code
            == 422
        )
        assert client.get("/andina/lots/").status_code == 200


def test_a_lot_of_thirty_costs_a_page_no_more_queries(client, seven, andina, ana, queries):
    member = add_member(andina.network, "Muchas")
    for number in range(23):
        add_person(andina.network, f"Persona{number}", membership=member)
    lot = drawn(ana, open_lot(ana))
    sign_in(client, ana)
    with clock.at(DRAWN_AT), queries(7):
        client.get(address(lot))
