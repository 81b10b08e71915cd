"""Whoever speaks for a member is asked; whoever no longer does is not."""

from tequio.decisions import services
from tequio.decisions.rules import Matter, Position
from tequio.notify.models import Ask, Closed
from tequio.people import services as people
from tequio.people.models import Membership, Participant, Person, Voice
from tests.world import add_person


def open_round(ana):
    title = {"es": "Cuota solidaria"}
    proposal = services.propose(by=ana, title=title, summary=title, body=title, matter=Matter.STRATEGIC)
    return services.open_round(by=ana, proposal=proposal)


def waiting():
    return set(Ask.objects.filter(closed_at=None, kind="consent").values_list("person_id", flat=True))


def part_of(actor):
    return Participant.objects.get(pk=actor.participant_id)


def member_of(actor):
    return Membership.objects.get(pk=actor.membership_id)


def test_a_delegate_named_while_a_round_is_open_is_asked_and_the_one_before_no_more(
    network, ana, beto, dora, run_jobs
):
    open_round(ana)
    flor = add_person(network, "Flor", membership=member_of(beto))
    people.name_delegate(by=beto, membership=member_of(beto), participant=part_of(flor))
    run_jobs()
    assert waiting() == {ana.person_id, dora.person_id, flor.person_id}
    assert Ask.objects.get(person_id=beto.person_id).closed_because == Closed.OVER
    ask = Ask.objects.get(person_id=flor.person_id)
    assert (ask.title, ask.path) == ({"es": "Cuota solidaria"}, "/andina/decisions/1/")


def test_a_substitute_and_somebody_who_arrives_as_delegate_are_asked_too(network, ana, beto, run_jobs):
    open_round(ana)
    flor = add_person(network, "Flor", membership=member_of(ana))
    people.name_substitute(by=ana, membership=member_of(ana), participant=part_of(flor))
    gala = add_person(network, "Gala", membership=member_of(beto), voice=Voice.DELEGATE)
    run_jobs()
    assert {flor.person_id, gala.person_id} <= waiting()
    assert beto.person_id not in waiting()
    people.end_voice(by=ana, membership=member_of(ana), participant=part_of(flor))
    run_jobs()
    assert flor.person_id not in waiting()


def test_what_a_member_has_answered_is_asked_of_nobody_again(network, ana, beto, run_jobs):
    round = open_round(ana)
    services.answer(by=beto, round=round, position=Position.AGREE)
    flor = add_person(network, "Flor", membership=member_of(beto), voice=Voice.DELEGATE)
    run_jobs()
    assert flor.person_id not in waiting()


def test_a_member_that_came_after_the_opening_is_not_asked(network, ana, run_jobs):
    from tests.world import add_member

    open_round(ana)
    late = add_person(network, "Nora", membership=add_member(network, "Nueva"), voice=Voice.DELEGATE)
    run_jobs()
    assert late.person_id not in waiting()


def test_not_this_time_stays_said_when_a_colleague_gets_the_voice(network, ana, beto, dora, run_jobs):
    from tequio.notify import services as notify

    open_round(ana)
    notify.decline_ask(by=dora, ask=Ask.objects.get(person_id=dora.person_id))
    flor = add_person(network, "Flor", membership=member_of(beto))
    people.name_delegate(by=beto, membership=member_of(beto), participant=part_of(flor))
    run_jobs()
    assert dora.person_id not in waiting()


def test_nothing_waits_for_the_people_of_a_membership_that_ended(network, ana, beto, dora):
    open_round(ana)
    people.end_membership(by=beto, membership=member_of(beto))
    assert waiting() == {ana.person_id}


def test_nothing_waits_for_a_person_who_left_for_good(network, ana, beto):
    open_round(ana)
    people.leave(by=Person.objects.get(pk=beto.person_id))
    assert beto.person_id not in waiting()


def test_the_code_waits_for_the_new_delegate_alone(network, ana, beto, run_jobs):
    from tequio.membership import services as membership

    membership.publish_code(network=network, texts={"es": "Nos tratamos bien."})
    flor = add_person(network, "Flor", membership=member_of(beto))
    people.name_delegate(by=beto, membership=member_of(beto), participant=part_of(flor))
    run_jobs()
    asked = set(Ask.objects.filter(closed_at=None, kind="code").values_list("person_id", flat=True))
    assert asked == {ana.person_id, flor.person_id}
