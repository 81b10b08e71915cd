"""A world with something behind every address, in two networks that must not know of each other."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.test import Client

from tequio.core.scoping import network_scope
from tequio.people.models import Person
from tequio.web import first_visit
from tests.conftest import sign_in
from tests.house.addresses import Address, staying
from tests.house.forms_in import FormSeen, forms_in
from tests.house.furnish import furnish
from tests.standing import world
from tests.world import build_elsewhere, build_network

READERS = ("nobody", "carla", "beto", "ana")


@dataclass
class Rich:
    """The furnished networks ``andina`` (ours) and ``sul`` (Carla's), and who reads."""

    actors: dict[str, Any]
    samples: dict[str, dict[str, list[Any]]]
    canaries: dict[str, list[str]]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, reader: str, *, known: bool = False) -> Client:
        """A browser in which the reader is signed in (``nobody`` is not); a known one has the style already."""
        client = Client(raise_request_exception=False, headers={"accept-language": "es"})
        if reader != "nobody":
            sign_in(client, self.actors[reader])
        if known:
            client.get("/about/")
        return client

    def paths(self, address: Address, *, network: str = "andina", objects_of: str = "andina") -> list[str]:
        """The paths of an address in one network, with the objects of one network behind its parameters."""
        route, names = address.route, [p for p in address.parameters if p != "network"]
        found = []
        for values in product(*(self.values(address, name, objects_of) for name in names)):
            path = route.replace("<slug:network>", network)
            for name, value in zip(names, values, strict=True):
                path = _put(path, name, value)
            found.append(path)
        return found

    def values(self, address: Address, name: str, network: str) -> list[Any]:
        samples = self.samples[network]
        values = samples.get(f"{address.name} {name}", samples.get(name))
        assert values is not None, f"tests/house/furnish.py has no sample for {address.name} {name}"
        return values


@dataclass(frozen=True)
class Opened:
    """A page that somebody opened."""

    reader: str
    address: Address
    path: str
    first: bool  # of the paths of its address
    status: int
    html: str  # empty where it is no page
    leads_to: str  # where the answer sends its reader
    policy: str  # what the page says that it may load

    @property
    def forms(self) -> list[FormSeen]:
        return forms_in(self.html)


def content_of(answer: Any) -> bytes:
    """Return what an answer holds; a file that is sent in pieces is read to its end."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def is_page(answer: Any) -> bool:
    """Say whether an answer is a page for people."""
    return "html" in answer.get("Content-Type", "")


def _put(path: str, name: str, value: Any) -> str:
    for converter in ("slug:", "int:", "uuid:", "str:", "path:", ""):
        path = path.replace(f"<{converter}{name}>", str(value))
    return path


@world()
def rich() -> Rich:
    """Both networks, furnished through services."""
    andina, sul = build_network(), build_elsewhere()
    actors = {"ana": andina.ana, "beto": andina.beto, "carla": sul.carla}
    samples, canaries = {}, {}
    with network_scope(andina.network.pk):
        samples["andina"], canaries["andina"] = furnish(andina.network, by=andina.ana, other=andina.beto)
    with network_scope(sul.network.pk):
        samples["sul"], canaries["sul"] = furnish(sul.network, by=sul.carla, other=None)
    assert Person.objects.count() >= 4
    return Rich(actors, samples, canaries)


@world(on="rich")
def pages_opened(rich: Rich) -> list[Opened]:
    """Every address on which a session stays, opened by every reader in Spanish; nobody comes for the first time."""
    return [
        opened(client, reader, address, path, first=number == 0)
        for reader in READERS
        for client in [rich.client(reader, known=True)]
        for address in staying()
        for number, path in enumerate(rich.paths(address))
    ]


def opened(client: Client, reader: str, address: Address, path: str, *, first: bool) -> Opened:
    """Open a page; nobody opens each as a first one, with its style inside."""
    if reader == "nobody":
        client.cookies.pop(first_visit.cookie(), None)
    answer = client.get(path)
    content = content_of(answer)
    html = content.decode(errors="replace") if is_page(answer) else ""
    policy = answer.get("Content-Security-Policy", "")
    return Opened(reader, address, path, first, answer.status_code, html, answer.get("Location", ""), policy)
