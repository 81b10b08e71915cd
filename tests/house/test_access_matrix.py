"""Who gets which answer from which page. The answers lie in a file, so that a change shows in review."""

import os
from pathlib import Path

from tests.house.addresses import patterns
from tests.house.rich import READERS, Rich, content_of

MATRIX = Path(__file__).with_name("access_matrix.txt")


def status_of(answer):
    content_of(answer)
    return answer.status_code


def test_access_matrix(rich: Rich):
    clients = {reader: rich.client(reader) for reader in READERS}
    lines = [f"{'page':<84}" + "".join(f"{reader:>8}" for reader in READERS)]
    for address in patterns():
        path = rich.paths(address)[0]
        browsers = {reader: rich.client(reader) for reader in READERS} if address.ends_session else clients
        answers = [status_of(browsers[reader].get(path)) for reader in READERS]
        lines.append(f"{address.route:<84}" + "".join(f"{answer:>8}" for answer in answers))
    found = "\n".join(lines) + "\n"
    if os.environ.get("UPDATE"):
        MATRIX.write_text(found)
    assert found == MATRIX.read_text(), (
        "read the difference, then: UPDATE=1 .venv/bin/pytest tests/house/test_access_matrix.py"
    )


def test_a_stranger_gets_nothing_below_a_network_but_public_pages(rich: Rich):
    for address in patterns():
        if not address.scoped or getattr(address.view, "public", False):
            continue
        for path in rich.paths(address):
            assert rich.client("carla").get(path).status_code == 404, path
            answer = rich.client("nobody").get(path)
            assert answer.status_code == 302, path
            assert answer["Location"].startswith("/entrar/")
