"""What founding does in jobs."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.scoping import network_scope
from tequio.founding import services
from tequio.founding.models import Document


@app.task(name="tequio.founding.tasks.make_document", retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def make_document(*, network_id: int, document_id: int) -> None:
    """Make a document of the charter."""
    with network_scope(network_id):
        if found := Document.objects.filter(pk=document_id).first():
            services.make_document(document=found)
