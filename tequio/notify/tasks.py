"""What jobs and the clock start: sending, sweeping up after a killed worker, forgetting."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from tequio.core import once
from tequio.notify import services
from tequio.notify.services import paces, upkeep

PATIENT = RetryStrategy(max_attempts=16, exponential_wait=2)
LOST_AFTER_SECONDS = 60


@app.task(name="tequio.notify.tasks.send", retry=PATIENT)
def send(*, letter_id: int) -> None:
    """Send one letter; when the mail server is not there, again in 2, 4, 8 … seconds, up to a day and a half."""
    services.send_now(letter_id=letter_id)


@app.task(name="tequio.notify.tasks.send_some", retry=PATIENT)
def send_some(*, letter_ids: list[int]) -> None:
    """Send some letters; those that could not leave have a job of their own after this one."""
    services.send_some(letter_ids=letter_ids)


@app.periodic(cron="* * * * *")
@app.task(name="tequio.notify.tasks.sweep", queueing_lock="notify.sweep", pass_context=False)
async def sweep(timestamp: int) -> None:
    """Start anew what a killed worker left half done."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER_SECONDS):
        if job.status == Status.DOING.value:
            await app.job_manager.retry_job(job)


@app.periodic(cron="*/5 * * * *")
@app.task(name="tequio.notify.tasks.post_waiting", queueing_lock="notify.post_waiting")
def post_waiting(timestamp: int) -> None:
    """Send off letters that wait without a job: written before there was a mail server, or given up by their job."""
    upkeep.post_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="tequio.notify.tasks.beat", queueing_lock="notify.beat")
def beat(timestamp: int) -> None:
    """Leave the sign of life that ``tequio doctor`` reads."""
    upkeep.beat()


@app.periodic(cron="41 * * * *")
@app.task(name="tequio.notify.tasks.count_paces", queueing_lock="notify.count_paces")
def count_paces(timestamp: int) -> None:
    """Count what things took, without names, so that those who wait are told how long it takes others."""
    paces.count_everywhere()


@app.periodic(cron="23 4 * * *")
@app.task(name="tequio.notify.tasks.forget", queueing_lock="notify.forget")
def forget(timestamp: int) -> None:
    """Forget old letters, closed asks and the keys of old forms."""
    upkeep.forget_old()
    once.forget_old()
