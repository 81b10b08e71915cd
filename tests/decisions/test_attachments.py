"""Files beside a proposal, and what it is related to."""

import hashlib
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.core import clock, documents, files
from tequio.core.access import Refused
from tequio.decisions import services
from tequio.decisions.models import Attachment, Proposal, Relation
from tequio.founding import rules as founding_rules
from tequio.founding import services as founding
from tequio.founding.models import CharterState
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.core import sounding
from tests.core.test_documents import paper
from tests.core.test_pictures import photo
from tests.decisions.world import HOME, object_and_close, propose, text
from tests.world import add_person

PDF = documents.plain(paper(), kind="pdf")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IEND\xaeB`\x82"


def packed(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        for name, content in parts.items():
            out.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return held.getvalue()


DOCX = packed(**{"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})
ODT = packed(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<a/>"})
SQUEEZED = io.BytesIO()
with zipfile.ZipFile(SQUEEZED, "w", zipfile.ZIP_DEFLATED) as out:
    out.writestr("mimetype", b"application/vnd.oasis.opendocument.text")
BROKEN = SQUEEZED.getvalue().replace(SQUEEZED.getvalue()[38:46], b"\xff" * 8)
MACROS = packed(**{"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""})


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "a.exe", "pdf"), (PNG, "", "png"), (b"\xff\xd8\xff\xe0..", "", "jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "", "webp"), (DOCX, "", "docx"), (ODT, "", "odt"),
        ("Año,Monto\n1,2\n".encode(), "cuentas.CSV", "csv"), ("Hola, ¿qué tal?".encode(), "x", "txt"),
        (b"OggS...", "", "ogg"), (b"ID3\3", "", "mp3"),
        (MACROS, "a.docx", None), (b"<html><script>1</script>", "a.txt", None), (b"  <svg/>", "a.pdf", None),
        (b"MZ\x90\0", "a.pdf", None), (b"PK\x03\x04rota", "a.docx", None), (BROKEN, "a.odt", None), (packed(x=b"1"), "a.docx", None),
        (b"", "a.txt", None), (b"\0\0", "a.txt", None), ("﻿<?xml?>".encode(), "a.txt", None),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content_never_by_its_name(content, name, kind):
    assert files.format_of(content, name=name) == kind


def test_xct_02_a_photo_is_kept_without_place_device_and_time(client, ana, proposal, page):
    """What lies in the storage is the picture alone, and the register's SHA-256 is that of what is kept. Source: XCT-02."""
    told = photo("jpg")
    assert b"Secreto" in told
    kept = attach(ana, proposal, told, label="Foto")
    held = files.read(name=kept.content.name)
    assert held is not None
    with held:
        content = held.read()
    assert b"Secreto" not in content
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    with pytest.raises(Refused, match="no se puede leer"):
        attach(ana, proposal, told[:200], label="Rota")
    sign_in(client, ana)
    sent = {"label": "Rota", "language": "none", "file": SimpleUploadedFile("a.jpg", told[:200])}
    assert client.post(f"{page}beside/", sent).status_code == 422


def test_xct_02_a_document_is_kept_without_who_made_it(client, ana, proposal, page):
    """Source: XCT-02."""
    kept = attach(ana, proposal, paper())
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    sign_in(client, ana)
    said = client.get(f"{page}beside/").text
    assert "Quitamos" in said
    locked = {"label": "x", "language": "none", "file": SimpleUploadedFile("a.pdf", paper(password="x"))}
    answer = client.post(f"{page}beside/", locked)
    assert answer.status_code == 422
    assert "contraseña" in answer.text


def test_xct_02_a_sound_is_kept_without_who_made_it(ana, proposal):
    """As phones and recorders make them. Source: XCT-02."""
    for number, sound in enumerate((sounding.MP3, sounding.OGG, sounding.M4A, sounding.WAV)):
        with files.read(name=attach(ana, proposal, sound, label=f"Sonido {number}").content.name) as held:
            content = held.read()
        assert sounding.SOUND in content
        assert not [told for told in sounding.TELLS if told in content]


@pytest.fixture
def page(proposal):
    return f"{HOME}{proposal.number}/"


def attach(ana, proposal, content=PDF, label="Presupuesto"):
    return services.attach(
        by=ana, proposal=proposal, label=label, content=content, language="es", name="C:\\Ana\\x.pdf"
    )


def test_xct_04_a_file_lies_under_its_sha256_and_the_register_knows_it(ana, proposal):
    """Source: XCT-04."""
    kept = attach(ana, proposal)
    sha256 = hashlib.sha256(PDF).hexdigest()
    path = Path(settings.MEDIA_ROOT) / files.path_of(
        network_id=ana.network_id, app="decisions", sha256=sha256
    )
    assert path.read_bytes() == PDF
    facts = Entry.objects.get(kind="decisions.file_added").facts
    assert (facts["sha256"], facts["size"], facts["language"]) == (sha256, len(PDF), "es")
    assert "x.pdf" not in str(facts)
    assert attach(ana, proposal).pk == kept.pk


def test_the_round_says_which_files_were_before_the_voices(ana, proposal):
    kept = attach(ana, proposal)
    services.open_round(by=ana, proposal=proposal)
    facts = Entry.objects.get(kind="decisions.round_opened").facts
    assert facts["files"] == [kept.sha256]
    assert facts["text"] == proposal.version.fingerprint
    proposal.refresh_from_db()
    with pytest.raises(Refused):
        attach(ana, proposal, PNG)
    with pytest.raises(Refused):
        services.detach(by=ana, attachment=kept)


def test_only_who_leads_adds_files_and_not_too_many(ana, beto, proposal, monkeypatch):
    with pytest.raises(Refused):
        attach(beto, proposal)
    with pytest.raises(Refused):
        attach(ana, proposal, b"MZ\x90\0")
    for number in range(12):
        attach(ana, proposal, f"nota {number}".encode())
    with pytest.raises(Refused, match="12"):
        attach(ana, proposal, PNG)
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(Refused):
        attach(ana, propose(ana))


def test_a_file_goes_when_nothing_speaks_of_it_any_more(ana, proposal, django_capture_on_commit_callbacks):
    first, second = attach(ana, proposal), attach(ana, propose(ana))
    path = Path(settings.MEDIA_ROOT) / files.path_of(
        network_id=ana.network_id, app="decisions", sha256=first.sha256
    )
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(by=ana, attachment=first)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(by=ana, attachment=second)
    assert not path.exists()


def test_a_file_is_sent_shown_and_handed_out_as_a_download(client, ana, network, proposal, page):
    sign_in(client, ana)
    sent = {
        "file": SimpleUploadedFile("C:\\x.html", PDF, "text/html"),
        "label": "El presupuesto",
        "language": "es",
    }
    assert client.post(f"{page}beside/", sent).status_code == 303
    kept = Attachment.objects.get()
    assert "El presupuesto" in client.get(page).text
    sign_in(client, add_person(network, "Sol"))
    response = client.get(f"{page}files/{kept.uuid}/")
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="el-presupuesto.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]


def test_strangers_and_other_decisions_do_not_have_it(client, ana, carla, proposal, page):
    kept = attach(ana, proposal)
    other = propose(ana)
    sign_in(client, carla)
    assert client.get(f"{page}files/{kept.uuid}/").status_code == 404
    sign_in(client, ana)
    assert client.get(f"{HOME}{other.number}/files/{kept.uuid}/").status_code == 404
    client.logout()
    assert client.get(f"{page}files/{kept.uuid}/").status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"label": "x", "language": "es"}, {"file": SimpleUploadedFile("a.pdf", b"MZ\x90\0"), "label": "x", "language": "es"},
        {"file": SimpleUploadedFile("a.pdf", PDF), "label": "", "language": "es"},
        {"file": SimpleUploadedFile("a.pdf", PDF), "label": "x", "language": "xx"},
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_beside_it(client, ana, page, sent):
    sign_in(client, ana)
    response = client.post(f"{page}beside/", sent)
    assert response.status_code == 422
    assert 'class="error"' in response.text
    assert not Attachment.objects.exists()


def test_a_file_is_taken_away_after_asking(client, ana, proposal, page):
    kept = attach(ana, proposal)
    sign_in(client, ana)
    assert client.get(f"{page}files/{kept.uuid}/remove/").status_code == 200
    assert Attachment.objects.exists()
    assert client.post(f"{page}files/{kept.uuid}/remove/").status_code == 303
    assert not Attachment.objects.exists()
    assert Entry.objects.filter(kind="decisions.file_removed").exists()


def decided(ana, beto):
    proposal = propose(ana)
    opened = services.open_round(by=ana, proposal=proposal)
    for voice in (ana, beto):
        services.answer(by=voice, round=opened, position="CAN_LIVE_WITH")
    proposal.refresh_from_db()
    return proposal


def test_an_earlier_decision_and_the_later_one_point_at_each_other(client, ana, beto, proposal, page):
    earlier = decided(ana, beto)
    sign_in(client, ana)
    assert client.post(f"{page}beside/", {"to": f"decision/{earlier.number}"}).status_code == 303
    assert f"{HOME}{earlier.number}/" in client.get(page).text
    assert page in client.get(f"{HOME}{earlier.number}/").text
    relation = Relation.objects.get()
    assert client.post(f"{page}related/{relation.pk}/remove/").status_code == 303
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"decisions.related", "decisions.unrelated"} <= kinds
    assert client.post(f"{page}beside/", {"to": "decision/999"}).status_code == 422
    with pytest.raises(Refused):
        services.relate(by=ana, proposal=proposal, source="decision", key=str(proposal.number))
    with pytest.raises(Refused):
        services.relate(by=beto, proposal=proposal, source="decision", key=str(earlier.number))


@pytest.mark.parametrize("many", [3, 12])
def test_what_lies_beside_takes_the_same_queries(client, ana, beto, proposal, page, many, queries):
    for number in range(many):
        attach(ana, proposal, f"nota {number}".encode(), label=f"Anexo {number}")
    earlier = decided(ana, beto)
    services.relate(by=ana, proposal=proposal, source="decision", key=str(earlier.number))
    sign_in(client, beto)
    with queries(5):  # session, network, participant, decision, its rule, and nothing for what lies beside it
        said = text(client.get(page))
    assert f"Anexo {many - 1}" in said
    with queries(6):  # session, network, participant, proposal, files, relations
        client.get(f"{page}beside/")


def test_the_charter_offers_its_articles_to_relate_to(client, ana, network, proposal, page):
    """Source: P26. What a decision rests on is one press away."""
    settled = founding_rules.settled_from({"values": {"model": "VERTICAL"}, "texts": {}})
    charter = founding.write_charter(network=network, settled=settled, state=CharterState.RETURNED)
    founding.rule(network=network, charter=charter, proposal=None)
    sign_in(client, ana)
    assert client.post(f"{page}beside/", {"to": "article/purpose"}).status_code == 303
    assert "/andina/charter/articles/purpose/" in client.get(page).text


def test_xct_04_the_record_names_text_and_files_as_the_register_does(client, ana, beto, proposal, page):
    """Source: XCT-04. Whoever holds the text and the files can compare them."""
    kept = attach(ana, proposal)
    opened = services.open_round(by=ana, proposal=proposal)
    for voice in (ana, beto):
        services.answer(by=voice, round=opened, position="CAN_LIVE_WITH")
    sign_in(client, beto)
    said = text(client.get(f"{page}record/"))
    facts = Entry.objects.get(kind="decisions.round_opened").facts
    assert facts["text"] in said
    assert kept.sha256 in said


def test_xct_04_the_record_of_a_round_names_no_file_that_came_after_it(client, ana, beto, proposal, page):
    """Source: XCT-04."""
    before = attach(ana, proposal)
    opened = services.open_round(by=ana, proposal=proposal)
    object_and_close(ana, beto, opened)
    after = attach(ana, proposal, PNG, label="Foto")
    sign_in(client, beto)
    said = client.get(f"{page}record/").text
    assert (before.sha256 in said, after.sha256 in said) == (True, False)


def test_a_decision_that_the_list_does_not_show_is_related_by_its_number(
    client, ana, proposal, page, monkeypatch
):
    """Source: GOV-01 (earlier decisions at hand, however many there are)."""
    monkeypatch.setattr("tequio.decisions.selectors.talking.MOST_RELATED", 0)
    old = propose(ana)
    Proposal.objects.filter(pk=old.pk).update(state="ADOPTED", decided_at=clock.now())
    sign_in(client, ana)
    assert client.post(f"{page}beside/", {"to": "", "number": "9999"}).status_code == 422
    assert client.post(f"{page}beside/", {"to": "", "number": ""}).status_code == 422
    assert client.post(f"{page}beside/", {"to": "", "number": str(old.number)}).status_code == 303
    assert Relation.objects.get(proposal=proposal).key == str(old.number)


def test_who_does_not_fit_into_the_list_is_put_in_charge_by_name(client, network, ana, beto, monkeypatch):
    """Source: GOV-01: a network of thousands, one of whom answers for an agreement."""
    monkeypatch.setattr("tequio.decisions.selectors.talking.MOST_OWNERS", 1)
    zoes = [add_person(network, name) for name in ("Zoe Paz", "Zoe Luna")]
    sign_in(client, ana)
    sent = {
        "title_es": "Pintar", "summary_es": "La sala", "body_es": "De azul.", "matter": "STRATEGIC", "owner": "",
        "review_on": (clock.today() + timedelta(days=90)).isoformat(), "answers_shown": "",
    }  # fmt: skip
    assert "O alguien más" in client.get(f"{HOME}new/").text
    for name, said in (("", "Elige quién"), ("Nadie", "Nadie se llama así"), ("zoe", "Varias se llaman así")):
        refused = client.post(f"{HOME}new/", {**sent, "named": name})
        assert refused.status_code == 422
        assert said in refused.text
    for owner in ("999999", "9" * 40, "²", "x"):
        assert client.post(f"{HOME}new/", {**sent, "owner": owner}).status_code == 422
    assert client.post(f"{HOME}new/", {**sent, "named": "zoe luna"}).status_code == 303
    assert (
        client.post(f"{HOME}new/", {**sent, "owner": zoes[0].participant_id, "named": "zoe"}).status_code
        == 303
    )
    assert set(Proposal.objects.values_list("owner", flat=True)) >= {each.participant_id for each in zoes}
