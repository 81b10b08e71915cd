"""What the clock, or an entry, starts runs in a network as its people live there: inside its rows, and on its day.

"Today" is that of whoever reads a page; a job has no reader. At night UTC is a day ahead of the Americas.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.utils import timezone

from tequio.core.clock import zone_of
from tequio.core.scoping import network_scope


@contextmanager
def day_of(network_id: int) -> Iterator[None]:
    """Let "today" be that of a network; of one that is gone, that of UTC."""
    networks = apps.get_model("networks", "Network")._default_manager  # noqa: SLF001 (Django documents it)
    name = networks.filter(pk=network_id).values_list("time_zone", flat=True).first()
    with timezone.override(zone_of(name or "")):
        yield


@contextmanager
def job_scope(network_id: int) -> Iterator[None]:
    """Enter a network as a job does: ``network_scope`` and its day."""
    with day_of(network_id), network_scope(network_id):
        yield
