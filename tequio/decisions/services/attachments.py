"""Files beside a proposal, known by their content, and what a proposal is related to."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock, documents, files
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events
from tequio.decisions.models import Attachment, Proposal, Relation
from tequio.decisions.selectors import talking
from tequio.people.models import Participant

MOST_FILES = 12
APP = "decisions"


class Unfit(Refused):
    """What was sent cannot be kept as it is; the message says what to do."""


@transaction.atomic
def attach(
    *, by: Actor, proposal: Proposal, label: str, content: bytes, language: str = "", name: str = ""
) -> Attachment:
    """Put a file beside a proposal before its round opens; the register keeps its SHA-256.

    What a photo, a PDF or an office document tells of who made it is not kept. ``name`` is what it was called where it
    came from: it is read, and not kept. Raises Refused for what is too large or no sort of file that is taken, and
    ``Unfit`` for what cannot be read.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    access.attach.require(by, proposal)
    kind = files.format_of(content, name=name)
    _require_room(proposal, kind, len(content))
    content = _plain(content, kind or "")
    held = files.keep(network_id=proposal.network_id, app=APP, content=content)
    known = Attachment.objects.filter(proposal=proposal, sha256=held.sha256).first()
    if known is not None:
        return known
    kept = Attachment.objects.create(
        proposal=proposal, label=" ".join(label.split()), language=language, format=kind or "", size=len(content),
        sha256=held.sha256, content=held.name, added_by=Participant.objects.get(pk=by.participant_id or 0), added_at=clock.now(),
    )  # fmt: skip
    events.attached.record(kept, by=by, **_facts(proposal, kept))
    return kept


def _plain(content: bytes, kind: str) -> bytes:
    """Return the file without what it tells of person, place, device and time. Source: XCT-02."""
    try:
        return documents.plain(content, kind=kind)
    except documents.Locked:
        raise Unfit(
            _("This document opens with a password only. Save it without one and send it once more.")
        ) from None
    except documents.Unreadable:
        raise Unfit(_("This file cannot be read to its end. Save it again and send it once more.")) from None


def _require_room(proposal: Proposal, kind: str | None, size: int) -> None:
    if kind is None:
        raise Refused(_("This sort of file is not taken."))
    if size > files.LARGEST:
        raise Refused(_("The file is too large."))
    if Attachment.objects.filter(proposal=proposal).count() >= MOST_FILES:
        raise Refused(_("A proposal holds 12 files at most."))


@transaction.atomic
def detach(*, by: Actor, attachment: Attachment) -> None:
    """Take a file away before the round opens; the register remembers which one it was."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=attachment.proposal_id)
    access.attach.require(by, proposal)
    attachment = Attachment.objects.get(pk=attachment.pk)
    events.detached.record(attachment, by=by, **_facts(proposal, attachment))
    attachment.delete()
    if not Attachment.objects.filter(sha256=attachment.sha256).exists():
        transaction.on_commit(partial(files.drop, name=str(attachment.content.name)))


def _facts(proposal: Proposal, kept: Attachment) -> dict[str, Any]:
    return {
        "uuid": proposal.uuid, "number": proposal.number, "label": kept.label, "language": kept.language,
        "format": kept.format, "size": kept.size, "sha256": kept.sha256,
    }  # fmt: skip


@transaction.atomic
def relate(*, by: Actor, proposal: Proposal, source: str, key: str) -> Relation:
    """Relate a proposal to an earlier decision, or to something that an app above offers, such as an article.

    Raises Refused when there is no such thing.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    access.relate.require(by, proposal)
    title = talking.related_title(by, proposal, source=source, key=key)
    if title is None:
        raise Refused(_("There is nothing of this name to relate it to."))
    found, new = Relation.objects.get_or_create(
        proposal=proposal, source=source, key=key,
        defaults={
            "title": dict(title), "related_by": Participant.objects.get(pk=by.participant_id or 0),
            "related_at": clock.now(),
        },
    )  # fmt: skip
    if new:
        events.related.record(
            found,
            by=by,
            uuid=proposal.uuid,
            number=proposal.number,
            title=found.title,
            source=source,
            key=key,
        )
    return found


@transaction.atomic
def unrelate(*, by: Actor, relation: Relation) -> None:
    """Take a relation away."""
    proposal = Proposal.objects.get(pk=relation.proposal_id)
    access.relate.require(by, proposal)
    events.unrelated.record(
        relation, by=by, uuid=proposal.uuid, number=proposal.number, title=relation.title,
        source=relation.source, key=relation.key,
    )  # fmt: skip
    relation.delete()
