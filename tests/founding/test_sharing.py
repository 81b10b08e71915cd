"""How other networks did it: nothing by default, only what is agreed, gone when it is taken back."""

import pytest

from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.founding import rules, selectors, services
from tequio.founding.models import SharedAnswers
from tequio.founding.rules import BY_CODE
from tequio.networks import services as networks
from tests.founding.test_pages import in_force, signed_in
from tests.founding.world import person, save


@pytest.fixture
def another(db):
    """Another network, being founded by Sol."""
    return services.start_network(
        person=person("Sol"), name={"es": "Otra red"}, languages=["es"], organization=""
    )


def test_founders_read_what_other_networks_allow(started, first, another, run_jobs):
    save(
        first, started, "actors", actors="", rows=[{"name": "Quien amenaza", "text": "x", "effect": "HARMED"}]
    )
    in_force(started, first, run_jobs)
    started.refresh_from_db()
    client = signed_in(person("Sol"))
    address = f"/{another.slug}/found/others/purpose/"
    assert "Ninguna otra red" in client.get(address).text
    with network_scope(started.pk):
        services.share_answers(by=first, network=started, shared=True)
    page = client.get(address).text
    assert "Red del Agua" in page
    assert "Cuidar el agua entre todas." in page
    assert "Vertical: una coordinación" in client.get(f"/{another.slug}/found/others/model/").text
    assert "found/others/purpose/" in client.get(f"/{another.slug}/found/why/").text
    kept = str(SharedAnswers.objects.get().answers)
    assert "Quien amenaza" not in kept
    assert "Luz Pérez" not in kept
    for hidden in ("actors", "contacts", "nothing"):
        assert client.get(f"/{another.slug}/found/others/{hidden}/").status_code == 404

    with network_scope(started.pk):
        services.share_answers(by=first, network=started, shared=False)
    assert "Ninguna otra red" in client.get(address).text


def test_a_network_that_hides_shows_nothing_to_others(started, first, another, founded_alone, run_jobs):
    started.refresh_from_db()
    services.share_answers(by=first, network=started, shared=True)
    networks.show(by=first, network=started, listed=False)
    with network_scope(another.pk):
        assert selectors.examples(another, BY_CODE["purpose"]) == []
    run_jobs()
    assert not SharedAnswers.objects.exists()


def test_only_the_coordination_of_a_network_in_force_lets_others_read(started, first, second, run_jobs):
    with pytest.raises(Refused):
        services.share_answers(by=first, network=started, shared=True)
    page = signed_in(person("Rosa")).get(f"/{started.slug}/charter/sharing/")
    assert "Solo una red en vigor" in page.text


def test_the_coordination_says_yes_and_no_on_a_page(client, rosa, started, first, founded_alone):
    client = signed_in(rosa)
    address = f"/{started.slug}/charter/sharing/"
    assert "Nadie más lo lee aquí." in client.get(address).text
    assert client.post(address, {"shared": "YES"}).status_code == 303
    assert "Pueden leer lo que acordaron." in client.get(address).text
    client.post(address, {"shared": "NO"})
    assert "Nadie más lo lee aquí." in client.get(address).text


def test_what_is_shareable_names_nobody():
    for code in rules.SHAREABLE:
        assert code in BY_CODE
    assert not rules.SHAREABLE & {
        "actors",
        "contacts",
        "areas",
        "actions",
        "sources",
        "politics",
        "joining_contact",
    }
