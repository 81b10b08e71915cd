"""The program's own settings on a database and a home that this run throws away."""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from tests.database import start_test_server

gc.set_threshold(20_000, 20, 20)  # nearly all that a run makes stays, or goes by itself

ADDRESSES = start_test_server()
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
TEMPLATE = "tequio_template"
DATABASE = f"tequio_test_{WORKER}"


def of(url: str, name: str) -> str:
    """Return the same server's address with another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def throw_away(home: str, maker: int) -> None:
    """Remove the run's home; workers inherit it, and forks the duty, so only the process that made it does."""
    if os.getpid() == maker:
        shutil.rmtree(home, ignore_errors=True)


if "TEQUIO_TEST_HOME" not in os.environ:
    os.environ["TEQUIO_TEST_HOME"] = tempfile.mkdtemp(prefix="tequio-home-")
    atexit.register(throw_away, os.environ["TEQUIO_TEST_HOME"], os.getpid())
os.environ["TEQUIO_HOME"] = str(Path(os.environ["TEQUIO_TEST_HOME"]) / WORKER)
os.environ["TEQUIO_DATABASE_URL"] = of(ADDRESSES.app_url, DATABASE)
os.environ["TEQUIO_DATABASE_OWNER_URL"] = of(ADDRESSES.owner_url, DATABASE)
os.environ["TEQUIO_KEEP_PLANS"] = "1"
os.environ["TEQUIO_ORIGIN"] = "http://testserver"
for name in ("TEQUIO_DEMO", "TEQUIO_DEBUG", "TEQUIO_SMTP_URL", "TEQUIO_KEYS"):
    os.environ.pop(name, None)

# Playwright keeps an event loop in the tests' own thread; nothing here awaits, so Django need not refuse.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from tequio.config.settings import *  # noqa: E402, F403
from tequio.config.settings import TEMPLATES  # noqa: E402

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
