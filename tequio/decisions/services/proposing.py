"""Writing a proposal and changing it before anybody was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts, say
from tequio.decisions import access, events
from tequio.decisions.models import PARTS, Proposal, Version
from tequio.decisions.rules import Kind, Matter, months_after
from tequio.governance import selectors as governance
from tequio.governance.access import open_matter
from tequio.governance.models import Circle
from tequio.people.models import Participant

NUMBERING = 20_484


class Overtaken(Refused):
    """Somebody changed the text while the actor was writing: nothing is kept of one by losing the other."""


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
    answers_shown: str = "",
    circle: Circle | None = None,
    touches: Texts | None = None,
) -> Proposal:
    """Write a proposal down, with the next number of the network. Source: GOV-01, GOV-28.

    ``review_on`` defaults to a year from today, ``owner`` to who writes it, ``answers_shown`` to what the network agreed;
    inside a ``circle`` it ``touches`` a part of what the circle decides alone. Raises Refused without a title or a
    summary, and for what is not the circle's. Source: GOV-11.
    """
    access.propose.require(by)
    if circle is not None:
        access.propose_inside.require(by, circle, governance.standing(by, circle))
        if kind not in (Kind.GENERAL, Kind.REMOVAL):
            raise Refused(_("The whole network decides this, not a circle."))
        if kind == Kind.GENERAL:
            _require_domain(circle, touches)
    elif kind == Kind.GENERAL:
        _require_ring(by, matter)
    _require_words(title, summary)
    proposal = Proposal.objects.create(
        number=_next_number(by.network_id),
        kind=Kind(kind).value,
        subject=subject,
        matter=Matter(matter).value,
        circle=circle,
        touches=dict(touches or {}),
        leading_team=leading_team or (say(circle.name)[:120] if circle else ""),
        author=_participant(by),
        owner=owner or _participant(by),
        review_on=review_on or months_after(clock.today(), 12),
        term_months=term_months,
        answers_shown=answers_shown,
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
        **({"circle": circle.uuid, "touches": proposal.touches} if circle else {}),
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
    owner: Participant | None = None,
    answers_shown: str = "",
    base: int | None = None,
    touches: Texts | None = None,
) -> Proposal:
    """Change a proposal on which no round was opened yet; the text before stays readable.

    ``base`` is the number of the version that the actor started from; raises Overtaken when there is a newer one.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    access.change_proposal.require(by, proposal)
    if proposal.circle is not None and touches is not None and proposal.kind == Kind.GENERAL:
        _require_domain(proposal.circle, touches)
        proposal.touches = dict(touches)
    require_base(proposal=proposal, base=base)
    _require_words(title, summary)
    proposal.owner = owner or proposal.owner
    proposal.answers_shown = answers_shown
    proposal.matter = Matter(matter).value
    proposal.leading_team = leading_team or (proposal.leading_team if proposal.circle_id else "")
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


def require_base(*, proposal: Proposal, base: int | None) -> None:
    """Raise Overtaken when the text is not the one that was the base any more."""
    if base is not None and proposal.version is not None and proposal.version.number != base:
        raise Overtaken(
            _(
                "Somebody changed the text while you were writing. Both texts are here: join them, and keep yours."
            )
        )


@transaction.atomic
def translate_proposal(
    *, by: Actor, proposal: Proposal, language: str, texts: Mapping[str, str], base: int | None = None
) -> Proposal:
    """Write parts of a proposal in one more language, before its round opens.

    Whoever takes part can fill in what is missing; who leads the proposal can also mend what is there. Raises Refused
    when it would change other words, Overtaken when the text changed meanwhile. Source: XCT-01, P10.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    access.translate_proposal.require(by, proposal)
    require_base(proposal=proposal, base=base)
    old = proposal.version
    assert old is not None
    given = {name: text.strip() for name, text in texts.items() if name in PARTS and text.strip()}
    mends = [name for name in given if getattr(old, name).get(language, given[name]) != given[name]]
    if mends and not access.leads(by, proposal):
        raise Refused(_("These words are written already: who leads the proposal can change them."))
    new: dict[str, Any] = {
        name: {**getattr(old, name), **({language: given[name]} if name in given else {})} for name in PARTS
    }
    if all(new[name] == getattr(old, name) for name in PARTS):
        return proposal
    version = write_version(by=by, proposal=proposal, **new)
    events.translated.record(
        proposal, by=by, uuid=proposal.uuid, number=proposal.number, title=version.title, language=language,
        version=version.number,
    )  # fmt: skip
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


def _require_ring(by: Actor, matter: Matter) -> None:
    """Refuse whom the network's rings do not let open a matter; while it named none, nobody. Source: GOV-22."""
    if rights := governance.ring_rights():
        ring = governance.ring_of_actor(by)
        open_matter.require(by, Matter(matter).value, ring, rights)


def _require_domain(circle: Circle, touches: Texts | None) -> None:
    """Refuse what is not the circle's to decide: it goes to the circle around it. Source: GOV-11, GOV-15, C2."""
    parts = [part.texts for part in governance.free_parts(circle)]
    if parts and dict(touches or {}) not in parts:
        raise Refused(_("This is not for the circle to decide. Bring it to the circle around it."))


def _require_words(title: Texts, summary: Texts) -> None:
    if not any(title.values()) or not any(summary.values()):
        raise Refused(_("A proposal has a title and a summary, in one language at least."))


def _next_number(network_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERING, network_id % 2**31])
    last: int | None = Proposal.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
