"""Voices given to others for a vote: few, one step, never where consent is sought. Source: GOVERNANCE 4.4."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions import rules, selectors, services
from tequio.decisions.models import Elector, Proxy
from tequio.decisions.rules import Given, Matter, Position, recompute_vote
from tequio.people.models import Membership, Voice
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, model, propose, text
from tests.standing import world
from tests.world import add_member, add_person


@world(on="andina")
def with_proxies(andina):
    """Four members; each may carry one voice of another."""
    from tequio.core.scoping import network_scope

    with network_scope(andina.network.pk):
        model("VERTICAL", proxies_at_most=1)
        members = [add_member(andina.network, f"Colectivo {name}") for name in ("Eva", "Fidel")]
        people = [
            add_person(andina.network, name, membership=member, voice=Voice.DELEGATE)
            for name, member in zip(("Eva", "Fidel"), members, strict=True)
        ]
    return people


def member_of(actor):
    return Membership.objects.get(pk=actor.membership_id)


def gives(giver, holder, proposal, **more):
    return services.give_proxy(by=giver, holder=member_of(holder), proposal=proposal, **more)


given_voices = st.builds(
    Given, giver=st.integers(1, 7), holder=st.integers(1, 7), here=st.booleans(), order=st.integers(1, 99)
)


@given(st.lists(given_voices, max_size=14), st.sets(st.integers(1, 7)), st.integers(0, 2))
def test_nobody_passes_on_what_was_given_or_carries_too_many(voices, entitled, at_most):
    found = rules.carried(voices, entitled=entitled, at_most=at_most)
    holders = [one.holder for one in found.values()]
    assert not set(found) & set(holders)
    assert set(found) | set(holders) <= entitled
    assert all(holders.count(one) <= at_most for one in holders)
    for giver, one in found.items():
        assert one.here or not any(
            each.here for each in voices if each.giver == giver and each.holder in entitled
        )


def test_the_vote_of_who_cannot_be_there(ana, beto, with_proxies, run_jobs):
    eva, fidel = with_proxies
    proposal = propose(ana, matter=Matter.OPERATIONAL)
    proxy = gives(eva, fidel, proposal)
    opened = services.open_round(by=ana, proposal=proposal)
    assert not Elector.objects.filter(round=opened, proxy__isnull=False).exists(), "never in a consent round"
    services.answer(by=ana, round=opened, position=Position.AGREE)
    services.answer(by=eva, round=opened, position=Position.AGREE)
    services.answer(by=fidel, round=opened, position=Position.AGREE)
    services.answer(by=beto, round=opened, position=Position.OBJECT, reason="Deja fuera")
    services.close_round(by=ana, round=opened)
    vote = services.open_vote(by=ana, proposal=proposal)

    with pytest.raises(Refused):
        services.vote(by=eva, round=vote, position=Position.NO)
    with pytest.raises(Refused):
        services.take_proxy_back(by=eva, proxy=proxy)
    hers = Elector.objects.get(round=vote, membership_id=eva.membership_id)
    with pytest.raises(Refused):
        services.vote_for(by=beto, round=vote, elector=hers, position=Position.NO)
    assert eva.person_id not in selectors.voices_to_ask(vote)
    services.vote(by=fidel, round=vote, position=Position.YES)
    services.vote_for(by=fidel, round=vote, elector=hers, position=Position.YES)
    services.vote(by=ana, round=vote, position=Position.YES)
    services.vote(by=beto, round=vote, position=Position.NO)

    facts = Entry.objects.get(kind="decisions.adopted").payload.facts
    carried = {voice["name"]: voice.get("proxy") for voice in facts["voices"]}
    assert carried["Colectivo Eva"] == str(member_of(fidel).uuid)
    assert recompute_vote(facts) == []
    passed_on = [
        {**v, "proxy": str(member_of(ana).uuid)} if v["name"] == "Colectivo Fidel" else v
        for v in facts["voices"]
    ]
    assert "its own is carried" in " ".join(recompute_vote({**facts, "voices": passed_on}))


def test_limits_and_taking_back(ana, beto, with_proxies):
    eva, fidel = with_proxies
    proposal = propose(ana)
    proxy = gives(eva, fidel, proposal)
    for giver, holder in ((beto, fidel), (fidel, beto), (beto, eva), (eva, beto), (eva, eva)):
        with pytest.raises(Refused):
            gives(giver, holder, proposal)
    services.take_proxy_back(by=eva, proxy=proxy)
    gives(fidel, eva, proposal)
    gives(beto, fidel, None, on_day=clock.today())
    with pytest.raises(Refused):
        gives(ana, beto, None, on_day=clock.today() - timedelta(days=1))
    with pytest.raises(Refused):
        services.give_proxy(by=ana, holder=member_of(beto))
    vote = vote_after_objection_of(ana, beto, with_proxies, propose(ana))
    carried = Elector.objects.filter(round=vote, proxy__isnull=False)
    assert [one.membership_id for one in carried] == [beto.membership_id], "given for the day"


def vote_after_objection_of(ana, beto, others, proposal):
    opened = services.open_round(by=ana, proposal=proposal)
    for one in others:
        services.answer(by=one, round=opened, position=Position.AGREE)
    services.answer(by=ana, round=opened, position=Position.AGREE)
    services.answer(by=beto, round=opened, position=Position.OBJECT, reason="Deja fuera")
    services.close_round(by=ana, round=opened)
    return services.open_vote(by=ana, proposal=proposal)


def test_where_the_charter_knows_none_nobody_gives_a_voice(ana, beto, proposal):
    with pytest.raises(Refused):
        gives(ana, beto, proposal)


def test_the_pages(client, ana, beto, with_proxies, queries):
    eva, fidel = with_proxies
    proposal = propose(ana)
    sign_in(client, eva)
    page = client.get(f"{HOME}voice/")
    assert "Colectivo Fidel" in page.text
    wrong = client.post(f"{HOME}voice/", {"holder": str(fidel.membership_id), "once": "a"})
    assert wrong.status_code == 422
    sent = {"holder": str(fidel.membership_id), "decision": str(proposal.number), "once": "b"}
    assert client.post(f"{HOME}voice/", sent).status_code == 303
    proxy = Proxy.objects.get()
    assert "Cuota solidaria" in text(client.get(f"{HOME}voice/"))
    vote = vote_after_objection_of(ana, beto, with_proxies, proposal)
    assert "Colectivo Fidel" in text(client.get(f"{HOME}{proposal.number}/"))
    assert client.post(f"{HOME}voice/{proxy.pk}/take-back/", {"once": "c"}).status_code == 403
    sign_in(client, fidel)
    hers = Elector.objects.get(round=vote, membership_id=eva.membership_id)
    assert f"carried/{hers.pk}/" in client.get(f"{HOME}{proposal.number}/").text
    cast = client.post(f"{HOME}{proposal.number}/carried/{hers.pk}/", {"answer": "NO", "once": "d"})
    assert cast.status_code == 303
    hers.refresh_from_db()
    assert hers.answer.position == "NO"
    sign_in(client, beto)
    assert client.get(f"{HOME}{proposal.number}/carried/{hers.pk}/").status_code == 404
