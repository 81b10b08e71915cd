"""Answering without an account, from the page to the rows."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tequio.core import clock
from tequio.core.access import Refused
from tequio.networks.models import Network
from tequio.notify.models import Letter
from tequio.surveys.models import Access, Release, Reply, State, Survey
from tequio.surveys.rules.instrument import Value
from tequio.surveys.selectors.answering import values_of, version_of
from tequio.surveys.services import replying
from tests.conftest import sign_in
from tests.house.forms_in import forms_in
from tests.surveys.asked import GOOD
from tests.surveys.field import open_a_survey

PAGE = "/andina/survey/campo/"


@pytest.fixture
def survey(ana):
    return open_a_survey(ana)


@pytest.fixture
def phone():
    return Client(enforce_csrf_checks=True, headers={"accept-language": "es"})


def form_of(answer):
    """Return what a page's form holds, without what only counts when it is touched."""
    form = next(form for form in forms_in(answer.content.decode()) if form.method == "post")
    kept = {"key", "version", "language", *form.free}
    return {name: texts for name, texts in form.values.items() if name in kept}


def fill(answer):
    """Return what a page's form sends once the needed answers are typed."""
    return {**form_of(answer), **GOOD}


def send(phone, page, more=None, path=PAGE):
    return phone.post(path, {**fill(page), **(more or {})})


def test_somebody_without_an_account_answers_and_gets_a_link(phone, survey):
    """Source: SUR-01, SUR-02."""
    page = phone.get(PAGE)
    assert page.status_code == 200
    assert "csrf" not in page.cookies
    assert "session" not in page.cookies
    answer = send(
        phone,
        page,
        {"q:with": ["women", "rural"], "q:hard:row:money": "much", "q:size": "12", "q:since": "2020-05-01"},
    )
    assert answer.status_code == 303
    reply = Reply.objects.get()
    assert reply.sent_at
    assert reply.organization_name == "Junta del Agua"
    assert reply.folded == "junta del agua"
    assert values_of(reply)["with"] == Value(chosen=("women", "rural"))
    assert values_of(reply)["hard"] == Value(rows={"money": "much"})
    after = phone.get(answer["Location"])
    assert "Recibido" in after.content.decode()
    assert "<svg" in after.content.decode()
    secret = answer["Location"].split("/")[3]
    assert secret not in str(Reply.objects.values().get())


def test_the_same_form_sent_thrice_is_one_reply(phone, survey):
    """Source: SUR-01."""
    page = phone.get(PAGE)
    answers = [send(phone, page)["Location"] for _ in range(3)]
    assert len(set(answers)) == 1
    assert Reply.objects.count() == 1


def test_sent_again_otherwise_it_is_the_same_reply_changed(phone, survey):
    page = phone.get(PAGE)
    send(phone, page)
    send(phone, page, {"q:joins": "no"})
    assert values_of(Reply.objects.get())["joins"] == Value(chosen=("no",))


def test_a_form_put_together_elsewhere_is_not_taken(phone, survey):
    page = phone.get(PAGE)
    forged = send(phone, page, {"key": f"{uuid4()}.x"})
    assert forged.status_code == 422
    assert not Reply.objects.exists()
    assert form_of(forged)["q:name"] == ["Junta del Agua"]
    assert send(phone, forged).status_code == 303


def test_mistakes_stand_beside_their_question_and_nothing_typed_is_lost(phone, survey):
    page = phone.get(PAGE)
    wrong = {
        "q:joins": "",
        "q:size": "muchas",
        "q:since": "ayer",
        "q:with": ["women", "youth", "rural"],
        "q:mail": "no es",
    }
    answer = send(phone, page, wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count('class="error"') == 5
    assert form_of(answer)["q:size"] == ["muchas"]
    assert form_of(answer)["q:since"] == ["ayer"]
    assert form_of(answer)["key"] == form_of(page)["key"]
    assert not Reply.objects.exists()


def test_what_is_not_asked_is_left_out(phone, survey):
    """Source: SUR-02, PAINS P5."""
    page = phone.get(PAGE)
    assert "Solo si la pregunta 7 dice «Sí»." in page.content.decode()
    send(phone, page, {"q:joins": "no", "q:offers": "Talleres"})
    assert "offers" not in values_of(Reply.objects.get())


def test_a_style_sheet_hides_what_is_not_asked(phone, survey):
    sheet = phone.get(f"{PAGE}1.css")
    assert sheet["Content-Type"].startswith("text/css")
    assert "#q-offers" in sheet.content.decode()
    assert "{display: none}" in sheet.content.decode()
    which = re.search(r"</label><div>(.*?)</div>", phone.get(PAGE).text)
    assert " + div:has(:placeholder-shown)" in sheet.text
    assert 'placeholder=" "' in which[1], "the field that asks which other, empty, where the rule finds it"


def test_the_page_changes_its_language_and_keeps_what_was_typed(phone, survey):
    page = phone.get(PAGE)
    again = send(phone, page, {"go": "language:pt-br"})
    assert again.status_code == 200
    assert not Reply.objects.exists()
    assert '<html lang="pt-br"' in again.content.decode()
    assert "Em que país está?" in again.content.decode()
    assert form_of(again)["q:name"] == ["Junta del Agua"]
    send(phone, again)
    assert Reply.objects.get().language == "pt-br"


def test_saved_half_way_it_goes_on_elsewhere(phone, survey):
    page = phone.get(PAGE)
    kept = phone.post(PAGE, {**form_of(page), "q:name": "A medias", "q:size": "unas cuantas", "go": "later"})
    assert kept.status_code == 303
    assert Reply.objects.get().sent_at is None
    assert "Guardado" in phone.get(kept["Location"]).content.decode()
    elsewhere = Client(enforce_csrf_checks=True, headers={"accept-language": "es"})
    path = kept["Location"].removesuffix("done/")
    resumed = elsewhere.get(path)
    assert form_of(resumed)["q:name"] == ["A medias"]
    assert form_of(resumed)["q:size"] == ["unas cuantas"]
    assert elsewhere.post(path, {**fill(resumed), "q:size": "7"}).status_code == 303
    assert Reply.objects.get().sent_at


def test_a_form_that_was_saved_can_still_be_sent(phone, survey):
    """The form's key is not used up by saving."""
    page = phone.get(PAGE)
    phone.post(PAGE, {**fill(page), "go": "later"})
    assert send(phone, page).status_code == 303
    assert Reply.objects.get().sent_at


def test_after_the_end_nothing_changes_and_what_was_typed_is_shown(phone, survey):
    page = phone.get(PAGE)
    first = send(phone, page)
    Survey.objects.update(closes_at=clock.now())
    path = first["Location"].removesuffix("done/")
    late = phone.post(path, {**fill(page), "q:name": "Otro nombre"})
    assert late.status_code == 422
    assert "Otro nombre" in late.content.decode()
    assert Reply.objects.get().organization_name == "Junta del Agua"
    assert send(phone, page)["Location"] == first["Location"]  # what came in before is not refused
    assert "cerrada" in phone.get(PAGE).content.decode()


def test_a_closed_survey_leads_to_its_report(phone, survey):
    """Source: SUR-24. Not in a network that strangers do not find."""
    Survey.objects.update(closes_at=clock.now())
    assert "/report/" not in phone.get(PAGE).text
    Release.objects.create(
        survey=survey, number=1, document={}, basis={}, digest="0" * 64, languages=["es"],
        published_by_id=survey.created_by_id, published_at=clock.now(),
    )  # fmt: skip
    assert f"/andina/surveys/{survey.slug}/report/" in phone.get(PAGE).text
    Network.objects.filter(slug="andina").update(listed=False)
    assert "/report/" not in phone.get(PAGE).text


def test_a_second_answer_of_the_same_organization_waits_for_a_decision(phone, survey, ana):
    Survey.objects.update(once_per_organization=True)
    send(phone, phone.get(PAGE), {"q:mail": "junta@example.org"})
    page = phone.get(PAGE)
    second = send(phone, page, {"q:name": "JUNTA DEL AGUA A.C.", "q:joins": "no"})
    assert second.status_code == 422
    assert "ya dio su respuesta" in second.content.decode()
    assert form_of(second)["q:name"] == ["JUNTA DEL AGUA A.C."]
    told = send(phone, page, {"go": "first"})
    assert told.status_code == 200
    assert Letter.objects.filter(address="junta@example.org").count() == 2
    assert send(phone, second, {"another": "yes"}).status_code == 303
    other = Reply.objects.get(same_name_as__isnull=False)
    assert other.set_aside
    replying.settle_same_name(by=ana, reply=other, apart=True)
    assert Reply.objects.filter(set_aside=False).count() == 2


def test_a_full_quota_is_told_before_and_at_sending(phone, survey):
    Survey.objects.update(quotas=[{"question": "country", "option": "CO", "most": 1}])
    page = phone.get(PAGE)
    assert "Ya respondieron" not in page.content.decode()
    send(phone, page)
    later = phone.get(PAGE)
    assert "Ya respondieron bastantes de: Colombia" in later.content.decode()
    assert send(phone, later).status_code == 422
    assert send(phone, later, {"q:country": "CL"}).status_code == 303
    assert send(phone, page, {"q:joins": "no"}).status_code == 303  # who is in already may change


def test_only_people_of_the_network_answer_what_is_theirs(phone, survey, beto):
    Survey.objects.update(access=Access.MEMBERS)
    assert phone.get(PAGE).status_code == 403
    sign_in(phone, beto)
    page = phone.get(PAGE)
    assert send(phone, page).status_code == 303
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(PAGE, fill(page)).status_code == 403


def test_personal_surveys_take_nothing_by_their_common_address(phone, survey):
    Survey.objects.update(access=Access.PERSONAL)
    assert phone.get(PAGE).status_code == 403
    with pytest.raises(Refused):
        replying.take_reply(
            survey=Survey.objects.get(), version=version_of(survey), once=uuid4(), values={}, language="es"
        )


def test_a_survey_that_is_being_written_is_not_there(phone, survey):
    Survey.objects.update(state=State.DRAFT, opened_at=None)
    assert phone.get(PAGE).status_code == 404


def test_unlisted_networks_ask_by_address_too(phone, survey):
    Network.objects.filter(slug="andina").update(listed=False)
    assert phone.get(PAGE).status_code == 200


def test_an_interview_keeps_who_wrote_it_down_and_how(ana, survey):
    values = {"name": Value(text="Casa"), "country": Value(chosen=("CO",)), "joins": Value(chosen=("no",))}
    reply = replying.record_reply(
        by=ana,
        survey=survey,
        version=version_of(survey),
        once=uuid4(),
        values=values,
        language="es",
        manner="PHONE",
    )
    assert (reply.source, reply.recorded_by_id, reply.manner) == ("INTERVIEW", ana.participant_id, "PHONE")


def test_nothing_tells_who_sent_an_answer(phone, survey):
    """No address of a computer and no browser is kept with what was answered."""
    phone.post(PAGE, fill(phone.get(PAGE)), headers={"user-agent": "Seña/7"}, REMOTE_ADDR="203.0.113.7")
    said = str(list(Reply.objects.values())) + str(
        [list(m.objects.values()) for m in (Reply.answers.rel.related_model,)]
    )
    assert "Seña" not in said
    assert "203.0.113.7" not in said


def test_the_message_to_invite_others_has_700_letters_at_most(phone, survey):
    page = phone.get(send(phone, phone.get(PAGE))["Location"])
    text = re.search(r"<textarea id=\"invitation\"[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)[
        1
    ]
    assert "/andina/survey/campo/" in text
    assert len(text) <= 700


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=40)])
def test_an_answer_that_waited_for_a_signal_is_taken_once(phone, survey, late):
    """Whatever the middleware forgot meanwhile: the key stands beside the reply."""
    page = phone.get(PAGE)
    send(phone, page)
    with clock.at(clock.now() + late):
        assert send(phone, page).status_code == 303
    assert Reply.objects.count() == 1
