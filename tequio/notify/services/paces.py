"""What things really take: counted without names, and told to those for whom the same still waits."""

from collections import Counter

from django.db import transaction
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import Combinable

from tequio.core import once
from tequio.core.scoping import network_scope
from tequio.notify.kinds import ASKS
from tequio.notify.models import Ask, Pace
from tequio.notify.rules import halves, typical
from tequio.notify.services.letters import networks

UNTIMED = tuple(kind for kind, look in ASKS.items() if not look.timed)


def minutes_of(*, kind: str, guess: int) -> int:
    """Return how many minutes people are told for something guessed at ``guess``. Source: EXPERIENCE 3.3 (6)."""
    took = dict(Pace.objects.filter(kind=kind, guess=guess).values_list("halves", "people"))
    return typical(took) or guess


def took_by_sender() -> Combinable:
    """Return what ``Ask.took`` becomes when a form closes asks: a time for whoever sends it, if the kind is timed."""
    lay = once.lay_before()
    if lay is None:
        return Value(None, output_field=IntegerField())
    person_id, seconds = lay
    return Case(
        When(kind__in=UNTIMED, then=Value(None)),
        When(person_id=person_id, then=Value(halves(seconds))),
        default=Value(None),
        output_field=IntegerField(),
    )


@transaction.atomic
def count_paces() -> int:
    """Count what asks of this network took, forget whose it was, and tell the median to those who still wait.

    Return how many were counted. A second count waits at the asks of the first, and finds none.
    """
    done = list(Ask.objects.select_for_update().filter(took__isnull=False).order_by("pk"))
    Ask.objects.filter(pk__in=[ask.pk for ask in done]).update(took=None)
    found = Counter((ask.kind, ask.guess, ask.took or 0) for ask in done)
    for (kind, guess, half), people in sorted(found.items()):
        of = {"kind": kind, "guess": guess, "halves": half}
        if not Pace.objects.filter(**of).update(people=F("people") + people):
            Pace.objects.create(**of, people=people)
    for kind, guess in sorted({(kind, guess) for kind, guess, _half in found}):
        told = minutes_of(kind=kind, guess=guess)
        Ask.objects.filter(kind=kind, guess=guess, closed_at=None).exclude(minutes=told).update(minutes=told)
    return len(done)


def count_everywhere() -> None:
    """Count in each network by itself."""
    for network_id in networks().values_list("pk", flat=True):
        with network_scope(network_id):
            count_paces()
