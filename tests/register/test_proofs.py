"""One entry is proved by itself: with the path to a signed checkpoint, and without the rest of the register."""

import json

import pytest

from tequio.core.actor import system
from tequio.register import selectors, services
from tequio.register.events import Event
from tequio.register.formats import NotProved, check_proof, verify
from tequio.register.models import Entry
from tequio.register.selectors import proving
from tests.conftest import sign_in

noted = Event("tests.proved", "%(who)s noted “%(what)s”.")


@pytest.fixture
def sealed(network, beto):
    for number in range(9):
        noted.record(network, by=beto, private={"why": "x"}, what=f"matter {number}")
    return services.make_checkpoint(network=network)


def proofs(ana, network):
    entries = Entry.objects.order_by("turn")
    return [(entry, proving.proof_of(ana, entry.pk, network=network)) for entry in entries]


def test_every_entry_is_proved_and_the_checkpoint_is_the_one_of_the_export(ana, network, sealed):
    key = selectors.key_of(network)
    for _entry, proof in proofs(ana, network):
        checkpoint = check_proof(proof.file, trusted_key=key)
        assert (checkpoint.size, checkpoint.root.hex()) == (sealed.size, sealed.root)
    report = verify(selectors.export_lines(system(network.pk), network=network))
    assert report.ok
    assert report.root == sealed.root


def test_a_proof_does_not_hold_when_anything_in_it_changes(ana, network, sealed):
    _entry, proof = proofs(ana, network)[-3]
    good = json.loads(proof.file)
    changes = [
        {"entry": {**good["entry"], "number": good["entry"]["number"] - 1}},
        {"entry": {**good["entry"], "kind": "tests.other"}},
        {"opening": {**good["opening"], "facts": {**good["opening"]["facts"], "what": "other"}}},
        {"opening": {**good["opening"], "salt": "00" * 32}},
        {"path": good["path"][:-1]},
        {"path": good["path"][::-1]},
        {"checkpoint": good["checkpoint"].replace(str(sealed.size), str(sealed.size + 1), 1)},
        {"format": "x"}, {"key": "x"}, {"path": None}, {"entry": None}, {"opening": 7},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(NotProved):
            check_proof(json.dumps({**good, **change}).encode())
    for nonsense in (b"", b"{}", b"[]", b"\xff", b"7"):
        with pytest.raises(NotProved):
            check_proof(nonsense)
    with pytest.raises(NotProved):
        check_proof(proof.file, trusted_key=good["key"][:-4] + "AAA=")
    assert check_proof(json.dumps(good).encode())


def test_an_erased_entry_is_still_proved_without_its_words(ana, network, sealed):
    entry = Entry.objects.filter(kind="tests.proved").first()
    services.erase(by=ana, network=network, entry=entry, ground="asked")
    services.make_checkpoint(network=network)
    proof = proving.proof_of(ana, entry.pk, network=network)
    assert json.loads(proof.file)["opening"] is None
    assert b"matter" not in proof.file
    assert check_proof(proof.file)


def test_what_no_checkpoint_covers_has_no_proof_yet(client, ana, network, sealed):
    late = noted.record(network, by=ana, what="late")
    assert proving.proof_of(ana, late.pk, network=network) is None
    services.sequence(network=network)
    assert proving.proof_of(ana, late.pk, network=network) is None
    sign_in(client, ana)
    assert client.get(f"/andina/register/{late.pk}/proof/").status_code == 404
    assert client.get(f"/andina/register/{late.pk}/proof.json").status_code == 404


def test_members_see_the_proof_and_take_it_along(client, ana, network, sealed, queries):
    entry, proof = proofs(ana, network)[-1]
    sign_in(client, ana)
    with queries(6):  # session, network, participant, entry, checkpoint, hashes
        page = client.get(f"/andina/register/{entry.pk}/proof/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert all(step in page.text for step in proof.path)
    assert f"/andina/register/{entry.pk}/proof/" in client.get(f"/andina/register/{entry.pk}/").text
    answer = client.get(f"/andina/register/{entry.pk}/proof.json")
    assert answer["Content-Disposition"].startswith('attachment; filename="andina-entry-')
    assert check_proof(answer.content, trusted_key=selectors.key_of(network))


def test_the_private_part_never_leaves(ana, network, sealed):
    _entry, proof = proofs(ana, network)[-1]
    assert b'"why"' not in proof.file
