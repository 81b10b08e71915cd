"""Who carries a member's voice, for a time and when somebody leaves. Source: CTX-21, G-6."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import services as decisions
from tequio.decisions.models import Answer
from tequio.decisions.rules import Matter, Position
from tequio.decisions.tasks import pass_voices
from tequio.notify.models import Ask
from tequio.people import selectors, services
from tequio.people.models import Membership, Participant, Person, Session, Substitution, Voice
from tequio.people.selectors import find_actor, speaking
from tequio.people.selectors.voices import network_today
from tequio.people.sessions import SessionStore
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_person

NOON = datetime(2027, 3, 1, 17, tzinfo=UTC)  # noon in Bogotá, where the network lives
FIRST, LAST = date(2027, 3, 3), date(2027, 3, 7)


def on(day: int, hour: int = 17) -> object:
    return clock.at(datetime(2027, 3, day, hour, tzinfo=UTC))


def now(actor: Actor) -> Actor:
    found = find_actor(Person.objects.get(pk=actor.person_id))
    assert found is not None
    return found


def part_of(actor: Actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id)


def member_of(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


@pytest.fixture
def flor(network, beto) -> Actor:
    return add_person(network, "Flor", membership=member_of(beto))


@pytest.fixture
def away(ana, beto, flor) -> Substitution:
    """Beto is away from the 3rd to the 7th of March; Flor stands in."""
    with clock.at(NOON):
        return services.stand_in(
            by=beto, membership=member_of(beto), participant=part_of(flor), first_on=FIRST, last_on=LAST
        )


def test_the_voice_passes_by_the_calendar_and_comes_back(away, beto, dora, flor) -> None:
    who = {}
    for day in range(1, 10):
        with on(day):
            who[day] = {actor.name for actor in (beto, dora, flor) if now(actor).votes}
    usual = {"Beto", "Dora"}  # one answer between them, as ever
    assert who == {1: usual, 2: usual, **{day: {"Flor"} for day in range(3, 8)}, 8: usual, 9: usual}


def test_midnight_is_that_of_the_network(away, beto, flor) -> None:
    with on(3, hour=4):  # still the 2nd in Bogotá
        assert (now(beto).votes, now(flor).votes) == (True, False)
    with on(3, hour=5):
        assert (now(beto).votes, now(flor).votes) == (False, True)


def test_the_voice_and_what_is_kept_are_read_at_once(away, beto, flor, queries) -> None:
    """A row that says neither costs one read of it besides the network's date. Source: GOV-04, GOV-22."""
    with on(5):
        for actor, votes in ((beto, False), (flor, True)):
            row = Participant.objects.select_related("person", "membership").get(pk=actor.participant_id)
            with queries(2):
                read = selectors.actor_of(row)
            assert (read, read.votes) == (now(actor), votes)


@pytest.mark.parametrize(
    ("model", "gone"), [(Participant, {"until_on": LAST}), (Person, {"is_active": False})]
)
def test_a_row_read_before_somebody_left_gives_no_voice(beto, model, gone) -> None:
    row = Participant.objects.select_related("person", "membership").get(pk=beto.participant_id)
    assert selectors.actor_of(row).votes
    model.objects.filter(pk=row.pk if model is Participant else row.person_id).update(**gone)
    assert not selectors.actor_of(row).votes


def test_never_two_voices_at_once(away, ana, beto, dora, flor, network) -> None:
    """On each day of a substitution exactly one person carries the member's voice."""
    with on(5):
        assert [one.name for one in speaking().filter(membership=away.membership)] == ["Flor"]
    with clock.at(NOON), pytest.raises(Refused):
        services.stand_in(
            by=beto, membership=away.membership, participant=part_of(dora), first_on=LAST, last_on=LAST
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.create(
            membership=away.membership, participant=part_of(dora), starts_on=LAST,
            ends_on=LAST + timedelta(days=9), named_at=NOON,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitution.objects.filter(pk=away.pk).update(ends_on=FIRST)


def test_only_who_carries_the_voice_today_answers(away, ana, beto, flor) -> None:
    with on(4):
        title = {"es": "Cuota"}
        proposal = decisions.propose(by=ana, title=title, summary=title, body=title, matter=Matter.STRATEGIC)
        opened = decisions.open_round(by=ana, proposal=proposal)
        assert set(
            Ask.objects.filter(closed_at=None, kind="consent").values_list("person_id", flat=True)
        ) == {
            ana.person_id,
            flor.person_id,
        }
        with pytest.raises(Refused):
            decisions.answer(by=now(beto), round=opened, position=Position.AGREE)
        decisions.answer(by=now(flor), round=opened, position=Position.AGREE)
    assert Answer.objects.get().given_name == "Flor"


def test_what_waits_moves_with_the_voice(away, ana, beto, dora, flor) -> None:
    def waiting() -> set[int]:
        return set(Ask.objects.filter(closed_at=None, kind="consent").values_list("person_id", flat=True))

    with on(2):
        title = {"es": "Cuota"}
        proposal = decisions.propose(by=ana, title=title, summary=title, body=title, matter=Matter.STRATEGIC)
        decisions.open_round(by=ana, proposal=proposal, hours=24 * 20)
        assert waiting() == {ana.person_id, beto.person_id, dora.person_id}
    with on(3):
        pass_voices(0)
        assert waiting() == {ana.person_id, flor.person_id}
    with on(8):
        pass_voices(0)
        assert waiting() == {ana.person_id, beto.person_id, dora.person_id}


def test_who_stands_in_decides_with_the_voice_and_not_about_the_people(away, beto, dora, flor) -> None:
    with on(4):
        for act in (
            lambda: services.name_delegate(
                by=now(flor), membership=away.membership, participant=part_of(flor)
            ),
            lambda: services.end_participation(by=now(flor), participant=part_of(beto)),
            lambda: services.end_membership(by=now(flor), membership=away.membership),
        ):
            with pytest.raises(Refused):
                act()
        services.end_standing_in(by=now(beto), substitution=away)  # back early
        assert (now(beto).votes, now(flor).votes) == (True, False)
    kinds = list(Entry.objects.order_by("turn").values_list("kind", flat=True))
    assert {"people.stands_in", "people.stands_in_no_more"} <= set(kinds)


def test_who_may_let_somebody_stand_in(away, ana, beto, dora, flor, network) -> None:
    other = add_person(network, "Gala", membership=member_of(ana))
    later = {"first_on": date(2027, 4, 1), "last_on": date(2027, 4, 2)}
    with clock.at(NOON):
        for by in (other, flor):
            with pytest.raises(Refused):
                services.stand_in(by=by, membership=away.membership, participant=part_of(flor), **later)
        for wrong in (other, beto):  # of another member; the delegate already
            with pytest.raises(Refused):
                services.stand_in(by=ana, membership=away.membership, participant=part_of(wrong), **later)
        for first, last in ((1, -1), (-1, 3), (3, 500)):
            days = {
                "first_on": NOON.date() + timedelta(days=first),
                "last_on": NOON.date() + timedelta(days=last),
            }
            with pytest.raises(Refused):
                services.stand_in(by=beto, membership=away.membership, participant=part_of(flor), **days)
        services.stand_in(by=dora, membership=away.membership, participant=part_of(dora), **later)


def test_the_delegate_who_left_is_handled_at_once(ana, beto, dora, flor) -> None:
    """Devices are signed out, nothing waits, the substitute has the voice, and the register says so."""
    store = SessionStore()
    store["_auth_user_id"] = str(beto.person_id)
    store.create()
    title = {"es": "Cuota"}
    proposal = decisions.propose(by=ana, title=title, summary=title, body=title, matter=Matter.STRATEGIC)
    opened = decisions.open_round(by=ana, proposal=proposal)
    services.end_participation(by=dora, participant=part_of(beto))
    assert not Session.objects.filter(person_id=beto.person_id).exists()
    assert not Ask.objects.filter(person_id=beto.person_id, closed_at=None).exists()
    assert part_of(dora).voice == Voice.DELEGATE
    assert find_actor(Person.objects.get(pk=beto.person_id)) is None
    assert opened.electors.count() == 2
    told = Entry.objects.get(kind="people.voice_inherited").facts
    assert (told["left"], told["name"], told["membership"]) == ("Beto", "Dora", "La Asamblea")
    services.leave(by=Person.objects.get(pk=beto.person_id))
    erased = Entry.objects.select_related("payload").get(kind="people.voice_inherited")
    assert erased.payload.facts is None, "it named Beto"


def test_without_a_substitute_the_others_are_asked_for_a_delegate(ana, beto, dora, flor, network) -> None:
    services.end_participation(by=ana, participant=part_of(dora))
    services.end_participation(by=ana, participant=part_of(beto))
    ask = Ask.objects.get(kind="delegate", closed_at=None)
    assert ask.person_id == flor.person_id
    assert ask.path == f"/andina/organizations/{member_of(beto).organization.uuid}/voice/"
    services.name_delegate(by=flor, membership=member_of(beto), participant=part_of(flor))
    assert not Ask.objects.filter(kind="delegate", closed_at=None).exists()


def test_where_nobody_remains_the_coordination_is_asked(ana, beto, dora) -> None:
    services.end_participation(by=ana, participant=part_of(dora))
    services.end_participation(by=ana, participant=part_of(beto))
    assert Ask.objects.get(kind="delegate", closed_at=None).person_id == ana.person_id


def test_somebody_who_left_stands_in_no_more(away, ana, beto, flor) -> None:
    with on(4):
        services.end_participation(by=ana, participant=part_of(flor))
        assert now(beto).votes
        assert not selectors.standing_in(ana, away.membership_id, today=clock.today())


def test_a_membership_that_ends_passes_no_voice_on(ana, beto, dora) -> None:
    services.end_membership(by=beto, membership=member_of(beto))
    assert not Entry.objects.filter(kind="people.voice_inherited").exists()
    assert not Ask.objects.filter(kind="delegate").exists()


def test_the_days_are_chosen_on_a_page(ana, beto, dora, flor, queries) -> None:
    client = Client(headers={"accept-language": "es"})
    sign_in(client, beto)
    address = f"/andina/organizations/{member_of(beto).organization.uuid}/voice/"
    with queries(
        8
    ):  # session, network, participant, organization, membership, who could, who acts, the times
        page = client.get(address)
    assert "Beto" in page.content.decode()
    today = network_today()
    sent = {"participant": str(part_of(flor).uuid), "first_on": today, "last_on": today + timedelta(days=2)}
    assert client.post(address, sent | {"last_on": today - timedelta(days=9)}).status_code == 422
    assert client.post(address, sent | {"participant": str(part_of(ana).uuid)}).status_code == 422
    assert client.post(address, sent).status_code == 303
    again = client.post(address, sent)
    assert again.status_code == 422
    page = client.get(address)
    assert page.context["speaker"].name == "Flor"
    end = page.context["times"][0]["end_url"]
    assert client.get(end).status_code == 200
    assert client.post(end, {"confirmed": "yes"}).status_code == 303
    assert client.get(end).status_code == 404
    assert client.get(address).context["speaker"].name == "Beto"
