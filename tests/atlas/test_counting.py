"""The atlas counts members apart from those only recorded, in any view; strangers see what each allowed."""

import pytest
from django.db import connection
from django.db.models import Q

from tequio.atlas import selectors
from tequio.atlas.rules.counting import counted
from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.networks.models import Pillar
from tequio.people import services as people
from tequio.people.models import Candidate, Listing, Organization, Tally
from tequio.people.rules.directory import Wanted
from tequio.people.services.listings import relist
from tests.conftest import sign_in
from tests.standing import world


@world(on="andina")
def mapped(andina):
    """Four organizations more: two members, of which one shows itself to everybody, and two recorded."""
    ana = andina.ana
    with network_scope(andina.network.pk):
        for name, facts, joins in (
            ("Voces", {"country": "CO", "cities": ["Cali", "Caracas, Venezuela"], "kind": "NGO", "themes": ["Agua"], "populations": ["Mujeres"]}, True),
            ("Ventana", {"country": "CO", "cities": ["Bogotá"], "national_level": True, "scope": "NATIONAL"}, True),
            ("Raíz", {"country": "CO", "cities": ["Bogotá"], "themes": ["agua"]}, False),
            ("Mar", {"country": "DE"}, False),
        ):  # fmt: skip
            made = people.record_organization(by=ana, name=name, **facts)
            if joins:
                people.join(by=ana, organization=made, name=name)
    return andina


@pytest.fixture
def scoped(mapped):
    with network_scope(mapped.network.pk):
        yield mapped


def rows(found):
    return {row.value: (row.members, row.recorded) for row in found.rows}


def test_members_and_recorded_are_kept_apart(scoped):
    """By country, theme, population, kind, reach. Source: CTX-13, CTX-15, CTX-18, SUR-05."""
    found = selectors.atlas(scoped.ana, Wanted(), view="country")
    assert rows(found) == {"CO": (2, 1), "DE": (0, 1)}
    assert (found.whole.members, found.whole.recorded) == (4, 2)
    assert found.unsaid == 2
    assert rows(selectors.atlas(scoped.ana, Wanted(), view="theme")) == {"agua": (1, 1)}
    assert rows(selectors.atlas(scoped.ana, Wanted(), view="population")) == {"mujeres": (1, 0)}
    assert rows(selectors.atlas(scoped.ana, Wanted(), view="kind")) == {"NGO": (1, 0)}
    assert rows(selectors.atlas(scoped.ana, Wanted(), view="scope")) == {"NATIONAL": (1, 0), "WHOLE": (1, 0)}


def test_cities_are_counted_within_a_country(scoped):
    """A city is where one works, a country where one is incorporated. Source: SUR-04, SUR-05."""
    found = selectors.atlas(scoped.ana, Wanted(chosen=(("country", "CO"),)), view="city")
    assert [(row.written, row.members, row.everybody) for row in found.rows] == [
        ("Bogotá, CO", 1, 2),
        ("Cali, CO", 1, 1),
        ("Caracas, VE", 1, 1),
    ]
    assert (found.whole.members, found.whole.everybody) == (2, 3)


def test_who_leaves_is_no_longer_counted_as_a_member(scoped):
    """Source: CTX-13."""
    from tequio.core.actor import system
    from tequio.people.models import Membership

    gone = Membership.objects.get(name="Voces")
    people.end_membership(by=system(scoped.network.pk), membership=gone)
    assert rows(selectors.atlas(scoped.ana, Wanted(), view="country"))["CO"] == (1, 2)
    chosen = Wanted(chosen=(("standing", "recorded"),))
    assert rows(selectors.atlas(scoped.ana, chosen, view="country")) == {"CO": (0, 2), "DE": (0, 1)}


def test_counts_among_members_are_those_of_the_rows(scoped):
    """What is kept is what counting anew finds. Source: ADR 7."""
    kept = dict(Tally.objects.filter(count__gt=0, key__startswith="m:").values_list("key", "count"))
    anew: dict[str, int] = {}
    for facets in Organization.objects.filter(memberships__ended_on=None).values_list("facets", flat=True):
        for key in facets:
            if key.startswith("m:"):
                anew[key] = anew.get(key, 0) + 1
    assert kept == anew
    assert kept["m:country:CO"] == 2


def test_a_narrowed_count_says_when_it_stopped():
    """Source: ADR 7."""
    found = counted(
        "country", {"": 3, "standing:member": 2, "country:CO": 3, "m:country:CO": 2}, {}, more=True
    )
    assert found.more
    assert (found.rows[0].members, found.rows[0].recorded) == (2, 1)


def test_candidates_are_for_those_who_admit(scoped):
    """Source: SUR-17."""
    Candidate.objects.create(name="Nube", folded="nube", country="CL", created_at=clock.now())
    assert selectors.candidates(scoped.ana) == [("CL", 1)]
    assert selectors.candidates(scoped.beto) is None


def test_strangers_see_what_each_member_allowed(scoped):
    """Source: XCT-02."""
    assert selectors.public_atlas().members == 0
    one = Organization.objects.get(name="Voces")
    people.show_organization(by=scoped.ana, organization=one, levels={"name": "EVERYBODY"})
    assert (selectors.public_atlas().members, selectors.public_atlas().counts) == (1, [])
    people.show_organization(
        by=scoped.ana, organization=one, levels={"name": "EVERYBODY", "country": "EVERYBODY", "cities": "EVERYBODY"}
    )  # fmt: skip
    shown = selectors.public_atlas()
    assert shown.of("country") == [("CO", 1)]
    assert shown.of("city") == [("Cali", 1), ("Caracas", 1)]
    assert shown.of("theme") == shown.of("population") == []
    levels = {"name": "EVERYBODY", "populations": "EVERYBODY"}
    people.show_organization(by=scoped.ana, organization=one, levels=levels)
    assert selectors.public_atlas().counts == [("population", "Mujeres", 1)]


def test_pillars_classify_organizations(client, scoped):
    """A pillar is called as the charter calls it today; who hides its themes hides its pillars. Source: CTX-12."""
    Pillar.objects.create(name={"es": "Innovación democrática"}, position=1)
    Pillar.objects.create(name={"es": "Ciudades"}, position=2)
    one = Organization.objects.get(name="Voces")
    sign_in(client, scoped.ana)
    assert "Innovación democrática" in client.get(f"/andina/organizations/{one.uuid}/edit/").content.decode()
    sent = {"name": "Voces", "country": "CO", "pillars": ["1", "2"]}
    assert client.post(f"/andina/organizations/{one.uuid}/edit/", sent).status_code == 303
    assert (
        client.post(f"/andina/organizations/{one.uuid}/edit/", sent | {"pillars": ["9"]}).status_code == 422
    )
    found = selectors.atlas(scoped.ana, Wanted(), view="pillar")
    assert [(row.written, row.members) for row in found.rows] == [
        ("Ciudades", 1),
        ("Innovación democrática", 1),
    ]
    page = client.get("/andina/atlas/?by=pillar&country=CO").content.decode()
    assert "Innovación democrática" in page
    people.show_organization(by=scoped.ana, organization=one, levels={"themes": "COORDINATION"})
    assert selectors.atlas(scoped.ana, Wanted(), view="pillar").rows == []


def test_an_older_directory_is_listed_anew_by_its_migration(scoped):
    """What the migration lists and counts is what the services would. Source: ADR 7."""
    from importlib import import_module

    new = Q(key__startswith="standing:") | Q(key__startswith="scope:")
    before = (tallies(), set(Listing.objects.filter(new).values_list("key", "organization")))
    for row in Organization.objects.all():
        row.facets = [key for key in row.facets if not key.startswith(("m:", "standing:", "scope:"))]
        row.save(update_fields=["facets"])
    Listing.objects.filter(new).delete()
    Tally.objects.filter(new | Q(key__startswith="m:")).delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("tequio.people.migrations.0011_standing_listed").LIST)
    assert (tallies(), set(Listing.objects.filter(new).values_list("key", "organization"))) == before
    relist(organizations=Organization.objects.all())
    assert tallies() == before[0]


def tallies():
    return dict(Tally.objects.filter(count__gt=0).values_list("key", "count"))


def test_the_pages_say_it_in_words(client, scoped, queries):
    """Source: CTX-13, SUR-04, SUR-06."""
    sign_in(client, scoped.beto)
    client.get("/andina/atlas/")
    with queries(6):
        page = client.get("/andina/atlas/").content.decode()
    assert '<details class="wide"><summary>Otras vistas del atlas</summary><nav' in page, "folded on a phone"
    assert "2 de 3" in page
    assert "tilemap" in page
    page = client.get("/andina/atlas/?by=city&country=CO").content.decode()
    assert "Caracas, VE" in page
    assert "Bogotá, CO, la capital: 2" in page
    assert client.get("/andina/atlas/?by=%00&country=%00&city=x'").status_code == 200
    Organization.objects.filter(name="Voces").update(shows={"name": "EVERYBODY", "country": "EVERYBODY"})
    client.logout()
    page = client.get("/andina/atlas/map/").content.decode()
    assert "Colombia" in page
    assert "Voces" not in page  # it is counted; who it is stands on another page
    assert client.get("/andina/atlas/").status_code != 200
