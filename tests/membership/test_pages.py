import pytest
from django.test import override_settings

from tequio.membership import selectors, services
from tequio.membership.models import Application, State
from tequio.networks.models import Criterion, Governance, Joining, Network, Stage
from tequio.notify import services as notify
from tequio.notify.models import Ask
from tests.conftest import sign_in
from tests.membership.test_applications import ask_to_join
from tests.world import add_person


@pytest.fixture
def criterion(network):
    return Criterion.objects.create(texts={"es": "¿Trabajan en América Latina?"}, position=1)


def typed(criterion, **changes):
    return {
        "name": "Agua Común", "kind": "NGO", "country": "CO", "cities": "Medellín, Cali, Medellín", "website": "",
        "about": "Cuidamos ríos.", "why": "Para trabajar juntas.", "brings": "", "contact_name": "Elías",
        "contact_email": "elias@example.org", "language": "es", f"criterion_{criterion.pk}": "PARTLY", **changes,
    }  # fmt: skip


def test_a_stranger_reads_what_is_asked_and_asks_to_join(client, network, criterion, queries):
    Joining.objects.update(
        contribution="VARIABLE", small_minor=10_000, medium_minor=20_000, large_minor=30_000
    )
    services.publish_code(network=network, texts={"es": "Nos tratamos con respeto."})
    with queries(6):  # network, joining with who admits, criteria, benefits, statements, code
        page = client.get("/andina/join/")
    assert page.status_code == 200
    for words in (
        "¿Trabajan en América Latina?",
        "Nos tratamos con respeto.",
        "la coordinación",
        "100",
        "La Red" and "Red Andina",
    ):
        assert words in page.text
    answer = client.post("/andina/join/", typed(criterion, code="on"))
    assert answer.status_code == 303
    assert answer.url == "/andina/join/sent/"
    assert client.get(answer.url).status_code == 200
    application = Application.objects.get()
    assert application.cities == ["Medellín", "Cali"]
    told = application.answered[0]
    assert (told.criterion, told.meets, told.required) == (
        {"es": "¿Trabajan en América Latina?"},
        "PARTLY",
        True,
    )


def test_a_form_with_mistakes_keeps_what_was_typed(client, network, criterion):
    page = client.post("/andina/join/", typed(criterion, contact_email="x", kind="PERSON"))
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert "Cuidamos ríos." in page.text
    assert not Application.objects.exists()


def test_the_form_sent_twice_acts_once(client, network, criterion):
    once = {"once": "11111111-1111-4111-8111-111111111111"}
    for _time in range(2):
        assert client.post("/andina/join/", typed(criterion, **once)).status_code == 303
    assert Application.objects.count() == 1


def test_too_many_from_one_connection_are_refused_in_words(client, network, criterion):
    for n in range(20):
        client.post("/andina/join/", typed(criterion, contact_email=f"e{n}@example.org"))
    page = client.post("/andina/join/", typed(criterion, contact_email="late@example.org"))
    assert page.status_code == 422
    assert "mañana" in page.text
    assert Application.objects.count() == 20


def test_nobody_joins_a_network_that_is_being_founded(client, network):
    Network.objects.filter(pk=network.pk).update(stage=Stage.FOUNDING)
    page = client.get("/andina/join/")
    assert page.status_code == 200
    assert "<form method" not in page.text.partition("<main")[2].partition("</main")[0]


def test_an_unlisted_network_has_no_door_for_strangers(client, network, ana):
    Network.objects.filter(pk=network.pk).update(listed=False)
    assert client.get("/andina/join/").status_code == 404
    sign_in(client, ana)
    assert client.get("/andina/join/").status_code == 200


def test_an_applicant_follows_by_link_and_may_withdraw(client, network, criterion):
    application = ask_to_join(network, answers=[services.Answered(criterion.texts, "YES")])
    link = f"/andina/join/{application.uuid}/{selectors.token_of(application)}/"
    page = client.get(link)
    assert page.status_code == 200
    assert "Agua Común" in page.text
    assert "Cuidamos ríos." in page.text
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert client.get(link + "withdraw/").status_code == 200
    assert Application.objects.get().state == State.RECEIVED  # looking never acts
    assert client.post(link + "withdraw/").status_code == 303
    assert "Retiraste" in client.get(link).text


@pytest.mark.parametrize("count", [3, 30])
def test_those_in_charge_see_all_in_the_same_queries(client, network, ana, queries, count):
    for n in range(count):
        ask_to_join(network, name=f"Organización {n}")
    sign_in(client, ana)
    with queries(7):  # network, session, participant, governance, open ones, answered ones, those in charge
        page = client.get("/andina/applications/")
    assert page.text.count('class="ask jade"') == count


def test_one_request_is_read_and_answered(client, network, ana, queries):
    application = ask_to_join(network)
    sign_in(client, ana)
    address = f"/andina/applications/{application.uuid}/"
    with queries(7):  # network, session, participant, governance twice, request, same name
        page = client.get(address)
    assert "Admitir" in page.text
    assert "elias@example.org" in page.text
    empty = client.post(address + "decline/", {"reasons": ""})
    assert empty.status_code == 422
    assert 'role="alert"' in empty.text
    assert client.post(address + "admit/").status_code == 303
    assert "admitida" in client.get(address).text
    assert client.post(address + "decline/", {"reasons": "No"}).status_code == 403


def test_where_all_admit_the_button_opens_a_decision(client, network, ana):
    Governance.objects.update(admission="EVERYBODY")
    application = ask_to_join(network)
    sign_in(client, ana)
    address = f"/andina/applications/{application.uuid}/"
    page = client.get(address)
    assert "Llevarla a todas las integrantes" in page.text
    assert "/admit/" not in page.text
    assert client.post(address + "decide/").status_code == 303
    assert Application.objects.get().state == State.DECIDING


def test_others_read_who_is_in_charge_and_strangers_nothing(client, network, beto, elsewhere):
    application = ask_to_join(network)
    sign_in(client, beto)
    page = client.get("/andina/applications/")
    assert page.status_code == 403
    assert "la carta nombra" in page.text
    assert client.get(f"/andina/applications/{application.uuid}/").status_code == 404
    sign_in(client, elsewhere.carla)
    assert client.get("/andina/applications/").status_code == 404
    assert client.get(f"/sul/applications/{application.uuid}/").status_code == 404


def test_the_code_is_read_and_signed(client, network, beto, queries):
    sign_in(client, beto)
    assert "Todavía no hay" in client.get("/andina/code/").text
    services.publish_code(network=network, texts={"es": "Nos tratamos con respeto."})
    with queries(7):  # network, session, participant, versions, signatures, missing, translations
        page = client.get("/andina/code/")
    assert "Nos tratamos con respeto." in page.text
    assert "Faltan por firmar" in page.text
    assert client.post("/andina/code/", {}).status_code == 422
    assert client.post("/andina/code/", {"agree": "on"}).status_code == 303
    assert "La Asamblea lo firmó, por medio de Beto." in client.get("/andina/code/").text


def test_handing_to_a_colleague(client, network, beto, dora):
    ask = notify.ask(
        person_id=beto.person_id,
        kind="consent",
        title={"es": "Cuota"},
        minutes=2,
        path="/andina/",
        subject="x",
    )
    sign_in(client, beto)
    page = client.get(f"/andina/asks/{ask.uuid}/hand/")
    assert "Dora" in page.text
    assert "Ana" not in page.text
    assert client.post(f"/andina/asks/{ask.uuid}/hand/", {"to": "0"}).status_code == 422
    assert client.post(f"/andina/asks/{ask.uuid}/hand/", {"to": str(dora.participant_id)}).status_code == 303
    assert Ask.objects.get(closed_at=None).person_id == dora.person_id


def test_alone_in_an_organization_there_is_nobody_to_hand_to(client, network, ana):
    ask = notify.ask(
        person_id=ana.person_id,
        kind="consent",
        title={"es": "Cuota"},
        minutes=2,
        path="/andina/",
        subject="x",
    )
    sign_in(client, ana)
    assert "Nadie más actúa aún" in client.get(f"/andina/asks/{ask.uuid}/hand/").text


def test_a_hostile_request_is_shown_harmless(client, network, ana):
    evil = '<script>alert(1)</script>{{ 7|add:7 }}"\u202e'
    application = ask_to_join(network, name=evil, why=evil, about=evil)
    sign_in(client, ana)
    page = client.get(f"/andina/applications/{application.uuid}/")
    assert "<script>alert" not in page.text
    assert "{{ 7|add:7 }}" in page.text
    add_person(network, "Zoe")


def test_behind_a_proxy_each_caller_is_counted_apart_and_without_one_nobody_can_pretend(
    client, network, criterion
):
    def ask(n, address):
        sent = typed(criterion, contact_email=f"e{n}@example.org")
        return client.post("/andina/join/", sent, headers={"x-forwarded-for": address}).status_code

    with override_settings(TRUST_PROXY=True):
        for n in range(20):
            assert ask(n, f"198.51.100.7, 203.0.113.{n}") == 303  # the last is what our proxy wrote
        assert ask(20, "203.0.113.0") == 303
    for n in range(21, 41):
        ask(n, f"203.0.113.{n}")
    assert ask(41, "203.0.113.41") == 422
