"""Being removed: reasons, time to be heard, a decision without the voice of who is concerned. Source: GOV-28, P18."""

from datetime import timedelta

import pytest
from django.utils import translation

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import services as decisions
from tequio.decisions.models import Elector, Round
from tequio.membership import services
from tequio.membership.models import Removal, RemovalState
from tequio.networks.models import Governance
from tequio.notify.models import Ask, Letter
from tequio.people import services as people
from tequio.people.models import Membership, Participant, Status
from tequio.people.selectors import actor_of
from tequio.register.events import sentence_of
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_member, add_person

CODE = {"es": "Nos tratamos con respeto."}


def member_of(actor):
    return Membership.objects.get(pk=actor.membership_id)


@pytest.fixture
def third(network):
    """A third member, with Celia as its delegate."""
    return add_person(network, "Celia", membership=add_member(network, "Casa de la Lluvia"), voice="DELEGATE")


def open_removal(network, ana, membership, **changes):
    said = {"reasons": "Usó el nombre de la red en una campaña.", "language": "es", **changes}
    return services.open_removal(by=ana, network=network, membership=membership, **said)


def test_removing_follows_its_procedure_and_no_other_way(network, ana, beto, dora, third, run_jobs):
    """Reasons, a hearing, a decision without its voice, applied when adopted, every step written. Source: P18."""
    with pytest.raises(Refused):
        open_removal(network, beto, member_of(third))  # only the coordination
    with pytest.raises(Refused):
        open_removal(network, ana, member_of(ana))  # never one's own
    with pytest.raises(Refused):
        open_removal(network, ana, member_of(beto), reasons=" ")
    removal = open_removal(network, ana, member_of(beto))
    asked = Ask.objects.filter(kind="hear", closed_at=None)
    assert set(asked.values_list("person_id", flat=True)) == {beto.person_id, dora.person_id}
    assert Letter.objects.filter(key__startswith="membership.removal:").count() == 2
    with pytest.raises(Refused, match="todavía puede hablar"):
        services.decide_removal(by=ana, removal=removal)
    with pytest.raises(Refused):
        services.be_heard(by=third, removal=removal, words="Yo también.")
    services.be_heard(by=beto, removal=removal, words="Fue un error y lo corregimos.")
    assert not asked.exists()
    services.decide_removal(by=ana, removal=removal)
    opened = Round.objects.select_related("version").get()
    assert sorted(one.membership.name for one in Elector.objects.filter(round=opened)) == [
        "Barrio Vivo",
        "Casa de la Lluvia",
    ]
    assert "Fue un error y lo corregimos." in opened.version.body["es"]
    assert member_of(beto).ended_on is None
    with pytest.raises(Refused):
        decisions.answer(by=beto, round=opened, position="OBJECT", reason="No.")
    for voice in (ana, third):
        decisions.answer(by=voice, round=opened, position="AGREE")
    run_jobs()
    assert member_of(beto).status == Status.REMOVED
    assert Removal.objects.get().state == RemovalState.REMOVED
    steps = Entry.objects.filter(kind__contains="remov").order_by("turn").values_list("kind", flat=True)
    assert list(steps) == [
        "membership.removal_opened",
        "membership.removal_heard",
        "membership.removal_decision_opened",
        "membership.removed",
    ]
    for entry in Entry.objects.select_related("payload").filter(kind__startswith="membership.remov"):
        assert "campaña" not in str(entry.facts)


def test_without_an_answer_it_can_be_decided_after_a_week(network, ana, beto, third):
    removal = open_removal(network, ana, member_of(beto))
    with clock.at(clock.now() + timedelta(days=8)):
        services.decide_removal(by=ana, removal=removal)
    assert Removal.objects.get().state == RemovalState.DECIDING


def test_a_member_is_heard_for_as_long_as_the_charter_says(network, ana, beto, third):
    """Source: P18: the days are those of the charter's article on removal."""
    Governance.objects.update(hearing_days=14)
    removal = open_removal(network, ana, member_of(beto))
    assert removal.heard_until == clock.today() + timedelta(days=14)
    opened = Entry.objects.select_related("payload").get(kind="membership.removal_opened")
    with translation.override("es"):
        assert f"{removal.heard_until.day} de " in sentence_of(opened)
        assert str(removal.heard_until) not in sentence_of(opened)
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Refused, match="todavía puede hablar"):
        services.decide_removal(by=ana, removal=removal)


def test_in_a_vertical_network_a_vote_decides_when_an_objection_stays(network, ana, beto, third, run_jobs):
    """Source: GOV-26."""
    Governance.objects.update(model="VERTICAL")
    removal = open_removal(network, ana, member_of(beto))
    services.be_heard(by=beto, removal=removal, words="No.")
    services.decide_removal(by=ana, removal=removal)
    opened = Round.objects.select_related("proposal").get()
    decisions.answer(by=ana, round=opened, position="AGREE")
    decisions.answer(by=third, round=opened, position="OBJECT", reason="Falta escuchar más")
    decisions.close_round(by=ana, round=opened)
    vote = decisions.open_vote(by=ana, proposal=opened.proposal)
    assert vote.voices == 2
    for voice in (ana, third):
        decisions.vote(by=voice, round=vote, position="YES")
    run_jobs()
    assert member_of(beto).status == Status.REMOVED


def test_not_agreed_it_stays_a_member(network, ana, beto, third):
    removal = open_removal(network, ana, member_of(beto))
    services.be_heard(by=beto, removal=removal, words="No.")
    services.decide_removal(by=ana, removal=removal)
    for _time in range(2):
        services.settle_removal(removal=removal, adopted=False)
    assert Removal.objects.get().state == RemovalState.KEPT
    assert member_of(beto).ended_on is None
    assert Entry.objects.filter(kind="membership.kept").count() == 1


def test_it_can_be_dropped_before_anybody_was_asked(network, ana, beto):
    removal = open_removal(network, ana, member_of(beto))
    with pytest.raises(Refused):
        open_removal(network, ana, member_of(beto))
    second = people.give_duty(
        by=ana, participant=Participant.objects.get(pk=beto.participant_id), duty="COORDINATION"
    )
    with pytest.raises(Refused, match="Se trata de tu organización"):  # never one's own
        services.drop_removal(by=actor_of(second), removal=removal)
    services.drop_removal(by=ana, removal=removal)
    assert not Ask.objects.filter(kind="hear", closed_at=None).exists()
    assert open_removal(network, ana, member_of(beto))


def test_the_pages_of_a_removal(client, network, ana, beto, third, queries):
    sign_in(client, beto)
    assert client.get(f"/andina/members/{member_of(third).uuid}/remove/").status_code == 403
    sign_in(client, ana)
    address = f"/andina/members/{member_of(beto).uuid}/remove/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reasons": ""}).status_code == 422
    opened = client.post(address, {"reasons": "Usó el nombre de la red."})
    assert opened.status_code == 303
    assert client.post(address, {"reasons": "Otra vez."}).status_code == 422
    with queries(4):  # session, network, participant, removal
        page = client.get(opened.url)
    assert "Usó el nombre de la red." in page.text
    assert client.post(f"{opened.url}decide/").status_code == 403
    sign_in(client, beto)
    assert "pregunta a las demás" in client.get("/andina/membership/").text
    assert client.post(opened.url, {"words": ""}).status_code == 422
    assert client.post(opened.url, {"words": "Fue un error."}).status_code == 303
    sign_in(client, ana)
    assert "Fue un error." in client.get(opened.url).text
    assert client.post(f"{opened.url}decide/").status_code == 303
    assert "/decisions/1/" in client.get(opened.url).text


def test_whom_it_concerns_reads_that_it_has_no_voice_and_gets_no_form(client, network, ana, beto, third):
    """As who joined after a round opened: no answers are asked, and none that are shown to others are kept back. Source: P18."""
    removal = open_removal(network, ana, member_of(beto))
    services.be_heard(by=beto, removal=removal, words="No.")
    services.decide_removal(by=ana, removal=removal)
    sign_in(client, beto)
    page = client.get("/andina/decisions/1/")
    assert "la tuya no estaba" in page.text
    assert 'name="answer"' not in page.text
    assert client.post("/andina/decisions/1/", {"answer": "object", "harm": "No."}).status_code == 403
    sign_in(client, third)
    assert 'name="answer"' in client.get("/andina/decisions/1/").text
