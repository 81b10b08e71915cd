"""An answer that somebody wrote down for a person without a device: marked, told, corrected. Source: XCT-03, P7."""

import pytest

from tequio.core.access import Refused
from tequio.decisions import services
from tequio.decisions.models import Answer, AnswerChange, Elector
from tequio.decisions.rules import Position
from tequio.networks.models import Governance
from tequio.notify.models import Ask, Letter
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, LIVE, OBJECT, YES, propose, text


@pytest.fixture
def opened(ana):
    Governance.objects.update(records_for="COORDINATION")
    return services.open_round(by=ana, proposal=propose(ana))


def voice_of(round, actor):
    return Elector.objects.get(round=round, membership_id=actor.membership_id)


def record(by, round, whose, **more):
    told = {"given": "Beto, por teléfono", "position": LIVE, **more}
    return services.record_answer(by=by, round=round, elector=voice_of(round, whose), **told)


def test_it_is_marked_in_the_record_and_told_to_the_voice(ana, beto, dora, opened):
    """Source: XCT-03."""
    given = record(ana, opened, beto, concern="Que no sea de noche")
    assert (given.way, given.given_name, given.recorded_name) == ("BEHALF", "Beto, por teléfono", "Ana")
    entry = Entry.objects.get(kind="decisions.answer_recorded")
    assert entry.payload.facts["given"] == "Beto, por teléfono"
    letters = Letter.objects.filter(key__startswith="decisions.recorded:")
    assert set(letters.values_list("person_id", flat=True)) == {beto.person_id, dora.person_id}
    assert "Ana" in letters[0].text
    assert Ask.objects.filter(kind="recorded", person_id=beto.person_id, closed_at=None).exists()
    services.answer(by=ana, round=opened, position=YES)
    outcome = opened.__class__.objects.get(pk=opened.pk).outcome
    marked = [voice for voice in outcome.voices if voice["recorded"]]
    assert [(voice["by"], voice["recorded"]) for voice in marked] == [("Beto, por teléfono", "Ana")]
    facts = Entry.objects.get(pk=outcome.entry_id).payload.facts
    assert [voice.get("recorded") for voice in facts["voices"]].count(True) == 1


def test_the_voice_corrects_it_and_its_own_answer_is_never_overwritten(client, ana, beto, opened):
    record(ana, opened, beto)
    link = services.answer_links(round=opened, person_ids=[beto.person_id])[beto.person_id]
    page = client.get(f"/andina/answer/{link}/")
    assert page.status_code == 200
    services.answer(by=beto, round=opened, position=OBJECT, reason="Nadie me llamó")
    given = Answer.objects.get()
    assert (given.way, given.given_name, given.recorded_name) == ("PAGE", "Beto", "")
    assert AnswerChange.objects.get().given_name == "Beto, por teléfono"
    assert not Ask.objects.filter(kind="recorded", closed_at=None).exists()
    with pytest.raises(Refused, match="por sí misma"):
        record(ana, opened, beto)


def test_only_whom_the_charter_allows_and_never_for_oneself(ana, beto, dora, opened, network):
    with pytest.raises(Refused):
        record(beto, opened, ana)
    with pytest.raises(Refused):
        record(ana, opened, ana)
    with pytest.raises(Refused):
        record(ana, opened, beto, position=Position.OBJECT)  # an objection needs words, here too
    with pytest.raises(Refused):
        record(ana, opened, beto, given=" ")
    Governance.objects.update(records_for="NOBODY")
    later = services.open_round(by=ana, proposal=propose(ana))
    with pytest.raises(Refused, match="cada voz responde"):
        record(ana, later, beto)


def test_the_page_writes_it_down_and_the_record_shows_it(client, ana, beto, opened):
    sign_in(client, ana)
    page = f"{HOME}{opened.proposal.number}/"
    assert f"{page}record-answer/" in client.get(page).text
    form = f"{page}record-answer/"
    assert "Barrio Vivo" not in text(client.get(form)).partition("Escribir")[2].partition("Ir ")[0]
    wrong = client.post(form, {"elector": voice_of(opened, beto).pk, "said_by": "Beto", "answer": "object"})
    assert wrong.status_code == 422
    assert 'value="Beto"' in wrong.text
    told = {"elector": voice_of(opened, beto).pk, "said_by": "Beto", "answer": "yes"}
    assert client.post(form, told).status_code == 303
    services.answer(by=ana, round=opened, position=YES)
    assert "la escribió Ana" in text(client.get(f"{page}record/"))
    sign_in(client, beto)
    assert client.get(form).status_code == 403


def test_whose_word_it_is_reads_all_of_it_and_by_whom_it_was_written(client, ana, beto, opened):
    """An objection too, in the letter and on the page; until it is their own answer. Source: XCT-03, P7."""
    record(ana, opened, beto, position=OBJECT, reason="De noche no hay bus", mend="Hacerlo de día")
    letter = Letter.objects.filter(key__startswith="decisions.recorded:").first()
    assert "Tengo una objeción: De noche no hay bus" in letter.text
    assert "Hacerlo de día" in letter.text
    sign_in(client, beto)
    page = f"{HOME}{opened.proposal.number}/"
    said = "Ana escribió esta respuesta."
    assert said in text(client.get(page))
    assert client.post(page, {"answer": "object", "harm": "De noche no hay bus"}).status_code == 303
    assert said not in text(client.get(page))


def test_the_page_costs_few_queries(client, ana, opened, queries):
    sign_in(client, ana)
    page = f"{HOME}{opened.proposal.number}/record-answer/"
    client.get(page)
    with queries(5):
        client.get(page)
