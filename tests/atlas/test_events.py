"""The facts of an event, from what people answered afterwards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tequio.atlas import selectors
from tequio.atlas.rules.events import facts, guarded
from tequio.core import clock
from tequio.founding.models import Workshop
from tequio.founding.services.workshops import Facts, hold_workshop
from tequio.surveys.models import Survey, Version
from tequio.surveys.rules.instrument import Value
from tequio.surveys.services.building import create_survey, open_survey
from tequio.surveys.services.replying import take_reply
from tests.conftest import sign_in
from tests.standing import world

COUNTRIES = ("CO", "CO", "CO", "CO", "CO", "MX", "CL")


@world(on="andina")
def came(andina):
    """An event with seven answers: five officials from Bogotá, two of civil society; six women, six had the floor."""
    from tequio.core.scoping import network_scope

    with network_scope(andina.network.pk):
        survey = create_survey(
            by=andina.ana, title={"es": "Encuentro"}, languages=["es"], template="event_feedback"
        )
        survey = open_survey(by=andina.ana, survey=survey) or survey
        version = Version.objects.get(survey=survey)
        for number, country in enumerate(COUNTRIES):
            values = {
                "sector": Value(("public_officials" if number < 5 else "civil_society",)),
                "country": Value((country,)),
                "city": Value(("3688689" if number < 5 else "3530597",)),
                "hours": Value(number=Decimal(8 if number == 3 else 4)),
                "spoke": Value(("yes" if number < 6 else "no",)),
                "gender": Value(("woman" if number < 6 else "man",)),
            }
            take_reply(
                survey=Survey.objects.get(pk=survey.pk),
                version=version,
                once=uuid4(),
                values=values,
                language="es",
            )
    return andina


@pytest.fixture
def scoped(came):
    from tequio.core.scoping import network_scope

    with network_scope(came.network.pk):
        yield came


def test_the_facts_of_an_event_are_counted(scoped):
    """People, countries, cities, hours; small sectors are withheld. Source: CTX-16, CTX-17."""
    found = selectors.events(scoped.ana)[0].facts
    assert (found.people, found.countries, found.cities, found.hours) == (7, 3, 2, 8)
    assert found.sectors == {"public_officials": None, "civil_society": None}


def test_who_had_the_floor_stands_beside_who_was_there():
    """Attendees and speakers apart, by gender. Source: CAP-08, OGP-07, P27."""
    found = facts(
        people=74, countries=19, cities=31, hours=Decimal(8), sectors={"academia": 30, "civil_society": 44},
        genders={"woman": 50, "man": 20}, floor={"woman": 30, "man": 10}, had_floor=45,
    )  # fmt: skip
    assert found.sectors == {"academia": 30, "civil_society": 44}
    assert found.genders == {"woman": 50, "man": None, "": None}
    assert found.floor == {"woman": 30, "man": 10, "": 5}
    few = facts(
        people=20, countries=1, cities=1, hours=None, sectors={}, genders={"woman": 10, "man": 10},
        floor={"woman": 0, "man": 3}, had_floor=3,
    )  # fmt: skip
    assert few.floor == {"woman": None, "man": None}
    assert guarded(few) == few
    alone = guarded(replace(few, people=4))
    assert (alone.countries, alone.cities, alone.hours) == (None, None, None)  # S16


def test_the_page_says_it(client, scoped, queries):
    """Source: CTX-16."""
    sign_in(client, scoped.beto)
    client.get("/andina/atlas/events/")
    with queries(8):
        page = client.get("/andina/atlas/events/").content.decode()
    assert "horas" in page
    assert "no se muestra" not in page  # figures that move tell who answered
    Survey.objects.update(state="CLOSED", closed_at=clock.now())
    assert "no se muestra" in client.get("/andina/atlas/events/").content.decode()


def test_a_workshop_tells_who_came_beside_the_surveys(client, scoped):
    """From what was written down once; small sectors are withheld, and all of them until it is signed. Source: CTX-16, CTX-17."""
    workshop = hold_workshop(
        by=scoped.ana, title={"es": "Diagnóstico"}, questions={}, language="es",
        facts=Facts(
            held_on=date(2026, 9, 5), hours=Decimal(8), countries={"CO", "MX"}, cities={"Bogotá", "Puebla", "Cali"},
            sectors={"academia": 30, "civil_society": 42, "public_officials": 2},
        ),
    )  # fmt: skip
    told = selectors.held(scoped.ana)[0].facts
    assert (told.people, told.countries, told.cities, told.hours) == (74, 2, 3, 8)
    assert told.sectors == {"academia": None, "civil_society": 42, "public_officials": None}
    sign_in(client, scoped.beto)
    page = client.get("/andina/atlas/events/").content.decode()
    assert f"/andina/workshops/{workshop.uuid}/" in page
    assert "Academia" not in page
    Workshop.objects.update(state="CLOSED", closed_at=clock.now(), signed_by=workshop.held_by)
    assert "Academia" in client.get("/andina/atlas/events/").content.decode()
