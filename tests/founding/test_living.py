"""What no article governs is never finished: the context, the actors, the plan, what could go wrong."""

import pytest

from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.founding import rules, selectors, texts
from tequio.networks.models import MappedActor
from tequio.people.models import Duty, Participant
from tequio.register.models import Entry
from tests.founding.test_pages import in_force, signed_in
from tests.founding.world import save

ROW = {"actors_0_name": "La junta de riego", "actors_0_effect": "HELPED", "actors_0_influence": "HIGH"}


def test_what_is_never_finished_is_written_together_and_governed_by_no_article():
    governed = {code for codes in texts.CODES.values() for code in codes}
    for topic in rules.LIVING:
        for question in rules.BY_TOPIC[topic].questions:
            assert question.shared
            assert question.code not in governed


@pytest.fixture
def client(rosa):
    return signed_in(rosa)


@pytest.fixture
def founded(started, first, run_jobs):
    in_force(started, first, run_jobs)
    started.refresh_from_db()
    return started


def test_the_coordination_keeps_the_map_and_the_plan_up_to_date(client, founded, first):
    """Step 1's tables go on living after the charter is in force. Source: REA-05, REA-11, STR-11."""
    page = client.get(f"/{founded.slug}/found/actors/")
    assert page.status_code == 200
    assert "<form" in page.text
    base = page.text.split('name="actors_base" value="')[1].split('"')[0]

    sent = client.post(f"/{founded.slug}/found/actors/", {"language": "es", "actors_base": base, **ROW})

    assert sent.status_code in (302, 303), sent.text
    plan = client.get(sent["Location"]).text
    assert "La junta de riego" in plan
    assert f"/{founded.slug}/found/actors/" in plan
    with network_scope(founded.pk):
        assert MappedActor.objects.count() == 1
        _charter, settled = selectors.planned_now(founded)
        assert [row["name"] for row in settled.rows("actors")] == [{"es": "La junta de riego"}]
        assert Entry.objects.filter(kind="founding.brought_up_to_date").count() == 1


def test_what_an_article_governs_stays_shut(founded, first):
    with network_scope(founded.pk), pytest.raises(Refused):
        save(first, founded, "why", purpose="Otra cosa.")


def test_who_does_not_coordinate_reads_and_is_told_why(client, founded, first):
    with network_scope(founded.pk):
        Participant.objects.filter(pk=first.participant_id).update(duties=[Duty.FOUNDER])
    page = client.get(f"/{founded.slug}/found/plan/")
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert "found/plan/" not in client.get(f"/{founded.slug}/planning/").text
    assert client.post(f"/{founded.slug}/found/plan/", {"language": "es"}).status_code == 403
