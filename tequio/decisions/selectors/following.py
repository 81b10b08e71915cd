"""Reads of what follows agreements: those in force with what comes due, their tasks, their evaluations."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import prepared, slot
from tequio.decisions.models import Elector, Evaluation, Objection, Proposal, Round, State, Task, Way
from tequio.decisions.rules import Kind
from tequio.decisions.selectors.seeing import read_among, sees
from tequio.decisions.selectors.voices import column, counted, of_voice, own
from tequio.notify.models import Ask
from tequio.people.models import Participant

EVALUATED = (Kind.GENERAL.value, Kind.CHARTER.value)


def holding(today: Any) -> Q:
    return Q(state=State.ADOPTED, kind__in=EVALUATED) & (Q(in_force_until=None) | Q(in_force_until__gt=today))


def _of_agreement() -> QuerySet[Task, Any]:
    rows: QuerySet[Task, Any] = (
        Task.objects.filter(proposal_id=slot("proposal"))
        .order_by("due_on", "pk")
        .values("pk", "what", "owner_id", "owner__name", "due_on", "state", "note", "settled_at")
    )
    return rows


_tasks = prepared(_of_agreement)


def tasks(actor: Actor, proposal: Proposal) -> list[dict[str, Any]]:
    """The tasks of an agreement, the nearest day first."""
    return _tasks(proposal=proposal.pk)


def task(actor: Actor, number: int, task_id: int) -> Task | None:
    """One task with its agreement."""
    rows = Task.objects.select_related("proposal__version", "proposal__circle", "owner")
    return rows.filter(sees(actor, "proposal__"), pk=task_id, proposal__number=number).first()


def _learned() -> QuerySet[Evaluation, Any]:
    rows: QuerySet[Evaluation, Any] = (
        Evaluation.objects.filter(proposal_id=slot("proposal"))
        .order_by("-evaluated_at", "-pk")
        .values("finding", "learned", "next_on", "evaluated_name", "evaluated_at", "follow_up__number")
    )
    return rows


_evaluations = prepared(_learned)


def evaluations(actor: Actor, proposal: Proposal) -> list[dict[str, Any]]:
    """What was learned of an agreement, the newest first."""
    rows = _evaluations(proposal=proposal.pk)
    after = read_among(actor, {row["follow_up__number"] for row in rows} - {None})
    return [{**row, "follow_up__number": _in(after, row["follow_up__number"])} for row in rows]


def _in(numbers: set[int], number: int | None) -> int | None:
    return number if number in numbers else None


def agreement(actor: Actor, number: int) -> Proposal | None:
    """An agreement with its text, the one it replaces, and who is in charge."""
    rows = Proposal.objects.select_related("version", "owner", "circle", "replaces__version")
    found = rows.filter(sees(actor), number=number, state=State.ADOPTED).first()
    before = found.replaces if found is not None else None
    if found is not None and before is not None and not read_among(actor, [before.number]):
        found.replaces = None  # what it took the place of is kept from the reader
    return found


def taking_part(actor: Actor, participant_id: int) -> Participant | None:
    """Somebody who takes part, to be given a task or put in charge; None once they left."""
    return Participant.objects.filter(pk=participant_id, until_on=None).first()


def due_unasked() -> list[Proposal]:
    """The agreements whose day has come and of which nobody was asked yet."""
    subject = Concat(
        Value("decisions.Proposal:"), Cast(OuterRef("pk"), CharField()), Value("@"),
        Cast(OuterRef("review_on"), CharField()),
    )  # fmt: skip
    asked = Ask.objects.filter(kind="review", subject=subject)
    rows = Proposal.objects.filter(holding(clock.today()), review_on__lte=clock.today()).filter(
        ~Exists(asked)
    )
    return list(rows.select_related("version", "owner", "author").order_by("pk")[:500])


def voices_to_record(actor: Actor, round: Round) -> list[tuple[int, str]]:
    """The voices of a round whose answer can be written down for them: those that gave none by themselves."""
    rows = Elector.objects.filter(counted(round.by_person), round=round).filter(
        Q(answer=None) | Q(answer__way=Way.BEHALF), proxy=None
    )
    name = f"{column(round.by_person)}__name"
    rows = rows.exclude(**of_voice(round, own(actor, round))).order_by(name, "pk")
    return list(rows.values_list("pk", name)[:1000])


def voices_to_judge(actor: Actor, round: Round, objection: Objection | None) -> list[tuple[int, str]]:
    """The voices of a round whose word on an objection can be written down: neither the reader's nor who objected."""
    if objection is None:
        return []
    rows = Elector.objects.filter(counted(round.by_person), round=round)
    for voice_id in (own(actor, round), objection.voice_id):
        rows = rows.exclude(**of_voice(round, voice_id))
    name = f"{column(round.by_person)}__name"
    return list(rows.order_by(name, "pk").values_list("pk", name)[:1000])


def voice_to_record(round: Round, elector_id: int) -> Elector | None:
    """One voice of a round."""
    return Elector.objects.filter(round=round, pk=elector_id).first()
