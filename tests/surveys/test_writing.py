"""The editor, by forms alone. Source: SUR-02, issue 5 section 1."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from tequio.people.rules.words import fold
from tequio.surveys.formats.xlsform import read
from tequio.surveys.models import Earlier, Survey, Version
from tequio.surveys.rules import editing
from tequio.surveys.rules.instrument import Clause, Condition, Kind, Operator
from tequio.surveys.rules.roles import likely_role
from tequio.surveys.rules.written import as_json
from tequio.surveys.services import building
from tests.conftest import sign_in
from tests.surveys.instruments import instrument, question, when
from tests.surveys.test_xlsform import book

HOME = "/andina/surveys/"
EN = {"accept-language": "en"}


def text(response):
    return re.sub(r"\s+", " ", strip_tags(response.text))


def asked(slug="water"):
    return Survey.objects.get(slug=slug).versions.order_by("-number")[0].instrument


@pytest.fixture
def page(client, ana):
    sign_in(client, ana)
    return client


@pytest.fixture
def water(ana):
    """A survey of two sections: a choice, a text that hangs on it, a number."""
    made = instrument(
        question("color", Kind.MULTI, "red", "blue"), question("why", condition=when("color", Operator.IS, "red")),
        question("many", Kind.NUMBER),
    )  # fmt: skip
    return building.create_survey(by=ana, title={"en": "Water"}, languages=["en", "es"], instrument=made)


def test_a_survey_is_written_from_nothing(page, network):
    """A section, a question with options in two languages, an order, a condition; then it opens."""
    where = page.post(f"{HOME}new/", {"title": "Agua", "languages": ["es", "en"]})["Location"]
    edit = f"{where}write/"
    assert page.post(f"{edit}new-section/", {"title_es": "Nosotras", "title_en": "Us"}).status_code == 303
    said = {"kind": "SINGLE", "text_es": "¿De dónde?", "required": "on", "base": "RESPONDENTS", "role": ""}
    here = page.post(f"{edit}section/nosotras/new-question/", said)["Location"].partition("#")[0]
    assert here == f"{edit}question/de_donde/"
    assert page.get(here).status_code == 200
    options = {"option0_es": "Río", "option1_es": "Pozo", "option2_es": "Otra", "option2_other": "on"}
    assert page.post(here, {**said, **options, "do": "save"}).status_code == 303
    moved = page.post(here, {**said, **options, "do": "up:option:1"})
    assert moved["Location"] == f"{here}#options"
    one = asked("agua").question("de_donde")
    assert [(option.key, option.other) for option in one.options] == [
        ("pozo", False), ("rio", False), ("otra", True),
    ]  # fmt: skip
    open_ = {"kind": "OPEN", "text_es": "¿Por qué?", "base": "RESPONDENTS", "role": ""}
    page.post(f"{edit}section/nosotras/new-question/", open_)
    rule = f"{edit}por_que/condition/"
    assert "de dónde" in page.get(rule).text.lower()
    assert page.post(f"{rule}?on=de_donde", {"said": "IS:pozo"}).status_code == 303
    assert asked("agua").question("por_que").condition == when("de_donde", Operator.IS, "pozo")
    assert "question 1 says “Pozo”" in text(page.get(edit, headers=EN))
    assert page.post(rule, {"do": "take:0"}).status_code == 303
    assert asked("agua").question("por_que").condition is None
    assert page.post(f"{where}open/", {"closes_at": ""}).status_code == 303
    assert page.get(edit).status_code == 404


def test_questions_and_sections_move_by_buttons(page, water):
    edit = f"{HOME}water/write/"
    page.post(f"{edit}new-section/", {"title_en": "Last"})
    for _ in range(2):
        assert page.post(edit, {"do": "down:color"}).status_code == 303
    assert [one.key for one in asked().questions()] == ["why", "many", "color"]
    page.post(edit, {"do": "down:color"})
    assert [[one.key for one in section.questions] for section in asked().sections] == [
        ["why", "many"],
        ["color"],
    ]
    page.post(edit, {"do": "up:last"})
    assert [section.key for section in asked().sections] == ["last", "all"]
    page.post(edit, {"do": "up:last"})
    page.post(edit, {"do": "sideways:why"})
    assert [section.key for section in asked().sections] == ["last", "all"]
    assert "Mend this" in text(page.get(edit, headers=EN)) or "hangs on" not in text(
        page.get(edit, headers=EN)
    )


def test_what_is_taken_out_is_named_first(page, water):
    edit = f"{HOME}water/write/"
    assert "why?" in text(page.get(f"{edit}color/remove/"))
    assert page.post(f"{edit}color/remove/", {"confirmed": "yes"}).status_code == 303
    assert "a question that is not there" in text(page.get(edit, headers=EN))
    assert page.post(f"{edit}all/remove/", {"confirmed": "yes"}).status_code == 303
    assert not asked().sections
    assert page.get(f"{edit}all/remove/").status_code == 404


def test_missing_texts_are_shown_by_language(page, water):
    """Source: XCT-01."""
    assert "missing in Español" in text(page.get(f"{HOME}water/write/", headers=EN))
    said = text(page.get(f"{HOME}water/write/question/color/", headers=EN))
    assert "Question in English" in said
    assert "Missing in this language." in said
    assert "texts are missing in Español" in text(page.get(f"{HOME}water/", headers=EN))


def test_nobody_writes_over_another_and_what_was_typed_stays(page, water, ana):
    here = f"{HOME}water/write/question/many/"
    seen = re.search(r'name="seen" value="(\w+)"', page.get(here).text)[1]
    page.post(f"{HOME}water/write/", {"do": "down:color"})
    said = page.post(
        here,
        {
            "kind": "NUMBER",
            "text_en": "Mine",
            "lowest": "1",
            "highest": "9",
            "base": "RESPONDENTS",
            "role": "",
            "seen": seen,
        },
        headers=EN,
    )
    assert said.status_code == 422
    assert "Mine" in said.text
    assert "meanwhile" in text(said)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("NUMBER", {"lowest": "x"}), ("MULTI", {"at_most": "-1"}), ("NOTHING", {}), ("OPEN", {"text_en": ""}),
        ("OPEN", {"role": "FAME"}), ("OPEN", {"text_en": "x" * 6000}),
    ],
)  # fmt: skip
def test_nonsense_is_told_beside_its_field(page, water, kind, more):
    said = {"kind": kind, "text_en": "Q", "base": "RESPONDENTS", "role": "", "do": "up:option:99999", **more}
    key = {"NUMBER": "many", "MULTI": "color"}.get(kind, "why")
    assert page.post(f"{HOME}water/write/question/{key}/", said).status_code == 422


def test_several_conditions_are_joined(page, water):
    rule = f"{HOME}water/write/many/condition/"
    assert page.post(f"{rule}?on=color", {"said": "AT_LEAST:", "number": "2"}).status_code == 303
    assert page.post(f"{rule}?on=color", {"said": "AT_LEAST:"}).status_code == 422
    assert page.post(f"{rule}?on=color", {"said": "IS:pink"}).status_code == 422
    assert page.post(f"{rule}?on=why", {"said": "ANSWERED:"}).status_code == 303
    assert page.post(rule, {"do": "joined:any"}).status_code == 303
    condition = asked().question("many").condition
    assert (len(condition.clauses), condition.any_of) == (2, True)
    assert page.get(f"{rule}?on=many").status_code == 200
    assert page.post(rule, {"do": "take:x"}).status_code == 303


def test_the_editor_shows_and_keeps_conditions_within_conditions(page, water):
    """Source: SUR-02: they come with a form of XLSForm; here they are put together one by one."""
    inner = Condition((Clause("color", Operator.IS, "red"), Clause("why", Operator.ANSWERED)))
    deep = Condition((inner, Clause("color", Operator.IS, "blue")), any_of=True)
    version = Version.objects.get()
    Version.objects.filter(pk=version.pk).update(
        document=as_json(editing.with_condition(version.instrument, "many", deep))
    )
    rule = f"{HOME}water/write/many/condition/"
    shown = page.get(rule).text
    assert "pregunta" in shown
    assert "Basta con una de estas" in shown
    assert page.post(f"{rule}?on=color", {"said": "AT_LEAST:", "number": "2"}).status_code == 303
    assert asked().question("many").condition.clauses[0] == inner
    assert page.post(rule, {"do": "take:0"}).status_code == 303
    assert not asked().question("many").condition.nested


def test_the_preview_shows_it_in_each_language(page, water):
    assert "color?" in page.get(f"{HOME}water/preview/").text
    assert page.get(f"{HOME}water/preview/?language=es").status_code == 200
    assert page.get(f"{HOME}water/preview/?language=xx").status_code == 200


def test_who_answers_is_arranged(page, water):
    where = f"{HOME}water/settings/"
    said = {"access": "MEMBERS", "quorum_cell": "5", "quota_on_0": "color", "quotas_0": "red: 10\nBlue = 20"}
    wrong = page.post(where, {**said, "quotas_0": "pink: 30"})
    assert wrong.status_code == 422
    assert "Hay: «red», «blue»" in wrong.text
    assert page.post(where, {**said, "quorum_cell": "2"}).status_code == 422
    assert page.post(where, said).status_code == 303
    assert Survey.objects.get().quotas == [
        {"question": "color", "option": "red", "most": 10}, {"question": "color", "option": "blue", "most": 20},
    ]  # fmt: skip
    assert "red: 10" in page.get(where).text


def test_a_country_has_a_quota_where_every_country_can_be_chosen(page, ana):
    """It is found without its accents; one that nearly is called so is proposed. Source: SUR-03."""
    made = instrument(question("home", Kind.COUNTRY))
    building.create_survey(by=ana, title={"en": "One"}, languages=["en"], instrument=made)
    where, said = f"{HOME}one/settings/", {"access": "PUBLIC", "quorum_cell": "5", "quota_on_0": "home"}
    assert "«México»" in page.post(where, {**said, "quotas_0": "Mexicco: 8"}).text
    assert page.post(where, {**said, "quotas_0": "Mexico: 8"}).status_code == 303
    assert Survey.objects.get().quotas == [{"question": "home", "option": "MX", "most": 8}]
    assert "México: 8" in page.get(where).text


def test_the_last_day_stands_in_the_form_as_browsers_read_it(page, water):
    """In each language: saving the form for something else does not lose it. Source: SUR-03."""
    where, said = f"{HOME}water/settings/", {"access": "MEMBERS", "quorum_cell": "5"}
    assert page.post(where, {**said, "closes_at": "2040-03-09"}).status_code == 303
    for language in ("es", "pt-br", "en"):
        assert 'value="2040-03-09"' in page.get(where, headers={"accept-language": language}).text


def test_several_questions_have_quotas(page, ana):
    """Source: SUR-03. One more block of fields stands below those that are filled."""
    made = instrument(
        question("color", Kind.SINGLE, "red", "blue"), question("size", Kind.SINGLE, "big", "small")
    )
    building.create_survey(by=ana, title={"en": "Two"}, languages=["en"], instrument=made)
    where, said = f"{HOME}two/settings/", {"access": "PUBLIC", "quorum_cell": "5"}
    one = {**said, "quota_on_0": "color", "quotas_0": "red: 10"}
    assert page.post(where, {**one, "do": "more"})["Location"] == where
    assert "quota_on_1" in page.get(where).text
    assert page.post(where, {**one, "quota_on_1": "size", "quotas_1": "huge: 1"}).status_code == 422
    assert page.post(where, {**one, "quota_on_1": "size", "quotas_1": "big: 4"}).status_code == 422  # S16
    assert page.post(where, {**one, "quota_on_1": "size", "quotas_1": "big: 8"}).status_code == 303
    assert [(row["question"], row["most"]) for row in Survey.objects.get().quotas] == [
        ("color", 10),
        ("size", 8),
    ]
    assert page.post(where, {**said, "quota_on_0": "", "quota_on_1": ""}).status_code == 303
    assert Survey.objects.get().quotas == []


def test_a_language_is_added_and_taken_out_and_its_texts_come_back(page, water):
    """Source: XCT-01."""
    where = f"{HOME}water/write/languages/"
    assert page.post(where, {"language": "xx"}).status_code == 422
    assert page.post(where, {"language": "qu"}).status_code == 303
    assert asked().languages == ("en", "es", "qu")
    assert "Runasimi" in page.get(where).text
    assert "missing in Español, Runasimi" in text(page.get(f"{HOME}water/write/", headers=EN))
    page.post(f"{HOME}water/write/title/", {"title_en": "Water", "title_qu": "Yaku"})
    assert page.get(f"{where}qu/").status_code == 200
    assert page.post(f"{where}qu/", {"confirmed": "yes"}).status_code == 303
    assert Survey.objects.get().languages == ["en", "es"]
    page.post(where, {"language": "qu"})
    assert asked().title["qu"] == "Yaku"
    for code in ("es", "qu"):
        page.post(f"{where}{code}/", {"confirmed": "yes"})
    assert page.get(f"{where}en/").status_code == 404  # one language at least


def test_what_was_changed_last_is_taken_back_step_by_step(page, water, ana):
    edit = f"{HOME}water/write/"
    before = asked()
    page.post(edit, {"do": "copy:color"})
    assert [one.key for one in asked().questions()] == ["color", "color_2", "why", "many"]
    assert asked().question("color_2").options == before.question("color").options
    page.post(f"{edit}many/remove/", {"confirmed": "yes"})
    page.post(f"{edit}languages/es/", {"confirmed": "yes"})
    assert "Undo it" in text(page.get(edit, headers=EN))
    page.post(edit, {"do": "undo"})
    assert asked().languages == ("en", "es")
    assert "“many?”: taken out" in text(page.get(edit, headers=EN))
    page.post(edit, {"do": "undo"})
    page.post(edit, {"do": "undo"})
    assert asked() == before
    assert "Undo it" not in text(page.get(edit, headers=EN))
    assert page.post(edit, {"do": "undo"}).status_code == 303
    page.post(edit, {"do": "copy:color"})
    assert page.post(edit, {"do": "undo", "seen": "older"}).status_code == 403
    building.open_survey(by=ana, survey=water)
    assert not Earlier.objects.exists()  # what was opened stays as it is


def test_versions_show_what_changed(page, water, ana):
    building.open_survey(by=ana, survey=water)
    second = building.new_version(by=ana, survey=water)
    changed = instrument(question("color", Kind.MULTI, "red", "green"))
    building.change_draft(by=ana, survey=water, instrument=changed, seen=second.stamp)
    said = text(page.get(f"{HOME}water/versions/", headers=EN))
    assert "options added ( green)" in said or "options added (green)" in said
    assert "why?: taken out" in said


def test_a_form_goes_out_and_comes_in(page, water):
    content = page.get(f"{HOME}water/form.xlsx").content
    assert read(content).instrument == asked()
    file = SimpleUploadedFile("form.xlsx", content)
    shown = page.post(f"{HOME}new/from-file/", {"file": file}, headers=EN)
    assert "All of it is taken over." in text(shown)
    signed = re.search(r'name="read" value="([^"]+)"', shown.text)[1]
    assert page.post(f"{HOME}new/from-file/", {"read": signed})["Location"] == f"{HOME}water-2/"
    assert asked("water-2") == asked("water")
    assert page.post(f"{HOME}new/from-file/", {"read": signed[:-3]})["Location"] == f"{HOME}new/from-file/"


def test_what_is_not_taken_over_is_listed_before_anything_begins(page, network):
    content = book(["text", "a", "A?"], ["geopoint", "b", "B?"])
    shown = page.post(f"{HOME}new/from-file/", {"file": SimpleUploadedFile("f.xlsx", content)}, headers=EN)
    assert "survey 3, type" in text(shown)
    assert not Survey.objects.exists()
    for bad in (b"x", b"PK\x03\x04"):
        told = page.post(f"{HOME}new/from-file/", {"file": SimpleUploadedFile("f.xlsx", bad)})
        assert told.status_code == 422
    assert page.post(f"{HOME}new/from-file/", {}).status_code == 422


def test_the_editor_is_for_those_who_look_after_it(client, water, beto, ana):
    sign_in(client, beto)
    for path in ("write/", "write/title/", "write/question/color/", "write/color/condition/", "settings/"):
        assert client.get(f"{HOME}water/{path}").status_code == 404
    building.open_survey(by=ana, survey=water)
    building.new_version(by=ana, survey=water)
    for path in ("write/", "write/title/", "write/question/color/", "write/color/condition/", "settings/"):
        assert client.get(f"{HOME}water/{path}").status_code == 403


def test_the_editor_costs_the_same_queries_however_many_questions(page, ana, queries):
    for slug, many in (("s1", 3), ("s2", 30)):
        made = instrument(*[question(f"q{n}", Kind.SINGLE, "a", "b") for n in range(many)])
        building.create_survey(by=ana, title={"en": slug}, languages=["en"], instrument=made)
    page.get(f"{HOME}s1/write/")
    for slug in ("s1", "s2"):
        with queries(6):
            page.get(f"{HOME}{slug}/write/")
        with queries(5):
            page.get(f"{HOME}{slug}/write/question/q1/")
        with queries(5):
            page.get(f"{HOME}{slug}/preview/")


def test_a_written_form_opens_in_a_spreadsheet(page, water):
    made = openpyxl.load_workbook(io.BytesIO(page.get(f"{HOME}water/form.xlsx").content))
    assert made.sheetnames == ["survey", "choices", "settings"]


@pytest.mark.parametrize(
    ("kind", "text", "role"),
    [
        (Kind.OPEN, "¿Cómo se llama su organización?", "ORGANIZATION"),
        (Kind.OPEN, "Name of your organization", "ORGANIZATION"),
        (Kind.OPEN, "¿A qué correo te escribimos?", "EMAIL"),
        (Kind.OPEN, "What is your e-mail?", "EMAIL"),
        (Kind.COUNTRY, "Where?", "COUNTRY"),
        (Kind.CITIES, "Cidades em que trabalham", "CITIES"),
        (Kind.YES_NO, "Would you join the network?", "JOINS"),
        (Kind.YES_NO, "¿Se sumarían a la red?", "JOINS"),
        (Kind.YES_NO, "¿Quieren sumarse a la red?", "JOINS"),
        (Kind.YES_NO, "¿Te gustaría ser parte de nuestra red?", "JOINS"),
        (Kind.YES_NO, "Gostariam de fazer parte da rede?", "JOINS"),
        (Kind.YES_NO, "Would you like to become part of our network?", "JOINS"),
        (Kind.YES_NO, "¿La organización participa en alguna red regional?", ""),
        (Kind.YES_NO, "¿Les gustaría formar parte activa de una nueva red?", "JOINS"),
        (Kind.YES_NO, "Querem se juntar à nossa rede?", "JOINS"),
        (Kind.YES_NO, "Desejam participar de uma nova rede?", "JOINS"),
        (Kind.YES_NO, "¿Quieren recibir servicios de la red?", ""),
        (Kind.YES_NO, "¿Les gustaría participar en el taller de la red?", ""),
        (Kind.YES_NO, "¿Quisieran ser personas de contacto de la red?", ""),
        (Kind.YES_NO, "Gostariam de participar da pesquisa da rede?", ""),
        (Kind.YES_NO, "Querem fazer perguntas à rede?", ""),
        (Kind.YES_NO, "¿Forman parte de una red?", ""),
        (Kind.YES_NO, "Faz parte de uma rede?", ""),
        (Kind.YES_NO, "Do you have an e-mail?", ""),
        (Kind.OPEN, "What is your organization good at?", ""),
    ],
    ids=lambda one: str(one)[:20] or "nothing",
)
def test_what_a_question_feeds_is_told_from_its_words(kind, text, role):
    """A first survey leads to candidates without anybody opening a second page. Source: SUR-17."""
    assert likely_role(kind, [fold(text)], taken=()) == role
    assert (
        likely_role(kind, [fold(text)], taken=("ORGANIZATION", "EMAIL", "COUNTRY", "CITIES", "JOINS")) == ""
    )
