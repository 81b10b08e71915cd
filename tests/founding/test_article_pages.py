"""The pages of articles and of their changes: what they show, what they take, and how little they ask."""

import re

import pytest

from tequio.founding import services
from tequio.founding.models import Article, ChangeState, CharterChange, Remark
from tequio.networks import selectors as networks
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.founding.world import decide

NOT_URGENT = {"urgent": "NO", "records_for": "NOBODY", "regime": "EXPLORE"}


@pytest.fixture
def pages(client, ratified, first):
    """Rosa's browser, in Spanish; ``get`` and ``post`` take what follows the name of the network."""
    sign_in(client, first)
    client.cookies["language"] = "es"

    class Pages:
        def get(self, path):
            return client.get(f"/{ratified.slug}/{path}")

        def post(self, path, data):
            return client.post(f"/{ratified.slug}/{path}", {"once": "", **data})

    return Pages()


def test_an_article_says_what_it_sets_and_how_it_changes(pages):
    page = pages.get("charter/articles/rounds/")
    assert page.status_code == 200
    for words in ("Tres días", "por consentimiento", "Versión 1", "Proponer un cambio"):
        assert words in page.text
    assert "3/4" in pages.get("charter/articles/objections/").text


def test_every_article_has_its_page(pages):
    for key in Article.objects.values_list("key", flat=True):
        assert pages.get(f"charter/articles/{key}/").status_code == 200
    assert pages.get("charter/articles/nothing/").status_code == 404


def test_every_article_with_settings_has_its_form(pages):
    from tequio.founding.texts import CODES

    for key, codes in CODES.items():
        page = pages.get(f"charter/articles/{key}/change/")
        assert page.status_code == (200 if codes else 404), key


def test_a_change_is_seen_before_it_is_asked_and_then_decided(pages, first, second, ratified, run_jobs):
    given = {
        "round_hours": "168",
        "silence": "BLOCKS",
        "quorum": "NONE",
        "answers_shown": "AFTER_MINE",
        **NOT_URGENT,
    }
    seen = pages.post("charter/articles/rounds/change/", {**given, "why": "Poca señal.", "see": "yes"})
    assert seen.status_code == 200
    assert "<del>" in seen.text
    assert "<ins>" in seen.text
    assert CharterChange.objects.count() == 0
    asked = pages.post("charter/articles/rounds/change/", {**given, "why": "Poca señal.", "ask": "yes"})
    assert asked.status_code == 303
    change = CharterChange.objects.get()
    page = pages.get(f"charter/changes/{change.uuid}/")
    assert "se está decidiendo" in page.text
    assert "Una semana" in page.text
    assert "Poca señal." in pages.get("charter/changes/").text
    assert "Poca señal." in pages.get("charter/articles/rounds/").text
    decide(change, first, second)
    run_jobs()
    assert "Desde la versión 2" in pages.get(f"charter/changes/{change.uuid}/").text
    versions = pages.get("charter/versions/")
    assert "Versión 2" in versions.text
    compared = pages.get("charter/versions/2/").text
    assert "Cambió 1 artículo" in compared
    assert "<ins>" in compared
    assert pages.get("charter/versions/1/").status_code == 200
    assert pages.get("charter/versions/3/").status_code == 404


def test_a_change_of_nothing_is_sent_back_with_its_reason(pages):
    given = {
        "round_hours": "72",
        "silence": "BLOCKS",
        "quorum": "NONE",
        "answers_shown": "AFTER_MINE",
        **NOT_URGENT,
    }
    page = pages.post("charter/articles/rounds/change/", {**given, "why": "Porque sí.", "ask": "yes"})
    assert page.status_code == 422
    assert "Nada cambiaría" in page.text
    page = pages.post("charter/articles/rounds/change/", {**given, "why": "", "see": "yes"})
    assert page.status_code == 422


def test_a_text_changes_in_each_language_and_what_is_left_is_to_be_translated(pages, first, second, run_jobs):
    path = "charter/articles/purpose/change/"
    both = {"purpose__es": "Cuidar el agua.", "purpose__pt-br": "Cuidar da água."}
    pages.post(path, {**both, "why": "Más corto.", "ask": "yes"})
    decide(CharterChange.objects.get(), first, second)
    run_jobs()
    assert networks.statements("purpose")["purpose"].texts == {
        "es": "Cuidar el agua.",
        "pt-br": "Cuidar da água.",
    }
    one = {"purpose__es": "Cuidar el agua y la tierra.", "purpose__pt-br": "Cuidar da água."}
    pages.post(path, {**one, "why": "También la tierra.", "ask": "yes"})
    decide(CharterChange.objects.order_by("-pk")[0], first, second)
    run_jobs()
    article = Article.objects.get(charter__state="IN_FORCE", key="purpose")
    assert article.missing == ["pt-br"]
    assert "água" not in str(article.texts)


def test_a_table_changes_row_by_row(pages, first, second, run_jobs):
    page = pages.get("charter/articles/protocol/change/")
    assert "Luz Pérez" in page.text
    rows = {
        "contacts_0_id": "", "contacts_0_name": "Luz Pérez", "contacts_0_reach": "+57 300 111 1111",
        "contacts_1_id": "", "contacts_1_name": "Inés Gómez", "contacts_1_reach": "ines@example.org", "contacts_1_outside": "on",
    }  # fmt: skip
    more = pages.post("charter/articles/protocol/change/", {**rows, "why": "x", "do": "more:contacts:0"})
    assert more.status_code == 200
    assert "contacts_2_name" in more.text
    pages.post("charter/articles/protocol/change/", {**rows, "why": "Cambió el número.", "ask": "yes"})
    decide(CharterChange.objects.get(), first, second)
    run_jobs()
    assert [row.reach for row in networks.contacts()] == ["+57 300 111 1111", "ines@example.org"]
    one = {key: value for key, value in rows.items() if key.startswith("contacts_0")}
    refused = pages.post("charter/articles/protocol/change/", {**one, "why": "Una basta.", "ask": "yes"})
    assert refused.status_code == 422


def test_what_is_missing_in_a_language_can_be_written(pages, ratified):
    """Source: XCT-01."""
    page = pages.get("charter/articles/purpose/")
    assert "Todavía no en Português" in page.text
    path = "charter/articles/purpose/pt-br/"
    assert "Cuidar el agua entre todas." in pages.get(path).text
    assert pages.post(path, {"purpose": ""}).status_code == 422
    assert pages.post(path, {"purpose": "Cuidar da água entre todas."}).status_code == 303
    article = Article.objects.get(charter__state="IN_FORCE", key="purpose")
    assert (article.missing, article.charter.version) == ([], 1)
    assert "Cuidar da água" in article.texts["pt-br"]
    assert networks.statements("purpose")["purpose"].texts["pt-br"] == "Cuidar da água entre todas."
    assert pages.get(path).status_code == 404
    assert pages.get("charter/articles/purpose/fr/").status_code == 404


def test_a_question_that_hangs_on_another_answer_is_asked_only_then(pages):
    given = {
        "round_hours": "72",
        "silence": "BLOCKS",
        "quorum": "NONE",
        "answers_shown": "AFTER_MINE",
        **NOT_URGENT,
    }
    asked = {**given, "urgent": "24", "why": "No espera.", "see": "yes"}
    refused = pages.post("charter/articles/rounds/change/", asked)
    assert refused.status_code == 422
    assert "¿Quién puede llamar urgente a algo? · Este campo es obligatorio." in plain(refused)
    assert pages.post("charter/articles/rounds/change/", {**asked, "urgent_by": "ANYBODY"}).status_code == 200


def plain(page):
    return " ".join(re.sub("<[^>]+>", " ", page.text).split())


def test_the_charter_is_drawn_anew_when_one_word_of_it_changes(pages, client):
    purpose = Article.objects.get(charter__state="IN_FORCE", key="purpose")
    client.cookies["language"] = "pt-br"
    first, again = pages.get("charter/").text, pages.get("charter/").text
    assert "Cuidar da água." not in first
    assert again.count("<section") == first.count("<section")
    assert pages.post("charter/articles/purpose/pt-br/", {"purpose": "Cuidar da água."}).status_code == 303
    page = pages.get("charter/").text
    assert "Cuidar da água." in page
    client.cookies["language"] = "es"
    assert "Cuidar el agua entre todas." in pages.get("charter/").text
    client.logout()
    outside = pages.get("charter/").text
    assert "Cuidar el agua entre todas." in outside
    assert f"/charter/articles/{purpose.key}/" not in outside


def test_a_table_is_translated_row_by_row(pages, ratified):
    page = pages.get("charter/articles/commitments/pt-br/")
    assert page.status_code == 200
    assert (
        pages.post("charter/articles/commitments/pt-br/", {"commitments": "Falar de cuidado"}).status_code
        == 303
    )


def test_a_translation_changes_nothing_that_was_agreed(first, ratified):
    from tequio.core.access import Refused
    from tequio.founding import services

    article = Article.objects.get(charter__state="IN_FORCE", key="purpose")
    with pytest.raises(Refused):
        services.translate_article(
            by=first,
            network=ratified,
            article=article,
            answers={"purpose": {"es": "Otra cosa", "pt-br": "Outra"}},
        )


def test_people_talk_about_an_article_until_its_words_change(pages, first, second, ratified, run_jobs):
    path = "charter/articles/rounds/"
    assert pages.post(path, {"kind": "PROPOSAL", "body": "Mejor una semana."}).status_code == 303
    first_words = Remark.objects.get()
    answered = pages.post(path, {"kind": "COMMENT", "body": "De acuerdo.", "under": first_words.pk})
    assert answered.status_code == 303
    page = pages.get(path).text
    assert "Mejor una semana." in page
    assert "De acuerdo." in page
    assert pages.post(path, {"kind": "COMMENT", "body": ""}).status_code == 422
    from tequio.founding import services

    change = services.propose_change(
        by=first, network=ratified, article="rounds", answers={"round_hours": "168"}, why="Ya."
    )
    decide(change, first, second)
    run_jobs()
    assert "Mejor una semana." not in pages.get(path).text
    assert pages.post(path, {"kind": "COMMENT", "body": "Tarde.", "under": first_words.pk}).status_code == 403


def test_who_said_something_takes_it_back_and_a_trace_stays(pages, first, second, ratified):
    """Source: GOV-06."""
    article = Article.objects.get(charter__state="IN_FORCE", key="purpose")
    mine = services.remark(by=first, network=ratified, article=article, body="Quiero otra cosa")
    theirs = services.remark(by=second, network=ratified, article=article, body="Yo no")
    address = f"charter/remarks/{mine.pk}/withdraw/"
    assert pages.get(address.replace(str(mine.pk), str(theirs.pk))).status_code == 403
    assert "Quitar" in pages.get(address).text
    assert pages.post(address, {"confirmed": "yes"}).status_code == 303
    page = pages.get("charter/articles/purpose/").text
    assert "Quiero otra cosa" not in page
    assert "Lo quitó quien lo dijo" in page
    assert "Yo no" in page
    assert pages.post(address, {"confirmed": "yes"}).status_code == 403
    assert Entry.objects.filter(kind="founding.remark_withdrawn").count() == 1


def test_a_change_is_amended_on_its_page(pages, first, second, ratified, run_jobs):
    sent = {
        "round_hours": "336",
        "silence": "BLOCKS",
        "quorum": "NONE",
        "answers_shown": "AFTER_MINE",
        **NOT_URGENT,
    }
    asked = pages.post("charter/articles/rounds/change/", {**sent, "why": "Más tiempo.", "ask": "yes"})
    address = asked.url.removeprefix(f"/{ratified.slug}/")
    page = pages.get(address).text
    assert "Enmendar" in page
    form = pages.get(f"{address}amend/").text
    assert re.search(r'value="336"[^>]*checked', form)
    sent |= {"round_hours": "168", "why": "Con una semana alcanza."}
    assert "Preguntar otra vez" in pages.post(f"{address}amend/", {**sent, "see": "yes"}).text
    assert pages.post(f"{address}amend/", {**sent, "ask": "yes"}).url == asked.url
    page = pages.get(address).text
    assert "Con una semana alcanza." in page
    assert "<del>" in page


def test_strangers_read_versions_and_talk_about_nothing(client, ratified):
    assert client.get(f"/{ratified.slug}/charter/versions/").status_code == 200
    assert client.get(f"/{ratified.slug}/charter/versions/1/").status_code == 200
    assert client.get(f"/{ratified.slug}/charter/articles/rounds/").status_code in (302, 403, 404)


def test_the_page_of_an_article_asks_little(pages, first, second, ratified, run_jobs, queries):
    from tequio.founding import services

    pages.get("charter/articles/rounds/")
    with queries(8):
        pages.get("charter/articles/rounds/")
    article = Article.objects.get(charter__state="IN_FORCE", key="rounds")
    for number in range(9):
        services.remark(by=second, network=ratified, article=article, body=f"Idea {number}")
        services.propose_change(
            by=first, network=ratified, article="rounds", answers={"round_hours": "168"}, why=f"Vez {number}"
        )
    with queries(8):
        pages.get("charter/articles/rounds/")
    assert CharterChange.objects.filter(state=ChangeState.OPEN).count() == 9
