"""From the regional mapping, as it is, to a member: three are invited, one joins by the form with what it said."""

import re
from uuid import uuid4

import pytest

from tequio.membership.models import Application
from tequio.notify.models import Letter
from tequio.people.models import Candidate, Membership
from tequio.surveys.models import Survey
from tequio.surveys.rules.instrument import Value
from tequio.surveys.services import building
from tequio.surveys.services.replying import take_reply
from tests.conftest import sign_in

LINK = re.compile(r"https?://[^/\s]+(/andina/join/invited/\S+/)")
ENGLISH = {"accept-language": "en"}
ORGANIZATIONS = {
    "Escuela del Río": {
        "country": "CO",
        "themes": ("public_innovation",),
        "led": "yes",
        "offers": ("training",),
    },
    "Casa Abierta": {
        "country": "MX",
        "themes": ("public_innovation", "direct_democracy"),
        "led": "no",
        "offers": (),
    },
    "Voces del Sur": {"country": "CL", "themes": (), "led": "no", "offers": ("volunteers",)},
}


def values(name, *, country, themes, led, offers):
    return {
        "organisation_name": Value(text=name),
        "country": Value(chosen=(country,)),
        "organisation_type": Value(chosen=("research",)),
        "participates_in_regional_network": Value(chosen=("no",)),
        "led_network_process": Value(chosen=(led,)),
        "project_themes": Value(chosen=themes),
        "join_network": Value(chosen=("yes",)),
        "contact_email": Value(text=f"{name.split()[0].lower()}@example.org"),
        "support_needed": Value(chosen=("funding_networks",)),
        "offers": Value(chosen=offers),
        "consent_publication": Value(chosen=("yes",)),
    }


@pytest.fixture
def answered(network, ana):
    """The regional mapping, open, with three that would join."""
    survey = building.create_survey(
        by=ana, title={"en": "Regional mapping"}, languages=["en", "es"], template="regional_mapping"
    )
    building.open_survey(by=ana, survey=survey)
    survey = Survey.objects.get()
    version = survey.versions.get()
    for name, said in ORGANIZATIONS.items():
        take_reply(survey=survey, version=version, once=uuid4(), values=values(name, **said), language="en")
    return survey


def test_three_candidates_are_invited_from_a_survey_and_one_joins(client, network, ana, answered, run_jobs):
    """Source: SUR-17, SUR-18, SUR-19, SUR-20."""
    sign_in(client, ana)
    page = client.get(f"/andina/surveys/{answered.slug}/", headers=ENGLISH).text
    address = re.search(r'href="([^"]+/candidates/)"', page).group(1)
    client.post(address)
    page = client.get("/andina/candidates/", headers=ENGLISH).text
    assert page.count('name="who"') == 3
    assert "led the making of a network" in page
    chosen = re.findall(r'name="who" value="([^"]+)"', page)
    assert client.get("/andina/candidates/invite/", {"who": chosen}).text.count('name="who"') == 3
    assert (
        client.post("/andina/candidates/invite/", {"who": chosen, "words": "See you soon."}).status_code
        == 303
    )
    letter = Letter.objects.get(address="escuela@example.org", kind="invitation")
    assert "See you soon." in letter.text
    client.logout()
    form = LINK.search(letter.text).group(1)
    assert 'value="Escuela del Río"' in client.get(form, headers=ENGLISH).text
    typed = {
        "name": "Escuela del Río", "kind": "NGO", "country": "CO", "about": "A school.", "why": "Together.",
        "benefits": ["FUNDING"], "offers": ["EXPERTS"], "contact_name": "Elías",
        "contact_email": "escuela@example.org", "language": "en",
    }  # fmt: skip
    assert client.post(form, typed).status_code == 303
    sign_in(client, ana)
    client.post(f"/andina/applications/{Application.objects.get().uuid}/admit/")
    run_jobs()
    joined = Candidate.objects.get(name="Escuela del Río")
    assert (joined.state, joined.membership) == ("JOINED", Membership.objects.get(name="Escuela del Río"))
    assert sorted(joined.membership.mentions.values_list("side", "tag")) == [
        ("NEED", "FUNDING"),
        ("OFFER", "TRAINING"),
    ]
    assert Candidate.objects.filter(state="INVITED").count() == 2
