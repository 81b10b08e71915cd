"""The thinnest thread: a network is started, answered, agreed, ratified, and its charter rules."""

import pytest
from django.test import Client

from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Position
from tequio.founding import rules, selectors, services
from tequio.founding.models import CharterState
from tequio.networks import selectors as networks
from tequio.networks.models import Network, Stage
from tequio.people import services as people
from tequio.people.models import Membership, Person
from tequio.people.selectors import find_actor

CONTACTS = [
    {"name": "Luz Pérez", "reach": "+57 300 000 0000", "outside": ""},
    {"name": "Inés Gómez", "reach": "ines@example.org", "outside": True},
]


@pytest.fixture
def rosa(db: None) -> Person:
    return people.person_for(email="rosa@example.org", name="Rosa", language="es")


@pytest.fixture
def started(rosa: Person) -> Network:
    return services.start_network(
        person=rosa, name={"es": "Red del Agua"}, languages=["es", "pt-br"], organization="Agua Común"
    )


def answer_enough(network: Network, actor: object) -> None:
    """Answer what a network cannot do without."""
    save = lambda topic, answers, shared: services.save_topic(  # noqa: E731
        by=actor, network=network, topic=topic, answers=answers, shared=shared, language="es"
    )
    save("why", {}, {"purpose": (0, "Cuidar el agua entre todas.", [])})
    save("model", {"model": "VERTICAL"}, {})
    save("contacts", {}, {"contacts": (0, "", CONTACTS)})
    save("ethics", {}, {"code": (0, "Nos cuidamos.", []), "commitments": (0, "Hablar de cuidado", [])})


def test_a_network_is_founded_and_its_charter_rules(started, rosa, run_jobs):
    with network_scope(started.pk):
        founder = find_actor(rosa)
        answer_enough(started, founder)
        for step in rules.STEPS:
            state = selectors.path(founder, started).state(step)
            services.agree_step(by=founder, network=started, step=step, state=state)
        charter = services.open_ratification(by=founder, network=started)
        round_ = Proposal.objects.get(uuid=charter.proposal).round
        decisions.answer(by=founder, round=round_, position=Position.CAN_LIVE_WITH)
        round_.refresh_from_db()
        if round_.closed_at is None:
            decisions.close_round(by=founder, round=round_)
    run_jobs()

    started.refresh_from_db()
    assert started.stage == Stage.IN_FORCE
    with network_scope(started.pk):
        charter.refresh_from_db()
        assert charter.state == CharterState.IN_FORCE
        assert networks.governance().model == "VERTICAL"
        assert [one.name for one in networks.contacts()] == ["Luz Pérez", "Inés Gómez"]
        assert networks.statements()["purpose"].texts == {"es": "Cuidar el agua entre todas."}
        assert Membership.objects.get().status == "ACTIVE"


def test_pages_of_the_path_open(started, rosa):
    client = Client()
    client.force_login(rosa, backend="allauth.account.auth_backends.AuthenticationBackend")
    slug = started.slug
    for topic in rules.TOPICS:
        assert client.get(f"/{slug}/found/{topic.code}/").status_code == 200, topic.code
    for step in rules.STEPS:
        assert client.get(f"/{slug}/found/step/{step}/").status_code == 200
    for page in ("found/", "found/invite/", "found/compare/", "charter/", "charter/ratify/", "", "care/", "found/text/purpose/"):
        assert client.get(f"/{slug}/{page}").status_code == 200, page
    assert Client().get("/start/").status_code == 302
    assert client.get("/start/").status_code == 200
