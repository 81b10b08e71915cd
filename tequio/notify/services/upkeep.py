"""What keeps the outbox in order, and forgets what need not be kept."""

from datetime import timedelta

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from procrastinate.contrib.django.models import ProcrastinateJob

from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.notify.models import Ask, Heartbeat, Letter, State
from tequio.notify.services.letters import networks, post

KEEP_SENT_DAYS = 30
KEEP_FAILED_DAYS = 90
KEEP_ASKS_DAYS = 365
WAITED_MINUTES = 10


def post_waiting(*, at_most: int = 1000) -> int:
    """Start a job for letters that have waited ten minutes without one; return how many."""
    lock = Concat(Value("letter."), Cast(OuterRef("pk"), CharField()))
    started = ProcrastinateJob.objects.filter(status__in=["todo", "doing"], queueing_lock=lock)
    forgotten = Letter.objects.filter(
        state=State.WAITING, written_at__lt=clock.now() - timedelta(minutes=WAITED_MINUTES)
    ).filter(~Exists(started))
    letters = list(forgotten.order_by("written_at")[:at_most])
    for letter in letters:
        post(letter=letter)
    return len(letters)


def beat(*, name: str = "worker") -> None:
    """Write down that the worker lives."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def last_beat(*, name: str = "worker") -> Heartbeat | None:
    """Return the worker's last sign of life."""
    return Heartbeat.objects.filter(name=name).first()


def forget_old() -> int:
    """Delete letters and closed asks that are past their days; return how many rows."""
    now = clock.now()
    gone = Letter.objects.filter(state=State.SENT, sent_at__lt=now - timedelta(days=KEEP_SENT_DAYS)).delete()[
        0
    ]
    old = now - timedelta(days=KEEP_FAILED_DAYS)
    gone += Letter.objects.filter(state__in=[State.FAILED, State.HELD], written_at__lt=old).delete()[0]
    for network_id in networks().values_list("pk", flat=True):
        with network_scope(network_id):
            gone += Ask.objects.filter(closed_at__lt=now - timedelta(days=KEEP_ASKS_DAYS)).delete()[0]
    return gone
