"""What members do together: commitments against violence, dates to reflect and to act, help from outside."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.membership import selectors, services
from tequio.membership.models import Attendance, Occasion, Resource
from tequio.networks.models import Statement
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.world import add_person


def called(by, **changes):
    said = {
        "kind": "REFLECTION", "title": "Qué nos falta para incluir", "at": clock.now() + timedelta(days=7),
        "place": "Cali, casa comunal", "language": "es",
    }  # fmt: skip
    return services.call_members(by=by, **{**said, **changes})


def test_policies_against_violence_are_commitments_of_the_charter(client, network, beto):
    """Source: GOV-37."""
    Statement.objects.create(key="commitments", texts={"es": "Dos espacios al año\nNadie investiga solo"})
    sign_in(client, beto)
    page = client.get("/andina/together/")
    assert "Dos espacios al año" in page.text
    assert "Nadie investiga solo" in page.text
    assert "/charter/articles/commitments/" in page.text


def test_a_space_to_reflect_has_its_date_and_who_came(network, ana, beto):
    """Scheduled, with attendance. Source: GOV-39."""
    occasion = called(beto)
    services.attend(by=beto, occasion=occasion, comes=True)
    services.attend(by=ana, occasion=occasion, comes=True)
    services.attend(by=ana, occasion=occasion, comes=False)
    told = selectors.together(ana).ahead
    assert [(one.title, one.coming) for one in told] == [("Qué nos falta para incluir", 1)]
    with pytest.raises(Refused, match="no empieza"):
        services.write_attendance(by=ana, occasion=occasion, came=[])
    with clock.at(clock.now() + timedelta(days=8)):
        with pytest.raises(Refused):
            services.attend(by=ana, occasion=occasion, comes=True)
        services.write_attendance(by=beto, occasion=occasion, came=[beto.membership_id, 0])
        services.write_attendance(by=ana, occasion=occasion, came=[ana.membership_id])
        assert [(one.title, one.present) for one in selectors.together(ana).past] == [(occasion.title, 1)]
    assert dict(Attendance.objects.values_list("membership_id", "came")) == {
        ana.membership_id: True,
        beto.membership_id: False,
    }
    assert Entry.objects.filter(kind="membership.attendance_written").count() == 2


def test_an_action_of_a_campaign_is_face_to_face_or_online(client, network, beto, ana):
    """Source: MEM-04, LRN-01."""
    called(
        beto, kind="ACTION", title="Plantón por el río", cause="El río no se vende", place="Plaza mayor, Cali"
    )
    called(
        beto,
        kind="ACTION",
        title="Hora de mensajes",
        cause="El río no se vende",
        online=True,
        place="https://x.org",
    )
    sign_in(client, ana)
    page = client.get("/andina/together/")
    for words in ("Plantón por el río", "Plaza mayor, Cali", "El río no se vende", "en línea"):
        assert words in page.text


def test_outside_help_to_prevent_violence(client, network, ana, beto, dora):
    """Kept by the coordination and by those who listen. Source: GOV-40."""
    said = {
        "title": "Guías de prevención",
        "by_whom": "Mujeres Activando",
        "url": "https://example.org/guias",
    }
    with pytest.raises(Refused):
        services.add_resource(by=beto, language="es", **said)
    services.add_resource(by=dora, language="es", **said)
    services.add_resource(by=ana, language="es", **said)
    assert Resource.objects.count() == 1
    sign_in(client, beto)
    page = client.get("/andina/together/")
    assert "https://example.org/guias" in page.text
    assert "remove" not in page.text
    resource = Resource.objects.get()
    assert (
        client.post(f"/andina/together/help/{resource.uuid}/remove/", {"confirmed": "yes"}).status_code == 403
    )
    sign_in(client, ana)
    assert client.get(f"/andina/together/help/{resource.uuid}/remove/").status_code == 200
    assert Resource.objects.exists()  # looking never acts
    assert (
        client.post(f"/andina/together/help/{resource.uuid}/remove/", {"confirmed": "yes"}).status_code == 303
    )
    assert not Resource.objects.exists()


def test_who_called_or_coordinates_writes_and_calls_off(network, ana, beto):
    occasion = called(ana)
    with pytest.raises(Refused):
        services.call_off(by=beto, occasion=occasion)
    services.call_off(by=ana, occasion=occasion)
    with pytest.raises(Refused, match="canceló"):
        services.attend(by=beto, occasion=occasion, comes=True)
    with pytest.raises(Refused):
        called(ana, at=clock.now() - timedelta(hours=1))
    alone = add_person(network, "Zoe")
    with pytest.raises(Refused):
        called(alone)


def test_the_pages_from_the_call_to_who_came(client, network, ana, beto):
    sign_in(client, beto)
    said = {"kind": "REFLECTION", "title": "Cuidarnos", "at": "2020-01-01T10:00", "place": "Cali"}
    late = client.post("/andina/together/call/", said)
    assert late.status_code == 422
    assert "Cuidarnos" in late.text
    soon = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    answer = client.post("/andina/together/call/", {**said, "at": soon})
    assert answer.status_code == 303
    assert client.post(f"{answer.url}attend/", {"comes": "yes"}).status_code == 303
    page = client.get(answer.url)
    assert "Dijeron que sí." in page.text
    assert "Viene 1 integrante." in page.text
    Occasion.objects.update(at=clock.now() - timedelta(hours=1))
    assert "Anotar quién vino" in client.get(answer.url).text
    assert client.post(answer.url, {"came": "999999"}).status_code == 422
    assert client.post(answer.url, {"came": str(beto.membership_id)}).status_code == 303
    assert Attendance.objects.get().came is True
    Occasion.objects.update(at=clock.now() + timedelta(days=1), held_at=None)
    assert client.get(f"{answer.url}call-off/").status_code == 200
    assert client.post(f"{answer.url}call-off/", {"confirmed": "yes"}).status_code == 303
    assert Occasion.objects.get().called_off_at


@pytest.mark.parametrize("count", [3, 30])
def test_all_dates_in_the_same_queries(client, network, ana, queries, count):
    for number in range(count):
        called(ana, title=f"Fecha {number}", at=clock.now() + timedelta(days=1, minutes=number))
    sign_in(client, ana)
    with queries(6):  # session, network, participant, commitments, dates, help from outside
        page = client.get("/andina/together/")
    assert page.text.count("Fecha ") >= count
    address = f"/andina/together/{Occasion.objects.values_list('uuid', flat=True)[0]}/"
    with queries(6):  # session, network, participant, date, attendances, members
        client.get(address)
