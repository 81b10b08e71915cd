"""The clock of a ballot: who is written to and when, more time once, weights that are frozen, papers told by telephone."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.elections import services, tasks
from tequio.elections.models import Ballot, BallotState, Paper, Voter
from tequio.elections.rules import papers as rules
from tequio.notify.models import Ask, Letter
from tequio.people import services as people
from tequio.people.models import Membership, Participant, Person
from tequio.people.selectors import find_actor
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.elections.world import RECEIPTS, opened, prepare, voices
from tests.jobs import run_due_jobs
from tests.world import add_person


def letters(template):
    found = Letter.objects.filter(key__startswith=f"elections.{template}:").values_list(
        "person_id", flat=True
    )
    return sorted(Person.objects.filter(pk__in=list(found)).values_list("name", flat=True))


def uuid_of(actor):
    return str(Membership.objects.get(pk=actor.membership_id).uuid)


def test_a_letter_at_the_opening_one_reminder_to_who_is_missing_and_the_outcome_to_all(ana, beto):
    """Source: GOVERNANCE 4.6."""
    ballot = opened(ana, "YES_NO", secret=True, hours=72)
    run_due_jobs()
    assert letters("opened") == ["Ana", "Beto", "Dora"]  # Dora may speak for Beto's organization
    services.cast(by=beto, ballot=ballot, paper={"answer": "yes"}, receipt=RECEIPTS[0])

    facts = {"network_id": ballot.network_id, "ballot_id": ballot.pk}
    tasks.remind(**facts)  # too early
    assert letters("reminder") == []
    with clock.at(ballot.closes_at - timedelta(hours=23)):
        tasks.remind(**facts)
        tasks.remind(**facts)
        assert letters("reminder") == ["Ana"]  # never who voted, never twice
    with clock.at(ballot.closes_at):
        tasks.close(**facts)
        run_due_jobs()

    assert letters("outcome") == ["Ana", "Beto", "Dora"]
    assert Ballot.objects.get().result["cast"] == 1


def test_more_time_is_given_once_with_a_public_reason_and_moves_the_end(ana, beto):
    """Source: GOVERNANCE 4.6."""
    ballot = opened(ana, "YES_NO", hours=72)
    end = ballot.closes_at
    for days, why in ((0, "Hubo cortes de luz"), (31, "Hubo cortes de luz"), (2, " ")):
        with pytest.raises(Refused):
            services.extend_ballot(by=ana, ballot=ballot, days=days, why=why)
    with pytest.raises(Refused):
        services.extend_ballot(by=beto, ballot=ballot, days=2, why="Hubo cortes de luz")

    ballot = services.extend_ballot(by=ana, ballot=ballot, days=2, why="Hubo cortes de luz")

    assert ballot.closes_at == end + timedelta(days=2)
    assert Ask.objects.filter(kind="ballot", due_at=ballot.closes_at).count() == 3
    with pytest.raises(Refused):
        services.extend_ballot(by=ana, ballot=ballot, days=1, why="Otra vez")
    with clock.at(end):  # the first clock rings, and nothing ends
        tasks.close(network_id=ballot.network_id, ballot_id=ballot.pk)
    assert Ballot.objects.get().state == BallotState.OPEN
    run_due_jobs()
    assert letters("extended") == ["Ana", "Beto", "Dora"]
    assert "Hubo cortes de luz" in Letter.objects.filter(key__startswith="elections.extended").first().text


def test_weights_are_frozen_shown_and_counted_again_by_a_stranger(ana, beto):
    """Source: issue 4, 6."""
    ballot = prepare(ana, "RANKED_ONE")
    services.weigh(by=ana, ballot=ballot, weights={uuid_of(beto): 3})
    services.open_ballot(by=ana, ballot=ballot)
    assert sorted(Voter.objects.values_list("weight", flat=True)) == [1, 3]
    with pytest.raises(Refused):
        services.weigh(by=ana, ballot=ballot, weights={})
    services.cast(by=ana, ballot=ballot, paper={"ranking": [1]}, receipt=RECEIPTS[0])
    services.cast(by=beto, ballot=ballot, paper={"ranking": [2]}, receipt=RECEIPTS[1])

    closed = services.close_ballot(by=ana, ballot=ballot)

    assert closed.result["winners"] == ["Benigna"]
    facts = Entry.objects.get(pk=closed.entry_id).payload.facts
    assert facts["weights"] == {uuid_of(beto): 3}
    assert rules.recompute(facts) == []
    assert rules.recompute(facts | {"weights": {}})
    assert rules.recompute(facts | {"secret": True})


def test_a_secret_ballot_has_no_weights_since_they_would_tell_whose_a_paper_is(ana, beto):
    """Source: GOVERNANCE 5.4."""
    with pytest.raises(Refused):
        services.weigh(by=ana, ballot=prepare(ana, "YES_NO", secret=True), weights={uuid_of(beto): 2})


def test_the_paper_of_who_cannot_is_written_down_in_named_ballots_alone_and_they_are_told(ana, beto):
    """Source: XCT-03."""
    ballot = opened(ana, "YES_NO")
    voice = Voter.objects.get(membership=beto.membership_id)
    with pytest.raises(Refused):
        services.cast_for(by=beto, ballot=ballot, voter=voice, paper={"answer": "no"})

    services.cast_for(by=ana, ballot=ballot, voter=voice, paper={"answer": "no"})

    assert Paper.objects.get().recorded_name == "Ana"
    told = Ask.objects.filter(kind="recorded", closed_at=None).values_list("person_id", flat=True)
    assert beto.person_id in told
    with pytest.raises(Refused):  # one voice, one paper
        services.cast(by=beto, ballot=ballot, paper={"answer": "yes"}, receipt=RECEIPTS[0])
    services.cast(by=ana, ballot=ballot, paper={"answer": "no"}, receipt=RECEIPTS[1])
    facts = Entry.objects.get(pk=services.close_ballot(by=ana, ballot=ballot).entry_id).payload.facts
    assert [one["recorded_by"] for one in facts["papers"] if "recorded_by" in one] == ["Ana"]

    secret = opened(ana, "YES_NO", secret=True)
    with pytest.raises(Refused):
        services.cast_for(by=ana, ballot=secret, voter=secret.voters.first(), paper={"answer": "no"})


@pytest.mark.parametrize("rows", [2, 12])
def test_pages_around_a_ballot_work_by_forms_alone(client, ana, beto, network, rows, queries):
    """Source: GOV-18, XCT-03."""
    voices(network, rows)
    sign_in(client, ana)
    page = f"/andina/ballots/{prepare(ana, 'YES_NO').number}/"
    with queries(5):
        assert client.get(f"{page}weights/").status_code == 200
    said = {f"weight-{uuid}": "1" for uuid in Membership.objects.values_list("uuid", flat=True)}
    assert client.post(f"{page}weights/", {**said, f"weight-{uuid_of(beto)}": "0"}).status_code == 422
    assert client.post(f"{page}weights/", {**said, f"weight-{uuid_of(beto)}": "2"}).status_code == 303
    assert client.post(f"{page}open/").status_code == 303
    assert "Cuánto cuenta cada voz" in client.get(page).text
    with queries(6):
        assert client.get(f"{page}record/").status_code == 200
    voice = Voter.objects.get(membership=beto.membership_id)
    assert client.post(f"{page}record/", {"voice": voice.pk}).status_code == 422
    assert client.post(f"{page}record/", {"voice": voice.pk, "answer": "no"}).status_code == 303
    assert client.post(f"{page}more-time/", {"days": "2", "why": ""}).status_code == 422
    assert client.post(f"{page}more-time/", {"days": "2", "why": "Llueve"}).status_code == 303
    assert client.get(f"{page}more-time/").status_code == 403
    assert "Llueve" in client.get(page).text


def test_the_open_ballot_is_put_before_the_new_delegate_and_taken_from_the_old_one(ana, beto, dora, network):
    """Source: G-6."""
    ballot = opened(ana, "YES_NO", hours=72)
    member = Membership.objects.get(pk=beto.membership_id)
    new = add_person(network, "Nadia", membership=member)
    asked = Ask.objects.filter(kind="ballot", closed_at=None)
    assert new.person_id not in set(asked.values_list("person_id", flat=True))

    people.name_delegate(
        by=ana, membership=member, participant=Participant.objects.get(pk=new.participant_id)
    )
    run_due_jobs()
    now = set(asked.values_list("person_id", flat=True))
    assert new.person_id in now
    assert beto.person_id not in now
    assert ana.person_id in now
    services.cast(
        by=find_actor(Person.objects.get(pk=new.person_id)),
        ballot=ballot,
        paper={"answer": "yes"},
        receipt=RECEIPTS[0],
    )
    people.name_delegate(
        by=ana, membership=member, participant=Participant.objects.get(pk=beto.participant_id)
    )
    run_due_jobs()
    assert beto.person_id not in set(asked.values_list("person_id", flat=True))  # its paper is in the box
