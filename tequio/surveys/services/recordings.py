"""The sound of an interview, or where its paper lies: kept with the reply, without what a phone wrote into it."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock, files, sounds
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.pictures import Unreadable
from tequio.surveys import access, events
from tequio.surveys.models import Recording, Reply

APP = "surveys"
MOST = 12


@transaction.atomic
def keep_sound(*, by: Actor, reply: Reply, content: bytes) -> Recording:
    """Keep the sound of an interview; raises Refused for what is too large or no sound that is taken."""
    access.hear.require(by, reply)
    _require_room(reply)
    if len(content) > files.LARGEST:
        raise Refused(_("The file is too large."))
    try:
        kind, plain = sounds.plain(content)
    except Unreadable:
        raise Refused(_("This is no sound that is taken. Send it as MP3, OGG, M4A or WAV.")) from None
    held = files.keep(network_id=reply.network_id, app=APP, content=plain)
    known = Recording.objects.filter(reply=reply, sha256=held.sha256).first()
    if known is not None:
        return known
    return _written(
        by,
        Recording(reply=reply, format=kind, size=len(plain), sha256=held.sha256, content=held.name),
    )


@transaction.atomic
def cite_source(*, by: Actor, reply: Reply, cited: str) -> Recording:
    """Write down where the paper or the sound of an interview lies, which stays there."""
    access.hear.require(by, reply)
    _require_room(reply)
    return _written(by, Recording(reply=reply, cited=" ".join(cited.split())[:200]))


def _written(by: Actor, recording: Recording) -> Recording:
    assert by.participant_id is not None  # the platform itself hears nobody
    recording.added_by_id, recording.added_at = by.participant_id, clock.now()
    recording.save()
    survey = recording.reply.survey
    events.recording_added.record(recording, by=by, title=survey.title, sha256=recording.sha256)
    return recording


def _require_room(reply: Reply) -> None:
    if Recording.objects.filter(reply=reply).count() >= MOST:
        raise Refused(_("An interview holds 12 sounds and papers at most."))


@transaction.atomic
def drop_recording(*, by: Actor, recording: Recording) -> None:
    """Take a sound away, or the line that says where it lies."""
    reply = recording.reply
    access.hear.require(by, reply)
    events.recording_dropped.record(recording, by=by, title=reply.survey.title)
    _drop(recording)


@transaction.atomic
def drop_sounds(*, reply: Reply) -> None:
    """Let go of every sound of a reply that goes."""
    for recording in Recording.objects.filter(reply=reply):
        _drop(recording)


def _drop(recording: Recording) -> None:
    """Take a row away, and its file once no other row speaks of it."""
    name, sha256 = str(recording.content.name or ""), recording.sha256
    recording.delete()
    if name and not Recording.objects.filter(sha256=sha256).exists():
        transaction.on_commit(partial(files.drop, name=name))
