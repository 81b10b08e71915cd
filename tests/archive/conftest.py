"""Networks to move: built for real, and an installation that is empty again."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tequio.archive.services import exporting
from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tests.house.furnish import furnish
from tests.template import empty
from tests.world import Andina, build_elsewhere, build_network


def written(network: Network, kind: str = "PRIVATE") -> bytes:
    """Return the archive of a network."""
    out = io.BytesIO()
    exporting.write(network=network, kind=kind, out=out)
    return out.getvalue()


@pytest.fixture
def rich_andina(committing: None) -> Andina:
    """A network with something in every table, and another one beside it."""
    return build_rich()


def build_rich() -> Andina:
    """Build both for real."""
    built = build_network()
    build_elsewhere()
    with network_scope(built.network.pk):
        furnish(built.network, by=built.ana, other=built.beto)
    return built


@pytest.fixture
def anew(tmp_path: Any, settings: Any) -> Callable[[], None]:
    """Become an installation that holds nothing, with keys of its own."""

    def begin() -> None:
        connections.close_all()
        empty()
        settings.TEQUIO_KEYS_DIR = tmp_path / "keys"
        settings.MEDIA_ROOT = tmp_path / "files"

    return begin


def members(archive: bytes) -> dict[str, bytes]:
    """Return every member of an archive by its name."""
    opened = zipfile.ZipFile(io.BytesIO(archive))
    return {name: opened.read(name) for name in opened.namelist()}
