"""What the clock starts: the end of a survey."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.networks.models import Network, Stage
from tequio.surveys.models import State, Survey
from tequio.surveys.services import building

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="tequio.surveys.tasks.close", retry=PATIENT)
def close(*, network_id: int, survey_id: int) -> None:
    """Close a survey whose last day is over; nothing ends in a network that was closed."""
    if Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists():
        return
    with network_scope(network_id):
        if found := Survey.objects.filter(pk=survey_id, state=State.OPEN).first():
            building.close_when_due(by=system(network_id), survey=found)
