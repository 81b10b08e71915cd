"""Copies of a network that the coordination downloads: asked for, made by a job, deleted after some days."""

import tempfile
from datetime import timedelta

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from tequio.archive import access, events, selectors
from tequio.archive.models import UNDER_WAY, Copy, CopyKind, CopyState
from tequio.archive.services import exporting
from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.register.events import ref_of

DAYS = timedelta(days=3)
GIVEN_UP = timedelta(days=1)  # so long after it was asked for, no job makes a copy any more


@transaction.atomic
def ask_for_copy(*, by: Actor, network: Network, kind: str = CopyKind.PRIVATE) -> Copy:
    """Ask for a copy of the network; one that is under way is not made twice. Every member reads that it was asked.

    Raises Refused for a whole copy while names in an election are sealed.
    """
    access.copy.require(by)
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)  # two at once ask for the same copy
    under_way = Copy.objects.filter(kind=kind, state__in=UNDER_WAY).first()
    if under_way is not None:
        return under_way
    exporting.require_nothing_sealed(network=network, kind=kind)
    copy = Copy.objects.create(
        kind=CopyKind(kind).value,
        asked_by=Participant.objects.get(pk=by.participant_id) if by.participant_id else None,
        asked_at=clock.now(),
    )
    event = events.copied if kind == CopyKind.PRIVATE else events.copied_in_public
    event.record(network, by=by, copy=copy.uuid)
    jobs.configure_task("tequio.archive.tasks.make_copy").defer(network_id=network.pk, copy_id=copy.pk)
    return copy


def make_copy(*, network: Network, copy_id: int) -> None:
    """Make a copy that was asked for; a second run of the same job finds it made. Opens transactions of its own."""
    with network_scope(network.pk):
        copy = Copy.objects.select_for_update().filter(pk=copy_id, state__in=UNDER_WAY).first()
        if copy is None:
            return
        Copy.objects.filter(pk=copy_id).update(state=CopyState.MAKING)
    with tempfile.TemporaryFile() as out:
        try:
            digest = exporting.write(network=network, kind=copy.kind, out=out)
        except Refused:
            _end(network, copy_id, state=CopyState.FAILED)
            return
        size = out.tell()
        out.seek(0)
        default_storage.delete(copy.path)
        default_storage.save(copy.path, File(out))
    with network_scope(network.pk):
        _keep(network, copy_id, digest=digest, size=size)


def _end(network: Network, copy_id: int, *, state: str) -> None:
    with network_scope(network.pk):
        Copy.objects.filter(pk=copy_id).update(state=state)


def _keep(network: Network, copy_id: int, *, digest: str, size: int) -> None:
    now = clock.now()
    Copy.objects.filter(pk=copy_id).update(
        state=CopyState.MADE, digest=digest, size=size, made_at=now, expires_at=now + DAYS
    )
    copy = Copy.objects.select_related("asked_by").get(pk=copy_id)
    if copy.asked_by:
        notify.ask(
            person_id=copy.asked_by.person_id,
            kind="archive",
            title=_("The copy of the network is ready"),
            why=_("Download it within three days. Then it is deleted here."),
            minutes=2,
            path=reverse("archive:copies", args=[network.slug]),
            subject=ref_of(copy),
            due_at=copy.expires_at,
            handable=False,
        )


@transaction.atomic
def forget_old_copies() -> int:
    """Delete the copies of the current network whose days are over, and return how many there were.

    One that could not be made within a day is given up, so that another can be asked for.
    """
    late = Copy.objects.filter(state__in=UNDER_WAY, asked_at__lte=clock.now() - GIVEN_UP)
    late.update(state=CopyState.FAILED)
    old = selectors.expired(now=clock.now())
    for copy in old:
        default_storage.delete(copy.path)
        notify.close_asks(subject=ref_of(copy), because=notify.Closed.OVER)
    Copy.objects.filter(pk__in=[copy.pk for copy in old]).update(state=CopyState.GONE)
    return len(old)
