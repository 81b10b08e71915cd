"""Open elections by consent. Source: GOV-16, GOVERNANCE 1.4."""

from hashlib import sha256

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.scoping import tell_database
from tequio.elections import selectors, services
from tequio.elections.models import Nomination, OpenElection
from tequio.elections.rules.open_election import (
    OVER,
    Facts,
    Stage,
    Word,
    guard,
    may_answer,
    next_of,
    recompute,
)
from tequio.governance import selectors as governance
from tequio.governance import services as structure
from tequio.governance.models import Seat
from tequio.governance.rules import Ended, Role
from tequio.notify.models import Ask
from tequio.people.models import Participant, Person
from tequio.people.selectors import find_actor
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.governance.world import Circles, is_red

facts = st.builds(
    Facts, stage=st.sampled_from(Stage), voices=st.integers(0, 4), wrote=st.integers(0, 4), nominated=st.booleans(),
    answered=st.integers(0, 4), objections=st.integers(0, 2), has_term=st.booleans(),
    has_qualifications=st.booleans(), proposed=st.booleans(), confirms=st.booleans(),
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(facts, st.sampled_from(Stage))
def test_nobody_is_elected_over_an_objection_or_before_all_have_answered(facts, to):
    """Source: GOV-16."""
    if guard(facts, to) is not None:
        return
    assert facts.stage not in OVER
    if to in (Stage.ELECTED, Stage.CONFIRMATION):
        assert facts.objections == 0
        assert facts.answered == facts.voices > 0
        assert not (to is Stage.ELECTED and facts.stage is Stage.CONSENT and facts.confirms)
    if to is Stage.REASONS:
        assert facts.wrote >= facts.voices
    assert to is Stage.PROPOSAL or to is next_of(facts)


def test_who_is_proposed_answers_last():
    assert not may_answer("n", nominee="n", voices=["a", "n"], answered=[])
    assert may_answer("n", nominee="n", voices=["a", "n"], answered=["a"])
    assert may_answer("a", nominee="n", voices=["a", "n"], answered=[])


def test_a_record_in_which_somebody_objects_or_the_nominee_spoke_first_is_found_out():
    told = [{"person": p, "answer": "CONSENT", "left": False} for p in ("a", "b", "n")]
    record = {"answers": told, "nominee": "n", "step": "ELECTED", "first": True}
    assert recompute(record) == []
    assert recompute({**record, "answers": told[::-1]}) == ["The nominee did not answer last."]
    objected = [{**told[0], "answer": "OBJECT"}, *told[1:]]
    assert recompute({**record, "answers": objected})
    assert recompute({**record, "answers": [*told, told[0]]})
    assert recompute({"answers": 3})


# A circle of three, whose delegate is chosen again


def actor_of(participant: Participant) -> Actor:
    found = find_actor(Person.objects.get(pk=participant.person_id))
    assert found is not None
    return found


@pytest.fixture
def people(circles: Circles) -> dict[str, Actor]:
    return {name: actor_of(participant) for name, participant in circles.people.items()}


@pytest.fixture
def vacant(circles, people):
    """The delegate of the learning circle gave the mandate back."""
    seat = Seat.objects.get(circle=circles.learning, role=Role.DELEGATE, ended_at=None)
    structure.end_seat(by=actor_of(seat.participant), seat=seat, why=Ended.RESIGNED)
    return circles


@pytest.fixture
def opened(vacant, people):
    return services.open_election(
        by=people["dora"], circle=vacant.learning, role="DELEGATE", facilitator=vacant.people["dora"]
    )


def step(by, election, *stages):
    for stage in stages:
        election = services.step_election(by=by, election=election, to=Stage(stage))
    return election


def to_names(people, election):
    services.describe_role(
        by=people["dora"], election=election, about="Lleva la voz", months=6, qualifications="Dos horas"
    )
    return step(people["dora"], election, "TERM", "QUALIFICATIONS", "NOMINATIONS")


def in_circle(circles, people):
    members = governance.members_of(circles.learning)
    return {name: actor for name, actor in people.items() if actor.participant_id in {m.pk for m in members}}


def to_consent(vacant, people, election, nominee="dora", **more):
    election = to_names(people, election)
    for by in in_circle(vacant, people).values():
        services.nominate(by=by, election=election, nominee=vacant.people[nominee], reason="Escucha")
    election = step(people["dora"], election, "REASONS", "PROPOSAL")
    return propose(vacant, people, election, nominee, **more)


def propose(vacant, people, election, nominee, months=6, measures=""):
    services.propose_nominee(
        by=people["dora"], election=election, nominee=vacant.people[nominee], reasons="Escucha bien", months=months,
        measures=measures,
    )  # fmt: skip
    return step(people["dora"], election, "CONSENT")


def all_consent(election, actors, last=None):
    for by in sorted(actors, key=lambda one: one is last):
        services.answer_election(by=by, election=election, word=Word.CONSENT)


def test_a_delegate_is_chosen_confirmed_and_the_link_is_mended(vacant, people):
    """Source: GOV-14, GOV-16."""
    assert is_red(vacant.learning)
    inside = in_circle(vacant, people)
    nominee = next(n for n, a in inside.items() if n == "dora")
    election = services.open_election(
        by=people["dora"], circle=vacant.learning, role="DELEGATE", facilitator=vacant.people["dora"]
    )
    election = to_consent(vacant, people, election, nominee)
    with pytest.raises(Refused):
        services.answer_election(by=people[nominee], election=election, word=Word.CONSENT)
    with pytest.raises(Refused):
        step(people["dora"], election, "CONFIRMATION")
    all_consent(election, inside.values(), last=people[nominee])
    election = step(people["dora"], election, "CONFIRMATION")
    around = [
        people[n]
        for n in people
        if n not in inside
        or governance.members_of(vacant.general).filter(pk=people[n].participant_id).exists()
    ]
    with pytest.raises(Refused):
        step(people["dora"], election, "ELECTED")
    all_consent(election, [one for one in around if one is not people[nominee]])
    election = step(people["dora"], election, "ELECTED")
    assert election.seat is not None
    assert election.seat.entry == election.elected_entry
    assert not is_red(vacant.learning)
    for kind in ("elections.elected", "elections.confirmed"):
        entry = Entry.objects.get(kind=kind)
        assert recompute(entry.payload.facts) == []
        answers = [{**one, "answer": "OBJECT"} for one in entry.payload.facts["answers"]]
        assert recompute({**entry.payload.facts, "answers": answers})
        assert "rule" in entry.payload.facts
    assert not Ask.objects.filter(kind="election", closed_at=None).exists()


def test_names_are_sealed_for_everybody_also_in_the_database(opened, vacant, people):
    """Source: GOVERNANCE 1.4: a commit, others cannot see it."""
    election = to_names(people, opened)
    inside = in_circle(vacant, people)
    for by in inside.values():
        services.nominate(by=by, election=election, nominee=vacant.people["dora"], reason="Escucha")
    one, other = list(inside.values())[:2]

    def seen_by(person_id):
        tell_database(network_id=election.network_id, person_id=person_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT person_id FROM elections_nomination")
            return {row[0] for row in cursor.fetchall()}

    assert seen_by(one.person_id) == {one.person_id}
    assert seen_by(other.person_id) == {other.person_id}
    assert seen_by(people["ana"].person_id) <= {people["ana"].person_id}, "nor the coordination"
    assert selectors.nominations(one, election) == []
    assert "Escucha" not in str(list(Entry.objects.values_list("payload__facts", "payload__private")))
    election = step(people["dora"], election, "REASONS")
    assert len(seen_by(one.person_id)) == len(inside)
    row = Nomination.objects.get(person_id=one.person_id)
    written = f"{row.salt}|{row.nominee.uuid}|{row.reason}"
    entry = Entry.objects.get(kind="elections.nominations_opened")
    assert sha256(written.encode()).hexdigest() == row.commitment
    assert row.commitment in entry.payload.facts["sealed"]
    assert entry.payload.facts["at"]


def test_an_objection_is_answered_by_a_shorter_term_or_somebody_else(opened, vacant, people):
    election = to_consent(vacant, people, opened, "dora")
    inside = in_circle(vacant, people)
    others = [one for name, one in inside.items() if name != "dora"]
    with pytest.raises(Refused):
        services.answer_election(by=others[0], election=election, word=Word.OBJECT)
    services.answer_election(by=others[0], election=election, word=Word.OBJECT, words="Es mucho tiempo")
    with pytest.raises(Refused):
        step(people["dora"], election, "CONFIRMATION")
    election = step(people["dora"], election, "PROPOSAL")
    election = propose(vacant, people, election, "dora", months=3, measures="Alguien acompaña")
    assert election.attempt == 2
    assert {one.word for one in selectors.asked(election)} == {None}, "everybody is asked anew"
    assert [one.words for one in selectors.objections(election)] == ["Es mucho tiempo"]


def test_the_term_and_the_needs_are_agreed_on_first(opened, people):
    election = step(people["dora"], opened, "TERM")
    services.answer_election(by=people["beto"], election=election, word=Word.OBJECT, words="Demasiado")
    with pytest.raises(Refused):
        step(people["dora"], election, "QUALIFICATIONS")
    services.describe_role(by=people["dora"], election=election, about="", months=3, qualifications="")
    election = step(people["dora"], election, "QUALIFICATIONS")
    with pytest.raises(Refused):
        step(people["dora"], election, "NOMINATIONS")
    with pytest.raises(Refused, match="escribe primero"):  # nobody consents to what is not written
        services.answer_election(by=people["beto"], election=election, word=Word.CONSENT)
    services.describe_role(
        by=people["dora"], election=election, about="", months=3, qualifications="Dos horas"
    )
    assert services.answer_election(by=people["beto"], election=election, word=Word.CONSENT)


def test_refusals(opened, vacant, people):
    with pytest.raises(Refused):
        services.open_election(
            by=people["dora"], circle=vacant.learning, role="DELEGATE", facilitator=vacant.people["dora"]
        )
    with pytest.raises(Refused):
        step(people["beto"], opened, "TERM")
    election = to_names(people, opened)
    leader = governance.holders(vacant.learning, Role.LEADER)[0]
    with pytest.raises(Refused):
        services.nominate(by=people["dora"], election=election, nominee=leader, reason="Ya está")
    for by in in_circle(vacant, people).values():
        services.nominate(by=by, election=election, nominee=None)
    with pytest.raises(Refused):
        step(people["dora"], election, "REASONS")
    services.end_election(by=people["dora"], election=election, why="Nadie puede")
    assert OpenElection.objects.get().stage == "ENDED"


def test_the_page_at_every_step_without_a_count(client, opened, vacant, people, queries):
    """Source: GOVERNANCE 1.4: never a count of nominations."""
    page = f"/andina/elections/{opened.uuid}/"
    inside = in_circle(vacant, people)
    member = next(name for name in inside if name != "dora")
    sign_in(client, people[member])
    assert client.get("/andina/elections/open/").status_code == 200
    assert client.get(page).status_code == 200
    election = to_names(people, opened)
    sent = {"do": "nominate", "nominee": str(vacant.people["dora"].pk), "reason": "", "once": "a"}
    assert client.post(page, sent).status_code == 422
    assert client.post(page, {**sent, "reason": "Escucha", "once": "b"}).status_code == 303
    for name, by in inside.items():
        if name != member:
            services.nominate(by=by, election=election, nominee=vacant.people["emi"], reason=f"Sabe {name}")
    assert "Sabe dora" not in client.get(page).text
    election = step(people["dora"], election, "REASONS")
    shown = client.get(page)
    assert "Sabe dora" in shown.text
    change = {"do": "change", "nominee": str(vacant.people["dora"].pk), "reason": "Me convenció", "once": "c"}
    assert client.post(page, change).status_code == 303
    election = step(people["dora"], election, "PROPOSAL")
    election = propose(vacant, people, election, "dora")
    with queries(6):
        shown = client.get(page)
    mark = client.get(f"{page}mark/")
    assert mark.text.strip('"') in shown.text
    again = client.get(f"{page}mark/", headers={"if-none-match": mark.headers["ETag"]})
    assert again.status_code == 304
    assert client.post(page, {"do": "answer", "word": "OBJECT", "words": "", "once": "d"}).status_code == 422
    assert client.post(page, {"do": "answer", "word": "CONSENT", "words": "", "once": "e"}).status_code == 303
    assert client.post(page, {"do": "nominate", "once": "f"}).status_code == 403
    sign_in(client, people["dora"])
    assert client.get(page).status_code == 200
    assert client.post(f"{page}step/", {"to": "ELECTED", "once": "g"}).status_code == 403
    assert client.get(f"{page}end/").status_code == 200
    assert client.get(f"/andina/elections/new/{vacant.learning.uuid}/").status_code == 200


def _excuse_all(by, election, voices):
    for one in voices:
        services.excuse_voice(by=by, election=election, voice=one, why="Viaja")


def test_who_is_absent_is_excused_for_a_reason_and_asked_again_when_they_speak(
    client, opened, vacant, people
):
    """Source: GOV-16."""
    election = to_names(people, opened)
    voices = {one.participant_id: one for one in election.voices.all()}
    absent = [name for name in in_circle(vacant, people) if name != "dora"]
    first = voices[vacant.people[absent[0]].pk]
    for by, why in ((people[absent[0]], "Viaja"), (people["dora"], " ")):
        with pytest.raises(Refused):
            services.excuse_voice(by=by, election=election, voice=first, why=why)

    sign_in(client, people["dora"])
    page = f"/andina/elections/{election.uuid}/"
    sent = {"do": "excuse", "voice": first.pk, "why": "Está de viaje"}
    assert client.post(page, sent).status_code == 303

    assert "Está de viaje" in client.get(page).text
    asked = {one.pk: one for one in selectors.asked(election)}
    assert not asked[first.pk].counts
    rest = [voices[vacant.people[name].pk] for name in [*absent[1:], "dora"]]
    with pytest.raises(Refused, match="más voces presentes"):
        _excuse_all(people["dora"], election, rest)
    services.nominate(by=people[absent[0]], election=election, nominee=None)
    assert next(one for one in selectors.asked(election) if one.pk == first.pk).counts


def test_an_election_with_as_many_excused_as_asked_does_not_hold():
    """Source: GOV-16."""
    answers = [
        {"person": "a", "answer": "CONSENT", "left": False},
        {"person": "b", "answer": None, "left": False, "excused": True},
    ]
    facts = {"answers": answers, "nominee": "a", "first": True, "step": "ELECTED"}
    assert recompute(facts) == ["As many voices were excused as were asked."]
    third = {"person": "c", "answer": "CONSENT", "left": False}
    assert recompute(facts | {"answers": [third, answers[0], answers[1]]}) == []
