"""The weekly letter carries what waits, what happened, and the register's checkpoint."""

from datetime import date, timedelta
from email import message_from_bytes

import pytest
from django.core import mail as sent_mail

from tequio.core import clock
from tequio.core.actor import system
from tequio.networks.models import Channel, Rhythm
from tequio.networks.rules import digest_is_due
from tequio.notify import services
from tequio.notify.models import Letter, State
from tequio.people import services as people_services
from tequio.people.selectors import readers
from tequio.people.tasks import weekly, weekly_of
from tequio.register import services as register
from tequio.register.formats import kept_text, verify
from tequio.register.models import Checkpoint
from tequio.register.selectors import export_lines
from tests.notify.test_asks import ask
from tests.notify.test_letters import SMTP, write
from tests.world import add_person


def letters():
    """Return this week's letters by the person who reads them."""
    return {letter.person_id: letter for letter in Letter.objects.filter(key__startswith="notify.weekly")}


def test_it_lists_what_waits_by_minutes_with_deadlines_and_links(network, ana, beto):
    """Source: EXPERIENCE 3.3 (7)."""
    ask(beto, subject="long", title={"es": "Leer la carta"}, why={"es": "¿Puedes vivir con ella?"}, minutes=9)
    ask(
        beto,
        subject="short",
        title={"es": "Votar"},
        minutes=2,
        path="/andina/decisions/1/",
        due_at=clock.now() + timedelta(days=2),
    )
    ask(ana, subject="hers", title={"es": "Cosa de Ana"})
    weekly_of(network_id=network.pk)
    letter = letters()[beto.person_id]
    assert letter.subject == "Red Andina: 2 cosas te esperan"
    assert letter.text.index("Votar") < letter.text.index("Leer la carta")
    for said in (letter.text, letter.html):
        assert "11 minutos en total" in said
        assert "2 minutos · hasta el " in said
        assert "¿Puedes vivir con ella?" in said
        assert "http://testserver/andina/decisions/1/" in said
        assert "Cosa de Ana" not in said
    assert letter.stop_url


def test_it_says_through_what_else_members_talk_to_each_other(network, beto):
    """Source: COM-03, COM-04: the channels that the charter promises, but for the letter itself."""
    for position, kind in enumerate(("MAIL", "RADIO", "CALLS")):
        Channel.objects.create(kind=kind, position=position)
    weekly_of(network_id=network.pk)
    letter = letters()[beto.person_id]
    for said in (letter.text, letter.html):
        assert "También nos hablamos por: radio, carteles, de boca en boca, llamadas." in said


def test_every_mailbox_gets_the_checkpoint_and_is_a_witness(network, ana, beto, dora):
    weekly_of(network_id=network.pk)
    note = Checkpoint.objects.latest("size").note
    assert set(letters()) == {ana.person_id, beto.person_id, dora.person_id}
    for letter in letters().values():
        assert note in letter.text
        assert note.split("\n")[2].replace("+", "&#x2B;") in letter.html or note.split("\n")[2] in letter.html
    kept = letters()[beto.person_id].text
    people_services.give_duty(by=ana, participant=_participant(beto), duty="SIGNER")
    lines = _export(network)
    assert verify(lines, known_checkpoints=[kept]).ok
    assert verify(lines, known_checkpoints=[kept]).witnessed == 1


def _participant(actor):
    from tequio.people.models import Participant

    return Participant.objects.get(pk=actor.participant_id)


def _export(network):
    register.make_checkpoint(network=network)
    return list(export_lines(system(network.pk), network=network))


@pytest.mark.parametrize("how", ["8bit", "quoted-printable", "base64"])
def test_the_saved_mail_itself_is_evidence_however_a_server_rewrote_it(network, run_jobs, beto, how):
    with SMTP:
        weekly_of(network_id=network.pk)
        run_jobs()
    message = next(m for m in sent_mail.outbox if m.to == ["beto@example.org"]).message()
    raw = message.as_bytes()
    if how != "8bit":
        parsed = message_from_bytes(raw)
        for part in parsed.walk():
            if part.get_content_maintype() == "text":
                text = part.get_payload(decode=True)
                part.replace_header("Content-Transfer-Encoding", how)
                part.set_payload(_encoded(text, how))
        raw = parsed.as_bytes()
    assert verify(_export(network), known_checkpoints=[kept_text(raw)]).witnessed == 1


def _encoded(text, how):
    import base64
    import quopri

    return (base64.encodebytes(text) if how == "base64" else quopri.encodestring(text)).decode()


def test_a_text_that_is_no_mail_and_no_utf8_is_read_as_it_is():
    assert kept_text(b"a\r\nb") == "a\nb"
    assert "\ufffd" in kept_text(b"\xff\xfe\x00")


def test_it_comes_once_a_week_and_only_if_there_is_something_to_say(network, beto):
    weekly_of(network_id=network.pk)
    count = len(letters())
    weekly_of(network_id=network.pk)
    assert len(letters()) == count
    with clock.at(clock.now() + timedelta(days=15)):
        weekly_of(network_id=network.pk)
        assert len(letters()) == count  # the register did not grow, and nothing waits
        ask(beto)
        weekly_of(network_id=network.pk)
        assert len(letters()) == count  # one more letter of Beto, kept under his name
        assert Letter.objects.filter(person_id=beto.person_id).count() == 2


def test_whoever_wants_none_gets_none_but_the_news_they_asked_for(network, beto):
    services.choose_how_often(by=beto, kind="weekly", how_often="NEVER")
    ask(beto, title={"es": "Votar"})
    weekly_of(network_id=network.pk)
    assert beto.person_id not in letters()
    services.choose_how_often(by=beto, kind="decision", how_often="WEEKLY")
    write(person_id=beto.person_id, context={"what": "news 1"})
    weekly_of(network_id=network.pk)
    letter = letters()[beto.person_id]
    assert letter.subject == "Red Andina: 1 novedad de la semana"
    assert "news 1" in letter.text
    assert "Votar" not in letter.text
    assert not Letter.objects.filter(state=State.HELD).exists()


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_it_weighs_little_however_much_waits_in_each_language(network, language):
    many = add_person(network, "Rosa", language=language)
    services.choose_how_often(by=many, kind="decision", how_often="WEEKLY")
    for n in range(40):
        long = dict.fromkeys(("es", "pt-br", "en"), f"{n} " + "Palabras largas de la red " * 20)
        ask(many, subject=f"s{n}", title=long, why=long, minutes=2, due_at=clock.now())
        write(person_id=many.person_id, key=f"k{n}", context={"what": f"{n} " + "noticias & más " * 20})
    weekly_of(network_id=network.pk)
    letter = letters()[many.person_id]
    assert len(letter.html.encode()) < 20_000
    assert "tequio/" in letter.html
    first = {
        "es": "40 cosas te esperan",
        "pt-br": "40 coisas esperam por você",
        "en": "40 things wait for you",
    }
    assert first[language] in letter.subject
    more = {"es": "Y 30 más", "pt-br": "E mais 30", "en": "And 30 more"}
    assert more[language] in letter.text


def test_the_queries_of_a_batch_do_not_grow_with_its_readers(
    network, ana, beto, django_assert_max_num_queries
):
    register.make_checkpoint(network=network)
    few = readers()
    for n in range(30):
        add_person(network, f"Persona{n}")
    register.make_checkpoint(network=network)
    more = [reader for reader in readers() if reader not in few]
    with django_assert_max_num_queries(6 + 4 * len(more)):
        assert services.write_weekly(readers=more) == 30


def test_monday_starts_it_in_every_network_and_people_who_left_get_none(
    network, elsewhere, ana, beto, run_jobs
):
    people_services.end_participation(by=ana, participant=_participant(beto))
    weekly(0)
    run_jobs()
    found = letters()
    assert {ana.person_id, elsewhere.carla.person_id} <= set(found)
    assert beto.person_id not in found
    assert found[elsewhere.carla.person_id].language == "pt-br"
    assert "O ponto de controle do registro" in found[elsewhere.carla.person_id].text


def test_it_can_be_stopped_by_its_own_link_and_chosen_on_the_page(client, network, beto):
    from tests.conftest import sign_in

    weekly_of(network_id=network.pk)
    client.post(letters()[beto.person_id].stop_url.replace("http://testserver", ""))
    sign_in(client, beto)
    page = client.get("/andina/letters/")
    assert 'name="weekly"' in page.text
    assert 'name="weekly" value="NOW"' not in page.text
    chosen = {"ask": "NOW", "decision": "NOW", "member": "NOW", "weekly": "NOW", "news": "NOW"}
    assert client.post("/andina/letters/", chosen).status_code == 422
    assert client.post("/andina/letters/", {**chosen, "weekly": "WEEKLY"}).status_code == 303


@pytest.mark.parametrize(
    ("times", "mondays"),
    [
        (52, ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"]),
        (26, ["2026-11-09", "2026-11-23"]),
        (12, ["2026-11-02"]),
        (4, []),
        (0, []),
    ],
)
def test_it_goes_out_as_often_as_the_charter_says(times, mondays):
    """Source: COM-04, XCT-06."""
    all_of_november = [date(2026, 11, 2) + timedelta(days=7 * week) for week in range(5)]
    due = [day for day in all_of_november if digest_is_due(times, on=day)]
    assert [str(day) for day in due] == mondays


def test_a_network_without_letters_still_brings_what_somebody_asked_to_get_together(network, ana, beto):
    Rhythm.objects.update_or_create(kind="DIGEST", defaults={"times_a_year": 0})
    ask(beto, subject="waits", title={"es": "Votar"})
    Letter.objects.filter(key__startswith="notify.weekly").delete()
    weekly_of(network_id=network.pk)
    assert letters() == {}
    assert Checkpoint.objects.exists()
