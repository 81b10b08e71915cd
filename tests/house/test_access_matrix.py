"""Who gets which answer from which page. The answers lie in a file, so that a change shows in review."""

import os
from pathlib import Path

from tests.house.addresses import patterns
from tests.house.rich import READERS, Opened, Rich, content_of

MATRIX = Path(__file__).with_name("access_matrix.txt")


def status_of(answer):
    content_of(answer)
    return answer.status_code


def test_access_matrix(rich: Rich, pages_opened: list[Opened]):
    seen = {(page.address.name, page.reader): page.status for page in pages_opened if page.first}
    lines = [f"{'page':<84}" + "".join(f"{reader:>8}" for reader in READERS)]
    for address in patterns():
        path = rich.paths(address)[0]
        answers = [
            status_of(rich.client(reader).get(path)) if address.ends_session else seen[address.name, reader]
            for reader in READERS
        ]
        lines.append(f"{address.route:<84}" + "".join(f"{answer:>8}" for answer in answers))
    found = "\n".join(lines) + "\n"
    if os.environ.get("UPDATE"):
        MATRIX.write_text(found)
    assert found == MATRIX.read_text(), (
        "read the difference, then: UPDATE=1 .venv/bin/pytest tests/house/test_access_matrix.py"
    )


def test_a_stranger_gets_nothing_below_a_network_but_public_pages(rich: Rich):
    carla, nobody = rich.client("carla"), rich.client("nobody")
    for address in patterns():
        if not address.scoped or getattr(address.view, "public", False):
            continue
        for path in rich.paths(address):
            assert carla.get(path).status_code == 404, path
            answer = nobody.get(path)
            assert answer.status_code == 302, path
            assert answer["Location"].startswith("/entrar/")
