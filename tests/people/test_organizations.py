"""Organizations: recorded without any account, changed, made one of two."""

import pytest

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.people import services
from tequio.people.models import Alias, Membership, Operation, Organization, Tally
from tequio.people.rules.organizations import Details
from tequio.register.models import Entry


def counts() -> dict[str, int]:
    return dict(Tally.objects.filter(count__gt=0).values_list("key", "count"))


def test_an_organization_is_recorded_without_any_account(ana: Actor) -> None:
    before = counts()[""]
    made = services.record_organization(
        by=ana, name="Huerta Común A.C.", kind="COLLECTIVE", country="CO", cities=["Bogota D.C.", "Caracas", "a nivel nacional"]
    )
    cities = {row.written: row.place and row.place.name for row in Operation.objects.filter(organization=made)}
    assert cities == {"Bogota D.C.": "Bogotá", "Caracas": "Caracas"}
    assert made.national_level
    assert made.folded == "huerta comun"
    assert counts()[""] == before + 1
    assert counts()["kind:COLLECTIVE"] == 1
    assert Entry.objects.order_by("-turn").first().kind == "people.organization_recorded"
