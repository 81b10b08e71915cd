"""What the clock starts: terms that end, mandates that are over, reports that are missing."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.jobs import job_scope
from tequio.governance import services
from tequio.networks.models import Network, Stage

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.periodic(cron="40 4 * * *")
@app.task(name="tequio.governance.tasks.daily", retry=PATIENT, queueing_lock="governance.daily")
def daily(timestamp: int) -> None:
    """Every day, look after the terms of each network."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        daily_of.defer(network_id=network_id)


@app.task(name="tequio.governance.tasks.daily_of", retry=PATIENT)
def daily_of(*, network_id: int) -> None:
    """Turn the mandates that are over, bring up what ends soon, and tell of links that broke by the calendar."""
    with job_scope(network_id):
        network = Network.objects.get(pk=network_id)
        services.turn_mandates(network=network)
        services.look_after_terms(network=network)
        services.ask_for_reports(network=network)
        services.mind_links(network=network)
