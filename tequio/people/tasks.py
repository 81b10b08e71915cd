"""What the clock starts: the weekly letter, recoveries whose waiting time is over, and forgetting."""

from django.db import connections
from django.utils import translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.jobs import job_scope
from tequio.networks import selectors as networks
from tequio.networks.models import ChannelKind, Gathering, Network, Stage
from tequio.networks.rules import WEEKLY, digest_is_due
from tequio.notify import services as notify
from tequio.people import selectors, services
from tequio.people.formats.tables import Unreadable
from tequio.people.models import Import, OneTimeLink, Participant, Recovery, Session
from tequio.people.selectors import actor_of
from tequio.register import services as register

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)
READERS_AT_ONCE = 200


@app.task(name="tequio.people.tasks.finish_recovery", retry=PATIENT)
def finish_recovery(*, network_id: int, recovery_id: int) -> None:
    """Move an account to its new address, unless somebody said no."""
    with job_scope(network_id):
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


@app.periodic(cron="7 * * * *")
@app.task(name="tequio.people.tasks.turn_pauses", retry=PATIENT, queueing_lock="people.turn_pauses")
def turn_pauses(timestamp: int) -> None:
    """Every hour, begin and end the pauses whose day has come, by each network's own calendar."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        with job_scope(network_id):
            services.turn_pauses(network_id=network_id)


@app.periodic(cron="0 13 * * 1")
@app.task(name="tequio.people.tasks.weekly", retry=PATIENT, queueing_lock="people.weekly")
def weekly(timestamp: int) -> None:
    """On Mondays, start the weekly letter of every network."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        weekly_of.defer(network_id=network_id)


@app.task(name="tequio.people.tasks.weekly_of", retry=PATIENT)
def weekly_of(*, network_id: int) -> None:
    """Sign a checkpoint and write it to everybody who takes part, with what waits for them; some hundred at a time.

    As often as the charter says; in the other weeks only what somebody asked to get together. Source: COM-04.
    """
    with job_scope(network_id):
        register.make_checkpoint(network=Network.objects.get(pk=network_id))
        times = networks.rhythms().get(Gathering.DIGEST, WEEKLY)
        due = digest_is_due(times, on=clock.today())
        channels = networks.channels(but=ChannelKind.MAIL)
        readers = selectors.readers()
    for start in range(0, len(readers), READERS_AT_ONCE):
        with job_scope(network_id):
            notify.write_weekly(
                readers=readers[start : start + READERS_AT_ONCE], news_only=not due, channels=channels
            )


@app.task(name="tequio.people.tasks.read_import", retry=PATIENT)
def read_import(*, network_id: int, import_id: int, language: str) -> None:
    """Read a large file that somebody uploaded; one that cannot be read is put away with the reason."""
    with translation.override(language), job_scope(network_id):
        row = Import.objects.get(pk=import_id)
        try:
            services.read_import(by=_importer(row), row=row)
        except Unreadable as problem:
            services.fail_import(by=_importer(row), row=row, reason=problem.code)
        except services.WrongMoment:
            return  # it was read already, or left aside


@app.task(name="tequio.people.tasks.run_import", retry=PATIENT)
def run_import(*, network_id: int, import_id: int, language: str) -> None:
    """Write the organizations of a large file, all or nothing; how far it is can be seen meanwhile."""

    def progress(done: int) -> None:
        _write_progress(network_id, import_id, done)

    with translation.override(language), job_scope(network_id):
        row = Import.objects.get(pk=import_id)
        try:
            services.run_import(by=_importer(row), row=row, progress=progress)
        except services.WrongMoment:
            return  # it is done already


def _importer(row: Import) -> Actor:
    """Return who started the import, with the duties they hold today; raises ``Refused`` once they are gone."""
    participant = (
        Participant.objects.select_related("person", "membership")
        .filter(pk=row.by_id or 0, until_on=None)
        .first()
    )
    if participant is None:
        raise Refused("Who started this import takes part no more.")
    return actor_of(participant)


def _write_progress(network_id: int, import_id: int, done: int) -> None:
    """Tell how far an import is on a connection of its own: what the import itself writes shows only at its end."""
    aside = connections.create_connection("default")
    try:
        with aside.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT set_config('tequio.network', %s, true), set_config('lock_timeout', '1s', true)",
                [str(network_id)],
            )
            cursor.execute(
                "UPDATE people_import SET progress = %s WHERE id IN "
                "(SELECT id FROM people_import WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)",
                [done, import_id],
            )
            cursor.execute("COMMIT")
    finally:
        aside.close()
