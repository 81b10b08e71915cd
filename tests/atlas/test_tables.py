"""Files of the atlas, for members and for everybody; and what everybody sees of who is represented."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.atlas import services
from tequio.atlas.formats import Table, written
from tequio.atlas.models import Showcase
from tequio.atlas.rules.representation import shown_to_all
from tequio.core import clock
from tequio.core.access import Refused
from tequio.people import services as people
from tequio.people.models import Membership, Organization
from tequio.people.services.listings import relist
from tests.conftest import sign_in

MEMBERS = ("organizations", "ties", "matrix", "representation", "genders", "events")
OPEN = ("organizations", "ties", "representation")


@pytest.fixture
def grown(andina, network):
    """Twelve members: six in Colombia and one in Chile say so to everybody, the others to members alone."""
    for number in range(12):
        country = "CL" if number == 6 else "CO"
        made = people.record_organization(
            by=andina.ana, name=f"Voz {number}", country=country, size="SMALL", kind="NGO"
        )
        people.join(by=andina.ana, organization=made, name=made.name)
    some = Organization.objects.filter(name__in=[f"Voz {number}" for number in range(7)])
    some.update(shows={"name": "EVERYBODY", "country": "EVERYBODY"})
    relist(organizations=Organization.objects.all())
    return andina


def sheet(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_cells_are_the_same_in_both_files_and_run_nothing():
    table = Table("x", ("label", "number"), [["=cmd()", 5], ["b", None]])
    assert written(table, "csv").decode("utf-8-sig").splitlines() == ["label,number", "'=cmd(),5", "b,"]
    assert json.loads(written(table, "json"))["rows"][1] == {"label": "b", "number": None}


def test_what_is_small_among_members_is_told_in_no_column():
    """And no group is left to be found by taking away. Source: XCT-05, P27."""
    told = shown_to_all({"M": {"CO": 9, "HN": 2, "": 6}, "S": {"CO": 30, "HN": 7, "": 8}}, base="M")
    assert told["M"]["HN"] is None
    assert told["S"]["HN"] is None
    for column in told.values():
        hidden = [value for value, number in column.items() if number is None]
        assert len(hidden) != 1


def test_members_take_every_table_along(client, grown):
    """As it stands on its page, narrowed alike; strangers take none of them. Source: CTX-18, XCT-05, CTX-16."""
    for name in MEMBERS:
        assert client.get(f"/andina/atlas/tables/{name}.csv").status_code in (302, 303, 403, 404)
    sign_in(client, grown.beto)
    client.get("/andina/atlas/")
    for name in MEMBERS:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/andina/atlas/tables/{name}.csv").status_code == 200
        assert len(asked) <= 9
        assert json.loads(client.get(f"/andina/atlas/tables/{name}.json").content)["table"] == name
    assert client.get("/andina/atlas/tables/organizations.pdf").status_code == 404
    assert client.get("/andina/atlas/tables/people.csv").status_code == 404
    rows = sheet(client.get("/andina/atlas/tables/organizations.csv?by=country"))
    assert {row["value"]: row["members"] for row in rows} == {"CO": "11", "CL": "1", "": "14"}
    rows = sheet(client.get("/andina/atlas/tables/organizations.csv?by=kind&country=CL"))
    assert {row["value"]: row["members"] for row in rows} == {"NGO": "1", "": "1"}


def test_everybody_sees_only_what_each_organization_shows(client, grown, network):
    """Nothing that an organization does not show leaks, on no page and in no file. Source: XCT-02, XCT-05, SUR-27."""
    kept = Organization.objects.get(name="Voz 8")
    kept.shows, kept.country = {"country": "COORDINATION"}, "HN"
    kept.save()
    pages = ["atlas/map/", *(f"atlas/open/{name}.{kind}" for name in OPEN for kind in ("csv", "json"))]
    assert client.get("/andina/atlas/represented/").status_code == 404
    assert client.get("/andina/atlas/open/representation.csv").status_code == 404
    with pytest.raises(Refused):
        services.open_showcase(by=grown.beto, network=network)
    services.open_showcase(by=grown.ana, network=network)
    said = "".join(client.get(f"/andina/{page}").content.decode() for page in [*pages, "atlas/represented/"])
    assert "Honduras" not in said
    assert '"HN"' not in said
    assert "Voz 8" not in said
    rows = sheet(client.get("/andina/atlas/open/organizations.csv"))
    assert {row["value"]: row["members"] for row in rows if row["by"] == "country"} == {"CO": "6", "CL": "1"}
    told = sheet(client.get("/andina/atlas/open/representation.csv"))
    by_country = {row["value"]: row["members"] for row in told if row["by"] == "country"}
    assert by_country == {"CO": "", "CL": "", "": "7"} or by_country == {"CO": "6", "CL": "", "": ""}
    assert "SMALL" not in said  # nobody shows its size to everybody


def test_the_showcase_is_counted_once_a_month_and_says_nothing_more_when_it_is_opened_again(grown, network):
    """Source: XCT-05, P27."""
    row = services.open_showcase(by=grown.ana, network=network)
    before = row.told
    Membership.objects.filter(name="Voz 0").update(status="LEFT", ended_on=clock.today())
    services.shut_showcase(by=grown.ana)
    assert services.open_showcase(by=grown.ana, network=network).told == before
    assert not services.count_showcase(network=network)
    assert services.count_showcase(network=network, on=clock.today() + timedelta(days=32))
    assert Showcase.objects.get().told["on"] > before["on"]


def test_the_coordination_opens_and_shuts_it(client, grown):
    """Asked before; strangers then read it, with the way it is counted. Source: XCT-05."""
    sign_in(client, grown.beto)
    assert client.post("/andina/atlas/representation/open/", {"confirmed": "yes"}).status_code == 403
    sign_in(client, grown.ana)
    assert client.get("/andina/atlas/representation/open/").status_code == 200
    assert not Showcase.objects.exists()
    assert client.post("/andina/atlas/representation/open/", {"confirmed": "yes"}).status_code == 303
    assert "/andina/atlas/represented/" in client.get("/andina/atlas/representation/").text
    client.logout()
    page = client.get("/andina/atlas/represented/", headers={"accept-language": "en"}).text
    assert "Groups under 5" in page
    sign_in(client, grown.ana)
    client.post("/andina/atlas/representation/open/", {"confirmed": "yes"})
    client.logout()
    assert client.get("/andina/atlas/represented/").status_code == 404
