"""What the clock starts: counting people once a month, and reading every night what members said."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.atlas import services
from tequio.atlas.services.prospects import Speaker, read_everybody, read_reply, read_speaker
from tequio.core.jobs import job_scope
from tequio.networks.models import Network, Stage
from tequio.surveys.models import Reply

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.periodic(cron="50 4 * * *")
@app.task(name="tequio.atlas.tasks.daily", retry=PATIENT, queueing_lock="atlas.daily")
def daily(timestamp: int) -> None:
    """Every day, see whether a network's people are to be counted; it happens once a month."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        census_of.defer(network_id=network_id)


@app.task(name="tequio.atlas.tasks.census_of", retry=PATIENT)
def census_of(*, network_id: int) -> None:
    """Count the people of one network, where a month has begun."""
    with job_scope(network_id):
        network = Network.objects.get(pk=network_id)
        services.take_census(network=network)
        services.count_showcase(network=network)


@app.periodic(cron="40 3 * * *")
@app.task(name="tequio.atlas.tasks.nightly", retry=PATIENT, queueing_lock="atlas.nightly")
def nightly(timestamp: int) -> None:
    """Every night, read what the members of each network said, also in surveys."""
    for network_id in Network.objects.exclude(stage=Stage.CLOSED).values_list("pk", flat=True):
        read_members_of.defer(network_id=network_id)


@app.task(name="tequio.atlas.tasks.read_members_of", retry=PATIENT)
def read_members_of(*, network_id: int) -> None:
    """Read what members of one network and those beyond said, so that matching finds it."""
    with job_scope(network_id):
        read_everybody()


@app.task(name="tequio.atlas.tasks.read_answers", retry=PATIENT)
def read_answers(*, network_id: int, reply_id: int) -> None:
    """Read one reply to a survey, which was just sent or changed."""
    with job_scope(network_id):
        found = Reply.objects.filter(pk=reply_id).first()
        if found is not None:
            read_reply(reply=found)


@app.task(name="tequio.atlas.tasks.read_again", retry=PATIENT)
def read_again(*, network_id: int, speaker: dict[str, int]) -> None:
    """Read anew what somebody said of whom an answer was erased."""
    with job_scope(network_id):
        read_speaker(speaker=Speaker(**speaker))
