"""Joint programs: roles, stages, a fixed time. Source: CTX-04, CTX-05, CTX-06."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people import selectors, services
from tequio.people.models import Organization, Program, ProgramPart
from tequio.people.rules.programs import Length, Stage, Wrong, length, wrong_with
from tequio.people.selectors.programs import called
from tequio.register.models import Entry
from tests.conftest import sign_in

FIRST, LAST = date(2023, 5, 1), date(2023, 7, 31)
STAGES = (
    Stage("Conocerse, a distancia", FIRST, date(2023, 5, 31)),
    Stage("Residencia en cada ciudad", date(2023, 6, 1), date(2023, 6, 30)),
    Stage("Investigar y escribir", date(2023, 7, 1), LAST),
)
HERE = "/andina/programs/"


@pytest.fixture
def program(network, ana: Actor) -> Program:
    return services.record_program(
        by=ana,
        title={"es": "Residencias"},
        about={},
        first_on=FIRST,
        last_on=LAST,
        stages=STAGES,
        language="es",
    )


@pytest.mark.parametrize(
    ("first", "last", "lasts"),
    [
        (FIRST, LAST, Length(3, 0)),  # three months
        (date(2023, 5, 1), date(2023, 5, 1), Length(0, 1)),
        (date(2023, 5, 15), date(2023, 8, 14), Length(3, 0)),
        (date(2023, 1, 31), date(2023, 2, 28), Length(1, 1)),
        (date(2023, 11, 20), date(2024, 1, 25), Length(2, 6)),
        (date(2023, 12, 1), date(2023, 12, 31), Length(1, 0)),
    ],
)
def test_a_program_lasts_a_fixed_time_said_in_months(first, last, lasts) -> None:
    """Source: CTX-06."""
    assert length(first, last) == lasts


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_the_length_of_any_program_is_whole_months_and_less_than_one_more(first: date, days: int) -> None:
    lasts = length(first, first + timedelta(days=days))
    assert 0 <= lasts.days <= 30
    assert lasts.months * 28 + lasts.days <= days + 1 <= lasts.months * 31 + lasts.days


def test_stages_lie_within_the_program(network, ana) -> None:
    """Source: CTX-05."""
    assert wrong_with(FIRST, LAST, STAGES) is None
    assert wrong_with(LAST, FIRST, ()) is Wrong.BACKWARDS
    assert wrong_with(FIRST, LAST, [Stage("x", LAST, FIRST)]) is Wrong.BACKWARDS
    late = [Stage("x", LAST, LAST + timedelta(days=1))]
    assert wrong_with(FIRST, LAST, late) is Wrong.OUTSIDE
    with pytest.raises(Refused):
        services.record_program(
            by=ana, title={"es": "x"}, about={}, first_on=FIRST, last_on=LAST, stages=late, language="es"
        )


def test_organizations_are_hosts_residents_and_partners(ana, beto, program) -> None:
    """Source: CTX-04."""
    host = Organization.objects.get(name="Barrio Vivo")
    resident = services.record_organization(by=ana, name="Instituto del Sur")  # no member of the network
    for organization, role in ((host, "HOST"), (resident, "PARTNER"), (resident, "RESIDENT")):
        services.join_program(by=ana, program=program, organization=organization, role=role)
    with pytest.raises(Refused):
        services.join_program(by=beto, program=program, organization=host, role="HOST")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramPart.objects.create(program=program, organization=host, role="RESIDENT")
    found = selectors.program(beto, program.uuid)
    assert {(part.organization.name, part.role) for part in found.parts.all()} == {
        ("Barrio Vivo", "HOST"),
        ("Instituto del Sur", "RESIDENT"),
    }
    services.leave_program(by=ana, part=ProgramPart.objects.get(organization=resident))
    kinds = list(Entry.objects.order_by("turn").values_list("kind", flat=True))
    assert "people.program_recorded" in kinds
    assert kinds[-1] == "people.program_left"


def test_the_database_refuses_a_program_without_time(ana, program) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(ends_on=FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        program.stages.update(ends_on=FIRST)


def test_changing_keeps_what_is_said_in_other_languages(ana, program) -> None:
    services.change_program(
        by=ana, program=program, title={"pt-br": "Residências"}, about={}, first_on=FIRST, last_on=LAST,
        stages=[Stage("Conhecer-se", FIRST, LAST)], language="pt-br",
    )  # fmt: skip
    assert program.title == {"es": "Residencias", "pt-br": "Residências"}
    assert [row.title for row in program.stages.all()] == [{"es": STAGES[0].title, "pt-br": "Conhecer-se"}]


@pytest.mark.parametrize("count", [3, 30])
def test_a_program_takes_the_same_queries_for_three_as_for_thirty(ana, program, queries, count) -> None:
    for number in range(count):
        made = services.record_organization(by=ana, name=f"Casa {number}")
        services.join_program(by=ana, program=program, organization=made, role="RESIDENT")
    client = Client(headers={"accept-language": "es"})
    sign_in(client, ana)
    with queries(4):  # session, network, participant, programs
        assert "Residencias" in client.get(HERE).content.decode()
    with queries(6):  # session, network, participant, program, stages, organizations
        page = client.get(f"{HERE}{program.uuid}/")
    assert "3 meses" in page.content.decode()


def test_a_program_is_written_down_on_pages(ana, beto) -> None:
    """Source: CTX-04, CTX-05, CTX-06."""
    client, other = Client(headers={"accept-language": "es"}), Client()
    sign_in(client, ana)
    sign_in(other, beto)
    sent = {"title": "Residencias", "first_on": FIRST, "last_on": LAST}
    stage = {"stage_1": "Conocerse", "stage_1_first": FIRST, "stage_1_last": LAST}
    assert client.post(f"{HERE}new/", sent | {"stage_1": "Conocerse"}).status_code == 422
    assert client.post(f"{HERE}new/", sent | stage | {"stage_1": ""}).status_code == 422
    assert client.post(f"{HERE}new/", sent | {"last_on": FIRST - timedelta(days=1)}).status_code == 422
    page = client.post(f"{HERE}new/", sent | stage).headers["Location"]
    assert "Conocerse" in other.get(page).content.decode()
    assert other.post(page, {"name": "Barrio Vivo", "role": "HOST"}).status_code == 403
    assert client.post(page, {"name": "Nadie", "role": "HOST"}).status_code == 422
    assert client.post(page, {"name": "barrio vivo", "role": "HOST"}).status_code == 303
    assert client.get(f"{page}edit/").status_code == 200
    assert client.post(f"{page}edit/", sent | {"title": "Otras"}).status_code == 303
    part = ProgramPart.objects.get()
    assert client.get(f"{page}leave/{part.pk}/").status_code == 200
    assert client.post(f"{page}leave/{part.pk}/", {"confirmed": "yes"}).status_code == 303
    assert not ProgramPart.objects.exists()
    assert other.get(f"{HERE}new/").status_code == 403


def test_of_two_that_sound_alike_the_one_written_just_like_this_is_meant(network, ana: Actor) -> None:
    """Source: CTX-04, CTX-19."""
    for name in ("Vecindad Abierta", "Vecindad Abierta A.C."):
        services.record_organization(by=ana, name=name)
    for name in ("Vecindad Abierta", "Vecindad abierta A.C. "):
        found = called(ana, name)
        assert found
        assert found.name.casefold() == name.strip().casefold()
    assert called(ana, "La vecindad abierta, A.C.") is None
