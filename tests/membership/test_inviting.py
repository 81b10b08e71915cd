"""Candidates are invited by a letter whose link opens the form with what they said; they may say no, or be forgotten."""

import re

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.membership import selectors, services
from tequio.membership.models import Application
from tequio.notify.models import Letter
from tequio.people.models import Candidate, CandidateState
from tequio.register.models import Entry
from tests.conftest import sign_in

LINK = re.compile(r"https?://[^/\s]+(/andina/join/invited/\S+/)")
SAID = {
    "cities": ["Cali"],
    "themes": [{"key": "water", "text": {"es": "Agua", "en": "Water"}}],
    "needs": [{"key": "funding_networks", "text": {"es": "Acceso a redes de financiamiento"}}],
    "offers": [{"key": "training", "text": {"es": "Formación"}}, {"key": "else", "text": {"es": "Un salón"}}],
}


def candidate(name="Escuela del Río", **changes):
    row = {
        "email": f"{name[:3].lower()}@example.org",
        "language": "es",
        "country": "CO",
        "carried": SAID,
        **changes,
    }
    return Candidate.objects.create(name=name, folded=name.lower(), created_at=clock.now(), **row)


@pytest.fixture
def rio(network):
    return candidate()


def link_of(network, ana, *candidates):
    services.invite_candidates(
        by=ana, network=network, uuids=[one.uuid for one in candidates], words="¡Vengan!"
    )
    return LINK.search(Letter.objects.latest("pk").text).group(1)


def test_three_candidates_get_a_letter_each_once(network, ana, rio):
    """Source: SUR-17."""
    others = [candidate("Casa Abierta"), candidate("Voces", language="pt-br")]
    silent = candidate("Sin correo", email="")
    said_no = candidate("No Gracias", state=CandidateState.DECLINED)
    uuids = [one.uuid for one in (rio, *others, silent, said_no)]
    assert services.invite_candidates(by=ana, network=network, uuids=uuids, words="¡Vengan!") == 3
    assert services.invite_candidates(by=ana, network=network, uuids=uuids) == 0
    letters = Letter.objects.filter(key__startswith="people.candidate:")
    assert sorted(letters.values_list("address", "language")) == [
        ("cas@example.org", "es"), ("esc@example.org", "es"), ("voc@example.org", "pt-br"),
    ]  # fmt: skip
    assert "¡Vengan!" in letters.get(address="esc@example.org").text
    told = Entry.objects.get(kind="membership.candidates_invited").payload.facts
    assert (told["number"], "Escuela" in str(told)) == (3, False)


def test_the_link_opens_the_form_with_what_was_said_and_admission_makes_a_member(
    client, network, ana, rio, run_jobs
):
    """Nobody types it again, and the charter's way stays. Source: SUR-17, SUR-20, MEM-02."""
    link = link_of(network, ana, rio)
    page = client.get(link).text
    for told in (
        'value="Escuela del Río"',
        "Cali",
        "esc@example.org",
        "Acceso a redes de financiamiento",
        "Formación, Un salón",
    ):
        assert told in page
    assert re.search(r'value="FUNDING"[^>]* checked', page)
    assert re.search(r'value="EXPERTS"[^>]* checked', page)
    typed = {
        "name": "Escuela del Río", "kind": "NGO", "country": "CO", "cities": "Cali", "about": "Ríos.", "why": "Juntas.",
        "needs": "Fondos", "contact_name": "Elías", "contact_email": "esc@example.org", "language": "es",
    }  # fmt: skip
    wrong = client.post(link, typed | {"why": ""})
    assert (wrong.status_code, "Ríos." in wrong.text) == (422, True)
    assert client.post(link, typed).status_code == 303
    member = services.admit(by=ana, network=network, application=Application.objects.get())
    run_jobs()
    rio.refresh_from_db()
    assert (rio.state, rio.membership, rio.organization) == ("JOINED", member, member.organization)
    assert member.organization.themes == ["Agua"]
    assert client.get(link).status_code == 403


def test_would_rather_not_is_one_link_without_account_and_is_kept(client, network, ana, rio):
    """Source: SUR-17."""
    link = link_of(network, ana, rio)
    assert client.get(f"{link}no/").status_code == 200
    assert Candidate.objects.get().state == CandidateState.INVITED  # looking changes nothing
    assert client.post(f"{link}no/").status_code == 200
    assert Candidate.objects.get().state == CandidateState.DECLINED
    assert not selectors.invitable([rio.uuid]).exists()


def test_forgetting_is_real_and_nobody_is_asked_again(client, network, ana, rio):
    """Source: SUR-17, XCT-02."""
    Candidate.objects.update(source="8b0b6c0c-5f43-4a49-9d5e-1d6f4be02a01")
    link = link_of(network, ana, rio)
    assert client.post(f"{link}forget/").status_code == 200
    left = Candidate.objects.get()
    assert (left.name, left.email, left.carried, left.state) == ("", "", {}, CandidateState.DECLINED)
    assert not Letter.objects.filter(address="esc@example.org").exists()
    assert client.get(link).status_code == 404


def test_a_wrong_link_opens_nothing(client, network, rio):
    assert client.get(f"/andina/join/invited/{rio.uuid}/{'0' * 32}/").status_code == 404


def test_only_those_in_charge_invite(client, network, ana, beto, rio):
    """Source: SUR-17."""
    with pytest.raises(Refused):
        services.invite_candidates(by=beto, network=network, uuids=[rio.uuid])
    sign_in(client, beto)
    assert client.get("/andina/candidates/invite/").status_code == 403
    sign_in(client, ana)
    page = client.get("/andina/candidates/invite/", {"who": [rio.uuid, "nonsense"]})
    assert "Escuela del Río" in page.text
    assert client.post("/andina/candidates/invite/", {"who": "nonsense"}).status_code == 422
    assert client.post("/andina/candidates/invite/", {"who": str(rio.uuid), "words": ""}).status_code == 303
    assert Candidate.objects.get().state == CandidateState.INVITED
