"""Lots in a network: the list, odds, the announced number, the draw, and who takes the seats."""

import json
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.elections import selectors, services, tasks
from tequio.elections.formats.beacons import fetch_signature
from tequio.elections.models import Entrant, Lot, LotState
from tequio.elections.rules import lot_facts
from tequio.elections.rules.lots import Quota
from tequio.elections.views.lots_words import said_problem
from tequio.governance.models import Seat
from tequio.networks.models import Governance
from tequio.notify.models import Ask
from tequio.people.models import Organization, Participant
from tests.conftest import sign_in
from tests.elections.lots_world import (
    CLOSED_AT,
    DRAWN_AT,
    OPENED_AT,
    PUBLISHED_AT,
    ROUND,
    SIGNATURE,
    actor,
    announce,
    body,
    close_lot,
    close_lot_jobs,
    drawn,
    entrant,
    facts_of,
    open_lot,
)

# --- the list -------------------------------------------------------------------------------------------------


def test_the_list_is_everybody_and_each_is_asked_to_look_at_their_row(seven, ana, beto):
    lot = open_lot(ana, features=["country", "size", "gender"])

    assert lot.correct_until == OPENED_AT + timedelta(hours=72)
    assert Entrant.objects.filter(lot=lot).count() == 7
    assert entrant(lot, "Elsa").values == {"country": "CO", "size": "SMALL", "gender": "-"}
    assert Ask.objects.filter(kind="lot", closed_at=None).count() == 7
    assert facts_of("elections.lot_opened")["entrants"] == 7
    with clock.at(OPENED_AT):
        row = entrant(lot, "Beto")
        services.correct_row(by=beto, entrant=row, values={"country": "AR", "gender": "MAN", "other": "x"})
    row.refresh_from_db()
    assert row.values == {"country": "AR", "size": "-", "gender": "MAN"}
    assert Ask.objects.filter(kind="lot", closed_at=None).count() == 6
    with pytest.raises(Refused):
        services.correct_row(by=beto, entrant=entrant(lot, "Ana"), values={})
    with pytest.raises(Refused):
        open_lot(beto)


def test_whoever_leaves_is_not_drawn_and_the_list_stays_open_three_days(seven, ana, beto):
    lot = open_lot(ana, size=6)
    with clock.at(OPENED_AT):
        services.leave_lot(by=beto, entrant=entrant(lot, "Beto"))
        with pytest.raises(Refused, match="tres días"):
            services.freeze_lot(by=ana, lot=lot)
    close_lot(ana, lot)

    assert lot.state == LotState.READY
    assert len(lot.odds["pool"]) == 6
    assert entrant(lot, "Beto").code not in json.dumps(lot.odds)
    with pytest.raises(Refused):
        services.correct_row(by=beto, entrant=entrant(lot, "Beto"), values={})
    with pytest.raises(Refused):
        open_lot(ana, size=8)


def test_whoever_asks_for_erasure_leaves_nothing_in_the_lists(seven, ana, beto):
    lot = open_lot(ana, features=["country", "gender"])
    with clock.at(OPENED_AT):
        services.correct_row(by=beto, entrant=entrant(lot, "Beto"), values={"country": "AR", "gender": "MAN"})
    services.forget_rows(participant=Participant.objects.get(pk=beto.participant_id))
    row = entrant(lot, "Beto")
    assert row.values == {}
    assert row.left_at


def test_the_odds_with_quotas_are_computed_by_the_worker_and_checked(seven, ana):
    lot = open_lot(ana, size=3, features=["country", "size"])
    wanted = [Quota("country", "CO", 1, 1), Quota("country", "MX", 2, 2)]
    services.set_quotas(by=ana, lot=lot, quotas=wanted)
    with clock.at(CLOSED_AT):
        services.freeze_lot(by=ana, lot=lot)
    lot.refresh_from_db()
    assert lot.state == LotState.COMPUTING
    close_lot_jobs(lot)

    assert lot.state == LotState.READY
    shares = selectors.document(lot, stranger=False)["odds"]
    assert shares[entrant(lot, "Elsa").code] == 0.25
    assert shares[entrant(lot, "Ana").code] == pytest.approx(2 / 3, abs=0.0001)
    assert facts_of("elections.odds_published")["commitment"] == lot_facts.commitment_of(lot.odds)


def test_quotas_that_no_panel_keeps_come_back_with_the_smallest_change(seven, ana):
    lot = open_lot(ana, size=2, features=["country", "size"])
    impossible = [Quota("country", "CO", 2, 2), Quota("size", "LARGE", 1, 2)]
    services.set_quotas(by=ana, lot=lot, quotas=impossible)
    close_lot(ana, lot)
    assert lot.state == LotState.OPEN
    assert lot.problem["code"] == "quotas_clash"
    assert lot.problem["changes"]
    with clock.at(CLOSED_AT), pytest.raises(Refused):
        services.set_quotas(by=ana, lot=lot, quotas=[Quota("country", "CO", 3, 2)])
    services.set_quotas(by=ana, lot=lot, quotas=[Quota("country", "CO", 5, 9)])
    close_lot(ana, lot)
    assert lot.state == LotState.OPEN
    with translation.override("es"):
        assert said_problem(lot).startswith("País, Colombia: la cuota pide al menos 5, y en la lista hay ")


def test_a_list_that_became_too_short_says_so_instead_of_closing(client, seven, ana, beto):
    lot = open_lot(ana, size=7)
    with clock.at(OPENED_AT):
        services.leave_lot(by=beto, entrant=entrant(lot, "Beto"))
    sign_in(client, ana)
    with clock.at(CLOSED_AT):
        page = client.post(f"/andina/lots/{lot.uuid}/close/", follow=True, headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "The panel wants 7, and the pool has 6." in page.text


# --- the number -----------------------------------------------------------------------------------------------


def test_a_lot_is_drawn_once_with_the_announced_number_and_no_other(seven, ana, beto):
    """Source: GOV-18."""
    lot = close_lot(ana, open_lot(ana))
    with clock.at(CLOSED_AT):
        for soon in (timedelta(hours=23), timedelta(days=70)):
            with pytest.raises(Refused):
                services.announce_draw(by=ana, lot=lot, at=CLOSED_AT + soon)
    announce(ana, lot)
    lot.refresh_from_db()
    assert (lot.round, lot.draws_at) == (ROUND, PUBLISHED_AT)
    told = facts_of("elections.draw_announced")
    assert (told["round"], told["commitment"]) == (ROUND, lot.commitment)
    with clock.at(CLOSED_AT), pytest.raises(Refused):
        services.draw_lots(by=ana, lot=lot, signature=SIGNATURE)
    with clock.at(DRAWN_AT):
        for wrong in ("", "00" * 48, SIGNATURE[:-2] + "00"):
            with pytest.raises(Refused):
                services.draw_lots(by=beto, lot=lot, signature=wrong)
        services.draw_lots(by=beto, lot=lot, signature=f" {SIGNATURE.upper()}\n")
        with pytest.raises(Refused):
            services.draw_lots(by=ana, lot=lot, signature=SIGNATURE)

    lot.refresh_from_db()
    facts = facts_of("elections.lot_drawn")
    assert lot_facts.recompute(facts) == []
    assert lot_facts.recompute(facts | {"panel": facts["reserves"][:2]})
    places = Entrant.objects.filter(lot=lot).order_by("place").values_list("code", flat=True)
    assert list(places) == [*facts["panel"], *facts["reserves"]]
    assert "Ana" not in json.dumps(facts), "people stand in the register by their codes"
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(state="ANNOUNCED")


def test_the_worker_fetches_the_number_where_it_may_and_asks_where_it_may_not(
    seven, ana, settings, monkeypatch
):
    """Source: GOV-18: nothing is fetched unless the installation says from where."""
    asked = []

    def fetched(address, *, chain, round_number):
        asked.append((address, round_number))
        return SIGNATURE if address.startswith("https://beacon") else "00"

    monkeypatch.setattr("tequio.elections.tasks.fetch_signature", fetched)
    lot = close_lot(ana, open_lot(ana))
    announce(ana, lot)
    facts = {"network_id": lot.network_id, "lot_id": lot.pk}
    with clock.at(DRAWN_AT):
        tasks.ask_for_number(**facts)
        assert asked == []
        assert Ask.objects.filter(kind="draw", closed_at=None).count() == 1
        settings.BEACON_URL = "https://wrong.example"
        tasks.ask_for_number(**facts)
        lot.refresh_from_db()
        assert lot.state == LotState.ANNOUNCED
        settings.BEACON_URL = "https://beacon.example"
        tasks.ask_for_number(**facts)
        tasks.ask_for_number(**facts)
        lot.refresh_from_db()
        assert lot.state == LotState.DRAWN
        with pytest.raises(Refused):
            services.draw_lots(by=system(lot.network_id), lot=lot, signature=SIGNATURE)
    assert [number for _address, number in asked] == [ROUND, ROUND]
    assert not Ask.objects.filter(kind="draw", closed_at=None).exists()


def test_what_a_beacon_server_answers_is_read_or_left(tmp_path):
    for text, found in (('{"signature": "ab"}', "ab"), ('{"signature": 7}', ""), ("[]", ""), ("<html>", "")):
        with serving(text) as address:
            assert fetch_signature(address, chain="c", round_number=1) == found
    assert fetch_signature("file:///etc", chain="c", round_number=1) == ""
    assert fetch_signature("http://127.0.0.1:9", chain="c", round_number=1) == ""


@contextmanager
def serving(text):
    """Serve one text to whoever asks, on an address of this machine."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *words):
            """Be silent."""

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_another_draw_needs_a_public_reason_and_is_counted(seven, ana, beto):
    lot = open_lot(ana)
    with pytest.raises(Refused):
        open_lot(ana, again_of=lot, reason="Otra vez")
    with clock.at(OPENED_AT):
        with pytest.raises(Refused):
            services.cancel_lot(by=ana, lot=lot, why=" ")
        with pytest.raises(Refused):
            services.cancel_lot(by=beto, lot=lot, why="No me gusta")
        services.cancel_lot(by=ana, lot=lot, why="La lista tenía errores")
    lot.refresh_from_db()
    with pytest.raises(Refused):
        open_lot(ana, again_of=lot, reason=" ")
    second = open_lot(ana, again_of=lot, reason="La lista tenía errores")
    assert (second.turn, second.again_of_id) == (2, lot.pk)
    with pytest.raises(Refused):
        open_lot(ana, again_of=lot, reason="Una más")
    drawn(ana, second)
    with clock.at(DRAWN_AT), pytest.raises(Refused):
        services.cancel_lot(by=ana, lot=second, why="Salió quien no quería")


# --- the seats ------------------------------------------------------------------------------------------------


def test_whoever_accepts_takes_the_seat_and_a_refusal_lets_the_next_reserve_in(seven, ana):
    """Source: GOV-17, GOV-18, GOV-19."""
    Governance.objects.update(mandate_months=12)
    coordination = body(ana)
    lot = drawn(ana, open_lot(ana, body=coordination, size=3))
    names = list(
        Entrant.objects.filter(lot=lot).order_by("place").values_list("participant__name", flat=True)
    )
    with clock.at(DRAWN_AT):
        services.answer_seat(by=actor(names[0]), entrant=entrant(lot, names[0]), accepts=True)
        services.answer_seat(by=actor(names[1]), entrant=entrant(lot, names[1]), accepts=False)
        for wrong in (names[0], names[1], names[4]):
            with pytest.raises(Refused):
                services.answer_seat(by=actor(wrong), entrant=entrant(lot, wrong), accepts=True)
        with pytest.raises(Refused):
            services.answer_seat(
                by=ana, entrant=entrant(lot, next(n for n in names if n != "Ana")), accepts=True
            )
        assert entrant(lot, names[3]).asked_at
        services.answer_seat(by=actor(names[3]), entrant=entrant(lot, names[3]), accepts=True)
    seats = Seat.objects.filter(circle=coordination, entry=lot.entry)
    assert {seat.participant.name for seat in seats} == {names[0], names[3]}
    assert {(seat.until - seat.since).days for seat in seats} == {366}
    assert facts_of("elections.seat_refused")["came"] == entrant(lot, names[3]).code
    with clock.at(DRAWN_AT), pytest.raises(Refused):
        services.pass_over(by=ana, entrant=entrant(lot, names[2]))
    with clock.at(DRAWN_AT + timedelta(days=8)):
        services.pass_over(by=ana, entrant=entrant(lot, names[2]))
    assert entrant(lot, names[2]).answer == "SILENT"
    assert entrant(lot, names[4]).asked_at
    with pytest.raises(Refused, match="Ya hubo"):
        open_lot(ana, at=DRAWN_AT, body=coordination, size=3)


def test_whoever_has_had_their_mandates_is_not_on_the_list(seven, ana, beto):
    """Source: GOV-20."""
    Governance.objects.update(mandate_months=12, mandate_renewable=False)
    coordination = body(ana)
    seated = Participant.objects.get(pk=beto.participant_id)
    with clock.at(OPENED_AT - timedelta(days=1)):
        Seat.objects.create(
            circle=coordination, participant=seated, role="MEMBER",
            since=(OPENED_AT - timedelta(days=365)).date(), until=(OPENED_AT + timedelta(days=1)).date(),
        )  # fmt: skip
    lot = open_lot(ana, body=coordination)

    names = set(Entrant.objects.filter(lot=lot).values_list("participant__name", flat=True))
    assert "Beto" not in names
    assert len(names) == 6


def test_organizations_are_drawn_by_name_and_their_voice_accepts(seven, ana, beto):
    lot = drawn(ana, open_lot(ana, of="ORGANIZATIONS", size=3))
    facts = facts_of("elections.lot_drawn")
    assert {"Barrio Vivo", "La Asamblea", "Raíces"} == set(facts["drawn"].split(", "))
    row = Entrant.objects.select_related("lot").get(lot=lot, membership__name="La Asamblea")
    with clock.at(DRAWN_AT):
        with pytest.raises(Refused):
            services.answer_seat(by=ana, entrant=row, accepts=True)
        services.answer_seat(by=beto, entrant=row, accepts=True)
    row.refresh_from_db()
    assert row.answer == "ACCEPTED"


def test_a_seat_that_nobody_can_take_is_told_as_empty(client, seven, ana):
    """The only one from Colombia refuses: without them no panel keeps the quota. Source: GOV-18."""
    Organization.objects.exclude(name="Raíces").update(country="MX")
    lot = open_lot(ana, size=2, features=["country"])
    with clock.at(OPENED_AT):
        for name in ("Elsa", "Fabio", "Gema", "Hugo"):
            row = entrant(lot, name)
            services.correct_row(
                by=actor(name), entrant=row, values={"country": "CO" if name == "Elsa" else "MX"}
            )
    services.set_quotas(by=ana, lot=lot, quotas=[Quota("country", "CO", 1, 1)])
    drawn(ana, lot)
    elsa = entrant(lot, "Elsa")
    assert elsa.asked_at
    sign_in(client, ana)
    english = {"accept-language": "en"}
    assert "stays empty" not in client.get(f"/andina/lots/{lot.uuid}/", headers=english).text
    with clock.at(DRAWN_AT):
        services.answer_seat(by=actor("Elsa"), entrant=elsa, accepts=False)
    page = client.get(f"/andina/lots/{lot.uuid}/", headers=english).text
    assert "1 seat stays empty" in page
    assert "comes in:" not in page
