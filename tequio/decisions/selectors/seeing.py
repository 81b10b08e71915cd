"""Which proposals somebody reads: all of them, unless the network keeps a kind of matter for its inner rings. Source: GOV-22.

Whatever the rings, one reads what binds all (charter, admissions, removals), what is decided in a group in which one
sits, what one wrote, leads or has a task of, and what one had a voice in. This is the one place that says so: each read
of proposals, and of what hangs on one, goes through it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet

from tequio.core.actor import Actor
from tequio.core.prepared import among, prepared, slot
from tequio.decisions.models import Elector, Proposal, Task
from tequio.decisions.rules import Kind
from tequio.governance import selectors as governance

Row = TypeVar("Row")
Sees = Callable[[str], Q]


def everything(prefix: str = "") -> Q:
    """The condition of a reader from whom nothing is kept: none."""
    return Q()


def sees(actor: Actor, prefix: str = "") -> Q:
    """The condition that a proposal, or what hangs on it by ``prefix`` ("proposal__"), is one that the actor reads."""
    if not actor.unseen:
        return everything()
    kept = Q(**{f"{prefix}matter__in": sorted(actor.unseen)})
    inside = Q(**{f"{prefix}circle__in": sorted(actor.inside)})
    return _read(prefix, kept, inside, me=actor.participant_id or 0, mine=actor.membership_id or 0)


def _slots(prefix: str = "") -> Q:
    """The same condition with places for what differs from reader to reader."""
    kept = Q(among(f"{prefix}matter", "unseen", CharField()))
    inside = Q(among(f"{prefix}circle_id", "inside", BigIntegerField()), **{f"{prefix}circle__isnull": False})
    return _read(prefix, kept, inside, me=slot("reader"), mine=slot("reader_member"))


def _read(prefix: str, kept: Q, inside: Q, *, me: Any, mine: Any) -> Q:
    bound = ~Q(**{f"{prefix}kind": Kind.GENERAL.value}) | ~Q(**{f"{prefix}subject": ""})
    own = Q()
    for part in ("author", "owner", "facilitator"):
        own |= Q(**{f"{prefix}{part}": me})
    here = OuterRef(f"{prefix}pk")
    voice = Q(membership=mine) | Q(participant=me) | Q(proxy__holder=mine)
    asked = Exists(Elector.objects.filter(voice, round__proposal=here))
    does = Exists(Task.objects.filter(proposal=here, owner=me))
    open_to_all = Q(**{f"{prefix}circle": None}) & bound
    return ~kept | open_to_all | inside | own | Q(asked) | Q(does)


class Seen(Generic[Row]):
    """A read that is put together twice: for whoever reads everything, and for a reader from whom something is kept."""

    def __init__(self, build: Callable[[Sees], QuerySet[Any, Row]], *, as_written: bool = False) -> None:
        self._all = prepared(lambda: build(everything), as_written=as_written)
        self._some = prepared(lambda: build(_slots), as_written=as_written)

    def __call__(self, actor: Actor, **values: Any) -> list[Row]:
        """Return the rows that the actor reads; the other values are those of the read."""
        if not actor.unseen:
            return self._all(**values)
        return self._some(
            **values, unseen=sorted(actor.unseen), inside=sorted(actor.inside),
            reader=actor.participant_id or 0, reader_member=actor.membership_id or 0,
        )  # fmt: skip

    def first(self, actor: Actor, **values: Any) -> Row | None:
        """Return the first row that the actor reads, or None; all are fetched."""
        rows = self(actor, **values)
        return rows[0] if rows else None


def read_among(actor: Actor, numbers: Collection[int]) -> set[int]:
    """The proposals of these numbers that the actor reads."""
    if not actor.unseen or not numbers:
        return set(numbers)
    rows = Proposal.objects.filter(sees(actor), number__in=sorted(numbers))
    return set(rows.values_list("number", flat=True))


def who_reads(proposal: Proposal) -> set[int] | None:
    """The persons who read a proposal, for letters to many; None while that is everybody."""
    if proposal.matter not in governance.keeps():
        return None
    found = set()
    for participant, kept in governance.read_by():
        reader = Actor(
            person_id=participant.person_id, name="", network_id=proposal.network_id, unseen=kept.unseen,
            inside=kept.inside, participant_id=participant.pk, membership_id=participant.membership_id,
        )  # fmt: skip
        if (
            proposal.matter not in kept.unseen
            or Proposal.objects.filter(sees(reader), pk=proposal.pk).exists()
        ):
            found.add(participant.person_id)
    return found


# How each table of this app hangs on its proposal, for the entries of the register that are about its rows.
HANGS = {
    "Proposal": "", "Version": "proposal__", "Round": "proposal__", "Answer": "elector__round__proposal__",
    "AnswerChange": "answer__elector__round__proposal__",
    "Elector": "round__proposal__", "Objection": "proposal__", "Judgement": "objection__proposal__",
    "Outcome": "round__proposal__", "Live": "proposal__", "Choice": "proposal__", "Question": "proposal__",
    "Reaction": "proposal__", "Relation": "proposal__", "Attachment": "proposal__", "Task": "proposal__",
    "Evaluation": "proposal__", "Proxy": "proposal__", "Origin": "proposal__",
}  # fmt: skip


REPLACED = "decisions.replaced"  # it names the agreement that took the place of another


def kept_entries(actor: Actor, about: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of what entries of the register are about, (kind, "decisions.Round:12"), return what is kept from the actor.

    What is no longer there, such as a relation that was taken away, is kept too: nobody can tell any more what it was.
    """
    asked: dict[str, set[int]] = {}
    for _kind, ref in about:
        if place := _place(ref):
            asked.setdefault(place[0], set()).add(place[1])
    read = {(label, key) for label, keys in asked.items() for key in _read_of(actor, label, keys)}
    after = [place[1] for kind, ref in about if kind == REPLACED and (place := _place(ref))]
    closed = _replaced_unseen(actor, after) if after else set()
    return {
        (kind, ref)
        for kind, ref in about
        if (place := _place(ref)) and (place not in read or (kind == REPLACED and place[1] in closed))
    }


def _place(ref: str) -> tuple[str, int] | None:
    """Return the table and the key that an entry of this app is about."""
    app, _dot, rest = ref.partition(".")
    label, _colon, key = rest.partition(":")
    return (label, int(key)) if app == "decisions" and label in HANGS and key.isdecimal() else None


def _read_of(actor: Actor, label: str, keys: Collection[int]) -> set[int]:
    model: Any = apps.get_model("decisions", label)
    rows = model.objects.filter(sees(actor, HANGS[label]) | _alone(label), pk__in=keys)
    if label != "Relation":
        return set(rows.values_list("pk", flat=True))
    related = rows.filter(source="decision").values_list("pk", "key")
    shown = read_among(actor, {int(key) for _pk, key in related if key.isdecimal()})
    closed = {pk for pk, key in related if not (key.isdecimal() and int(key) in shown)}
    return set(rows.values_list("pk", flat=True)) - closed


def _alone(label: str) -> Q:
    """A voice given for a day is about no proposal."""
    return Q(proposal=None) if label == "Proxy" else Q(pk__in=[])


def _replaced_unseen(actor: Actor, keys: Collection[int]) -> set[int]:
    """Of these agreements, return those whose place was taken by one that the actor does not read."""
    rows = Proposal.objects.filter(replaces__in=keys).exclude(
        pk__in=Proposal.objects.filter(sees(actor)).values("pk")
    )
    return {key for key in rows.values_list("replaces", flat=True) if key is not None}
