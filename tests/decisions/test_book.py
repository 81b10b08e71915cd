"""The book of agreements: what stands where, found by words, on any day, at a cost that does not grow."""

import os
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.core import clock
from tequio.decisions import selectors, services
from tequio.decisions.models import AgreementWord, Evaluation, Finding, Proposal, Shelf
from tequio.decisions.rules import Matter
from tequio.decisions.rules.book import Held, Stands, asked_for, found_by, held_on, stands
from tequio.notify.models import Ask
from tequio.people.models import Participant
from tests.conftest import sign_in
from tests.decisions.books import READS, many
from tests.decisions.world import HOME, propose, text

pytestmark = pytest.mark.usefixtures("day_of_the_network")

BOOK = f"{HOME}in-force/"
PROOF = bool(os.environ.get("PROOF"))
DAY = date(2026, 3, 1)


def adopt(ana, beto, proposal):
    opened = services.open_round(by=ana, proposal=proposal)
    services.answer(by=ana, round=opened, position="AGREE")
    services.answer(by=beto, round=opened, position="AGREE")
    proposal.refresh_from_db()
    return proposal


def write(ana, title, body="", **more):
    return services.propose(
        by=ana, title={"es": title}, summary={"es": "Resumen"}, body={"es": body}, matter=Matter.STRATEGIC, **more
    )  # fmt: skip


@pytest.fixture
def agreement(ana, beto):
    return adopt(ana, beto, propose(ana))


# Rules


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, Stands.IN_FORCE),
        ({"review_on": DAY}, Stands.UNDER_REVIEW),
        ({"changing": True}, Stands.UNDER_REVIEW),
        ({"until": DAY + timedelta(days=1)}, Stands.IN_FORCE),
        ({"until": DAY}, Stands.ENDED),
        ({"until": DAY, "replaced": True, "changing": True}, Stands.REPLACED),
        ({"replaced": True, "until": DAY + timedelta(days=1)}, Stands.IN_FORCE),
    ],
)
def test_where_an_agreement_stands(given, where):
    told = {
        "until": None,
        "review_on": DAY + timedelta(days=1),
        "replaced": False,
        "changing": False,
        **given,
    }
    assert stands(**told, today=DAY) is where


def test_which_text_held_on_a_day():
    line = [Held(1, DAY, DAY + timedelta(days=10)), Held(2, DAY + timedelta(days=10), None)]
    for days, number in ((-1, None), (0, 1), (9, 1), (10, 2), (5000, 2)):
        held = held_on(line, DAY + timedelta(days=days))
        assert (held.number if held else None) == number
    assert held_on([], DAY) is None


def test_words_lose_accents_and_endings():
    assert set(found_by([{"es": "Las aportaciones solidarias", "pt-br": "Contribuição"}])) >= set(
        asked_for("APORTACIÓN solidaria contribuições")
    )
    assert asked_for("de la y") == []


# The shelves


def test_an_agreement_is_in_the_book_with_the_decision_itself(ana, beto):
    proposal = propose(ana)
    assert selectors.book(ana) == []
    adopt(ana, beto, proposal)
    assert [row["number"] for row in selectors.book(ana)] == [proposal.number]
    assert (proposal.shelf, selectors.book(ana, over=True)) == (Shelf.NOW, [])
    adopt(ana, beto, write(ana, "Entra", kind="admission"))
    assert len(selectors.book(ana)) == 1


def test_it_is_found_by_any_word_of_any_language(ana, beto, agreement):
    other = adopt(ana, beto, write(ana, "Reunión anual", "Nos vemos en octubre, con traducción."))
    for words in ("cuotas solidarias", "SOLIDARITY", "pequeña", "organizacion tamano", "dues size"):
        assert [row["number"] for row in selectors.book(ana, words=words)] == [agreement.number], words
    for words in ("traducciones", "reunion octubre"):
        assert [row["number"] for row in selectors.book(ana, words=words)] == [other.number]
    for words in ("reunion cuota", "zzz", "%", "_", "de la"):
        assert selectors.book(ana, words=words) == []
    assert selectors.book(ana, words="cuota", over=True) == []


def test_what_ends_leaves_the_book_on_its_day_and_changes_shelf_within_the_hour(ana, beto):
    agreed = adopt(ana, beto, write(ana, "Prueba del agua", term_months=1))
    assert agreed.in_force_until is not None
    with clock.at(clock.now() + timedelta(days=40)):
        assert selectors.book(ana) == selectors.book(ana, words="agua") == selectors.in_force(ana) == []
        assert services.tend_book() == 1
        assert services.tend_book() == 0
        assert [row["number"] for row in selectors.book(ana, over=True)] == [agreed.number]
        assert [row["number"] for row in selectors.book(ana, over=True, words="aguas")] == [agreed.number]
        assert not AgreementWord.objects.filter(key__startswith="NOW:").exists()


def test_a_book_that_was_there_before_is_written(ana, beto, agreement):
    Proposal.objects.update(shelf="")
    AgreementWord.objects.all().delete()
    assert selectors.book(ana) == []
    assert services.tend_book() == 1
    assert len(selectors.book(ana, words="cuota")) == 1


# Through time


@pytest.fixture
def replaced(ana, beto, agreement, run_jobs):
    """Ten days later another text takes the place of the first."""
    with clock.at(clock.now() + timedelta(days=10)):
        start = services.evaluate(
            by=ana, proposal=agreement, finding=Finding.CHANGE, learned="Cuesta mucho", follow_up=True
        ).follow_up
        assert selectors.book(ana)[0]["changing"] == start.number
        adopt(ana, beto, start)
        run_jobs()
        agreement.refresh_from_db()
        yield start


def test_the_text_and_the_book_of_any_day(client, ana, agreement, replaced):
    """Source: GOV-01."""
    rows = selectors.line_of(ana, agreement)
    assert [row["number"] for row in rows] == [agreement.number, replaced.number]
    assert selectors.line_of(ana, replaced) == rows
    today, first = clock.today(), clock.today() - timedelta(days=10)
    for day, numbers in (
        (first - timedelta(days=1), []), (first, [agreement.number]), (today - timedelta(days=1), [agreement.number]),
        (today, [replaced.number]), (today + timedelta(days=400), [replaced.number]),
    ):  # fmt: skip
        assert [row["number"] for row in selectors.book_on(ana, day)] == numbers, day
        assert [row["number"] for row in selectors.book_on(ana, day, words="cuota")] == numbers, day
    sign_in(client, ana)
    page = client.get(f"{HOME}{agreement.number}/line/?on={first}")
    assert "Decisión 1, versión 1" in text(page)
    assert f"Decisión {replaced.number}, versión 1" in text(client.get(f"{HOME}{agreement.number}/line/"))
    assert "Ninguno de estos textos" in text(client.get(f"{HOME}{agreement.number}/line/?on=2001-01-01"))
    over = text(client.get(f"{BOOK}?show=over"))
    assert f"su lugar lo tomó la decisión {replaced.number}" in over
    listed = text(client.get(f"{BOOK}?on={first}"))
    assert "Cuota solidaria" in listed


@pytest.mark.parametrize(
    "query", ["?on=x", "?on=0001-01-01", "?on=9999-12-31", "?before=x", "?before=-1", "?show=review&after=x.y", "?show=z",
              "?show=review&after=2026-01-01.999999999999", "?words=%00", "?words=" + "a" * 500, "?on=2026-01-01&words=x"],
)  # fmt: skip
def test_what_means_nothing_breaks_nothing(client, ana, agreement, query):
    sign_in(client, ana)
    assert client.get(BOOK + query).status_code == 200
    assert client.get(f"{HOME}{agreement.number}/line/{query}").status_code == 200


# Reviews


def test_a_review_is_asked_of_the_coordination_where_who_was_in_charge_left(ana, beto, dora, agreement):
    Proposal.objects.filter(pk=agreement.pk).update(owner=dora.participant_id)
    Participant.objects.filter(pk=dora.participant_id).update(until_on=clock.today())
    with clock.at(clock.now() + timedelta(days=400)):
        assert services.ask_for_reviews() == 1
        assert services.ask_for_reviews() == 0
        assert Ask.objects.get(kind="review").person_id == ana.person_id


# What it costs


def looked_at(statement):
    """How many rows PostgreSQL looked at to answer, all steps together."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement)
        plan = cursor.fetchone()[0][0]["Plan"]

    def walk(step):
        own = (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"]
        return own + sum(walk(one) for one in step.get("Plans", []))

    return walk(plan)


def test_a_page_looks_at_few_rows_whatever_the_number_of_agreements(network, ana, agreement):
    """Cost flat from ten to ten thousand: counted in rows, not in time.

    PostgreSQL has not counted what a test wrote, and guesses by what earlier tests left: so it is kept to the indexes,
    which it chooses by itself in a table that it has counted.
    """
    many(10_000 if PROOF else 500)
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    for name, read in READS.items():
        if "words" in name:  # PostgreSQL needs to have counted the rows: ``make bench`` measures it
            continue
        with CaptureQueriesContext(connection) as seen:
            assert len(read(ana)) == selectors.BOOK + 1, name
        assert len(seen) == 1, name
        rows = sum(looked_at(one["sql"]) for one in seen)
        assert rows < 400, (name, rows)  # of a page of thirty-one, a few of each


def test_the_pages_cost_the_same_for_three_and_for_thirty(client, ana, beto, agreement, queries):
    sign_in(client, ana)
    paths = {
        BOOK: 5,
        f"{BOOK}?show=over": 4,
        f"{BOOK}?show=review": 5,
        f"{BOOK}?words=cuota": 6,
        f"{BOOK}?on=2030-01-01": 5,
    }
    for path, cost in paths.items():
        client.get(path)
        with queries(cost):  # session, network, participant, agreements (by words: which they are), tasks
            client.get(path)
    many_more = [adopt(ana, beto, propose(ana)) for _time in range(12)]
    services.plan_task(by=ana, proposal=many_more[0], what="Llamar", owner=Participant.objects.get(pk=ana.participant_id),
                       due_on=clock.today())  # fmt: skip
    for path, cost in paths.items():
        with queries(cost):
            client.get(path)
    assert not Evaluation.objects.exists()


def test_pages_go_on_where_they_ended(client, network, ana, agreement):
    many(260)
    sign_in(client, ana)
    for show, count in (("now", 66), ("over", 195), ("review", 66)):
        seen, url = [], f"{BOOK}?show={show}"
        while url:
            page = client.get(url).text
            seen += [part.split("/")[0] for part in page.split(f'href="{HOME}')[1:] if "/after/" in part[:20]]
            url = (
                page.split('class="pages np"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
                if 'class="pages np"' in page
                else ""
            )
        assert len(seen) == len(set(seen)) == count, show
