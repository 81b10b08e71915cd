"""What the documentation says to those who run Tequio is so."""

import re
from pathlib import Path

from tequio.core import files

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
INNER = {"TEQUIO_DEMO", "TEQUIO_DEBUG", "TEQUIO_SECRET_KEY"}  # for developing, or set by the commands


def test_the_proxies_of_the_examples_let_the_largest_file_through():
    nginx = re.search(r"client_max_body_size (\d+)m;", (DOCS / "deploy/nginx.conf").read_text())
    caddy = re.search(r"max_size (\d+)MB", (DOCS / "deploy/Caddyfile").read_text())
    assert nginx
    assert caddy
    for megabytes in (nginx[1], caddy[1]):
        assert int(megabytes) * 1_000_000 > files.LARGEST + 1_000_000  # a form goes with it


def test_every_setting_is_explained():
    code = "".join(path.read_text() for path in (ROOT / "tequio").rglob("*.py"))
    read = set(re.findall(r'"(TEQUIO_[A-Z_]+)"', code))
    explained = set(re.findall(r"^\| `(TEQUIO_\w+)`", (DOCS / "running.md").read_text(), re.MULTILINE))
    assert len(read) > 10
    assert read - INNER == explained
