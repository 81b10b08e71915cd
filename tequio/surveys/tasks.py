"""What the clock starts: the end of a survey."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.networks.models import Network, Stage
from tequio.surveys.models import Release, State, Survey
from tequio.surveys.services import building, links, printing, releasing

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="tequio.surveys.tasks.close", retry=PATIENT)
def close(*, network_id: int, survey_id: int) -> None:
    """Close a survey whose last day is over; nothing ends in a network that was closed."""
    if Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists():
        return
    with network_scope(network_id):
        if found := Survey.objects.filter(pk=survey_id, state=State.OPEN).first():
            building.close_when_due(by=system(network_id), survey=found)


@app.task(name="tequio.surveys.tasks.prepare_release", retry=PATIENT)
def prepare_release(*, network_id: int, preparation_id: int) -> None:
    """Make the tables of a release."""
    releasing.make_release(network_id=network_id, preparation_id=preparation_id)


@app.task(name="tequio.surveys.tasks.print_release", retry=PATIENT)
def print_release(*, network_id: int, release_id: int) -> None:
    """Print a release in each of its languages."""
    with network_scope(network_id):
        if found := Release.objects.select_related("survey").filter(pk=release_id).first():
            printing.print_release(release=found)


@app.periodic(cron="40 14 * * *")
@app.task(name="tequio.surveys.tasks.daily", retry=PATIENT, queueing_lock="surveys.daily")
def daily(timestamp: int) -> None:
    """Every day, remind those who began a survey, or were invited to it, in each network."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        daily_of.defer(network_id=network_id)


@app.task(name="tequio.surveys.tasks.daily_of", retry=PATIENT)
def daily_of(*, network_id: int) -> None:
    """Remind in one network."""
    with network_scope(network_id):
        links.remind_when_due(by=system(network_id), network=Network.objects.get(pk=network_id))
