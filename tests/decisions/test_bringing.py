"""Agreements travel between networks as files with editions, and are looked at before anything is written. Source: P11."""

import json
from io import BytesIO

import pytest

from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.decisions import selectors, services
from tequio.decisions.formats.agreements import LARGEST, Unreadable, read_agreements, write_agreements
from tequio.decisions.models import Finding, Origin, Proposal
from tequio.decisions.rules.book import Arrival, arrival
from tequio.decisions.rules.texts import fingerprint
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.test_book import BOOK, adopt, write
from tests.decisions.world import propose, text

pytestmark = pytest.mark.usefixtures("day_of_the_network")

BRING = "/sul/decisions/in-force/bring/"


@pytest.fixture
def agreement(ana, beto):
    return adopt(ana, beto, propose(ana, term_months=24))


@pytest.fixture
def file(ana, network, agreement):
    return write_agreements(selectors.to_carry(ana, network=network))


def arrives(carla, elsewhere, file):
    """Look at a file in the other network."""
    with network_scope(elsewhere.network.pk):
        return selectors.arriving(carla, read_agreements(file), network=elsewhere.network)


def bring(carla, elsewhere, file, *chosen):
    with network_scope(elsewhere.network.pk):
        return services.bring_agreements(
            by=carla, network=elsewhere.network, bundle=read_agreements(file), chosen=chosen or (0,)
        )


@pytest.mark.parametrize(
    ("edition", "brought", "own", "what"),
    [(1, None, False, Arrival.NEW), (2, 1, False, Arrival.NEWER), (2, 2, False, Arrival.SAME), (1, 2, False, Arrival.OLDER),
     (1, None, True, Arrival.OWN)],
)  # fmt: skip
def test_what_an_edition_is_to_a_network(edition, brought, own, what):
    assert arrival(edition=edition, brought=brought, own=own) is what


def test_the_same_agreements_are_the_same_bytes_and_come_back_as_they_were(ana, network, agreement, file):
    assert write_agreements(selectors.to_carry(ana, network=network)) == file
    bundle = read_agreements(file)
    (one,) = bundle.agreements
    assert (bundle.network, bundle.name) == (network.uuid, network.name)
    assert one.texts["title"] == agreement.version.title
    assert (one.lineage, one.edition, one.term_months) == (agreement.uuid, 1, 24)
    assert one.fingerprint == agreement.version.fingerprint
    assert write_agreements(bundle) == file


def test_only_what_stands_alone_and_is_in_force_travels(ana, beto, network, agreement):
    adopt(ana, beto, write(ana, "Artículo", subject="charter/rounds"))
    adopt(ana, beto, write(ana, "Carta", kind="charter"))
    propose(ana)
    assert [one.number for one in selectors.to_carry(ana, network=network).agreements] == [agreement.number]
    assert selectors.to_carry(ana, network=network, number=10**6) is None


@pytest.mark.parametrize(
    "change",
    [{"edition": 0}, {"edition": True}, {"edition": "1"}, {"lineage": "x"}, {"number": 10**12}, {"matter": "X"},
     {"term_months": 0}, {"decided_on": "2026-13-01"}, {"leading_team": 7}, {"leading_team": "x" * 999}, {"texts": []},
     {"texts": {}}, {"fingerprint": "0" * 64}, {"texts": {"title": {"es": "Otro"}, "summary": {"es": "x"}}},
     {"texts": {"title": {"ES!": "x"}, "summary": {"es": "x"}}}],
)  # fmt: skip
def test_a_file_that_was_changed_is_refused_in_words(file, change):
    content = json.loads(file)
    content["agreements"][0] |= change
    with pytest.raises(Unreadable):
        read_agreements(json.dumps(content).encode())


@pytest.mark.parametrize(
    "raw", [b"", b"x", b"[]", b"{}", b"\xff", b"7", b"[" * 9000, b'{"format": "tequio-agreements/9"}', b'{"format": 1}',
            b'{"format": "tequio-agreements/1"}', b"x" * (LARGEST + 1)],
)  # fmt: skip
def test_other_files_are_refused_in_words(raw):
    with pytest.raises(Unreadable):
        read_agreements(raw)


def test_an_agreement_of_another_network_becomes_a_proposal_and_no_more(
    network, carla, elsewhere, agreement, file
):
    assert [one.arrival for one in arrives(carla, elsewhere, file)] == [Arrival.NEW]
    (made,) = bring(carla, elsewhere, file)
    as_it_was = agreement.version.fingerprint
    with network_scope(elsewhere.network.pk):
        origin = Origin.objects.get()
        assert (origin.lineage, origin.edition, origin.network_uuid) == (agreement.uuid, 1, network.uuid)
        assert (made.state, made.term_months, made.replaces) == ("DRAFT", 24, None)
        assert (
            fingerprint(
                {
                    name: getattr(made.version, name)
                    for name in ("title", "summary", "body", "cost_now", "cost_then")
                }
            )
            == origin.fingerprint
        )
        told = Entry.objects.get(kind="decisions.agreement_brought").facts
        assert told["fingerprint"] == as_it_was
    assert [one.arrival for one in arrives(carla, elsewhere, file)] == [Arrival.SAME]
    with pytest.raises(Refused):
        bring(carla, elsewhere, file)
    with pytest.raises(Refused):
        bring(carla, elsewhere, file, 7)


def test_a_newer_edition_takes_the_place_of_the_one_that_was_adopted(
    ana, beto, network, carla, elsewhere, agreement, file, run_jobs
):
    (made,) = bring(carla, elsewhere, file)
    with network_scope(elsewhere.network.pk):
        opened = services.open_round(by=carla, proposal=made)
        services.answer(by=carla, round=opened, position="AGREE")
        made.refresh_from_db()
        assert made.state == "ADOPTED"
    changed = services.evaluate(
        by=ana, proposal=agreement, finding=Finding.CHANGE, learned="Más simple", follow_up=True
    )
    adopt(ana, beto, changed.follow_up)
    run_jobs()
    second = write_agreements(selectors.to_carry(ana, network=network))
    (one,) = read_agreements(second).agreements
    assert (one.lineage, one.edition) == (agreement.uuid, 2)
    (row,) = arrives(carla, elsewhere, second)
    assert (row.arrival, row.before) == (Arrival.NEWER, made)
    (newer,) = bring(carla, elsewhere, second)
    assert newer.replaces == made
    assert [one.arrival for one in arrives(carla, elsewhere, file)] == [Arrival.OLDER]


def test_a_network_sees_its_own_agreements_as_its_own(ana, network, file):
    (row,) = selectors.arriving(ana, read_agreements(file), network=network)
    assert row.arrival is Arrival.OWN


def test_the_pages_show_everything_before_anything_is_written(client, ana, carla, elsewhere, agreement, file):
    sign_in(client, ana)
    answer = client.get(f"{BOOK}agreements.json")
    assert (answer.content, answer["Content-Type"]) == (file, "application/json")
    assert client.get(f"{BOOK}agreements.json?number={agreement.number}").status_code == 200
    for number in ("0", "x", "999999", "9" * 40):
        assert client.get(f"{BOOK}agreements.json?number={number}").status_code == 404

    sign_in(client, carla)
    assert client.get(BRING).status_code == 200
    assert client.post(BRING, {}).status_code == 422
    assert client.post(BRING, {"file": named(b"x")}).status_code == 422
    page = client.post(BRING, {"file": named(file)})
    assert page.status_code == 200
    assert "Cuota solidaria" in text(page) or "Solidarity dues" in text(page)
    assert "Pequeñas: 60" in text(page)
    with network_scope(elsewhere.network.pk):
        assert not Proposal.objects.exists()
    assert client.post(BRING, {"content": file.decode(), "take": []}).status_code == 422
    assert client.post(BRING, {"content": file.decode(), "take": ["x", "9"]}).status_code == 422
    assert client.post(BRING, {"content": "{}", "take": ["0"]}).status_code == 422
    assert client.post(BRING, {"content": file.decode(), "take": ["0"]}).status_code == 303
    with network_scope(elsewhere.network.pk):
        assert Proposal.objects.count() == 1
        number = Proposal.objects.get().number
    page = client.post(BRING, {"file": named(file)}, headers={"accept-language": "en"})
    assert "There is nothing new for you in it." in text(page)
    assert "Make proposals of these" not in text(page)
    assert "Red Andina" in text(client.get(f"/sul/decisions/{number}/"))


def named(content):
    file = BytesIO(content)
    file.name = "andina-agreements.json"
    return file
