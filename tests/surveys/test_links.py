"""Personal links, reminders, progress, interviews: what those who lead a survey do while it runs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.notify.models import Letter
from tequio.surveys.models import Access, Link, Reply, Survey
from tequio.surveys.rules.instrument import Value
from tequio.surveys.rules.invited import Invited, people_in
from tequio.surveys.selectors import addresses
from tequio.surveys.selectors.answering import version_of
from tequio.surveys.services import links, replying
from tests.conftest import sign_in
from tests.surveys.field import open_a_survey
from tests.surveys.test_answering import fill

LIST = "Casa Uno <uno@example.org>\nDOS@example.org\nCasa Tres\nuno@example.org\n"


@pytest.fixture
def survey(ana):
    return open_a_survey(ana)


@pytest.fixture
def invited(ana, network, survey):
    people, _unread = people_in(LIST)
    return links.make_links(by=ana, network=network, survey=survey, people=people, language="es")


def said(name="Casa", country="CO"):
    return {"name": Value(text=name), "country": Value(chosen=(country,)), "joins": Value(chosen=("no",))}


def send(survey, **more):
    return replying.take_reply(
        survey=survey, version=version_of(survey), once=uuid4(), values=said(**more), language="es"
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Casa Uno <Uno@Example.org>", Invited("Casa Uno", "uno@example.org")),
        ("Casa Uno, uno@example.org", Invited("Casa Uno", "uno@example.org")),
        ("uno@example.org;Casa Uno", Invited("Casa Uno", "uno@example.org")),
        ("Casa Uno", Invited("Casa Uno", "")),
        ("uno@example", None),
        ("a@b.org c@d.org", None),
    ],
)
def test_a_pasted_list_is_read_as_people_write_it(line, found):
    assert people_in(line) == (([found], []) if found else ([], [line]))


def test_who_stands_in_a_list_twice_gets_one_letter(invited):
    assert [(link.name, link.email) for link in invited] == [
        ("Casa Uno", "uno@example.org"),
        ("", "dos@example.org"),
        ("Casa Tres", ""),
    ]
    assert sorted(Letter.objects.values_list("address", flat=True)) == ["dos@example.org", "uno@example.org"]
    assert "stop/" in Letter.objects.first().stop_url


def test_a_personal_link_takes_one_answer_also_where_nobody_else_may(invited, survey):
    """Source: SUR-01."""
    Survey.objects.update(access=Access.PERSONAL)
    path = addresses.link_address("andina", invited[0])
    phone = Client(enforce_csrf_checks=True, headers={"accept-language": "es"})
    answer = phone.post(path, fill(phone.get(path)))
    assert answer.status_code == 303
    assert Link.objects.get(pk=invited[0].pk).reply == Reply.objects.get()
    assert phone.get(path)["Location"] == answer["Location"].removesuffix("done/")


def test_only_who_has_not_answered_is_reminded_and_twice_at_most(ana, network, survey, invited):
    """Source: SUR-01."""
    replying.take_reply(
        survey=survey,
        version=version_of(survey),
        once=invited[0].once,
        values=said(),
        language="es",
        link=invited[0],
    )
    sent = []
    for days in (1, 5, 10, 20):
        with clock.at(clock.now() + timedelta(days=days)):
            sent.append(links.remind_when_due(by=system(network.pk), network=network))
    assert sent == [0, 1, 1, 0]


def test_a_reminder_speaks_of_what_was_written_only_to_who_wrote(ana, network, survey, invited):
    """Source: SUR-01."""
    replying.save_begun(
        survey=survey, version=version_of(survey), once=invited[0].once, values=said(), language="es",
        link=invited[0],
    )  # fmt: skip
    with clock.at(clock.now() + timedelta(days=5)):
        links.remind(by=ana, network=network, survey=survey)
    texts = dict(Letter.objects.filter(key__startswith="surveys.reminder").values_list("address", "text"))
    assert {who: "sigue ahí" in text for who, text in texts.items()} == {
        "uno@example.org": True, "dos@example.org": False,
    }  # fmt: skip
    assert "\n De esto" not in texts["dos@example.org"]


def test_who_began_and_gave_an_address_is_reminded_twice_at_most(ana, network, survey):
    replying.save_begun(
        survey=survey,
        version=version_of(survey),
        once=uuid4(),
        values={"mail": Value(text="a@example.org")},
        language="es",
    )
    sent = []
    for days in (1, 5, 6, 15, 30):
        with clock.at(clock.now() + timedelta(days=days)):
            sent.append(links.remind(by=ana, network=network, survey=survey))
    assert sent == [0, 1, 0, 1, 0]


def test_who_began_stops_the_letters_with_one_click_and_no_account(ana, network, survey):
    """Source: SUR-01, RFC 8058."""
    begun = replying.save_begun(
        survey=survey, version=version_of(survey), once=uuid4(),
        values={"mail": Value(text="a@example.org")}, language="es",
    )  # fmt: skip
    with clock.at(clock.now() + timedelta(days=5)):
        links.remind(by=ana, network=network, survey=survey)
    letter = Letter.objects.get(address="a@example.org")
    path = addresses.reply_address("andina", begun) + "stop/"
    assert letter.stop_url.endswith(path)
    assert path in letter.text
    phone = Client(enforce_csrf_checks=True)
    assert phone.get(path).status_code == 200
    assert phone.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with clock.at(clock.now() + timedelta(days=12)):
        assert links.remind(by=ana, network=network, survey=survey) == 0
    assert phone.get(path.removesuffix("stop/")).status_code == 200  # what was begun waits all the same


def test_one_click_of_a_mail_program_stops_the_letters(ana, network, survey, invited):
    """Source: RFC 8058."""
    path = addresses.link_address("andina", invited[0]) + "stop/"
    phone = Client(enforce_csrf_checks=True)
    assert phone.get(path).status_code == 200
    assert Link.objects.get(pk=invited[0].pk).stopped_at is None
    assert phone.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with clock.at(clock.now() + timedelta(days=5)):
        assert links.remind(by=ana, network=network, survey=survey) == 1


def test_only_who_leads_the_survey_invites_and_sees_how_it_goes(client, beto, network, survey):
    with pytest.raises(Refused):
        links.make_links(by=beto, network=network, survey=survey, people=[Invited("Casa", "")], language="es")
    sign_in(client, beto)
    assert client.get(f"/andina/surveys/{survey.slug}/links/").status_code == 403
    assert client.get(f"/andina/surveys/{survey.slug}/progress/").status_code == 403


def test_the_list_is_typed_on_the_page_and_kept_with_its_mistakes(client, ana, survey):
    sign_in(client, ana)
    path = f"/andina/surveys/{survey.slug}/links/"
    wrong = client.post(path, {"people": "Casa\nno@es", "language": "es"})
    assert wrong.status_code == 422
    assert "no@es" in wrong.content.decode()
    assert client.post(path, {"people": LIST, "language": "es"}).status_code == 303
    assert Link.objects.count() == 3


def test_progress_says_where_answers_come_from_in_the_same_queries_for_many(client, ana, survey, queries):
    """Source: SUR-03."""
    Survey.objects.update(quotas=[{"question": "country", "option": "CL", "most": 9}])
    sign_in(client, ana)
    path = f"/andina/surveys/{survey.slug}/progress/"
    send(survey)
    client.get(path)
    with queries(7):
        client.get(path)
    for number in range(12):
        send(survey, name=f"Casa {number}", country="CL" if number % 3 else "CO")
    with queries(7):
        page = client.get(path).content.decode()
    assert "13" in page
    assert page.count("Chile") == 2  # in the table of countries, and among the quotas
    assert '<th scope="row">20' not in page  # days are written as people say them


def test_interviews_are_written_down_by_people_of_the_network(client, beto, survey):
    """Source: SUR-01."""
    sign_in(client, beto)
    path = f"/andina/surveys/{survey.slug}/record/"
    page = client.get(path)
    assert client.post(path, fill(page)).status_code == 422  # how somebody was heard is missing
    answer = client.post(path, {**fill(page), "manner": "PAPER"})
    assert answer.status_code == 303
    reply = Reply.objects.get()
    assert (reply.source, reply.manner, reply.recorded_by_id) == ("INTERVIEW", "PAPER", beto.participant_id)


def test_two_of_one_name_are_told_apart_on_their_page(client, ana, survey):
    Survey.objects.update(once_per_organization=True)
    survey.refresh_from_db()
    send(survey)
    with pytest.raises(replying.SameNameError):
        send(survey, name="CASA")
    replying.take_reply(
        survey=survey,
        version=version_of(survey),
        once=uuid4(),
        values=said("CASA"),
        language="es",
        another=True,
    )
    sign_in(client, ana)
    path = f"/andina/surveys/{survey.slug}/same-names/"
    waiting = Reply.objects.get(same_name_as__isnull=False)
    assert "CASA" in client.get(path).content.decode()
    assert client.post(path, {"reply": str(waiting.uuid), "apart": "no"}).status_code == 303
    waiting.refresh_from_db()
    assert waiting.set_aside
    assert waiting.same_name_as_id is None
