"""Candidates are people and members of the network, and what they win is a seat that rests on the count."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tequio.core import clock
from tequio.core.access import Refused
from tequio.elections import access, selectors, services
from tequio.elections.models import Option
from tequio.elections.rules import papers as rules
from tequio.governance import services as governance
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import Kind, Role
from tequio.governance.rules.terms import months_after
from tequio.networks.models import Governance
from tequio.notify.models import Ask
from tequio.people.models import Membership, Participant
from tequio.people.selectors.voices import network_today
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.elections.world import RECEIPTS, prepare


def of(actor):
    return Participant.objects.get(pk=actor.participant_id)


@pytest.fixture
def coordination(ana):
    return governance.open_circle(
        by=ana, name={"es": "Coordinación"}, aim={"es": "Coordinar"}, kind="COORDINATION"
    )


def election(by, coordination, **more):
    """Prepare the election of one person into the coordination."""
    facts = {"names": (), "body": coordination, "role": "MEMBER", "months": 12} | more
    return prepare(by, "RANKED_ONE", **facts)


def counted(ballot, *actors, papers):
    for by, paper, receipt in zip(actors, papers, RECEIPTS, strict=False):
        services.cast(by=by, ballot=ballot, paper=paper, receipt=receipt)
    return services.close_ballot(by=actors[0], ballot=ballot)


def test_who_wins_has_the_seat_with_its_end_on_the_ground_of_the_count(ana, beto, coordination):
    """Source: GOV-17, GOV-18, GOV-19."""
    ballot = election(ana, coordination)
    services.add_option(by=ana, ballot=ballot, participant=of(ana), statement="Sé escuchar.")
    services.add_option(
        by=ana,
        ballot=ballot,
        membership=Membership.objects.get(pk=beto.membership_id),
        statement="Somos barrio.",
    )
    services.open_ballot(by=ana, ballot=ballot)

    closed = counted(ballot, ana, beto, papers=({"ranking": [2, 1]}, {"ranking": [2]}))

    seat = Seat.objects.get(entry=closed.entry_id)
    assert (seat.circle, seat.participant, seat.role) == (coordination, of(beto), Role.MEMBER)
    assert seat.until == months_after(network_today(), 12)
    assert closed.result["unseated"] == []
    facts = Entry.objects.get(pk=closed.entry_id).payload.facts
    assert rules.recompute(facts) == []
    assert [sorted(one) for one in facts["options"]] == [
        ["name", "number", "person"],
        ["member", "name", "number"],
    ]


def test_nobody_whom_the_charter_lets_rest_can_stand(ana, beto, coordination):
    """Source: GOV-20."""
    Governance.objects.update(mandate_renewable=False)
    ballot = election(ana, coordination)
    for who in (ana, beto):
        services.add_option(by=ana, ballot=ballot, participant=of(who), statement="Quiero cuidar.")
    services.open_ballot(by=ana, ballot=ballot)
    counted(ballot, ana, beto, papers=({"ranking": [2]}, {"ranking": [2]}))
    following = election(ana, coordination)

    services.add_option(by=ana, ballot=following, participant=of(ana))
    with clock.at(clock.now() + timedelta(days=300)), pytest.raises(Refused, match="mandatos seguidos"):
        services.add_option(by=ana, ballot=following, participant=of(beto))


def test_a_ballot_gives_no_seat_that_only_consent_gives(ana, coordination, circles):
    """Source: GOV-16, GOV-19."""
    circle = Circle.objects.filter(kind=Kind.CIRCLE).exclude(parent=None).first()
    with pytest.raises(Refused, match="por consentimiento"):
        election(ana, circle, role="LEADER")
    with pytest.raises(Refused, match="por cuántos meses"):
        election(ana, coordination, months=None)
    with pytest.raises(Refused, match="cuánto dura un mandato"):
        election(ana, coordination, months=120)
    with pytest.raises(Refused, match="no elige a nadie"):
        prepare(ana, "OBJECTIVES", names=(), body=coordination, role="MEMBER", months=6)
    with pytest.raises(Refused, match="alguien de la red"):
        services.add_option(by=ana, ballot=election(ana, coordination), name="Nadie")


def test_who_stands_is_told_says_why_and_may_take_the_name_away(ana, beto, coordination):
    """Source: issue 4, 6."""
    ballot = election(ana, coordination)
    option = services.add_option(by=ana, ballot=ballot, participant=of(beto))
    assert Ask.objects.get(kind="candidate", closed_at=None).person_id == beto.person_id
    assert selectors.ballot(beto, ballot.number) == ballot  # who stands reads the draft

    services.write_statement(by=beto, option=option, statement="Quiero que llueva parejo.")
    assert Option.objects.get(pk=option.pk).statement == "Quiero que llueva parejo."
    assert not Ask.objects.filter(kind="candidate", closed_at=None).exists()

    services.remove_option(by=beto, option=option)
    assert selectors.ballot(beto, ballot.number) is None
    mine = services.add_option(by=ana, ballot=ballot, participant=of(ana))
    assert access.speak_as_candidate.why_not(beto, mine)


def test_a_ballot_that_gives_seats_opens_when_each_has_said_why(client, ana, beto, coordination):
    """Source: issue 4, 6: candidates, each with a statement."""
    ballot = election(ana, coordination)
    services.add_option(by=ana, ballot=ballot, participant=of(ana), statement="Sé escuchar.")
    option = services.add_option(by=ana, ballot=ballot, participant=of(beto))

    with pytest.raises(Refused, match="Beto"):
        services.open_ballot(by=ana, ballot=ballot)
    sign_in(client, ana)
    page = client.get(f"/andina/ballots/{ballot.number}/", headers={"accept-language": "en"})
    assert "No statement yet." in page.text
    assert "Still to come: Beto." in page.text
    assert f"/options/{option.number}/statement/" in page.text
    services.write_statement(by=beto, option=option, statement="Quiero cuidar.")
    assert services.open_ballot(by=ana, ballot=ballot).state == "OPEN"


def test_a_seat_that_is_not_allowed_any_more_leaves_the_result_standing(ana, beto, coordination):
    """Source: GOV-18."""
    ballot = election(ana, coordination)
    for who in (ana, beto):
        services.add_option(by=ana, ballot=ballot, participant=of(who), statement="Quiero cuidar.")
    services.open_ballot(by=ana, ballot=ballot)
    Governance.objects.update(mandate_months=6)  # the charter changed meanwhile: twelve months are too long

    closed = counted(ballot, ana, beto, papers=({"ranking": [2]}, {"ranking": [2]}))

    assert closed.result["winners"] == [of(beto).name]
    assert closed.result["unseated"] == [of(beto).name]
    assert not Seat.objects.filter(entry=closed.entry_id).exists()


def test_an_election_into_the_coordination_is_prepared_by_forms_alone(client, ana, beto, coordination):
    """Source: GOV-18, GOV-19."""
    sign_in(client, ana)
    form = {
        "title": "¿Quién coordina?", "kind": "RANKED_ONE", "electorate": "VOICES", "days": "7", "majority": "1/2",
        "body": coordination.pk, "role": "MEMBER", "months": "",
    }  # fmt: skip
    assert client.post("/andina/ballots/new/", form).status_code == 422
    page = client.post("/andina/ballots/new/", form | {"months": "12"})["Location"]
    assert client.post(f"{page}options/", {"who": "PERSON", "name": "Nadie"}).status_code == 422
    assert client.post(f"{page}options/", {"who": "OTHER", "name": "Nadie"}).status_code == 422
    assert client.post(f"{page}options/", {"who": "PERSON", "name": "beto"}).status_code == 303
    assert client.post(f"{page}options/", {"who": "MEMBER", "name": "Barrio Vivo"}).status_code == 303

    sign_in(client, beto)
    assert "Decir por qué me presento" in client.get(page).text
    assert client.post(f"{page}options/1/statement/", {"statement": ""}).status_code == 422
    assert client.post(f"{page}options/1/statement/", {"statement": "Sé escuchar."}).status_code == 303
    assert client.get(f"{page}options/2/statement/").status_code == 403
    assert "Sé escuchar." in client.get(page).text
    assert client.post(f"{page}options/1/remove/")["Location"] == "/andina/ballots/"
    assert client.get(page).status_code == 404


def test_a_candidate_says_it_in_each_language_and_who_reads_another_is_told(client, ana, beto, coordination):
    """Each reads it in their own language where it is; elsewhere as it was begun, with a mark. Source: XCT-01, GOV-18."""
    ballot = election(ana, coordination)
    option = services.add_option(by=ana, ballot=ballot, participant=of(beto), statement="Sé.", language="es")
    services.add_option(by=ana, ballot=ballot, participant=of(ana), statement="De antes.")
    page = f"/andina/ballots/{ballot.number}/"
    sign_in(client, beto)
    form = client.get(f"{page}options/{option.number}/statement/").text
    assert "Lo mismo en Português" in form
    assert 'name="in_es"' not in form
    said = {"statement": "Sé escuchar.", "in_pt-br": "Sei escutar.", "in_en": ""}
    wrong = client.post(f"{page}options/{option.number}/statement/", {**said, "statement": ""})
    assert wrong.status_code == 422
    assert "Sei escutar." in wrong.text
    assert client.post(f"{page}options/{option.number}/statement/", said).status_code == 303
    assert "Sé escuchar." in client.get(page).text
    for language, shown, lang in (("pt-br", "Sei escutar.", ""), ("en", "Sé escuchar.", ' lang="es"')):
        with override(language):
            one = Option.objects.get(pk=option.pk)
            drawn = render_to_string("elections/part_statement.html", {"one": one})
        assert f"<p{lang}>{shown}</p>" in drawn
        assert ("not yet in English" in drawn) == (language == "en")
    opened = services.open_ballot(by=ana, ballot=ballot)
    facts = Entry.objects.get(kind="elections.ballot_opened", ref=f"elections.Ballot:{opened.pk}").facts
    assert facts["statements"]["1"] == {"es": "Sé escuchar.", "pt-br": "Sei escutar."}
    assert facts["statements"]["2"] == "De antes."
