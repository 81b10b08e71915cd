"""A file of organizations comes into the directory whole, or not at all."""

import pytest

from tequio.core.actor import Actor
from tequio.people import services
from tequio.people.models import Import, Organization, Tally

SMALL = "Organización;País;Ciudades;Tipo\nHuerta Norte;Colombia;Bogotá D.C.;Colectivo\n;Chile;;\nVecinos;Chile;Bolivia;Junta\nHUERTA NORTE;;;\n"


def test_a_small_file(ana: Actor) -> None:
    report = services.import_organizations(by=ana, name="a.csv", content=SMALL.encode("cp1252"))
    said = report.as_json()
    assert said["read"] == 4
    assert said["imported"] == 2
    assert [one["row"] for one in said["rejected"]] == [3]
    assert [one["row"] for one in said["duplicates"]] == [5]
    assert said["places_found"] == 1
    assert said["places_unknown"] == ["Bolivia"]
