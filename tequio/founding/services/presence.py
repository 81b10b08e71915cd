"""Who is here: the one thing that looking at a page writes, so that founders see one another."""

from datetime import timedelta

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.founding.models import Place

# So long a page stays as it was noted: presence costs a write a minute, not one a page.
STILL = timedelta(minutes=1)


def pass_by(*, by: Actor, place: Place | None, topic: str) -> None:
    """Note that a founder looks at a topic, at most once a minute; no address and no device is kept.

    Source: EXPERIENCE 3.2, presence by ordinary requests.
    """
    now = clock.now()
    if by.participant_id is None:
        return
    if place is not None and place.seen_topic == topic and place.seen_at and now - place.seen_at < STILL:
        return
    here = Place(participant_id=by.participant_id, at=now, seen_at=now, seen_topic=topic)
    Place.objects.bulk_create(
        [here], update_conflicts=True, unique_fields=["participant"], update_fields=["seen_at", "seen_topic"]
    )


def forget_presence() -> None:
    """Forget which pages the founders looked at last: the network is founded."""
    Place.objects.update(seen_at=None, seen_topic="")
