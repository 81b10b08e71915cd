"""One list for those who coordinate: whatever any part of the program needs of them waits on their home."""

from datetime import timedelta

from tequio.core import clock
from tequio.governance import services as structure
from tequio.notify.models import Ask
from tequio.people.selectors.voices import network_today
from tests.conftest import sign_in
from tests.governance.world import of, open_body
from tests.membership.test_applications import ask_to_join


def test_what_waits_for_the_coordination_comes_from_the_whole_network(client, network, ana):
    """A request to join and mandates that near their end, each with its minutes. Source: XCT-07."""
    ask_to_join(network, name="Escuela del Río")
    body = open_body(network, members=[of(ana)])
    ends = body.seats.get().until
    with clock.at(clock.now() + timedelta(days=(ends - network_today()).days - 60)):
        structure.look_after_terms(network=network)
    waiting = Ask.objects.filter(person_id=ana.person_id, closed_at=None)
    assert set(waiting.values_list("kind", flat=True)) == {"application", "mandate"}
    sign_in(client, ana)
    page = client.get("/andina/home/").text
    assert all(ask.minutes and ask.path in page for ask in waiting)
    assert "Escuela del Río" in page
    assert "Coordinación" in page
