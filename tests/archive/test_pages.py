"""The coordination downloads its network: asked for, made by a job, left and come back to. Source: XCT-04, XCT-02."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from tequio.archive import services
from tequio.archive.models import Copy
from tequio.core import clock
from tequio.core.access import Refused
from tequio.elections.models import OpenElection, OpenVoice
from tequio.notify.models import Ask
from tequio.people.models import Participant
from tequio.register.models import Entry
from tests.conftest import sign_in

URL = "/andina/copies/"


def ask(client: Client, kind: str = "PRIVATE"):
    return client.post(URL, {"kind": kind, "once": "6b0b6c0c-5f43-4a49-9d5e-1d6f4be02a01"})


def test_the_coordination_asks_leaves_comes_back_and_downloads(client, ana, network, run_jobs):
    sign_in(client, ana)
    assert ask(client).status_code == 303
    assert "haciendo" in client.get(URL).text

    run_jobs()

    copy = Copy.objects.get()
    assert Ask.objects.filter(kind="archive", person_id=ana.person_id, closed_at=None).exists()
    page = client.get(URL).text
    assert f"{URL}{copy.uuid}/" in page
    assert copy.digest in page
    answer = client.get(f"{URL}{copy.uuid}/")
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="andina.zip"'
    assert len(content) == copy.size
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert Entry.objects.filter(kind="archive.copied").count() == 1, "all members read who asked"


def test_asking_twice_makes_one_copy_and_a_finished_job_runs_no_more(ana, network, run_jobs):
    first = services.ask_for_copy(by=ana, network=network)
    assert services.ask_for_copy(by=ana, network=network) == first
    run_jobs()
    digest = Copy.objects.get().digest
    services.make_copy(network=network, copy_id=first.pk)
    assert Copy.objects.get().digest == digest


def test_nobody_else_asks_or_downloads(client, ana, beto, carla, network, run_jobs):
    copy = services.ask_for_copy(by=ana, network=network)
    run_jobs()
    with pytest.raises(Refused):
        services.ask_for_copy(by=beto, network=network)
    for actor, status in ((beto, 403), (carla, 404)):
        other = Client()
        sign_in(other, actor)
        assert other.get(URL).status_code == status
        assert other.get(f"{URL}{copy.uuid}/").status_code == status
    assert client.get(f"{URL}{copy.uuid}/").status_code == 302


def test_a_copy_is_deleted_after_its_days(client, ana, network, run_jobs):
    copy = services.ask_for_copy(by=ana, network=network)
    run_jobs()
    assert services.forget_old_copies() == 0
    with clock.at(clock.now() + timedelta(days=4)):
        assert services.forget_old_copies() == 1
    assert not default_storage.exists(copy.path)
    sign_in(client, ana)
    assert client.get(f"{URL}{copy.uuid}/").status_code == 404
    assert not Ask.objects.filter(kind="archive", closed_at=None).exists()


def test_a_copy_that_cannot_be_made_is_given_up_after_a_day_and_asked_for_anew(ana, network):
    stuck = services.ask_for_copy(by=ana, network=network)
    Copy.objects.update(state="MAKING")
    services.forget_old_copies()
    assert services.ask_for_copy(by=ana, network=network) == stuck
    with clock.at(clock.now() + timedelta(days=1)):
        services.forget_old_copies()
        assert Copy.objects.get().state == "FAILED"
        services.make_copy(network=network, copy_id=stuck.pk)
        assert Copy.objects.get().state == "FAILED", "a late job finds it given up"
        assert services.ask_for_copy(by=ana, network=network) != stuck


def test_the_page_asks_the_same_for_one_copy_as_for_ten(client, ana, network, queries):
    sign_in(client, ana)
    client.get(URL)
    with queries(4):
        client.get(URL)
    for _number in range(9):
        Copy.objects.create(asked_at=clock.now(), asked_by_id=ana.participant_id, state="GONE")
    with queries(4):
        client.get(URL)


def test_an_answer_that_is_none_keeps_the_page(client, ana):
    sign_in(client, ana)
    assert ask(client, "EVERYTHING").status_code == 422


def test_no_whole_copy_leaves_sealed_names_behind(client, ana, circles, network):
    """The page says why, a public copy is made all the same. Source: CTX-02."""
    people = Participant.objects.filter(pk__in=[ana.participant_id])
    election = OpenElection.objects.create(
        circle=circles.learning,
        role="SECRETARY",
        facilitator=people[0],
        opened_at=clock.now(),
    )
    OpenVoice.objects.create(election=election, participant=people[0], wrote_at=clock.now())
    sign_in(client, ana)
    page = client.post("/andina/copies/", {"kind": "PRIVATE"})
    assert page.status_code == 422
    assert "la copia los perdería" in page.text
    assert not Copy.objects.exists()
    assert client.post("/andina/copies/", {"kind": "PUBLIC"}).status_code == 303
    OpenElection.objects.update(opened_nominations_at=clock.now())
    assert client.post("/andina/copies/", {"kind": "PRIVATE"}).status_code == 303
