import re
import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail as sent_mail
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

import tequio
from tequio.core import clock
from tequio.notify import services
from tequio.notify.models import Letter, Preference, State
from tequio.notify.rules import Reader
from tequio.notify.services import upkeep
from tequio.notify.services.letters import NotSentYet, envelope
from tequio.notify.tokens import read_stop_token, stop_token

SMTP = override_settings(SMTP_URL="smtp://localhost")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {
                        "plain.subject.txt": "{% load i18n %}{% translate 'Save' %}:\n {{ what }}",
                        "plain.txt": "{% extends 'web/mail.txt' %}{% block body %}Hello <b>{{ what }}</b>\n\n{{ origin }}/x/"
                        "{% endblock %}",
                    },
                ),
                "django.template.loaders.app_directories.Loader",
            ],
            "builtins": ["tequio.web.templatetags.tequio"],
        },
    }
]


def write(**changes):
    values = {
        "person_id": None, "address": "rosa@example.org", "language": "es", "kind": "decision", "template": "plain",
        "context": {"what": "R&D"}, "key": "test:1",
    }  # fmt: skip
    with override_settings(TEMPLATES=TEMPLATES):
        return services.mail(**{**values, **changes})


def test_a_letter_speaks_its_readers_language_in_two_forms_and_weighs_little(network, beto):
    letter = write(person_id=beto.person_id)
    assert letter.subject == "Guardar: R&D"
    assert letter.text.startswith("Red Andina\n\nHello <b>R&D</b>\n\nhttp://testserver/x/\n")
    assert "Hello &lt;b&gt;R&amp;D&lt;/b&gt;" in letter.html
    assert '<a href="http://testserver/x/"' in letter.html
    assert "prefers-color-scheme" in letter.html
    assert re.search(r'<p class="from" style="[^"]+"', letter.html)
    assert len(letter.html.encode()) < 20_000
    assert "<img" not in letter.html
    assert "<script" not in letter.html


def test_a_letter_says_how_to_stop_it_in_one_click(network, beto):
    letter = write(person_id=beto.person_id)
    headers = envelope(letter=letter).message()
    assert headers["Message-ID"] == letter.message_id
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] == f"<{letter.stop_url}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = read_stop_token(letter.stop_url.rstrip("/").rpartition("/")[2])
    assert (stop.person_id, stop.network_id, stop.kind) == (beto.person_id, network.pk, "decision")


@pytest.mark.parametrize("token", ["", "x", "1.2.decision", "1.2.decision:bad", "💥"])
def test_a_link_that_was_not_written_here_is_none(token):
    assert read_stop_token(token) is None


def test_letters_about_the_account_and_about_care_cannot_be_stopped(network, beto):
    for kind in ("account", "care", "invitation"):
        letter = write(person_id=beto.person_id, kind=kind, key=kind)
        assert letter.stop_url == ""
        assert "List-Unsubscribe" not in envelope(letter=letter).message()
    what = read_stop_token(stop_token(person_id=beto.person_id, network_id=network.pk, kind="account"))
    assert services.stop(what=what) is False


def test_the_same_key_is_one_letter(network, beto):
    assert write() == write(context={"what": "other"})
    assert Letter.objects.count() == 1


def test_whoever_asked_for_none_gets_none_and_weekly_ones_travel_together(network, beto):
    with SMTP:
        services.choose_how_often(by=beto, kind="decision", how_often="NEVER")
        assert write(person_id=beto.person_id) is None
        services.choose_how_often(by=beto, kind="decision", how_often="WEEKLY")
        held = [write(person_id=beto.person_id, key=str(n), context={"what": f"news {n}"}) for n in (1, 2)]
        assert {letter.state for letter in held} == {State.HELD}
        assert services.write_weekly(readers=[Reader(beto.person_id, "beto@example.org", "es")]) == 1
        letter = Letter.objects.get()
    assert letter.state == State.WAITING
    assert letter.subject == "Red Andina: 2 novedades de la semana"
    assert "news 1" in letter.text
    assert "news 2" in letter.html
    assert letter.stop_url


def test_a_reminder_does_not_wait_for_the_weekly_letter(network, beto):
    services.choose_how_often(by=beto, kind="ask", how_often="WEEKLY")
    assert write(person_id=beto.person_id, kind="reminder").state == State.WAITING
    assert write(person_id=beto.person_id, kind="ask", key="other").state == State.HELD
    services.choose_how_often(by=beto, kind="ask", how_often="NEVER")
    assert write(person_id=beto.person_id, kind="reminder", key="third") is None


def test_stopping_forgets_what_was_held(network, beto):
    services.choose_how_often(by=beto, kind="decision", how_often="WEEKLY")
    write(person_id=beto.person_id)
    what = read_stop_token(stop_token(person_id=beto.person_id, network_id=network.pk, kind="decision"))
    assert services.stop(what=what) is True
    assert not Letter.objects.exists()
    assert Preference.objects.get().how_often == "NEVER"


def test_the_job_is_part_of_the_transaction_and_the_letter_leaves_once(network, run_jobs):
    with SMTP:
        letter = write()
        assert ProcrastinateJob.objects.filter(task_name="tequio.notify.tasks.send").count() == 1
        run_jobs()
        assert services.send_now(letter_id=letter.pk) is False
    assert [message.extra_headers["Message-ID"] for message in sent_mail.outbox] == [letter.message_id]
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html, letter.subject) == (State.SENT, "", "", "")


def test_without_a_mail_server_letters_wait_and_leave_once_there_is_one(network, run_jobs):
    letter = write()
    assert not ProcrastinateJob.objects.filter(task_name="tequio.notify.tasks.send").exists()
    with SMTP, clock.at(clock.now() + timedelta(minutes=11)):
        assert upkeep.post_waiting() == 1
        assert upkeep.post_waiting() == 0  # its job is there already
        run_jobs()
    letter.refresh_from_db()
    assert letter.state == State.SENT


def refuse(problem):
    def send(*_args, **_kwargs):
        raise problem

    return send


def test_a_server_that_is_down_is_asked_again_and_one_that_refuses_is_not(network, monkeypatch):
    letter = write()
    monkeypatch.setattr(
        "django.core.mail.EmailMultiAlternatives.send", refuse(ConnectionRefusedError("down"))
    )
    with pytest.raises(NotSentYet):
        services.send_now(letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.trouble) == (State.WAITING, 1, "down")

    no = smtplib.SMTPRecipientsRefused({"rosa@example.org": (550, b"no such user")})
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse(no))
    assert services.send_now(letter_id=letter.pk) is False
    letter.refresh_from_db()
    assert letter.state == State.FAILED


def test_old_letters_are_forgotten(network):
    letter = write()
    services.send_now(letter_id=letter.pk)
    assert upkeep.forget_old() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert upkeep.forget_old() == 1


def test_the_worker_leaves_a_sign_of_life(db):
    upkeep.beat()
    assert clock.now() - upkeep.last_beat().at < timedelta(minutes=1)


def test_no_letter_of_plain_text_holds_the_marks_of_a_page() -> None:
    """A moment or an amount is drawn as HTML: in plain text its marks are stripped."""
    home = Path(tequio.__file__).parent
    drawn = re.compile(r"\{% (?:moment|money|texts|tag|icon|barlist)\b(?![^%]* as \w+ %\})")
    found = [path.name for path in home.glob("*/templates/*/mail/*.txt") if drawn.search(path.read_text())]
    assert found == []
