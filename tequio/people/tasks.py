"""What the clock starts: recoveries whose waiting time is over, and forgetting."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.people import services
from tequio.people.models import OneTimeLink, Recovery, Session

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="tequio.people.tasks.finish_recovery", retry=PATIENT)
def finish_recovery(*, network_id: int, recovery_id: int) -> None:
    """Move an account to its new address, unless somebody said no."""
    with network_scope(network_id):
        found = Recovery.objects.filter(pk=recovery_id).first()
        if found is not None:
            services.finish_recovery(recovery=found)


@app.periodic(cron="41 2 * * *")
@app.task(name="tequio.people.tasks.forget", retry=PATIENT, queueing_lock="people.forget")
def forget(timestamp: int) -> None:
    """Delete sessions, links and counts that have run out."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    OneTimeLink.objects.filter(expires_at__lt=clock.now()).delete()
    services.forget_attempts()
