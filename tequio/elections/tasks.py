"""What the clock starts: the end of a ballot."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.elections import services
from tequio.elections.models import Ballot, BallotState
from tequio.networks.models import Network, Stage

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="tequio.elections.tasks.close", retry=PATIENT)
def close(*, network_id: int, ballot_id: int) -> None:
    """Count a ballot whose time is over; nothing ends in a network that was closed."""
    if Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists():
        return
    with network_scope(network_id):
        found = Ballot.objects.filter(pk=ballot_id, state=BallotState.OPEN).first()
        if found:
            services.close_ballot(by=system(network_id), ballot=found)
