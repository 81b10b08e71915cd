"""Networks to move: built for real, and an installation that is empty again."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import connections

from tequio.archive.services import exporting
from tequio.core.scoping import network_scope
from tequio.decisions.models import Proposal
from tequio.networks.models import Network
from tequio.people.models import Listing, Tally
from tequio.people.services.quotes import keep_quote
from tequio.register.models import Checkpoint, Entry
from tests.archive.rest import fill
from tests.house.furnish import furnish
from tests.house.furnish_quotes import OPEN
from tests.standing import world
from tests.template import empty
from tests.world import Andina, build_elsewhere, build_network


def written(network: Network, kind: str = "PRIVATE") -> bytes:
    """Return the archive of a network."""
    out = io.BytesIO()
    exporting.write(network=network, kind=kind, out=out)
    return out.getvalue()


@pytest.fixture
def rich_andina(committing: None) -> Andina:
    """A network with something in every table, and another one beside it, committed."""
    return build_rich()


@world()
def furnished() -> Andina:
    """The same two, for tests that only read them."""
    return build_rich()


@dataclass(frozen=True)
class Left:
    """What a network was when it left: its archive, a public copy, and what has to be the same where it arrives."""

    archive: bytes
    public: bytes
    tallies: list[Any]
    listings: list[Any]
    notes: list[Any]
    entries: int
    newest: tuple[int, int]


_left: list[Left] = []


@pytest.fixture
def left(committing: None) -> Left:
    """A network that left, built for real once on a worker; nothing of it is there any more but its keys."""
    if not _left:
        _left.append(_leaving(build_rich().network))
        connections.close_all()
        empty()
    return _left[0]


def _leaving(network: Network) -> Left:
    archive, public = written(network), written(network, "PUBLIC")
    with network_scope(network.pk):
        newest = Proposal.objects.order_by("number").last()
        return Left(
            archive,
            public,
            tallies=sorted(Tally.objects.filter(count__gt=0).values_list("key", "count")),
            listings=sorted(Listing.objects.values_list("key", "folded")),
            notes=list(Checkpoint.objects.order_by("size").values_list("note", "key")),
            entries=Entry.objects.count(),
            newest=(newest.number, newest.pk),
        )


def build_rich() -> Andina:
    """Build both."""
    built = build_network()
    build_elsewhere()
    with network_scope(built.network.pk):
        furnish(built.network, by=built.ana, other=built.beto)
        keep_quote(by=built.ana, network=built.network, said=replace(OPEN, reach="OTHERS"))
        fill(built.network)
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
