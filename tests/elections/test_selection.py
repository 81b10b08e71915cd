"""The next selection of the coordination, which the clock prepares 60 days before a mandate ends."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.elections import services
from tequio.elections.models import Ballot, Entrant, Lot, LotState
from tequio.governance import services as governance
from tequio.governance.models import Seat
from tequio.networks.models import Governance
from tequio.notify.models import Ask
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.governance.world import in_days, of, open_body


def near_the_end(network, body, run_jobs):
    """Let the clock look after the terms 60 days before the mandates of a body end, and return that moment."""
    until = Seat.objects.filter(circle=body).first().until
    moment = clock.now() + timedelta(days=(until - in_days(0)).days - 60)
    with clock.at(moment):
        governance.look_after_terms(network=network)
        run_jobs()
        governance.look_after_terms(network=network)
        run_jobs()
    return moment, until


def test_an_election_is_prepared_once_and_everybody_sees_it_coming(client, network, ana, beto, run_jobs):
    """Source: GOV-19; issue 4, 7."""
    Governance.objects.update(coordination_by_lot=False, mandate_months=12)
    body = open_body(network, members=[of(ana), of(beto)])
    moment, until = near_the_end(network, body, run_jobs)

    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.kind, ballot.seats, ballot.secret) == ("DRAFT", "RANKED_SEATS", 2, True)
    assert (ballot.body, ballot.role, ballot.months) == (body, "MEMBER", 12)
    assert f"de {until.year}." in ballot.about["es"]
    assert Entry.objects.filter(kind="governance.selection_due").count() == 1
    ask = Ask.objects.filter(kind="mandate", closed_at=None).first()
    assert ask.path == f"/andina/ballots/{ballot.number}/"
    assert services.prepare_selection(body=body, until=until) is None
    sign_in(client, beto)
    assert "Próxima coordinación" in client.get("/andina/elections/").text
    assert client.get(ask.path).status_code == 200
    with clock.at(moment):
        for who in (ana, beto):
            services.add_option(by=ana, ballot=ballot, participant=of(who), statement="Quiero cuidar.")
        services.open_ballot(by=ana, ballot=ballot)


def test_where_the_charter_draws_lots_a_lot_is_prepared_and_opened_in_one_step(
    client, seven, network, ana, beto, run_jobs
):
    """Source: GOV-18, GOV-19; issue 4, 7."""
    Governance.objects.update(coordination_by_lot=True)
    body = open_body(network, members=[of(ana)])
    near_the_end(network, body, run_jobs)

    lot = Lot.objects.get()
    assert (lot.state, lot.size, lot.body) == (LotState.DRAFT, 1, body)
    assert not Entrant.objects.exists()
    page = f"/andina/lots/{lot.uuid}/"
    with pytest.raises(Refused):
        services.open_list(by=beto, lot=lot)
    with pytest.raises(Refused):
        services.hold_lot(by=ana, title="Otra", about="", of="PEOPLE", size=1, body=body)
    assert client.get(page).status_code == 200
    sign_in(client, beto)
    assert "Próxima coordinación" in client.get("/andina/elections/").text
    assert client.get(f"{page}open/").status_code == 403
    sign_in(client, ana)
    assert f"{page}open/" in client.get(page).text
    assert client.get(f"{page}open/").status_code == 200
    assert client.post(f"{page}open/", {"confirmed": "yes"}).status_code == 303
    lot.refresh_from_db()
    assert lot.state == LotState.OPEN
    assert lot.correct_until - lot.opened_at == timedelta(hours=72)
    assert Entrant.objects.filter(lot=lot).count() == 7
    with pytest.raises(Refused):
        services.open_list(by=ana, lot=lot)
