"""What the clock starts: the one reminder, and the end of a round."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.actor import system
from tequio.core.jobs import job_scope
from tequio.decisions import services
from tequio.decisions.models import Round
from tequio.networks.models import Network, Stage
from tequio.people import selectors as people

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="tequio.decisions.tasks.remind", retry=PATIENT)
def remind(*, network_id: int, round_id: int) -> None:
    """Remind, once, those who have not answered a round that ends within a day."""
    if _is_closed(network_id):
        return
    with job_scope(network_id):
        if found := Round.objects.filter(pk=round_id).first():
            services.remind(round=found)


@app.periodic(cron="3 * * * *")
@app.task(name="tequio.decisions.tasks.pass_voices", retry=PATIENT, queueing_lock="decisions.pass_voices")
def pass_voices(timestamp: int) -> None:
    """Put what is open before those who began to stand in at midnight, and back before those who returned.

    Who may answer follows the calendar by itself; only what waits at home is moved here.
    """
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        with job_scope(network_id):
            for membership_id in people.passing_today():
                services.pass_questions_of(membership_id=membership_id)


@app.task(name="tequio.decisions.tasks.close", retry=PATIENT)
def close(*, network_id: int, round_id: int) -> None:
    """End a round whose time is over; one where voices are missing waits for the only extension it may have."""
    if _is_closed(network_id):
        return
    with job_scope(network_id):
        found = Round.objects.filter(pk=round_id).select_related("proposal").first()
        if found:
            services.close_when_over(by=system(network_id), round=found)


def _is_closed(network_id: int) -> bool:
    """Say whether the network was closed: nothing ends in it then, until it is opened again."""
    return Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists()


@app.periodic(cron="9 * * * *")
@app.task(name="tequio.decisions.tasks.tend_books", retry=PATIENT, queueing_lock="decisions.tend_books")
def tend_books(timestamp: int) -> None:
    """Every hour, put the agreements that ended by themselves on the other shelf of each network's book."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        with job_scope(network_id):
            services.tend_book()


@app.periodic(cron="17 11 * * *")
@app.task(name="tequio.decisions.tasks.reviews", retry=PATIENT, queueing_lock="decisions.reviews")
def reviews(timestamp: int) -> None:
    """Each day, ask who is in charge of the agreements whose day to be evaluated has come. Source: GOV-01."""
    for network_id in Network.objects.filter(stage=Stage.IN_FORCE).values_list("pk", flat=True):
        with job_scope(network_id):
            services.ask_for_reviews()
