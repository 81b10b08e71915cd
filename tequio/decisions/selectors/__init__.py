"""Every read of decisions. Reading is open to all who take part; what hides is what voices said before mine."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet

from tequio.core.actor import Actor
from tequio.core.prepared import prepared, slot
from tequio.decisions.models import (
    STOPPING,
    Answer,
    CalendarKey,
    Elector,
    Objection,
    Outcome,
    Proposal,
    Round,
    State,
    Version,
)
from tequio.decisions.selectors.answering import asked as asked
from tequio.decisions.selectors.answering import given as given
from tequio.decisions.selectors.answering import hand_of as hand_of
from tequio.decisions.selectors.answering import held_voice as held_voice
from tequio.decisions.selectors.answering import lacks_more as lacks_more
from tequio.decisions.selectors.answering import round_now as round_now
from tequio.decisions.selectors.answering import speakers_for as speakers_for
from tequio.decisions.selectors.book import BOOK as BOOK
from tequio.decisions.selectors.book import book as book
from tequio.decisions.selectors.book import book_on as book_on
from tequio.decisions.selectors.book import in_force as in_force
from tequio.decisions.selectors.book import line_of as line_of
from tequio.decisions.selectors.book import tasks_of as tasks_of
from tequio.decisions.selectors.book import text_on as text_on
from tequio.decisions.selectors.carrying import Arriving as Arriving
from tequio.decisions.selectors.carrying import arriving as arriving
from tequio.decisions.selectors.carrying import came_from as came_from
from tequio.decisions.selectors.carrying import to_carry as to_carry
from tequio.decisions.selectors.circles import concerned_name as concerned_name
from tequio.decisions.selectors.counting import IN_RING as IN_RING
from tequio.decisions.selectors.counting import Seat as Seat
from tequio.decisions.selectors.counting import Standing as Standing
from tequio.decisions.selectors.counting import count_round as count_round
from tequio.decisions.selectors.counting import electorate as electorate
from tequio.decisions.selectors.counting import people_of as people_of
from tequio.decisions.selectors.counting import seats as seats
from tequio.decisions.selectors.counting import shows_answers as shows_answers
from tequio.decisions.selectors.counting import stopping as stopping
from tequio.decisions.selectors.counting import voices_that_answered as voices_that_answered
from tequio.decisions.selectors.counting import voices_to_ask as voices_to_ask
from tequio.decisions.selectors.following import EVALUATED as EVALUATED
from tequio.decisions.selectors.following import agreement as agreement
from tequio.decisions.selectors.following import due_unasked as due_unasked
from tequio.decisions.selectors.following import evaluations as evaluations
from tequio.decisions.selectors.following import taking_part as taking_part
from tequio.decisions.selectors.following import task as task
from tequio.decisions.selectors.following import tasks as tasks
from tequio.decisions.selectors.following import voice_to_record as voice_to_record
from tequio.decisions.selectors.following import voices_to_judge as voices_to_judge
from tequio.decisions.selectors.following import voices_to_record as voices_to_record
from tequio.decisions.selectors.live import choice_due as choice_due
from tequio.decisions.selectors.live import helping as helping
from tequio.decisions.selectors.live import live as live
from tequio.decisions.selectors.live import live_mark as live_mark
from tequio.decisions.selectors.live import loops as loops
from tequio.decisions.selectors.live import meeting_facts as meeting_facts
from tequio.decisions.selectors.live import under_test as under_test
from tequio.decisions.selectors.live import under_way_in_a_meeting
from tequio.decisions.selectors.mailed import link_of as link_of
from tequio.decisions.selectors.mailed import speaker as speaker
from tequio.decisions.selectors.open import MOST_OPEN as MOST_OPEN
from tequio.decisions.selectors.open import RULE as RULE
from tequio.decisions.selectors.open import counts as counts
from tequio.decisions.selectors.open import open_rounds as open_rounds
from tequio.decisions.selectors.open import result_of as result_of
from tequio.decisions.selectors.open import under_way as under_way
from tequio.decisions.selectors.proxies import carried as carried
from tequio.decisions.selectors.proxies import carried_voice as carried_voice
from tequio.decisions.selectors.proxies import member_to_carry as member_to_carry
from tequio.decisions.selectors.proxies import members_to_carry as members_to_carry
from tequio.decisions.selectors.proxies import proxies as proxies
from tequio.decisions.selectors.proxies import proxy as proxy
from tequio.decisions.selectors.proxies import votable as votable
from tequio.decisions.selectors.seeing import Seen, Sees, sees
from tequio.decisions.selectors.seeing import kept_entries as kept_entries
from tequio.decisions.selectors.seeing import read_among as read_among
from tequio.decisions.selectors.seeing import who_reads as who_reads
from tequio.decisions.selectors.talking import beside_columns, leave_out_kept
from tequio.decisions.selectors.voices import column as column
from tequio.decisions.selectors.voices import counted as counted
from tequio.decisions.selectors.voices import of_voice as of_voice
from tequio.decisions.selectors.voices import others_now as others_now
from tequio.decisions.selectors.voices import own as own
from tequio.decisions.selectors.voices import voice_now as voice_now
from tequio.decisions.selectors.voices import voices_now as voices_now
from tequio.decisions.selectors.voices import voices_today as voices_today
from tequio.decisions.selectors.voices import with_circle
from tequio.people.models import Participant
from tequio.register.models import Entry

PAGE = 30
DECIDED = (
    "number", "decided_at", "in_force_until", "version__title", "round__outcome__step", "circle__name",
)  # fmt: skip

_whole = Seen(
    lambda sees: (
        Proposal.objects.select_related(
            "version__before", "version__written_by", "round__outcome", "author", "owner"
        )
        .annotate(
            **beside_columns(sees),
            meets=Exists(under_way_in_a_meeting()),
            came_from=came_from(),
            helping=helping(),
        )
        .filter(sees(""), number=slot("number"))
    ),
    as_written=True,
)


def proposal(actor: Actor, number: int) -> Proposal | None:
    """The proposal with its text, the text before it, its round, its outcome, and what lies ``beside`` it."""
    found = _whole.first(actor, number=number)
    if found is not None and actor.unseen:
        leave_out_kept(actor, found)
    if found is not None:
        with_circle(actor, found)
    if found is not None and found.round is not None:
        found.round.proposal = found  # so that asking what the reader may do reads it no second time
        if found.round.version_id == found.version_id and found.version is not None:
            found.round.version = found.version
    return found


def draft(actor: Actor, number: int) -> Proposal | None:
    """The proposal with its text alone."""
    rows = Proposal.objects.select_related("version", "round", "circle")
    return rows.filter(sees(actor), number=number).first()


_objections = prepared(
    lambda: (
        Objection.objects.filter(proposal_id=slot("proposal"))
        .select_related("membership", "participant", "offered_in")
        .order_by("pk")
    )
)


def objections(actor: Actor, proposal: Proposal) -> list[Objection]:
    """The objections to a proposal, those that stop it first."""
    rows = _objections(proposal=proposal.pk)
    for one in rows:
        one.proposal = proposal
    return sorted(rows, key=lambda one: one.state not in STOPPING)


def objection(actor: Actor, number: int, objection_id: int) -> Objection | None:
    """One objection with its proposal and the text that it is about."""
    rows = Objection.objects.select_related(
        "membership", "participant", "proposal__version", "proposal__round", "proposal__circle", "round"
    )
    return rows.filter(sees(actor, "proposal__"), pk=objection_id, proposal__number=number).first()


def versions(actor: Actor, proposal: Proposal) -> QuerySet[Version]:
    """The texts that a proposal has had, the newest first."""
    return (
        Version.objects.filter(proposal=proposal).select_related("before", "written_by").order_by("-number")
    )


def version(proposal: Proposal, number: int) -> Version | None:
    """One text of a proposal, by its number."""
    return Version.objects.filter(proposal=proposal, number=number).first()


def newest(proposal: Proposal) -> Version | None:
    """The text of a proposal as it is now, whatever the row in hand says."""
    rows = Version.objects.filter(proposal=proposal).select_related("written_by")
    return rows.order_by("-number").first()


def _decided(sees: Sees) -> QuerySet[Proposal, Any]:
    rows = Proposal.objects.filter(sees(""), state=slot("state", CharField()), number__lt=slot("before"))
    shown: QuerySet[Proposal, Any] = rows.order_by("-number").values(*DECIDED)
    return shown[: PAGE + 1]


_decided_rows = Seen(_decided)


def decided(
    actor: Actor, *, words: str = "", state: str = State.ADOPTED, before: int | None = None
) -> list[dict[str, Any]]:
    """One page of agreements (or of what was not adopted), the newest first, one row more if there are more.

    ``words`` are looked for in every language of title, summary and text; ``before`` is the last number shown.
    """
    last = 2**31 if before is None else before
    if not words:
        return _decided_rows(actor, state=state, before=last)
    rows = Proposal.objects.filter(sees(actor), state=state, number__lt=last)
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(version__title__icontains=word)
            | Q(version__summary__icontains=word)
            | Q(version__body__icontains=word)
        )
    return list(rows.order_by("-number").values(*DECIDED)[: PAGE + 1])


def record(actor: Actor, number: int, round_number: int | None = None) -> Outcome | None:
    """The record of a decision's last closed round, or of the round of that number."""
    rows = Outcome.objects.filter(sees(actor, "round__proposal__"), round__proposal__number=number)
    if round_number is not None:
        rows = rows.filter(round__number=round_number)
    rows = rows.select_related(
        "round__proposal__version", "round__version", "round__proposal__owner", "round__circle", "decided_by"
    )
    return rows.order_by("-round__number").first()


def rounds_of(actor: Actor, proposal: Proposal) -> QuerySet[Round]:
    """The rounds of a proposal, the first one first."""
    return Round.objects.filter(proposal=proposal).select_related("version", "outcome").order_by("number")


def earlier_answers(actor: Actor, round: Round) -> list[tuple[str, str]]:
    """What the reader's own voice had answered before it changed its answer: (position, words)."""
    rows = Answer.objects.filter(elector__round=round, **_elector_of(actor, round))
    return list(rows.exclude(changes=None).values_list("changes__position", "changes__concern"))


def _elector_of(actor: Actor, round: Round) -> dict[str, int]:
    return {f"elector__{column(round.by_person)}_id": own(actor, round)}


def calendar_key(actor: Actor) -> CalendarKey | None:
    """The reader's own calendar, if they asked for one."""
    if actor.participant_id is None:
        return None
    return CalendarKey.objects.filter(participant_id=actor.participant_id, revoked_at=None).first()


def calendar_of(nonce: str) -> CalendarKey | None:
    """The calendar that a secret opens, with whose it is, or None once revoked or once they left."""
    rows = CalendarKey.objects.select_related("participant__person")
    return rows.filter(nonce=nonce, revoked_at=None, participant__until_on=None).first()


def deadlines(participant: Participant) -> list[Round]:
    """The open rounds in which somebody or their member has a voice, the nearest deadline first; ``answered`` if given."""
    voice = Q(membership_id=participant.membership_id or 0) | Q(participant=participant)
    mine = Elector.objects.filter(voice, round=OuterRef("pk"))
    rows = Round.objects.filter(closed_at=None).select_related("version", "proposal")
    rows = rows.annotate(answered=Exists(mine.filter(answer__isnull=False))).filter(Exists(mine))
    return list(rows.order_by("closes_at", "pk")[:200])


def entry_of(outcome: Outcome) -> Entry | None:
    """The register's entry that keeps a record, with its number if it has one already."""
    entry_id = outcome.tie_entry_id or outcome.entry_id
    return Entry.objects.select_related("leaf").filter(pk=entry_id).first() if entry_id else None
