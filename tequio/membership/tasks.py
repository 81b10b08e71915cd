"""What the clock starts: nothing that waits at the door is forgotten."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.jobs import job_scope
from tequio.membership import services
from tequio.networks.models import Network, Stage

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.periodic(cron="20 12 * * *")
@app.task(name="tequio.membership.tasks.daily", retry=PATIENT, queueing_lock="membership.daily")
def daily(timestamp: int) -> None:
    """Every day, look after what waits in each network."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        daily_of.defer(network_id=network_id)


@app.task(name="tequio.membership.tasks.daily_of", retry=PATIENT)
def daily_of(*, network_id: int) -> None:
    """Remind of requests that wait and of signatures that are missing; let old first steps rest."""
    with job_scope(network_id):
        network = Network.objects.get(pk=network_id)
        services.remind_of_requests(network=network)
        services.remind_to_sign(network=network)
        services.end_first_days(network=network)
