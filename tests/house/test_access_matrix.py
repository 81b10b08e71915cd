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


def test_a_stranger_gets_nothing_below_a_network_but_public_pages(pages_opened: list[Opened]):
    below = [
        page
        for page in pages_opened
        if page.address.scoped and not getattr(page.address.view, "public", False)
    ]
    assert len(below) > 400
    for page in below:
        if page.reader == "carla":
            assert page.status == 404, page.path
        if page.reader == "nobody":
            assert page.status == 302, page.path
            assert page.leads_to.startswith("/entrar/"), page.path
