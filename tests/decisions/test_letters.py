"""Deciding from a mailbox: a link for each voice and person, which opening never uses up."""

import re
from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import services
from tequio.decisions.models import Answer, AnswerLink
from tequio.decisions.rules import Position
from tequio.networks.models import Rhythm
from tequio.notify.models import HowOften, Letter, Preference
from tequio.people import services as people
from tequio.people.models import Participant, Voice
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, LIVE, OBJECT, YES, propose, text, vote_after_objection

LINK = re.compile(r"http://testserver(/andina/answer/[\w-]{43}/\w+/)")


def token_of(round, actor):
    return services.answer_links(round=round, person_ids=[actor.person_id])[actor.person_id]


@pytest.fixture
def address(opened, beto):
    return f"/andina/answer/{token_of(opened, beto)}/"


def send(client, path, **data):
    page = client.get(path)
    key = re.search(r'name="once" value="([^"]+)"', page.text)
    return client.post(path, {"once": key.group(1) if key else "", **data})


def test_a_scanner_that_opens_every_link_answers_nothing_and_uses_nothing_up(client, opened, beto, address):
    """Source: EXPERIENCE 3.10: GET never votes."""
    for _turn in range(10):
        for mark in ("", "yes/", "concern/", "object/", "pass/"):
            assert client.get(address + mark).status_code == 200
            assert client.head(address + mark).status_code == 200
    assert not Answer.objects.exists()
    assert AnswerLink.objects.get(participant=beto.participant_id).used_at is None
    assert send(client, f"{address}yes/", answer="yes").status_code == 303
    assert Answer.objects.get().position == LIVE


def test_the_page_marks_the_answer_says_who_answers_and_shows_nothing_else(client, ana, opened, address):
    """Source: P26, XCT-03."""
    services.answer(by=ana, round=opened, position=YES, concern="Secreto de Ana")
    page = client.get(f"{address}pass/")
    assert re.search(r'value="pass"[^>]* checked', page.text)
    said = text(page)
    assert "Cuota solidaria" in said
    assert "Cada organización paga según su tamaño." in said
    assert "Beto" in said
    assert "La Asamblea" in said
    assert "Secreto de Ana" not in page.text
    assert "Barrio Vivo" not in page.text
    # The address is told to no other site; to none at all, and the browser would send the form without its origin.
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"{HOME}{opened.proposal.number}/").status_code == 302


def test_an_answer_from_a_letter_is_kept_as_one_and_the_link_is_used(client, opened, beto, address):
    """Source: GOV-10, GOV-25."""
    taken = send(
        client, f"{address}object/", answer="object", harm="Deja fuera a los colectivos", mend="Horas"
    )
    assert taken.status_code == 303
    assert taken.url == address
    given = Answer.objects.get()
    assert (given.position, given.way, given.given_name) == (OBJECT, "LINK", "Beto")
    assert opened.objections.get().harm == "Deja fuera a los colectivos"
    again = client.get(address)
    assert "Tu respuesta quedó guardada" in text(again)
    assert '<form method="post"' not in again.text.partition("<main")[2]
    assert send(client, f"{address}yes/", answer="yes").status_code == 200
    assert Answer.objects.get().position == OBJECT
    with pytest.raises(Refused, match="se usó"):
        services.answer_from_letter(by=beto, link=AnswerLink.objects.get(), position=Position.AGREE)


def test_an_objection_without_words_keeps_what_was_typed(client, address, opened):
    refused = send(client, f"{address}object/", answer="object", harm="", mend="Aportar horas")
    assert refused.status_code == 422
    assert "Aportar horas" in refused.text
    assert AnswerLink.objects.get().used_at is None


def test_links_that_do_not_answer_say_why_and_offer_to_sign_in(client, ana, beto, dora, opened, address):
    unknown = client.get("/andina/answer/no-such-token/yes/")
    assert unknown.status_code == 404
    assert "Entrar" in text(unknown)
    substitute = f"/andina/answer/{token_of(opened, dora)}/yes/"
    services.answer(by=beto, round=opened, position=YES)
    late = client.get(substitute)
    assert late.status_code == 410
    assert "ya respondieron" in text(late)
    assert client.post(substitute, {"answer": "object", "harm": "x"}).status_code == 410
    assert Answer.objects.get().position == YES


def test_a_link_of_somebody_else_takes_no_answer(client, ana, beto, opened, address):
    sign_in(client, ana)
    page = client.get(f"{address}yes/")
    assert page.status_code == 410
    assert "otra persona" in text(page)
    client.post(f"{address}yes/", {"answer": "yes"})
    assert not Answer.objects.exists()
    link = AnswerLink.objects.get(participant=beto.participant_id)
    with pytest.raises(Refused):
        services.answer_from_letter(by=ana, link=link, position=Position.AGREE)


def test_a_link_ends_with_its_round_and_with_the_voice(client, ana, beto, opened, address):
    """Source: P18."""
    with clock.at(opened.closes_at + timedelta(minutes=1)):
        over = client.get(f"{address}yes/")
        assert (over.status_code, "Hasta entonces" in text(over)) == (410, False)
    participant = Participant.objects.get(pk=beto.participant_id)
    people.end_participation(by=ana, participant=participant)
    assert client.get(f"{address}yes/").status_code == 410
    assert client.post(f"{address}yes/", {"answer": "yes"}).status_code == 410
    assert not Answer.objects.exists()


def test_a_link_answers_for_the_voice_that_it_was_made_for_and_no_other(client, ana, beto, opened, address):
    moved = Participant.objects.filter(pk=beto.participant_id)
    moved.update(membership_id=ana.membership_id, voice=Voice.SUBSTITUTE)
    assert client.post(f"{address}yes/", {"answer": "yes"}).status_code == 410
    assert not Answer.objects.exists()


def test_a_link_of_another_network_is_not_from_here(client, opened, elsewhere, address):
    assert client.get(address.replace("/andina/", "/sul/")).status_code == 404


def test_only_the_hash_of_a_secret_is_kept(opened, beto):
    token = token_of(opened, beto)
    kept = AnswerLink.objects.get(participant=beto.participant_id)
    assert token not in str(vars(kept))
    assert kept.token_hash == services.hash_of(token=token)
    assert token_of(opened, beto) == token
    assert AnswerLink.objects.count() == 1


def test_a_round_that_opens_writes_to_each_voice_with_its_own_links(network, ana, proposal, run_jobs):
    """Source: EXPERIENCE 3.10."""
    with clock.at(
        clock.now().replace(year=2026, month=11, day=17)
    ):  # a Tuesday: the weekly letter comes too late
        opened = services.open_round(by=ana, proposal=proposal, hours=72)
        assert services.ask_by_letter(round=opened) == 3
        assert services.ask_by_letter(round=opened) == 0
    letters = list(Letter.objects.filter(key__startswith="decisions.asked:"))
    assert len(letters) == 3
    found = [set(LINK.findall(letter.text)) for letter in letters]
    assert all(len(each) == 4 for each in found)
    assert len(set.union(*found)) == 12
    for letter in letters:
        assert set(LINK.findall(letter.html)) == set(LINK.findall(letter.text))
        assert len(letter.html.encode()) + len(letter.text.encode()) < 20_000
        assert letter.stop_url
        assert letter.stop_url in letter.text
        assert "http" not in letter.subject
        assert "Cuota solidaria" in letter.subject


def test_a_round_that_the_weekly_letter_announces_in_time_needs_no_other(network, ana, proposal):
    with clock.at(clock.now().replace(year=2026, month=11, day=20)):  # a Friday
        opened = services.open_round(by=ana, proposal=proposal, hours=168)
        assert services.ask_by_letter(round=opened) == 0


@pytest.mark.parametrize(("times", "letters"), [(52, 0), (26, 0), (12, 3), (0, 3)])
def test_a_weekly_letter_that_the_charter_wants_seldom_or_never_asks_nobody(ana, proposal, times, letters):
    """Source: COM-04, EXPERIENCE 3.10."""
    Rhythm.objects.update_or_create(kind="DIGEST", defaults={"times_a_year": times})
    with clock.at(clock.now().replace(year=2026, month=11, day=20)):  # before one of every two Mondays
        opened = services.open_round(by=ana, proposal=proposal, hours=168)
        assert services.ask_by_letter(round=opened) == letters


def test_letters_that_ask_respect_what_each_chose(network, ana, beto, dora, proposal):
    for actor, how in ((ana, HowOften.NEVER), (beto, HowOften.WEEKLY)):
        Preference.objects.create(
            person_id=actor.person_id, kind="ask", how_often=how, changed_at=clock.now()
        )
    with clock.at(clock.now().replace(year=2026, month=11, day=17)):
        opened = services.open_round(by=ana, proposal=proposal, hours=72)
        services.ask_by_letter(round=opened)
    with clock.at(opened.closes_at - timedelta(hours=23)):
        services.remind(round=opened)
    asked = Letter.objects.filter(key__startswith="decisions.asked:").values_list("person_id", flat=True)
    reminded = Letter.objects.filter(key__startswith="decisions.reminder:").values_list(
        "person_id", flat=True
    )
    assert set(asked) == {dora.person_id}
    assert set(reminded) == {beto.person_id, dora.person_id}


def test_the_weekly_letter_carries_the_links(network, ana, beto, opened, client):
    from tequio.people.tasks import weekly_of

    weekly_of(network_id=network.pk)
    letter = Letter.objects.get(key__startswith="notify.weekly", person_id=beto.person_id)
    links = LINK.findall(letter.text)
    assert [link.rsplit("/", 2)[1] for link in links] == ["yes", "concern", "object", "pass"]
    assert set(links) == set(LINK.findall(letter.html))
    assert send(client, links[0], answer="yes").status_code == 303
    assert Answer.objects.get().given_name == "Beto"


def test_a_vote_is_given_from_a_letter_too(client, ana, beto, proposal):
    """Source: GOV-26."""
    opened = vote_after_objection(ana, beto, proposal)
    path = f"/andina/answer/{token_of(opened, beto)}/no/"
    assert re.search(r'value="NO"[^>]* checked', client.get(path).text)
    assert send(client, path, answer="NO", words="No alcanza").status_code == 303
    assert Answer.objects.get(elector__round=opened).position == "NO"


def test_a_new_version_has_new_links(client, ana, beto, opened, address):
    services.answer(by=ana, round=opened, position=OBJECT, reason="Muy caro")
    services.integrate(
        by=ana, objection=opened.objections.get(), why="Más barato", body={"es": "Pequeñas: 30."}
    )
    assert client.get(f"{address}yes/").status_code == 410


def test_the_page_costs_few_queries(client, opened, address, queries):
    client.get(f"{address}yes/")
    with queries(3):
        client.get(f"{address}yes/")


def test_the_answer_is_in_the_register_as_any_other(client, opened, beto, address):
    send(client, f"{address}yes/", answer="yes")
    entry = Entry.objects.filter(kind="decisions.answered").latest("turn")
    assert entry.payload.facts["member"] == "La Asamblea"
    assert "position" not in entry.payload.facts
    assert entry.payload.person_id == beto.person_id


def test_who_carries_a_voice_later_gets_a_link_of_their_own(network, ana, beto, opened):
    person = people.person_for(email="nueva@example.org", name="Nueva")
    membership = Participant.objects.get(pk=beto.participant_id).membership
    people.seat(by=ana, person=person, name="Nueva", membership=membership, voice=Voice.SUBSTITUTE)
    assert set(services.answer_links(round=opened, person_ids=[person.pk])) == {person.pk}


def test_a_weekly_letter_full_of_questions_stays_small(network, ana, beto):
    """Source: EXPERIENCE 3.10: under 20 KB."""
    from tequio.people.tasks import weekly_of

    for _turn in range(12):
        services.open_round(by=ana, proposal=propose(ana))
    weekly_of(network_id=network.pk)
    letter = Letter.objects.get(key__startswith="notify.weekly", person_id=beto.person_id)
    assert len(LINK.findall(letter.html)) == 20
    assert len(letter.html.encode()) < 20_000
