"""What the group finds of an objection, and what happens when a text goes round and round. Source: GOVERNANCE 1.2, 4.3."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.decisions import access, events, rules, selectors
from tequio.decisions.models import (
    Choice,
    Judgement,
    Objection,
    ObjectionState,
    Outcome,
    Proposal,
    Round,
    RoundKind,
    State,
)
from tequio.decisions.rules import Matter
from tequio.decisions.rules.machine import WayOut, qualifies
from tequio.decisions.services.amending import ask_again, latest_round
from tequio.decisions.services.holding import hold
from tequio.decisions.services.proposing import propose
from tequio.decisions.services.rounds import close_if_complete, start
from tequio.governance import selectors as structure
from tequio.governance import services as governance
from tequio.governance.models import Circle
from tequio.governance.rules import Kind
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.register.events import ref_of

HELPS_DAYS = 30
HELPS = gettext_lazy("Help with: %(title)s")
HELPS_HOW = gettext_lazy(
    "Write a new text of proposal %(number)s, “%(title)s”, that all can live with, and bring it back."
)
HELPS_WHY = gettext_lazy("You are in the helping circle. Meet, write a new text, and bring it back.")
ANOTHER_WAY = gettext_lazy("How do we decide: %(title)s?")
ANOTHER_WAY_WHY = gettext_lazy("We went round three times without consent. Which other way do we agree on?")


@transaction.atomic
def judge(*, by: Actor, objection: Objection, harms: bool, words: str = "") -> Judgement:
    """Say whether an objection names a harm to the aim; only where the group tests them, one at a time.

    It counts as soon as one other voice says so, and falls only when all the others say, with their reasons, that it
    names none. Source: GOVERNANCE 1.2 (S3).
    """
    round = hold(round=latest_round(proposal_id=objection.proposal_id))
    objection = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("proposal", "membership", "participant")
        .get(pk=objection.pk)
    )
    access.judge.require(by, objection, round)
    first = selectors.under_test(round)
    if first is None or first.pk != objection.pk:
        raise Refused(_("The group looks at one objection at a time, in the order in which they came."))
    if not harms and not words.strip():
        raise Refused(_("Say why you see no harm: it goes into the record."))
    voice = selectors.of_voice(round, selectors.own(by, round))
    given, _new = Judgement.objects.update_or_create(
        objection=objection, **voice,
        defaults={
            "qualifies": harms, "words": words.strip()[:500], "given_name": by.name, "given_at": clock.now(),
            "given_by": Participant.objects.filter(pk=by.participant_id or 0).first(),
        },
    )  # fmt: skip
    events.judged.record(
        given, by=by, member=given.voice_name, objector=objection.voice_name, qualifies=harms,
        number=objection.proposal.number, title=round.version.title,
    )  # fmt: skip
    find(by=by, objection=objection, round=round)
    return given


def find(*, by: Actor, objection: Objection, round: Round) -> None:
    """Write down what the group finds, once it has."""
    asked = round.electors.filter(selectors.counted(round.by_person))
    others = {one.voice_id for one in asked} - {objection.voice_id}
    said = {str(one.voice_id): one.qualifies for one in Judgement.objects.filter(objection=objection)}
    found = qualifies(said, frozenset(map(str, others)))
    if found is None:
        return
    objection.found = found
    if not found:
        objection.state, objection.settled_at = ObjectionState.NOT_QUALIFIED, clock.now()
    objection.save()
    event = events.found_harm if found else events.found_no_harm
    event.record(
        objection, by=by, member=objection.voice_name, number=objection.proposal.number,
        title=round.version.title,
    )  # fmt: skip
    if not found and round.takes_answers(clock.now()):
        close_if_complete(round=round)


@transaction.atomic
def choose_way_out(
    *, by: Actor, proposal: Proposal, way: WayOut, reason: str, months: int | None = None
) -> Choice:
    """Choose, with a reason, how it goes on after a text went round three times and is still objected to.

    A helping circle opens and works on it, or a new round asks about a shorter term (``months``), or a proposal asks for another
    way to decide, or what the charter says without consent: a vote where there are votes, else nothing changes.
    """
    hold(round=latest_round(proposal_id=proposal.pk))
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("version", "round", "circle")
        .get(pk=proposal.pk)
    )
    access.choose_way_out.require(by, proposal, selectors.loops(proposal))
    if not reason.strip():
        raise Refused(_("Say why: the reason goes into the record."))
    choice = Choice.objects.create(
        proposal=proposal, way=WayOut(way).value, reason=reason.strip()[:500],
        after_round=latest_round(proposal_id=proposal.pk).number, chosen_name=by.name, chosen_at=clock.now(),
        chosen_by=Participant.objects.filter(pk=by.participant_id or 0).first(),
    )  # fmt: skip
    assert proposal.version is not None
    events.way_chosen.record(
        choice, by=by, uuid=proposal.uuid, number=proposal.number, title=proposal.version.title, way=choice.way,
        reason=choice.reason,
    )  # fmt: skip
    if choice.way == WayOut.HELPING_CIRCLE:
        choice.circle = _open_helping_circle(by, proposal)
        choice.save(update_fields=["circle"])
    elif choice.way == WayOut.SHORTER_TERM:
        _shorten(by, proposal, months)
    elif choice.way == WayOut.OTHER_METHOD:
        choice.follow_up = _ask_for_another_way(by, proposal)
        choice.save(update_fields=["follow_up"])
    elif choice.way == WayOut.FALLBACK:
        _fall_back(by, proposal)
    return choice


def _open_helping_circle(by: Actor, proposal: Proposal) -> Circle:
    """Open a helping circle with who proposed, who objects and who chose it; it ends by itself. Source: GOVERNANCE 1.2."""
    around = structure.coordination_body() or Circle.objects.filter(
        kind=Kind.CIRCLE, parent=None, closed_at=None
    ).first()  # fmt: skip
    if around is None:
        raise Refused(_("A helping circle lies in a group. Open the circle or the coordination first."))
    assert proposal.version is not None
    objectors = Objection.objects.filter(proposal=proposal, state=ObjectionState.OPEN).values("raised_by")
    called = Q(pk__in=objectors) | Q(pk__in=[proposal.author_id or 0, by.participant_id or 0])
    members = list(Participant.objects.filter(called, until_on=None).order_by("pk"))
    # Everybody sees the circle on the map: of a matter that the network keeps, its number says enough.
    keeps = proposal.matter in structure.keeps()
    title = dict.fromkeys(proposal.version.title, str(proposal.number)) if keeps else proposal.version.title
    circle = governance.open_circle(
        by=system(proposal.network_id), kind=Kind.HELPING, parent=around, members=members,
        name=notify.phrase(HELPS, title=title),
        aim=notify.phrase(HELPS_HOW, title=title, number=proposal.number),
        expires_on=clock.today() + timedelta(days=HELPS_DAYS),
    )  # fmt: skip
    slug = Network.objects.values_list("slug", flat=True).get(pk=proposal.network_id)
    notify.ask_each(
        person_ids=[one.person_id for one in members], kind="task", title=circle.name, why=HELPS_WHY, minutes=30,
        path=reverse("governance:circle", args=[slug, circle.uuid]), subject=ref_of(proposal),
    )  # fmt: skip
    return circle


def _shorten(by: Actor, proposal: Proposal, months: int | None) -> None:
    longest = proposal.term_months or 120
    if not months or not 1 <= months < longest:
        raise Refused(_("Say for how many months, fewer than now."))
    proposal.term_months = months
    proposal.review_on = min(proposal.review_on, rules.months_after(clock.today(), months))
    proposal.save()
    ask_again(by=by, proposal=proposal, hours=None)


def _ask_for_another_way(by: Actor, proposal: Proposal) -> Proposal:
    assert proposal.version is not None
    title: dict[str, str] = {}
    summary: dict[str, str] = {}
    for code, words in proposal.version.title.items():
        with translation.override(code):
            title[code] = str(ANOTHER_WAY) % {"title": words[:100]}
            summary[code] = str(ANOTHER_WAY_WHY)
    return propose(
        by=by,
        title=title,
        summary=summary,
        body={},
        matter=Matter(proposal.matter),
        owner=proposal.owner,
        circle=proposal.circle,
        touches=proposal.touches,
    )


def _fall_back(by: Actor, proposal: Proposal) -> None:
    outcome = Outcome.objects.select_related("round").filter(round=proposal.round_id).first()
    if outcome is None or proposal.state != State.OBJECTED:
        raise Refused(_("The round is open still: it ends first."))
    if not outcome.round.rule.consent_only:
        start(by=by, proposal=proposal, kind=RoundKind.VOTE, hours=None)
        return
    proposal.state, proposal.decided_at = State.NOT_ADOPTED, clock.now()
    proposal.save()
    assert proposal.version is not None
    events.dropped.record(
        proposal, by=by, uuid=proposal.uuid, number=proposal.number, title=proposal.version.title
    )
    notify.close_asks(subject=ref_of(proposal))
