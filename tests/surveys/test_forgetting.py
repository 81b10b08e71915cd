"""What surveys hold about somebody: found for their data, and erased when they ask. Source: XCT-02."""

import gzip
import hashlib
import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from tequio.archive.services import exporting
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.notify.models import Letter
from tequio.people import services as people
from tequio.people.models import Candidate, Person
from tequio.people.selectors import mydata
from tequio.register.rules.canonical import canonical
from tequio.surveys.models import (
    Answer,
    Batch,
    Link,
    Preparation,
    Printout,
    Release,
    Reply,
    Stage,
    Survey,
    Thanks,
)
from tequio.surveys.rules.instrument import Value
from tequio.surveys.rules.invited import Invited
from tequio.surveys.rules.reporting import Wishes
from tequio.surveys.selectors import addresses
from tequio.surveys.selectors.answering import quotas_of, version_of
from tequio.surveys.selectors.forgetting import without
from tequio.surveys.services import candidates, forgetting, importing, links, recordings, replying
from tequio.surveys.services.releasing import make_release, prepare_release, publish_release
from tests.conftest import sign_in
from tests.core.sounding import M4A
from tests.surveys.field import open_a_survey
from tests.surveys.mapping import mapped
from tests.surveys.sheets import ods

DORA, NAME = "dora@example.org", "Casa Quirquincho"


@pytest.fixture
def survey(ana):
    return open_a_survey(ana, quotas=[{"question": "country", "option": "CO", "most": 2}])


def send(survey, name=NAME, mail=DORA, **more):
    values = {"name": Value(text=name), "mail": Value(text=mail), "country": Value(chosen=("CO",)), "joins": Value(chosen=("yes",))}  # fmt: skip
    return replying.take_reply(
        survey=survey, version=version_of(survey), once=uuid4(), values=values, language="es", **more
    )


def tables_with(text):
    """Return every table of the database in which a text stands, letters large or small."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{text}%"])
            found += [table] if cursor.fetchone()[0] else []
    return found


def exported(network):
    """Return everything in the private copy of a network, as one text."""
    out = io.BytesIO()
    exporting.write(network=network, kind="PRIVATE", out=out)
    copy = zipfile.ZipFile(io.BytesIO(out.getvalue()))
    return "\n".join(copy.read(name).decode("utf-8", "replace") for name in copy.namelist())


def everything_about_dora(ana, network, survey):
    """Return a reply by a personal link, one by the common address, and what others and files say of Dora."""
    (link,) = links.make_links(
        by=ana, network=network, survey=survey, people=[Invited("Dora de Quirquincho", DORA)], language="es"
    )
    by_link = replying.take_reply(
        survey=survey, version=version_of(survey), once=link.once, link=link, language="es",
        values={"name": Value(text=NAME), "country": Value(chosen=("CO",)), "joins": Value(chosen=("yes",))},
    )  # fmt: skip
    common = send(survey, mail=DORA.upper())
    send(survey, name="Otra casa", mail=f"otra-{DORA}")  # hers, and not Dora's
    told = send(survey, name=f"Escribir a {DORA}, por favor", mail="") if not survey.quotas else None
    Batch.objects.create(
        survey=survey, name="respuestas.csv", by_id=ana.participant_id, created_at=survey.created_at,
        report={"misread": [f"no es: {DORA}"]}, decisions={"kind": {DORA: ""}},
    )  # fmt: skip
    return by_link, common, told


def test_what_a_survey_holds_of_my_address_is_in_my_data(ana, dora, network, survey):
    """By the address in the answers, and by the link that was sent to it; nobody else's."""
    Survey.objects.update(quotas=[])
    survey.refresh_from_db()
    by_link, common, _told = everything_about_dora(ana, network, survey)
    mine = mydata.about(Person.objects.get(email=DORA))["networks"]["andina"]["rows"]
    assert {row["id"] for row in mine["surveys.Reply"]} == {by_link.pk, common.pk}
    assert {row["reply_id"] for row in mine["surveys.Tick"]} == {by_link.pk, common.pk}
    assert NAME in {row["text"] for row in mine["surveys.Answer"]}
    assert mine["surveys.Link"][0]["name"] == "Dora de Quirquincho"
    assert "surveys.Recording" not in mine
    assert "token" not in mine["surveys.Reply"][0]
    assert "otra-" not in json.dumps(mine, default=str)


def test_leaving_erases_my_answers_wherever_they_are(ana, dora, network, survey):
    """The whole database, and the copy of the network, hold neither the address nor the name any more."""
    Survey.objects.update(quotas=[])
    survey.refresh_from_db()
    _by_link, common, told = everything_about_dora(ana, network, survey)
    assert candidates.make_candidates(by=ana, survey=survey)
    assert Candidate.objects.filter(source=common.uuid).exists()
    assert "surveys_answer" in tables_with(DORA)
    people.leave(by=Person.objects.get(email=DORA))
    kept = f"otra-{DORA}"
    Letter.objects.filter(address=kept).delete()
    Answer.objects.filter(text=kept).update(text="")
    Candidate.objects.filter(email=kept).update(email="")
    for text in (DORA, "Quirquincho"):
        assert tables_with(text) == []
        assert text.lower() not in exported(network).lower()
    told.refresh_from_db()
    assert told.organization_name == "Escribir a —, por favor"
    assert Reply.objects.count() == 2


def test_whoever_answered_erases_it_with_the_link_alone(ana, network, survey):
    """Without an account, also after the end; the place in a quota is free again."""
    reply = send(survey)
    send(survey, name="Otra casa", mail="")
    assert quotas_of(survey)[0].full
    candidates.make_candidates(by=ana, survey=survey)
    assert Letter.objects.filter(address=DORA).exists()
    Survey.objects.update(state="CLOSED", closed_at=survey.created_at)
    path = addresses.reply_address("andina", reply)
    phone = Client(headers={"accept-language": "es"})
    assert f"{path}forget/" in phone.get(path).text
    assert f"{path}forget/" in phone.get(f"{path}done/").text
    assert phone.get(f"{path}forget/").status_code == 200
    assert Reply.objects.count() == 2
    assert phone.post(f"{path}forget/").status_code == 200
    assert phone.get(path).status_code == 404
    assert tables_with(DORA) == ["people_person"]  # she has an account besides
    assert "Quirquincho" not in exported(network)
    assert quotas_of(survey)[0].taken == 1
    assert Candidate.objects.count() == 1


def test_whoever_leads_a_survey_erases_what_an_address_asks_for(client, ana, beto, network, survey):
    Survey.objects.update(quotas=[])
    survey.refresh_from_db()
    everything_about_dora(ana, network, survey)
    sign_in(client, ana)
    path = f"/andina/surveys/{survey.slug}/forget/"
    assert client.post(path, {"email": "nadie@example.org"}).status_code == 422
    assert client.post(path, {"email": "Dora@Example.org"}).status_code == 303
    assert not Link.objects.exists()
    assert Reply.objects.count() == 2
    with pytest.raises(Refused):
        forgetting.forget_address(by=beto, email=f"otra-{DORA}", survey=survey)
    sign_in(client, beto)
    assert client.get(path).status_code == 403


WAITING = {
    "csv": f"name;mail\n{NAME};{DORA.upper()}\nOtra;otra-x@example.org\n".encode("utf-16"),
    "packed": gzip.compress(f"name;mail\n{NAME};{DORA}\n".encode()),
    "ods": ods({"a": [["name", "mail"], ["B", "b@example.org"]], "b": [["<table:table-cell><text:p>dora@<text:span>example.org</text:span></text:p></table:table-cell>"]]}),
    "broken": b"PK\x03\x04" + DORA.encode(),
    "of-others": b"name;mail\nB;b@example.org\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", WAITING)
def test_a_file_that_waits_and_holds_an_address_is_put_away(client, ana, dora, network, survey, kind):
    """Whoever brought it is told without the address; files of others wait on. Source: XCT-02, issue 5 section 3."""
    batch = importing.start_batch(by=ana, survey=survey, name="r.csv", content=WAITING[kind])
    forgetting.forget_address(by=system(network.pk), email=DORA, survey=survey)
    batch.refresh_from_db()
    letters = Letter.objects.filter(key=f"surveys.put_away:{batch.uuid}")
    if kind == "of-others":
        assert (batch.stage, letters.count()) == (Stage.READING, 0)
        return
    assert (batch.stage, batch.content) == (Stage.DROPPED, None)
    assert DORA not in letters.get().text
    assert "surveys_batch" not in tables_with(DORA)
    sign_in(client, ana)
    page = client.get(
        f"/andina/surveys/{survey.slug}/import/{batch.uuid}/", headers={"accept-language": "en"}
    )
    assert "asked to be forgotten" in page.text


def test_a_report_stays_as_it_was_when_an_answer_is_erased_and_the_name_goes(ana, network):
    """The frozen tables, their digest and the register stay to the byte; of the person nothing stays. Source: XCT-02, SUR-24."""
    survey = mapped(ana, first=30)
    wishes = Wishes(("country",), names=True)
    asked = prepare_release(by=ana, survey=survey, wishes=wishes)
    make_release(network_id=network.pk, preparation_id=asked.pk)
    published = publish_release(by=ana, survey=survey, preparation=asked)
    before = Release.objects.values("document", "basis", "digest").get()
    reply = Reply.objects.exclude(organization_name="").order_by("pk")[3]
    gone = reply.organization_name
    assert gone in Thanks.objects.get().names
    Printout.objects.create(release=published, language="es", content=b"old", made_at=survey.created_at)
    waiting = prepare_release(by=ana, survey=survey, wishes=wishes)
    forgetting.forget_reply(by=system(network.pk), reply=reply)
    assert Release.objects.values("document", "basis", "digest").get() == before
    assert hashlib.sha256(canonical(before["document"])).hexdigest() == before["digest"]
    assert len(Thanks.objects.get().names) == 29
    assert not Printout.objects.exists()  # printed again, without the name
    assert Preparation.objects.get().pk != waiting.pk  # what was not published yet is counted again
    assert tables_with(gone) == []
    assert gone not in exported(network)
    page = Client().get(f"/andina/surveys/{survey.slug}/report/").text
    assert gone not in page
    assert Thanks.objects.get().names[0] in page


def test_an_interview_goes_with_its_sound(ana, beto, network, survey):
    values = {"name": Value(text=NAME), "country": Value(chosen=("CL",)), "joins": Value(chosen=("no",))}
    reply = replying.record_reply(
        by=beto, survey=survey, version=version_of(survey), once=uuid4(), values=values, language="es",
        manner="PHONE",
    )  # fmt: skip
    name = recordings.keep_sound(by=beto, reply=reply, content=M4A).content.name
    recordings.cite_source(by=beto, reply=reply, cited="Carpeta 3, hoja 12")
    assert default_storage.exists(name)
    forgetting.forget_reply(by=system(network.pk), reply=reply)
    assert tables_with("Quirquincho") == []
    assert tables_with("Carpeta 3") == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a@b.org", "—"), ("escribe a A@B.org.", "escribe a —."), ("ana@b.org y x.a@b.org", "ana@b.org y x.a@b.org"),
        ("a@b.org.mx", "a@b.org.mx"), ("<a@b.org>", "<—>"),
    ],
)  # fmt: skip
def test_an_address_is_taken_out_only_where_it_stands_whole(text, left):
    assert without("a@b.org", text, instead="—") == left
