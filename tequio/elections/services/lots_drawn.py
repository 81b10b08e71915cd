"""The draw itself, and what follows: who accepts, and who comes in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.elections import access, events, selectors
from tequio.elections.models import Entrant, Lot, LotState
from tequio.elections.rules import beacon, drawing, lot_facts
from tequio.elections.services.lots import by_code, hold, path_of, platform
from tequio.governance import selectors as structure
from tequio.governance import services as governance
from tequio.governance.rules import Role
from tequio.governance.rules.terms import months_after
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

ANSWER_DAYS = 7
REFUSALS = ("REFUSED", "SILENT")


@transaction.atomic
def draw_lots(*, by: Actor, lot: Lot, signature: str) -> Lot:
    """Draw with the announced round, whoever brings its signature: it is checked here. Once, and never again.

    Raises Refused for anything but the beacon's own signature of that round. Source: GOV-18.
    """
    lot = hold(lot=lot)
    access.draw_lots.require(by, lot)
    if lot.state != LotState.ANNOUNCED or lot.draws_at is None or clock.now() < lot.draws_at:
        raise Refused(
            _("This lot is not waiting for its number.")
        )  # to the platform too, which may do anything
    signature = "".join(signature.split()).lower()
    if not beacon.round_holds(beacon.QUICKNET, round_number=lot.round or 0, signature=signature):
        raise Refused(_("This is not the signature of the announced round. Copy all of it."))
    lot.signature = signature
    return make_draw(lot=lot)


def make_draw(*, lot: Lot) -> Lot:
    """Do the sum with the number that is there, write it down, and ask those who were drawn."""
    facts = selectors.draw_facts(lot)
    _write_places(lot, [*facts["panel"], *facts["reserves"]])
    entry = events.lot_drawn.record(
        lot, by=platform(lot=lot), title=lot.title, uuid=lot.uuid, turn=lot.turn, how="lot",
        drawn=", ".join(_spoken(lot, facts["panel"])), lot=lot.odds, **facts,
    )  # fmt: skip
    lot.state, lot.ticket, lot.drawn_at, lot.entry = LotState.DRAWN, facts["ticket"], clock.now(), entry.pk
    lot.save(update_fields=["state", "signature", "ticket", "drawn_at", "entry"])
    notify.close_asks(subject=ref_of(lot))
    ask_for_answers(lot=lot, codes=facts["panel"])
    return lot


def _write_places(lot: Lot, order: Sequence[str]) -> None:
    places = {code: place for place, code in enumerate(order, start=1)}
    rows = list(Entrant.objects.filter(lot=lot, left_at=None))
    for row in rows:
        row.place = places[row.code]
    Entrant.objects.bulk_update(rows, ["place"], batch_size=1000)


def _spoken(lot: Lot, codes: Sequence[str]) -> list[str]:
    """Return how the register calls those drawn: organizations by name, people by their code."""
    names = {} if lot.of_people else selectors.member_names(lot)
    return [names.get(code, code) for code in codes]


def ask_for_answers(*, lot: Lot, codes: Sequence[str]) -> None:
    """Ask those who were drawn, or who come in, whether they accept."""
    now = clock.now()
    rows = Entrant.objects.filter(lot=lot, code__in=codes)
    rows.update(asked_at=now, answer_by=now + timedelta(days=ANSWER_DAYS))
    people = selectors.persons_of(
        participants={row.participant_id or 0 for row in rows},
        members={row.membership_id or 0 for row in rows},
    )
    notify.ask_each(
        person_ids=people, kind="drawn", title=lot.title, minutes=2, path=path_of(lot=lot), subject=ref_of(lot),
        why=gettext_lazy("You were drawn. Do you accept the seat?"), due_at=now + timedelta(days=ANSWER_DAYS),
        handable=False, alone=True,
    )  # fmt: skip


@transaction.atomic
def answer_seat(*, by: Actor, entrant: Entrant, accepts: bool) -> Entrant:
    """Accept the seat that was drawn, or leave it to the next reserve. Answered twice, it acts once.

    For a group of the network the seat is taken at once, for a whole mandate. Raises Refused where the charter does not
    allow this person another one. Source: GOV-17, GOV-19, GOV-20.
    """
    lot = hold(lot=entrant.lot)
    entrant = Entrant.objects.get(pk=entrant.pk)
    entrant.lot = lot
    access.answer_seat.require(by, entrant)
    if not accepts:
        return _make_room(entrant, by=by, answer="REFUSED")
    _answered(entrant, "ACCEPTED")
    events.seat_accepted.record(
        entrant, by=by_code(by=by, entrant=entrant), code=_spoken(lot, [entrant.code])[0], title=lot.title
    )
    if lot.body is not None:
        _take_seat(lot, Participant.objects.get(pk=by.participant_id or 0))
    return entrant


def _take_seat(lot: Lot, participant: Participant) -> None:
    assert lot.body is not None
    months = structure.mandate_rule(lot.body).months
    governance.seat(
        by=platform(lot=lot), circle=lot.body, participant=participant, role=Role.MEMBER,
        until=months_after(network_today(), months), entry=lot.entry,
    )  # fmt: skip


@transaction.atomic
def pass_over(*, by: Actor, entrant: Entrant) -> Entrant:
    """Let the next reserve in for somebody who did not answer in time."""
    lot = hold(lot=entrant.lot)
    entrant = Entrant.objects.get(pk=entrant.pk)
    entrant.lot = lot
    access.pass_over.require(by, entrant)
    return _make_room(entrant, by=by, answer="SILENT")


def _answered(entrant: Entrant, answer: str) -> None:
    entrant.answer, entrant.answered_at = answer, clock.now()
    entrant.save(update_fields=["answer", "answered_at"])
    asked = selectors.persons_of(
        participants={entrant.participant_id or 0}, members={entrant.membership_id or 0}
    )
    for person_id in asked:
        notify.close_asks(subject=ref_of(entrant.lot), person_id=person_id)


def _make_room(entrant: Entrant, *, by: Actor, answer: str) -> Entrant:
    """Note the refusal, and ask whom the rule of reserves names."""
    lot = entrant.lot
    _answered(entrant, answer)
    gone = Entrant.objects.filter(lot=lot, answer__in=REFUSALS).order_by("answered_at", "pk")
    frozen, _panels = lot_facts.read(lot.odds)
    drawn = lot_facts.drawn_from({**selectors.draw_facts(lot), "lot": lot.odds})
    _sitting, came = drawing.seated(frozen, drawn, refused=list(gone.values_list("code", flat=True)))
    following = came.get(entrant.code, "")
    events.seat_refused.record(
        entrant, by=by_code(by=by, entrant=entrant), code=_spoken(lot, [entrant.code])[0], title=lot.title, answer=answer, lot=lot.uuid,
        refused=entrant.code, came=following, next=_spoken(lot, [following])[0] if following else "—",
    )  # fmt: skip
    if following:
        ask_for_answers(lot=lot, codes=[following])
    return entrant
