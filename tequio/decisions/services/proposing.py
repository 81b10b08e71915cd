"""Writing a proposal and changing it before anybody was asked."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.decisions import access, events
from tequio.decisions.models import Proposal, Version
from tequio.decisions.rules import Kind, Matter, months_after
from tequio.people.models import Participant

NUMBERING = 20_484


@transaction.atomic
def propose(
    *,
    by: Actor,
    title: Texts,
    summary: Texts,
    body: Texts,
    matter: Matter,
    leading_team: str = "",
    owner: Participant | None = None,
    review_on: date | None = None,
    kind: str = Kind.GENERAL,
    subject: str = "",
    term_months: int | None = None,
    cost_now: Texts | None = None,
    cost_then: Texts | None = None,
) -> Proposal:
    """Write a proposal down, with the next number of the network. Source: GOV-01, GOV-28.

    ``review_on`` defaults to a year from today; raises Refused without a title or a summary.
    """
    access.propose.require(by)
    _require_words(title, summary)
    proposal = Proposal.objects.create(
        number=_next_number(by.network_id),
        kind=Kind(kind).value,
        subject=subject,
        matter=Matter(matter).value,
        leading_team=leading_team,
        author=_participant(by),
        owner=owner or _participant(by),
        review_on=review_on or months_after(clock.today(), 12),
        term_months=term_months,
        proposed_at=clock.now(),
    )
    write_version(
        by=by,
        proposal=proposal,
        title=title,
        summary=summary,
        body=body,
        cost_now=cost_now,
        cost_then=cost_then,
    )
    events.proposed.record(
        proposal,
        by=by,
        uuid=proposal.uuid,
        number=proposal.number,
        kind=proposal.kind,
        subject=subject,
        title=title,
    )
    return proposal


@transaction.atomic
def change_proposal(
    *,
    by: Actor,
    proposal: Proposal,
    title: Texts,
    summary: Texts,
    body: Texts,
    matter: Matter,
    leading_team: str = "",
    review_on: date | None = None,
    term_months: int | None = None,
    cost_now: Texts | None = None,
    cost_then: Texts | None = None,
) -> Proposal:
    """Change a proposal on which no round was opened yet; the text before stays readable."""
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    access.change_proposal.require(by, proposal)
    _require_words(title, summary)
    proposal.matter = Matter(matter).value
    proposal.leading_team = leading_team
    proposal.review_on = review_on or proposal.review_on
    proposal.term_months = term_months
    proposal.save()
    write_version(
        by=by,
        proposal=proposal,
        title=title,
        summary=summary,
        body=body,
        cost_now=cost_now,
        cost_then=cost_then,
    )
    events.changed.record(proposal, by=by, uuid=proposal.uuid, number=proposal.number, title=title)
    return proposal


def write_version(
    *,
    by: Actor,
    proposal: Proposal,
    title: Texts,
    summary: Texts,
    body: Texts,
    why: str = "",
    cost_now: Texts | None = None,
    cost_then: Texts | None = None,
) -> Version:
    """Put a new text in the place of the current one, which it remembers."""
    before = proposal.version
    version = Version.objects.create(
        proposal=proposal,
        number=before.number + 1 if before else 1,
        title=dict(title),
        summary=dict(summary),
        body=dict(body),
        cost_now=dict(cost_now or {}),
        cost_then=dict(cost_then or {}),
        why=why,
        before=before,
        written_by=_participant(by),
        written_at=clock.now(),
    )
    proposal.version = version
    proposal.save()
    return version


def _participant(by: Actor) -> Participant | None:
    return Participant.objects.get(pk=by.participant_id) if by.participant_id else None


def _require_words(title: Texts, summary: Texts) -> None:
    if not any(title.values()) or not any(summary.values()):
        raise Refused(_("A proposal has a title and a summary, in one language at least."))


def _next_number(network_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERING, network_id % 2**31])
    last: int | None = Proposal.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
