"""Being a member: first days, needs and offers, standing, pausing, and leaving."""

import json
from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import services as decisions
from tequio.decisions.models import Elector, Outcome
from tequio.decisions.rules import Matter
from tequio.membership import selectors, services
from tequio.membership.models import Exchange
from tequio.membership.rules import rests_on
from tequio.membership.tasks import daily_of
from tequio.networks.models import Joining
from tequio.notify.models import Ask, Letter
from tequio.people import services as people
from tequio.people.models import Membership, Participant, Pause, Person, Status
from tequio.people.selectors import find_actor, voiced_memberships
from tequio.people.selectors.voices import network_today
from tequio.people.tasks import turn_pauses
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.membership.test_applications import ask_to_join
from tests.world import add_member, add_person

CODE = {"es": "Nos tratamos con respeto."}


def member_of(actor):
    return Membership.objects.get(pk=actor.membership_id)


def again(actor):
    return find_actor(Person.objects.get(pk=actor.person_id))


def open_round(ana):
    words = {"es": "Cuota solidaria"}
    proposal = decisions.propose(by=ana, title=words, summary=words, body=words, matter=Matter.STRATEGIC)
    return decisions.open_round(by=ana, proposal=proposal)


def names(rows):
    return [row.name for row in rows]


@pytest.fixture
def third(network):
    """A third member, with Celia as its delegate."""
    return add_person(network, "Celia", membership=add_member(network, "Casa de la Lluvia"), voice="DELEGATE")


def new_member(network, ana):
    """Admit an applicant and seat its contact person as the invitation would."""
    membership = services.admit(by=ana, network=network, application=ask_to_join(network, benefits=[]))
    return add_person(network, "Elias", membership=membership, voice="DELEGATE")


# Standing


def test_a_voice_never_rests_where_the_charter_does_not_say_so(network, ana, beto):
    services.publish_code(network=network, texts=CODE)
    with clock.at(clock.now() + timedelta(days=300)):
        assert names(voiced_memberships()) == ["Barrio Vivo", "La Asamblea"]


def test_after_the_days_of_the_charter_an_unsigned_voice_rests_until_it_signs(network, ana, beto):
    """Good standing comes from the network's rule and reaches the electorate. Source: GOV-38, P19."""
    Joining.objects.update(sign_within_days=30)
    with clock.at(clock.now() - timedelta(days=1)):
        code = services.publish_code(network=network, texts=CODE)
    services.sign_code(by=ana, network=network, code=code)
    assert names(voiced_memberships()) == ["Barrio Vivo", "La Asamblea"]
    with clock.at(clock.now() + timedelta(days=30)):
        assert names(voiced_memberships()) == ["Barrio Vivo"]
        opened = open_round(ana)
        assert [one.membership.name for one in Elector.objects.filter(round=opened)] == ["Barrio Vivo"]
        services.sign_code(by=again(beto), network=network, code=code)
        assert names(voiced_memberships()) == ["Barrio Vivo", "La Asamblea"]


def test_a_new_rule_of_the_charter_is_written_to_all_standings(network, ana, beto):
    code = services.publish_code(network=network, texts=CODE)
    assert not Membership.objects.exclude(rests_on=None).exists()
    Joining.objects.update(sign_within_days=60)
    assert services.review_standings(network=network) == 2
    services.sign_code(by=ana, network=network, code=code)
    assert services.review_standings(network=network) == 0
    assert dict(Membership.objects.values_list("name", "rests_on")) == {
        "Barrio Vivo": None,
        "La Asamblea": clock.today() + timedelta(days=60),
    }


def test_who_joins_late_has_the_same_days_from_the_day_it_joined():
    from datetime import date

    assert rests_on(date(2026, 1, 1), date(2026, 3, 1), days=30) == date(2026, 3, 31)
    assert rests_on(date(2026, 1, 1), date(2025, 3, 1), days=30) == date(2026, 1, 31)
    assert rests_on(date(2026, 1, 1), days=None) is None


def test_who_has_not_signed_is_reminded_once_and_who_signed_never(network, ana, beto):
    """Source: GOV-38."""
    code = services.publish_code(network=network, texts=CODE)
    services.sign_code(by=ana, network=network, code=code)
    start = clock.now()
    for day in (1, 6, 8, 9, 30):
        with clock.at(start + timedelta(days=day)):
            daily_of(network_id=network.pk)
    letters = Letter.objects.filter(key__startswith="membership.sign:")
    assert [letter.person_id for letter in letters] == [beto.person_id]
    assert "La Asamblea" in letters.get().subject


def test_the_page_of_members_says_who_is_missing(client, network, ana, beto, queries):
    """Source: GOV-38."""
    Joining.objects.update(sign_within_days=30)
    code = services.publish_code(network=network, texts=CODE)
    services.sign_code(by=ana, network=network, code=code)
    sign_in(client, beto)
    with queries(6):  # session, network, participant, code, members, removals
        page = client.get("/andina/members/standing/")
    assert "Falta la firma de 1 integrante" in page.text
    assert "su voz espera desde el" in page.text
    assert "/remove/" not in page.text
    for number in range(3):
        add_member(network, f"Otra {number}")
    sign_in(client, ana)
    with queries(6):
        assert "/remove/" in client.get("/andina/members/standing/").text


# First days, needs and offers


def test_a_new_member_is_asked_a_few_things_that_close_themselves(network, ana, run_jobs):
    """Each by minutes, in the first two weeks. Source: EXPERIENCE 3.3, COM-03."""
    elias = new_member(network, ana)
    run_jobs()
    waiting = Ask.objects.filter(person_id=elias.person_id, closed_at=None)
    asked = {ask.kind: ask.minutes for ask in waiting}
    assert asked == {"needs": 5, "second": 3, "meet": 2, "look": 5}
    services.say_exchange(
        by=elias, membership=member_of(elias), needs="Un contador", brings="Talleres", language="es"
    )
    services.step_taken(by=elias, kind="meet")
    opened = open_round(ana)
    decisions.answer(by=elias, round=opened, position="AGREE")
    add_person(network, "Flor", membership=member_of(elias), voice="SUBSTITUTE")
    run_jobs()
    assert not waiting.filter(kind__in=["needs", "second", "meet", "look"]).exists()
    assert all(step.done for step in selectors.first_steps(elias))


def test_what_was_said_at_the_door_is_not_asked_again(network, ana, run_jobs):
    application = ask_to_join(network, needs="Un contador", brings="Talleres")
    membership = services.admit(by=ana, network=network, application=application)
    elias = add_person(network, "Elias", membership=membership, voice="DELEGATE")
    run_jobs()
    assert not Ask.objects.filter(person_id=elias.person_id, kind="needs").exists()


def test_after_two_weeks_the_first_things_rest(network, ana, run_jobs):
    elias = new_member(network, ana)
    run_jobs()
    with clock.at(clock.now() + timedelta(days=16)):
        daily_of(network_id=network.pk)
        open_ones = Ask.objects.filter(person_id=elias.person_id, closed_at=None)
        assert not open_ones.filter(kind__in=["needs", "second", "meet", "look"]).exists()


def test_founders_are_not_welcomed_as_if_they_were_new(network, ana, beto, run_jobs):
    run_jobs()
    assert not Ask.objects.filter(kind__in=["needs", "meet", "look"]).exists()


def test_the_page_of_the_first_days(client, network, ana, run_jobs):
    elias = new_member(network, ana)
    run_jobs()
    sign_in(client, elias)
    page = client.get("/andina/membership/welcome/")
    assert "15 minutos en total" in page.text
    assert client.post("/andina/membership/welcome/", {"kind": "needs"}).status_code == 403
    assert client.post("/andina/membership/welcome/", {"kind": "meet"}).status_code == 303
    assert "13 minutos en total" in client.get("/andina/membership/welcome/").text
    sign_in(client, ana)
    assert "Nada queda por hacer" in client.get("/andina/membership/welcome/").text


@pytest.mark.parametrize("count", [3, 30])
def test_needs_and_offers_of_all_on_one_page(client, network, ana, queries, count):
    """Source: COM-03, MEM-05."""
    from tequio.core.actor import system

    for number in range(count):
        services.say_exchange(
            by=system(network.pk), membership=add_member(network, f"Otra {number}"), looks_for=["FUNDING"],
            needs="Un contador", offers=["EXPERTS"], brings="Talleres", language="es",
        )  # fmt: skip
    sign_in(client, ana)
    with queries(4):  # session, network, participant, exchanges with members
        page = client.get("/andina/exchange/")
    assert page.text.count("Un contador") == count
    for words in ("Gente que da talleres", "Manos: gente voluntaria", "Lo que saben de un tema", "Difusión"):
        assert words in page.text  # the four kinds


def test_saying_what_we_need_and_offer(client, network, beto, elsewhere):
    """Source: COM-03, MEM-05."""
    sign_in(client, beto)
    said = {"looks_for": ["REACH"], "needs": "Un abogado", "offers": ["VOLUNTEERS"], "brings": "Manos"}
    assert client.post("/andina/exchange/ours/", {**said, "offers": ["MONEY"]}).status_code == 422
    assert client.post("/andina/exchange/ours/", said).status_code == 303
    assert "Un abogado" in client.get("/andina/exchange/ours/").text
    assert Exchange.objects.get().membership_id == beto.membership_id
    with pytest.raises(Refused):
        services.say_exchange(by=elsewhere.carla, membership=member_of(beto), language="es")


# Pausing


def test_a_pause_from_today_has_no_voice_and_no_asks_and_comes_back_by_itself(network, ana, beto, dora):
    """Source: issue "pausing"; GOV-38."""
    opened = open_round(ana)
    people.pause(
        by=beto,
        membership=member_of(beto),
        from_on=network_today(),
        until_on=network_today() + timedelta(days=10),
    )
    assert member_of(beto).status == Status.PAUSED
    assert not Ask.objects.filter(person_id__in=[beto.person_id, dora.person_id], closed_at=None).exists()
    assert names(voiced_memberships()) == ["Barrio Vivo"]
    assert not again(beto).votes
    decisions.answer(by=ana, round=opened, position="AGREE")  # it does not wait for who pauses
    assert Outcome.objects.filter(round=opened).exists()
    with clock.at(clock.now() + timedelta(days=9)):
        turn_pauses(0)
        assert member_of(beto).status == Status.PAUSED
    with clock.at(clock.now() + timedelta(days=10)):
        turn_pauses(0)
    assert member_of(beto).status == Status.ACTIVE
    assert names(voiced_memberships()) == ["Barrio Vivo", "La Asamblea"]
    kinds = Entry.objects.filter(kind__in=["people.paused", "people.resumed"]).order_by("turn")
    assert list(kinds.values_list("kind", flat=True)) == ["people.paused", "people.resumed"]


def test_back_by_hand_what_is_open_waits_again(network, ana, beto, dora, run_jobs):
    services.publish_code(network=network, texts=CODE)
    open_round(ana)
    run_jobs()
    people.pause(by=beto, membership=member_of(beto), from_on=network_today())
    people.resume(by=again(beto), membership=member_of(beto))
    run_jobs()
    waiting = Ask.objects.filter(person_id=beto.person_id, closed_at=None)
    assert set(waiting.values_list("kind", flat=True)) == {"consent", "code"}
    with pytest.raises(Refused):
        people.resume(by=again(beto), membership=member_of(beto))


def test_the_page_of_a_pause_begins_with_today_as_browsers_read_it(client, network, beto, day_of_the_network):
    sign_in(client, beto)
    page = client.get("/andina/membership/pause/", headers={"accept-language": "es"}).text
    assert f'type="date" name="from_on" value="{network_today().isoformat()}"' in page


def test_a_pause_for_later_begins_on_its_day(network, ana, beto):
    start = network_today() + timedelta(days=5)
    people.pause(by=beto, membership=member_of(beto), from_on=start, until_on=start + timedelta(days=5))
    assert member_of(beto).status == Status.ACTIVE
    with pytest.raises(Refused, match="Ya hay una pausa"):
        people.pause(by=beto, membership=member_of(beto), from_on=start)
    people.resume(by=beto, membership=member_of(beto))
    told = Entry.objects.filter(kind__startswith="people.", kind__contains="pause").order_by("turn")
    assert list(told.values_list("kind", flat=True)) == ["people.pause_planned", "people.pause_dropped"]
    assert not Entry.objects.filter(kind="people.resumed").exists(), "it was never away"
    people.pause(by=beto, membership=member_of(beto), from_on=start, until_on=start + timedelta(days=5))
    with clock.at(clock.now() + timedelta(days=5)):
        turn_pauses(0)
    assert member_of(beto).status == Status.PAUSED


@pytest.mark.parametrize(("start", "end"), [(-1, None), (1, 1), (1, 400), (3, 2)])
def test_a_pause_has_possible_days(network, beto, start, end):
    today = network_today()
    until = today + timedelta(days=end) if end is not None else None
    with pytest.raises(Refused):
        people.pause(
            by=beto, membership=member_of(beto), from_on=today + timedelta(days=start), until_on=until
        )


def test_only_the_member_itself_pauses(network, ana, beto):
    with pytest.raises(Refused):
        people.pause(by=ana, membership=member_of(beto), from_on=network_today())


def test_who_coordinates_keeps_that_while_their_member_pauses(network, ana, beto):
    ask_to_join(network)
    people.pause(by=ana, membership=member_of(ana), from_on=network_today())
    assert Ask.objects.filter(person_id=ana.person_id, kind="application", closed_at=None).exists()


def test_pausing_and_coming_back_by_the_pages(client, network, beto, queries):
    sign_in(client, beto)
    with queries(7):  # session, network, participant, membership with exchange, code, pause, removal
        assert "Hacer una pausa" in client.get("/andina/membership/").text
    late = client.post("/andina/membership/pause/", {"from_on": "2020-01-01"})
    assert late.status_code == 422
    assert "2020-01-01" in late.text
    assert client.post("/andina/membership/pause/", {"from_on": str(network_today())}).status_code == 303
    assert "Están en pausa." in client.get("/andina/membership/").text
    assert client.post("/andina/membership/resume/").status_code == 303
    assert Pause.objects.get().ended_at


# Leaving


def test_a_member_carries_away_what_it_gave_and_leaves_with_a_trace(client, network, ana, beto, dora):
    """Source: issue "leaving with one's data"; P18."""
    opened = open_round(ana)
    decisions.answer(by=beto, round=opened, position="OBJECT", reason="Nos falta tiempo.", mend="Un mes más.")
    services.say_exchange(by=beto, membership=member_of(beto), needs="Un contador", language="es")
    sign_in(client, beto)
    told = json.loads(client.get("/andina/membership/data.json").content)
    assert told["member"]["name"] == "La Asamblea"
    assert told["objections"][0]["harm"] == "Nos falta tiempo."
    assert told["needs and offers"][0]["needs"] == "Un contador"
    assert {one["name"] for one in told["people"]} == {"Beto", "Dora"}
    assert client.get("/andina/membership/leave/").status_code == 200
    assert member_of(beto).ended_on is None  # looking never acts
    assert client.post("/andina/membership/leave/", {"confirmed": "yes"}).status_code == 303
    assert (member_of(beto).status, member_of(beto).ended_on) == (Status.LEFT, network_today())
    assert not Participant.objects.filter(membership=member_of(beto), until_on=None).exists()
    assert Entry.objects.filter(kind="people.membership_ended").count() == 1
    assert client.get("/andina/membership/").status_code in (302, 404)


def test_the_last_who_coordinates_first_hands_over(client, network, ana):
    sign_in(client, ana)
    page = client.post("/andina/membership/leave/", {"confirmed": "yes"})
    assert page.status_code == 422
    assert member_of(ana).ended_on is None


def test_others_than_its_delegate_neither_end_it_nor_carry_its_data(client, network, ana, beto, dora):
    with pytest.raises(Refused, match="Las demás solo pueden proponer"):
        people.end_membership(by=ana, membership=member_of(beto))
    with pytest.raises(Refused, match="solo sale por decisión"):
        people.end_membership(by=beto, membership=member_of(beto), status=Status.REMOVED)
    Participant.objects.filter(pk=dora.participant_id).update(voice="NONE")
    sign_in(client, dora)
    assert client.get("/andina/membership/data.json").status_code == 403


# Being removed
