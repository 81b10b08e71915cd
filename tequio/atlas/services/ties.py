"""Saying with whom one works: one side says it, the other confirms it, and either undoes it."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.atlas import access, events
from tequio.atlas.models import Tie, TieState
from tequio.atlas.selectors.ties import acting_for, own_organization
from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Organization

TITLE = gettext_lazy("Another organization says that you work together: is it so?")
OPEN = (TieState.ASKED, TieState.AGREED)


@transaction.atomic
def declare_tie(
    *,
    by: Actor,
    network: Network,
    other: Organization,
    what: str,
    language: str,
    since_on: date | None = None,
    public: bool = False,
) -> Tie:
    """Say that one's own organization works with another; its people are asked whether it is so."""
    own = own_organization(by)
    access.declare_tie.require(by, own, other)
    if own is None:
        raise Refused(_("You do not act for an organization here."))
    between = Tie.objects.filter(Q(one=own, other=other) | Q(one=other, other=own), state__in=OPEN)
    if between.exists():
        raise Refused(_("This is written down already, or waits for an answer."))
    asked = list(acting_for(other).values_list("person_id", flat=True))
    if not asked:
        raise Refused(_("Nobody takes part for this organization who could confirm it."))
    tie = Tie.objects.create(
        one=own, other=other, what=what.strip(), language=language, since_on=since_on, public=public,
        declared_by_id=by.participant_id or 0, declared_at=clock.now(),
    )  # fmt: skip
    events.tie_declared.record(tie, by=by)
    path = reverse("atlas:answer-tie", args=[network.slug, tie.uuid])
    notify.ask_each(
        person_ids=asked, kind="tie", title=TITLE, minutes=1, path=path, subject=_subject(tie), handable=False
    )
    return tie


def _subject(tie: Tie) -> str:
    return f"atlas.Tie:{tie.uuid}"


@transaction.atomic
def answer_tie(*, by: Actor, tie: Tie, agree: bool) -> Tie:
    """Confirm what another organization said, or not; of a no, nobody else learns."""
    kept = _locked(tie)
    access.answer_tie.require(by, kept)
    kept.state = TieState.AGREED if agree else TieState.DECLINED
    kept.answered_by_id, kept.answered_at = by.participant_id, clock.now()
    if not agree:
        kept.what = ""
    kept.save(update_fields=["state", "what", "answered_by", "answered_at"])
    notify.close_asks(subject=_subject(kept))
    if agree:
        events.tie_agreed.record(kept, by=by, name=kept.one.name, other=kept.other.name, uuid=kept.uuid)
    else:
        events.tie_declined.record(kept, by=by)
    return kept


@transaction.atomic
def end_tie(*, by: Actor, tie: Tie) -> Tie:
    """Undo it from either side; what was not yet confirmed is taken back, and its words go."""
    kept = _locked(tie)
    access.end_tie.require(by, kept)
    waiting = kept.state == TieState.ASKED
    kept.state, kept.ended_at = TieState.TAKEN_BACK if waiting else TieState.ENDED, clock.now()
    kept.what = "" if waiting else kept.what
    kept.save(update_fields=["state", "what", "ended_at"])
    notify.close_asks(subject=_subject(kept))
    if waiting:
        events.tie_taken_back.record(kept, by=by)
    else:
        events.tie_ended.record(kept, by=by, name=kept.one.name, other=kept.other.name, uuid=kept.uuid)
    return kept


def _locked(tie: Tie) -> Tie:
    rows = Tie.objects.select_for_update(of=("self",)).select_related("one", "other")
    return rows.get(pk=tie.pk)
