"""``python -m tests.people.bench_directory``: what a page of the directory costs at 100 and at 100,000 organizations.

Prints, for each kind of page, the median of CPU of the web process, of the whole time, and the ratio between the two
networks; both lie in the same database, and are asked in turns.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

from tests import settings as run  # noqa: F401  (starts the server and names the database)

WORDS = [
    "agua",
    "barrio",
    "ciudad",
    "casa",
    "centro",
    "colectivo",
    "comunidad",
    "cultura",
    "democracia",
    "derechos",
    "desarrollo",
    "educación",
    "espacio",
    "feminista",
    "foro",
    "fundación",
    "futuro",
    "huerta",
    "innovación",
    "instituto",
    "joven",
    "juntas",
    "laboratorio",
    "libertad",
    "memoria",
    "mesa",
    "movimiento",
    "mujeres",
    "norte",
    "observatorio",
    "paz",
    "participación",
    "pueblo",
    "raíces",
    "red",
    "río",
    "semillas",
    "social",
    "sur",
    "territorio",
    "tierra",
    "urbano",
    "vecinal",
    "verde",
    "vida",
    "voz",
]
# Some words and values are so frequent that a page of 30 is full in both networks: what is compared is the same work.
COUNTRIES = ["CO"] * 65 + ["MX"] * 10 + ["CL"] * 9 + ["AR"] * 8 + ["BR"] * 4 + ["PE", "EC", "BO", "UY"]
CITIES = [
    "Bogotá",
    "Medellín",
    "Cali",
    "Ciudad de México",
    "Monterrey",
    "Santiago",
    "Temuco",
    "Buenos Aires",
    "Rosario",
    "São Paulo",
]
THEMES = [
    "participación",
    "derechos humanos",
    "medio ambiente",
    "mujeres",
    "tecnología",
    "investigación",
    "cultura",
    "transparencia",
]
KINDS = ["NGO"] * 9 + ["COLLECTIVE"] * 3 + ["NETWORK", "UNIVERSITY", "COMPANY"]


def table(count: int) -> bytes:
    """Return a CSV with this many invented organizations; the same each time."""
    chance = random.Random(count)
    lines = ["nombre;país;ciudades;tipo;temas;web"]
    for number in range(count):
        often = [word for word in ("organización", "ciudadana") if chance.random() < 0.7]
        name = f"{' '.join([*chance.sample(WORDS, 3), *often]).title()} {number}"
        themes = ",".join(chance.sample(THEMES, 2))
        country, city, kind = chance.choice(COUNTRIES), chance.choice(CITIES), chance.choice(KINDS)
        lines.append(f"{name};{country};{city};{kind};{themes};https://o{number}.example.org")
    return "\n".join(lines).encode()


def build(slug: str, count: int) -> object:
    """Make a network with this many organizations and somebody who reads; return who that is."""
    from django.db import transaction

    from tequio.core.scoping import network_scope
    from tequio.people import services
    from tequio.people.models import Duty
    from tests.world import add_person, make_network

    with transaction.atomic():
        network = make_network(slug, slug.title())
        with network_scope(network.pk):
            reader = add_person(network, f"reader-{slug}", duties=(Duty.COORDINATION,))
    began = time.perf_counter()
    first = min(count, 10_000)
    with network_scope(network.pk):
        report = services.import_organizations(
            by=reader, name="bench.csv", content=table(first), on_duplicates="new"
        )
    print(
        f"  {slug}: {report.imported:,} organizations imported in {time.perf_counter() - began:.1f} s",
        flush=True,
    )
    if count > first:
        with network_scope(network.pk):
            multiply(network.pk, count // first)
        print(f"  {slug}: {count:,} organizations after {time.perf_counter() - began:.1f} s", flush=True)
    return reader


def multiply(network_id: int, times: int) -> None:
    """Write each organization again under further numbers, as the services would have, in a few statements."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM people_organization")
        last = cursor.fetchone()[0]
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'people_organization'"
        )
        same = [name for (name,) in cursor.fetchall() if name not in ("id", "uuid", "name", "folded")]
        columns = ", ".join(same)
        for again in range(1, times):
            mark = f" {again}"
            cursor.execute(
                f"INSERT INTO people_organization (uuid, name, folded, {columns}) SELECT gen_random_uuid(), name || %s, "
                f"folded || %s, {columns} FROM people_organization WHERE id <= %s",
                [mark, mark, last],
            )
            cursor.execute(
                "INSERT INTO people_listing (network_id, key, folded, organization_id) SELECT l.network_id, "
                "CASE WHEN l.key LIKE 'name:%%' THEN l.key || %s ELSE l.key END, o.folded, o.id "
                "FROM people_listing l JOIN people_organization o ON o.folded = l.folded || %s WHERE l.organization_id <= %s",
                [mark, mark, last],
            )
            cursor.execute(
                "INSERT INTO people_operation (network_id, written, place_id, organization_id) SELECT p.network_id, p.written, "
                "p.place_id, o.id FROM people_operation p JOIN people_organization f ON f.id = p.organization_id "
                "JOIN people_organization o ON o.folded = f.folded || %s WHERE f.id <= %s",
                [mark, last],
            )
        cursor.execute("UPDATE people_tally SET count = count * %s", [times])
        cursor.execute("ANALYZE people_organization, people_listing, people_operation, people_tally")


def pages(slug: str) -> Iterator[tuple[str, str]]:
    """Yield the pages that are measured, as (what it is, address)."""
    here = f"/{slug}/organizations/"
    yield "first page", here
    yield "a word", f"{here}?q=organizaciones"
    yield "two words", f"{here}?q=organizacion+ciudadanas"
    yield "a filter", f"{here}?country=CO"
    yield "two filters", f"{here}?country=CO&kind=NGO"
    yield "word and filter", f"{here}?q=ciudadana&country=CO"
    yield "a deep page", f"{here}?after=1.huerta"
    yield "a misspelling", f"{here}?q=organisacion"


def measure(ask: Callable[[str], object], addresses: list[str], *, rounds: int) -> list[tuple[float, float]]:
    """Ask for the addresses in turns; return each one's median (CPU, whole time) in milliseconds."""
    times: list[list[tuple[float, float]]] = [[] for _address in addresses]
    for _round in range(rounds):
        for place, address in enumerate(addresses):
            cpu, whole = time.process_time(), time.perf_counter()
            ask(address)
            times[place].append((1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - whole)))
    return [(statistics.median(c for c, _w in one), statistics.median(w for _c, w in one)) for one in times]


def main(large: int = 100_000, rounds: int = 60) -> dict[str, tuple[float, float]]:
    """Build both networks, measure, print; return {page: (ratio of CPU, ratio of whole time)}."""
    from django.test import Client

    from tests.conftest import sign_in

    small_slug, large_slug = f"few-{uuid4().hex[:6]}", f"many-{uuid4().hex[:6]}"
    clients = {}
    for slug, count in ((small_slug, 100), (large_slug, large)):
        clients[slug] = Client()
        sign_in(clients[slug], build(slug, count))
    found = {}
    for (what, few), (_what, many) in zip(pages(small_slug), pages(large_slug), strict=True):

        def ask(address: str) -> None:
            assert clients[address.split("/")[1]].get(address).status_code == 200

        measure(ask, [few, many], rounds=3)
        (cpu, whole), (cpu_many, whole_many) = measure(ask, [few, many], rounds=rounds)
        found[what] = (cpu_many / cpu, whole_many / whole)
        print(
            f"  {what:16} CPU {cpu:5.1f} → {cpu_many:5.1f} ms (× {found[what][0]:.2f})   "
            f"whole {whole:5.1f} → {whole_many:5.1f} ms (× {found[what][1]:.2f})",
            flush=True,
        )
    return found


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from tests.template import make_database

    make_database()
    main(*(int(argument) for argument in sys.argv[1:]))
