"""A network moves into an empty installation, and written out again it is the same file. Source: CTX-02, XCT-04."""

import io
import json
import zipfile

from django.test import Client

from tequio.archive import services
from tequio.archive.models import Arrival
from tequio.cli.main import main
from tequio.core.scoping import network_scope
from tequio.decisions.rules import Matter
from tequio.networks.models import Network
from tequio.people.models import Listing, Organization, Person, Quote, SharedQuote, Tally
from tequio.people.selectors import find_actor
from tequio.people.services.quotes import withdraw_quote
from tequio.register import services as register
from tequio.register.formats import verifier, verify
from tequio.register.models import Checkpoint, Entry
from tests.archive.conftest import members, written
from tests.conftest import sign_in
from tests.decisions.world import crowd
from tests.register.strangers import program
from tests.world import build_network


def test_exporting_again_after_the_import_gives_the_same_bytes(left, anew):
    """Source: CTX-02, XCT-04: with rows in every table that travels."""
    counts = json.loads(members(left.archive)["datapackage.json"])["tequio"]["tables"]
    assert [name for name, rows in counts.items() if not rows] == [], "tests/archive/rest.py writes a row"
    anew()

    came = services.bring_in(file=io.BytesIO(left.archive))

    assert came.network.slug == "andina"
    assert written(Network.objects.get()) == left.archive
    assert written(Network.objects.get()) == left.archive, "exporting changes nothing"


def test_the_same_moment_exported_twice_is_the_same_file(rich_andina):
    assert written(rich_andina.network) == written(rich_andina.network)
    assert written(rich_andina.network, "PUBLIC") == written(rich_andina.network, "PUBLIC")


def test_the_network_lives_on_where_it_came_to(left, anew, client: Client):
    """People sign in, decisions go on, the directory is found, and no number is given twice. Source: CTX-10, XCT-04."""
    anew()
    services.bring_in(file=io.BytesIO(left.archive))

    network = Network.objects.get()
    with network_scope(network.pk):
        assert sorted(Tally.objects.filter(count__gt=0).values_list("key", "count")) == left.tallies
        assert sorted(Listing.objects.values_list("key", "folded")) == left.listings
        ana = find_actor(Person.objects.get(email="ana@example.org"))
        from tequio.decisions import services as decisions

        proposal = decisions.propose(
            by=ana, title={"es": "Seguir"}, summary={"es": "Aquí"}, body={"es": "Sí"}, matter=Matter.OPERATIONAL
        )  # fmt: skip
        number, pk = left.newest
        assert proposal.number == number + 1
        assert proposal.pk > pk
        said = Quote.objects.get(reach="OTHERS")
        assert SharedQuote.objects.get(uuid=said.uuid).words == said.words, "nothing has to be agreed again"
        withdraw_quote(by=ana, quote=said)
        assert not SharedQuote.objects.filter(uuid=said.uuid).exists()
    sign_in(client, ana)
    assert client.get("/andina/home/").status_code == 200
    assert client.get("/andina/organizations/").status_code == 200


def test_old_checkpoints_keep_their_key_and_new_ones_announce_the_new_one(left, anew):
    """The key of the old installation never travels; both keys are in the export, and it verifies."""
    notes = left.notes
    anew()
    services.bring_in(file=io.BytesIO(left.archive))
    network = Network.objects.get()
    from tequio.core.actor import system
    from tequio.people import services as people
    from tequio.register import selectors

    with network_scope(network.pk):
        assert list(Checkpoint.objects.order_by("size").values_list("note", "key")) == notes
        people.record_organization(by=system(network.pk), name="Nueva")
        register.make_checkpoint(network=network)
        assert Entry.objects.filter(kind="register.key_changed").exists()
        assert Checkpoint.objects.order_by("-size").first().key != notes[-1][1]
        report = verify(
            selectors.export_lines(system(network.pk), network=network), known_checkpoints=[notes[0][0]]
        )
    assert report.ok, report.sentences()
    assert report.witnessed == 1
    assert written(network) != left.archive


def test_the_arrival_is_logged_outside_the_networks_register(left, anew):
    anew()

    came = services.bring_in(file=io.BytesIO(left.archive))

    with network_scope(came.network.pk):
        assert Entry.objects.count() == left.entries
    arrival = Arrival.objects.get()
    assert arrival.network == came.network.uuid
    assert arrival.digest == came.arrival.digest
    assert arrival.rows > 50


def test_the_archive_is_a_data_package_whose_register_verifies(furnished):
    archive = zipfile.ZipFile(io.BytesIO(written(furnished.network)))
    package = json.loads(archive.read("datapackage.json"))

    for resource in package["resources"]:
        schema = json.loads(archive.read(resource["schema"]))
        names = [field["name"] for field in schema["fields"]]
        assert resource["name"] == resource["name"].lower()
        if resource["format"] == "csv":
            heading = archive.read(resource["path"]).decode().split("\r\n")[0]
            assert heading == ",".join(names)
        else:
            assert all(set(row) == set(names) for row in json.loads(archive.read(resource["path"])))
    known = {resource["name"] for resource in package["resources"]}
    for name in archive.namelist():
        if name.startswith("schemas/"):
            for key in json.loads(archive.read(name)).get("foreignKeys", []):
                assert key["reference"]["resource"] in known | {""}
    assert verify(archive.read("register/register.jsonl").splitlines(keepends=True)).ok
    assert any(name.startswith("documents/charter-1.es") for name in archive.namelist())
    assert b"Cuidar el agua" in archive.read("documents/charter-1.es.md")
    assert any(name.startswith("storage/") for name in archive.namelist()), "files that were uploaded"


def test_the_archive_holds_nothing_of_another_network_and_no_keys(furnished):
    """Source: XCT-02."""
    archive = members(written(furnished.network))
    whole = b"".join(archive.values())
    assert b"carla@example.org" not in whole
    assert b"Rede Sul" not in whole
    people = json.loads(archive["data/people.person.json"])
    assert {row["name"] for row in people} >= {"Ana", "Beto", "Dora"}
    assert all("password" not in row and "is_operator" not in row for row in people)
    for label in ("people.invitation", "people.session", "decisions.calendarkey", "people.recovery"):
        assert f"data/{label}.json" not in archive


def test_a_public_copy_holds_no_salts_no_addresses_and_nobody(furnished):
    """Source: XCT-02."""
    network = furnished.network
    with network_scope(network.pk):
        Organization.objects.filter(name="Barrio Vivo").update(shows={"name": "EVERYBODY"})
        private = members(written(network))
    archive = members(written(network, "PUBLIC"))
    whole = b"".join(archive.values())

    salts = [row["salt"] for row in json.loads(private["data/register.payload.json"])]
    assert salts
    assert not any(salt.encode() in whole for salt in salts)
    for word in (b"@example.org", b"Ana", b"Beto", b"kanarie", b"Contacto 1", b"La Asamblea"):
        assert word not in whole.replace(b"Analiz", b""), word
    assert b"Barrio Vivo" in whole, "it let itself be shown"
    assert any(name.startswith("storage/") for name in private)
    assert not any(name.startswith("storage/") for name in archive), "no file leaves with a public copy"
    assert archive["register/checkpoints.txt"].startswith(f"tequio/{network.uuid}".encode())
    assert archive["register/verify.py"] == private["register/verify.py"] == verifier()


def test_a_stranger_checks_a_public_copy_against_an_old_letter(furnished, tmp_path, capsys):
    """Source: XCT-04, GOV-24: hashes alone are enough to see that nothing was rewritten."""
    with network_scope(furnished.network.pk):
        first = Checkpoint.objects.order_by("size").first().note
    whole, file, letter = (
        written(furnished.network, "PUBLIC"),
        tmp_path / "public.zip",
        tmp_path / "letter.txt",
    )
    letter.write_text(f"Hola\n{first}")

    def said(content, *words):
        file.write_bytes(content)
        code = program.main([str(file), *words, "--lang", "en"])
        told = capsys.readouterr()
        return code, told.out + told.err

    code, told = said(whole, "--since", str(letter))
    assert code == 0, told
    assert "public copy" in told
    assert "no outcome was computed" in told
    assert f"over {first.splitlines()[1]} entries fits" in told
    assert main(["verify", str(file), "--since", str(letter)]) == 0
    parts = members(whole)
    leaves = parts["register/leaves.csv"].decode()
    for change in (
        {"register/leaves.csv": leaves.replace("a", "b", 1)}, {"register/leaves.csv": leaves[:70]},
        {"register/checkpoints.txt": b""}, {"datapackage.json": b"{}"},
    ):  # fmt: skip
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w") as archive:
            for name, content in {**parts, **change}.items():
                archive.writestr(name, content)
        assert said(changed.getvalue())[0] == 1, change
    letter.write_text(first.replace("tequio/", "tequio/0", 1))
    assert said(whole, "--since", str(letter))[0] == 1


def test_a_public_copy_holds_every_member_that_shows_itself(committing):
    """Source: XCT-04: however many they are."""
    network = build_network().network
    with network_scope(network.pk):
        crowd(network, 230)
        Organization.objects.filter(name__startswith="Colectivo").update(shows={"name": "EVERYBODY"})
    shown = json.loads(members(written(network, "PUBLIC"))["data/members.json"])
    assert len(shown) == 230
