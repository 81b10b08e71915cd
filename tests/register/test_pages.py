"""The pages of the register, the checkpoint as text, and the file that verifies."""

import io
import zipfile

import pytest

from tequio.core.actor import system
from tequio.register import selectors, services
from tequio.register.events import Event, sentence
from tequio.register.formats import check_consistency, verifier, verify
from tequio.register.rules import notes
from tequio.register.selectors import carrying
from tests.conftest import sign_in

decided = Event("tests.decided", "%(who)s decided “%(what)s”.", binding=True)


@pytest.fixture
def entries(network, beto):
    """Enter so many decisions and seal them."""

    def make(count):
        for number in range(count):
            decided.record(network, by=beto, what=f"matter {number}")
        return services.make_checkpoint(network=network)

    return make


def test_members_read_sentences_and_the_checkpoint(client, ana, entries):
    point = entries(3)
    sign_in(client, ana)

    page = client.get("/andina/register/", headers={"accept-language": "en"})

    text = page.content.decode()
    assert "Beto decided “matter 2”." in text
    assert text.index("matter 2") < text.index("matter 0")
    assert point.note.splitlines()[2] in text
    assert "What is this?" in text


@pytest.mark.parametrize("count", [3, 29])
def test_the_page_costs_the_same_for_any_number_of_entries(client, ana, entries, queries, count):
    entries(count)
    sign_in(client, ana)
    with queries(5):  # session, network, participant, checkpoint, entries
        assert client.get("/andina/register/").status_code == 200


def test_an_entry_is_a_receipt(client, ana, entries, queries):
    entries(3)
    entry = selectors.entries_for(ana).lines[1]
    sign_in(client, ana)
    with queries(5):  # session, network, participant, entry, checkpoint
        page = client.get(f"/andina/register/{entry.id}/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert "Beto decided “matter 1”." in text
    assert f"This is entry {entry.number} of the register." in text
    assert "what: &quot;matter 1&quot;<br>who: &quot;Beto&quot;" in text


def test_a_receipt_before_its_number_and_after_its_erasure(client, network, ana, beto, entries):
    entries(1)
    entry = decided.record(network, by=beto, what="new")
    sign_in(client, ana)
    path, english = f"/andina/register/{entry.pk}/", {"accept-language": "en"}
    assert "within a day" in client.get(path, headers=english).content.decode()
    services.erase(by=ana, network=network, entry=entry, ground="Ley 1581")
    text = client.get(path, headers=english).content.decode()
    assert "erased by law" in text
    assert "new" not in text.split("<main")[1].split("</main")[0].replace("renew", "")


def test_a_receipt_of_another_network_does_not_exist(client, carla, elsewhere, network, entries):
    entries(1)
    entry = decided.record(network, by=system(network.pk), what="x")
    sign_in(client, carla)
    assert client.get(f"/sul/register/{entry.pk}/").status_code == 404


def test_older_entries_are_a_page_further(client, ana, entries):
    entries(70)
    sign_in(client, ana)
    first = selectors.entries_for(ana)
    second = selectors.entries_for(ana, before=first.older)

    assert len(first.lines) == len(second.lines) == selectors.PAGE
    assert first.lines[-1].number == second.lines[0].number + 1
    text = client.get(f"/andina/register/?before={first.older}").content.decode()
    assert "matter 39" in text
    assert "matter 40" not in text


@pytest.mark.parametrize("cursor", ["x", "9" * 40, "00000000-0000-4000-8000-000000000000", "%00", "{{7*7}}"])
def test_a_cursor_that_means_nothing_breaks_nothing(client, ana, entries, cursor):
    entries(1)
    sign_in(client, ana)
    assert client.get(f"/andina/register/?before={cursor}").status_code == 200


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_a_new_network_says_that_nothing_is_there(client, ana, language):
    sign_in(client, ana)
    assert client.get("/andina/register/", headers={"accept-language": language}).status_code == 200


def test_the_checkpoint_is_for_everybody(client, network, entries):
    point = entries(2)
    page = client.get("/andina/register/checkpoint")
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.content.decode() == point.note
    assert notes.find_notes(page.content.decode()) == [point.note]


def test_the_checkpoint_of_an_unlisted_network_is_not(client, network, entries):
    entries(2)
    network.listed = False
    network.save()
    assert client.get("/andina/register/checkpoint").status_code == 404


def test_strangers_see_neither_page_nor_file(client, network, entries, carla):
    entries(2)
    for path in ("/andina/register/", "/andina/register/export"):
        assert client.get(path).status_code == 302
    sign_in(client, carla)
    for path in ("/andina/register/", "/andina/register/export"):
        assert client.get(path).status_code == 404


def test_the_file_verifies_and_keeps_private_things(client, network, ana, beto, entries):
    point = entries(2)
    gone = decided.record(network, by=beto, what="a mistake", private={"phone": "+57 300 0000000"})
    services.erase(by=ana, network=network, entry=gone, ground="Ley 1581")
    decided.record(network, by=beto, what="kept", private={"phone": "+57 300 1111111"})
    services.make_checkpoint(network=network)
    sign_in(client, ana)

    answer = client.get("/andina/register/export")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    raw = archive.read("register.jsonl")

    assert 'filename="andina-register.zip"' in answer.headers["Content-Disposition"]
    assert archive.read("verify.py") == verifier()
    assert selectors.key_of(network) in archive.read("READ-ME.txt").decode()
    report = verify(raw.splitlines(keepends=True), [point.note], selectors.key_of(network))
    assert report.problems == []
    assert (report.erased, report.witnessed) == (1, 1)
    assert b"mistake" not in raw
    assert b"+57 300" not in raw
    assert b"person" not in raw


def test_an_outcome_changed_in_the_file_is_refused(network, ana, entries):
    entries(3)
    raw = b"".join(selectors.export_lines(ana, network=network)).replace(b"matter 1", b"matter 7")
    report = verify(raw.splitlines(keepends=True))
    assert "promised" in str(report.problems[0])


def test_a_key_that_changed_waits_for_its_entry(client, network, ana, entries, settings, tmp_path):
    entries(1)
    settings.TEQUIO_KEYS_DIR = tmp_path
    sign_in(client, ana)
    assert client.get("/andina/register/export").status_code == 503
    services.announce_new_key(network=network)
    content = b"".join(client.get("/andina/register/export").streaming_content)
    raw = zipfile.ZipFile(io.BytesIO(content)).read("register.jsonl")
    assert verify(raw.splitlines(keepends=True)).problems == []


def test_a_name_that_ends_in_a_full_stop_ends_the_sentence(network):
    kind = "people.organization_recorded"
    assert sentence(kind, {"who": "Ana", "name": "Ollin, A.C."}).endswith("Ollin, A.C.")
    assert sentence(kind, {"who": "Ana", "name": "Ollin"}).endswith("Ollin.")


def test_whoever_wants_to_check_finds_out_how(client, ana, network, entries, queries):
    """Source: SECURITY 4.2; a stranger uploads nothing, and a member needs no Tequio."""
    old = entries(2)
    point = entries(3)
    for language in ("es", "pt-br", "en"):
        page = client.get("/andina/register/verify/", headers={"accept-language": language}).text
        assert point.note.splitlines()[2] in page
        assert carrying.fingerprint() in page
        assert "<form" not in page.split("<main")[1]  # nothing is dropped on a server
        assert (
            client.get("/andina/register/explained/", headers={"accept-language": language}).status_code
            == 200
        )
    assert client.get("/andina/register/verify.py").content == verifier()
    assert client.get(f"/andina/register/since/{old.size}.json").status_code == 302

    sign_in(client, ana)
    with queries(4):  # session, network, participant, checkpoint
        page = client.get(f"/andina/register/verify/?since={old.size}")
    path = f"/andina/register/since/{old.size}.json"
    assert path in page.text
    assert "/andina/register/export" in page.text
    assert check_consistency(client.get(path).content, kept=[old.note])[1].size == point.size
    for nonsense in ("0", "x", str(point.size + 1), "9" * 30, "%00", "-1"):
        page = client.get(f"/andina/register/verify/?since={nonsense}", headers={"accept-language": "en"})
        assert "no checkpoint over so many entries" in page.text
    for size in (0, point.size + 1, 10**17):
        assert client.get(f"/andina/register/since/{size}.json").status_code == 404


def test_the_pages_for_strangers_stay_shut_in_an_unlisted_network(client, network, entries):
    entries(1)
    network.listed = False
    network.save()
    for path in ("verify/", "explained/", "verify.py"):
        assert client.get(f"/andina/register/{path}").status_code == 404


def test_before_the_first_checkpoint_there_is_nothing_to_compare(client, network):
    for path in ("verify/", "explained/"):
        assert client.get(f"/andina/register/{path}").status_code == 200
