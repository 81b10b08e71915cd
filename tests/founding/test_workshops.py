"""Workshops that end in an order of actions, which leads into the plan or to a decision. Source: CTX-07."""

import html
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions.models import Proposal
from tequio.founding import tasks
from tequio.founding.models import SharedText, Workshop, WorkshopAction, WorkshopPaper, WorkshopPart
from tequio.founding.rules.workshops import leading, ranked, recompute
from tequio.founding.selectors import workshops as selectors
from tequio.founding.services import following, workshop_words
from tequio.founding.services import workshop_time as time_of
from tequio.founding.services import workshops as services
from tequio.notify.models import Ask, Letter
from tequio.people.models import Person
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.standing import world

HERE = "/andina/workshops/"
ACTIONS = ("Mapear la demanda", "Una escuela común", "Un boletín", "Una campaña")
FACTS = services.Facts(
    held_on=date(2026, 9, 5), hours=Decimal("8.0"), place="Bogotá", countries={"CO", "MX"},
    cities={"Bogotá, Colombia", "Puebla, México"}, sectors={"civil_society": 9, "academia": 6, "company": 0},
)  # fmt: skip

FEW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
papers = st.lists(st.integers(0, 63), max_size=12).map(
    lambda bits: [{one for place, one in enumerate("abcdef") if paper >> place & 1} for paper in bits]
)


@FEW
@given(papers)
def test_places_follow_from_marks_and_from_nothing_else(given_papers) -> None:
    """Ties are told as ties; the order of the papers does not matter. Source: CTX-07, STR-14."""
    places = ranked("abcdef", given_papers)
    assert sorted(place.action for place in places) == list("abcdef")
    assert sum(place.marks for place in places) == sum(map(len, given_papers))
    for place in places:
        assert place.rank == 1 + sum(other.marks > place.marks for other in places)
        assert place.tied == (sum(other.marks == place.marks for other in places) > 1)
    assert [place.marks for place in places] == sorted((place.marks for place in places), reverse=True)
    assert ranked("abcdef", given_papers[::-1]) == places


@FEW
@given(papers, st.sampled_from("abcdef"))
def test_one_more_mark_never_lowers_an_action(given_papers, action) -> None:
    def rank(papers):
        return next(place.rank for place in ranked("abcdef", papers) if place.action == action)

    assert rank([*given_papers, {action}]) <= rank(given_papers)


@FEW
@given(papers, st.integers(1, 5))
def test_the_first_ones_are_never_more_than_asked_and_no_tie_is_broken(given_papers, most) -> None:
    places = ranked("abcdef", given_papers)
    sure, shared = leading(places, most)
    assert len(sure) <= most
    assert not shared or len(sure) + len(shared) > most > len(sure)
    marks = {place.action: place.marks for place in places}
    assert len({marks[one] for one in shared}) <= 1
    left = [marks[one] for one in "abcdef" if one not in sure]
    assert all(marks[one] > other for one in sure for other in left)
    assert all(marks[one] for one in [*sure, *shared])


def test_the_register_counts_again() -> None:
    facts = {
        "each": 2, "actions": [{"action": "1"}, {"action": "2"}], "papers": [["1"], ["1", "2"]],
        "places": [[1, "1", 2], [2, "2", 1]],
    }  # fmt: skip
    assert recompute(facts) == []
    assert recompute({**facts, "places": [[1, "2", 2], [2, "1", 1]]})
    assert recompute({**facts, "papers": [["1", "1", "1"]]})
    assert recompute({**facts, "papers": [["1"], ["1", "3"]]})


@world(on="andina")
def workshop_held(andina):
    from tequio.core.scoping import network_scope

    with network_scope(andina.network.pk):
        held = services.hold_workshop(
            by=andina.ana, title={"es": "Diagnóstico"}, questions={"es": "¿Qué falta?\n¿Qué sobra?"}, language="es", facts=FACTS
        )  # fmt: skip
        for number, words in enumerate(ACTIONS):
            services.propose_action(
                by=(andina.ana, andina.beto)[number % 2], workshop=held, words={"es": words},
                why={"es": f"Hace falta {number}"}, who="Mesa 1" if number == 0 else "",
            )  # fmt: skip
    return held.uuid


@pytest.fixture
def held(workshop_held: UUID, network) -> Workshop:
    return Workshop.objects.get(uuid=workshop_held)


def ask(ana, network, held, **more) -> Workshop:
    said = {"each": 3, "until_at": None, "everybody": False} | more
    return services.ask_for_priorities(by=ana, network=network, workshop=held, **said)


def signed(ana, beto, network, held) -> Workshop:
    services.add_myself(by=beto, workshop=held)
    held = ask(ana, network, held)
    services.mark_actions(by=beto, workshop=held, numbers=[1, 2], words="Sin datos no hay nada")
    services.mark_actions(by=ana, workshop=held, numbers=[1], around=True)
    services.mark_actions(by=ana, workshop=held, numbers=[2, 1, 3])
    return services.close_workshop(by=ana, workshop=held)


def test_those_present_put_actions_in_an_order_that_is_signed(ana, beto, network, held) -> None:
    """On many phones and on one that goes around; the register keeps the papers without names. Source: CTX-07."""
    done = signed(ana, beto, network, held)
    assert [(one.rank, one.action, one.marks, one.tied) for one in selectors.places(done)] == [
        (1, "1", 3, False), (2, "2", 2, False), (3, "3", 1, False), (4, "4", 0, False),
    ]  # fmt: skip
    entry = Entry.objects.get(kind="founding.workshop_closed")
    assert (done.entry, done.signed_by.name, done.papers) == (entry.pk, "Ana", 3)
    assert recompute(entry.facts) == []
    assert entry.facts["papers"] == [["1"], ["1", "2"], ["1", "2", "3"]]
    assert "Beto" not in str(entry.facts["papers"])
    assert entry.facts["actions"][0]["proposes"] == "Mesa 1"
    assert selectors.words_of(done) == ["Sin datos no hay nada"]
    with pytest.raises(Refused):
        services.mark_actions(by=beto, workshop=done, numbers=[4])
    with pytest.raises(Refused):
        services.close_workshop(by=ana, workshop=done)


def test_it_works_over_days_and_ends_with_its_deadline(ana, beto, network, held) -> None:
    """Everybody finds it among what waits for them, once. Source: CTX-07."""
    held = ask(ana, network, held, everybody=True, until_at=clock.now() + timedelta(days=3))
    assert Ask.objects.filter(kind="workshop", person_id=beto.person_id, closed_at=None).exists()
    services.mark_actions(by=beto, workshop=held, numbers=[1])
    services.mark_actions(by=beto, workshop=held, numbers=[4])  # changed until the end
    assert WorkshopPaper.objects.get().actions == [4]
    assert not Ask.objects.filter(kind="workshop", person_id=beto.person_id, closed_at=None).exists()
    Workshop.objects.update(until_at=clock.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="plazo"):
        services.mark_actions(by=ana, workshop=held, numbers=[1])


def letters(key):
    rows = Letter.objects.filter(key__startswith=f"founding.{key}:").order_by("person_id")
    return list(rows.values_list("address", "kind"))


def test_who_has_not_marked_is_reminded_and_whoever_holds_it_is_asked_to_sign(
    ana, beto, dora, network, held
) -> None:
    """A day before the end, at the end, and three days after it; by preference, and never twice. Source: CTX-07, P23."""
    end = clock.now() + timedelta(days=3)
    ana_, dora_ = (Person.objects.get(pk=one.person_id) for one in (ana, dora))
    held = ask(ana, network, held, everybody=True, until_at=end)
    services.mark_actions(by=beto, workshop=held, numbers=[1])
    remind, sign = (
        (lambda task=task: task(network_id=network.pk, workshop_id=held.pk))
        for task in (tasks.remind_to_mark, tasks.ask_to_sign)
    )
    remind()
    sign()
    assert letters("mark") == letters("sign") == []  # too early
    with clock.at(end - timedelta(hours=20)):
        remind()
        remind()
    assert letters("mark") == [(one.email, "ask") for one in (ana_, dora_)]
    with clock.at(end):
        sign()
        sign()
    assert letters("sign") == [(ana_.email, "ask")]
    waiting = Ask.objects.filter(closed_at=None, subject=f"founding.Workshop:{held.pk}")
    assert list(waiting.values_list("kind", "person_id")) == [("sign", ana_.pk)]
    assert waiting.get().title["pt-br"] == "Contar e assinar a ordem: Diagnóstico"
    with clock.at(end + timedelta(days=3)):
        sign()
    assert len(letters("sign")) == 2
    with clock.at(end + timedelta(hours=1)):
        with pytest.raises(Refused):
            time_of.give_more_time(by=beto, workshop=held, until_at=end + timedelta(days=9))
        with pytest.raises(Refused):
            time_of.give_more_time(by=ana, workshop=held, until_at=end)
        time_of.give_more_time(by=ana, workshop=held, until_at=end + timedelta(days=9))
        assert sorted(waiting.values_list("kind", "person_id")) == [
            ("workshop", ana_.pk),
            ("workshop", dora_.pk),
        ]
        sign()  # the clock of the former end
        assert waiting.count() == 2
        services.mark_actions(by=ana, workshop=held, numbers=[1])
        services.close_workshop(by=ana, workshop=held)
    with clock.at(end + timedelta(days=9)):
        sign()
    assert not waiting.exists()


def test_it_is_said_in_each_language_and_what_is_missing_is_shown(client, ana, beto, network, held) -> None:
    """Source: CTX-07, CTX-20."""
    page, words = f"{HERE}{held.uuid}/", f"{HERE}{held.uuid}/in/pt-br/"
    sign_in(client, ana)
    assert words in client.get(page).text
    assert "Mapear la demanda" in client.get(words).text
    said = {
        "title": "Diagnóstico da rede",
        "words_1": "Mapear a demanda",
        "why_1": "Falta saber",
        "words_2": "",
    }
    assert client.post(words, said).status_code == 303
    action = WorkshopAction.objects.get(number=1)
    assert action.words == {"es": "Mapear la demanda", "pt-br": "Mapear a demanda"}
    assert Workshop.objects.get().title["pt-br"] == "Diagnóstico da rede"
    held = ask(ana, network, held)
    changed = {"words_1": "Outra coisa", "words_2": "Uma escola comum"}
    workshop_words.say_in(by=ana, workshop=held, language="pt-br", texts=changed)
    said = WorkshopAction.objects.order_by("number").values_list("words", flat=True)
    assert [one.get("pt-br") for one in said] == ["Mapear a demanda", "Uma escola comum", None, None]
    assert client.get(f"{HERE}{held.uuid}/in/fr/").status_code == 404
    sign_in(client, beto)
    assert client.get(words).status_code == 403


def test_cities_are_found_with_and_without_accents_and_unknown_ones_are_asked(
    client, ana, beto, held
) -> None:
    """Source: CTX-07, CTX-16, SUR-05."""
    page = f"{HERE}{held.uuid}/"
    sign_in(client, ana)
    form = {
        "title_es": "Taller", "held_on": "2026-09-05", "country": "CO",
        "cities": "bogota\nMedellin\nBogotá D.C.\nPuebla, mexico\nVilla Imaginada, Chile\nBrasil",
    }  # fmt: skip
    assert client.post(f"{page}edit/", form).status_code == 303
    held.refresh_from_db()
    assert [(one["name"], one["country"]) for one in held.places] == [
        ("Bogotá", "CO"), ("Medellín", "CO"), ("Puebla", "MX"),
    ]  # fmt: skip
    assert (held.cities, held.countries) == (["Villa Imaginada, Chile"], ["BR", "CL", "CO", "MX"])
    shown = client.get(page).text
    assert f"{page}places/" in shown
    assert "4: Bogotá, Medellín, Puebla, Villa Imaginada, Chile" in shown
    again = client.get(f"{page}edit/").text
    assert client.post(f"{page}edit/", {**form, "cities": typed_in(again)}).status_code == 303
    assert Workshop.objects.get().places == held.places
    said = {"written": "Villa Imaginada, Chile", "country": "CL", "city": "Nadie", "city_country": "CL"}
    assert client.post(f"{page}places/", said).status_code == 422
    assert client.post(f"{page}places/", {**said, "city": "Valparaiso"}).status_code == 303
    held.refresh_from_db()
    assert (held.cities, held.countries) == ([], ["BR", "CL", "CO", "MX"])
    assert "Valparaíso" in client.get(page).text
    sign_in(client, beto)
    assert client.get(f"{page}places/").status_code == 403


def typed_in(page: str) -> str:
    return html.unescape(page.partition('name="cities"')[2].partition(">")[2].partition("</textarea>")[0])


def test_who_may_not_is_refused_with_the_reason(ana, beto, network, held) -> None:
    for forbidden in (
        lambda: services.change_workshop(by=beto, workshop=held, title={}, questions={}, facts=FACTS),
        lambda: ask(beto, network, held),
        lambda: services.add_part(by=beto, workshop=held, who=WorkshopPart.objects.get().participant),
        lambda: services.withdraw_action(by=beto, action=WorkshopAction.objects.get(number=1)),
        lambda: services.mark_actions(by=beto, workshop=held, numbers=[1]),
        lambda: following.bring_action(by=ana, action=WorkshopAction.objects.get(number=1), reason={}),
    ):
        with pytest.raises(Refused):
            forbidden()
    held = ask(ana, network, held)
    for forbidden in (
        lambda: services.mark_actions(by=beto, workshop=held, numbers=[1]),  # was not there
        lambda: services.mark_actions(by=ana, workshop=held, numbers=[1, 2, 3, 4]),
        lambda: services.mark_actions(by=ana, workshop=held, numbers=[]),
        lambda: services.mark_actions(by=beto, workshop=held, numbers=[1], around=True),
        lambda: services.propose_action(by=ana, workshop=held, words={"es": "x"}, why={"es": "y"}),
        lambda: services.close_workshop(by=ana, workshop=held),  # nobody marked
    ):
        with pytest.raises(Refused):
            forbidden()


def test_an_action_goes_into_the_plan_and_to_a_decision_without_typing_it_again(
    ana, beto, network, held
) -> None:
    """Source: CTX-07, REA-11, STR-11."""
    signed(ana, beto, network, held)
    SharedText.objects.create(
        question="actions", language="", version=1, rows=[{"id": "old", "text": {"es": "Lo de antes"}}],
        participant_id=ana.participant_id, at=clock.now(),
    )  # fmt: skip
    action = WorkshopAction.objects.select_related("workshop").get(number=1)
    planned = following.plan_action(
        by=ana, network=network, action=action, who="La Asamblea", until=date(2027, 1, 31), language="es", means="Voluntariado"
    )  # fmt: skip
    rows = selectors.rows_standing("actions")
    assert [row["text"]["es"] for row in rows] == ["Lo de antes", "Mapear la demanda"]
    assert rows[1] | {"text": ""} == {
        "id": planned.planned, "objective": "", "text": "", "who": "La Asamblea", "until": "2027-01-31",
        "means": {"es": "Voluntariado"},
    }  # fmt: skip
    again = following.plan_action(by=ana, network=network, action=planned, who="", until=None, language="es")
    assert (again.planned, len(selectors.rows_standing("actions"))) == (planned.planned, 2)
    proposal = following.bring_action(by=ana, action=planned, reason={"es": "Del taller"})
    assert proposal.version.title == {"es": "Mapear la demanda"}
    assert "Del taller" in proposal.version.body["es"]
    assert following.bring_action(by=ana, action=planned, reason={}) == proposal


def test_a_workshop_is_walked_through_its_pages(client, ana, beto, network, queries) -> None:
    """From an empty list to a proposal, with the facts of who came. Source: CTX-07, CTX-16, CTX-17."""
    sign_in(client, ana)
    form = {
        "title_es": "Taller", "held_on": "2026-09-05", "hours": "4", "questions_es": "¿Qué falta?",
        "cities": "Lima, Perú\nBrasil\n", "of_civil_society": "12", "of_academia": "",
    }  # fmt: skip
    assert client.post(f"{HERE}new/", {**form, "held_on": ""}).status_code == 422
    page = client.post(f"{HERE}new/", form)["Location"]
    made = Workshop.objects.get()
    assert (made.countries, made.cities, made.sectors) == (["BR", "PE"], [], {"civil_society": 12})
    assert client.post(f"{page}edit/", {**form, "of_academia": "5"}).status_code == 303
    assert "Brasil" in client.get(f"{page}edit/").content.decode()
    for name in ("La Asamblea", "Beto"):
        assert client.post(f"{page}came/", {"name": name}).status_code == 303
    assert client.post(f"{page}came/", {"name": "Nadie"}).status_code == 422
    for number in range(3):
        assert (
            client.post(
                f"{page}actions/new/", {"words_es": f"Acción {number}", "why_es": "Falta"}
            ).status_code
            == 303
        )
    assert client.post(f"{page}actions/new/", {"words_es": "Otra", "why_es": ""}).status_code == 422
    assert client.post(f"{page}actions/3/withdraw/", {"confirmed": "yes"}).status_code == 303
    assert (
        client.post(f"{page}ask/", {"each": "3", "whose": "CAME", "until_on": "2020-01-01"}).status_code
        == 422
    )
    assert client.post(f"{page}ask/", {"each": "3", "whose": "CAME"}).status_code == 303
    assert client.post(f"{page}around/", {"actions": ["2"]})["Location"].endswith("?kept=1")
    assert "la siguiente persona" in client.get(f"{page}around/?kept=1").content.decode()
    second = Client()
    sign_in(second, beto)
    assert second.post(f"{page}mark/", {}).status_code == 422
    assert second.post(f"{page}mark/", {"actions": ["1", "2"], "words": "Urge"}).status_code == 303
    assert "checked" in second.get(f"{page}mark/").content.decode()
    with queries(8):
        second.get(page)
    assert client.get(f"{page}sign/").status_code == 200
    assert client.post(f"{page}sign/", {"confirmed": "yes"}).status_code == 303
    with queries(7):
        said = second.get(page).content.decode()
    assert "entre las primeras" in said
    assert "Urge" in said
    assert client.post(f"{page}actions/2/propose/", {"confirmed": "yes"})["Location"].endswith("/edit/")
    assert (
        "2 de 2" in Proposal.objects.get().version.summary["es"] + Proposal.objects.get().version.body["es"]
    )
    assert client.post(f"{page}actions/2/plan/", {"who": "Ana", "until": ""})["Location"].endswith("?kept=1")
    assert "Está en el plan" in client.get(page).content.decode()
    with queries(4):
        assert "2 acciones" in client.get(HERE).content.decode()
