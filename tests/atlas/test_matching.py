"""Matches from what members said, put away for good, and introductions that both agree to."""

import pytest

from tequio.atlas.models import Declined, Introduction, Mention
from tequio.atlas.rules.matching import Why
from tequio.atlas.selectors import matching as selectors
from tequio.atlas.services import introductions as services
from tequio.atlas.services.matching import read_all_members, read_members
from tequio.core.access import Refused
from tequio.membership import services as membership
from tequio.notify.models import Ask, Letter
from tequio.people.models import Candidate, Membership, Participant
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.surveys.asking import reply_to, survey_of
from tests.surveys.mapped import open_mapping
from tests.world import add_member, add_person


def said(member, **what):
    by = {"looks_for": [], "needs": "", "offers": [], "brings": "", **what}
    membership.say_exchange(by=add_system(member), membership=member, language="es", **by)
    read_members(memberships=[member.pk])


def add_system(member):
    from tequio.core.actor import system

    return system(member.network_id)


@pytest.fixture
def first(network, ana):
    """Ana's member looks for knowledge of a budget, and teaches."""
    member = Membership.objects.get(pk=ana.membership_id)
    said(member, looks_for=["REACH"], needs="Quien nos enseñe a leer un presupuesto", offers=["EXPERTS"])
    return member


@pytest.fixture
def second(network, beto):
    """Beto's member spreads the word, and asks for nothing."""
    member = Membership.objects.get(pk=beto.membership_id)
    said(member, offers=["DISSEMINATION"], brings="Presupuestos contados en la radio")
    return member


def test_a_match_says_who_asked_for_what_and_who_offers_it(first, second, ana, beto):
    """From both ends, in the words that were chosen or written. Source: SUR-20, SUR-21, SUR-22, COM-03, COM-19."""
    (match,) = selectors.matching(ana).matches
    told = {(reason.why, reason.ours.tag, reason.theirs.tag) for reason in match.reasons}
    assert match.other.name == "La Asamblea"
    assert told == {(Why.THEY_GIVE, "REACH", "SPREADING"), (Why.THEY_GIVE, "=presupuest", "=presupuest")}
    (back,) = selectors.matching(beto).matches
    assert {reason.why for reason in back.reasons} == {Why.WE_GIVE}


def test_answers_to_a_survey_count_for_the_organization_that_gave_them(first, network, ana):
    """Recognized, or invited as a candidate; not where it would not be named or not join. Source: SUR-20, LRN-07."""
    survey = survey_of(ana)
    third = add_member(network, "Escuela del Río")
    fourth = add_member(network, "Casa Abierta")
    reply_to(
        survey,
        "Escuela del Río",
        organization=third.organization,
        needs=("capacities",),
        challenges=("budget",),
    )
    reply = reply_to(survey, "Otro nombre", challenges=("budget",), offers=("advisory_hours",))
    Candidate.objects.create(
        name="x", folded="x", source=reply.uuid, membership=fourth, created_at=reply.sent_at
    )
    reply_to(survey, "Barrio Vivo", organization=first.organization, challenges=("budget", "time"))
    reply_to(
        survey,
        "La Asamblea",
        joins="no",
        organization=Membership.objects.get(name="La Asamblea").organization,
        challenges=("budget",),
    )
    read_all_members()
    found = selectors.matching(ana)
    assert [match.other.name for match in found.matches] == ["Escuela del Río"]
    assert [peer.other.name for peer in found.peers] == [
        "Casa Abierta",
        "Escuela del Río",
    ]  # who has expertise is first
    assert found.peers[0].reasons[0].theirs.text["en"] == "Budget"


def test_what_was_said_is_read_again_and_what_is_gone_goes(first, second, ana, beto):
    said(second, offers=[])
    assert not selectors.matching(ana).matches
    second.ended_on, second.status = "2026-01-01", "LEFT"
    second.save()
    read_all_members()
    assert not Mention.objects.filter(membership=second).exists()


def test_put_away_it_is_never_shown_again_until_it_is_taken_up(first, second, ana, beto):
    """The other side keeps seeing it, and learns nothing. Source: SUR-20."""
    services.put_away(by=ana, other=second)
    services.put_away(by=ana, other=second)
    assert Declined.objects.count() == 1
    assert not selectors.matching(ana).matches
    assert selectors.matching(beto).matches
    read_all_members()
    assert not selectors.matching(ana).matches
    services.take_up(by=ana, other=second)
    assert selectors.matching(ana).matches
    assert "Asamblea" not in str(
        [entry.payload.facts for entry in Entry.objects.filter(kind__startswith="atlas.")]
    )


def test_no_contact_shows_before_both_agree(network, first, second, ana, beto):
    """Who asks and who says yes are the contacts. Source: SUR-20."""
    row = services.ask_introduction(by=ana, network=network, other=second, words="¿Hablamos?", language="es")
    assert selectors.contacts(ana, row) is None
    assert selectors.contacts(beto, row) is None
    asked = set(Ask.objects.filter(kind="introduction", closed_at=None).values_list("person_id", flat=True))
    assert beto.person_id in asked
    assert ana.person_id not in asked
    assert not any(
        "@" in letter.text.replace("example.org", "") and "ana@" in letter.text
        for letter in Letter.objects.all()
    )
    row = services.answer_introduction(by=beto, network=network, introduction=row, accept=True)
    assert selectors.contacts(ana, row).theirs[0]["email"] == "beto@example.org"
    assert selectors.contacts(beto, row).theirs[0]["email"] == "ana@example.org"
    assert not Ask.objects.filter(kind="introduction", closed_at=None).exists()
    assert selectors.counted(ana).made == [row]
    with pytest.raises(Refused):
        services.ask_introduction(by=beto, network=network, other=first, language="es")


def test_of_a_no_nobody_learns_why_and_nothing_shows(network, first, second, ana, beto):
    """Not the register, not the coordination; it is not proposed again. Source: SUR-20."""
    row = services.ask_introduction(by=beto, network=network, other=first, words="Hola", language="es")
    row = services.answer_introduction(by=ana, network=network, introduction=row, accept=False)
    assert (row.state, row.words) == ("NOT_NOW", "")
    assert selectors.contacts(beto, row) is None
    assert not selectors.matching(beto).matches
    facts = [entry.payload.facts for entry in Entry.objects.filter(kind__startswith="atlas.")]
    assert not any(name in str(facts) for name in ("Ana", "Beto", "Barrio", "Asamblea"))
    counts = selectors.counted(ana)
    assert (counts.waiting, list(counts.made), counts.ended) == (0, [], 1)
    assert selectors.counted(beto) is None


def test_only_the_two_sides_may(network, first, second, ana, beto):
    stranger = add_person(network, "Emi", membership=add_member(network, "Tercera"))
    row = services.ask_introduction(by=ana, network=network, other=second, language="es")
    with pytest.raises(Refused):
        services.answer_introduction(by=ana, network=network, introduction=row, accept=True)
    with pytest.raises(Refused):
        services.take_back(by=beto, introduction=row)
    with pytest.raises(Refused):
        services.put_away(by=ana, other=first)
    assert selectors.introduction(stranger, row.uuid) is None
    services.take_back(by=ana, introduction=row)
    services.ask_introduction(by=ana, network=network, other=second, language="es")


def test_who_left_is_no_contact_any_more(network, first, second, ana, beto):
    """Whoever speaks now is named, with what they show. Source: SUR-20, XCT-02."""
    row = services.ask_introduction(by=ana, network=network, other=second, language="es")
    row = services.answer_introduction(by=beto, network=network, introduction=row, accept=True)
    Participant.objects.filter(pk=beto.participant_id).update(until_on="2026-01-01")
    assert [one["name"] for one in selectors.contacts(ana, row).theirs] == ["Dora"]


def test_the_pages_from_a_match_to_an_introduction(client, network, first, second, ana, beto):
    """Reasons in words, both side by side, asked, answered. Source: SUR-20, SUR-25."""
    english = {"accept-language": "en"}
    sign_in(client, ana)
    page = client.get("/andina/matches/", headers=english).text
    assert "1 possible match" in page
    assert "You asked for being heard further away, they offer spreading the word." in page
    page = client.get(f"/andina/matches/{second.uuid}/", headers=english).text
    assert "Barrio Vivo and La Asamblea" in page
    assert client.post(f"/andina/matches/{second.uuid}/", {"words": "x" * 1001}).status_code == 422
    asked = client.post(f"/andina/matches/{second.uuid}/", {"words": "¿Hablamos?"})
    assert asked.status_code == 303
    assert client.post(f"/andina/matches/{second.uuid}/", {"words": ""}).status_code == 422
    assert "beto@example.org" not in client.get(asked.url).text
    sign_in(client, beto)
    assert "¿Hablamos?" in client.get(asked.url).text
    assert client.post(asked.url, {"answer": "maybe"}).status_code == 422
    assert client.post(asked.url, {"answer": "yes"}).status_code == 303
    assert "ana@example.org" in client.get(asked.url).text
    assert client.get("/andina/introductions/").status_code == 403
    assert Introduction.objects.get().words == "¿Hablamos?"


def test_not_for_us_and_back_on_pages(client, first, second, ana):
    """Source: SUR-20."""
    sign_in(client, ana)
    assert client.get(f"/andina/matches/{second.uuid}/away/").status_code == 405
    assert client.post(f"/andina/matches/{second.uuid}/away/").status_code == 303
    assert "La Asamblea" in client.get("/andina/matches/away/").text
    assert not client.get("/andina/matches/").context["matches"]
    client.post(f"/andina/matches/{second.uuid}/again/")
    assert client.get("/andina/matches/").context["matches"]


def test_thirty_matches_take_as_many_queries_as_one_and_none(client, network, first, ana, queries, request):
    """Source: SUR-20."""
    sign_in(client, ana)
    client.get("/andina/matches/")
    with queries(8):
        assert not client.get("/andina/matches/").context["matches"]
    second = request.getfixturevalue("second")
    with queries(8):
        assert len(client.get("/andina/matches/").context["matches"]) == 1
    for number in range(31):
        said(add_member(network, f"Radio {number}"), offers=["DISSEMINATION"])
    with queries(8):
        assert len(client.get("/andina/matches/").context["matches"]) == 30
    with queries(7):
        client.get(f"/andina/matches/{second.uuid}/")


def test_needs_and_offers_in_a_survey_s_results_lead_to_the_matches(
    client, network, first, second, ana, queries
):
    """As many as the page of matches shows, under both questions. Source: SUR-20, SUR-24."""
    open_mapping(ana, answers=8)
    sign_in(client, ana)
    results = "/andina/surveys/mapeo-regional/results/"
    client.get(results)
    with queries(8):
        page = client.get(results)
    assert page.text.count("Ver 1 posible pareja") == 2
    assert "1 posible pareja" in client.get("/andina/matches/").text
    services.put_away(by=ana, other=second)
    assert "posible pareja" not in client.get(results).text
