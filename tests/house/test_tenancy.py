"""Nothing of one network reaches another: not by address, number, search, filter, form or file."""

import os
import random
from copy import deepcopy

from django.db import connection, transaction

from tequio.core.scoping import network_scope
from tests.house.addresses import staying
from tests.house.rich import READERS, Opened, Rich, content_of

CASES = 10_000 if os.environ.get("PROOF") == "1" else 600
SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(10**6)))
TABLES = (
    "people_organization",
    "people_participant",
    "people_membership",
    "decisions_proposal",
    "decisions_answer",
)


def requests_of(rich: Rich):
    """Every scoped address, in the right and the wrong network, with the wrong network's objects; GET and POST."""
    for address in staying():
        for network, objects_of in (("andina", "sul"), ("sul", "sul"), ("sul", "andina")):
            for path in rich.paths(address, network=network, objects_of=objects_of):
                for method in ("get", "post"):
                    yield address, method, path
                for query in (
                    "?q=kanariesul",
                    "?after=1",
                    "?country=CO",
                    "?person=1&network=2",
                    "?format=json",
                ):
                    yield address, "get", path + query


def state_of(network_id: int) -> list[object]:
    with network_scope(network_id), connection.cursor() as cursor:
        rows = []
        for table in TABLES:
            cursor.execute(f"SELECT t::text FROM {table} t WHERE network_id = %s ORDER BY 1", [network_id])
            rows.append(cursor.fetchall())
        return rows


def test_nothing_leaks_into_another_network(rich: Rich, pages_opened: list[Opened]):
    dice = random.Random(SEED)
    everything = list(requests_of(rich))
    sul = rich.actors["carla"].network_id
    before = state_of(sul)
    clients = {reader: rich.client(reader) for reader in READERS}
    bodies = {reader: forms_of(pages_opened, reader) for reader in ("ana", "beto")}
    for _case in range(CASES):
        address, method, path = dice.choice(everything)
        reader = dice.choice(("ana", "beto", "nobody"))
        data = dice.choice(bodies.get(reader) or [{}]) if method == "post" else {}
        answer = one(clients[reader], method, path, data)
        body = content_of(answer).decode(errors="replace")
        said = f"SEED={SEED} {reader} {method} {path} {answer.status_code}"
        leaked = [mark for mark in rich.canaries["sul"] if mark in body and mark not in path]
        assert not leaked, said
        if address.scoped and "/sul/" in path and not getattr(address.view, "public", False):
            assert answer.status_code == (302 if reader == "nobody" else 404), said
    changed = [(was, now) for was, now in zip(before, state_of(sul), strict=True) if was != now]
    assert not changed, f"SEED={SEED} {changed}"


def one(client, method, path, data):
    """Ask once; what it wrote is taken back, and the reader stays signed in."""
    cookies = deepcopy(client.cookies)
    try:
        with transaction.atomic():
            answer = getattr(client, method)(path, data)
            if method == "get":
                return answer
            raise _Undo
    except _Undo:
        client.cookies = cookies
        return answer


class _Undo(Exception):
    pass


def forms_of(pages_opened: list[Opened], reader: str) -> list[dict[str, list[str]]]:
    """What the reader's own pages would send: real field names for forms aimed at somebody else's objects."""
    seen = [form for page in pages_opened if page.reader == reader for form in page.forms]
    return [form.values for form in seen if form.method == "post"]
