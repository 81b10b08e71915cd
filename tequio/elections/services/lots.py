"""Before a draw: the list, each one's own row, quotas, odds, and the number that is announced."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.elections import access, events, selectors
from tequio.elections.models import FEATURES, Entrant, Lot, LotState, SecretPromise
from tequio.elections.rules import beacon, lot_facts
from tequio.elections.rules import lots as rules
from tequio.governance.models import Circle, Seat, active_on
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

CORRECT_HOURS = 72
AHEAD_HOURS = 24
AHEAD_DAYS = 60
TOO_FEW = gettext_lazy("There are fewer on the list than seats.")


@transaction.atomic
def hold_lot(
    *,
    by: Actor,
    title: str,
    about: str,
    of: str,
    size: int,
    features: Sequence[str] = (),
    body: Circle | None = None,
    again_of: Lot | None = None,
    reason: str = "",
) -> Lot:
    """Write the list of all who may be drawn, and give everybody three days to look at their own row.

    ``features`` are what quotas may look at. A lot that repeats another needs a reason, which all can read. Raises
    Refused while one for the same body is under way, or drawn and seated. Source: GOV-18.
    """
    access.hold_lot.require(by)
    _require_turn(by, body, again_of, reason)
    known = {name for name, _label in FEATURES}
    now = clock.now()
    lot = Lot.objects.create(
        title={by.language: title}, about={by.language: about} if about else {}, of=of, body=body, size=size,
        features=[name for name in features if name in known], opened_at=now, again_of=again_of,
        reason=reason.strip() if again_of else "", turn=again_of.turn + 1 if again_of else 1,
        correct_until=now + timedelta(hours=CORRECT_HOURS),
    )  # fmt: skip
    return _open(lot, by)


@transaction.atomic
def open_list(*, by: Actor, lot: Lot) -> Lot:
    """Open the list of a lot that the clock prepared: from now on everybody has three days to look at their own row."""
    lot = hold(lot=lot)
    access.open_list.require(by, lot)
    lot.state, lot.opened_at = LotState.OPEN, clock.now()
    lot.correct_until = lot.opened_at + timedelta(hours=CORRECT_HOURS)
    lot.save(update_fields=["state", "opened_at", "correct_until"])
    notify.close_asks(subject=ref_of(lot))
    return _open(lot, by)


def _open(lot: Lot, by: Actor) -> Lot:
    """Write the list, tell that it is open, and ask everybody to look at their row."""
    entrants = _write_list(lot)
    if len(entrants) < lot.size:
        raise Refused(str(TOO_FEW))
    events.lot_opened.record(
        lot, by=by, title=lot.title, uuid=lot.uuid, size=lot.size, of=lot.of, features=lot.features,
        entrants=len(entrants), turn=lot.turn, reason=lot.reason, again_of=lot.again_of.uuid if lot.again_of else None,
    )  # fmt: skip
    _ask_to_look(lot, entrants)
    return lot


def _require_turn(by: Actor, body: Circle | None, again_of: Lot | None, reason: str) -> None:
    if again_of is not None:
        again_of = Lot.objects.select_for_update(of=("self",)).get(pk=again_of.pk)
        access.draw_again.require(by, again_of)
        if not reason.strip():
            raise Refused(_("Say why it is drawn again: everybody reads it."))
    if body is None:
        return
    Circle.objects.select_for_update(of=("self",)).get(pk=body.pk)
    others = Lot.objects.filter(body=body)
    if others.filter(state__in=access.UNDER_WAY).exists():
        raise Refused(_("Another lot for this group is under way."))
    drawn = others.filter(state=LotState.DRAWN).values_list("entry", flat=True)
    seated = Seat.objects.filter(
        active_on(network_today()), circle=body, entry__in=list(drawn), interim=False
    )
    if again_of is None and seated.filter(until__gt=network_today() + timedelta(days=60)).exists():
        raise Refused(_("Lots were drawn for this group already. Draw again from that lot, and say why."))


def _write_list(lot: Lot) -> list[Entrant]:
    """Write a row for each, with what the network knows of their organization; gender is for each to say."""
    rows = []
    if lot.of_people:
        for person in selectors.eligible_people(lot.body):
            organization = person.membership.organization if person.membership else None
            rows.append(_row(lot, organization, participant=person))
    else:
        for member in selectors.eligible_members():
            rows.append(_row(lot, member.organization, membership=member))
    return Entrant.objects.bulk_create(rows, batch_size=1000)


def _row(lot: Lot, organization: Any, *, participant: Any = None, membership: Any = None) -> Entrant:
    values = {
        name: getattr(organization, name, "") or selectors.NOT_SAID
        if name != "gender"
        else selectors.NOT_SAID
        for name in lot.features
    }
    return Entrant(
        lot=lot, participant=participant, membership=membership, code=secrets.token_hex(4), values=values
    )


def _ask_to_look(lot: Lot, entrants: Sequence[Entrant]) -> None:
    people = selectors.persons_of(
        participants={one.participant_id or 0 for one in entrants},
        members={one.membership_id or 0 for one in entrants},
    )
    notify.ask_each(
        person_ids=people, kind="lot", title=lot.title, minutes=2, path=path_of(lot=lot), subject=ref_of(lot),
        why=gettext_lazy("You are on the list for this lot. See if your row is right."), due_at=lot.correct_until,
        handable=False,
    )  # fmt: skip


def path_of(*, lot: Lot, name: str = "lot") -> str:
    """Return the address of a page of a lot."""
    slug = Network.objects.values_list("slug", flat=True).get(pk=lot.network_id)
    return reverse(f"elections:{name}", args=[slug, lot.uuid])


def hold(*, lot: Lot) -> Lot:
    """Return the lot as it stands now, held until the transaction ends."""
    return Lot.objects.select_for_update(of=("self",)).select_related("body").get(pk=lot.pk)


@transaction.atomic
def correct_row(*, by: Actor, entrant: Entrant, values: Mapping[str, str]) -> Entrant:
    """Write what is right in one's own row; only features that this lot looks at."""
    entrant.lot = hold(lot=entrant.lot)
    access.correct_row.require(by, entrant)
    wanted = entrant.lot.features
    entrant.values = {name: values.get(name) or selectors.NOT_SAID for name in wanted}
    entrant.changed_at = clock.now()
    entrant.left_at = None
    entrant.save(update_fields=["values", "changed_at", "left_at"])
    _done(by, entrant.lot)
    events.row_corrected.record(
        entrant, by=by_code(by=by, entrant=entrant), code=entrant.code, title=entrant.lot.title
    )
    return entrant


@transaction.atomic
def leave_lot(*, by: Actor, entrant: Entrant) -> Entrant:
    """Take oneself off the list; until it closes one can come back by keeping one's row."""
    entrant.lot = hold(lot=entrant.lot)
    access.correct_row.require(by, entrant)
    entrant.left_at = clock.now()
    entrant.save(update_fields=["left_at"])
    _done(by, entrant.lot)
    events.left_lot.record(
        entrant, by=by_code(by=by, entrant=entrant), code=entrant.code, title=entrant.lot.title
    )
    return entrant


def by_code(*, by: Actor, entrant: Entrant) -> Actor:
    """Return who acts as the register calls them: somebody on a list of people by their code, so that their row stays theirs."""
    own = entrant.participant_id is not None and entrant.participant_id == by.participant_id
    return replace(by, name=entrant.code) if own else by


def _done(by: Actor, lot: Lot) -> None:
    if by.person_id is not None:
        notify.close_asks(subject=ref_of(lot), person_id=by.person_id)


@transaction.atomic
def set_quotas(*, by: Actor, lot: Lot, quotas: Sequence[rules.Quota]) -> Lot:
    """Write how many of each value a panel holds at least and at most. Raises Refused where the two contradict."""
    lot = hold(lot=lot)
    access.set_quotas.require(by, lot)
    if any(one.least > one.most or one.feature not in lot.features for one in quotas):
        raise Refused(_("The smallest number is above the largest."))
    lot.quotas = [
        {"feature": one.feature, "value": one.value, "min": one.least, "max": one.most} for one in quotas
    ]
    lot.problem = {}
    lot.save(update_fields=["quotas", "problem"])
    events.quotas_set.record(lot, by=by, title=lot.title, quotas=lot.quotas)
    return lot


@transaction.atomic
def freeze_lot(*, by: Actor, lot: Lot) -> Lot:
    """Close the list and have everybody's odds computed; with quotas that nobody can keep it stays open, and says why.

    Without quotas everybody has the same odds at once; with quotas the job worker computes them.
    """
    lot = hold(lot=lot)
    access.freeze_lot.require(by, lot)
    frozen = frozen_lot(lot=lot)
    try:
        rules.require_possible(frozen)
    except rules.Impossible as problem:
        return _stays_open(lot, problem)
    lot.state, lot.problem, lot.progress = LotState.COMPUTING, {}, 0
    lot.save(update_fields=["state", "problem", "progress"])
    notify.close_asks(subject=ref_of(lot))
    if len(frozen.types) == 1:
        return publish_odds(by=by, lot=lot, panels=rules.plain_panels(frozen))
    jobs.configure_task("tequio.elections.tasks.compute_odds").defer(network_id=lot.network_id, lot_id=lot.pk)
    return lot


def frozen_lot(*, lot: Lot) -> rules.Lot:
    """Return the list and its quotas as the rules read them; features without any quota are left out."""
    quotas = tuple(rules.Quota(one["feature"], one["value"], one["min"], one["max"]) for one in lot.quotas)
    features = tuple(name for name in lot.features if any(one.feature == name for one in quotas))
    pool = tuple(
        rules.Entrant(code, tuple(values.get(name) or selectors.NOT_SAID for name in features))
        for code, values in selectors.entrants_of(lot).order_by("code").values_list("code", "values")
    )
    return rules.Lot(lot.size, features, quotas, pool)


@transaction.atomic
def show_progress(*, lot: Lot, percent: int) -> None:
    """Keep how far the computing is, for those who wait."""
    Lot.objects.filter(pk=lot.pk, state=LotState.COMPUTING).update(progress=percent)


@transaction.atomic
def publish_odds(*, by: Actor, lot: Lot, panels: Sequence[rules.Panel]) -> Lot:
    """Freeze list, panels and tickets under one hash, after checking them without the solver."""
    lot = hold(lot=lot)
    if lot.state != LotState.COMPUTING:
        return lot
    frozen = frozen_lot(lot=lot)
    if wrong := list(rules.faults(frozen, panels)):
        raise ValueError("; ".join(wrong))
    lot.odds = lot_facts.facts_of(frozen, panels)
    lot.commitment = lot_facts.commitment_of(lot.odds)
    lot.state, lot.progress = LotState.READY, 100
    lot.save(update_fields=["odds", "commitment", "state", "progress"])
    least = min(rules.odds(frozen, panels).values())
    names = {} if lot.of_people else selectors.member_names(lot)
    events.odds_published.record(
        lot, by=by, title=lot.title, commitment=lot.commitment, entrants=len(frozen.pool), size=lot.size,
        quotas=lot.quotas, panels=len(panels), least=selectors.percent(least), names=names,
    )  # fmt: skip
    return lot


@transaction.atomic
def refuse_odds(*, lot: Lot, problem: rules.Impossible | None) -> Lot:
    """Open the list's quotas again, saying why no panel fits; None: the solver is missing here."""
    lot = hold(lot=lot)
    if lot.state != LotState.COMPUTING:
        return lot
    return _stays_open(lot, problem or rules.Impossible("no_solver"))


def _stays_open(lot: Lot, problem: rules.Impossible) -> Lot:
    changes = [[one.feature, one.value, one.least, one.most] for one in problem.changes]
    lot.state, lot.problem = LotState.OPEN, {
        "code": problem.code, "feature": problem.feature, "value": problem.value, "wanted": problem.wanted,
        "found": problem.found, "changes": changes,
    }  # fmt: skip
    lot.save(update_fields=["state", "problem"])
    return lot


@transaction.atomic
def announce_draw(*, by: Actor, lot: Lot, at: datetime) -> Lot:
    """Say which round of the beacon decides: the first one from an instant on that is a day ahead at least.

    Where secrets were promised, they decide, and the round stands in for those that are not shown until then.
    """
    lot = hold(lot=lot)
    access.announce_draw.require(by, lot)
    now = clock.now()
    require_ahead(now=now, at=at)
    promised = selectors.promises(lot) if lot.state == LotState.PROMISING else []
    if lot.state == LotState.PROMISING and not selectors.promised_enough(promised):
        raise Refused(
            _("Too few promised a secret: three at least, from different countries where there are.")
        )
    lot.round = beacon.round_at(beacon.QUICKNET, seconds=int(at.timestamp()) - 1) + 1
    seconds = beacon.time_of(beacon.QUICKNET, round_number=lot.round)
    lot.draws_at = datetime.fromtimestamp(seconds, tz=now.tzinfo)
    lot.state = LotState.ANNOUNCED
    lot.save(update_fields=["round", "draws_at", "state"])
    facts = {
        "title": lot.title, "commitment": lot.commitment, "chain": beacon.QUICKNET.hash, "round": lot.round,
        "draws_at": said_moment(at=lot.draws_at),
    }  # fmt: skip
    if promised:
        names = ", ".join(row.membership.name for row in promised)
        said = {str(row.membership.uuid): row.promise for row in promised}
        events.secrets_fixed.record(lot, by=by, names=names, promises=said, **facts)
        _ask_to_show(lot, promised)
    else:
        events.draw_announced.record(lot, by=by, **facts)
    jobs.configure_task("tequio.elections.tasks.ask_for_number", schedule_at=lot.draws_at).defer(
        network_id=lot.network_id, lot_id=lot.pk
    )
    return lot


def require_ahead(*, now: datetime, at: datetime) -> None:
    """Refuse a moment that is less than a day ahead, or more than two months."""
    if at < now + timedelta(hours=AHEAD_HOURS):
        raise Refused(_("Announce it a day before at least, so that nobody can know the number."))
    if at > now + timedelta(days=AHEAD_DAYS):
        raise Refused(_("Choose a day within two months."))


def said_moment(*, at: datetime) -> str:
    """Write an instant as entries of lots tell it."""
    return at.strftime("%Y-%m-%d %H:%M UTC")


def _ask_to_show(lot: Lot, promised: Sequence[SecretPromise]) -> None:
    notify.close_asks(subject=ref_of(lot), kind="promise")
    notify.ask_each(
        person_ids=selectors.persons_of(participants=(), members={row.membership_id for row in promised}),
        kind="show_secret", title=lot.title, minutes=2, path=path_of(lot=lot, name="show"), subject=ref_of(lot),
        why=gettext_lazy("Show the secret that you promised. Without it, a number from outside takes its place."),
        due_at=lot.draws_at, handable=False,
    )  # fmt: skip


@transaction.atomic
def ask_for_number(*, lot: Lot) -> None:
    """Tell who coordinates that the number is published, and that the draw can be made."""
    notify.ask_each(
        person_ids=selectors.coordinating(), kind="draw", title=lot.title, minutes=3, path=path_of(lot=lot, name="draw"),
        subject=ref_of(lot), why=gettext_lazy("The number is published. Bring it, and the draw is made."),
    )  # fmt: skip


@transaction.atomic
def cancel_lot(*, by: Actor, lot: Lot, why: str) -> Lot:
    """Call a lot off before it is drawn, for a reason that stays on its page."""
    lot = hold(lot=lot)
    access.cancel_lot.require(by, lot)
    if not why.strip():
        raise Refused(_("Say why: everybody reads it."))
    lot.state, lot.cancelled_at, lot.cancelled_why = LotState.CANCELLED, clock.now(), why.strip()
    lot.save(update_fields=["state", "cancelled_at", "cancelled_why"])
    notify.close_asks(subject=ref_of(lot))
    events.lot_cancelled.record(lot, by=by, title=lot.title, why=lot.cancelled_why, uuid=lot.uuid)
    return lot


@transaction.atomic
def forget_rows(*, participant: Participant) -> None:
    """Empty the rows of somebody who asked for erasure; a draw needs its frozen list alone, where codes stand.

    A list that is still open loses them. Source: LGPD article 18, GDPR article 17.
    """
    rows = Entrant.objects.filter(participant=participant)
    rows.filter(lot__state=LotState.OPEN, left_at=None).update(left_at=clock.now())
    rows.exclude(lot__state=LotState.COMPUTING).update(values={})


def platform(*, lot: Lot) -> Actor:
    """Return the platform, acting on what a lot decided."""
    return system(lot.network_id)
