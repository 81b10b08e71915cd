"""Matches beyond the members, from what was answered; the coordination introduces, and both sides agree first."""

import re

import pytest

from tequio.atlas.models import Bridge, Declined, Prospect
from tequio.atlas.rules.matching import Why
from tequio.atlas.selectors import beyond as selectors
from tequio.atlas.services import bridges as services
from tequio.atlas.services.prospects import drop_forgotten, read_everybody, read_reply
from tequio.core.access import Refused
from tequio.notify.models import Ask, Letter
from tequio.people import services as people
from tequio.people.models import Candidate, Membership
from tequio.people.services.candidates import forget_candidate
from tequio.register.models import Entry
from tequio.surveys.models import Reply, Tick
from tequio.surveys.services.forgetting import forget_reply
from tests.atlas.test_matching import said
from tests.conftest import sign_in
from tests.surveys.asking import reply_to, survey_of


@pytest.fixture
def beyond(network, ana):
    """Ana's member looks for capacities; a recorded organization and a candidate teach, of whom one is not named."""
    member = Membership.objects.get(pk=ana.membership_id)
    said(member, looks_for=["REACH"], offers=["EXPERTS"])
    survey = survey_of(ana)
    mapped = people.record_organization(by=ana, name="Radio Sur", country="CO")
    reply_to(survey, "Radio Sur", organization=mapped, email="sur@example.org", needs=("capacities",))
    reply = reply_to(survey, "Nube", country=("CL",), needs=("capacities",))
    Candidate.objects.create(
        name="Nube",
        folded="nube",
        country="CL",
        email="nube@example.org",
        source=reply.uuid,
        created_at=reply.sent_at,
    )
    reply_to(survey, "Aparte", joins="no", needs=("capacities",))
    read_everybody()
    return {"mapped": mapped, "reply": reply, "survey": survey}


def names(actor):
    return [match.other.name for match in selectors.beyond(actor).matches]


def of(name):
    return (
        Prospect.objects.get(candidate__name=name)
        if name == "Nube"
        else Prospect.objects.get(organization__name=name)
    )


def test_who_is_no_member_matches_by_what_it_answered(beyond, ana):
    """A candidate that did not agree to be named has no name for members. Source: SUR-20, COM-03, COM-19, CTX-18."""
    assert sorted(names(ana)) == ["", "Radio Sur"]
    (match, _other) = selectors.beyond(ana).matches
    assert match.reasons[0].why == Why.WE_GIVE


def test_what_is_answered_anew_counts_at_once_and_who_joins_or_asks_to_be_forgotten_goes(
    beyond, ana, network
):
    """Source: SUR-20, SUR-17."""
    Tick.objects.filter(reply=beyond["reply"], question="needs").delete()
    read_reply(reply=beyond["reply"])
    assert names(ana) == ["Radio Sur"]
    people.join(by=ana, organization=beyond["mapped"], name="Radio Sur")
    assert names(ana) == []
    read_everybody()
    forget_candidate(by=ana, candidate=Candidate.objects.get())
    assert drop_forgotten() == 1


def test_an_answer_that_was_erased_is_no_match_any_more(beyond, ana, run_jobs):
    """Of an organization that is recorded and of a candidate, without waiting for the night. Source: XCT-02, SUR-20."""
    forget_reply(by=ana, reply=Reply.objects.get(organization=beyond["mapped"]))
    run_jobs()
    assert names(ana) == [""]
    forget_reply(by=ana, reply=beyond["reply"])
    run_jobs()
    assert names(ana) == []


def test_put_away_beyond_the_members_it_is_never_shown_again(beyond, ana):
    """Not after the nightly reading either, until it is taken up. Source: SUR-20."""
    services.put_prospect_away(by=ana, prospect=of("Radio Sur"))
    services.put_prospect_away(by=ana, prospect=of("Radio Sur"))
    assert Declined.objects.count() == 1
    read_everybody()
    assert names(ana) == [""]
    services.take_prospect_up(by=ana, prospect=of("Radio Sur"))
    assert "Radio Sur" in names(ana)


def test_a_candidate_that_is_recognized_stays_put_away(beyond, ana):
    """Source: SUR-20, CTX-19."""
    services.put_prospect_away(by=ana, prospect=of("Nube"))
    made = people.record_organization(by=ana, name="Nube")
    Candidate.objects.update(organization=made)
    read_everybody()
    assert names(ana) == ["Radio Sur"]
    assert Prospect.objects.count() == 2


def test_no_contact_shows_before_both_agree(beyond, ana, beto, network):
    """The coordination writes; the letter names no address; of a no nobody learns why. Source: SUR-20."""
    row = services.ask_bridge(by=ana, network=network, prospect=of("Nube"), words="¿Hablamos?", language="es")
    assert Ask.objects.filter(kind="introduction", closed_at=None).exists()
    assert not Letter.objects.filter(address="nube@example.org").exists()
    with pytest.raises(Refused):
        services.ask_bridge(by=ana, network=network, prospect=of("Nube"), language="es")
    with pytest.raises(Refused):
        services.send_bridge(by=beto, network=network, bridge=row)
    row = services.send_bridge(by=ana, network=network, bridge=row)
    letter = Letter.objects.get(address="nube@example.org")
    assert "¿Hablamos?" in letter.text
    assert "ana@example.org" not in letter.text
    assert selectors.contact_of(ana, row) == ""
    row = services.answer_bridge(network=network, bridge=row, accept=True)
    assert selectors.contact_of(ana, row) == "nube@example.org"
    assert selectors.contact_of(beto, row) == ""
    assert any("ana@example.org" in one.text for one in Letter.objects.filter(address="nube@example.org"))
    facts = [entry.payload.facts for entry in Entry.objects.filter(kind__startswith="atlas.")]
    assert not any(name in str(facts) for name in ("Nube", "Barrio"))


def test_of_a_no_nothing_shows_and_it_is_not_proposed_again(beyond, ana, network):
    """Source: SUR-20."""
    row = services.ask_bridge(by=ana, network=network, prospect=of("Radio Sur"), words="Hola", language="es")
    row = services.send_bridge(by=ana, network=network, bridge=row)
    row = services.answer_bridge(network=network, bridge=row, accept=False)
    assert (row.state, row.words, selectors.contact_of(ana, row)) == ("NOT_NOW", "", "")
    assert names(ana) == [""]
    with pytest.raises(Refused):
        services.ask_bridge(by=ana, network=network, prospect=of("Radio Sur"), language="es")
    with pytest.raises(Refused):
        services.answer_bridge(network=network, bridge=row, accept=True)


def test_thirty_matches_beyond_take_as_many_queries_as_three_and_none(client, beyond, ana, network, queries):
    """Source: SUR-20."""
    sign_in(client, ana)
    for number in (3, 30):
        for place in range(Prospect.objects.count(), number):
            mapped = people.record_organization(by=ana, name=f"Radio {place}", country="CO")
            reply_to(beyond["survey"], mapped.name, organization=mapped, needs=("capacities",))
        read_everybody()
        with queries(8):
            assert len(client.get("/andina/matches/beyond/").context["matches"]) == number
    Tick.objects.all().delete()
    read_everybody()
    with queries(8):
        assert client.get("/andina/matches/beyond/").context["matches"] == []


def test_the_pages_from_a_match_to_the_answer(client, beyond, ana, beto, network):
    """Reasons in words; asked, written by the coordination, answered by the link alone. Source: SUR-20."""
    english = {"accept-language": "en"}
    sign_in(client, ana)
    page = client.get("/andina/matches/beyond/", headers=english).text
    assert "2 possible matches" in page
    assert "An organization in Chile" in page
    assert "Nube" not in page
    assert "They asked for technical and institutional capacities, you offer training on a subject." in page
    uuid = of("Nube").uuid
    assert client.post(f"/andina/matches/beyond/{uuid}/", {"words": "x" * 1001}).status_code == 422
    assert client.post(f"/andina/matches/beyond/{uuid}/", {"words": "¿Hablamos?"}).status_code == 303
    row = Bridge.objects.get()
    assert "Nube" in client.get("/andina/introductions/").text
    assert "¿Hablamos?" in client.get(f"/andina/introductions/asked/{row.uuid}/").text
    assert client.post(f"/andina/introductions/asked/{row.uuid}/").status_code == 303
    link = re.search(r"/andina/introductions/asked/\S+", Letter.objects.get(address="nube@example.org").text)[
        0
    ]
    client.logout()
    assert client.get(link[:-2] + "x/").status_code == 404
    assert "Barrio Vivo" in client.get(link).text
    assert client.post(link, {}).status_code == 422
    assert "ana@example.org" in client.post(link, {"answer": "yes"}).text
    sign_in(client, ana)
    assert "nube@example.org" in client.get(f"/andina/matches/beyond/{uuid}/").text
    sign_in(client, beto)
    assert client.get(f"/andina/introductions/asked/{row.uuid}/").status_code == 404


def test_who_has_no_address_is_not_written_to(beyond, ana, network):
    """The coordination reads why not, and can leave it. Source: SUR-20."""
    Candidate.objects.update(email="")
    row = services.ask_bridge(by=ana, network=network, prospect=of("Nube"), language="es")
    with pytest.raises(Refused, match="dirección"):
        services.send_bridge(by=ana, network=network, bridge=row)
    assert services.take_bridge_back(by=ana, bridge=row).state == "TAKEN_BACK"
    services.ask_bridge(by=ana, network=network, prospect=of("Nube"), language="es")
