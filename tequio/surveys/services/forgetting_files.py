"""Files of answers that still wait, when somebody asks to be forgotten: one that holds their address is put away.

Whoever brought it is told, without the address: the table is with them, and they can bring it again without that row.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.notify import services as notify
from tequio.surveys import access
from tequio.surveys.formats.answers.files import holds
from tequio.surveys.models import Batch, Stage, Survey
from tequio.surveys.services.importing import wait_for_writer

FORGOTTEN = "forgotten"  # the reason that the page of the file gives


@transaction.atomic
def put_away_files(*, by: Actor, email: str, survey: Survey | None = None) -> int:
    """Put away each file that waits and holds an address, of one survey or of the network; return how many."""
    rows = Batch.objects.exclude(content=None).select_related("network", "survey", "by__person")
    waiting = rows if survey is None else rows.filter(survey=survey)
    return sum(_put_away(by, batch, email) for batch in waiting if holds(bytes(batch.content or b""), email))


def _put_away(by: Actor, batch: Batch, email: str) -> int:
    """Put one away; one that is being written is written first, and its answers are found where answers are."""
    access.forget.require(by, batch.survey)
    wait_for_writer(batch=batch)
    found = Batch.objects.filter(pk=batch.pk).exclude(content=None)
    changed = found.update(
        stage=Stage.DROPPED, content=None, report={"reason": FORGOTTEN}, done_at=clock.now()
    )
    if changed and batch.by.until_on is None and batch.by.person.email.casefold() != email.casefold():
        _tell(batch)
    return changed


def _tell(batch: Batch) -> None:
    person = batch.by.person
    page = reverse("surveys:import", args=[batch.network.slug, batch.survey.slug, batch.uuid])
    notify.mail(
        person_id=person.pk,
        address=person.email,
        language=person.language,
        kind="survey",
        template="surveys/mail/put_away",
        context={
            "title": say(batch.survey.title, person.language),
            "link": settings.ORIGIN.rstrip("/") + page,
        },
        key=f"surveys.put_away:{batch.uuid}",
    )
