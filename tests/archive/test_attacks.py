"""What is not exactly what an installation wrote is refused with a sentence, and nothing of it stays. Source: XCT-02."""

import hashlib
import io
import json
import os
import random
import struct
import zipfile
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import override_settings
from django.utils import translation

from tequio.archive import services
from tequio.archive.formats import Broken, seal_text
from tequio.archive.formats.writing import dump
from tequio.archive.models import Arrival
from tequio.archive.services import importing
from tequio.core.scoping import everywhere
from tequio.networks.models import Network
from tequio.people.models import Membership, Person
from tequio.people.services import person_for
from tequio.register.keys import signer_of
from tequio.register.rules import notes
from tests.archive.conftest import members
from tests.template import empty
from tests.world import make_network

Members = dict[str, bytes]
SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(10**6)))
CUTS, BENDS = (50, 150) if os.environ.get("PROOF") == "1" else (5, 15)


def packed(found: Members, *, compress: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


def summed(found: Members, signer: notes.Signer | None = None) -> Members:
    """Make the sums of an edited archive right again, as whoever edits it would, and sign with a key at hand."""
    package = json.loads(found["datapackage.json"])
    package["tequio"]["files"] = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.items()
        if name not in ("datapackage.json", "seal.txt")
    }
    found["datapackage.json"] = dump(package)
    if signer:
        digest = hashlib.sha256(found["datapackage.json"]).hexdigest()
        found["seal.txt"] = notes.sign(seal_text(signer.name, digest), signer=signer).encode()
    return found


@pytest.fixture
def archive(left) -> bytes:
    """An archive of a network, in an installation that is empty; its keys are still at hand, for the attacks."""
    return left.archive


def begin_anew() -> None:
    connections.close_all()
    empty()


def refused(archive: bytes, **more: str) -> str:
    with pytest.raises(Broken) as said:
        services.bring_in(file=io.BytesIO(archive), **more)
    assert not Network.objects.exists(), "nothing half-imported"
    assert not Person.objects.exists()
    assert not Arrival.objects.exists()
    with everywhere(because="a test looks for what must not be there"):
        assert not Membership.objects.exists()
    with translation.override("en"):
        return str(said.value)


@pytest.mark.parametrize("junk", [b"", b"PK", b"<html>", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive(archive, junk):
    assert refused(junk)


def test_an_archive_that_was_cut_or_bent(archive):
    """Anywhere: at places drawn for each run, at ten times as many with PROOF=1."""
    dice = random.Random(SEED)
    for _cut in range(CUTS):
        end = dice.randrange(1, len(archive))
        assert refused(archive[:end]), f"SEED={SEED} cut at {end}"
    for _bend in range(BENDS):
        place = dice.randrange(len(archive))
        bent = bytearray(archive)
        bent[place] ^= 1
        assert refused(bytes(bent)), f"SEED={SEED} bent at {place}"


def test_a_name_that_leads_out_of_the_folder(archive):
    for name in (
        "../evil",
        "/etc/passwd",
        "data/../../evil",
        "data\\evil",
        "C:evil",
        "a//b",
        "documents/.",
        "x\n",
    ):
        found = members(archive)
        found[name] = b"x"
        assert refused(packed(summed(found)))


def test_a_bomb(archive):
    """What is compressed is never unpacked, whatever it says of its size."""
    found = members(archive)
    found["files/bomb.bin"] = b"\0" * 30_000_000
    bomb = packed(summed(found), compress=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 1_000_000
    assert "compressed" in refused(bomb)


def test_a_member_that_says_it_is_larger_than_the_file(archive):
    name = archive.rindex(b"PK\x01\x02")
    lying = bytearray(archive)
    lying[name + 20 : name + 28] = struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF)
    refused(bytes(lying))


def test_the_same_name_twice(archive):
    out = io.BytesIO(archive)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as again:
        again.writestr("data/people.person.json", b"[]")
    refused(out.getvalue())


def test_something_added_or_taken(archive):
    found = members(archive)
    assert "evil" in refused(packed({**found, "evil": b"x"}))
    del found["data/people.alias.csv"]
    assert refused(packed(found))


def _edited(archive: bytes, table: str, change: Callable[[list[dict]], None]) -> Members:
    found = members(archive)
    rows = json.loads(found[f"data/{table}.json"])
    change(rows)
    body = ",\n".join(
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row in rows
    )
    found[f"data/{table}.json"] = (f"[\n{body}\n]\n" if rows else "[]\n").encode()
    return found


def _crown(rows: list[dict]) -> None:
    next(row for row in rows if row["name"] == "Beto")["duties"] = ["COORDINATION"]


def test_an_edited_row_breaks_the_sum_then_the_seal_then_the_key(archive):
    """Whoever edits a row has to mend the sums, and the seal with a key of their own, and the register's key."""
    found = _edited(archive, "people.participant", _crown)
    assert "people.participant" in refused(packed(found))
    assert "seal" in refused(packed(summed(found)))
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    uuid = json.loads(found["datapackage.json"])["id"]
    forged = notes.Signer(f"tequio/{uuid}", Ed25519PrivateKey.generate())
    assert "seal" in refused(packed(summed(found, forged)))


def test_even_with_the_stolen_key_the_tables_have_to_say_the_same_everywhere(archive):
    """JSON, CSV and documents are written again from the rows that came in: one changed alone shows."""
    uuid = json.loads(members(archive)["datapackage.json"])["id"]
    signer = signer_of(uuid)
    crowned = _edited(archive, "people.participant", _crown)
    assert refused(packed(summed(crowned, signer)))
    found = members(archive)
    found["documents/charter-1.es.md"] += b"\n## 99. Beto decide\n"
    assert "same file" in refused(packed(summed(found, signer)))


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("register.payload", lambda rows: rows[0].update(facts={"who": "Beto"})),
        ("register.payload", lambda rows: next(r for r in rows if r["private"]).update(person_id=99)),
        ("register.entry", lambda rows: rows.pop()),
        ("register.entry", lambda rows: rows[0].update(kind="decisions.adopted")),
        ("register.leaf", lambda rows: rows[0].update(hash="0" * 64)),
        ("register.checkpoint", lambda rows: rows[0].update(frontier=["0" * 64])),
        ("people.membership", lambda rows: rows[0].update(organization_id=99_999)),
        ("people.membership", lambda rows: rows[0].update(id="x")),
        ("people.membership", lambda rows: rows[0].update(id=10**12)),
        ("people.membership", lambda rows: rows[0].update(network_id=7)),
        ("people.membership", lambda rows: rows[0].update(joined_on="mañana")),
        ("people.membership", lambda rows: rows[0].update(name=None)),
        ("people.membership", lambda rows: rows[0].update(name="a\0b")),
        ("people.membership", lambda rows: rows.append(dict(rows[0]))),
        ("people.person", lambda rows: rows[0].update(is_operator=True)),
        ("people.person", lambda rows: rows[0].update(email=rows[1]["email"])),
        ("people.person", lambda rows: rows.append({**rows[0], "id": 999, "uuid": rows[0]["uuid"][:-1] + "0",
                                                    "email": "x@example.org"})),
        ("networks.network", lambda rows: rows.append(dict(rows[0]))),
        ("networks.network", lambda rows: rows[0].update(slug="otra")),
        ("networks.governance", lambda rows: rows[0].update(majority_numerator=9)),
        ("procrastinate.jobs", lambda rows: rows.append({"task": "builtin_tasks.remove_old_jobs", "at": None, "queue": "d",
                                                         "arguments": {"max_hours": 0}, "lock": None, "once": None})),
        ("procrastinate.jobs", lambda rows: rows[0]["arguments"].update(network_id=2)),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_with_the_stolen_key(archive, table, change):
    uuid = json.loads(members(archive)["datapackage.json"])["id"]
    found = summed(_edited(archive, table, change), signer_of(uuid))
    assert refused(packed(found))


def test_a_public_copy_another_version_and_another_key_are_refused(archive, left):
    assert "public" in refused(left.public)
    found = members(archive)
    package = json.loads(found["datapackage.json"])
    package["tequio"]["version"] = "99.0"
    found["datapackage.json"] = dump(package)
    assert "99.0" in refused(packed(found))
    other = signer_of(package["id"])
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    stranger = notes.Signer(other.name, Ed25519PrivateKey.generate())
    assert refused(archive, trusted_key=str(stranger.verifier))
    assert services.bring_in(file=io.BytesIO(archive), trusted_key=str(other.verifier))


def test_an_installation_that_holds_something_is_left_alone(archive):
    """The same short name, another network, or just an account: the archive waits outside."""
    person_for(email="operador@example.org")
    with pytest.raises(Broken) as said:
        services.bring_in(file=io.BytesIO(archive))
    assert said.value.sentence is importing.NOT_EMPTY
    begin_anew()
    for slug in ("andina", "otra"):
        make_network(slug, "Otra")
        with pytest.raises(Broken):
            services.bring_in(file=io.BytesIO(archive))
        assert Network.objects.count() == 1
        begin_anew()


def test_files_of_an_import_that_failed_do_not_stay(archive, tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        found = _edited(archive, "people.participant", _crown)
        refused(packed(summed(found, signer_of(json.loads(found["datapackage.json"])["id"]))))
        assert not [found for found in tmp_path.rglob("*") if found.is_file()]
    assert settings.MEDIA_ROOT
