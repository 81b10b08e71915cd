"""What surveys hold about somebody: found for their data, and erased when they ask. Source: XCT-02."""

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
from tequio.surveys.models import Answer, Batch, Link, Reply, Survey
from tequio.surveys.rules.instrument import Value
from tequio.surveys.rules.invited import Invited
from tequio.surveys.selectors import addresses
from tequio.surveys.selectors.answering import quotas_of, version_of
from tequio.surveys.selectors.forgetting import without
from tequio.surveys.services import candidates, forgetting, links, recordings, replying
from tests.conftest import sign_in
from tests.surveys.field import open_a_survey
from tests.surveys.sounding import M4A

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
