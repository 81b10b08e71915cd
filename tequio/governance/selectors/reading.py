"""Which matters the network keeps from whom, told with the row of a participant. Source: GOV-22.

A member is as far in as its innermost person, as it is where members decide. While the network keeps nothing, which is
the usual, the database looks at nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, JSONField, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONObject

from tequio.governance.models import Circle, RingRight, Seat, active_on, open_on
from tequio.governance.rules.rings import ALLIES, Verb, ring_of, unseen
from tequio.people.models import Duty, Participant
from tequio.people.selectors import Kept, network_today, with_reading

SIGNING = frozenset({Duty.COORDINATION.value, Duty.SIGNER.value})  # who breaks a tie reads what it is about


def _kept() -> QuerySet[RingRight]:
    return RingRight.objects.filter(verb=Verb.SEE.value, ring__lt=ALLIES)


def column(today: Any) -> Case:
    """What the network keeps for its inner rings, and where the participant and their colleagues sit; null if nothing."""
    ours = Q(participant=OuterRef("pk")) | Q(participant__membership=OuterRef("membership"))
    seats = Seat.objects.filter(active_on(today), ours, circle__in=Circle.objects.filter(open_on(today)))
    colleagues = Participant.objects.filter(
        membership=OuterRef("membership"), until_on=None, duties__overlap=sorted(SIGNING)
    )
    told = JSONObject(
        kept=ArraySubquery(_kept().order_by().values(told=JSONObject(matter="matter", ring="ring"))),
        seats=ArraySubquery(
            seats.order_by().values(
                told=JSONObject(who="participant", circle="circle", ring=F("circle__ring"))
            )
        ),
        coordinates=Exists(colleagues),
    )
    return Case(When(Exists(_kept()), then=told), default=None, output_field=JSONField())


def says(participant: Participant, told: Mapping[str, Any] | None) -> Kept:
    """What the column comes to for a participant."""
    if not told:
        return Kept()
    ring = ring_of(
        coordinates=not SIGNING.isdisjoint(participant.duties) or told["coordinates"],
        rings=[seat["ring"] for seat in told["seats"] if seat["ring"] is not None],
        member=participant.membership_id is not None,
    )
    away = unseen({(Verb.SEE, each["matter"]): each["ring"] for each in told["kept"]}, ring)
    if not away:
        return Kept()
    own = [seat["circle"] for seat in told["seats"] if seat["who"] == participant.pk]
    return Kept(away, frozenset(own))


def keeps() -> frozenset[str]:
    """The matters that the network keeps from anybody."""
    return frozenset(_kept().values_list("matter", flat=True))


def read_by() -> list[tuple[Participant, Kept]]:
    """Everybody who takes part, with what is kept from them: for letters and questions that go to many."""
    rows = with_reading(Participant.objects.filter(until_on=None, person__is_active=True), network_today())
    return [(row, says(row, row.reads)) for row in rows.order_by("pk")]  # type: ignore[attr-defined]
