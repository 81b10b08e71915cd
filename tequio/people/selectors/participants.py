"""Who somebody is, here and elsewhere."""

from datetime import date

from django.db.models import QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import prepared, slot
from tequio.notify.rules import Reader
from tequio.people.models import Membership, Participant, Person
from tequio.people.models.memberships import VOICED
from tequio.people.selectors.reading import kept_from, with_reading
from tequio.people.selectors.voices import NAMED, network_today, speaks, today_slot, with_voice

_taking_part = prepared(
    lambda: with_reading(
        with_voice(
            Participant.objects.select_related("person", "membership").filter(
                person_id=slot("person"), until_on=None, person__is_active=True
            ),
            today_slot(),
        ),
        today_slot(),
    )
)


def find_participant(person_id: int, *, today: date | None = None) -> Participant | None:
    """The person's part in the current network, with person and membership, or None for a stranger.

    It carries ``stands_in`` and ``stood_in`` of the network's ``today``.
    """
    return _taking_part.first(person=person_id, today=today or network_today())


def actor_of(participant: Participant) -> Actor:
    """The participant as the ``by`` of services; ``participant.person`` must be loaded."""
    membership = participant.membership
    told = _told_today(participant)
    kept = kept_from(told)
    return Actor(
        person_id=participant.person_id,
        name=participant.name,
        network_id=participant.network_id,
        duties=frozenset(participant.duties),
        participant_id=participant.pk,
        membership_id=participant.membership_id,
        votes=told.until_on is None and told.person.is_active and carries_voice(told, membership),
        language=participant.person.language,
        voice=participant.voice,
        unseen=kept.unseen,
        inside=kept.inside,
    )


def _told_today(participant: Participant) -> Participant:
    """The row with what today says of it: whose voice it carries, what is kept from it; one read unless it has both."""
    if hasattr(participant, "stands_in") and hasattr(participant, "reads"):
        return participant
    today = network_today()
    rows = with_voice(Participant.objects.select_related("person"), today)
    if found := with_reading(rows, today).filter(pk=participant.pk).first():
        return found
    participant.reads = None  # type: ignore[attr-defined]  # no row here: there is nothing to say of it
    return participant


def carries_voice(participant: Participant, membership: Membership | None) -> bool:
    """Say whether the participant may answer for their member today."""
    if membership is None or membership.status not in VOICED:
        return False
    if not hasattr(participant, "stands_in"):
        return speaks(participant)
    return participant.stands_in or (participant.voice in NAMED and not participant.stood_in)  # type: ignore[attr-defined]


def find_actor(person: Person) -> Actor | None:
    """The person as an actor of the current network, or None for a stranger."""
    participant = find_participant(person.pk)
    return actor_of(participant) if participant else None


def voiced_memberships() -> QuerySet[Membership]:
    """The members that have a voice now: the electorate of a round that opens at this moment.

    Who takes no part, has paused, or whose voice rests for lack of good standing is not among them. Source: GOV-38.
    """
    voiced = Membership.objects.filter(status__in=VOICED)
    return voiced.exclude(rests_on__lte=clock.today()).order_by("pk")


def readers() -> list[Reader]:
    """Everybody who takes part now, as readers of a letter."""
    rows = Participant.objects.filter(until_on=None, person__is_active=True).order_by("pk")
    return [Reader(*row) for row in rows.values_list("person_id", "person__email", "person__language")]
