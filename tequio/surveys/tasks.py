"""What the clock starts: the end of a survey; and files of answers that take their time."""

from __future__ import annotations

from django.db import connections
from django.utils import translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.jobs import job_scope
from tequio.networks.models import Network, Stage
from tequio.people.formats.tables import Unreadable
from tequio.people.models import Participant
from tequio.people.selectors import actor_of
from tequio.surveys.models import Batch, Release, State, Survey
from tequio.surveys.services import building, counting, importing, links, printing, releasing

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="tequio.surveys.tasks.close", retry=PATIENT)
def close(*, network_id: int, survey_id: int) -> None:
    """Close a survey whose last day is over; nothing ends in a network that was closed."""
    if Network.objects.filter(pk=network_id, stage=Stage.CLOSED).exists():
        return
    with job_scope(network_id):
        if found := Survey.objects.filter(pk=survey_id, state=State.OPEN).first():
            building.close_when_due(by=system(network_id), survey=found)


@app.task(name="tequio.surveys.tasks.prepare_release", retry=PATIENT)
def prepare_release(*, network_id: int, preparation_id: int) -> None:
    """Make the tables of a release."""
    releasing.make_release(network_id=network_id, preparation_id=preparation_id)


@app.task(name="tequio.surveys.tasks.print_release", retry=PATIENT)
def print_release(*, network_id: int, release_id: int) -> None:
    """Print a release in each of its languages."""
    with job_scope(network_id):
        if found := Release.objects.select_related("survey").filter(pk=release_id).first():
            printing.print_release(release=found)


@app.task(name="tequio.surveys.tasks.count", retry=PATIENT)
def count(*, network_id: int, survey_id: int) -> None:
    """Count what pages of a large survey asked for; how far it is can be seen meanwhile."""

    def told(done: int, total: int) -> None:
        _aside(
            network_id,
            "UPDATE surveys_packed SET done = %s, total = %s WHERE id IN "
            "(SELECT id FROM surveys_packed WHERE survey_id = %s FOR NO KEY UPDATE SKIP LOCKED)",
            [done, total, survey_id],
        )

    counting.count_asked(network_id=network_id, survey_id=survey_id, told=told)


@app.periodic(cron="40 14 * * *")
@app.task(name="tequio.surveys.tasks.daily", retry=PATIENT, queueing_lock="surveys.daily")
def daily(timestamp: int) -> None:
    """Every day, remind those who began a survey, or were invited to it, in each network."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        daily_of.defer(network_id=network_id)


@app.task(name="tequio.surveys.tasks.daily_of", retry=PATIENT)
def daily_of(*, network_id: int) -> None:
    """Remind in one network, and count large surveys again that changed."""
    with job_scope(network_id):
        links.remind_when_due(by=system(network_id), network=Network.objects.get(pk=network_id))
    with job_scope(network_id):
        for survey in Survey.objects.exclude(state=State.DRAFT):
            counting.keep_counted(survey=survey)


@app.task(name="tequio.surveys.tasks.read_batch", retry=PATIENT)
def read_batch(*, network_id: int, batch_id: int, language: str) -> None:
    """Read a large file of answers; one that cannot be read is put away with the reason."""
    with translation.override(language), job_scope(network_id):
        batch = Batch.objects.select_related("survey").get(pk=batch_id)
        try:
            importing.read_batch(by=_bringer(batch), batch=batch)
        except Unreadable as problem:
            importing.fail_batch(by=_bringer(batch), batch=batch, reason=problem.code)
        except importing.WrongMoment:
            return  # it was read already, or left aside


@app.task(name="tequio.surveys.tasks.run_batch", retry=PATIENT)
def run_batch(*, network_id: int, batch_id: int, language: str) -> None:
    """Write the answers of a large file, all or nothing; how far it is can be seen meanwhile."""

    def progress(done: int) -> None:
        _write_progress(network_id, batch_id, done)

    with translation.override(language), job_scope(network_id):
        batch = Batch.objects.select_related("survey").get(pk=batch_id)
        try:
            importing.run_batch(by=_bringer(batch), batch=batch, progress=progress)
        except importing.WrongMoment:
            return  # it is done already
        except Refused as problem:
            importing.reopen_batch(by=_bringer(batch), batch=batch, reason=str(problem))


def _bringer(batch: Batch) -> Actor:
    """Return who brought the file, with the duties they hold today; raises ``Refused`` once they are gone."""
    found = Participant.objects.select_related("person", "membership").filter(pk=batch.by_id, until_on=None)
    participant = found.first()
    if participant is None:
        raise Refused("Who brought this file takes part no more.")
    return actor_of(participant)


def _write_progress(network_id: int, batch_id: int, done: int) -> None:
    _aside(
        network_id,
        "UPDATE surveys_batch SET progress = %s WHERE id IN "
        "(SELECT id FROM surveys_batch WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)",
        [done, batch_id],
    )


def _aside(network_id: int, sql: str, values: list[int]) -> None:
    """Tell how far a job is on a connection of its own: what the job itself writes shows only at its end."""
    aside = connections.create_connection("default")
    try:
        with aside.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT set_config('tequio.network', %s, true), set_config('lock_timeout', '1s', true)",
                [str(network_id)],
            )
            cursor.execute(sql, values)
            cursor.execute("COMMIT")
    finally:
        aside.close()
