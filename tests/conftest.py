"""The world of the tests, built through services on a real PostgreSQL as the application's own role."""

import atexit
import contextlib
import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tests.governance.world import Circles, build_circles, of
from tests.standing import stand, take_down, world
from tests.template import empty, make_database
from tests.turns import Turns, in_turn
from tests.world import Andina, add_person, build_elsewhere, build_network

atexit.register(shutil.rmtree, os.environ["TEQUIO_HOME"], ignore_errors=True)


@pytest.hookimpl(trylast=True)  # pytest-django puts what needs no database last: the longest journeys
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = in_turn(items)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: whoever looks for garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Turns:
    return Turns(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Migrate one template as the owner; give each worker a copy; connect to it as the application."""
    make_database()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        take_down()
        connections.close_all()


@pytest.fixture(autouse=True)
def _environment() -> Iterator[None]:
    """What a command put into the environment is gone after the test, and so is the language of the last page."""
    before = _ours(os.environ)
    yield
    translation.deactivate()
    for name in _ours(os.environ).keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


def _ours(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(("TEQUIO_", "DJANGO_"))}


@pytest.fixture
def worlds(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: object) -> None:
    """The worlds that a test asks for stand before its own transaction begins."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        stand(request.fixturenames)


@pytest.fixture
def _django_db_helper(worlds: None, _django_db_helper: None) -> None:
    """pytest-django's transaction of a test, which ``db`` and the mark ``django_db`` use, over the worlds."""


@pytest.fixture
def bare(django_db_setup: None, django_db_blocker: object) -> None:
    """No world stands: for tests that commit, or that close the connection."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        take_down()


@pytest.fixture
def committing(bare: None, django_db_blocker: object) -> Iterator[None]:
    """Let a test commit for real (threads, worker processes); everything is emptied after it.

    Use it instead of ``db`` and of pytest-django's ``transactional_db``, whose flush the application's role
    is rightly refused.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            yield
        finally:
            connections.close_all()
            empty()


@world()
def andina() -> Andina:
    """A vertical network in force, with its people."""
    return build_network()


@world(on="andina")
def circled(andina: Andina) -> Circles:
    """The network andina with two circles and the double link between them, whole."""
    with network_scope(andina.network.pk):
        emi = add_person(andina.network, "Emi")
        actors = {"ana": andina.ana, "beto": andina.beto, "emi": emi, "dora": andina.dora}
        people = {name: of(actor) for name, actor in actors.items()}
        return build_circles(andina.network, people=people, by=andina.ana)


@pytest.fixture
def circles(circled: Circles, network: object) -> Circles:
    """The two circles of ``circled``; the test is inside the network's scope."""
    return circled


@pytest.fixture
def network(andina: Andina) -> Iterator[object]:
    """The network ``andina``; the test is inside its scope."""
    with network_scope(andina.network.pk):
        yield andina.network


@pytest.fixture
def day_of_the_network(andina: Andina) -> Iterator[None]:
    """Say "today" as a request of the network does, until the first one ends: at night UTC is a day ahead of it."""
    with timezone.override(andina.network.time_zone):
        yield


@world()
def elsewhere() -> object:
    """Another network on the same installation, with Carla in it."""
    return build_elsewhere()


@pytest.fixture
def ana(andina: Andina, network: object) -> Actor:
    """Ana coordinates the network and is the delegate of its first member."""
    return andina.ana


@pytest.fixture
def beto(andina: Andina, network: object) -> Actor:
    """Beto is the delegate of the second member."""
    return andina.beto


@pytest.fixture
def dora(andina: Andina, network: object) -> Actor:
    """Dora is a contact person of the protocol, and a substitute in the second member."""
    return andina.dora


@pytest.fixture
def carla(elsewhere: object) -> Actor:
    """Carla coordinates another network and is a stranger here."""
    return elsewhere.carla  # type: ignore[attr-defined]


def sign_in(client: Client, actor: Actor) -> None:
    """Sign the client in as the person who acts."""
    from tequio.people.models import Person

    client.force_login(
        Person.objects.get(pk=actor.person_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )


def is_data(statement: str) -> bool:
    """Say whether a statement reads or writes data; beginning and ending transactions does not count."""
    return not _CONTROL.match(statement)


_CONTROL = re.compile(r"^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)", re.IGNORECASE)


@pytest.fixture
def queries() -> Callable[[int], contextlib.AbstractContextManager[None]]:
    """``with queries(5):`` fails unless exactly five queries ran; transaction control does not count."""

    @contextlib.contextmanager
    def exactly(number: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        data = [q["sql"] for q in captured.captured_queries if is_data(q["sql"])]
        said = "\n".join(f"{i}. {sql[:300]}" for i, sql in enumerate(data, 1))
        assert len(data) == number, f"{len(data)} queries, {number} expected:\n{said}"

    return exactly


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Run, now and in this transaction, the jobs that are due; return how many ran."""
    from tests.jobs import run_due_jobs

    return run_due_jobs
