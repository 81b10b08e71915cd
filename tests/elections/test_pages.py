"""What people see and send in a ballot; every page in an exact number of queries."""

import json
import re

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from tequio.cli import tallying
from tequio.core import clock
from tequio.elections import services
from tequio.elections.formats import read
from tequio.elections.models import Ballot, Option, Paper
from tequio.elections.rules import papers as rules
from tequio.elections.rules.ballots import Rankings
from tequio.elections.rules.drawing_ties import drawn_order
from tequio.elections.rules.scottish_stv import count
from tequio.elections.views.results import result_of
from tests.conftest import sign_in
from tests.elections.world import RECEIPTS, opened, prepare, voices

HOME = "/andina/ballots/"
EN = {"accept-language": "en"}
FORM = {"title": "¿Quién va?", "kind": "RANKED_SEATS", "secret": "on", "electorate": "VOICES", "days": "7", "seats": "2",
        "majority": "1/2"}  # fmt: skip


def text(response):
    return re.sub(r"\s+", " ", strip_tags(response.text))


@pytest.fixture
def counted(ana, beto):
    ballot = opened(ana, "RANKED_SEATS", secret=True, seats=2)
    for n, by in enumerate((ana, beto)):
        services.cast(by=by, ballot=ballot, paper={"ranking": [1 + n, 3]}, receipt=RECEIPTS[n])
    return services.close_ballot(by=ana, ballot=ballot)


def test_a_ballot_is_prepared_filled_opened_cast_and_counted_by_forms_alone(client, ana, beto):
    """Source: GOV-18."""
    sign_in(client, ana)
    page = client.post(f"{HOME}new/", FORM)["Location"]
    for name in ("Amaranta", "Benigna", "Casilda"):
        assert client.post(f"{page}options/", {"name": name, "statement": "Hola"}).status_code == 303
    assert client.post(f"{page}options/3/remove/").status_code == 303
    assert client.post(f"{page}open/").status_code == 303
    choices = {"ranking-1": "2", "ranking-2": "1"}
    for by, receipt in ((ana, RECEIPTS[0]), (beto, RECEIPTS[1])):
        sign_in(client, by)
        sure = client.post(f"{page}cast/", choices)
        assert sure.status_code == 200
        assert re.search(r'name="receipt" value="[0-9a-f]{32}" readonly', sure.text)
        assert not Paper.objects.filter(code__contains=receipt).exists()
        done = client.post(f"{page}cast/", {**choices, "sure": "yes", "receipt": receipt})
        assert (done.status_code, done["Location"]) == (303, page)
        assert client.get(f"{page}cast/").status_code == 403
    sign_in(client, ana)
    assert client.post(f"{page}close/").status_code == 303

    said = text(client.get(page, headers=EN))

    assert Ballot.objects.get().result["winners"] == ["Benigna", "Amaranta"]
    assert "2 of 2 took part." in said
    assert "A seat needs 1 vote." in said
    assert "Barrio Vivo" in said  # who took part is told; whose paper is whose is not


def test_nobody_sees_results_or_papers_before_the_end(client, ana, beto):
    ballot = opened(ana, "YES_NO", secret=True)
    services.cast(by=beto, ballot=ballot, paper={"answer": "no"}, receipt=RECEIPTS[0])
    sign_in(client, ana)

    page = f"{HOME}{ballot.number}/"

    assert "How many took part shows once they are five." in text(client.get(page, headers=EN))
    assert "La Asamblea" not in client.get(page).text
    assert client.get(f"{page}papers/").status_code == client.get(f"{page}papers.json").status_code == 404


def test_drafts_are_for_who_prepares_and_strangers_find_nothing(client, ana, beto, carla):
    draft, box = prepare(ana), opened(ana, "YES_NO")
    sign_in(client, beto)
    assert client.get(f"{HOME}{draft.number}/").status_code == 404
    assert client.get(f"{HOME}new/").status_code == 403
    assert client.post(f"{HOME}{box.number}/close/").status_code == 403
    sign_in(client, carla)
    assert client.get(f"{HOME}{box.number}/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("RANKED_ONE", {"ranking-1": "1", "ranking-2": "1"}, "Two have the same place."),
        ("RANKED_ONE", {}, "Choose something"),
        ("APPROVAL", {"approve": ["1", "2", "3"]}, "You chose more than the ballot allows."),
        ("APPROVAL", {"approve": ["77"]}, "error"),
        ("YES_NO", {}, "This is still missing."),
    ],
)
def test_a_paper_with_a_mistake_is_kept_and_says_what_to_do(client, ana, kind, sent, said):
    ballot = opened(ana, kind, **({"most": 2} if kind == "APPROVAL" else {}))
    sign_in(client, ana)

    answer = client.post(f"{HOME}{ballot.number}/cast/", sent, headers=EN)

    assert answer.status_code == 422
    assert said in answer.text
    assert not Paper.objects.exists()


def test_a_forged_receipt_is_asked_for_again(client, ana):
    ballot = opened(ana, "YES_NO", secret=True)
    sign_in(client, ana)

    answer = client.post(
        f"{HOME}{ballot.number}/cast/", {"answer": "yes", "sure": "yes", "receipt": "<b>"}, headers=EN
    )

    assert answer.status_code == 422
    assert "32 letters and figures" in answer.text
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("kind", "sent", "paper"),
    [
        ("SCORE", {"points-1": "5", "points-2": "0"}, {"points": {"1": 5}}),
        ("FUND", {"approve": ["2", "1"]}, {"approve": [1, 2]}),
        ("RANKED_ONE", {"blank": "on", "ranking-1": "1"}, {"blank": True}),
        ("RANKED_ONE", {"ranking-2": "3", "ranking-1": "2"}, {"ranking": [1, 2]}),
        ("YES_NO", {"answer": "abstain"}, {"answer": "abstain"}),
    ],
)
def test_each_kind_of_paper_is_read_from_its_form(client, ana, kind, sent, paper):
    ballot = opened(ana, kind, **({"highest": 5} if kind == "SCORE" else {}))
    sign_in(client, ana)

    sure = client.post(f"{HOME}{ballot.number}/cast/", sent)
    kept = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', sure.text)
    again: dict[str, list[str]] = {}
    for name, value in kept:
        again.setdefault(name, []).append(value)
    again.pop("once")
    client.post(f"{HOME}{ballot.number}/cast/", {**again, "receipt": RECEIPTS[3]})

    assert Paper.objects.get().says == paper


def test_the_receipt_finds_its_paper_among_all(client, ana, counted):
    sign_in(client, ana)
    page = f"{HOME}{counted.number}/papers/"

    assert "Your paper is here" in client.post(page, {"receipt": RECEIPTS[0].upper()}, headers=EN).text
    assert client.post(page, {"receipt": RECEIPTS[7]}).status_code == 422
    assert client.post(page, {"receipt": "x"}).status_code == 422
    listed = client.get(page).text
    assert all(code in listed for code in Paper.objects.values_list("code", flat=True))
    assert "La Asamblea" not in listed


def test_anybody_counts_the_downloaded_file_again_and_makes_their_code(client, beto, counted):
    sign_in(client, beto)

    content = client.get(f"{HOME}{counted.number}/papers.json").content

    sheet = read(content, name="papers.json")
    again = count(Rankings(sheet.names, sheet.rankings), seats=sheet.seats, order=sheet.order)
    assert list(again.winners) == counted.result["winners"]
    assert tallying.counted(sheet, rule=sheet.rule).winners == again.winners, "the file says its rule"
    said = json.loads(content)
    assert said["tie_order"] == list(drawn_order(sheet.names, seed=counted.result["tie"]["seed"]))
    mine = rules.code_of({"ranking": [1, 3]}, receipt=RECEIPTS[0])
    assert [one["ranking"] for one in said["ballots"] if one["code"] == mine] == [["Amaranta", "Casilda"]]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "FUND"}, "Say how much money there is."),
        ({"kind": "FUND", "budget": "0"}, "error"),
        ({"seats": "0"}, "error"),
        ({"title": ""}, "This is still missing."),
        ({"kind": "SMILES"}, "This is not one of the answers."),
    ],
)
def test_preparing_says_what_is_missing(client, ana, sent, field):
    sign_in(client, ana)

    answer = client.post(f"{HOME}new/", {**FORM, **sent}, headers=EN)

    assert answer.status_code == 422
    assert field in answer.text
    assert not Ballot.objects.exists()


def test_a_fund_shows_what_the_usual_way_would_have_paid(client, ana, beto):
    """Source: GOVERNANCE 3."""
    ballot = opened(
        ana, "FUND", names=("Huerta", "Radio", "Taller"), costs=(60_000, 60_000, 40_000), secret=True
    )
    services.cast(by=ana, ballot=ballot, paper={"approve": [1]}, receipt=RECEIPTS[0])
    services.cast(by=beto, ballot=ballot, paper={"approve": [1, 3]}, receipt=RECEIPTS[1])
    services.close_ballot(by=ana, ballot=ballot)
    sign_in(client, ana)

    said = text(client.get(f"{HOME}{ballot.number}/", headers=EN))

    assert "Huerta is paid: $600.00" in said
    assert "The usual way, most approved first, would have paid" in said


@pytest.mark.parametrize("rows", [3, 12])
def test_the_list_takes_the_same_queries_whatever_it_holds(client, ana, rows, queries):
    for _number in range(rows):
        opened(ana, "YES_NO")
        prepare(ana)
    sign_in(client, ana)
    with queries(4):  # session, network, participant, ballots
        assert client.get(HOME).status_code == 200


@pytest.mark.parametrize("rows", [3, 30])
def test_a_ballot_takes_the_same_queries_for_3_choices_as_for_30(client, ana, network, rows, queries):
    voices(network, 5)
    ballot = prepare(ana, names=tuple(f"Opción {n}" for n in range(rows)))
    services.open_ballot(by=ana, ballot=ballot)
    assert Option.objects.count() == rows
    sign_in(client, ana)
    with queries(7):  # session, network, participant, ballot, options, voice, papers in the box
        assert client.get(f"{HOME}{ballot.number}/").status_code == 200
    with queries(6):
        assert client.get(f"{HOME}{ballot.number}/cast/").status_code == 200


def test_long_names_of_winners_stand_where_lines_break(client, ana, beto):
    """On a narrow phone what stands at the end of a line never breaks: no name belongs there. Source: GOV-18."""
    ballot = opened(ana, "APPROVAL", names=("Fondo de viaje para organizaciones pequeñas", "Radio"))
    for by, receipt in ((ana, RECEIPTS[0]), (beto, RECEIPTS[1])):
        services.cast(by=by, ballot=ballot, paper={"approve": [1]}, receipt=receipt)
    services.close_ballot(by=ana, ballot=ballot)
    sign_in(client, ana)

    page = client.get(HOME).text

    assert "Fondo de viaje" in page
    assert not any("Fondo" in said for said in re.findall(r'class="m n">(.*?)</a>', page))


def test_late_by_a_second_is_said(client, ana):
    ballot = opened(ana, "YES_NO")
    Ballot.objects.update(closes_at=clock.now())
    sign_in(client, ana)

    assert client.post(f"{HOME}{ballot.number}/cast/", {"answer": "yes"}).status_code == 403
    assert "Its time is over." in text(client.get(f"{HOME}{ballot.number}/", headers=EN))


def told(kind, votes, **more):
    """What the page shows of a result whose words the database keeps in an order of its own."""
    stage = {"stage": 1, "votes": votes, "passes": True}
    result = {
        "winners": ["Benigna"],
        "stages": [stage],
        "notes": {"quota": "2.00000"},
        "blank": 0,
        "cast": 3,
        "tie": {"seed": ""},
    }
    with translation.override("en"):
        return result_of(Ballot(kind=kind, result=result, **more))


def test_results_stand_in_the_order_of_their_votes_and_empty_seats_are_said():
    """Source: GOV-18."""
    shown = told("RANKED_SEATS", {"Ana": "1.33333", "Caro": "12.00000", "Benigna": "7.00000"}, seats=3)
    assert shown["stages"][0]["rows"] == [("Caro", "12"), ("Benigna", "7"), ("Ana", "1.33333")]
    assert shown["says"] == ["A seat needs 2 votes.", "2 seats stay empty."]
    asked = told("YES_NO", {"no": 4, "yes": 3, "abstain": 0})
    assert asked["stages"][0]["rows"] == [("Yes", "3"), ("No", "4"), ("I abstain", "0")]
