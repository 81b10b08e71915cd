"""What the clock and the coordination start: making copies, and deleting them in time."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.archive import services
from tequio.core.jobs import job_scope
from tequio.networks.models import Network


@app.task(name="tequio.archive.tasks.make_copy", retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def make_copy(*, network_id: int, copy_id: int) -> None:
    """Make a copy of a network."""
    if network := Network.objects.filter(pk=network_id).first():
        services.make_copy(network=network, copy_id=copy_id)


@app.periodic(cron="17 * * * *")
@app.task(name="tequio.archive.tasks.forget_old_copies", queueing_lock="archive.forget_old_copies")
def forget_old_copies(timestamp: int) -> None:
    """Delete the copies whose days are over, in every network."""
    for network in Network.objects.all():
        with job_scope(network.pk):
            services.forget_old_copies()
