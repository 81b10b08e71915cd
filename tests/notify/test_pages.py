from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings

from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.notify.models import Ask, HowOften, Letter, Preference
from tequio.notify.tokens import stop_token
from tests.conftest import sign_in
from tests.notify.test_asks import ask
from tests.notify.test_letters import write


@pytest.mark.parametrize("count", [3, 30])
def test_home_shows_what_fits_in_the_minutes(client, beto, queries, count):
    for n in range(count):
        ask(
            beto,
            subject=f"s{n}",
            title={"es": f"Cosa {n}"},
            due_at=clock.now() + timedelta(hours=n + 1),
            minutes=2,
        )
    sign_in(client, beto)
    with queries(6):  # network, session, participant with person and member, minutes, asks, latest entries
        page = client.get("/andina/home/")
    assert page.status_code == 200
    assert "Hola, Beto." in page.text
    assert "Dos cosas te esperan." in page.text
    assert page.text.count('class="ask carmine"') == 2
    assert "Cosa 0" in page.text
    assert "4 minutos en total" in page.text
    assert "Cuando tengas más tiempo" in page.text
    assert client.get("/andina/home/?minutes=60").text.count('class="ask carmine"') == min(count, 30)


def test_a_long_wait_is_shown_in_part_and_whole_when_asked(client, beto):
    for n in range(20):
        ask(
            beto,
            subject=f"s{n}",
            title={"es": f"Cosa {n}."},
            due_at=clock.now() + timedelta(hours=n + 1),
            minutes=5,
        )
    sign_in(client, beto)
    page = client.get("/andina/home/").text
    assert "Y 7 más" in page
    assert ("Cosa 12." in page, "Cosa 13." in page) == (True, False)
    whole = client.get("/andina/home/?minutes=5&all=1").text
    assert "Cosa 19." in whole
    assert "Y 7 más" not in whole


def test_what_ends_at_midnight_ends_with_the_day_before(client, network, beto, day_of_the_network):
    """As the page of the decision says it: at the end of Wednesday, not on Thursday."""
    midnight = datetime(2099, 3, 5, tzinfo=ZoneInfo(network.time_zone))
    ask(beto, subject="s", title={"es": "Cosa"}, due_at=midnight, minutes=40)
    sign_in(client, beto)
    page = client.get("/andina/home/", headers={"accept-language": "es"}).text
    assert "4 mar" in page
    assert "5 mar" not in page


def test_an_empty_home_says_so_and_shows_one_useful_thing(client, beto):
    """Source: EXPERIENCE 3.3 (3)."""
    sign_in(client, beto)
    page = client.get("/andina/home/")
    assert "Nada te espera." in page.text
    assert page.text.count('class="btn outline"') == 1


def test_not_this_time_from_home_and_back(client, beto):
    one = ask(beto)
    sign_in(client, beto)
    page = client.post(f"/andina/asks/{one.uuid}/not-now/", follow=True)
    assert "Anotado: esta vez no." in page.text
    assert f"/andina/asks/{one.uuid}/hand/" in page.text
    client.post(f"/andina/asks/{one.uuid}/after-all/")
    assert Ask.objects.get().closed_at is None


@pytest.mark.parametrize("noted", ["x", "11111111-1111-1111-1111-111111111111", "%00", "9" * 400])
def test_home_takes_no_nonsense(client, beto, noted):
    sign_in(client, beto)
    assert client.get(f"/andina/home/?noted={noted}&minutes=-7").status_code == 200


def test_what_waits_for_another_is_not_there(client, ana, beto):
    one = ask(ana)
    sign_in(client, beto)
    for verb in ("not-now", "after-all", "hand"):
        assert client.post(f"/andina/asks/{one.uuid}/{verb}/").status_code == 404


def test_each_person_chooses_how_often(client, beto, queries):
    sign_in(client, beto)
    with queries(4):  # network, session, participant, preferences
        page = client.get("/andina/letters/")
    assert page.status_code == 200
    assert 'name="account"' not in page.text
    chosen = {"ask": "NOW", "decision": "WEEKLY", "member": "NEVER", "weekly": "WEEKLY", "news": "NOW"}
    assert client.post("/andina/letters/", chosen).status_code == 303
    assert dict(Preference.objects.values_list("kind", "how_often")) == chosen
    wrong = client.post("/andina/letters/", {**chosen, "news": "HOURLY"})
    assert wrong.status_code == 422
    assert 'role="alert"' in wrong.text


def test_one_click_stops_letters_with_nobody_signed_in(network, beto):
    address = f"/letters/stop/{stop_token(person_id=beto.person_id, network_id=network.pk, kind='decision')}/"
    client = Client(enforce_csrf_checks=True)
    page = client.get(address)
    assert page.status_code == 200
    assert "<form" in page.text
    assert not Preference.objects.exists()
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Preference.objects.get().how_often == HowOften.NEVER
    assert client.post(address, {"once": "11111111-1111-4111-8111-111111111111"}).status_code == 303
    assert client.get("/letters/stopped/").status_code == 200
    assert client.get(address[:-2] + "x/").status_code == 404


def test_the_link_acts_in_its_own_network_only(network, beto, elsewhere):
    token = stop_token(person_id=beto.person_id, network_id=elsewhere.network.pk, kind="decision")
    Client().post(f"/letters/stop/{token}/", {"List-Unsubscribe": "One-Click"})
    assert not Preference.objects.exists()
    with network_scope(elsewhere.network.pk):
        assert Preference.objects.count() == 1


def test_the_outbox_is_there_in_a_demonstration_only(client, beto):
    letter = write(person_id=beto.person_id, address="beto@example.org", kind="application")
    assert client.get("/outbox/").status_code == 404
    sign_in(client, beto)
    assert client.get("/outbox/").status_code == 404
    assert client.get(f"/outbox/{letter.pk}/").status_code == 404
    with override_settings(DEMO=True):
        assert "beto@example.org" in client.get("/outbox/").text
        assert client.get(f"/outbox/{letter.pk}/").status_code == 200
        assert client.get(f"/outbox/{10**30}/").status_code == 404


def test_an_operator_sees_who_waits_and_not_what_letters_say(client, beto):
    from tequio.people.models import Person

    Person.objects.filter(pk=beto.person_id).update(is_operator=True)
    Letter.objects.create(
        key="k", message_id="<k@x>", address="rosa@example.org", language="es", kind="account", subject="Code 1234",
        text="1234", html="1234", written_at=clock.now(),
    )  # fmt: skip
    sign_in(client, beto)
    page = client.get("/outbox/")
    assert "rosa@example.org" in page.text
    assert "1234" not in page.text
    assert client.get(f"/outbox/{Letter.objects.get().pk}/").status_code == 404
