"""The ground on which a network stands, where every app may read it. Source: REA-02, REA-05, REA-10."""

from django.db import connection

from tequio.core.scoping import network_scope
from tequio.networks import selectors, services

ROWS = {
    "actors": {"name": {"es": "Juntas"}, "text": {"es": "Sin agua"}, "effect": "HARMED", "influence": "LOW"},
    "places": {"level": "COUNTRY", "name": "Brasil", "country": "BR", "city": None},
    "specific": {"text": {"es": "Medir"}},
    "actions": {"objective": "", "text": {"es": "Formar"}, "who": "Ana", "until": "2027-03-01", "means": {}},
}
READ = {
    "actors": selectors.actors,
    "places": selectors.territories,
    "specific": selectors.specific_objectives,
    "actions": selectors.planned_actions,
}


def test_rows_keep_their_names_and_their_order(network):
    for table, row in ROWS.items():
        services.keep_ground(table=table, rows=[{**row, "id": "one"}, {**row, "id": "two"}])
        first = READ[table]()[0].pk
        services.keep_ground(table=table, rows=[{**row, "id": "three"}, {**row, "id": "one"}])
        assert [(each.key, each.position) for each in READ[table]()] == [("three", 1), ("one", 2)]
        assert READ[table]()[1].pk == first


def test_the_ground_stays_behind_the_walls_of_its_network(network, elsewhere):
    services.keep_ground(table="actors", rows=[{**ROWS["actors"], "id": "one"}])
    with network_scope(elsewhere.network.pk):
        assert not selectors.actors().exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relname = ANY(%s)",
            [
                [
                    "networks_mappedactor",
                    "networks_territory",
                    "networks_specificobjective",
                    "networks_plannedaction",
                ]
            ],
        )
        assert len(cursor.fetchall()) == 4
