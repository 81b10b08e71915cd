"""What founding does in jobs."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.jobs import job_scope
from tequio.founding import services
from tequio.founding.models import Document, Workshop
from tequio.founding.services import workshop_time
from tequio.networks.models import Network, Stage

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


@app.task(name="tequio.founding.tasks.make_document", retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def make_document(*, network_id: int, document_id: int) -> None:
    """Make a document of the charter."""
    with job_scope(network_id):
        if found := Document.objects.filter(pk=document_id).first():
            services.make_document(document=found)


@app.task(name="tequio.founding.tasks.remind_to_mark", retry=PATIENT)
def remind_to_mark(*, network_id: int, workshop_id: int) -> None:
    """Remind, once, those who have not marked what comes first after a workshop; not in a network that was closed."""
    if network := Network.objects.filter(pk=network_id).exclude(stage=Stage.CLOSED).first():
        with job_scope(network_id):
            if found := Workshop.objects.filter(pk=workshop_id).first():
                workshop_time.remind_to_mark(network=network, workshop=found)


@app.task(name="tequio.founding.tasks.ask_to_sign", retry=PATIENT)
def ask_to_sign(*, network_id: int, workshop_id: int) -> None:
    """Ask for the signature under an order whose time is over; not in a network that was closed."""
    if network := Network.objects.filter(pk=network_id).exclude(stage=Stage.CLOSED).first():
        with job_scope(network_id):
            if found := Workshop.objects.filter(pk=workshop_id).first():
                workshop_time.ask_to_sign(network=network, workshop=found)
