"""The library of quotes: with consent, found, told in each language, withdrawn at any time. Source: CTX-10."""

import pytest
from django.test import Client

from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.founding.models import SharedAnswers
from tequio.founding.selectors.lived import lived
from tequio.notify.models import Ask
from tequio.people.models import Participant, Person, Quote, SharedQuote
from tequio.people.selectors import mydata
from tequio.people.selectors import quotes as selectors
from tequio.people.services import quotes as services
from tequio.people.services.leaving import leave
from tequio.people.services.quotes import Said
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_person

HERE = "/andina/quotes/"
WORDS = "Decidimos por consentimiento, y aún así a veces nos cuesta."


def keep(by, network, *, author=None, **more) -> Quote:
    said = {
        "words": WORDS, "language": "es", "step": 2, "aspect": "governance", "byline": "NAME", "name": "Ximena",
        "role": "Tesorería", "organization": "Barrio Vivo", "consent": "Dijo que sí en la grabación",
    } | more  # fmt: skip
    return services.keep_quote(by=by, network=network, said=Said(**said), author=author)


def author_of(actor) -> Participant:
    return Participant.objects.get(pk=actor.participant_id)


def test_of_somebody_outside_whoever_keeps_it_says_how_they_agreed(ana, network) -> None:
    """Source: CTX-10."""
    with pytest.raises(Refused):
        keep(ana, network, consent=" ")
    kept = keep(ana, network)
    assert (kept.organization.name, selectors.byline_of(kept)) == ("Barrio Vivo", "Ximena")
    assert WORDS not in str(Entry.objects.get(kind="people.quote_kept").facts)
    hidden = keep(ana, network, byline="NONE", name="Ximena")
    assert hidden.name == ""  # a name that is not shown is not kept
    assert "ximena" not in hidden.folded
    keep(ana, network, source="surveys.Answer:1")
    with pytest.raises(Refused):
        keep(ana, network, source="surveys.Answer:1")


def test_who_takes_part_decides_alone_whether_and_how_it_is_shown(ana, beto, dora, network) -> None:
    """Source: CTX-10."""
    kept = keep(ana, network, author=author_of(beto), consent="")
    assert list(selectors.quotes(dora, selectors.Wanted())) == []
    assert selectors.quote(dora, kept.uuid) is None
    assert Ask.objects.filter(kind="quote", person_id=beto.person_id, closed_at=None).exists()
    with pytest.raises(Refused):
        services.agree_to_quote(by=ana, quote=kept, byline="NAME", name="", reach="NETWORK")
    services.agree_to_quote(by=beto, quote=kept, byline="CHOSEN", name="Colibrí", reach="NETWORK")
    assert [row["said_by"] for row in selectors.quotes(dora, selectors.Wanted())] == ["Colibrí"]
    services.agree_to_quote(by=beto, quote=kept, byline="NAME", name="", reach="NETWORK")
    assert [row["said_by"] for row in selectors.quotes(dora, selectors.Wanted())] == ["Beto"]
    services.agree_to_quote(by=beto, quote=kept, byline="NONE", name="", reach="NETWORK")
    assert [row["said_by"] for row in selectors.quotes(dora, selectors.Wanted())] == [""]
    assert not Ask.objects.filter(kind="quote", closed_at=None).exists()


def test_quotes_are_found_without_accents_by_step_aspect_and_organization(ana, network) -> None:
    """Source: CTX-10."""
    keep(ana, network)
    keep(ana, network, words="Otra cosa", step=4, aspect="sustainability", organization="Colectivo Ñandú")

    def found(**wanted) -> int:
        return len(selectors.quotes(ana, selectors.Wanted(**wanted)))

    assert found() == 2
    assert found(words="AUN ASI ximena") == 1
    assert found(words="nandu") == 1
    assert found(words="nada") == 0
    assert (found(step=2), found(step=3), found(aspect="sustainability")) == (1, 0, 1)
    assert found(organization="Barrio Vivo") == 1
    assert selectors.quoted_organizations(ana) == ["Barrio Vivo", "Colectivo Ñandú"]


def test_founders_read_at_each_step_how_others_lived_it_also_in_networks_that_allow_it(
    ana, network, elsewhere
) -> None:
    """The author's yes and the network's yes, both; gone as soon as one of them takes it back. Source: CTX-10, REA-01."""
    kept = keep(ana, network, reach="OTHERS")
    keep(ana, network, words="De aquí nomás")
    assert [one.network for one in lived(network, 2)] == [None, None]
    assert lived(network, 3) == []
    with network_scope(elsewhere.network.pk):
        assert lived(elsewhere.network, 2) == []
    network.listed = True
    network.save()
    SharedAnswers.objects.create(network=network, at=kept.recorded_at)
    with network_scope(elsewhere.network.pk):
        told = lived(elsewhere.network, 2)
        assert [(one.words["es"], one.network, one.slug) for one in told] == [
            (WORDS, {"es": "Red Andina"}, "andina")
        ]
        assert told[0].who == "Ximena · Tesorería · Barrio Vivo"
    services.withdraw_quote(by=ana, quote=kept)
    assert not SharedQuote.objects.exists()


def test_words_go_at_once_when_they_are_withdrawn(client, ana, beto, dora, network) -> None:
    """Also by somebody without an account, with a link of their own. Source: CTX-10."""
    kept = keep(ana, network)
    with pytest.raises(Refused):
        services.withdraw_quote(by=beto, quote=kept)
    page = f"/andina/own-quote/{selectors.token_of(kept)}/"
    stranger = Client()
    assert WORDS in stranger.get(page).content.decode()
    assert stranger.get("/andina/own-quote/x.y/").status_code == 404
    assert stranger.post(page, {"confirmed": "yes"}).status_code == 303
    kept.refresh_from_db()
    assert (kept.words, kept.name, kept.folded, kept.role) == ({}, "", "", "")
    assert WORDS not in stranger.get(page).content.decode()
    own = keep(ana, network, author=author_of(beto), consent="")
    services.withdraw_quote(by=beto, quote=own)
    assert own.words == {}


def test_my_data_and_erasure_know_my_words(ana, beto, network) -> None:
    """Source: CTX-10."""
    said = add_person(network, "Sol")
    kept = keep(ana, network, author=author_of(said), consent="", reach="OTHERS")
    services.agree_to_quote(by=said, quote=kept, byline="NAME", name="", reach="OTHERS")
    person = Person.objects.get(pk=said.person_id)
    assert WORDS in str(mydata.about(person)["networks"]["andina"]["rows"]["people.Quote"])
    leave(by=person)
    with network_scope(network.pk):
        kept.refresh_from_db()
        assert (kept.words, SharedQuote.objects.count()) == ({}, 0)


def test_a_quote_is_kept_translated_and_answered_on_its_pages(client, ana, beto, network, queries) -> None:
    """Source: CTX-10."""
    sign_in(client, ana)
    form = {
        "words": WORDS, "language": "es", "byline": "NAME", "name": "beto", "step": "2", "aspect": "governance",
        "origin": "WORKSHOP", "reach": "NETWORK", "organization": "La Asamblea",
    }  # fmt: skip
    assert (
        client.post(f"{HERE}new/", {**form, "name": "Ximena"}).status_code == 422
    )  # nobody said how she agreed
    assert client.post(f"{HERE}new/", {**form, "name": ""}).status_code == 422
    page = client.post(f"{HERE}new/?from=WORKSHOP", form)["Location"]
    assert client.post(f"{page}pt-br/", {"words": "Decidimos por consentimento."}).status_code == 303
    assert client.get(f"{page}es/").status_code == 404
    second = Client()
    sign_in(second, beto)
    assert "¿Puede la red" in second.get(HERE).content.decode()
    assert second.post(page, {"byline": "CHOSEN", "name": "", "reach": "NETWORK"}).status_code == 422
    assert second.post(page, {"byline": "NAME", "name": "", "reach": "NETWORK"}).status_code == 303
    with queries(7):
        listed = client.get(HERE, {"step": "2", "q": "aun asi"}).content.decode()
    assert WORDS in listed
    for number in range(4):
        keep(ana, network, words=f"Más {number}")
    with queries(7):
        client.get(HERE, {"step": "2"})
    assert client.get(HERE, {"step": "x", "aspect": "y", "page": "z"}).status_code == 200
    both = client.get(page).content.decode()
    assert 'lang="pt-br"' in both
    assert "Beto" in both
    assert client.post(f"{page}withdraw/").status_code == 200
    assert client.post(f"{page}withdraw/", {"confirmed": "yes"}).status_code == 303
    assert "ya no están" in client.get(page).content.decode()
