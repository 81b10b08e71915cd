"""What the clock starts: the reminder and the end of a ballot, the odds and the number of a lot."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.core.jobs import job_scope
from tequio.elections import services
from tequio.elections.formats.beacons import fetch_signature
from tequio.elections.models import Ballot, BallotState, Lot, LotState
from tequio.elections.rules import beacon, leximin
from tequio.elections.rules.lots import Impossible, Panel
from tequio.elections.services.lots import frozen_lot
from tequio.networks.models import Network, Stage

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)
SECONDS = 2  # between two words on how far the computing is


@app.task(name="tequio.elections.tasks.close", retry=PATIENT)
def close(*, network_id: int, ballot_id: int) -> None:
    """Count a ballot whose time is over; nothing ends in a network that was closed."""
    if Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists():
        return
    with job_scope(network_id):
        found = Ballot.objects.filter(pk=ballot_id, state=BallotState.OPEN).first()
        if found and not found.takes_papers(clock.now()):  # one that was given more time has a later end
            services.close_ballot(by=system(network_id), ballot=found)


@app.task(name="tequio.elections.tasks.remind", retry=PATIENT)
def remind(*, network_id: int, ballot_id: int) -> None:
    """Remind, once, those whose paper is missing in a ballot that ends within a day."""
    if Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists():
        return
    with job_scope(network_id):
        if found := Ballot.objects.filter(pk=ballot_id, state=BallotState.OPEN).first():
            services.remind(ballot=found)


@app.task(name="tequio.elections.tasks.compute_odds", retry=PATIENT)
def compute_odds(*, network_id: int, lot_id: int) -> None:
    """Compute the fairest odds outside of any transaction, so that who waits sees how far it is."""
    with job_scope(network_id):
        lot = Lot.objects.filter(pk=lot_id, state=LotState.COMPUTING).first()
        frozen = frozen_lot(lot=lot) if lot else None
    if lot is None or frozen is None:
        return
    last = clock.now()

    def told(done: int, whole: int) -> None:
        nonlocal last
        if (clock.now() - last).total_seconds() < SECONDS:
            return
        last = clock.now()
        with job_scope(network_id):
            services.show_progress(lot=lot, percent=min(99, 100 * done // max(whole, 1)))

    panels: tuple[Panel, ...] | None = None
    problem: Impossible | None = None
    try:
        panels = leximin.panels(frozen, progress=told)
    except Impossible as found:
        problem = found
    except leximin.NoSolver:
        pass
    with job_scope(network_id):
        if panels is None:
            services.refuse_odds(lot=lot, problem=problem)
        else:
            services.publish_odds(by=system(network_id), lot=lot, panels=panels)


@app.task(name="tequio.elections.tasks.ask_for_number", retry=PATIENT)
def ask_for_number(*, network_id: int, lot_id: int) -> None:
    """Draw with the published number where it may be fetched, else tell the coordination that it is there."""
    if Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists():
        return
    with job_scope(network_id):
        lot = Lot.objects.filter(pk=lot_id, state=LotState.ANNOUNCED).first()
    if lot is None:
        return
    signature = _fetched(lot)
    with job_scope(network_id):
        if signature:
            with suppress(Refused):
                services.draw_lots(by=system(network_id), lot=lot, signature=signature)
                return
        services.ask_for_number(lot=lot)


def _fetched(lot: Lot) -> str:
    if not settings.BEACON_URL:
        return ""
    return fetch_signature(settings.BEACON_URL, chain=beacon.QUICKNET.hash, round_number=lot.round or 0)
