"""The pages of records, of what was agreed, and of what people take along."""

import re

import pytest

from tequio.core import clock
from tequio.decisions import services
from tequio.decisions.models import Outcome
from tequio.decisions.rules import (
    Matter,
    Position,
)
from tequio.networks.models import Governance
from tests.conftest import sign_in
from tests.decisions.world import HOME, crowd, propose, text


def test_the_record_says_rule_numbers_who_and_where_the_register_keeps_it(
    client, ana, beto, opened, page, queries
):
    services.answer(by=ana, round=opened, position=Position.CAN_LIVE_WITH)
    services.answer(by=beto, round=opened, position=Position.CAN_LIVE_WITH, concern="Que sea antes de junio")
    sign_in(client, beto)
    with queries(7):  # session, network, participant, record, files, register entry, rounds
        response = client.get(f"{page}record/", headers={"accept-language": "en"})
    said = text(response)
    for words in (
        "decisions.consent/2",
        "2 of 2 voices answered",
        "Barrio Vivo",
        "Que sea antes de junio",
        "Adopted by consent",
    ):
        assert words in said


def test_what_does_not_exist_is_not_found(client, ana, opened, page):
    sign_in(client, ana)
    for path in (
        "77/",
        "99999999999999999999/",
        "77/record/",
        "1/record/",
        "1/record/9/",
        "1/objections/5/integrate/",
        "1/objections/99999999999999999999/withdraw/",
    ):
        assert client.get(HOME + path).status_code == 404, path


@pytest.mark.parametrize(
    "query",
    [
        "?before=x",
        "?before=-1",
        "?before=999999999999",
        "?words=%00",
        "?words=" + "a" * 500,
        "?state=X",
        "?words=%25_'",
    ],
)
def test_no_query_breaks_the_list(client, ana, query):
    sign_in(client, ana)
    assert client.get(HOME + query).status_code == 200


def test_agreements_are_found_by_their_words(client, ana, beto, opened):
    for by in (ana, beto):
        services.answer(by=by, round=opened, position=Position.CAN_LIVE_WITH)
    sign_in(client, ana)
    assert "Cuota solidaria" in client.get(f"{HOME}?words=cuota").text
    assert "Cuota solidaria" not in client.get(f"{HOME}?words=trueque").text.split('id="agreements"')[1]


def test_the_text_to_paste_says_it_all_in_700_characters(client, ana, beto, opened, page):
    sign_in(client, beto)
    pasted = re.search(r'<textarea id="paste"[^>]*>(.*?)</textarea>', client.get(page).text, re.DOTALL)[1]
    assert len(pasted) <= 700
    for words in ("Cuota solidaria", "Cada organización paga", page):
        assert words in pasted


def test_a_very_long_summary_is_shortened_for_pasting(ana, beto, client):
    long = services.propose(
        by=ana, title={"es": "T" * 150}, summary={"es": "palabra " * 75}, body={}, matter=Matter.STRATEGIC
    )
    opened = services.open_round(by=ana, proposal=long)
    sign_in(client, beto)
    shown = client.get(f"{HOME}{opened.proposal.number}/").text
    assert len(re.search(r'<textarea id="paste"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1]) <= 700


def test_my_calendar_has_an_address_of_its_own_that_i_can_close(client, beto, opened):
    sign_in(client, beto)
    client.post(f"{HOME}calendar/")
    address = re.search(r'http://testserver(/andina/calendar/[^"]+)', client.get(f"{HOME}calendar/").text)[1]
    client.logout()
    feed = client.get(address)
    assert feed.headers["Content-Type"].startswith("text/calendar")
    assert str(opened.uuid) in feed.text
    assert client.get(address[:-6] + "xx.ics").status_code == 404
    assert client.get("/sul" + address.removeprefix("/andina")).status_code == 404

    sign_in(client, beto)
    client.post(f"{HOME}calendar/", {"close": "yes"})
    client.logout()
    assert client.get(address).status_code == 404


def test_the_record_of_a_large_round_has_pages(client, ana, network):
    Governance.objects.update(silence="CONSENTS")
    crowd(network, 110)
    opened = services.open_round(by=ana, proposal=propose(ana))
    services.answer(by=ana, round=opened, position=Position.CAN_LIVE_WITH)
    with clock.at(opened.closes_at):
        services.close_round(by=ana, round=opened)
    sign_in(client, ana)
    assert Outcome.objects.get().numbers["entitled"] == 112
    assert "?page=2" in client.get(f"{HOME}{opened.proposal.number}/record/").text
    assert client.get(f"{HOME}{opened.proposal.number}/record/?page=zzz").status_code == 200
